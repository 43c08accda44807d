"""French verbs that follow no rule, as a grammar prints them: one line a family of verbs.

"-venir" stands for every verb that ends so, prefix and all: prévenir, convenir. The longest line that
fits a verb wins, and one without a hyphen fits that verb alone. Behind the six persons of the present
stand the passé simple without its ending, the future without its ending, the past participle.
"""

from functools import cache

from annotator.suggest.forms import words

Row = tuple[str, ...]

_TABLE = """
avoir      ai as a avons avez ont                                       eu     aur     eu
être       suis es est sommes êtes sont                                 fu     ser     été
aller      vais vas va allons allez vont                                alla   ir      allé

dire       dis dis dit disons dites disent                              di     dir     dit
redire     redis redis redit redisons redites redisent                  redi   redir   redit
-dire      dis dis dit disons disez disent                              di     dir     dit
maudire    maudis maudis maudit maudissons maudissez maudissent         maudi  maudir  maudit
-crire     cris cris crit crivons crivez crivent                        crivi  crir    crit
-lire      lis lis lit lisons lisez lisent                              lu     lir     lu
-rire      ris ris rit rions riez rient                                 ri     rir     ri
-faire     fais fais fait faisons faites font                           fi     fer     fait
-taire     tais tais tait taisons taisez taisent                        tu     tair    tu
-plaire    plais plais plaît plaisons plaisez plaisent                  plu    plair   plu
-uire      uis uis uit uisons uisez uisent                              uisi   uir     uit
nuire      nuis nuis nuit nuisons nuisez nuisent                        nuisi  nuir    nui
-croire    crois crois croit croyons croyez croient                     cru    croir   cru
-boire     bois bois boit buvons buvez boivent                          bu     boir    bu
-aître     ais ais aît aissons aissez aissent                           u      aîtr    u
-naître    nais nais naît naissons naissez naissent                     naqui  naîtr   né
-connaître connais connais connaît connaissons connaissez connaissent   connu  connaîtr connu

-prendre   prends prends prend prenons prenez prennent                  pri    prendr  pris
-mettre    mets mets met mettons mettez mettent                         mi     mettr   mis
-battre    bats bats bat battons battez battent                         batti  battr   battu
-indre     ins ins int ignons ignez ignent                              igni   indr    int
-soudre    sous sous sout solvons solvez solvent                        solu   soudr   solu
-rompre    romps romps rompt rompons rompez rompent                     rompi  rompr   rompu
-vaincre   vaincs vaincs vainc vainquons vainquez vainquent             vainqui vaincr vaincu
-suivre    suis suis suit suivons suivez suivent                        suivi  suivr   suivi
-vivre     vis vis vit vivons vivez vivent                              vécu   vivr    vécu
-clure     clus clus clut cluons cluez cluent                           clu    clur    clu
inclure    inclus inclus inclut incluons incluez incluent               inclu  inclur  inclus

-venir     viens viens vient venons venez viennent                      vin    viendr  venu
-tenir     tiens tiens tient tenons tenez tiennent                      tin    tiendr  tenu
-quérir    quiers quiers quiert quérons quérez quièrent                 qui    querr   quis
-courir    cours cours court courons courez courent                     couru  courr   couru
-mourir    meurs meurs meurt mourons mourez meurent                     mouru  mourr   mort
-ouvrir    ouvre ouvres ouvre ouvrons ouvrez ouvrent                    ouvri  ouvrir  ouvert
-ffrir     ffre ffres ffre ffrons ffrez ffrent                          ffri   ffrir   ffert
-cueillir  cueille cueilles cueille cueillons cueillez cueillent        cueilli cueiller cueilli
-saillir   saille sailles saille saillons saillez saillent              sailli saillir sailli
-servir    sers sers sert servons servez servent                        servi  servir  servi
-sentir    sens sens sent sentons sentez sentent                        senti  sentir  senti
-mentir    mens mens ment mentons mentez mentent                        menti  mentir  menti
-repentir  repens repens repent repentons repentez repentent            repenti repentir repenti
-partir    pars pars part partons partez partent                        parti  partir  parti
-sortir    sors sors sort sortons sortez sortent                        sorti  sortir  sorti
-dormir    dors dors dort dormons dormez dorment                        dormi  dormir  dormi
-fuir      fuis fuis fuit fuyons fuyez fuient                           fui    fuir    fui
-haïr      hais hais hait haïssons haïssez haïssent                     haï    haïr    haï

-voir      vois vois voit voyons voyez voient                           vi     verr    vu
prévoir    prévois prévois prévoit prévoyons prévoyez prévoient         prévi  prévoir prévu
-pourvoir  pourvois pourvois pourvoit pourvoyons pourvoyez pourvoient   pourvu pourvoir pourvu
-cevoir    çois çois çoit cevons cevez çoivent                          çu     cevr    çu
-devoir    dois dois doit devons devez doivent                          du     devr    dû
-mouvoir   meus meus meut mouvons mouvez meuvent                        mu     mouvr   mu
-pouvoir   peux peux peut pouvons pouvez peuvent                        pu     pourr   pu
-savoir    sais sais sait savons savez savent                           su     saur    su
-valoir    vaux vaux vaut valons valez valent                           valu   vaudr   valu
-vouloir   veux veux veut voulons voulez veulent                        voulu  voudr   voulu
"""

_LIKE_FINIR = ("asservir", "assortir", "répartir", "impartir")
"""Endings of verbs that only look like servir, sortir or partir."""

IMPERFECTS = {"être": "ét"}
"""Stems of the imparfait that the present does not give: elsewhere "disons" gives "disait"."""

GERUNDS = {"avoir": "ayant", "savoir": "sachant"}
"""Present participles that the present does not give."""

EVERYDAY = words("""
être avoir aller dire redire contredire prédire interdire médire maudire lire relire élire écrire
décrire inscrire prescrire souscrire transcrire rire sourire faire refaire défaire satisfaire taire
plaire croire boire connaître reconnaître paraître apparaître disparaître naître conduire construire
déduire induire détruire instruire introduire produire réduire séduire traduire nuire prendre
apprendre comprendre entreprendre reprendre surprendre mettre admettre commettre émettre omettre
permettre promettre remettre soumettre transmettre battre abattre rabattre combattre débattre
craindre contraindre plaindre éteindre atteindre feindre geindre peindre joindre rejoindre enjoindre
résoudre rompre interrompre vaincre convaincre suivre poursuivre vivre conclure exclure inclure
rendre vendre tendre attendre entendre étendre prétendre défendre descendre dépendre suspendre
répandre répondre correspondre fondre confondre perdre mordre tordre venir convenir devenir
intervenir parvenir prévenir provenir revenir souvenir subvenir survenir tenir abstenir appartenir
contenir détenir entretenir maintenir obtenir retenir soutenir acquérir conquérir requérir enquérir
courir accourir concourir parcourir recourir secourir mourir ouvrir couvrir découvrir rouvrir offrir
souffrir cueillir accueillir recueillir assaillir servir desservir sentir consentir pressentir
ressentir mentir démentir repentir partir repartir sortir dormir fuir enfuir haïr voir revoir
entrevoir prévoir pourvoir recevoir apercevoir concevoir décevoir percevoir devoir émouvoir
promouvoir pouvoir savoir valoir prévaloir vouloir envoyer renvoyer
""")
"""Irregular verbs that are frequent, and those in -dre: what a form is looked up in first."""


def irregular(lemma: str) -> Row | None:
    """Return the present, the stems of past and future, and the participle; None for a regular verb."""
    exact, families = _rows()
    if lemma in exact or lemma.endswith(_LIKE_FINIR):
        return exact.get(lemma)
    for start in range(len(lemma) - 1):
        row = families.get(lemma[start:])
        if row:
            return tuple(lemma[:start] + part for part in row) if start else row
    return None


@cache
def _rows() -> tuple[dict[str, Row], dict[str, Row]]:
    exact: dict[str, Row] = {}
    families: dict[str, Row] = {}
    for line in filter(None, _TABLE.splitlines()):
        lemma, *row = line.split()
        kept = families if lemma.startswith("-") else exact
        kept[lemma.removeprefix("-")] = tuple(row)
    return exact, families

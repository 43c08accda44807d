import functools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.forms import Form, normal, words
from annotator.suggest.french_verbs import forms, guess_lemma

# Forms of one verb; behind the bar words that look like forms and are none.
FRENCH = """
affirmer   affirme affirmes affirmons affirmait affirmaient affirma affirmèrent affirmerait affirmant
céder      cède cèdes cédons cédez cèdent cédait céda cédera cèdera céderaient cèderaient cédé cédées
espérer    espère espèrent espérons espérait espéra espérera espèrera espéré | espére
répéter    répète répètent répétait répétera répètera répétés
suggérer   suggère suggérant suggérera suggèrera
alléguer   allègue allèguent alléguons alléguait alléguera allèguera
protéger   protège protégeons protégea protégèrent protégera protègera
célébrer   célèbre célébrait célébrera célèbrera
créer      crée crées créons créent créait créera créé créée créés créées
appeler    appelle appelles appelons appelait appellera appelé | appèle appèlera appelera
rappeler   rappelle rappellent rappela rappelèrent rappellerait | rappèle
jeter      jette jetons jetait jettera | jète
rejeter    rejette rejettent rejetait rejettera
marteler   martèle martelait martela martèlera martelé | martelle
modeler    modèle modelons modèlera | modelle
harceler   harcèle harcelait
acheter    achète achetait achètera | achette
renouveler renouvelle renouvèle renouvelait renouvellera renouvèlera
grommeler  grommelle grommèle grommela
lever      lève levons levait lèvera
mener      mène menèrent mènerait
juger      juge jugeons jugeait jugea jugèrent jugera jugeant jugiez | jugons jugait
exiger     exige exigeait exigions exigé
annoncer   annonce annonçons annonçait annonça annoncèrent annoncions annonçant | annoncait annonçèrent
balancer   balançait
essayer    essaie essaye essayait essaiera essayera
balayer    balaie balaye balaya
appuyer    appuie appuyait appuiera | appuye
nettoyer   nettoie nettoya nettoiera
envoyer    envoie envoyait enverra enverrait | envoyera envoiera
arguer     argue argua arguant argüe
asséner    assène asséna assènent assénera assena
interpeller interpelle interpellait interpelait interpellera
tweeter    tweete tweetait | twète
regretter  regrette regrettait | regrète
vexer      vexe | vèxe
nier       nie niait niions niera nierons
avertir    avertit avertissait avertirent avertira avertissant averti avertie | avertait
garantir   garantit garantissent garantissait
réagir     réagit réagissait réagirent réagi
renchérir  renchérit renchérissait
enorgueillir enorgueillit enorgueillissent
haïr       hait haïssons haïssait haïrent haï
répartir   répartissent | répartent
dire       dis dit disons dites disent disait dirent dîmes dira dirait dit dite dits dites disant | disez
redire     redit redites redisait
contredire contredit contredisez contredisait
prédire    prédit prédisez prédiront
médire     médisez médisent
interdire  interdit interdisait
écrire     écrit écrivons écrivait écrivit écrivirent écrira écrite
décrire    décrit décrivent décrivait
souscrire  souscrit souscrivit
lire       lit lisait lut lurent lira lu lue
élire      élit élut élisait élus
répondre   répond répondent répondait répondit répondirent répondra répondu répondant
prétendre  prétend prétendait prétendra prétendue
défendre   défend défendit
prendre    prend prenons prennent prenait prit prirent prendra pris prise
reprendre  reprend reprit reprennent reprise
mettre     met mettons mettait mit mirent mettra mis mise
admettre   admet admettent admit admettait admis
promettre  promet promit promise promettra
faire      fait faisons faites font faisait fit firent fera ferait fait faite faisant
venir      vient viennent venait vint vinrent vînmes viendra venue
convenir   convient convinrent conviendra convenu
prévenir   prévient prévenait prévint
soutenir   soutient soutiennent soutint soutiendra soutenu
maintenir  maintient maintenait
souvenir   souvient souvint
connaître  connaît connait connaissait connut connaîtra connaitra connu connaitre
reconnaître reconnaît reconnaissent reconnut reconnue
conclure   conclut concluait conclurent conclura conclue | concluse
exclure    exclut exclu exclue
convaincre convainc convainquit convaincu
craindre   craint craignent craignait craignit craindra crainte
plaindre   plaint plaignait
croire     croit croyait croient crut croira crue
voir       voit voient voyait vit verra vu
prévoir    prévoit prévoira prévit prévu | préverra
entrevoir  entrevoit entreverra
vouloir    veut veulent voulait voulut voudra voulu
pouvoir    peut peuvent put pourra pu | pue puis
devoir     doit doivent dut devra dû due dus dues | dûs
savoir     sait savent savait sut saura su sachant | savant
requérir   requiert requièrent requérait requit requerra requis
acquérir   acquiert acquit acquerra
servir     sert servait servit servi
sentir     sent sentait sentit
mentir     ment mentait menti
démentir   dément démentent démentait démentit démentira
ouvrir     ouvre ouvrent ouvrait ouvrit ouvrira ouvert
offrir     offre offrit offerte
découvrir  découvre découvert
courir     court courut courra couru
concourir  concourt concourra
accueillir accueille accueillait accueillit accueillera accueilli
rire       rit riait rient rirent rira ri | rie
sourire    sourit souriait sourient
taire      tait taisait tut tu tues
suivre     suit suivait suivit suivi
poursuivre poursuit poursuivit poursuivent
produire   produit produisait produisit
traduire   traduit traduisent
vivre      vit vivait vécut vécu
recevoir   reçoit reçoivent recevait reçut recevra reçue
concevoir  conçoit conçut
valoir     vaut valait valut vaudra
émouvoir   émeut émeuvent émut ému émouvait
être       est sont était étaient fut furent sera serait été étant
avoir      a ont avait eut aura aurait eu ayant
aller      va vont allait alla allèrent ira iraient allé
rompre     rompt rompit rompu
interrompre interrompt interrompait interrompra
battre     bat battent battait battit battu
débattre   débat débattit
"""


def rows() -> list[tuple[str, list[str], list[str]]]:
    found = []
    for line in filter(None, FRENCH.splitlines()):
        good, _bar, bad = line.partition("|")
        lemma, *forms = good.split()
        found.append((lemma, forms, [word for word in bad.split() if word not in forms]))
    return found


@pytest.mark.parametrize(("lemma", "good", "bad"), rows())
def test_a_french_verb_is_known_in_all_its_forms(lemma: str, good: list[str], bad: list[str]):
    known = forms(lemma)
    assert [form for form in good if form not in known] == []
    assert [form for form in bad if form in known] == []
    assert Form.INFINITIVE in known[lemma]


def test_the_table_of_forms_is_long_enough():
    assert sum(len(good) for _lemma, good, _bad in rows()) > 400


def flags(names: str) -> Form:
    return functools.reduce(Form.__or__, (Form[name.upper()] for name in names.split()))


@pytest.mark.parametrize(
    ("lemma", "form", "readings"),
    [
        ("dire", "dit", "finite past participle"),
        ("dire", "dis", "speaker past"),
        ("dire", "dites", "speaker plural participle"),
        ("dire", "disent", "finite plural"),
        ("dire", "disait", "finite past"),
        ("dire", "dirait", "finite conditional"),
        ("dire", "diraient", "finite plural conditional"),
        ("dire", "dirais", "speaker conditional"),
        ("dire", "dira", "finite"),
        ("dire", "disant", "gerund"),
        ("dire", "dire", "infinitive"),
        ("dire", "dits", "participle"),
        ("affirmer", "affirme", "finite speaker"),
        ("affirmer", "affirma", "finite past"),
        ("affirmer", "affirmèrent", "finite plural past"),
        ("affirmer", "affirmées", "participle"),
        ("affirmer", "affirmions", "speaker plural past"),
        ("contredire", "contredites", "participle"),
        ("prendre", "pris", "speaker past participle"),
        ("avertir", "avertit", "finite past"),
    ],
)
def test_a_french_form_tells_who_speaks_and_when(lemma: str, form: str, readings: str):
    assert forms(lemma)[form] == flags(readings)


def test_accents_typed_apart_are_the_same_verb():
    apart = unicodedata.normalize("NFD", "Répéter")
    assert forms(apart) == forms("répéter")
    assert guess_lemma(unicodedata.normalize("NFD", "réitéra")) == "réitérer"


def test_a_verb_may_be_given_in_the_spelling_of_1990():
    assert forms("connaitre") == forms("connaître")


def test_a_word_that_is_no_infinitive_has_no_french_forms():
    assert forms("communiqué") == {}
    assert forms("") == {}


FRENCH_CUES = """
    tacle:tacler taclé:tacler taclait:tacler fustigeait:fustiger martela:marteler ripostèrent:riposter
    affirmera:affirmer étrangle:étrangler grince:grincer grinça:grincer grommelle:grommeler
    projette:projeter regrette:regretter étiquette:étiqueter répète:répéter achève:achever
    soupèse:soupeser suggèrent:suggérer nettoie:nettoyer bégaie:bégayer essuie:essuyer prie:prier
    apprécie:apprécier remerciée:remercier renonça:renoncer bondit:bondir rugit:rugir
    blêmissait:blêmir réjouit:réjouir soupira:soupirer glissait:glisser froissait:froisser
    éclairent:éclairer cédera:céder répondit:répondre craignait:craindre traduisait:traduire
    entrevoit:entrevoir promis:promettre dément:démentir disait:dire expriment:exprimer
    résument:résumer EXPLOSE:exploser
"""


@pytest.mark.parametrize("pair", words(FRENCH_CUES))
def test_the_infinitive_of_a_french_cue_is_guessed(pair: str):
    form, lemma = pair.split(":")
    assert guess_lemma(form) == lemma


@pytest.mark.parametrize(
    "word", ["selon", "via", "dixit", "pour", ":", "", "d'après", "absolument", "rarement", "12"]
)
def test_a_french_cue_without_a_verb_has_no_infinitive(word: str):
    assert guess_lemma(word) is None


@given(stem=st.text(max_size=12), ending=st.sampled_from(["", "er", "ir", "re", "oir", "aître"]))
def test_any_word_can_be_conjugated(stem: str, ending: str):
    for form in forms(stem + ending):
        assert form == unicodedata.normalize("NFC", form) == form.lower()


@given(st.text(max_size=12) | st.text("aeiéèçgstnrlmdu", max_size=12))
def test_any_word_can_be_guessed_at(word: str):
    lemma = guess_lemma(word)
    assert lemma is None or normal(word) in forms(lemma)

"""Lines in a page that are no part of its article: invitations, references, buttons, walls to pay at."""

import re

from annotator.readers.pages.flow import HEADINGS, Block

_LONGEST = 300
"""Code points: what is longer is a paragraph, whatever it begins with."""

_REFERENCE = re.compile(
    r"\W*(?:(?:(?:à |a )?(?:lire|relire|voir|revoir|écouter|regarder|découvrir)|read|see|watch|listen)\b"
    r"(?P<also> (?:aussi|également|encore|ensuite|also|more|next|too)\b)?"
    r"|(?P<list>sur le même (?:sujet|thème)|dans la même (?:rubrique|catégorie)|pour en savoir plus"
    r"|pour aller plus loin|(?:nos )?articles? (?:liés?|similaires|connexes)|also read"
    r"|les plus (?:lus|consultés|partagés)|related(?: (?:articles?|stories|story|content))?"
    r"|more on this(?: (?:story|topic))?|most (?:read|popular)|recommended(?: for you)?))"
    r"(?P<end>\s*(?:[:：|→►▶>\[]|$))?",
    re.IGNORECASE,
)
_INVITATION = re.compile(
    r"\W*(?:"
    r"(?:abonnez-vous|inscrivez-vous|recevez|suivez|téléchargez|sign up|subscribe|get|join)\b.{0,140}\b"
    r"(?:newsletters?|infolettres?|lettres? d[’']info\w*|notifications?|appli(?:cation)?|whatsapp|telegram"
    r"|google (?:news|actualités))\b"
    r"|(?:je m[’']abonne|déjà abonné|connectez-vous|créez un compte|abonnez-vous)\b.{0,80}$"
    r"|(?:nous|ce site|notre site|we|this (?:web)?site) (?:utilis\w+|uses?) (?:des |les )?cookies\b"
    r"|(?:accueil|home|vous êtes ici)\s*[>›»/|:]"
    r"|(?:temps de )?lecture\s*:?\s*\d+\s*min|\d+ min(?:utes?)?(?: de lecture| read)\b"
    r"|(?:\d+ )?(?:commentaires?|comments?|réactions?)\W*$|leave a comment\W*$"
    r"|(?:©|copyright|tous droits réservés|all rights reserved).{0,120}$)",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"il vous reste [\d,.\s]+\s*% de cet article"
    r"|la suite (?:de (?:cet |l[’'])article )?est réservée aux"
    r"|(?:cet|l[’']|ce)\s?(?:article|contenu) est (?:réservé|exclusivement réservé|accessible) .{0,20}abonn"
    r"|(?:abonnez|connectez|inscrivez)-vous pour (?:lire|continuer|accéder|poursuivre|découvrir)"
    r"|(?:subscribe|sign in|log in|register)\b.{0,30} to (?:continue|keep) reading"
    r"|this (?:article|content|story) is (?:for|available to|only for|reserved for) subscribers",
    re.IGNORECASE,
)
_BUTTONS = frozenset(
    line
    for line in (
        "facebook · twitter · x · linkedin · whatsapp · e-mail · email · mail · courriel · pinterest ·"
        " reddit · bluesky · threads · telegram · instagram · messenger · imprimer · print · partager ·"
        " partage · share · copier le lien · copy link · enregistrer · sauvegarder · save · écouter ·"
        " listen · commenter · réagir · publicité · advertisement · annonce · sponsorisé · sponsored ·"
        " newsletter · newsletters · infolettre · infolettres · lire la suite · read more · voir plus ·"
        " lire plus · en savoir plus · show more · suivre · suivant · précédent · next · previous ·"
        " retour · haut de page · back to top · menu · recherche · search · se connecter · log in ·"
        " offrir cet article · offrir l’article · réservé aux abonnés · abonnés · article abonné ·"
        " abonné · premium · lecture gratuite · passer la publicité · la suite après cette publicité ·"
        " la suite après la publicité · contenu de l’article · article content · recommended videos ·"
        " story continues below · story continues below advertisement · article continues below"
    ).split(" · ")
)


def is_wall(block: Block) -> bool:
    """Tell the line that says that the rest is for those who pay."""
    return len(block.text) <= _LONGEST and bool(_WALL.search(block.text))


def is_aside(block: Block) -> bool:
    """Tell a line that speaks to the reader of something else than the article does."""
    text = block.text
    if len(text) > _LONGEST:
        return False
    reference = _REFERENCE.match(text)
    if reference and (is_linked(block) or _is_plain(reference)):
        return True
    return text.strip(" .:…\u00a0\u202f").casefold() in _BUTTONS or bool(_INVITATION.match(text))


def _is_plain(reference: re.Match[str]) -> bool:
    """Tell “Lire aussi : …” from “À lire : …”, which may be the advice of a critic."""
    says_so = reference["also"] is not None or reference["list"] is not None
    return says_so and reference["end"] is not None


def is_linked(block: Block) -> bool:
    """Tell a block that is little more than links."""
    return 10 * block.linked >= 6 * len(block.text)


def without_asides(found: list[Block]) -> list[Block]:
    """Return the blocks of an article without such lines, nor links and headings at its end."""
    kept = [block for block in found if not is_aside(block) and not is_wall(block)]
    while len(kept) > 1 and (is_linked(kept[-1]) or kept[-1].tag in HEADINGS):
        kept.pop()
    return [block for n, block in enumerate(kept) if not n or not _is_copy(block, kept[n - 1])]


def _is_copy(block: Block, before: Block) -> bool:
    """Tell a paragraph that stands twice in the page, for small and for large screens."""
    return len(block.text) > 50 and block.text == before.text

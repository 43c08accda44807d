"""French verb groups: "a-t-elle ajouté", "s'est indigné", "n'a pas voulu dire", "de préciser"."""

from collections.abc import Sequence

from annotator.suggest.forms import Form
from annotator.suggest.groups import Group
from annotator.suggest.inversion import stem
from annotator.suggest.lexicon import Lexicon
from annotator.suggest.verbs import Verb

_ETRE = frozenset(
    "est sont était étaient sera seront serait seraient fut furent suis sommes êtes".split()
)
_ACTIVE_WITH_ETRE = frozenset("convenir intervenir revenir venir".split())
_REFLEXIVE = frozenset("se s' me m' nous vous".split())
_ARTICLES = frozenset("le la les l'".split())
_NOUN_MAKERS = frozenset(
    "un une du des au aux ce cet cette ces son sa ses leur leurs mon ma mes notre votre nos vos".split()
)
_BETWEEN = frozenset("tous toutes deux eux elles".split())
_REACH = 5
"""Words between an auxiliary and its participle, at most."""


def french_group(
    lower: Sequence[str], lexicon: Lexicon, number: int, last: int, verb: Verb, form: Form
) -> Group | None:
    """Return the group of a verb that ends at `last`; None for a noun, a passive, a bare participle."""
    is_inverted = "-" in lower[number] and stem(lower[number]) != lower[number]
    first, clitic = number, number if is_inverted else None
    is_modal = False
    if not is_inverted and Form.PARTICIPLE in form:
        auxiliary = _auxiliary(lower, lexicon, number, verb)
        if auxiliary is not None:
            first = auxiliary
            clitic = auxiliary if stem(lower[auxiliary]) != lower[auxiliary] else None
        elif not form & (Form.FINITE | Form.SPEAKER):
            return None
    if first == number and not is_inverted and Form.INFINITIVE in form:
        first, is_modal = _modal(lower, lexicon, number)
    begin = _with_clitics(lower, lexicon, first, is_plain=first == number and not is_inverted)
    if begin is None:
        return None
    span = lower[begin : last + 1]
    if verb.pronoun and not _REFLEXIVE.intersection(span):
        return None
    return Group(
        begin,
        last,
        number,
        verb,
        Form.FINITE if is_modal or (first != number and Form.PARTICIPLE in form) else form,
        clitic,
        is_negated="n'" in span or "ne" in span,
        is_hedged=first != number and stem(lower[first]) in lexicon.conditional,
    )


def _auxiliary(lower: Sequence[str], lexicon: Lexicon, number: int, verb: Verb) -> int | None:
    """Return the auxiliary of a participle; None without one, or where it makes a passive."""
    for place in range(number - 1, max(-1, number - 1 - _REACH), -1):
        word = stem(lower[place])
        if word in lexicon.auxiliaries:
            is_reflexive = place > 0 and lower[place - 1] in _REFLEXIVE
            if word in _ETRE and not (is_reflexive or verb.head in _ACTIVE_WITH_ETRE):
                return None
            return place
        if not (lexicon.is_adverb(lower[place]) or lower[place] in _BETWEEN):
            return None
    return None


def _modal(lower: Sequence[str], lexicon: Lexicon, number: int) -> tuple[int, bool]:
    """Return where "tient à préciser" or "vient d'annoncer" begins; "de préciser" begins at "de"."""
    place = number - 1
    while place >= 0 and lower[place] in lexicon.objects:
        place -= 1
    has_preposition = place >= 0 and lower[place] in ("à", "de", "d'", "par")
    modal = place - has_preposition
    while modal > 0 and lexicon.is_adverb(lower[modal]):
        modal -= 1
    if modal >= 0 and stem(lower[modal]) in lexicon.modals:
        for before in range(modal - 1, max(-1, modal - 4), -1):
            if stem(lower[before]) in lexicon.auxiliaries:
                return before, True
            if not lexicon.is_adverb(lower[before]):
                break
        return modal, True
    if has_preposition and lower[place] in ("de", "d'"):
        return place, False
    return number, False


def _with_clitics(
    lower: Sequence[str], lexicon: Lexicon, first: int, *, is_plain: bool
) -> int | None:
    """Return where the group begins with its clitics; None where an article makes it a noun."""
    if is_plain and first and lower[first - 1] in _NOUN_MAKERS:
        return None
    begin = first
    while begin and lower[begin - 1] in lexicon.objects:
        begin -= 1
        if is_plain and lower[begin] in _ARTICLES and not _is_object(lower, lexicon, begin):
            return None
    return begin


def _is_object(lower: Sequence[str], lexicon: Lexicon, number: int) -> bool:
    """Tell whether "le", "la", "les" before a verb stands for somebody or something already named."""
    before = lower[number - 1] if number else ""
    if before in lexicon.subjects or before in ("ne", "nous", "vous", "qui", "comme", "à"):
        return True
    is_plural_article = lower[number] == "les" and not before.endswith("s")
    return is_plural_article and before.isalpha() and before not in lexicon.prepositions

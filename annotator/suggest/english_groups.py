"""English verb groups: "has told", "was quoted as saying", "declined to say", "reportedly said"."""

from collections.abc import Sequence

from annotator.suggest.forms import Form
from annotator.suggest.groups import Group
from annotator.suggest.lexicon import Lexicon
from annotator.suggest.verbs import Verb

_BE = frozenset("is are was were be been being am isn aren wasn weren 're 'm".split())
_HAVE = frozenset("has have had hasn haven hadn 've".split())
_HEARSAY = frozenset("said reported believed understood thought".split())
_REFUSING = frozenset("declined declines refused refuses unable".split())
_NOUN_MAKERS = frozenset(
    "a an this these those his her its their our my your no any some every each 's".split()
)
_REACH = 7
"""Words before the verb that may belong to its group, at most."""


def english_group(
    lower: Sequence[str], lexicon: Lexicon, number: int, last: int, verb: Verb, form: Form
) -> Group | None:
    """Return the group of a verb that ends at `last`; None for a noun or a passive."""
    if _is_noun(lower, number, form):
        return None
    first, found = number, set()
    place = number - 1
    while place >= 0 and number - place <= _REACH:
        word = lower[place]
        if word in lexicon.conditional:
            found.add("hedged")
            first = place
        elif word in lexicon.negation:
            found.add("negated")
        elif word in lexicon.auxiliaries:
            found.add("be" if word in _BE else "have" if word in _HAVE else "modal")
            first = place
        elif word == "to" and place and lower[place - 1] in lexicon.modals | _BE:
            place -= 1
            first = place - 1 if place and lower[place - 1] in _BE else place
            found.add("modal")
            found |= {"negated"} if lower[place] in _REFUSING else set()
            found |= {"hedged"} if lower[place] in _HEARSAY and first < place else set()
            break
        elif word == "as" and place and lower[place - 1] == "quoted":
            place -= 1
            first = place
            found.add("quoted")
        elif not lexicon.is_adverb(word):
            break
        place -= 1
    kind = _kind(lower, number, form, found, has_group=first != number)
    if kind is None:
        return None
    is_negated, is_hedged = "negated" in found, "hedged" in found
    return Group(first, last, number, verb, kind, None, is_negated, is_hedged)


def _is_noun(lower: Sequence[str], number: int, form: Form) -> bool:
    """Tell whether a form that could be a noun is one: "a report", "his claims"."""
    could_be = bool(form & (Form.INFINITIVE | Form.FINITE)) and Form.PAST not in form
    return could_be and number > 0 and lower[number - 1] in _NOUN_MAKERS


def _kind(
    lower: Sequence[str], number: int, form: Form, found: set[str], *, has_group: bool
) -> Form | None:
    """Return what the group is as a whole, None for a passive, whose subject does not speak."""
    if Form.GERUND in form:
        return Form.FINITE if found & {"be", "modal", "quoted"} else Form.GERUND
    if "be" in found and Form.PARTICIPLE in form:
        return None
    if Form.PAST in form or has_group:
        return Form.FINITE
    return Form.INFINITIVE if number and lower[number - 1] == "to" else form

"""Which infinitives in -er and -ir a French form may come from, the likeliest first."""

import re
from collections.abc import Iterator

from annotator.suggest.forms import words

# Endings with a silent e, those with a or o, and the others: each changes the stem in its own way.
_SILENT = words("eraient erions eriez erait erais eront erons erez erai eras era ent es e")
_OPEN = words("aient âmes âtes ait ais ant ons ai as a")
_OTHER = words("èrent ions iez ées ée és é ez er")
_ER = tuple(sorted((*_SILENT, *_OPEN, *_OTHER), key=len, reverse=True))
_IR = words(
    "issaient issait issais issent issant issons issez iraient irait irais iront irons irai iras ira"
    " irent ir it is ies ie i"
)

_ISSER = re.compile(r"(?:gl|h|pl|l|v|t|esqu|rat|mét)iss.*")
"""Forms of glisser and the like: elsewhere "-issait" is of an -ir verb."""
_IRER = re.compile(r"(?:.*sp|soup|(?:at|re|é|sou)?t|(?:cha|re)?v|(?:ad)?m|dés|déch|c|dél|emp)ir.*")
"""Forms of soupirer, tirer, admirer and the like: elsewhere "-ira" is of an -ir verb."""
_ERER = re.compile(
    r".*(?:(?:(?:[rd]|pr)é|con|dif|in|trans|voci|proli|légi|inter)f"
    r"|sugg|tol|op|esp|temp|cup|sid|éd|od|ond|él|lib|gén|xag|réit|alt|adh|énum|sév|év|av|ins)èrent"
)
"""Forms of suggérer and the like, which are no passé simple of a verb without the second "er"."""

_ELLER = re.compile(r".*(?:interp|exc|quer|sc|lib|flag)ell|sell")
_ETER = re.compile(r".*(?:jet|qu?et|feuillet|cachet|épousset|volet|souffl?et)t")
# Where "è" comes from "e", as in lever, mener, peser, marteler, rather than from "é".
_FROM_E = re.compile(r".*(?:èv|[mr]èn|pès|sèm|pèc|(?:ach|hal|fur|croch)èt)|(?!rév|h).*èl")
_GRAVE = re.compile(r"(.*)è((?:[gq]u|[^aeiouyéèê]{1,3}))")

_NO_FORM = re.compile(
    r"(?!dément$).*(?:[eé]ment|[ae]mment|(?:ol|rd|nd)ument|[st]ions?)|(?:vrai|quasi|poli|jol|infini|hardi)ment"
)
_FUNCTION_WORDS = frozenset(
    words(
        "ainsi alors après aucune aussi autant autre autres avant avec cela celle celles cependant ces cette"
        " chaque chez ci comme comment contre dans demi depuis des devant dixit dont durant elle elles entre"
        " est et hier ici jadis jamais janvier février juste là laquelle las le les lequel leur lorsque lui"
        " ma mais maintenant me même mêmes mes mi midi moins ne ni notre nous on ou oui outre parce parfois"
        " parmi pas pendant plus plusieurs pour pourtant premier dernier presque puis puisque quatre que"
        " quelque quelques qui quoi quoique sa sans se selon ses si sous souvent sur ta tandis tant te tes"
        " toute toutes toutefois très trois tu une vais via voici voilà vos votre vous vrai"
    )
)


def looks_like_a_form(word: str) -> bool:
    """Tell whether a word, in small letters, may be a form of a verb at all."""
    return word.isalpha() and word not in _FUNCTION_WORDS and not _NO_FORM.fullmatch(word)


def candidates(word: str) -> Iterator[str]:
    """Yield the infinitives that the ending of a form suggests; some have no such form."""
    if not _ISSER.fullmatch(word) and not _IRER.fullmatch(word):
        yield from _in_ir(word)
    yield from _in_er(word)
    yield from _in_ir(word)


def _in_ir(word: str) -> Iterator[str]:
    for ending in _IR:
        stem = word.removesuffix(ending)
        # "réagit", "réjouit" and "alanguit", not "disait", "éclairent"; "apprécie" is rather of -er.
        is_after_u = stem.endswith(("ou", "gu"))
        is_ir = stem[-1:] not in "aeiou" and ending not in ("ie", "ies")
        if stem != word and (is_after_u or is_ir):
            yield stem + "ir"


def _in_er(word: str) -> Iterator[str]:
    if _ERER.fullmatch(word):
        yield word.removesuffix("èrent") + "érer"
    for ending in _ER:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1 and re.search("[aeiouyéèêâîôûœæ]", stem):
            yield from (spelt + "er" for spelt in _stems(stem, ending))


def _stems(stem: str, ending: str) -> Iterator[str]:
    """Yield the stems of infinitives that are spelt so before this ending."""
    if ending in _OPEN and stem.endswith(("ge", "ç")):
        yield stem[:-1] + ("c" if stem.endswith("ç") else "")
    if ending in _SILENT:
        grave = _GRAVE.fullmatch(stem)
        if grave:
            letters = "eé" if _FROM_E.fullmatch(stem) else "ée"
            yield from (f"{grave[1]}{letter}{grave[2]}" for letter in letters)
        if stem.endswith(("ai", "oi", "ui")):
            yield stem[:-1] + "y"
        if _ETER.fullmatch(stem) or (stem.endswith("ell") and not _ELLER.fullmatch(stem)):
            yield stem[:-1]
    yield stem

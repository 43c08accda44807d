"""How the stem of a French verb in -er is spelt before a silent e, and before a and o.

Where the spelling of 1990 differs from the older one, both are right.
"""

import re

Stems = tuple[tuple[str, str], ...]
"""Pairs: the stem before the silent e of the present, and that of the future."""

_ACUTE = re.compile(r"(.*)é((?:[gq]u|[bcdfghjklmnpqrstvxz]{1,3}))")
_MUTE = re.compile(r"(.*(?<![aeio]))e([bcdfglmnprstvz]|vr)")
_DOUBLING = re.compile(r"r?appel|.*jet")
# All other verbs in -eler and -eter double their consonant, or, since 1990, take è like these.
_GRAVE = re.compile(
    r".*(?:gel|model|martel|cisel|harcel|mantel|cartel|halet|furet|crochet|corset)"
    r"|(?:r[ae]|dé)?cel|pel|(?:r|pré)?achet"
)


def silent_stems(stem: str) -> Stems:
    """Return the stems that stand before a silent e: "appell" for "appel", "cèd" for "céd"."""
    if stem.endswith(("ay", "oy", "uy")):
        return _with_i(stem)
    acute = _ACUTE.fullmatch(stem)
    if acute:
        grave = f"{acute[1]}è{acute[2]}"
        return (grave, stem + "er"), (grave, grave + "er")
    mute = _MUTE.fullmatch(stem)
    if mute is None:
        return ((stem, stem + "er"),)
    grave, double = f"{mute[1]}è{mute[2]}", stem + stem[-1]
    if _DOUBLING.fullmatch(stem):
        return ((double, double + "er"),)
    if stem.endswith(("l", "t")) and not _GRAVE.fullmatch(stem):
        return (double, double + "er"), (grave, grave + "er")
    return ((grave, grave + "er"),)


def before_a(stem: str) -> str:
    """Return the stem that keeps its sound before a and o: "mange" for "mang", "lanç" for "lanc"."""
    if stem.endswith("g"):
        return stem + "e"
    return stem[:-1] + "ç" if stem.endswith("c") else stem


def _with_i(stem: str) -> Stems:
    """Return the stems of a verb in -yer; those in -ayer may keep their y."""
    with_i = stem[:-1] + "i"
    if stem.endswith("envoy"):
        return ((with_i, stem[:-2] + "err"),)
    if stem.endswith("ay"):
        return (with_i, with_i + "er"), (stem, stem + "er")
    return ((with_i, with_i + "er"),)

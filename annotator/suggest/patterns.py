"""What has a form of its own in French and English newspapers: dates, times, money, shares, addresses."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

_B = r"[ \u00a0\u202f\u2009]"
_NUMBER = r"\d++(?:[.,\u00a0\u202f\u2009 ]\d{3}(?!\d))*+(?:[.,]\d++)?"
_DAYS = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
)
_FRENCH_MONTHS = (
    r"(?:janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre"
    r"|décembre|decembre|janv\.|févr\.|avr\.|juil\.|sept\.|oct\.|nov\.|déc\.)"
)
_ENGLISH_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_WORDED = (
    r"(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    r"|vingt|trente|quarante|cinquante|soixante|cent|one|two|three|four|five|seven|eight|nine|ten"
    r"|eleven|twelve|twenty|thirty|forty|fifty|a hundred|quelques|several)"
)
_SCALE = r"(?:mille|millions?|milliards?|billions?|trillions?|thousand|hundred|bn|[MGk]|Md|Mds)"
_CURRENCY = (
    r"(?:\$(?:[ \u00a0](?:US|CA|CAN|AU))?|€|£|¥|dollars?(?:[ \u00a0](?:américains|canadiens|US))?|euros?"
    r"|livres?(?:[ \u00a0]sterling)?|francs?(?:[ \u00a0]suisses)?|yens?|yuans?|roubles?|pesos?|pounds?|cents"
    r"|USD|EUR|CAD|GBP|CHF)"
)


class Form(NamedTuple):
    """Something `[start, end)` of a kind, and how sure that is; offsets are code points."""

    kind: str
    start: int
    end: int
    score: float


def forms(text: str, kinds: Iterable[str]) -> Iterator[Form]:
    """Yield what a text has of these kinds, kind by kind; they may overlap. Takes time linear in the text."""
    for kind in kinds:
        for pattern, score in _patterns().get(kind, ()):
            for match in pattern.finditer(text):
                yield Form(kind, *match.span(), score)


def _apart(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return a pattern that matches whole words only."""
    return re.compile(rf"(?<![\w.,@])(?:{pattern})(?!\w)", flags)


@cache
def _patterns() -> dict[str, tuple[tuple[re.Pattern[str], float], ...]]:
    any_case = re.IGNORECASE
    return {
        "date": (
            (
                _apart(
                    rf"(?:{_DAYS}{_B})?(?:1er|1ᵉʳ|{_DAY}){_B}{_FRENCH_MONTHS}(?:{_B}{_YEAR})?",
                    any_case,
                ),
                0.9,
            ),
            (_apart(rf"{_FRENCH_MONTHS}{_B}{_YEAR}", any_case), 0.9),
            (
                _apart(
                    rf"(?i:{_DAYS},?{_B})?{_ENGLISH_MONTHS}{_B}{_DAY}(?:st|nd|rd|th)?(?:,?{_B}{_YEAR})?"
                ),
                0.9,
            ),
            (
                _apart(
                    rf"(?i:{_DAYS},?{_B})?{_DAY}(?:st|nd|rd|th)?{_B}{_ENGLISH_MONTHS}(?:,?{_B}{_YEAR})?"
                ),
                0.9,
            ),
            (_apart(rf"{_ENGLISH_MONTHS},?{_B}{_YEAR}"), 0.9),
            (_apart(rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:[012]\d|3[01])"), 0.9),
            (_apart(rf"{_DAY}[/.](?:0?[1-9]|1[0-2])[/.](?:{_YEAR}|\d\d)(?![/.]?\d)"), 0.7),
        ),
        "time": (
            (_apart(rf"(?:[01]?\d|2[0-4]){_B}?h(?:{_B}?[0-5]\d(?:{_B}?min)?)?"), 0.85),
            (_apart(rf"(?:[01]?\d|2[0-4]){_B}heures?(?:{_B}(?:[0-5]\d|et demie))?"), 0.6),
            (_apart(rf"(?:1[0-2]|0?\d)(?::[0-5]\d)?{_B}?[ap]\.?m\b\.?", any_case), 0.85),
            (_apart(r"(?:[01]?\d|2[0-3]):[0-5]\d"), 0.7),
        ),
        "amount": (
            (
                _apart(
                    rf"(?:{_NUMBER}|{_WORDED})(?:{_B}?{_SCALE})?{_B}?(?:d[e’']{_B}?)?{_CURRENCY}"
                ),
                0.9,
            ),
            (
                _apart(rf"(?:US|CA|C|A)?[$€£¥]{_B}?{_NUMBER}(?:{_B}?(?:{_SCALE}|m|b)(?![\w]))?"),
                0.9,
            ),
        ),
        "percentage": (
            (
                _apart(
                    rf"[-+−]?(?:{_NUMBER}|{_WORDED}){_B}?"
                    r"(?:%|‰|p\.[ \u00a0]?100|pour[ \u00a0]cent|percent(?:age points?)?|per[ \u00a0]cent)"
                ),
                0.9,
            ),
        ),
        "email": ((_apart(r"[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-zA-Z]{2,24}"), 0.95),),
        "url": (
            (_apart(r"(?:https?://|www\.)[^\s<>«»“”\"]{1,2000}(?<![.,;:!?)’'\]])"), 0.95),
            (
                _apart(
                    r"(?:[a-z0-9-]{1,63}\.){1,5}(?:com|org|net|fr|ca|be|ch|eu|info|gov|edu|io|quebec)"
                    r"(?:/[^\s<>«»“”\"]{0,2000}(?<![.,;:!?)’'\]]))?"
                ),
                0.8,
            ),
        ),
        "phone": (
            (_apart(rf"(?:\+33{_B}?[1-9]|0[1-9])(?:[ .\u00a0\u202f-]?\d\d){{4}}"), 0.85),
            (
                _apart(
                    rf"(?:\+?1[ .\u00a0-])?(?:\(\d{{3}}\){_B}?|\d{{3}}[ .\u00a0-])\d{{3}}[ .\u00a0-]\d{{4}}"
                ),
                0.85,
            ),
        ),
    }

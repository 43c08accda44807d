"""Dates as newspapers print them, French and English: one that fills its line is a dateline."""

import re
from dataclasses import dataclass
from datetime import date

from annotator.readers.small_words import words

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv january jan",
            "février fevrier févr fév february feb",
            "mars march mar",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juill juil july jul",
            "août aout august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "décembre decembre déc december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:(?=T)|\b)",
        rf"\b(?P<d>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?P<m>{_MONTH})\.?,?\s+(?P<y>\d{{4}})\b",
        rf"\b(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b",
        r"\b(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})\b",
    )
)
_TIME = re.compile(
    r"\b(?P<h>\d{1,2})\s*(?:h|:)\s*(?:(?P<min>\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:min\b)?)?\s*"
    r"(?P<half>[ap]\.?\s?m\b\.?)?(?:\s?Z\b|[+-]\d{2}:?\d{2}\b)?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?:\b(?:le|on)\s+)?\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\W*$",
    re.IGNORECASE,
)
_MODIFIED = re.compile(
    r"\b(modifi|mis(e)? à jour|actualis|updated|modified|last edited)", re.IGNORECASE
)
_AROUND_DATES = words(
    "le à a at on the modifié modifiée mis mise jour publié publiée paru parue actualisé créé posté"
    " dernière heure published updated modified posted last edited first et and date de du min h"
    " lundi mardi mercredi jeudi vendredi samedi dimanche"
    " monday tuesday wednesday thursday friday saturday sunday"
    " mon tue tues wed thu thur thurs fri sat sun est edt pt pst pdt gmt utc cet cest hne hae t"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A line that says when, and nothing else. `day` is an ISO date, `clock` like "T15:33" or ""."""

    day: str
    clock: str
    is_change: bool


def read_dateline(line: str, language: str) -> Dateline | None:
    """Return what a dateline says, None when the line holds no date or more than that."""
    day, rest = _date_in(line, language)
    if not day:
        return None
    clock = _TIME.search(rest)
    rest = _TIME.sub(" ", rest)
    around = re.findall(r"[^\W\d_]+", rest.lower())
    if re.search(r"\d{3}", rest) or not all(word in _AROUND_DATES for word in around):
        return None
    return Dateline(day, _clock(clock) if clock else "", bool(_MODIFIED.search(line)))


def find_date(text: str, language: str) -> Dateline | None:
    """Return the first date anywhere in a text, with the clock if one stands there too."""
    day, rest = _date_in(text, language)
    if not day:
        return None
    clock = _TIME.search(rest)
    return Dateline(day, _clock(clock) if clock else "", bool(_MODIFIED.search(text)))


def before_date(text: str) -> str:
    """Return what stands before the first date of a text and its day of the week; "" without a date."""
    places = [match.start() for match in (date.search(text) for date in _DATES) if match]
    return _WEEKDAY.sub("", text[: min(places)]).rstrip(" \u00a0,-–|") if places else ""


def _date_in(line: str, language: str) -> tuple[str, str]:
    """Return the first date in ISO form, and the line without it; "" when there is none."""
    for pattern in _DATES:
        match = pattern.search(line)
        if match:
            month = _MONTHS.get(match["m"].lower()) or int(match["m"])
            day = int(match["d"])
            if pattern is _DATES[3] and language != "fr" and day <= 12:
                # 03/04/2018 is April in Montréal and March in New York.
                return "", line
            try:
                iso = date(int(match["y"]), month, day).isoformat()
            except ValueError:
                return "", line
            return iso, f"{line[: match.start()]} {line[match.end() :]}"
    return "", line


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match["h"]), match["min"] or "00"
    half = (match["half"] or "").lower()[:1]
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return f"T{hour:02}:{minute}" if hour < 24 and int(minute) < 60 else ""

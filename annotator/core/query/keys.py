"""The keys of the search box and the values some of them take, in English and in French."""

from collections.abc import Mapping
from enum import StrEnum

from annotator.core.names import folded
from annotator.language import current_language


class Key(StrEnum):
    """What a condition speaks of."""

    LABEL = "label"
    TEXT = "text"
    ENTITY = "entity"
    ATTR = "attr"
    MISSING = "missing"
    HAS = "has"
    STATE = "state"
    BY = "by"
    ORIGIN = "origin"
    IS = "is"
    SCORE = "score"
    NOTE = "note"
    IN = "in"
    SOURCE = "source"
    TITLE = "title"
    AUTHOR = "author"
    LANGUAGE = "language"
    URL = "url"
    DATE = "date"
    META = "meta"


FRENCH = {
    "étiquette": Key.LABEL,
    "texte": Key.TEXT,
    "entité": Key.ENTITY,
    "attribut": Key.ATTR,
    "sans": Key.MISSING,
    "avec": Key.HAS,
    "état": Key.STATE,
    "par": Key.BY,
    "origine": Key.ORIGIN,
    "est": Key.IS,
    "dans": Key.IN,
    "titre": Key.TITLE,
    "auteur": Key.AUTHOR,
    "langue": Key.LANGUAGE,
    "méta": Key.META,
}
"""What else the keys are called; score, note, source, url and date are the same in both languages."""

KEYS = {folded(name): key for name, key in (*((key.value, key) for key in Key), *FRENCH.items())}

STATES = {
    "todo": "todo",
    "in_progress": "in_progress",
    "done": "done",
    "flagged": "flagged",
    "accepted": "accepted",
    "suggested": "suggested",
    "rejected": "rejected",
    "à-faire": "todo",
    "en-cours": "in_progress",
    "fait": "done",
    "terminé": "done",
    "signalé": "flagged",
    "accepté": "accepted",
    "suggéré": "suggested",
    "proposé": "suggested",
    "rejeté": "rejected",
    "refusé": "rejected",
}
"""States of articles and of annotations."""

SHAPES = {
    "overlapping": "overlapping",
    "nested": "nested",
    "crossing": "crossing",
    "discontinuous": "discontinuous",
    "linked": "linked",
    "changed": "changed",
    "unchanged": "unchanged",
    "untouched": "untouched",
    "chevauchant": "overlapping",
    "imbriqué": "nested",
    "croisé": "crossing",
    "discontinu": "discontinuous",
    "lié": "linked",
    "modifié": "changed",
    "inchangé": "unchanged",
    "intact": "untouched",
}
"""What an annotation `is`."""

ORIGINS = {
    "suggested": "suggested",
    "hand": "hand",
    "import": "import",
    "suggéré": "suggested",
    "proposé": "suggested",
    "main": "hand",
}
"""Origins that are no name of a suggester."""

OPERATORS = {
    "AND": "and",
    "OR": "or",
    "NOT": "not",
    "ET": "and",
    "OU": "or",
    "SAUF": "not",
    "NON": "not",
}
"""Written in capitals, they join; any other way they are words."""


def spoken(names: Mapping[str, str]) -> list[str]:
    """Return one name of each value, in the language of the window."""
    if current_language() != "fr":
        return list(dict.fromkeys(names.values()))
    french: dict[str, str] = {}
    for name, value in names.items():
        if name != value:
            french.setdefault(value, name)
    return list(french.values())


def plain(word: str) -> str:
    """Return a value as it is compared: without case, accents, blanks, hyphens and underscores."""
    return folded(word).translate({ord(sign): None for sign in " -_"})

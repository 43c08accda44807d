"""What press databases call the parts of an article, in French and in English."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from annotator.readers.small_words import words

_FIELDS = {
    "title": "headline title titre",
    "author": "byline author auteur auteure auteurs signature",
    "section": "section rubrique",
    "length": "length longueur",
    "dateline": "dateline lieu",
    "highlight": "highlight insert encart chapeau",
    "series": "series série",
    "edition": "edition édition",
    "page": "page",
    "url": "url",
    "language": "language langue",
    "type": "type publication-type type-publication document-type type-de-publication",
    "subject": "subject sujet",
    "organization": "organization organisation",
    "company": "company société societe",
    "industry": "industry activity-sector secteur-activite secteur-d'activité",
    "ticker": "ticker stock-symbol symbole-boursier",
    "person": "person personne personnes",
    "place": "geographic geo-localization localisation-geo localisation-géo zone-géographique",
    "load_date": "load-date date-chargement date-de-chargement",
    "correction": "correction",
    "correction_date": "correction-date date-correction",
    "journal_code": "journal-code code-journal code-de-publication",
    "graphic": "graphic graphique illustration",
    "name": "name nom",
    "distribution": "distribution",
    "notes": "notes",
}
_NAMES = {word: field for field, names in _FIELDS.items() for word in names.split()}
_FIELD = re.compile(
    r"\s*([^\W\d_][\w'’-]*(?:[ \u00a0][\w'’-]+){0,3})[ \u00a0]?:(?:[\s\u00a0]+|$)(.*)", re.DOTALL
)

COPYRIGHT = re.compile(
    r"\s*(?:(?:copyright|droits d['’]auteur)[\s\u00a0]*(?:[:©]|\(c\)|\d{4}\b)|\(c\)[\s\u00a0]|©"
    r"|(?:tous droits réservés|all rights reserved)[\s.]*$)",
    re.IGNORECASE,
)
"""How a line begins that says whose an article is; one about copyright begins otherwise."""

WORDS = re.compile(
    r"(?<!\d)(\d{1,3}(?:[ \u00a0\u202f,.]\d{3})+|\d+)[ \u00a0\u202f]+(?:words?|mots?)\b",
    re.IGNORECASE,
)
"""How many words an article has."""

PAGE = re.compile(
    r"(?:\bp(?:ages?|p?\.|g\.)|\bpg\b)[ \u00a0]*([A-Z]{0,4}\d[\w,\- –]*)", re.IGNORECASE
)

_LANGUAGES: Mapping[str, frozenset[str]] = {
    "fr": words("fr french français francais french; fre fra"),
    "en": words("en english anglais eng"),
    "de": words("de german allemand deutsch ger deu"),
    "es": words("es spanish espagnol español"),
    "it": words("it italian italien italiano"),
    "pt": words("pt portuguese portugais português"),
    "nl": words("nl dutch néerlandais nederlands"),
    "ar": words("ar arabic arabe"),
    "ca": words("ca catalan"),
    "ru": words("ru russian russe"),
    "pl": words("pl polish polonais"),
    "sv": words("sv swedish suédois"),
    "zh": words("zh chinese chinois"),
    "ja": words("ja japanese japonais"),
}


class Field(NamedTuple):
    """A line like “Length: 412 words”: which field it is, and what it says."""

    name: str
    value: str


def field_of(line: str) -> Field | None:
    """Return the field that a line gives, None where it is none that databases have."""
    match = _FIELD.match(line)
    if not match:
        return None
    name = re.sub(r"[ \u00a0]", "-", match[1].casefold().replace("’", "'"))
    return Field(_NAMES[name], match[2].strip()) if name in _NAMES else None


def language_code(name: str) -> str:
    """Return the two letters of a language that is named in French or English, "" for no such name."""
    first = re.split(r"[;,/(]", name.casefold())[0].strip()
    return next((code for code, names in _LANGUAGES.items() if first in names), "")


def page_of(text: str) -> str:
    """Return the page that a line names, "" when it names none."""
    match = PAGE.search(text)
    return match[1].strip(" ,-–") if match else ""


def author_of(byline: str) -> str:
    """Return the name in a byline, without “by” and “par” before it."""
    name = re.sub(r"[\s\u00a0]+", " ", byline).strip(" ;,")
    return re.sub(
        r"^(?:by|par|de notre correspondante?)\s*:?\s+(?=\S)", "", name, flags=re.IGNORECASE
    )


def digits(number: str) -> str:
    """Return a number without what parts its thousands."""
    return re.sub(r"\D", "", number)

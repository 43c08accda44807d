"""What may follow at the caret of a search box: keys, and the values that this project has for them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from annotator.core.names import folded
from annotator.core.query.keys import FRENCH, KEYS, SHAPES, STATES, Key, spoken
from annotator.core.query.writing import quoted
from annotator.language import _, current_language

MOST = 12
"""Choices offered at once."""

_CLOSING = {'"': '"', "“": "”", "«": "»"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a project can be asked for; `attributes` and `meta` give the values of each name."""

    labels: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slots: tuple[str, ...] = ()
    annotators: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    meta: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be written, and what it means in some words."""

    text: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """Choices in the place of `[start, end)` of a query, in code points."""

    start: int
    end: int
    choices: tuple[Choice, ...] = ()


def complete(query: str, caret: int, vocabulary: Vocabulary) -> Completion:
    """Return what the word at the caret may become; nothing is offered inside of phrases."""
    caret = max(0, min(caret, len(query)))
    start, end = _word_at(query, caret)
    while start < caret and query[start] in "-(":
        start += 1
    typed = query[start:caret]
    name, colon, value = typed.partition(":")
    if not colon:
        if typed[:1] in ("/", *_CLOSING):
            return Completion(caret, caret)
        return Completion(start, end, tuple(_keys(typed)))
    key = KEYS.get(folded(name))
    if key is None:
        return Completion(caret, caret)
    start += len(name) + 1
    if key in (Key.ATTR, Key.META):
        return _named(key, value, start, end, vocabulary)
    return Completion(start, end, _alike(value, _values(key, vocabulary)))


def _word_at(query: str, caret: int) -> tuple[int, int]:
    """Return the word around the caret; blanks between quotes are part of it."""
    start, closing = 0, ""
    for at, char in enumerate(query[:caret]):
        if closing:
            closing = "" if char == closing else closing
        elif char in _CLOSING:
            closing = _CLOSING[char]
        elif char.isspace() or char in "()":
            start = at + 1
    end = caret
    while end < len(query) and (closing or not (query[end].isspace() or query[end] in "()")):
        end += 1
        if closing and query[end - 1] == closing:
            closing = ""
    return start, end


def _keys(typed: str) -> list[Choice]:
    """Return the keys that begin so, in the language of the window unless another one is typed."""
    wanted = folded(typed)
    own = {key: key.value for key in Key}
    french = {key: name for name, key in FRENCH.items()}
    first, second = (own | french, own) if current_language() == "fr" else (own, own | french)
    meanings = told()
    found = {key: name for key, name in first.items() if folded(name).startswith(wanted)}
    if typed:
        for key, name in second.items():
            if folded(name).startswith(wanted):
                found.setdefault(key, name)
    limit = MOST if typed else len(Key)
    return [Choice(f"{name}:", meanings[key]) for key, name in found.items()][:limit]


def _named(key: Key, value: str, start: int, end: int, vocabulary: Vocabulary) -> Completion:
    """Return names of attributes or metadata, and behind the sign of equality values."""
    name, equals, rest = value.partition("=")
    attributes = vocabulary.attributes if key is Key.ATTR else dict.fromkeys(vocabulary.meta, ())
    if not equals:
        return Completion(start, end, _alike(value, attributes, lambda each: f"{quoted(each)}="))
    wanted = folded(name.rstrip("!").strip('"'))
    values = next((found for each, found in attributes.items() if folded(each) == wanted), ())
    return Completion(start + len(name) + 1, end, _alike(rest, values))


def _alike(
    typed: str, values: Iterable[str], written: Callable[[str], str] = quoted
) -> tuple[Choice, ...]:
    """Return values with what was typed: those that begin so, then those with a word that does."""
    wanted = folded(typed.strip('"“”«» \u00a0').rstrip("*"))
    first: list[str] = []
    other: list[str] = []
    for value in dict.fromkeys(values):
        small = folded(value)
        if small.startswith(wanted):
            first.append(value)
        elif f" {wanted}" in f" {small}".replace("'", " ").replace("-", " "):
            other.append(value)
    return tuple(Choice(written(value)) for value in (*first, *other)[:MOST])


def _values(key: Key, vocabulary: Vocabulary) -> Iterable[str]:
    is_french = current_language() == "fr"
    match key:
        case Key.LABEL:
            return vocabulary.labels
        case Key.ENTITY:
            return vocabulary.entities
        case Key.MISSING | Key.HAS:
            entity = "entité" if is_french else "entity"
            return (*vocabulary.slots, entity, "note", *vocabulary.attributes)
        case Key.STATE:
            return spoken(STATES)
        case Key.IS:
            return spoken(SHAPES)
        case Key.BY:
            return vocabulary.annotators
        case Key.ORIGIN:
            return ("hand", "import", "suggested", *vocabulary.origins)
        case Key.SOURCE:
            return vocabulary.sources
        case Key.AUTHOR:
            return vocabulary.authors
        case Key.LANGUAGE:
            return vocabulary.languages
        case _:
            return ()


def told() -> Mapping[Key, str]:
    """Return what each key asks for, in some words."""
    return {
        Key.LABEL: _("label of the annotation"),
        Key.TEXT: _("exactly these words are labelled"),
        Key.ENTITY: _("whom the annotation means"),
        Key.ATTR: _("attribute, as in attr:type=indirect"),
        Key.MISSING: _("slot, attribute, entity or note that it lacks"),
        Key.HAS: _("slot, attribute, entity or note that it has"),
        Key.STATE: _("state of the article or the annotation"),
        Key.BY: _("annotator"),
        Key.ORIGIN: _("made by hand, imported, or suggested, and by which suggester"),
        Key.IS: _("overlapping, nested, crossing, discontinuous, linked, changed"),
        Key.SCORE: _("score of the suggestion, as in score:>0.8"),
        Key.NOTE: _("word of its note"),
        Key.IN: _("word anywhere in the article"),
        Key.SOURCE: _("source of the article"),
        Key.TITLE: _("word of the title"),
        Key.AUTHOR: _("author of the article"),
        Key.LANGUAGE: _("language of the article"),
        Key.URL: _("part of the address of the article"),
        Key.DATE: _("date, as in date:2018-04..2018-06"),
        Key.META: _("other metadata, as in meta:section=culture"),
    }

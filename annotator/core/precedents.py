"""Precedents: how some words are to be labelled in this project, decided once and with its reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.core.spelling import key_of


@dataclass(frozen=True, slots=True)
class Precedent:
    """What was decided about `words`, in whichever spelling they come.

    `label` is a label's id, None where the reason says it all ("ORG when it acts, LOC when it is the
    place"); `entity` an entity's id. `created` is ISO 8601 in UTC.
    """

    id: str
    words: str
    label: str | None = None
    entity: str | None = None
    reason: str = ""
    annotator: str = ""
    created: str = ""


def precedents_of(precedents: Iterable[Precedent], words: str) -> list[Precedent]:
    """Return those about these words, whatever their spelling, in the order given."""
    key = key_of(words) or words.strip()
    return [each for each in precedents if (key_of(each.words) or each.words.strip()) == key]


def precedent_from_dict(row: Mapping[str, Any]) -> Precedent:
    """Return the precedent of a mapping; ValueError names the words that are missing, or what is no text."""
    text = {name: _text(row, name) for name in (*_FIELDS, "label", "entity")}
    if not text["words"]:
        raise ValueError("precedents: words")
    return Precedent(
        **{name: text[name] for name in _FIELDS},
        label=text["label"] or None,
        entity=text["entity"] or None,
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    """Return a field as text; TOML has dates and numbers for what looks like one, JSON has null for none."""
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, Mapping | list):
        raise ValueError(f"precedents: {name}")
    return str(value)


_FIELDS = ("id", "words", "reason", "annotator", "created")


def precedent_to_dict(precedent: Precedent) -> dict[str, Any]:
    """Return what `precedent_from_dict` reads, every field spelled out; labels and entities are ids."""
    return {
        "id": precedent.id,
        "words": precedent.words,
        "label": precedent.label or "",
        "entity": precedent.entity or "",
        "reason": precedent.reason,
        "annotator": precedent.annotator,
        "created": precedent.created,
    }

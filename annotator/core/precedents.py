"""Precedents: how some words are to be labelled in this project, decided once and with its reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.core.scheme import Scheme
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


def to_dict(precedent: Precedent, scheme: Scheme, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a precedent as a file keeps it: its label by name, its entity by the name in `names`."""
    label = scheme.label(precedent.label).name if precedent.label else ""
    return {
        "words": precedent.words,
        "label": label,
        "entity": names.get(precedent.entity or "", ""),
        "reason": precedent.reason,
        "annotator": precedent.annotator,
        "created": precedent.created,
    }

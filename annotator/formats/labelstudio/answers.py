"""What is answered in a task of Label Studio: values whose kind nobody guarantees, taken with care."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from annotator.core.model import Entity
from annotator.formats.labelstudio.config import ENTITY, JSON, SET
from annotator.formats.register import from_row
from annotator.language import _


def answer_of(item: Mapping[str, Any]) -> tuple[str, Any]:
    """Return the name of what was asked and the answer, None when there is none that is understood."""
    name, value = text_of(item.get("from_name")), item["value"]
    kind = text_of(item.get("type"))
    given = value.get(kind)
    if kind == "textarea":
        texts = texts_in(value.get("text"))
        if name.endswith(JSON) and len(texts) == 1:
            return _from_json(name, texts[0])
        return name, texts if name == ENTITY and len(texts) == 2 else "\n".join(texts)
    if kind == "choices":
        choices = texts_in(given)
        if choices == [SET]:
            return name, True
        return name, choices if len(choices) > 1 else next(iter(choices), None)
    if kind == "taxonomy":
        paths = [" > ".join(texts_in(path)) for path in list_in(given)]
        return name, paths if len(paths) > 1 else next(iter(paths), None)
    return name, given if isinstance(given, str | int | float) else None


def _from_json(name: str, text: str) -> tuple[str, Any]:
    try:
        return name.removesuffix(JSON), json.loads(text)
    except (ValueError, RecursionError):
        return name, text


def entities_of(task: Mapping[str, Any]) -> dict[str, Entity]:
    """Return the entities that a task of ours brings along."""
    meta = task.get("meta")
    rows = objects_in(meta.get("entities")) if isinstance(meta, dict) else ()
    found = (from_row({key: text_of(value) for key, value in row.items()}) for row in rows)
    return {entity.id: entity for entity in found if entity}


def seconds_of(task: Mapping[str, Any]) -> Mapping[str, float]:
    """Return the time that each known person spent."""
    seconds: dict[str, float] = {}
    for each in objects_in(task.get("annotations")):
        who, spent = annotator_of(each.get("completed_by")), number_of(each.get("lead_time"))
        if who and spent is not None and spent >= 0 and not each.get("was_cancelled"):
            seconds[who] = seconds.get(who, 0.0) + spent
    return seconds


def annotator_of(given: Any) -> str:
    """Return who completed an annotation: an address, a name, or the number that is all we know."""
    if isinstance(given, dict):
        names = (given.get(key) for key in ("email", "username", "first_name", "id"))
        return next((str(name) for name in names if name), "")
    if isinstance(given, int) and not isinstance(given, bool):
        return _("user {number}").format(number=given)
    return text_of(given)


def labels_of(item: Mapping[str, Any]) -> list[str]:
    """Return the labels of a region, without blanks at their edges."""
    value = item.get("value")
    given = (
        value.get("labels") if isinstance(value, dict) and item.get("type") == "labels" else None
    )
    return [label.strip() for label in texts_in(given) if label.strip()]


def objects_in(given: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a list, nothing for anything else."""
    return (each for each in list_in(given) if isinstance(each, dict))


def list_in(given: Any) -> list[Any]:
    """Return a list, empty for anything else."""
    return given if isinstance(given, list) else []


def texts_in(given: Any) -> list[str]:
    """Return the texts of a list, or the one text that stands for a list."""
    if isinstance(given, str):
        return [given]
    return [each for each in list_in(given) if isinstance(each, str)]


def text_of(given: Any) -> str:
    """Return a text, "" for anything else."""
    return given if isinstance(given, str) else ""


def number_of(given: Any) -> float | None:
    """Return a number, None for anything else."""
    is_number = isinstance(given, int | float) and not isinstance(given, bool)
    return float(given) if is_number else None

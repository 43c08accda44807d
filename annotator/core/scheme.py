"""The scheme: which labels a project annotates with, what they carry, how they may be linked."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from annotator.core.errors import UserError
from annotator.core.precedents import Precedent, precedent_from_dict, precedent_to_dict
from annotator.language import _

COLOURS = (
    "blue",
    "orange",
    "green",
    "purple",
    "red",
    "teal",
    "yellow",
    "pink",
    "indigo",
    "lime",
    "brown",
    "grey",
)
"""Names of colours; what they look like on paper and at night is the theme's business."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property that annotations of a label may carry.

    A choice takes one of `values`; a flag is true or absent; a text is free. `key` picks or
    toggles it while an annotation is selected.
    """

    name: str
    kind: Literal["choice", "flag", "text"] = "choice"
    values: tuple[str, ...] = ()
    default: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A link type that a label declares as part of itself; `labels` may fill it (ids; empty: any)."""

    name: str
    key: str = ""
    labels: tuple[str, ...] = ()
    many: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """One category. Renaming keeps the `id`, and so every annotation.

    `key` is the letter that labels, lower case or empty. `group` names the column file a label goes
    to when an export cannot hold overlaps. A retired label keeps its annotations but takes no new ones.
    """

    id: str
    name: str
    key: str = ""
    colour: str = "blue"
    description: str = ""
    group: str = "entities"
    attributes: tuple[Attribute, ...] = ()
    slots: tuple[Slot, ...] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class LinkType:
    """A relation between annotations that belongs to no frame; the ids of the labels it may join."""

    name: str
    from_labels: tuple[str, ...] = ()
    to_labels: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The labels in the order the palette shows them, and the link types.

    `precedents` are there where a scheme goes into a file or comes from one: in a project they are
    rows of their own.
    """

    name: str = ""
    description: str = ""
    labels: tuple[Label, ...] = ()
    links: tuple[LinkType, ...] = ()
    precedents: tuple[Precedent, ...] = ()
    _by_id: Mapping[str, Label] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {label.id: label for label in self.labels})
        repeated = _repeated(label.id for label in self.labels) or _repeated(
            label.name for label in self.labels
        )
        if repeated:
            raise UserError(
                _("The label “{name}” stands twice in the scheme.").format(name=repeated)
            )
        key = _repeated(label.key for label in self.labels if label.key and not label.retired)
        if key:
            raise UserError(_("The key “{key}” is given to two labels.").format(key=key))

    def label(self, label_id: str) -> Label:
        """Return the label with this id; KeyError when there is none."""
        return self._by_id[label_id]

    def by_name(self, name: str) -> Label | None:
        """Return the label of this name, whatever the case of its letters, preferring an exact match."""
        folded = name.casefold()
        exact = (label for label in self.labels if label.name == name)
        alike = (label for label in self.labels if folded in (label.name.casefold(), label.id))
        return next(exact, None) or next(alike, None)

    def by_key(self, key: str) -> Label | None:
        """Return the label in use that this letter gives."""
        return next(
            (label for label in self.labels if label.key == key and not label.retired), None
        )

    @property
    def active(self) -> tuple[Label, ...]:
        """The labels that take new annotations."""
        return tuple(label for label in self.labels if not label.retired)


def scheme_from_toml(text: str, place: str) -> Scheme:
    """Return the scheme that a TOML text describes; `place` names it in messages.

    Raises UserError with the place of the mistake.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(
            _("{place} is not valid TOML: {error}").format(place=place, error=error)
        ) from error
    try:
        return scheme_from_dict(table)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError(
            _("{place} is not a scheme: {error}").format(place=place, error=error)
        ) from error


def read_scheme(path: Path) -> Scheme:
    """Return the scheme in a `.toml` file. Raises UserError when it cannot be read."""
    try:
        return scheme_from_toml(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            _("{path} cannot be read: {error}").format(path=path, error=error)
        ) from error


def scheme_from_dict(table: Mapping[str, Any]) -> Scheme:
    """Return the scheme of a mapping as `scheme_to_dict` writes it and as the templates spell it."""
    return Scheme(
        name=table.get("name", ""),
        description=table.get("description", ""),
        labels=tuple(label_from_dict(row) for row in table.get("labels", ())),
        links=tuple(
            LinkType(
                row["name"],
                tuple(row.get("from", ())),
                tuple(row.get("to", ())),
                row.get("description", ""),
            )
            for row in table.get("links", ())
        ),
        precedents=tuple(precedent_from_dict(row) for row in table.get("precedents", ())),
    )


def label_from_dict(row: Mapping[str, Any]) -> Label:
    """Return the label of a mapping; KeyError names a field that is missing."""
    return Label(
        id=row.get("id") or slug(row["name"]),
        name=row["name"],
        key=row.get("key", ""),
        colour=row.get("colour", "blue"),
        description=row.get("description", ""),
        group=row.get("group", "entities"),
        attributes=tuple(
            Attribute(
                attribute["name"],
                attribute.get("kind", "choice"),
                tuple(attribute.get("values", ())),
                attribute.get("default", ""),
                attribute.get("key", ""),
            )
            for attribute in row.get("attributes", ())
        ),
        slots=tuple(
            Slot(
                slot["name"],
                slot.get("key", ""),
                tuple(slot.get("labels", ())),
                slot.get("many", False),
            )
            for slot in row.get("slots", ())
        ),
        retired=row.get("retired", False),
    )


def label_to_dict(label: Label) -> dict[str, Any]:
    """Return what `label_from_dict` reads, every field spelled out."""
    return {
        "id": label.id,
        "name": label.name,
        "key": label.key,
        "colour": label.colour,
        "description": label.description,
        "group": label.group,
        "attributes": [
            {
                "name": a.name,
                "kind": a.kind,
                "values": list(a.values),
                "default": a.default,
                "key": a.key,
            }
            for a in label.attributes
        ],
        "slots": [
            {"name": s.name, "key": s.key, "labels": list(s.labels), "many": s.many}
            for s in label.slots
        ],
        "retired": label.retired,
    }


def scheme_to_dict(scheme: Scheme) -> dict[str, Any]:
    """Return the scheme as plain values, for JSON and TOML."""
    decided = [precedent_to_dict(each) for each in scheme.precedents]
    return {
        "name": scheme.name,
        "description": scheme.description,
        "labels": [label_to_dict(label) for label in scheme.labels],
        "links": [
            {
                "name": link.name,
                "from": list(link.from_labels),
                "to": list(link.to_labels),
                "description": link.description,
            }
            for link in scheme.links
        ],
        **({"precedents": decided} if decided else {}),
    }


def slug(name: str) -> str:
    """Return a label id for a name: lower case, words joined by "-", never empty."""
    words = "".join(char if char.isalnum() else " " for char in name.casefold()).split()
    return "-".join(words) or "label"


def new_label(scheme: Scheme, name: str) -> Label:
    """Return a label for a name the scheme lacks: a free id, a free letter of the name, the rarest colour."""
    taken_ids = {label.id for label in scheme.labels}
    wanted = slug(name)
    label_id = next(
        candidate
        for candidate in (
            wanted,
            *(f"{wanted}-{number}" for number in range(2, len(taken_ids) + 3)),
        )
        if candidate not in taken_ids
    )
    used = [label.colour for label in scheme.labels]
    return Label(label_id, name, free_key(scheme, name), min(COLOURS, key=used.count))


RESERVED_KEYS = frozenset("acijqrsnxz")
"""Letters no new label gets by itself: those for quotes, slots, entities, suggestions
and consistency, and Z."""


def free_key(scheme: Scheme, name: str) -> str:
    """Return a plain letter for a label, from its name if one is free, "" when all are taken."""
    taken = {label.key for label in scheme.active} | RESERVED_KEYS
    letters = [char for char in name.casefold() if char.isascii() and char.isalpha()]
    return next((char for char in (*letters, *"bdefghklmoptuvwy") if char not in taken), "")


def _repeated(values: Iterable[str]) -> str:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return ""

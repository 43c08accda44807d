"""What rules find by kind - a person, a date - and the labels of a scheme that stand for it."""

from collections.abc import Mapping

from annotator.core.names import folded
from annotator.core.scheme import Label, Scheme
from annotator.language import _

_BEGINNINGS: Mapping[str, tuple[str, ...]] = {
    "person": ("per", "pers", "person", "people"),
    "organisation": ("org", "company", "institution"),
    "place": ("gpe", "loc", "place", "lieu", "geo"),
    "date": ("date",),
    "time": ("time", "heure", "hour"),
    "amount": ("money", "amount", "amt", "montant", "somme"),
    "percentage": ("percent", "pourcent", "pct"),
    "email": ("email", "e-mail", "mail", "courriel"),
    "url": ("url", "web", "link", "lien"),
    "phone": ("phone", "tel"),
}
"""How the names of labels for a kind begin, in the schemes that ship and in others; the first fit counts."""

KINDS = tuple(_BEGINNINGS)

NAMES = ("person", "organisation", "place")
"""The kinds that are found by their names."""

_FILLINGS = frozenset(("source", "cue"))
"""Labels that exist to fill the slots of quotes."""


def kind_name(kind: str) -> str:
    """Return what a kind is called on the screen."""
    return {
        "person": _("people"),
        "organisation": _("organisations"),
        "place": _("places"),
        "date": _("dates"),
        "time": _("times of day"),
        "amount": _("amounts of money"),
        "percentage": _("percentages"),
        "email": _("e-mail addresses"),
        "url": _("web addresses"),
        "phone": _("telephone numbers"),
    }[kind]


def usual(scheme: Scheme) -> dict[str, str]:
    """Return the label for each kind, by id, as far as names of labels tell; "" where none does."""
    return {kind: _usual(scheme, beginnings) for kind, beginnings in _BEGINNINGS.items()}


def _usual(scheme: Scheme, beginnings: tuple[str, ...]) -> str:
    for beginning in beginnings:
        for label in plain(scheme):
            if folded(label.name).startswith(beginning) or label.id.startswith(beginning):
                return label.id
    return ""


def plain(scheme: Scheme) -> list[Label]:
    """Return the labels in use that suggesters of names propose: no frames, nothing that only fills slots."""
    slots = {slot.name.casefold() for label in scheme.labels for slot in label.slots} | _FILLINGS
    return [
        label
        for label in scheme.active
        if not label.slots and label.id not in slots and label.name.casefold() not in slots
    ]

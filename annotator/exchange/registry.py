"""The formats by name: ours, loaded when first asked for so that help comes at once, and plug-ins'."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from annotator.core.errors import UserError
from annotator.core.formats import Format
from annotator.core.model import Problem
from annotator.language import _, current_language

_OURS = (
    "annotator.formats.native",
    "annotator.formats.tables",
    "annotator.formats.iob2",
    "annotator.readers.plain",
    "annotator.formats.records",
)
"""Modules with a function `formats`, in the order in which they are offered."""

ENTRY_POINTS = "annotator.formats"
"""The group in which a package names such a function of its own."""


def formats() -> tuple[Format, ...]:
    """Return every format, in the language in use."""
    return _load(current_language())[0]


def broken_plug_ins() -> tuple[Problem, ...]:
    """Return which plug-ins cannot be used, and why; the rest works."""
    return _load(current_language())[1]


def format_named(name: str) -> Format:
    """Return a format by its name. Raises UserError, naming those there are."""
    known = {known.name: known for known in formats()}
    if name not in known:
        raise UserError(
            _("There is no format “{name}”; there are {names}.").format(
                name=name, names=", ".join(known)
            )
        )
    return known[name]


@cache
def _load(_language: str) -> tuple[tuple[Format, ...], tuple[Problem, ...]]:
    found = [format for name in _OURS for format in import_module(name).formats()]
    problems = []
    for entry in entry_points(group=ENTRY_POINTS):
        try:
            found += _checked(entry.load(), {known.name for known in found})
        except Exception as error:  # Somebody else's code: whatever it does, the rest must work.
            problems.append(Problem(entry.name, f"{type(error).__name__}: {error}"))
    return tuple(found), tuple(problems)


def _checked(make: Callable[[], tuple[Format, ...]], taken: set[str]) -> list[Format]:
    """Return the formats of a plug-in; TypeError or ValueError when they cannot be offered."""
    found = list(make())
    for format in found:
        if not isinstance(format, Format):
            raise TypeError(_("“{thing}” is no format.").format(thing=format))
        if format.name in taken:
            raise ValueError(
                _("The name “{name}” belongs to another format.").format(name=format.name)
            )
    return found

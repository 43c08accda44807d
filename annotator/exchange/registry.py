"""The formats by name: ours, loaded when first asked for so that help comes at once, and plug-ins'."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import cast

from pluggy import PluginManager

from annotator.core.errors import UserError
from annotator.core.formats import Format
from annotator.core.model import Problem
from annotator.language import _, current_language
from annotator.plugins import GROUP, Hooks

_OURS = (
    "annotator.formats.native",
    "annotator.formats.tables",
    "annotator.formats.iob2",
    "annotator.formats.gliner",
    "annotator.formats.conllu",
    "annotator.formats.hipe",
    "annotator.formats.conll2003",
    "annotator.formats.brat",
    "annotator.formats.doccano",
    "annotator.formats.labelstudio",
    "annotator.formats.prodigy",
    "annotator.formats.spacy_jsonl",
    "annotator.formats.workbook",
    "annotator.readers.europresse",
    "annotator.readers.factiva",
    "annotator.readers.nexis",
    "annotator.readers.plain",
    "annotator.readers.html",
    "annotator.readers.markdown",
    "annotator.readers.feed",
    "annotator.readers.mail",
    "annotator.readers.warc",
    "annotator.exchange.archives",
    "annotator.readers.docx",
    "annotator.readers.doc",
    "annotator.readers.odt",
    "annotator.readers.rtf",
    "annotator.readers.epub",
    "annotator.readers.pdf",
    "annotator.formats.docbin",
    "annotator.formats.parquet",
    "annotator.formats.chat",
    "annotator.formats.cas_json",
    "annotator.formats.xmi",
    "annotator.formats.webanno",
    "annotator.formats.w3c",
    "annotator.formats.tei",
    "annotator.formats.citron",
    "annotator.formats.refi",
    "annotator.formats.iramuteq",
    "annotator.formats.records",
)
"""Modules with a function `formats`, in the order in which they are offered."""


_Make = Callable[[], Iterable[Format]]


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
    problems: list[Problem] = []
    for name, make in _plug_ins(problems):
        try:
            found += _checked(name, make(), {known.name for known in found})
        except Exception as error:  # Somebody else's code: whatever it does, the rest must work.
            problems.append(_broken(name, error))
    return tuple(found), tuple(problems)


def _plug_ins(problems: list[Problem]) -> list[tuple[str, _Make]]:
    """Return each plug-in by name with its hook; one that cannot be loaded is told to `problems`."""
    manager = PluginManager(GROUP)
    manager.add_hookspecs(Hooks)
    for entry in entry_points(group=GROUP):
        try:
            manager.register(entry.load(), entry.name)
        except Exception as error:  # As above.
            problems.append(_broken(entry.name, error))
    hooks = manager.hook.annotator_formats.get_hookimpls()
    return [(hook.plugin_name, cast(_Make, hook.function)) for hook in hooks]


def _checked(plug_in: str, made: Iterable[Format], taken: set[str]) -> Iterator[Format]:
    """Yield the formats of a plug-in; TypeError or ValueError when one cannot be offered."""
    for format in made:
        if not isinstance(format, Format):
            raise TypeError(_("“{thing}” is no format.").format(thing=format))
        if format.name in taken:
            raise ValueError(
                _("The name “{name}” belongs to another format.").format(name=format.name)
            )
        yield replace(format, plug_in=plug_in)


def _broken(plug_in: str, error: Exception) -> Problem:
    told = _("The plug-in cannot be used ({error}); the rest works.")
    return Problem(plug_in, told.format(error=f"{type(error).__name__}: {error}"))

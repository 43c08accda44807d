"""The formats by name: ours, loaded when first asked for so that help comes at once, and plug-ins'."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import cast

from annotator.core.errors import UserError
from annotator.core.formats import Format
from annotator.core.model import Problem
from annotator.language import _, current_language
from annotator.plugins import broken, installed

_OURS = (
    "annotator.formats.native",
    "annotator.formats.tables.csv_tables",
    "annotator.formats.columns.iob2",
    "annotator.formats.gliner.format",
    "annotator.formats.columns.conllu",
    "annotator.formats.columns.hipe",
    "annotator.formats.columns.conll2003",
    "annotator.formats.brat.format",
    "annotator.formats.doccano",
    "annotator.formats.labelstudio.format",
    "annotator.formats.prodigy.format",
    "annotator.formats.spacy.json_lines",
    "annotator.formats.tables.workbook",
    "annotator.readers.databases.europresse",
    "annotator.readers.databases.factiva",
    "annotator.readers.databases.nexis",
    "annotator.readers.plain",
    "annotator.readers.pages.html",
    "annotator.readers.markdown",
    "annotator.readers.streams.feed",
    "annotator.readers.streams.mail",
    "annotator.readers.streams.warc",
    "annotator.exchange.archives",
    "annotator.readers.documents.docx",
    "annotator.readers.documents.doc",
    "annotator.readers.documents.odt",
    "annotator.readers.documents.rtf",
    "annotator.readers.documents.epub",
    "annotator.readers.pdf.reader",
    "annotator.formats.spacy.docbin",
    "annotator.formats.parquet.format",
    "annotator.formats.chat.format",
    "annotator.formats.cas.cas_json",
    "annotator.formats.cas.xmi",
    "annotator.formats.webanno.format",
    "annotator.formats.w3c.format",
    "annotator.formats.tei.format",
    "annotator.formats.citron.format",
    "annotator.formats.refi.format",
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
            problems.append(broken(name, error))
    return tuple(found), tuple(problems)


def _plug_ins(problems: list[Problem]) -> list[tuple[str, _Make]]:
    """Return each plug-in by name with its hook; one that cannot be loaded is told to `problems`."""
    manager = installed(problems)
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

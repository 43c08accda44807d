"""What an import asks of its files: what their labels become, and what the columns of their tables are."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QLocale

from annotator.exchange.previewing import LabelFate
from annotator.gui.choice_table import Row
from annotator.language import _


def label_rows(fates: Sequence[LabelFate], project_labels: Sequence[str]) -> Iterator[Row]:
    """Yield a row a label: it becomes one of the project's, a new one, or nothing."""
    for fate in fates:
        offered = [(name, name) for name in project_labels]
        if fate.name not in project_labels:
            offered.append((_("a new label “{name}”").format(name=fate.name), fate.name))
        offered.append((_("nothing: skip it"), ""))
        spoken = _("{name} becomes").format(name=fate.name)
        yield Row(fate.name, [QLocale().toString(fate.count)], spoken, offered, fate.becomes)


def column_rows(names: Sequence[str], told: Mapping[str, str]) -> Iterator[Row]:
    """Yield a row a column: it is the text, a field that every article has, or nothing."""
    for name in names:
        yield Row(name, (), _("{name} is").format(name=name), _fields(), told.get(name))


def _fields() -> tuple[tuple[str, str | None], ...]:
    return (
        (_("what its name says"), None),
        (_("the text"), "text"),
        (_("the title"), "title"),
        (_("the author"), "author"),
        (_("the date"), "published"),
        (_("the source"), "source"),
        (_("the address"), "url"),
        (_("the language"), "language"),
        (_("nothing: leave it out"), ""),
    )

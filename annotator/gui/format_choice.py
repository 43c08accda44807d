"""Formats to choose from, each with what it is for."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from annotator.core.formats import Format
from annotator.language import _


def offer_formats(box: QComboBox, formats: Iterable[Format]) -> None:
    """Add formats to a list by their titles; the names are its data."""
    for each in formats:
        box.addItem(each.title, each.name)
        box.setItemData(box.count() - 1, each.description, Qt.ItemDataRole.ToolTipRole)
    box.setAccessibleName(_("Format"))

"""Every key on one page: those of the commands, of the article and of the labels."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.core.scheme import Scheme
from annotator.gui.actions import Actions, shown_keys
from annotator.gui.commands import menus
from annotator.gui.key_names import shown_key
from annotator.language import _

Row = tuple[str, str]
"""Keys as printed on the keyboard, and what they do."""

_COLUMNS = 3


class CheatSheet(QDialog):
    """Groups of keys in columns; Esc, ? or the button puts it away."""

    def __init__(self, actions: Actions, scheme: Scheme | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keys"))
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(self._build_columns(groups(actions, scheme)))
        change = QPushButton(_("Change keys…"), self)
        change.clicked.connect(actions["preferences"].trigger)
        change.clicked.connect(self.close)
        close = QPushButton(_("Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.close)
        close.setShortcut(QKeySequence("?"))
        buttons = QHBoxLayout()
        buttons.addWidget(change)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(area, 1)
        layout.addLayout(buttons)
        em = self.fontMetrics().height()
        self.resize(min(em * 66, parent.width() - em * 2), min(em * 42, parent.height() - em * 2))

    def _build_columns(self, every: dict[str, list[Row]]) -> QWidget:
        holder = QWidget(self)
        em = self.fontMetrics().height()
        columns = [QVBoxLayout() for _column in range(_COLUMNS)]
        heights = [0] * _COLUMNS
        for title, rows in every.items():
            shortest = heights.index(min(heights))
            columns[shortest].addWidget(self._build_group(title, rows))
            columns[shortest].addSpacing(em)
            heights[shortest] += len(rows) + 3
        beside = QHBoxLayout(holder)
        beside.setSpacing(em * 2)
        for column in columns:
            column.addStretch(1)
            beside.addLayout(column, 1)
        return holder

    def _build_group(self, title: str, rows: Iterable[Row]) -> QWidget:
        group = QWidget(self)
        em = self.fontMetrics().height()
        grid = QGridLayout(group)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(em)
        grid.setVerticalSpacing(em // 3)
        heading = QLabel(title, group)
        heading.setObjectName("heading")
        grid.addWidget(heading, 0, 0, 1, 2)
        for line, (keys, text) in enumerate(rows, start=1):
            meaning = QLabel(text, group)
            meaning.setWordWrap(True)
            # Several keys stand one below the other: beside each other they crowd the words out.
            cap = QLabel(keys.replace(", ", "\n"), group)
            cap.setObjectName("keyCap")
            grid.addWidget(meaning, line, 0)
            grid.addWidget(cap, line, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        return group


def groups(actions: Actions, scheme: Scheme | None) -> dict[str, list[Row]]:
    """Return the keys in use under the headings of the sheet; what has no key is left out."""
    found: dict[str, list[Row]] = {_("In the article"): article_keys()}
    if scheme:
        labels = [(label.key.upper(), label.name) for label in scheme.active if label.key]
        found[_("Labels")] = labels
    for name, title in menus().items():
        rows = [
            (", ".join(shown_keys(actions[command.id])), command.text)
            for command in actions.commands.values()
            if command.menu == name and actions[command.id].shortcuts()
        ]
        if rows:
            found[title.replace("&", "")] = rows
    return found


def article_keys() -> list[Row]:
    """Return the keys that the article view hears by itself, as any text does."""
    shift, alt = shown_key("Shift+Left"), shown_key("Alt+Left")
    return [
        ("← →", _("Caret by words")),
        (shift, _("Extend the selection by words")),
        (alt, _("Caret by characters")),
        (_("letter"), _("Label what is selected, else the word at the caret")),
        (_("drag"), _("Select whole words; with Alt exactly as drawn")),
        (_("double-click"), _("Select a word; triple-click a sentence")),
        (_("click"), _("Select an annotation; again, the one under it")),
        (_("Ctrl+drag"), _("Add a fragment to the selected annotation")),
    ]

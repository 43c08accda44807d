"""What is known of an article, to read and correct: title, author, date, and whatever else its file said."""

import json
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.metadata import FIELDS
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.store import articles
from annotator.store.deed import Deed


class ArticleDetails(QDialog):
    """Saving writes all that was changed as one op; the text of an article is never touched."""

    def __init__(
        self, session: Session, theme: Theme, article_id: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._article = articles.article(session.project, article_id)
        self.setModal(False)
        self.setWindowTitle(_("Article details"))
        self.fields = {name: QLineEdit(getattr(self._article, name), self) for name in FIELDS}
        self.table = QTableWidget(0, 2, self)
        self.add = QPushButton(_("Add a detail"), self)
        self.save = QPushButton(_("Save"), self)
        self.save.setProperty("look", "primary")
        self.save.setDefault(True)
        self.buttons = QDialogButtonBox(self)
        self.buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(QPushButton(_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        self._line = QLabel(self)
        self._line.setWordWrap(True)
        palette = self._line.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.danger)
        self._line.setPalette(palette)
        self._lay_out()
        for key, value in self._article.meta.items():
            self._append(key, value)
        self._show_writable()
        self.add.clicked.connect(self._on_add)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        session.closing.connect(self.reject)

    def accept(self) -> None:
        """Write what was changed; stay open when the project refuses."""
        keys = [key for key, _value in self._cells() if key]
        twice = next((key for key in keys if keys.count(key) > 1), "")
        if twice:
            self._line.setText(_("The key “{key}” stands twice.").format(key=twice))
            return
        fields = {name: line.text().strip() for name, line in self.fields.items()}
        meta = self._meta()
        article_id = self._article.id

        def write(deed: Deed) -> bool:
            articles.set_metadata(deed, article_id, fields, meta)
            return True

        if self._session.do(_("Edit article details"), write):
            super().accept()

    def _meta(self) -> dict[str, Any]:
        """Return the free keys; a value that was no text and still reads as JSON stays what it was."""
        meta: dict[str, Any] = {}
        for key, shown in self._cells():
            before = self._article.meta.get(key)
            if not key:
                continue
            if before is not None and shown == _shown(before):
                meta[key] = before
            elif before is not None and not isinstance(before, str):
                meta[key] = _parsed(shown)
            else:
                meta[key] = shown
        return meta

    def _cells(self) -> list[tuple[str, str]]:
        def cell(row: int, column: int) -> str:
            item = self.table.item(row, column)
            return item.text() if item else ""

        return [(cell(row, 0).strip(), cell(row, 1)) for row in range(self.table.rowCount())]

    def _append(self, key: str, value: Any) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        self.table.setItem(row, 0, QTableWidgetItem(key))
        self.table.setItem(row, 1, QTableWidgetItem(_shown(value)))

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        names = {
            "title": _("&Title"),
            "author": _("A&uthor"),
            "published": _("&Date"),
            "source": _("&Source"),
            "url": _("&Address"),
            "language": _("&Language"),
        }
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setHorizontalSpacing(em)
        for name, line in self.fields.items():
            line.setAccessibleName(names[name].replace("&", ""))
            line.setCursorPosition(0)
            form.addRow(names[name], line)
        self.fields["published"].setPlaceholderText(_("2025-03-14"))
        self.fields["language"].setPlaceholderText(_("fr, en …"))
        self.table.setHorizontalHeaderLabels([_("Name"), _("Value")])
        self.table.setAccessibleName(_("Other details"))
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.setColumnWidth(0, em * 9)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em * 2 // 3)
        layout.addLayout(form)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._line)
        layout.addWidget(self.buttons)
        self.add.setAutoDefault(False)
        self.resize(em * 36, em * 30)

    def _show_writable(self) -> None:
        writable = not self._session.is_read_only
        for line in self.fields.values():
            line.setReadOnly(not writable)
        self.table.setEnabled(writable)
        self.add.setEnabled(writable)
        self.save.setEnabled(writable)

    def _on_add(self) -> None:
        self._append("", "")
        row = self.table.rowCount() - 1
        self.table.setCurrentCell(row, 0)
        if item := self.table.item(row, 0):
            self.table.editItem(item)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _parsed(shown: str) -> Any:
    try:
        return json.loads(shown)
    except ValueError:
        return shown

"""The articles of an import before they come in: what was recognised of each, and whether it is known."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from annotator.exchange.previewing import ArticlePreview
from annotator.language import _

_KNOWN, _LENGTH, _ANNOTATIONS = 1, 5, 6
_WIDTHS = (32, 28, 13, 17, 17, 12, 13)
"""Characters that the columns are wide."""

_NUMBERS = (_LENGTH, _ANNOTATIONS)
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class ArticleModel(QAbstractTableModel):
    """One row an article."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[ArticlePreview] = ()
        self._titles = (
            *(_("Title"), _("Known"), _("Date"), _("Source")),
            *(_("Author"), _("Characters"), _("Annotations")),
        )

    def show_rows(self, rows: Sequence[ArticlePreview]) -> None:
        """Show these in the place of what was shown."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.place}\n{_cell(row, column)}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


class ArticleTable(QTableView):
    """The rows; `chosen` carries the beginning of the text of the current one."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ArticleModel(self)
        self.setModel(self._model)
        self.setAccessibleName(_("Articles"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().setVisible(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def show_rows(self, rows: Sequence[ArticlePreview]) -> None:
        """Show these, the first of them chosen."""
        self._model.show_rows(rows)
        em = self.fontMetrics().averageCharWidth()
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, em * width)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() * 3 // 2)
        self.setColumnHidden(_ANNOTATIONS, not any(row.annotations for row in rows))
        self.setColumnHidden(_KNOWN, not any(row.twin for row in rows))
        if rows:
            self.selectRow(0)
        else:
            self.chosen.emit("")

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            row = self._model.rows[current.row()]
            more = "…" if row.characters > len(row.beginning) else ""
            self.chosen.emit(row.beginning + more)


def _cell(row: ArticlePreview, column: int) -> str:
    article = row.article
    if column == _LENGTH:
        return QLocale().toString(row.characters)
    if column == _ANNOTATIONS:
        return QLocale().toString(row.annotations)
    if column == _KNOWN:
        return str(row.twin or "")
    return (article.title, "", article.published, article.source, article.author)[column]

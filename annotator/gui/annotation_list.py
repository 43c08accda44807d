"""All annotations of the open article as a list to filter and walk, quick for sixteen thousand."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import AnnotationState, Changes
from annotator.core.scheme import Label
from annotator.gui.long_list import LongList
from annotator.gui.marks import small_font
from annotator.gui.row_ground import paint_ground
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.store import annotations
from annotator.store.annotations import Span

_DELAY = 80
_REST = 30
"""Milliseconds after an article was opened or the list was shown: the text is painted first."""

_SHOWN = 120
_ROW = int(Qt.ItemDataRole.UserRole)
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    label: Label
    text: str
    is_suggested: bool


class AnnotationList(QWidget):
    """Reads the project only while it is seen; a click or Enter selects the annotation."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_stale = True
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(_("Filter annotations"))
        self.search.setAccessibleName(_("Filter annotations"))
        self.model = _Model(self)
        self.view = LongList(_("Annotations of the article"), self)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._delegate = _Delegate(theme, self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self._empty = QLabel(self)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._empty.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._empty)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._lay_out()
        self._later.timeout.connect(self.reload)
        self.search.textChanged.connect(self._on_search_changed)
        self.view.clicked.connect(self._on_chosen)
        self.view.entered.connect(self._on_chosen)
        session.changed.connect(self._on_changed)
        session.closing.connect(self._on_closing)
        session.article_opened.connect(self._on_article_opened)

    def reload(self) -> None:
        """Read the annotations of the open article again, if anybody can see them."""
        if not self.isVisible():
            self._is_stale = True
            return
        self._is_stale = False
        self._later.stop()
        self._read()
        self._show_emptiness()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._delegate.theme = theme
        self.view.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._later.start(_REST)

    def _read(self) -> None:
        article = self._session.article
        if article is None:
            self.model.set_annotations("", {}, [])
            return
        labels = {label.id: label for label in self._session.scheme.labels}
        spans = annotations.spans(self._session.project, article.id)
        first = [span for span in spans if span[5] == 0 and span[3] in labels]
        self.model.set_annotations(article.text, labels, first)

    def _show_emptiness(self) -> None:
        if self.model.is_empty:
            hint = _("No annotation yet. Put the caret on a word and press a label’s letter.")
        else:
            hint = _("No annotation with “{words}” here.").format(words=self.search.text())
        self._empty.setText(hint if self._session.article else "")
        self.search.setVisible(not self.model.is_empty)
        self._pages.setCurrentIndex(int(self.model.rowCount() == 0))

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 3
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap)
        box = QVBoxLayout()
        box.setContentsMargins(gap * 2, 0, gap * 2, 0)
        box.addWidget(self.search)
        layout.addLayout(box)
        layout.addWidget(self._pages, 1)
        self._empty.setContentsMargins(gap * 2, gap * 2, gap * 2, 0)

    def _on_search_changed(self, words: str) -> None:
        self.model.filter(words)
        self._show_emptiness()

    def _on_chosen(self, index: QModelIndex) -> None:
        if index.isValid() and not self._is_stale:
            self._session.select(self.model.id(index))

    def _on_changed(self, changes: Changes) -> None:
        article = self._session.article
        touched = article is not None and article.id in changes.articles
        if changes.everything or changes.scheme or touched:
            self._is_stale = True
            self._later.start(_DELAY)

    def _on_closing(self) -> None:
        self._session.changed.disconnect(self._on_changed)
        self._later.stop()

    def _on_article_opened(self) -> None:
        self._is_stale = True
        self.search.clear()
        self._later.start(_REST)


class _Model(QStringListModel):
    """Annotations by id; what stands in a row is put together when somebody looks at it.

    The ids are strings of Qt's own: laying out sixteen thousand rows asks nothing of Python.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = ""
        self._labels: Mapping[str, Label] = {}
        self._all: list[Span] = []
        self._passing: list[Span] = []
        self._folded: list[str] | None = None
        self._wanted = ""

    @property
    def is_empty(self) -> bool:
        return not self._all

    def set_annotations(self, text: str, labels: Mapping[str, Label], spans: list[Span]) -> None:
        before = self._passing
        self._text, self._labels, self._all = text, labels, spans
        self._folded = None
        self.filter(self._wanted)
        if self._passing is before and before:
            self.dataChanged.emit(self.index(0), self.index(len(self._passing) - 1))

    def filter(self, words: str) -> None:
        self._wanted = _folded(words.strip())
        passing = self._all
        if self._wanted:
            passing = [
                span
                for span, folded in zip(self._all, self._words(), strict=True)
                if self._wanted in folded
            ]
        if passing != self._passing:
            self._passing = passing
            self.setStringList([span[2] for span in passing])

    def id(self, index: QModelIndex) -> str:
        return self._passing[index.row()][2]

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = _ROW) -> Any:
        if not index.isValid():
            return None
        row = self._row(self._passing[index.row()])
        if role == _ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = _("suggestion") if row.is_suggested else ""
            return ", ".join(filter(None, (row.label.name, row.text, state)))
        return None

    def _row(self, span: Span) -> _Row:
        start, end, annotation_id, label_id, state, _n = span
        text = self._text[start : min(end, start + _SHOWN)]
        return _Row(annotation_id, self._labels[label_id], text, state == AnnotationState.SUGGESTED)

    def _words(self) -> list[str]:
        """Return for each annotation what a filter looks through, kept until it is read anew."""
        if self._folded is None:
            rows = map(self._row, self._all)
            self._folded = [_folded(f"{row.text} {row.label.name}") for row in rows]
        return self._folded


class _Delegate(QStyledItemDelegate):
    """The label's name as a chip, dashed for a suggestion, and the words behind it."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = QFontMetrics(option.font).height()
        return QSize(line * 8, line * 3 // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: _Row = index.data(_ROW)
        painter.save()
        paint_ground(painter, option.rect, self.theme, option.state)
        metrics = QFontMetrics(option.font)
        gap = metrics.height() // 2
        box: QRect = option.rect.adjusted(gap * 3 // 2, 0, -gap * 3 // 2, 0)
        painter.setFont(small_font(option.font))
        left = self._paint_chip(painter, box, row) + gap
        painter.setFont(option.font)
        painter.setPen(self.theme.text)
        words = " ".join(row.text.split()) or row.text
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.right() - left)
        painter.drawText(
            QRect(left, box.top(), box.right() - left, box.height()),
            Qt.AlignmentFlag.AlignVCenter,
            shown,
        )
        painter.restore()

    def _paint_chip(self, painter: QPainter, box: QRect, row: _Row) -> int:
        """Draw the label's name and return where the column of names ends."""
        metrics = painter.fontMetrics()
        column = min(metrics.height() * 4, box.width() // 3)
        name = metrics.elidedText(row.label.name, Qt.TextElideMode.ElideRight, column - 8)
        width = metrics.horizontalAdvance(name) + 8
        height = metrics.height() + 1
        chip = QRectF(box.left() + 0.5, box.center().y() - height / 2 + 0.5, width, height)
        shades = self.theme.shades(row.label.colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(shades.line if row.is_suggested else shades.fill, 1)
        if row.is_suggested:
            pen.setDashPattern([2.5, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush if row.is_suggested else shades.fill)
        painter.drawRoundedRect(chip, 3, 3)
        painter.setPen(shades.ink)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, name)
        return box.left() + column


def _folded(text: str) -> str:
    """Return text as a filter compares it: without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))

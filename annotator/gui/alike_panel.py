"""Shift+Enter: the suggestions that are like the selected one, to look through and accept in one step."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import Annotation
from annotator.gui.article.view import ArticleView
from annotator.gui.long_list import LongList
from annotator.language import _, n_
from annotator.store import frames, suggestions
from annotator.store.suggestions import Waiting

_LINES = 7
"""Lines of the list that are seen at once."""

_SHOWN = 200
"""Code points of a suggestion that a line shows."""

_Index = QModelIndex | QPersistentModelIndex


class AlikePanel(QFrame):
    """Lists them below the article; nothing is decided until Enter."""

    def __init__(self, view: ArticleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("alikePanel")
        self._view = view
        self._session = view.session
        self._like: Annotation | None = None
        self.heading = QLabel(self)
        self.everywhere = QCheckBox(_("In all articles"), self)
        self.model = _Waiting(self)
        self.list = LongList(_("Suggestions alike"), self)
        self.list.setModel(self.model)
        self.accept = QPushButton(self)
        self.accept.setProperty("look", "primary")
        self.cancel = QPushButton(_("Not now"), self)
        self.cancel.setProperty("look", "quiet")
        self._lay_out()
        self.hide()
        self.list.installEventFilter(self)
        self.everywhere.toggled.connect(self._on_scope)
        self.accept.clicked.connect(self.accept_all)
        self.cancel.clicked.connect(self.close_panel)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.model.dataChanged.connect(self._show_count)
        self._session.article_opened.connect(self.hide)

    def open_panel(self) -> None:
        """Show what is like the selected suggestion, all of it ticked."""
        selected = self._session.selected
        annotation = self._session.annotation(selected) if selected else None
        if annotation is None:
            return
        self._like = annotation
        self.everywhere.setChecked(False)
        self._read()
        self.show()
        self.list.setFocus()

    def close_panel(self) -> None:
        """Hide the list and go back to the text; nothing was decided."""
        self.hide()
        self._view.setFocus()
        if self._like and self._like.id in self._view.scene.index:
            self._session.select(self._like.id)

    def accept_all(self) -> None:
        """Accept what is ticked, with its parts: one deed, one undo."""
        ids = self.model.ticked()
        if not ids:
            self._session.told.emit(_("Nothing is ticked."))
            return
        name = n_("Accept {n} suggestion", "Accept {n} suggestions", len(ids)).format(n=len(ids))
        self._session.do(name, lambda deed: frames.accept(deed, ids))
        self.hide()
        self._view.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() == Qt.Key.Key_Escape or event.isAccepted())
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept_all()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_X):
            self.model.toggle(self.list.currentIndex())
        else:
            return False
        return True

    def _read(self) -> None:
        like, article = self._like, self._session.article
        if like is None or article is None:
            return
        where = "" if self.everywhere.isChecked() else article.id
        has_slots = bool(self._view.scene.label(like.label).slots)
        found = suggestions.alike(self._session.project, like, by_score=has_slots, article_id=where)
        self.model.set_rows(found, article.id)
        here = next((n for n, each in enumerate(found) if each.id == like.id), 0)
        self.list.setCurrentIndex(self.model.index(here))
        self._fit()
        self._show_count()

    def _fit(self) -> None:
        """Be as high as the list is long, up to a few lines."""
        line = self.list.sizeHintForRow(0)
        self.list.setFixedHeight(line * max(1, min(_LINES, self.model.rowCount())) + 4)

    def _show_count(self) -> None:
        like, count = self._like, len(self.model.ticked())
        self.accept.setText(n_("Accept {n}", "Accept {n}", count).format(n=count))
        self.accept.setEnabled(count > 0)
        if like is None:
            return
        label = self._view.scene.label(like.label)
        if label.slots:
            score = round((like.score or 0) * 100)
            told = _("{label}, {score}% and more").format(label=label.name, score=score)
        else:
            told = _("{label} “{words}”").format(label=label.name, words=like.text[:_SHOWN])
        self.heading.setText(told)

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 2
        self.heading.setObjectName("heading")
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.everywhere)
        foot = QHBoxLayout()
        hint = QLabel(_("Space takes one out, Enter accepts, Esc leaves all as it is"), self)
        hint.setObjectName("quiet")
        foot.addWidget(hint, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * gap, gap, 2 * gap, gap)
        layout.addLayout(head)
        layout.addWidget(self.list)
        layout.addLayout(foot)

    def _on_scope(self) -> None:
        if self.isVisible():
            self._read()
            self.list.setFocus()

    def _on_current(self, index: QModelIndex) -> None:
        """Show the one the list is at, as far as the open article has it."""
        row = self.model.row(index)
        if row and self.isVisible() and row.id in self._view.scene.index:
            self._session.select(row.id)


class _Waiting(QAbstractListModel):
    """Suggestions with a tick each; all are ticked at first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: Sequence[Waiting] = ()
        self._left_out: set[str] = set()
        self._here = ""

    def set_rows(self, rows: Sequence[Waiting], here: str) -> None:
        """Show these; those of other articles than `here` with the title of theirs."""
        self.beginResetModel()
        self._rows, self._here = rows, here
        self._left_out.clear()
        self.endResetModel()

    def ticked(self) -> list[str]:
        return [each.id for each in self._rows if each.id not in self._left_out]

    def row(self, index: _Index) -> Waiting | None:
        return self._rows[index.row()] if index.isValid() else None

    def toggle(self, index: _Index) -> None:
        row = self.row(index)
        if row:
            self._left_out ^= {row.id}
            self.dataChanged.emit(index, index)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def setData(self, index: _Index, _value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role == Qt.ItemDataRole.CheckStateRole:
            self.toggle(index)
        return role == Qt.ItemDataRole.CheckStateRole

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            words = " ".join(row.text[:_SHOWN].split())
            return words if row.article == self._here else f"{row.title}: {words}"
        if role == Qt.ItemDataRole.CheckStateRole:
            is_out = row.id in self._left_out
            return Qt.CheckState.Unchecked if is_out else Qt.CheckState.Checked
        return None

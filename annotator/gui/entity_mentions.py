"""What refers to an entity, in all articles: a list to walk through, read a page at a time."""

from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.gui.long_list import LongList
from annotator.gui.marks import small_font
from annotator.gui.row_ground import paint_ground
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.store import entities
from annotator.store.entities import Mention
from annotator.store.project import Project

PAGE = 100
MENTION = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class MentionModel(QStringListModel):
    """Mentions by id; what stands in a row is read with its page when somebody looks at it."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._ids: list[str] = []
        self._pages: dict[int, dict[str, Mention]] = {}

    def show(self, ids: list[str]) -> None:
        """Show these annotations, in this order."""
        self._pages.clear()
        if ids != self._ids:
            self._ids = ids
            self.setStringList(ids)
        elif ids:
            self.dataChanged.emit(self.index(0), self.index(len(ids) - 1))

    def mention(self, row: int) -> Mention | None:
        """Return the mention of a row, None when it is gone."""
        page = row // PAGE
        if page not in self._pages:
            some = self._ids[page * PAGE : (page + 1) * PAGE]
            found = entities.mentions_of(self._project, some)
            self._pages[page] = {mention.id: mention for mention in found}
        return self._pages[page].get(self._ids[row])

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = MENTION) -> Any:
        mention = self.mention(index.row()) if index.isValid() else None
        if mention is None:
            return None
        if role == MENTION:
            return mention
        if role == Qt.ItemDataRole.DisplayRole:
            return mention.text
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{mention.text}\n{mention.title or _('Untitled')}"
        return None


class MentionList(LongList):
    """The view: a click or Enter goes to a mention, Ctrl and Shift select several."""

    wanted = Signal(object)

    def __init__(self, project: Project, theme: Theme, parent: QWidget) -> None:
        super().__init__(_("Mentions"), parent)
        self.mentions = MentionModel(project, self)
        self._delegate = _Delegate(theme, self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setModel(self.mentions)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._on_clicked)
        self.entered.connect(self._on_entered)

    @property
    def selected(self) -> list[Mention]:
        """The mentions whose rows are selected, in reading order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [mention for row in rows if (mention := self.mentions.mention(row))]

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._delegate.theme = theme
        self.viewport().update()

    def _on_clicked(self, index: QModelIndex) -> None:
        if len(self.selectedIndexes()) == 1:
            self._on_entered(index)

    def _on_entered(self, index: QModelIndex) -> None:
        mention = self.mentions.mention(index.row()) if index.isValid() else None
        if mention:
            self.wanted.emit(mention)


class _Delegate(QStyledItemDelegate):
    """The words, and the article's title in small behind them."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = option.fontMetrics.height()
        return QSize(line * 8, line * 3 // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        mention: Mention | None = index.data(MENTION)
        if mention is None:
            return
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        paint_ground(painter, option.rect, self.theme, option.state)
        metrics, elide = option.fontMetrics, Qt.TextElideMode.ElideRight
        gap = metrics.height() // 2
        box: QRect = option.rect.adjusted(gap * 3 // 2, 0, -gap * 3 // 2, 0)
        words = metrics.elidedText(" ".join(mention.text.split()), elide, box.width() * 3 // 5)
        painter.setPen(self.theme.selection_text if is_selected else self.theme.text)
        painter.drawText(box, _LEFT, words)
        box.setLeft(box.left() + metrics.horizontalAdvance(words) + gap)
        painter.setFont(small_font(option.font))
        painter.setPen(self.theme.selection_text if is_selected else self.theme.muted)
        title = mention.title or _("Untitled")
        painter.drawText(box, _LEFT, painter.fontMetrics().elidedText(title, elide, box.width()))
        painter.restore()

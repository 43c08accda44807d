"""What the picker of entities offers: who is likely, or who has the typed name; somebody new, or nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.core.model import Annotation, Entity
from annotator.gui.entity_words import described, kind_name
from annotator.gui.marks import small_font
from annotator.language import _
from annotator.suggest.naming import LIKELY, Likely, Register, guess

MOST = 100
"""As many are shown of those who have the typed letters in their names: more of them nobody reads."""

CHOICE = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: an entity to be taken, made if `is_new`; None is nobody. `number` is its digit, 0 for none."""

    entity: Entity | None
    reason: str = ""
    number: int = 0
    is_new: bool = False

    @property
    def text(self) -> str:
        """What stands in the row."""
        if self.entity is None:
            return _("Nobody")
        return _("New: {name}").format(name=self.entity.name) if self.is_new else self.entity.name

    @property
    def told(self) -> str:
        """What more there is to know about it, in one line."""
        return described(self.entity) if self.entity else _("Takes the reference away")


@dataclass(frozen=True, slots=True)
class Offer:
    """Rows, and which of them Enter takes; `left_out` counts those there was no room for."""

    rows: tuple[Choice, ...]
    current: int = 0
    left_out: int = 0


def likely_ones(
    annotation: Annotation, label: str, found: Sequence[Likely], now: Entity | None
) -> Offer:
    """Return the offer before anything is typed. `now` is whom the annotation refers to already."""
    rows = [
        Choice(each.entity, _is_now() if each.entity == now else each.reason, number)
        for number, each in enumerate(found, 1)
    ]
    if now and all(row.entity != now for row in rows):
        rows.append(Choice(now, _is_now()))
    if now:
        rows.append(Choice(None))
    new = guess(annotation.text, label)
    if new.name:
        rows.append(Choice(new, is_new=True))
    is_nobody_likely = not found or found[0].score < LIKELY
    return Offer(tuple(rows), len(rows) - 1 if new.name and is_nobody_likely and not now else 0)


def named_ones(
    annotation: Annotation, label: str, found: Sequence[Likely], register: Register, typed: str
) -> Offer:
    """Return the offer for a typed name: of those who have it the likely ones first, and somebody new."""
    reasons = {each.entity.id: each.reason for each in found}
    named = register.search(typed)
    places = {entity_id: place for place, entity_id in enumerate(reasons)}
    first = [entity for entity in named if entity.id in places]
    first.sort(key=lambda entity: places[entity.id])
    others = [entity for entity in named if entity.id not in places]
    shown = [*first, *others][:MOST]
    rows = [Choice(entity, reasons.get(entity.id) or _apart(entity)) for entity in shown]
    new = Choice(guess(annotation.text, label, typed), is_new=True)
    return Offer((*rows, new), 0, len(named) - len(shown))


class Choices(QAbstractListModel):
    """The rows of an offer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[Choice, ...] = ()

    def show(self, rows: tuple[Choice, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = CHOICE) -> Any:
        choice = self.rows[index.row()]
        if role == CHOICE:
            return choice
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.text
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            number = str(choice.number or "")
            return ", ".join(filter(None, (number, choice.text, choice.reason, choice.told)))
        return None


class ChoiceDelegate(QStyledItemDelegate):
    """The digit and the name at the left, the reason in small at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, round(option.fontMetrics.height() * 1.75))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        choice: Choice = index.data(CHOICE)
        palette, metrics = option.palette, option.fontMetrics
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        is_under_mouse = bool(option.state & QStyle.StateFlag.State_MouseOver)
        role = QPalette.ColorRole
        painter.save()
        if is_current or is_under_mouse:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.brush(role.Highlight if is_current else role.Midlight))
            painter.drawRoundedRect(option.rect, 5, 5)
        em = metrics.height()
        quiet = palette.color(role.HighlightedText if is_current else role.PlaceholderText)
        box: QRect = option.rect.adjusted(em // 2, 0, -em // 2, 0)
        painter.setPen(quiet)
        painter.drawText(box, _LEFT, str(choice.number or ""))
        box.setLeft(box.left() + em)
        text = choice.text
        name = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() * 2 // 3)
        is_plain = choice.entity is None or choice.is_new
        painter.setPen(palette.color(role.HighlightedText if is_current else role.Text))
        font = option.font
        font.setItalic(is_plain)
        painter.setFont(font)
        painter.drawText(box, _LEFT, name)
        box.setLeft(box.left() + metrics.horizontalAdvance(name) + em)
        painter.setFont(small_font(option.font))
        painter.setPen(quiet)
        reason = painter.fontMetrics().elidedText(
            choice.reason, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, _RIGHT, reason)
        painter.restore()


def _apart(entity: Entity) -> str:
    """Return what tells an entity from its namesakes."""
    return entity.role or (kind_name(entity.kind) if entity.kind else "")


def _is_now() -> str:
    return _("refers to this now")

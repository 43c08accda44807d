"""The deeds of a project as rows, newest first, read a page at a time."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.gui.annotation_form import moment
from annotator.language import _
from annotator.store import articles, history
from annotator.store.history import Op
from annotator.store.project import Project

PAGE = 200
OP = int(Qt.ItemDataRole.UserRole)
BENEATH = OP + 1
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """Grows at its end when somebody scrolls there."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._ops: list[Op] = []
        self._titles: dict[str, str] = {}
        self._has_more = False

    def reload(self) -> None:
        """Read again what was read before, and what is new."""
        limit = max(PAGE, len(self._ops) + 1)
        ops = history.ops(self._project, limit=limit)
        self._has_more = len(ops) == limit
        self._titles = {}
        self._learn_titles(ops)
        fresh = len(ops) - len(self._ops)
        if fresh and ops[fresh:] == self._ops and fresh > 0:
            self.beginInsertRows(_NOWHERE, 0, fresh - 1)
            self._ops = ops
            self.endInsertRows()
        elif len(ops) == len(self._ops) and [o.id for o in ops] == [o.id for o in self._ops]:
            self._ops = ops
            if ops:
                self.dataChanged.emit(self.index(0), self.index(len(ops) - 1))
        else:
            self.beginResetModel()
            self._ops = ops
            self.endResetModel()

    def op(self, index: _Index) -> Op:
        return self._ops[index.row()]

    def steps_to(self, index: _Index) -> int:
        """Return how many undos take back this deed and all behind it (redos, negative, if it is undone)."""
        chosen = self.op(index)
        if chosen.state == "done":
            return sum(op.state == "done" and op.seq >= chosen.seq for op in self._ops)
        if chosen.state == "undone":
            return -sum(op.state == "undone" and op.seq <= chosen.seq for op in self._all_undone())
        return 0

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ops)

    def canFetchMore(self, parent: _Index = _NOWHERE) -> bool:
        return self._has_more and not parent.isValid()

    def fetchMore(self, parent: _Index = _NOWHERE) -> None:
        ops = history.ops(self._project, limit=PAGE, before=self._ops[-1].seq)
        self._has_more = len(ops) == PAGE
        if ops:
            self._learn_titles(ops)
            first = len(self._ops)
            self.beginInsertRows(_NOWHERE, first, first + len(ops) - 1)
            self._ops += ops
            self.endInsertRows()

    def data(self, index: _Index, role: int = OP) -> Any:
        if not index.isValid():
            return None
        op = self.op(index)
        if role == OP:
            return op
        if role == BENEATH:
            return self._beneath(op)
        if role == Qt.ItemDataRole.DisplayRole:
            return op.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{op.name}\n{self._beneath(op)}"
        return None

    def _all_undone(self) -> list[Op]:
        """Undone deeds may reach behind what was read: read on until they end."""
        while self._ops and self._ops[-1].state != "done" and self.canFetchMore():
            self.fetchMore()
        return self._ops

    def _learn_titles(self, ops: list[Op]) -> None:
        wanted = {op.article for op in ops if op.article and op.article not in self._titles}
        for row in articles.rows(self._project, sorted(wanted)):
            self._titles[row.id] = row.title or _("Untitled")

    def _beneath(self, op: Op) -> str:
        states = {"undone": _("undone"), "superseded": _("undone and passed over")}
        title = self._titles.get(op.article or "", "")
        parts = (states.get(op.state, ""), op.annotator, moment(op.at), title)
        return " · ".join(filter(None, parts))

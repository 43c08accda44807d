"""The articles of the list: ids only, rows fetched a page at a time when they come into view."""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

from annotator.core.model import ArticleState
from annotator.gui.marks import state_name
from annotator.language import _, n_
from annotator.store import articles
from annotator.store.articles import ArticleRow
from annotator.store.project import Project

ROW = int(Qt.ItemDataRole.UserRole)
PAGE = 200
_PAGES = 40
_Index = QModelIndex | QPersistentModelIndex


class ArticleModel(QStringListModel):
    """Articles in the order of `ids`; what stands in a row is read when somebody looks at it.

    The ids are strings of Qt's own: laying out 100,000 rows asks nothing of Python.
    """

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._ids: list[str] = []
        self._places: dict[str, int] = {}
        self._pages: OrderedDict[int, list[ArticleRow]] = OrderedDict()

    @property
    def ids(self) -> Sequence[str]:
        """The articles shown, in reading order."""
        return self._ids

    def set_ids(self, ids: list[str]) -> None:
        self._ids = ids
        self._places = {article_id: place for place, article_id in enumerate(ids)}
        self._pages.clear()
        self.setStringList(ids)

    def set_rows_stale(self) -> None:
        """Read every row again when somebody looks at it; the ids stay."""
        self._pages.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def place(self, article_id: str) -> int:
        """Return the row of an article, -1 when it is filtered out."""
        return self._places.get(article_id, -1)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = ROW) -> Any:
        if not index.isValid():
            return None
        row = self.row(index.row())
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(row)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(row)
        return None

    def row(self, place: int) -> ArticleRow:
        """Return what the list shows of the article at `place`, reading its page if need be."""
        number, offset = divmod(place, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._read(self._ids[number * PAGE : (number + 1) * PAGE])
            self._pages[number] = page
            if len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        return page[offset]

    def refresh(self, article_ids: Collection[str]) -> bool:
        """Read the rows of these articles again; return whether a state may have changed."""
        known = [each for each in article_ids if each in self._places and self._is_loaded(each)]
        moved = len(known) < len(article_ids)
        for row in articles.rows(self._project, known):
            number, offset = divmod(self._places[row.id], PAGE)
            moved = moved or self._pages[number][offset].state != row.state
            self._pages[number][offset] = row
            index = self.index(self._places[row.id])
            self.dataChanged.emit(index, index)
        return moved

    def _read(self, ids: Sequence[str]) -> list[ArticleRow]:
        """Return a row for each id; an article that another window just took away has an empty one."""
        found = {row.id: row for row in articles.rows(self._project, ids)}
        return [
            found.get(each) or ArticleRow(each, "", ArticleState.TODO, "", "", 0, 0) for each in ids
        ]

    def _is_loaded(self, article_id: str) -> bool:
        return self.place(article_id) // PAGE in self._pages


def title_of(row: ArticleRow) -> str:
    """Return the title, or what stands for one."""
    return row.title or _("Untitled")


def _spoken(row: ArticleRow) -> str:
    parts = [
        title_of(row),
        state_name(row.state),
        n_("{count} annotation", "{count} annotations", row.annotations).format(
            count=row.annotations
        ),
    ]
    if row.suggestions:
        parts.append(
            n_("{count} suggestion", "{count} suggestions", row.suggestions).format(
                count=row.suggestions
            )
        )
    return "\n".join([*parts, *filter(None, (row.published, row.source))])

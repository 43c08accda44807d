"""What a format cannot hold, as a list that leads into the articles."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from annotator.core.formats import Loss
from annotator.exchange.report import LossGroup
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store import annotations, articles

_SHOWN = 60
"""Characters shown of a text, so that its article has room."""

_LOSS = int(Qt.ItemDataRole.UserRole)
_GROUP = _LOSS + 1


class LossList(QTreeWidget):
    """A row for each fate, and below it, once unfolded, the first places.

    `chosen` carries the place of a row: of its own when it stands for one, else the first of its group.
    """

    chosen = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self.setAccessibleName(_("What the format cannot hold"))
        self.setHeaderLabels([_("Count"), _("Becomes"), _("Label"), _("Why")])
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(False)
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.itemExpanded.connect(self._on_expanded)
        self.itemClicked.connect(self._on_clicked)
        self.itemActivated.connect(self._on_activated)

    def show_groups(self, groups: Sequence[LossGroup]) -> None:
        """Show these in the place of what was shown."""
        self.clear()
        for group in groups:
            self.addTopLevelItem(self._row(group))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # Qt passes it on, and the dialog would take it for its button.

    def _row(self, group: LossGroup) -> QTreeWidgetItem:
        row = QTreeWidgetItem([f"{group.count}", _outcome(group), group.label, group.reason])
        row.setData(0, _GROUP, group)
        row.setData(0, _LOSS, group.examples[0])
        row.setForeground(1, self._colour(group))
        row.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        for column in range(self.columnCount()):
            row.setToolTip(column, str(group.as_problem()))
        return row

    def _colour(self, group: LossGroup) -> QColor:
        return self._theme.danger if group.outcome == "left out" else self._theme.warning

    def _on_expanded(self, row: QTreeWidgetItem) -> None:
        group = row.data(0, _GROUP)
        if group is None or row.childCount():
            return
        ids = list(dict.fromkeys(loss.article for loss in group.examples))
        titles = {each.id: each.title for each in articles.rows(self._session.project, ids)}
        for loss in group.examples:
            self._add_place(row, _place(loss, titles.get(loss.article) or loss.article), loss)
        rest = group.count - len(group.examples)
        if rest:
            words = n_("… and {count} more", "… and {count} more", rest).format(count=rest)
            self._add_place(row, words, None)

    def _add_place(self, row: QTreeWidgetItem, words: str, loss: Loss | None) -> None:
        child = QTreeWidgetItem(row, [words])
        child.setFirstColumnSpanned(True)
        child.setToolTip(0, words)
        child.setData(0, _LOSS, loss)
        if loss is None:
            child.setDisabled(True)

    def _on_clicked(self, row: QTreeWidgetItem) -> None:
        if row.parent() is not None:
            self._on_activated(row)

    def _on_activated(self, row: QTreeWidgetItem) -> None:
        loss = row.data(0, _LOSS)
        if loss is not None:
            self.chosen.emit(loss)


def go_to(session: Session, loss: Loss) -> bool:
    """Open the article of a loss, select its annotation, and tell whether both are still there."""
    session.open_article(loss.article)
    if session.article is None or session.article.id != loss.article:
        return False
    found = annotation_of(session, loss)
    session.select(found)
    return bool(found)


def annotation_of(session: Session, loss: Loss) -> str:
    """Return the id of the annotation a loss is about, of a link the one it leaves; "" if it is gone."""
    # What is lost of an annotation bears its id first; a link bears its own.
    named = session.annotation(loss.id.partition(" ")[0])
    if named is not None and named.article == loss.article:
        return named.id
    for start, _end, annotation, label, _state, n in annotations.spans(
        session.project, loss.article
    ):
        if n == 0 and start == loss.start and session.scheme.label(label).name == loss.label:
            return annotation
    return ""


def _place(loss: Loss, title: str) -> str:
    line = " ".join(loss.text.split())
    surface = line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
    return _("“{text}” in {title}, {start}–{end}").format(
        text=surface, title=title, start=loss.start, end=loss.end
    )


def _outcome(group: LossGroup) -> str:
    return {"left out": _("left out"), "changed": _("changed")}.get(group.outcome, group.outcome)

"""The shortest ways to say what an annotator does in the whole window."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.model import AnnotationState
from annotator.gui.window import MainWindow
from tests.gui.article.desk import Desk

Mod, Button = Qt.KeyboardModifier, Qt.MouseButton


class Office(Desk):
    """The desk with its whole window around it."""

    def __init__(self, window: MainWindow) -> None:
        assert window.article_view is not None and window.session is not None
        super().__init__(window.article_view, window.session)
        self.window = window

    def choose(self, command_id: str) -> None:
        """Choose a command in its menu."""
        action = self.window.actions_[command_id]
        assert action.isEnabled(), command_id
        action.trigger()

    def choose_label(self, label_id: str) -> None:
        actions = self.window.menus.labels.actions()
        next(action for action in actions if action.data() == label_id).trigger()

    def click_label(self, label_id: str, *, twice: bool = False) -> None:
        """Click a label in the palette, or double-click it, which makes it sticky."""
        assert self.window.workspace is not None
        palette = self.window.workspace.labels
        index = palette.model.index(palette.model.place(label_id), 0)
        where = palette.view.visualRect(index).center()
        click = QTest.mouseDClick if twice else QTest.mouseClick
        click(palette.view.viewport(), Button.LeftButton, Mod.NoModifier, where)

    def click(self, words: str, shift: int = 2) -> None:
        where = self.point(words, shift)
        QTest.mouseClick(self.view.viewport(), Button.LeftButton, Mod.NoModifier, where)

    def double_click(self, words: str, shift: int = 2) -> None:
        where = self.point(words, shift)
        QTest.mouseDClick(self.view.viewport(), Button.LeftButton, Mod.NoModifier, where)

    def drag(self, start: QPoint, end: QPoint, modifiers: Mod = Mod.NoModifier) -> None:
        viewport, left = self.view.viewport(), Button.LeftButton
        for kind, point, button, buttons in (
            (QEvent.Type.MouseButtonPress, start, left, left),
            (QEvent.Type.MouseMove, (start + end) / 2, Button.NoButton, left),
            (QEvent.Type.MouseMove, end, Button.NoButton, left),
            (QEvent.Type.MouseButtonRelease, end, left, Button.NoButton),
        ):
            where = QPointF(point)
            QApplication.sendEvent(
                viewport,
                QMouseEvent(kind, where, viewport.mapToGlobal(where), button, buttons, modifiers),
            )

    def select_new(self, label: str, *words: str, suggested: bool = False) -> str:
        state = AnnotationState.SUGGESTED if suggested else AnnotationState.ACCEPTED
        added = self.add(label, *words, state=state)
        self.session.select(added)
        return added

    @property
    def selected_words(self) -> str:
        annotation = self.session.annotation(self.session.selected)
        return annotation.text if annotation else ""

    @property
    def article(self) -> str:
        assert self.session.article is not None
        return self.session.article.id

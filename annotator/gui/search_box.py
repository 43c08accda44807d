"""The box a query is typed into: it offers what may follow, underlines mistakes, knows old queries."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.core.text import Utf16
from annotator.gui.search_offer import Offer, OfferList
from annotator.gui.theme import Theme
from annotator.language import _

_OURS = (Qt.Key.Key_Escape, Qt.Key.Key_F1)
"""Keys that mean something else here than in the window."""

_STEP = 2
"""Pixels from one turn of the line under a mistake to the next."""


class SearchBox(QLineEdit):
    """`entered` asks to search, `left` to go back to the text, `passed` to go down to what was found.

    `complete`, when set, is asked what may follow at the caret, in code points of the query. `history`
    has older queries, the newest first.
    """

    entered = Signal()
    left = Signal()
    passed = Signal()
    help_requested = Signal()
    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mistake: tuple[int, int] | None = None
        self._is_asking = False
        self._place = -1
        self._typed = ""
        self._list: OfferList | None = None
        self.complete: Callable[[str, int], Offer] | None = None
        self.history: Sequence[str] = ()
        self.setPlaceholderText(
            _("Words, “phrases”, label:PER, missing:source, date:2018-04…  (F1 tells all)")
        )
        self.setAccessibleName(_("Search in all articles"))
        self.setClearButtonEnabled(True)
        self.textEdited.connect(self._on_edited)
        self.textChanged.connect(self._on_changed)
        self.cursorPositionChanged.connect(self._on_caret_moved)

    @property
    def offers(self) -> OfferList:
        """The list of what may follow: a child of the window, made when it is first needed."""
        if self._list is None:
            self._list = OfferList(self._theme, self.window())
            self._list.clicked.connect(self._on_offer_clicked)
            self.destroyed.connect(self._list.deleteLater)
        return self._list

    @property
    def is_offering(self) -> bool:
        """Whether the list of what may follow is to be seen."""
        return self._list is not None and self._list.isVisible()

    def show_mistake(self, start: int, end: int, sentence: str) -> None:
        """Underline what is wrong, `[start, end)` in code points; the sentence is read aloud."""
        self._mistake = (start, end)
        self.setAccessibleDescription(sentence)
        self.update()

    def forget_mistake(self) -> None:
        """Underline nothing any more."""
        self._mistake = None
        self.setAccessibleDescription("")
        self.update()

    def set_query(self, text: str) -> None:
        """Put another query into the box, its caret at the end; nothing is offered."""
        self._place = -1
        self.setText(text)
        self.close_offers()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours from now on."""
        self._theme = theme
        if self._list is not None:
            self._list.set_theme(theme)
        self.update()

    def offer(self) -> None:
        """Show what may follow at the caret, if there is anything."""
        if self.complete is None or not self.hasFocus():
            return
        self._is_asking = True
        utf16 = Utf16(self.text())
        found = self.complete(self.text(), utf16.from_qt(self.cursorPosition()))
        typed = self.text()[found.start : found.end]
        choices = [each for each in found.choices if each.text != typed]
        if not choices:
            self._hide_offers()
            return
        self.offers.show_offer(Offer(found.start, found.end, tuple(choices)))
        left = self._left() + self.fontMetrics().horizontalAdvance(self.text()[: found.start])
        self.offers.place(self, round(left))

    def offer_more(self) -> None:
        """Show what else may follow, if somebody who types has not chosen anything yet."""
        if self._is_asking and not (self.is_offering and self.offers.current):
            self.offer()

    def close_offers(self) -> None:
        """Offer nothing, until more is typed."""
        self._is_asking = False
        self._hide_offers()

    def _hide_offers(self) -> None:
        if self._list is not None:
            self._list.hide()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() in _OURS:
                event.accept()
                return True
            # Tab would go on to the next field before `keyPressEvent` heard of it.
            is_tab = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab
            if is_tab and self.is_offering:
                self.keyPressEvent(event)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.offer()
        elif not is_plain or not self._press(Qt.Key(key)):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close_offers()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._mistake is None:
            return
        start, end = self._mistake
        text, metrics = self.text(), self.fontMetrics()
        left = self._left() + metrics.horizontalAdvance(text[:start])
        width = metrics.horizontalAdvance(text[start:end]) or metrics.averageCharWidth()
        bottom = (self.height() + metrics.height()) / 2 - 1
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.danger, 1.4))
        painter.setClipRect(self.rect().adjusted(3, 0, -3, 0))
        painter.drawPolyline(
            [
                QPointF(left + n * _STEP, bottom + (n % 2) * _STEP)
                for n in range(max(2, round(width / _STEP) + 1))
            ]
        )
        painter.end()

    def _press(self, key: Qt.Key) -> bool:
        """Do what a key without Ctrl, Shift or Alt is for; False when it is for the line of text."""
        is_offering = self.is_offering
        if key == Qt.Key.Key_Escape:
            if is_offering:
                self.close_offers()
            else:
                self.left.emit()
        elif key == Qt.Key.Key_F1:
            self.help_requested.emit()
        elif key == Qt.Key.Key_Tab and is_offering:
            self._take(self.offers.current or self.offers.first)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if is_offering and self.offers.current is not None:
                self._take(self.offers.current)
            else:
                self.close_offers()
                self.entered.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            if is_offering:
                self.offers.step(step)
            else:
                self._step_history(-step)
        else:
            return False
        return True

    def _take(self, text: str | None) -> None:
        """Put what was chosen from the list into the query."""
        if text is None:
            return
        offer, query = self.offers.offer, self.text()
        after = query[: offer.start] + text
        self.setText(after + query[offer.end :])
        self.setCursorPosition(Utf16(self.text()).to_qt(len(after)))
        self.edited.emit()
        self.close_offers()
        if text.endswith(":"):
            self.offer()

    def _step_history(self, step: int) -> None:
        """Put an older query into the box, or a newer one; below the newest lies what was found."""
        place = self._place + step
        if place < -1:
            self.passed.emit()
            return
        if place >= len(self.history):
            return
        if self._place < 0:
            self._typed = self.text()
        text = self._typed if place < 0 else self.history[place]
        self.set_query(text)
        self._place = place
        self.edited.emit()

    def _left(self) -> float:
        """Return where the first character stands, in pixels, even if it has scrolled out."""
        before = self.text()[: Utf16(self.text()).from_qt(self.cursorPosition())]
        middle = self.cursorRect().center().x() + 1
        return middle - self.fontMetrics().horizontalAdvance(before)

    def _on_edited(self) -> None:
        self._place = -1
        self.edited.emit()
        self.offer()

    def _on_changed(self) -> None:
        self.forget_mistake()

    def _on_caret_moved(self, before: int, now: int) -> None:
        if abs(now - before) > 1 and self.is_offering:
            self.close_offers()

    def _on_offer_clicked(self, index: QModelIndex) -> None:
        self._take(index.data())
        self.setFocus(Qt.FocusReason.OtherFocusReason)

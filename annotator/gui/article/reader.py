"""Shows one article to read: its text on our layout, scrolling, text size, caret and selection, finding."""

from collections.abc import Iterable

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.core import units
from annotator.core.scheme import Scheme
from annotator.core.text import Utf16
from annotator.gui.article.find import Search
from annotator.gui.article.layout import ArticleLayout
from annotator.gui.article.measures import measures
from annotator.gui.article.painting import Painted, paint
from annotator.gui.article.pieces import caret_x, row_of, runs_of
from annotator.gui.article.scene import Scene
from annotator.gui.article.shown import shown
from annotator.gui.article.spans import Row, SpanIndex
from annotator.gui.theme import Theme
from annotator.language import _

_FOCUS_EDGE = 2
"""Pixels of the line at the left edge that says the keyboard is in the article."""

USUAL_SIZE = 12.0
"""Points of the article's letters; preferences count steps from here."""
SMALLEST, LARGEST = -4, 24


class ArticleReader(QTextEdit):
    """A text edit for reading. Offsets are code points of the article, points are in the viewport.

    `text_size_changed` carries the steps from the usual size, after Ctrl and the wheel.
    """

    text_size_changed = Signal(int)

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = Scene(theme, scheme)
        self.painted = Painted()
        self._size = 0
        self._wheel = 0
        self._shown_document: QTextDocument | None = None
        self._measures = measures(USUAL_SIZE)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Article"))
        self.setCursorWidth(2)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.show_text("", ())
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self.selectionChanged.connect(self._on_cursor_moved)

    def show_text(self, text: str, rows: Iterable[Row]) -> None:
        """Show an article's text with its spans, from the top."""
        scene = self.scene
        scene.text, scene.content, scene.utf16 = text, shown(text), Utf16(text)
        scene.index, scene.search = SpanIndex(rows), None
        scene.links.clear()
        scene.preview, scene.numbered = (), ()
        scene.selected, scene.hovered, scene.frame = "", "", ""
        self.painted = Painted()
        old, document = self._shown_document, QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setPlainText(scene.content.text)
        self.text_layout = ArticleLayout(
            document, scene.content, self._measures, self.viewport().width()
        )
        document.setDocumentLayout(self.text_layout)
        self.setDocument(document)
        self._shown_document = document
        if old:
            old.deleteLater()
        self.text_layout.moved.connect(self._on_block_moved)
        self.verticalScrollBar().setValue(0)
        self._on_cursor_moved()

    @property
    def text(self) -> str:
        """The article's own text."""
        return self.scene.text

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours from now on."""
        self.scene.theme = theme
        self.viewport().update()

    def set_text_size(self, steps: int) -> None:
        """Show letters so many points larger than usual, or smaller, and stay at the same words."""
        steps = max(SMALLEST, min(LARGEST, steps))
        if steps != self._size:
            self._size = steps
            self._measures = measures(USUAL_SIZE + steps)
            self._lay_out_anew()

    @property
    def text_size(self) -> int:
        """Points by which the letters are larger than usual."""
        return self._size

    @property
    def caret(self) -> int:
        """Where the caret stands."""
        return self.scene.caret

    @property
    def selection(self) -> tuple[int, int]:
        """The selected words; start and end are the caret's when there are none."""
        return self.scene.selection

    @property
    def anchor(self) -> int:
        """Where the selection began; the caret when nothing is selected."""
        start, end = self.scene.selection
        return start if self.scene.caret == end else end

    def is_right_to_left_at_caret(self) -> bool:
        """Whether the caret stands in a paragraph written from right to left."""
        return self.textCursor().block().textDirection() == Qt.LayoutDirection.RightToLeft

    def place(self, anchor: int, caret: int, *, reveal: bool = True) -> None:
        """Put the caret somewhere, selecting what lies between it and the anchor."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.scene.utf16.to_qt(anchor))
        cursor.setPosition(self.scene.utf16.to_qt(caret), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        if reveal:
            self.reveal(caret)

    def reveal(self, offset: int) -> None:
        """Scroll an offset into view, with some lines around it when it was out of sight."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        pitch = self._measures.pitch
        position = self.scene.utf16.to_qt(offset)
        for _attempt in range(4):
            # Laying out what comes into view may move it: the estimates above it become exact.
            top = self.text_layout.line_at(position).top
            if bar.value() <= top - pitch * 0.2 and top + pitch * 1.2 <= bar.value() + height:
                return
            bar.setValue(round(top - height / 3))
            self._settle()

    def offset_at(self, point: QPoint) -> int:
        """Return the offset between two characters nearest to a point."""
        position = self.text_layout.hitTest(self._in_document(point), Qt.HitTestAccuracy.FuzzyHit)
        return self.scene.utf16.from_qt(position)

    def character_at(self, point: QPoint) -> int | None:
        """Return the offset of the character under a point, None beside the words."""
        where = self._in_document(point)
        near = self.offset_at(point)
        for offset in (near - 1, near):
            if 0 <= offset < len(self.text) and self._covers(offset, where):
                return offset
        return None

    def rectangle(self, offset: int) -> QRectF:
        """Return the place of the caret at an offset, in the viewport."""
        position = self.scene.utf16.to_qt(offset)
        line = self.text_layout.line_at(position)
        x = caret_x(row_of(line, self.scene.utf16, self.scene.content.text), position)
        sizes = self._measures
        top = line.top + sizes.strip - self.verticalScrollBar().value()
        return QRectF(x, top, 1, sizes.ascent + sizes.descent)

    def token_at_caret(self) -> tuple[int, int] | None:
        """Return the token the caret stands in or touches, the one behind the caret first."""
        caret = self.scene.caret
        here = units.token_at(self.text, caret) if caret < len(self.text) else None
        before = units.token_at(self.text, caret - 1) if caret else None
        # At the end of a word, before a comma, the word is meant.
        if here and before and here != before and not self.text[here[0]].isalnum():
            return before
        return here or before

    def find(  # type: ignore[override]
        self, query: str, *, backwards: bool = False, case: bool = False, whole: bool = False
    ) -> int:
        """Go to the next match and return how many there are; an empty query forgets the last one.

        Without `case`, capitals and accents make no difference.
        """
        asked = (query, case, whole)
        scene = self.scene
        if scene.search is None or scene.search.asked != asked:
            scene.search = Search(self.text, query, case=case, whole=whole) if query else None
            start = scene.selection[0]
        else:
            start = scene.selection[0] if backwards else scene.selection[1]
        self.viewport().update()
        if scene.search is None:
            return 0
        match = scene.search.before(start) if backwards else scene.search.after(start)
        if match:
            self.place(*match)
        return self.find_count

    @property
    def find_count(self) -> int:
        """How many matches the words last looked for have."""
        return self.scene.search.count if self.scene.search else 0

    def createMimeDataFromSelection(self) -> QMimeData:
        """Give the clipboard the article's own characters, not what Qt shows for them."""
        mime = QMimeData()
        start, end = self.scene.selection
        mime.setText(self.text[start:end].encode("utf-16-le", "replace").decode("utf-16-le"))
        return mime

    def paintEvent(self, event: QPaintEvent) -> None:
        self._settle()
        top, whole = self.verticalScrollBar().value(), self.viewport().rect()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.scene.theme.paper)
        painter.translate(0, -top)
        # All that is in view, be it to be painted or not: links join what lies apart.
        self.painted = paint(
            painter, self.scene, self.text_layout, QRectF(whole).translated(0, top)
        )
        if self.scene.has_focus:
            painter.fillRect(QRectF(0, top, _FOCUS_EDGE, whole.height()), self.scene.theme.focus)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        old, bar = event.oldSize().height(), self.verticalScrollBar()
        caret = self.rectangle(self.scene.caret) if self.text else None
        was_seen = caret is not None and 0 <= caret.top() <= old
        super().resizeEvent(event)
        if event.size().width() != self.text_layout.width:
            self._lay_out_anew()
        elif was_seen and bar.isEnabled() and event.size().height() < old:
            # A panel has opened: what was being looked at stays in view.
            self.reveal(self.scene.caret)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint anew rather than shift pixels: tags and brackets reach over the edges of lines."""
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        steps, self._wheel = int(self._wheel / 120), self._wheel - int(self._wheel / 120) * 120
        if steps:
            self.set_text_size(self._size + steps)
            self.text_size_changed.emit(self._size)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._note_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._note_focus()

    def _note_focus(self) -> None:
        self.scene.has_focus = self.hasFocus()
        self.viewport().update()

    def _in_document(self, point: QPoint) -> QPointF:
        return QPointF(point) + QPointF(0, self.verticalScrollBar().value())

    def _covers(self, offset: int, where: QPointF) -> bool:
        line = self.text_layout.line_at(self.scene.utf16.to_qt(offset))
        row = row_of(line, self.scene.utf16, self.scene.content.text)
        top = line.top + self._measures.strip - 2
        bottom = line.top + self._measures.pitch
        runs = runs_of(row, offset, offset + 1, self.scene.utf16)
        return top <= where.y() <= bottom and any(x0 <= where.x() <= x1 for x0, x1 in runs)

    def _settle(self) -> None:
        """Lay out what is in view until nothing moves any more."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        for _attempt in range(4):
            top = bar.value()
            for _line in self.text_layout.lines(top, top + height):
                pass
            if bar.value() == top:
                break
        self.text_layout.forget_unused(bar.value(), bar.value() + height)

    def _lay_out_anew(self) -> None:
        """Lay out for another width or size; the line that was on top stays there."""
        top = self.verticalScrollBar().value()
        layout = self.text_layout
        position = layout.hitTest(QPointF(0, top), Qt.HitTestAccuracy.FuzzyHit) if top else 0
        layout.resize(self._measures, self.viewport().width())
        layout.documentSizeChanged.emit(layout.documentSize())
        if top:
            self.verticalScrollBar().setValue(round(layout.line_at(position).top))
        self.viewport().update()

    def _on_block_moved(self, top: float, grown: float) -> None:
        """Keep what is in view where it is when a block above turns out higher than was thought."""
        bar = self.verticalScrollBar()
        value = bar.value()
        self.text_layout.documentSizeChanged.emit(self.text_layout.documentSize())
        if top < value:
            bar.setValue(round(value + grown))

    def _on_cursor_moved(self) -> None:
        cursor, scene = self.textCursor(), self.scene
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        scene.selection = (scene.utf16.from_qt(start), scene.utf16.from_qt(end))
        scene.caret = scene.utf16.from_qt(cursor.position())
        scene.token = self.token_at_caret() if start == end else None
        self.viewport().update()

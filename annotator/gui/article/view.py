"""The article view: the reader together with every deed on single annotations, each a public method."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from annotator.core import units
from annotator.core.model import Article, Changes
from annotator.gui.article import deeds, keys
from annotator.gui.article.candidates import Candidates
from annotator.gui.article.deeds import Range
from annotator.gui.article.framing import Framing
from annotator.gui.article.links import LinkIndex
from annotator.gui.article.mouse import Mouse
from annotator.gui.article.reader import ArticleReader
from annotator.gui.article.spans import Span
from annotator.gui.article.tips import tip
from annotator.gui.article.values import Values
from annotator.gui.article.walking import Walk
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.store import annotations

_MANY = 500
"""Changed annotations above which the article is read again whole."""

_REST = 40
"""Milliseconds a frame is looked at before its likely speakers are numbered."""


class ArticleView(ArticleReader):
    """Shows the session's article and turns keys and mouse into deeds on it.

    `armed` is the id of the sticky label, "" for none: what is selected by mouse is labelled at once.
    `ask_commands`, when set, is given a key by its portable names and says whether a command has it;
    `key_of` returns the key of a command as printed, "" when it has none.
    `menu_at`, when set, returns the context menu for an offset of the article. `framing_changed` says
    that another slot of the frame at work is armed, or that its likely fillers are known.
    """

    framing_changed = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, session.scheme, parent)
        self.session = session
        self.armed = ""
        self.ask_commands: Callable[[Sequence[str]], bool] | None = None
        self.key_of: Callable[[str], str] | None = None
        self.menu_at: Callable[[int], QMenu | None] | None = None
        self.framing = Framing(self)
        self.candidates = Candidates(self)
        self.values = Values(self)
        self.walk = Walk(self)
        self._mouse = Mouse(self)
        self._joining = ""
        self._is_quiet = False
        self._number_later = QTimer(self, singleShot=True, interval=_REST)
        self._number_later.timeout.connect(self._on_rested)
        self.scene.links = LinkIndex(session.links_at)
        session.article_opened.connect(self._on_article_opened)
        session.selection_changed.connect(self._on_selection_changed)
        session.frame_changed.connect(self._on_frame_changed)
        session.changed.connect(self._on_changed)
        if session.article:
            self._on_article_opened(session.article.id)

    def label(self, label_id: str) -> None:
        """Label the selected words; else give the selected annotation this label; else label the token.

        A selected annotation keeps its label when the caret has gone elsewhere, as after finding. A
        label with slots builds a frame round the caret.
        """
        start, end = self.selection
        label = self.scene.label(label_id)
        is_at_selected = start == end and any(
            span.start <= self.caret <= span.end for span in self._selected()
        )
        is_confirmed = is_at_selected and self._selected()[0].label == label_id
        if label.slots and not (is_confirmed and self.walk.is_at_suggestion()):
            self.framing.build(label)
        elif is_at_selected:
            self.relabel(label_id)
        elif target := self._words_or_token():
            self.label_range(label_id, *target)
        else:
            self.session.told.emit(_("There is no word here to label."))

    def label_range(self, label_id: str, start: int, end: int) -> None:
        """Label a stretch of the article, select what came of it and let go of the words."""
        article = self.session.article
        if article is None:
            return
        label = self.scene.label(label_id)
        annotation_id = deeds.add(self.session, article, label, [(start, end)])
        if annotation_id:
            self.place(end, end, reveal=False)
            self.session.select(annotation_id)

    def relabel(self, label_id: str) -> None:
        """Give the selected annotation another label; a suggestion is accepted so."""
        spans = self._selected()
        label = self.scene.label(label_id)
        if self.walk.is_at_suggestion():
            self.walk.relabel(label_id)
        elif spans and spans[0].label == label_id:
            self.session.told.emit(_("This is labelled {label} already.").format(label=label.name))
        elif spans:
            deeds.relabel(self.session, spans[0].annotation, label)

    def grow(self) -> None:
        """Widen the selected words, the selected annotation or else the token to the next larger unit."""
        self._resize(units.grow)

    def shrink(self) -> None:
        """Narrow the selected words or the selected annotation to the next smaller unit."""
        self._resize(units.shrink)

    def add_fragment(self) -> None:
        """Make the selected words part of the selected annotation.

        Without words the annotation is kept in mind, and the next words to be added go to it.
        """
        spans, words = self._selected(), self.selection[0] < self.selection[1]
        if spans and not words:
            self._joining = spans[0].annotation
            self.session.told.emit(
                _("Select the words to add, then press the key again; Esc to leave it.")
            )
            return
        target = spans[0].annotation if spans else self._joining
        ranges = self._words_or_token()
        if target in self.scene.index and ranges:
            self.add_range(target, ranges)
        else:
            self.session.told.emit(_("Select an annotation first, then the words to add to it."))

    def add_range(self, annotation_id: str, added: Range) -> None:
        """Make a stretch of the article part of an annotation."""
        ranges = [(span.start, span.end) for span in self.scene.index.of(annotation_id)]
        self._joining = ""
        self.set_ranges(annotation_id, [*ranges, added], _("Add a fragment"))
        self.place(added[1], added[1], reveal=False)
        self.session.select(annotation_id)

    def set_ranges(self, annotation_id: str, ranges: Sequence[Range], name: str) -> None:
        """Move the boundaries of an annotation, as one deed of this name."""
        if self.session.article:
            deeds.set_ranges(self.session, self.session.article, annotation_id, ranges, name)

    def remove(self) -> None:
        """Remove the selected annotation."""
        spans = self._selected()
        if spans:
            deeds.remove(self.session, spans[0].annotation, self.scene.label(spans[0].label))
        else:
            self.session.told.emit(_("No annotation is selected."))

    def remove_fragment(self) -> None:
        """Remove the fragment under the caret from the selected annotation, or all of a simple one."""
        spans = self._selected()
        if len(spans) < 2:
            self.remove()
            return
        own = self._fragment_at_caret(spans)
        rest = [(span.start, span.end) for span in spans if span is not own]
        self.set_ranges(own.annotation, rest, _("Remove a fragment"))

    def accept(self) -> None:
        """Stand behind the selected suggestion, with its parts, and go to the next one."""
        self.walk.accept()

    def reject(self) -> None:
        """Turn the selected suggestion down, with its parts, and go to the next one."""
        self.walk.reject()

    def copy_words(self) -> None:
        """Copy the selected words, else the words of the selected annotation."""
        start, end = self.selection
        annotation = self.session.annotation(self.session.selected)
        if start < end:
            self.copy()
        elif annotation:
            QGuiApplication.clipboard().setText(annotation.text)

    def show_all_links(self, is_wanted: bool) -> None:
        """Draw every link of the article faintly, or only those of the selected annotation."""
        if is_wanted != self.scene.shows_all_links:
            self.scene.shows_all_links = is_wanted
            self.viewport().update()

    def next_annotation(self, *, backwards: bool = False) -> bool:
        """Select the next annotation from the selected one or the caret; False when there is none."""
        span = self.scene.index.step(self.caret, self.session.selected, backwards=backwards)
        if span is None:
            self.session.told.emit(_("There is no further annotation."))
            return False
        self.session.select(span.annotation)
        self.place(span.start, span.start)
        return True

    def previous_annotation(self) -> bool:
        """Select the annotation before."""
        return self.next_annotation(backwards=True)

    def next_suggestion(self, *, backwards: bool = False) -> bool:
        """Select the next suggestion; False when there is none."""
        return self.walk.step(backwards=backwards)

    def previous_suggestion(self) -> bool:
        """Select the suggestion before."""
        return self.next_suggestion(backwards=True)

    def select_at(self, offset: int) -> bool:
        """Select the innermost annotation over a character, or the one under the selected one.

        Returns whether there is one.
        """
        here = list(dict.fromkeys(span.annotation for span in self.scene.index.at(offset)))
        if not here:
            return False
        at = here.index(self.session.selected) + 1 if self.session.selected in here else 0
        self.session.select(here[at % len(here)])
        return True

    def select_at_caret(self) -> bool:
        """Select the annotation the caret is in or touches."""
        return any(
            self.select_at(at) for at in (self.caret, self.caret - 1) if 0 <= at < len(self.text)
        )

    def let_go(self) -> bool:
        """Drop the selected words, else the selected annotation, else the frame at work.

        False when nothing is selected.
        """
        start, end = self.selection
        had_joining, self._joining = bool(self._joining), ""
        if start < end:
            self.place(self.caret, self.caret, reveal=False)
        elif self.session.selected:
            self.session.select("")
        elif self.session.frame:
            self.session.leave_frame()
        else:
            return had_joining
        return True

    def select_quietly(self, annotation_id: str) -> None:
        """Select an annotation and leave the caret and the page where they are."""
        self._is_quiet = True
        try:
            self.session.select(annotation_id)
        finally:
            self._is_quiet = False

    def show_numbers(self) -> None:
        """Show which words the digits would take as the speaker of the frame at work."""
        self._number_later.stop()
        self.scene.numbered = self.candidates.numbered() if self.session.frame else ()
        self.framing_changed.emit()
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(keys.is_taken(self, event))
            return event.isAccepted()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not keys.press(self, event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Keep Tab for going from annotation to annotation; without any, it leaves as elsewhere."""
        return not len(self.scene.index) and super().focusNextPrevChild(is_next)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._mouse.hover("")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        point = event.pos() if by_mouse else self.rectangle(self.caret).bottomLeft().toPoint()
        offset = self.offset_at(point) if by_mouse else self.caret
        menu = self.menu_at(offset) if self.menu_at else None
        if menu:
            menu.popup(self.viewport().mapToGlobal(point))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event.pos(), event.globalPos())
            return True
        return super().viewportEvent(event)

    def _selected(self) -> Sequence[Span]:
        return self.scene.index.of(self.session.selected)

    def _words_or_token(self) -> Range | None:
        return self.selection if self.selection[0] < self.selection[1] else self.token_at_caret()

    def _fragment_at_caret(self, spans: Sequence[Span]) -> Span:
        """Return the fragment the caret is in or touches, else the last."""
        return next((span for span in spans if span.start <= self.caret <= span.end), spans[-1])

    def _resize(self, resized: Callable[[str, int, int], Range]) -> None:
        start, end = self.selection
        spans = self._selected()
        if start == end and spans:
            own = self._fragment_at_caret(spans)
            new = resized(self.text, own.start, own.end)
            if new != (own.start, own.end):
                ranges = [new if span is own else (span.start, span.end) for span in spans]
                self.set_ranges(own.annotation, ranges, _("Move a boundary"))
            return
        new = resized(self.text, start, end)
        if new != (start, end):
            self.place(*new)

    def _show_tip(self, point: QPoint, where: QPoint) -> None:
        annotation_id = self._mouse.annotation_at(point)
        annotation = self.session.annotation(annotation_id) if annotation_id else None
        text = tip(annotation, self.scene.label(annotation.label)) if annotation else ""
        QToolTip.showText(where, text, self.viewport())

    def _on_article_opened(self, article_id: str) -> None:
        article: Article | None = self.session.article if article_id else None
        self.scene.scheme = self.session.scheme
        self._joining = ""
        self._mouse.let_go()
        if article is None:
            self.show_text("", ())
        else:
            self.show_text(article.text, annotations.spans(self.session.project, article.id))

    def _on_frame_changed(self, annotation_id: str) -> None:
        self.scene.frame = annotation_id
        self.framing.armed = ""
        self._think_anew()
        self.viewport().update()

    def _think_anew(self) -> None:
        """Number those who may fill the slots of the frame again, a moment later."""
        self.candidates.forget()
        self.scene.numbered = ()
        if self.session.frame:
            self._number_later.start()
        else:
            self._number_later.stop()

    def _on_rested(self) -> None:
        self.show_numbers()
        slot = self.framing.armed_slot()
        if slot and self.session.selected == self.session.frame and not self.session.is_read_only:
            self.session.told.emit(_("Click the words of the {slot}.").format(slot=slot.name))

    def _on_selection_changed(self, annotation_id: str) -> None:
        scene = self.scene
        scene.selected = annotation_id
        spans = scene.index.of(annotation_id)
        if (
            spans
            and not self._is_quiet
            and not any(span.start <= self.caret <= span.end for span in spans)
        ):
            start, end = self.selection
            if start == end:
                self.place(spans[0].start, spans[0].start)
            else:
                self.reveal(spans[0].start)
        self.viewport().update()

    def _on_changed(self, changes: Changes) -> None:
        article = self.session.article
        if article is None:
            return
        if changes.scheme or changes.everything:
            self.scene.scheme = self.session.scheme
        touched = changes.everything or article.id in changes.articles
        # Of many, most stand in other articles: reading this one whole is quicker than asking for each.
        is_many = len(changes.annotations) > _MANY
        if is_many or changes.everything or (touched and not changes.annotations):
            self.scene.index.reset(annotations.spans(self.session.project, article.id))
            self.scene.links.clear()
        elif changes.annotations:
            rows = annotations.spans_of(self.session.project, article.id, changes.annotations)
            self.scene.index.replace(changes.annotations, rows)
            self.scene.links.forget(changes.annotations)
        if touched:
            self._think_anew()
        self.viewport().update()

"""The line below the article that says how the words at hand are labelled elsewhere, when that matters."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.core.consistency import compared
from annotator.core.model import Annotation, AnnotationState, Changes
from annotator.core.precedents import Precedent
from annotator.core.scheme import Scheme
from annotator.core.spelling import key_of
from annotator.gui.article.scene import label_of
from annotator.gui.article.view import ArticleView
from annotator.gui.context_lines import one_line
from annotator.gui.looking import Look
from annotator.gui.marks import draw_key_cap, draw_pin, small_font
from annotator.gui.occurrences_at_hand import annotation_at_hand, words_at_hand
from annotator.gui.tasks import Progress
from annotator.gui.theme import Theme
from annotator.gui.uses import paint_uses, told_uses
from annotator.language import _
from annotator.store import consistency, precedents
from annotator.store.consistency import Labelled
from annotator.store.corpus import snapshot
from annotator.store.project import Project

_REST = 100
"""Milliseconds that the caret must rest: a line that flickers along with it is no help."""

_AT_ONCE = 400
"""Labelled places up to which the window counts itself: more would be felt."""

_SHOWN = 40
_V = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of some words: their labels, that they have none here, what was decided."""

    words: str
    counts: dict[str, int] = field(default_factory=dict)
    is_missing: bool = False
    precedents: tuple[Precedent, ...] = ()


class Radar(QWidget):
    """Always as high as a line, and empty while there is nothing to say: the text above never moves.

    `asked` says that somebody wants to see all places. `keys`, when set, returns the keys for that.
    """

    asked = Signal()
    told_changed = Signal()

    def __init__(self, view: ArticleView, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("radar")
        self._view = view
        self._session = view.session
        self._theme = theme
        self._known: dict[str, Labelled] = {}
        self._waits_for = ""
        self.keys: Callable[[], list[str]] = list
        self.told: Told | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = Look(_("Counting labels"), self)
        self._later = QTimer(self, singleShot=True, interval=_REST)
        self._later.timeout.connect(self.look)
        self._look.found.connect(self._on_found)
        session = self._session
        for signal in (
            view.cursorPositionChanged,
            view.selectionChanged,
            session.selection_changed,
        ):
            signal.connect(self._later.start)
        session.article_opened.connect(self._on_article_opened)
        session.changed.connect(self._on_changed)
        session.closing.connect(self._on_closing)

    def look(self) -> None:
        """Find out what there is to say of the words at hand."""
        self._later.stop()
        session = self._session
        if not session.is_open or session.article is None:
            self._say(None)
            return
        annotation = annotation_at_hand(self._view)
        words = words_at_hand(self._view, annotation)
        key = key_of(words)
        if not key:
            self._say(None)
        elif self.labels(words) or key in self._known:
            self._judge(words, annotation, self._known[key])
        elif self._waits_for != key:
            self._waits_for = key
            self._say(None)
            self._look.at(partial(count_beside, session.project.path, words))

    def labels(self, words: str) -> dict[str, int]:
        """Return how words are labelled, if that is known already or known at once."""
        session, key = self._session, key_of(words)
        if key not in self._known and consistency.stretch(session.project, words) <= _AT_ONCE:
            self._known[key] = consistency.labelled(session.project, words)
        return self._known[key].labels if key in self._known else {}

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height() * 8 // 5)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.told is not None and event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.paper)
        if self.told is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = self.fontMetrics().height()
        box = self.rect().adjusted(gap, 0, -gap, 0)
        small = small_font(self.font())
        left = draw_key_cap(painter, box.right(), box.center().y() + 0.5, theme, small, self._key())
        box.setRight(round(left) - gap // 2)
        self._paint(painter, box, self.told, small)

    def _key(self) -> str:
        """Return the key that shows all places: the first that is not a label's letter."""
        by_key = self._session.scheme.by_key
        return next((key for key in self.keys() if not by_key(key.casefold())), "")

    def _paint(self, painter: QPainter, box: QRect, told: Told, small: QFont) -> None:
        theme, scheme = self._theme, self._session.scheme
        gap = self.fontMetrics().height() // 2
        strong = QFont(small)
        strong.setBold(True)
        metrics = QFontMetrics(strong)
        words = metrics.elidedText(
            _("“{words}”").format(words=one_line(told.words)),
            Qt.TextElideMode.ElideMiddle,
            box.width() // 3,
        )
        painter.setFont(strong)
        painter.setPen(theme.text)
        painter.drawText(box, _V, words)
        box.setLeft(box.left() + metrics.horizontalAdvance(words) + gap)
        painter.setFont(small)
        end = paint_uses(painter, box, theme, scheme, told.counts, (theme.text, theme.muted))
        box.setLeft(end)
        if told.is_missing:
            self._write(painter, box, _("not labelled here"))
        for precedent in told.precedents:
            size = QFontMetrics(small).ascent()
            if box.width() < size * 4:
                break
            pin = QRect(box.left(), box.center().y() - size // 2, size, size)
            draw_pin(painter, pin.toRectF(), theme.accent, filled=True)
            box.setLeft(pin.right() + gap // 2)
            self._write(painter, box, decision(precedent, scheme))

    def _write(self, painter: QPainter, box: QRect, words: str) -> None:
        """Write on, as far as there is room."""
        metrics = painter.fontMetrics()
        painter.setPen(self._theme.muted)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _V, shown)
        box.setLeft(box.left() + metrics.horizontalAdvance(shown) + metrics.height())

    def _judge(self, words: str, annotation: Annotation | None, found: Labelled) -> None:
        """Say it if labels differ, if there is none here though elsewhere, or if it was decided."""
        session = self._session
        decided = tuple(precedents.about(session.project, words))
        counts = found.labels
        is_labelled = (
            annotation is not None
            and annotation.state is AnnotationState.ACCEPTED
            and annotation.label in compared(session.scheme)
        )
        is_missing = bool(counts) and not is_labelled
        if len(counts) > 1 or is_missing or decided:
            self._say(Told(words, counts, is_missing, decided))
        else:
            self._say(None)

    def _say(self, told: Told | None) -> None:
        if told == self.told:
            return
        self.told = told
        sentence = told_of(told, self._session.scheme) if told else ""
        self.setToolTip(sentence)
        self.setAccessibleName(sentence)
        self.setCursor(Qt.CursorShape.PointingHandCursor if told else Qt.CursorShape.ArrowCursor)
        self.update()
        self.told_changed.emit()

    def _on_found(self, found: Labelled) -> None:
        self._waits_for = ""
        self._known[key_of(found.words)] = found
        self.look()

    def _on_article_opened(self) -> None:
        self._say(None)
        self._later.start()

    def _on_changed(self, changes: Changes) -> None:
        if changes.annotations or changes.corpus or changes.scheme or changes.everything:
            self._known.clear()
            self._look.stop()
            self._waits_for = ""
            self._later.start()
        elif changes.precedents:
            self._later.start()

    def _on_closing(self) -> None:
        self._later.stop()
        self._look.stop()


def decision(precedent: Precedent, scheme: Scheme) -> str:
    """Return in one line what was decided: the label, the reason."""
    label = label_of(scheme, precedent.label).name if precedent.label else ""
    return " – ".join(filter(None, (label, one_line(precedent.reason)))) or _("decided")


def told_of(told: Told, scheme: Scheme) -> str:
    """Return the line in words, as a tool tip shows it and a screen reader says it."""
    uses = told_uses(scheme, told.counts)
    parts = [f"{_('“{words}”').format(words=one_line(told.words[: _SHOWN * 2]))}: {uses}"]
    if told.is_missing:
        parts.append(_("not labelled here"))
    for each in told.precedents:
        parts.append(
            _("decided by {annotator}: {decision}").format(
                annotator=each.annotator, decision=decision(each, scheme)
            )
        )
    return "\n".join(parts)


def count_beside(path: Path, words: str, _progress: Progress) -> Labelled:
    """Count on a connection of one's own."""
    with Project.open(path, read_only=True) as project, snapshot(project):
        return consistency.labelled(project, words)

"""Says whom the selected annotation means: the likely ones first, the whole register by a few letters."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QLocale, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import Annotation, Changes
from annotator.gui import entity_deeds
from annotator.gui.article.keys import is_for_commands
from annotator.gui.article.view import ArticleView
from annotator.gui.entity_book import book_of
from annotator.gui.entity_choices import Choice, ChoiceDelegate, Choices, likely_ones, named_ones
from annotator.gui.marks import small_font
from annotator.language import _, n_
from annotator.store import annotations
from annotator.suggest.naming import Likely

_ROWS = 10
"""Rows to be seen at once."""

_UNSHIFTED = dict(zip("&é\"'(-è_ç", range(1, 10), strict=True))
"""The digits of an AZERTY keyboard without Shift."""

_ROWS_OF_DIGITS = (range(10, 19), range(2, 11))
"""Scan codes of the keys 1 to 9 on Linux and on Windows: a letter from another key is a letter."""

_STAYING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class EntityPicker(QFrame):
    """A field and a list below the words in question.

    Enter takes the current row, a digit the one that carries it while nothing is typed; Backspace in
    the empty field takes the reference away; Esc leaves. The keyboard goes back to the article.
    """

    def __init__(self, view: ArticleView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._session = view.session
        self._book = book_of(view.session)
        self._annotation: Annotation | None = None
        self._found: list[Likely] = []
        self._left_out = 0
        self._back: QWidget = view
        self._then: Callable[[Choice], None] | None = None
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.field = QLineEdit(self)
        self.list = QListView(self)
        self.model = Choices(self)
        self.line = QLabel(self)
        self._lay_out()
        self.hide()
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._on_typed)
        self.list.clicked.connect(self._on_clicked)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self._session.selection_changed.connect(self._on_elsewhere)
        self._session.article_opened.connect(self._on_elsewhere)
        self._session.changed.connect(self._on_changed)

    def open(self) -> None:
        """Ask for whom the selected annotation means; of a frame, for what fills its first slot."""
        annotation = self._mention()
        if annotation is None:
            return
        self._back, self._then = self._view, None
        self._ask(annotation)
        self._place(annotation)

    def ask(
        self, annotation: Annotation, back: QWidget, corner: QPoint, then: Callable[[Choice], None]
    ) -> None:
        """Ask whom annotations like this one mean, at a corner in `back`; `then` does what is chosen."""
        self._back, self._then = back, then
        self._ask(annotation)
        parent = self.parentWidget()
        assert parent is not None
        where = back.mapTo(parent, corner)
        y = where.y() if where.y() + self.height() <= parent.height() else where.y() - self.height()
        self.move(max(0, min(where.x(), parent.width() - self.width())), max(0, y))

    def take(self, choice: Choice) -> None:
        """Let the annotation refer to what was chosen, and give the keyboard back to the article."""
        annotation, then = self._annotation, self._then
        self.leave()
        if annotation is None:
            return
        if then is not None:
            then(choice)
        elif choice.entity is None:
            entity_deeds.let_go(self._session, annotation)
        elif choice.is_new or choice.entity.id != annotation.entity:
            entity_deeds.give(self._session, annotation, choice.entity, is_new=choice.is_new)

    def leave(self) -> None:
        """Close without a change; the keyboard goes back to where it came from."""
        self.hide()
        self._annotation = None
        self._back.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            if event.reason() not in _STAYING:
                self._on_elsewhere()
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            return self._takes(event)
        return False

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Keep Tab: there is nothing else to go to."""
        return True

    def _takes(self, event: QKeyEvent) -> bool:
        """Do what a key is for, unless it is for the field."""
        key = Qt.Key(event.key())
        steps: Mapping[Qt.Key, int] = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _ROWS - 1,
            Qt.Key.Key_PageUp: 1 - _ROWS,
        }
        is_empty = not self.field.text()
        numbered = [row for row in self.model.rows if row.number and row.number == _number(event)]
        if key in steps:
            self._choose(self.list.currentIndex().row() + steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_clicked(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif is_empty and key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._let_go()
        elif is_empty and numbered:
            self.take(numbered[0])
        else:
            return False
        return True

    def _let_go(self) -> None:
        if self._annotation and self._annotation.entity:
            self.take(Choice(None))

    def _ask(self, annotation: Annotation) -> None:
        """Show who is likely for an annotation."""
        self._annotation = annotation
        self._found = self._book.likely(annotation)
        words = entity_deeds.short(annotation.text)
        self.field.setPlaceholderText(_("Who is “{words}”? Type a name").format(words=words))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.clear()
        self._offer()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _mention(self) -> Annotation | None:
        """Return the annotation whose entity is asked for; says so when there is none."""
        session = self._session
        annotation = session.annotation(session.selected) if session.selected else None
        label = session.scheme.label(annotation.label) if annotation else None
        if annotation is None or label is None or not label.slots:
            return annotation
        slot = label.slots[0].name
        links = annotations.links_at(session.project, [annotation.id])
        fillers = [
            link.to_id for link in links if (link.from_id, link.type) == (annotation.id, slot)
        ]
        if not fillers:
            sentence = _("This has no {slot} yet; whom it means is said of the {slot}.")
            session.told.emit(sentence.format(slot=slot))
        return session.annotation(fillers[0]) if fillers else None

    def _offer(self) -> None:
        """Show whom the annotation may mean, by what was typed."""
        annotation, typed = self._annotation, self.field.text().strip()
        if annotation is None:
            return
        label = self._session.scheme.label(annotation.label).name
        if typed:
            offer = named_ones(annotation, label, self._found, self._book.register, typed)
        else:
            now = self._book.get(annotation.entity) if annotation.entity else None
            offer = likely_ones(annotation, label, self._found, now)
        self.model.show(offer.rows)
        self._left_out = offer.left_out
        self.list.setVisible(bool(offer.rows))
        self._fit()
        self._choose(offer.current)
        if not offer.rows:
            self._say(_("Nobody was named before. Type a name to look for, or for somebody new."))

    def _choose(self, row: int) -> None:
        last = self.model.rowCount() - 1
        self.list.setCurrentIndex(self.model.index(min(last, max(0, row)), 0))

    def _say(self, sentence: str) -> None:
        room = self.width() - self.fontMetrics().height() * 2
        shown = self.line.fontMetrics().elidedText(sentence, Qt.TextElideMode.ElideRight, room)
        self.line.setText(shown)
        self.line.setToolTip(sentence)

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceDelegate(self.list))
        self.list.setAccessibleName(_("Who is meant"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.line.setObjectName("quiet")
        self.line.setFont(small_font(self.font()))
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setContentsMargins(em // 2, 0, em // 2, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em // 3, em // 3, em // 3, em // 3)
        layout.setSpacing(em // 3)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.line)

    def _fit(self) -> None:
        """Take the height that the rows need."""
        em = self.fontMetrics().height()
        rows = min(_ROWS, self.model.rowCount())
        self.list.setFixedHeight(rows * max(1, self.list.sizeHintForRow(0)) + 2 if rows else 0)
        parent = self.parentWidget()
        assert parent is not None
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(min(em * 30, parent.width() - em), layout.sizeHint().height())

    def _place(self, annotation: Annotation) -> None:
        """Go below the words, or above them where there is no room below."""
        view, parent = self._view, self.parentWidget()
        assert parent is not None
        fragment = annotation.fragments[0]
        view.reveal(fragment.start)
        first, last = view.rectangle(fragment.start), view.rectangle(fragment.end)
        if last.top() - first.top() > first.height() * 4:
            last = first
        gap = round(first.height() / 3)
        corner = QPoint(round(first.left()), round(last.bottom()) + gap)
        below = view.viewport().mapTo(parent, corner)
        above = view.viewport().mapTo(parent, QPoint(corner.x(), round(first.top()) - gap))
        x = max(0, min(below.x() - gap, parent.width() - self.width()))
        y = below.y()
        if y + self.height() > parent.height():
            y = max(0, above.y() - self.height())
        self.move(x, y)

    def _on_typed(self) -> None:
        self._offer()

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.take(self.model.rows[index.row()])

    def _on_current(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        choice = self.model.rows[index.row()]
        rest = n_("{count} more; type on", "{count} more; type on", self._left_out)
        count = QLocale().toString(self._left_out)
        more = rest.format(count=count) if self._left_out else ""
        self._say(" · ".join(filter(None, (choice.told, more))))
        self.field.setAccessibleDescription(", ".join(filter(None, (choice.text, choice.reason))))

    def _on_elsewhere(self) -> None:
        """Close where the annotator has gone on to something else."""
        self.hide()
        self._annotation = None

    def _on_changed(self, changes: Changes) -> None:
        annotation = self._annotation
        if annotation is None:
            return
        if changes.everything or changes.entities or annotation.id in changes.annotations:
            self._annotation = self._session.annotation(annotation.id)
            if self._annotation is None:
                self.leave()
            else:
                self._found = self._book.likely(self._annotation)
                self._offer()


def picker_of(view: ArticleView, parent: QWidget) -> EntityPicker:
    """Return the picker of a view: there is one, made when it is first asked for."""
    return parent.findChild(EntityPicker) or EntityPicker(view, parent)


def _number(event: QKeyEvent) -> int:
    """Return the digit a key stands for, 0 for any other key; "é" is one only on the key of the 2."""
    typed = event.text()
    if len(typed) != 1 or is_for_commands(event):
        return 0
    if typed.isdecimal():
        return int(typed)
    number = _UNSHIFTED.get(typed, 0)
    is_digit_key = any(
        event.nativeScanCode() in keys and keys.index(event.nativeScanCode()) + 1 == number
        for keys in _ROWS_OF_DIGITS
    )
    return number if is_digit_key or not typed.isalpha() else 0

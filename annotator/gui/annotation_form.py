"""Everything about one annotation: label, text, attributes, links, note, and where it comes from."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import Annotation, AnnotationState, Link
from annotator.core.scheme import Attribute, Label
from annotator.gui import entity_deeds
from annotator.gui.article import deeds
from annotator.gui.article.view import ArticleView
from annotator.gui.attribute_editors import AttributeEditors
from annotator.gui.entity_book import book_of
from annotator.gui.entity_line import EntityLine
from annotator.gui.flow_layout import Column
from annotator.gui.frame_form import FrameForm
from annotator.gui.line_button import LineButton
from annotator.gui.marks import small_font, swatch_icon
from annotator.gui.note_edit import NoteEdit
from annotator.gui.session import Session
from annotator.gui.suggester_words import claim_line, claims_of, origin_name
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.store import annotations

_LONG = 280
_LONG_WORD = re.compile(r"(\S{24})\S{2,}")
"""What no line of the panel has room for, such as a web address."""


class AnnotationForm(QScrollArea):
    """Shows the annotation it is told to and writes what is changed in it, through the session."""

    place_chosen = Signal(int, int)
    entity_chosen = Signal(str)
    entity_asked = Signal()
    left = Signal()

    def __init__(
        self, session: Session, theme: Theme, view: ArticleView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._theme = theme
        self._annotation: Annotation | None = None
        self._editors: AttributeEditors | None = None
        self._editors_of: tuple[Attribute | bool, ...] = ()
        self._linked: object = None
        self._book = book_of(session)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self._build()
        self.label.activated.connect(self._on_label_activated)
        self.back.clicked.connect(self._on_back)
        self.accept_button.clicked.connect(self._on_accept)
        self.reject_button.clicked.connect(self._on_reject)
        self.entity.shown.connect(self._on_entity_shown)
        self.entity.asked.connect(self.entity_asked)
        self.entity.let_go.connect(self._on_entity_let_go)
        self.note.written.connect(self._on_note_written)
        self.note.left.connect(self.left)

    @property
    def annotation_id(self) -> str:
        """The annotation shown, "" before the first."""
        return self._annotation.id if self._annotation else ""

    def show_annotation(self, annotation: Annotation) -> None:
        """Show an annotation as the project has it; words being typed into it stay."""
        same = annotation.id == self.annotation_id
        if not same:
            self.flush()
        self._annotation = annotation
        self._show_labels(annotation)
        self._show_suggestion(annotation)
        self._show_text(annotation)
        self.frame.show_frame(annotation)
        self._show_attributes(annotation)
        self._show_entity(annotation)
        self._show_links(annotation)
        self.note.show_note(annotation.note, same=same)
        self._facts.setText(_facts(annotation))
        for widget in (self.label, self.note, self._attributes, self._verdict):
            widget.setEnabled(not self._session.is_read_only)

    def flush(self) -> None:
        """Write what was typed and not yet written."""
        self.note.flush()
        if self._editors:
            self._editors.flush()

    def forget(self) -> None:
        """Show nothing from now on; what is unwritten has been flushed or its annotation is gone."""
        self._annotation = None
        self.note.show_note("", same=False)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self._linked = None
        self.frame.set_theme(theme)
        if self._annotation:
            self.show_annotation(self._annotation)

    def _build(self) -> None:
        gap = self.fontMetrics().height() // 2
        body = Column(self)
        body.setAutoFillBackground(False)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(gap)
        layout.addLayout(self._build_head(body))
        layout.addWidget(self._build_verdict(body))
        self._text = QLabel(body)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setWordWrap(True)
        self._text.setContentsMargins(gap // 2, 0, gap // 2, 0)
        self._text.setMinimumWidth(1)  # else one long word pushes everything out of the panel
        layout.addWidget(self._text)
        self._fragments = _Lines(body)
        layout.addWidget(self._fragments)
        self.frame = FrameForm(self._view, self._theme, body)
        layout.addWidget(self.frame)
        self._attributes = QWidget(body)
        QVBoxLayout(self._attributes).setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._attributes)
        self.entity = EntityLine(body)
        layout.addWidget(self.entity)
        self._links = _Lines(body)
        layout.addWidget(self._links)
        self.note = NoteEdit(body)
        layout.addWidget(self.note)
        self._facts = QLabel(body)
        self._facts.setWordWrap(True)
        self._facts.setFont(small_font(self.font()))
        self._facts.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        layout.addWidget(self._facts)
        layout.addStretch(1)
        self.setWidget(body)

    def _build_head(self, body: QWidget) -> QHBoxLayout:
        self.label = QComboBox(body)
        self.label.setAccessibleName(_("Label"))
        self.label.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.label.setMinimumContentsLength(6)
        self.back = QToolButton(body)
        self.back.setText("×")
        self.back.setAutoRaise(True)
        self.back.setToolTip(_("Back to all annotations of the article"))
        self.back.setAccessibleName(_("Back to all annotations of the article"))
        row = QHBoxLayout()
        row.addWidget(self.label, 1)
        row.addWidget(self.back)
        return row

    def _build_verdict(self, body: QWidget) -> QWidget:
        self._verdict = QFrame(body)
        self._reason = QLabel(self._verdict)
        self._reason.setWordWrap(True)
        self._reason.setTextFormat(Qt.TextFormat.PlainText)
        self.accept_button = QPushButton(_("Accept"), self._verdict)
        self.accept_button.setProperty("look", "primary")
        self.reject_button = QPushButton(_("Reject"), self._verdict)
        buttons = QHBoxLayout()
        buttons.addWidget(self.accept_button)
        buttons.addWidget(self.reject_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self._verdict)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._reason)
        layout.addLayout(buttons)
        return self._verdict

    def _show_labels(self, annotation: Annotation) -> None:
        shown = [*self._session.scheme.active]
        if all(label.id != annotation.label for label in shown):
            shown.append(self._session.scheme.label(annotation.label))
        size = self.fontMetrics().height()
        self.label.clear()
        self.label.setIconSize(QSize(size, size))
        for label in shown:
            self.label.addItem(swatch_icon(self._theme, label.colour, size), label.name, label.id)
        self.label.setCurrentIndex(self.label.findData(annotation.label))

    def _show_suggestion(self, annotation: Annotation) -> None:
        suggested = annotation.state is AnnotationState.SUGGESTED
        self._verdict.setVisible(suggested)
        if suggested:
            self._reason.setText("\n".join(map(claim_line, claims_of(annotation))))

    def _show_text(self, annotation: Annotation) -> None:
        text = annotation.text
        self._text.setText(
            _LONG_WORD.sub(r"\1…", text if len(text) <= _LONG else text[:_LONG] + "…")
        )
        several = len(annotation.fragments) > 1
        self._fragments.show_lines(
            [
                LineButton(
                    self._theme,
                    f"{each.start}–{each.end}",
                    each.surface[:_LONG] if several else _("go there"),
                )
                for each in annotation.fragments
            ]
        )
        for each, line in zip(annotation.fragments, self._fragments.lines, strict=True):
            line.setProperty("place", (each.start, each.end))
            line.clicked.connect(self._on_place_clicked)

    def _show_attributes(self, annotation: Annotation) -> None:
        wanted = _attributes(self._session.scheme.label(annotation.label), annotation.attributes)
        # In a frame the digits take speakers.
        is_numbered = not self._session.frame
        if self._editors is None or (*wanted, is_numbered) != self._editors_of:
            if self._editors:
                self._editors.deleteLater()
            self._editors = AttributeEditors(wanted, self._attributes, is_numbered=is_numbered)
            self._editors_of = (*wanted, is_numbered)
            self._editors.value_chosen.connect(self._on_value_chosen)
            layout = self._attributes.layout()
            assert layout is not None
            layout.addWidget(self._editors)
        self._attributes.setVisible(bool(wanted))
        self._editors.show_values(annotation.attributes)

    def _show_entity(self, annotation: Annotation) -> None:
        """Show whom a mention refers to; a frame is no mention, unless it refers to somebody all the same."""
        entity = self._book.get(annotation.entity) if annotation.entity else None
        is_writable = not self._session.is_read_only
        is_mention = not self._session.scheme.label(annotation.label).slots
        self.entity.setVisible(entity is not None or (is_mention and is_writable))
        self.entity.show_entity(entity, self._theme, is_writable=is_writable)

    def _show_links(self, annotation: Annotation) -> None:
        slots = {slot.name for slot in self._session.scheme.label(annotation.label).slots}
        found = [
            link
            for link in annotations.links_at(self._session.project, [annotation.id])
            if link.to_id == annotation.id or link.type not in slots
        ]
        lines = [line for link in found if (line := self._link_line(annotation, link))]
        self._links.show_lines(lines)

    def _link_line(self, annotation: Annotation, link: Link) -> LineButton | None:
        outwards = link.from_id == annotation.id
        other = self._session.annotation(link.to_id if outwards else link.from_id)
        if other is None:
            return None
        lead = f"{link.type} →" if outwards else _("{type} of").format(type=link.type)
        line = LineButton(self._theme, lead, other.text[:_LONG])
        line.setProperty("annotation", other.id)
        line.clicked.connect(self._on_link_clicked)
        return line

    def _on_label_activated(self) -> None:
        annotation, label_id = self._annotation, self.label.currentData()
        if annotation is None or label_id == annotation.label:
            return
        self.label.setCurrentIndex(self.label.findData(annotation.label))
        name = _("Relabel as {name}").format(name=self._session.scheme.label(label_id).name)
        self._session.do(name, lambda deed: annotations.relabel(deed, annotation.id, label_id))

    def _on_value_chosen(self, name: str, value: str | bool | None) -> None:
        if self._annotation is None:
            return
        annotation_id = self._annotation.id
        title = _("Set {attribute}") if value is not None else _("Clear {attribute}")
        self._session.do(
            title.format(attribute=name),
            lambda deed: annotations.set_attribute(deed, annotation_id, name, value),
        )

    def _on_entity_shown(self) -> None:
        if self._annotation and self._annotation.entity:
            self.entity_chosen.emit(self._annotation.entity)

    def _on_entity_let_go(self) -> None:
        if self._annotation:
            entity_deeds.let_go(self._session, self._annotation)

    def _on_note_written(self, note: str) -> None:
        annotation_id = self.annotation_id
        if annotation_id and self._session.annotation(annotation_id):
            self._session.do(
                _("Edit note"), lambda deed: annotations.set_note(deed, annotation_id, note)
            )

    def _on_accept(self) -> None:
        self._judge(AnnotationState.ACCEPTED)

    def _on_reject(self) -> None:
        self._judge(AnnotationState.REJECTED)

    def _judge(self, state: AnnotationState) -> None:
        if self.annotation_id:
            deeds.settle(self._session, [self.annotation_id], state)

    def _on_place_clicked(self) -> None:
        line = self.sender()
        if line is not None:
            self.place_chosen.emit(*line.property("place"))

    def _on_link_clicked(self) -> None:
        line = self.sender()
        if line is not None:
            self._session.select(line.property("annotation"))

    def _on_back(self) -> None:
        self._session.select("")


class _Lines(QWidget):
    """Lines to click, one below the other; hidden when there is none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[LineButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def show_lines(self, lines: Iterable[LineButton]) -> None:
        for line in self.lines:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = list(lines)
        for line in self.lines:
            self._layout.addWidget(line)
        self.setVisible(bool(self.lines))


def _attributes(label: Label, values: Mapping[str, Any]) -> tuple[Attribute, ...]:
    """Return what the label declares, and a line for each value that it does not."""
    declared = {attribute.name for attribute in label.attributes}
    others = (name for name in values if name not in declared)
    return (*label.attributes, *(Attribute(name, "text") for name in others))


def _facts(annotation: Annotation) -> str:
    settled = {"unchanged": _("accepted as it was"), "changed": _("accepted with changes")}
    made = moment(annotation.created)
    parts = [
        annotation.annotator,
        origin_name(annotation.origin),
        settled.get(annotation.settled),
        made,
    ]
    line = " · ".join(filter(None, parts))
    if annotation.updated and moment(annotation.updated) != made:
        line += "\n" + _("changed {moment}").format(moment=moment(annotation.updated))
    return line


def moment(iso: str) -> str:
    """Return a moment in UTC as the clock on the wall showed it: the hour today, else the day too."""
    when = QDateTime.fromString(iso, Qt.DateFormat.ISODateWithMs).toLocalTime()
    if not when.isValid():
        return iso
    locale = QLocale()
    hour = locale.toString(when.time(), QLocale.FormatType.ShortFormat)
    if when.date() == QDateTime.currentDateTime().date():
        return hour
    return f"{locale.toString(when.date(), QLocale.FormatType.ShortFormat)} {hour}"

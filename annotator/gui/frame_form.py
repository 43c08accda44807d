"""The slots of a frame in the inspector: what fills them, who else might, what follows from it all."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.core import quotes
from annotator.core.model import Annotation
from annotator.core.scheme import Label, Slot
from annotator.gui.article.view import ArticleView
from annotator.gui.buttons import ChoiceButton, small_button
from annotator.gui.entity_book import book_of
from annotator.gui.line_button import LineButton
from annotator.gui.marks import small_font
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.suggest.proposal import Speaker

_LONG = 120
"""Code points of a filler that are shown; nobody reads more of them in a narrow panel."""

Range = tuple[int, int]
"""A `[start, end)` in code points."""


class FrameForm(QWidget):
    """Shows the frame at work; what is clicked here is done by the article view, as its keys do it."""

    def __init__(self, view: ArticleView, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._session = view.session
        self._theme = theme
        self._book = book_of(view.session)
        self._frame: Annotation | None = None
        self.slots: list[SlotLines] = []
        self.speakers: list[LineButton] = []
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(self.fontMetrics().height() // 4)
        self._rows = QVBoxLayout()
        self._body.addLayout(self._rows)
        self.swap = QPushButton(_("Swap source and addressee"), self)
        self.swap.setProperty("look", "quiet")
        self.swap.clicked.connect(view.framing.swap)
        self._body.addWidget(self.swap, 0, Qt.AlignmentFlag.AlignLeft)
        self._heading = _quiet(_("Likely speakers"), self)
        self._body.addWidget(self._heading)
        self._ranked = QVBoxLayout()
        self._ranked.setSpacing(0)
        self._body.addLayout(self._ranked)
        self.computed = _quiet("", self)
        self.computed.setWordWrap(True)
        self._body.addWidget(self.computed)
        view.framing_changed.connect(self._on_framing_changed)

    def show_frame(self, annotation: Annotation) -> None:
        """Show the slots of an annotation if its label has any; else show nothing."""
        label = self._view.scene.label(annotation.label)
        self._frame = annotation if label.slots else None
        self.setVisible(bool(label.slots))
        if label.slots:
            self._show_slots(annotation, label)
            self._show_speakers()
            self.computed.setText(" · ".join(self._facts(annotation, label)))
            self.computed.setVisible(bool(self.computed.text()))

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours when next shown."""
        self._theme = theme

    def _show_slots(self, frame: Annotation, label: Label) -> None:
        for each in self.slots:
            self._rows.removeWidget(each)
            each.hide()
            each.deleteLater()
        self.slots = [SlotLines(slot, self) for slot in label.slots]
        links = self._view.scene.links.parts(frame.id)
        for each in self.slots:
            each.name.setChecked(self._is_armed(each.slot))
            each.name.setEnabled(not self._session.is_read_only)
            each.name.clicked.connect(partial(self._on_slot_clicked, each.slot.name))
            for link in links:
                filler = (
                    self._session.annotation(link.to_id) if link.type == each.slot.name else None
                )
                if filler:
                    self._add_filler(each, filler)
            each.finish()
            self._rows.addWidget(each)
        alike = [slot for slot in label.slots[1:] if slot.labels == label.slots[0].labels]
        has_fillers = any(
            link.type in {label.slots[0].name, *(s.name for s in alike)} for link in links
        )
        self.swap.setVisible(bool(alike) and has_fillers and not self._session.is_read_only)
        if alike:
            text = _("Swap {one} and {other}")
            self.swap.setText(text.format(one=label.slots[0].name, other=alike[-1].name))

    def _add_filler(self, lines: "SlotLines", filler: Annotation) -> None:
        entity = self._book.get(filler.entity) if filler.entity else None
        text = filler.text[:_LONG]
        line = LineButton(self._theme, self._view.scene.label(filler.label).name, text, lines)
        if entity and entity.name != text:
            line.setText(f"{text} → {entity.name}")
        line.clicked.connect(partial(self._session.select, filler.id))
        remove = lines.add(line)
        remove.setEnabled(not self._session.is_read_only)
        remove.clicked.connect(partial(self._view.framing.empty, lines.slot.name, filler.id))

    def _show_speakers(self) -> None:
        """Show who the digits would take; they are thought of a moment after the frame was selected."""
        for each in self.speakers:
            self._ranked.removeWidget(each)
            each.hide()
            each.deleteLater()
        ranked = self._numbered()
        self.speakers = [
            LineButton(self._theme, str(number), self._words(speaker), self)
            for number, speaker in enumerate(ranked, 1)
        ]
        for number, line in enumerate(self.speakers, 1):
            line.setToolTip(ranked[number - 1].reason)
            line.clicked.connect(partial(self._view.candidates.take, number))
            self._ranked.addWidget(line)
        self._heading.setVisible(bool(ranked))
        slot = self._view.candidates.slot()
        is_first = slot is not None and slot == self._view.framing.slots()[0]
        is_spoken = is_first and slot is not None and slot.name == "source"
        heading = _("Likely speakers") if is_spoken else _("Near by")
        self._heading.setText(heading)

    def _numbered(self) -> Sequence[Speaker]:
        frame, session = self._frame, self._session
        if frame is None or session.frame != frame.id or session.is_read_only:
            return ()
        return self._view.candidates.thought()

    def _words(self, speaker: Speaker) -> str:
        if speaker.range is None:
            return speaker.reason
        words = " ".join(self._view.text[slice(*speaker.range)].split())
        return f"{words} – {speaker.reason}"

    def _facts(self, frame: Annotation, label: Label) -> Iterable[str]:
        """Yield what follows from where the parts stand."""
        content = _ranges(frame)
        parts = self._view.scene.links.parts(frame.id)
        for slot in label.slots:
            fillers = [self._session.annotation(p.to_id) for p in parts if p.type == slot.name]
            found = [each for each in fillers if each is not None]
            if slot.name == "source":
                form = quotes.source_form(found[0].text if found else "")
                yield _("source: {form}").format(form=form_name(form))
            elif slot.name == "cue":
                position = quotes.cue_position(content, _ranges(found[0]) if found else [])
                yield _("cue: {position}").format(position=position_name(position))
        depth = quotes.nesting(content, self._others(frame))
        if depth:
            yield n_("inside {n} other", "inside {n} others", depth).format(n=depth)
        if len(content) > 1:
            yield n_("{n} fragment", "{n} fragments", len(content)).format(n=len(content))

    def _others(self, frame: Annotation) -> list[list[Range]]:
        """Return where the other frames of the label stand, as far as they touch this one."""
        index = self._view.scene.index
        near = index.between(frame.start, frame.end)
        ids = {span.annotation for span in near if span.label == frame.label} - {frame.id}
        return [[(span.start, span.end) for span in index.of(each)] for each in ids]

    def _is_armed(self, slot: Slot) -> bool:
        return self._view.framing.armed == slot.name

    def _on_slot_clicked(self, slot: str) -> None:
        self._view.framing.arm(slot)
        self._view.setFocus()

    def _on_framing_changed(self) -> None:
        if self._frame is None or self.isHidden():
            return
        for each in self.slots:
            each.name.setChecked(self._is_armed(each.slot))
        self._show_speakers()


class SlotLines(QWidget):
    """One slot: its name as a button that arms it, and a line for each filler."""

    def __init__(self, slot: Slot, parent: QWidget) -> None:
        super().__init__(parent)
        self.slot = slot
        self.lines: list[LineButton] = []
        self.removers: list[QToolButton] = []
        self.name = ChoiceButton(self)
        key = slot.key.upper()
        self.name.setText(f"{slot.name}  {key}" if key else slot.name)
        told = _("Fill it with the words you click next; the key takes those at the caret")
        self.name.setToolTip(told)
        self.name.setAccessibleName(_("Fill {slot}").format(slot=slot.name))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.name, 0, Qt.AlignmentFlag.AlignLeft)

    def add(self, line: LineButton) -> QToolButton:
        """Add a filler and return the button that takes it out."""
        told = _("Take “{words}” out of {slot}").format(words=line.text(), slot=self.slot.name)
        remove = small_button(self, "×", told)
        row = QHBoxLayout()
        row.addWidget(line, 1)
        row.addWidget(remove)
        self._layout.addLayout(row)
        self.lines.append(line)
        self.removers.append(remove)
        return remove

    def finish(self) -> None:
        """Say of an empty slot that it is."""
        if not self.lines:
            empty = _quiet(_("nothing yet"), self)
            empty.setIndent(self.fontMetrics().height() // 2)
            # As high as the line of a filler.
            empty.setFixedHeight(self.fontMetrics().height() * 3 // 2)
            self._layout.addWidget(empty)


def form_name(form: str) -> str:
    """Return what the form of a source is called on the screen."""
    names = {"name": _("a name"), "noun": _("a noun"), "pronoun": _("a pronoun")}
    return names.get(form, _("none"))


def position_name(position: str) -> str:
    """Return what the place of a cue is called on the screen."""
    names = {"before": _("before"), "inside": _("in the middle"), "after": _("behind")}
    return names.get(position, _("none"))


def _ranges(annotation: Annotation) -> list[Range]:
    return [(each.start, each.end) for each in annotation.fragments]


def _quiet(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setFont(small_font(parent.font()))
    label.setForegroundRole(parent.palette().ColorRole.PlaceholderText)
    return label

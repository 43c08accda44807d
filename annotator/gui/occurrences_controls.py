"""The lines above the occurrences: which label they get, where and how they are looked for."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.core.occurrences import Likeness
from annotator.core.scheme import Scheme
from annotator.gui.buttons import ChoiceButton
from annotator.gui.flow_layout import Paragraph
from annotator.gui.marks import swatch_icon
from annotator.gui.theme import Theme
from annotator.language import _


class Reach(StrEnum):
    """Where occurrences are looked for."""

    ARTICLE = "article"
    LISTED = "listed"
    CORPUS = "corpus"


class Controls(QWidget):
    """Says what is wanted; the panel does it. Digits press the choices, as their names show."""

    label_changed = Signal(str)
    reach_changed = Signal()
    likeness_changed = Signal()
    removal_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.heading = QLabel(self)
        self.label = QComboBox(self)
        self.entity = QLabel(self)
        self.removal = ChoiceButton(self)
        self.reaches = {each: ChoiceButton(self) for each in Reach}
        self.whole = ChoiceButton(self)
        self.case = ChoiceButton(self)
        self.accents = ChoiceButton(self)
        self.inflected = ChoiceButton(self)
        self.aliases = ChoiceButton(self)
        self._group = QButtonGroup(self)
        self._has_parts = False
        self._name()
        self._lay_out()
        self.label.activated.connect(self._on_label_activated)
        self.removal.clicked.connect(self.removal_changed)
        self._group.buttonClicked.connect(self.reach_changed)
        for choice in self.choices:
            choice.clicked.connect(self.likeness_changed)

    @property
    def choices(self) -> Sequence[ChoiceButton]:
        """The choices of likeness in the order of their digits."""
        return (self.whole, self.case, self.accents, self.inflected, self.aliases)

    @property
    def reach(self) -> Reach:
        """Where to look."""
        return next(each for each, button in self.reaches.items() if button.isChecked())

    @property
    def likeness(self) -> Likeness:
        """How like the words an occurrence must be."""
        return Likeness(
            whole=self.whole.isChecked(),
            case=self.case.isChecked(),
            accents=self.accents.isChecked(),
            inflected=self.inflected.isChecked(),
        )

    @property
    def label_id(self) -> str:
        """The label that is to be given, or taken away."""
        return str(self.label.currentData() or "")

    def set_reach(self, reach: Reach) -> None:
        """Look elsewhere, without saying so."""
        self.reaches[reach].setChecked(True)

    def allow_parts(self, *, is_wanted: bool) -> None:
        """Look within words because the words at hand are a part of one; else as was chosen before."""
        if is_wanted and self.whole.isChecked():
            self.whole.setChecked(False)
            self._has_parts = True
        elif self._has_parts and not is_wanted:
            self.whole.setChecked(True)
            self._has_parts = False

    def step_reach(self, *, backwards: bool = False, round_: bool = False) -> None:
        """Look in more articles, or in fewer; `round_` begins again behind the last."""
        shown = [each for each, button in self.reaches.items() if not button.isHidden()]
        place = shown.index(self.reach) + (-1 if backwards else 1) if self.reach in shown else 0
        if round_:
            place %= len(shown)
        if 0 <= place < len(shown):
            self.reaches[shown[place]].click()

    def press(self, number: int) -> bool:
        """Press the choice of a digit; False when there is none."""
        if not 1 <= number <= len(self.choices) or self.choices[number - 1].isHidden():
            return False
        self.choices[number - 1].click()
        return True

    def show_labels(self, scheme: Scheme, label_id: str) -> None:
        """Offer the labels in use, this one chosen."""
        with QSignalBlocker(self.label):
            self.label.clear()
            size = self.fontMetrics().height()
            for label in scheme.active:
                name = f"{label.name}  ({label.key.upper()})" if label.key else label.name
                self.label.addItem(swatch_icon(self._theme, label.colour, size), name, label.id)
            self.label.setCurrentIndex(max(0, self.label.findData(label_id)))

    def choose_label(self, label_id: str) -> None:
        """Give another label, as by a click."""
        place = self.label.findData(label_id)
        if place >= 0 and place != self.label.currentIndex():
            self.label.setCurrentIndex(place)
            self.label_changed.emit(label_id)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme

    def _name(self) -> None:
        self.heading.setObjectName("heading")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.entity.setObjectName("quiet")
        self.entity.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setAccessibleName(_("Label to give"))
        self.label.setToolTip(_("Its letter chooses a label, with Shift if that is A or N"))
        self.label.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.removal.setText(_("Remove the label"))
        self.removal.setToolTip(_("List what has this label, to take it away (Backspace)"))
        for reach, name in (
            (Reach.ARTICLE, _("This article")),
            (Reach.LISTED, _("Articles listed")),
            (Reach.CORPUS, _("All articles")),
        ):
            self.reaches[reach].setText(name)
            self.reaches[reach].setToolTip(_("← → look in fewer or more articles"))
            self._group.addButton(self.reaches[reach])
        self.reaches[Reach.ARTICLE].setChecked(True)
        names = (
            (_("Whole words"), _("Leave out what is part of a longer word")),
            (_("Same capitals"), _("Tell Pierre from pierre")),
            (_("Same accents"), _("Tell é from e")),
            (_("Plural, elision"), _("Policier finds policiers; l’ and 's are left out")),
            (_("Other names"), _("Look for the names of the same entity, too")),
        )
        for number, (choice, (name, tip)) in enumerate(zip(self.choices, names, strict=True), 1):
            choice.setText(f"{number} {name}")
            choice.setAccessibleName(name)
            choice.setToolTip(tip)
        for choice in (self.whole, self.case, self.aliases):
            choice.setChecked(True)

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 3
        first = QHBoxLayout()
        first.setSpacing(gap * 2)
        first.addWidget(self.heading)
        first.addWidget(self.label)
        first.addWidget(self.entity, 1)
        first.addWidget(self.removal)
        second = Paragraph(self, gap=gap)
        between = QWidget(self)
        between.setFixedSize(gap * 2, 1)
        for button in (*self.reaches.values(), between, *self.choices):
            second.flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap)
        layout.addLayout(first)
        layout.addWidget(second)

    def _on_label_activated(self) -> None:
        self.label_changed.emit(self.label_id)

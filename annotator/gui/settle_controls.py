"""The lines above the suggestions to settle: where they stand, what they say, who says so, how sure."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.core.scheme import Scheme
from annotator.gui.buttons import ChoiceButton
from annotator.gui.flow_layout import Paragraph
from annotator.gui.marks import swatch_icon
from annotator.gui.occurrences_controls import Reach
from annotator.gui.score_slider import ScoreSlider
from annotator.gui.suggester_words import origin_name
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.store.waiting import Sieve


class SettleControls(QWidget):
    """Says what passes; the panel shows it. Digits press the choices, as their names show."""

    reach_changed = Signal()
    sieve_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        self.heading = QLabel(self)
        self.label = QComboBox(self)
        self.origin = QComboBox(self)
        self.reaches = {each: ChoiceButton(self) for each in Reach}
        self.alike = ChoiceButton(self)
        self.score = QLabel(self)
        self.slider = ScoreSlider(theme, self)
        self._group = QButtonGroup(self)
        self._name()
        self._lay_out()
        self._show_score()
        self._group.buttonClicked.connect(self.reach_changed)
        self.label.activated.connect(self.sieve_changed)
        self.origin.activated.connect(self.sieve_changed)
        self.alike.clicked.connect(self.sieve_changed)
        self.slider.valueChanged.connect(self._on_score_changed)

    @property
    def reach(self) -> Reach:
        """Where to look."""
        return next(each for each, button in self.reaches.items() if button.isChecked())

    @property
    def sieve(self) -> Sieve:
        """What passes."""
        return Sieve(
            self.slider.value(),
            str(self.label.currentData() or ""),
            str(self.origin.currentData() or ""),
            self._words if self.alike.isChecked() else "",
        )

    @property
    def words(self) -> str:
        """The words that can be asked for alone."""
        return self._words

    def set_sieve(self, sieve: Sieve, words: str) -> None:
        """Let this pass from now on, without saying so; `words` are those that can be asked for."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(sieve.score)
        for box, value in ((self.label, sieve.label), (self.origin, sieve.origin)):
            if value and box.findData(value) < 0:
                box.addItem(value, value)
            box.setCurrentIndex(max(0, box.findData(value)))
        self._words = words
        shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
        self.alike.setText(_("4 Only “{words}”").format(words=" ".join(shown.split())))
        self.alike.setVisible(bool(words))
        self.alike.setChecked(bool(sieve.words))
        self._show_score()

    def set_reach(self, reach: Reach) -> None:
        """Look elsewhere, without saying so."""
        self.reaches[reach].setChecked(True)

    def step_reach(self) -> None:
        """Look in more articles; behind all of them, in this one again."""
        shown = [each for each, button in self.reaches.items() if not button.isHidden()]
        self.reaches[shown[(shown.index(self.reach) + 1) % len(shown)]].click()

    def step_score(self, steps: int) -> None:
        """Ask for a higher score, or a lower one."""
        self.slider.setValue(self.slider.value() + steps * self.slider.singleStep())

    def step_origin(self) -> None:
        """Ask for the next of those who suggest; behind the last, for all."""
        self.origin.setCurrentIndex((self.origin.currentIndex() + 1) % self.origin.count())
        self.sieve_changed.emit()

    def press(self, number: int) -> bool:
        """Press the choice of a digit; False when there is none."""
        choices = (*self.reaches.values(), self.alike)
        if not 1 <= number <= len(choices) or choices[number - 1].isHidden():
            return False
        choices[number - 1].click()
        return True

    def choose_label(self, label_id: str) -> None:
        """Ask for a label, as by a click; for all again if it is asked for already."""
        place = self.label.findData(label_id)
        if place < 0:
            return
        self.label.setCurrentIndex(0 if place == self.label.currentIndex() else place)
        self.sieve_changed.emit()

    def offer(self, scheme: Scheme, labels: Iterable[str], origins: Iterable[str]) -> None:
        """Offer these labels and those who suggest; what was chosen stays so."""
        sieve, size = self.sieve, self.fontMetrics().height()
        with QSignalBlocker(self.label), QSignalBlocker(self.origin):
            self.label.clear()
            self.label.addItem(_("Every label"), "")
            here = {*labels, sieve.label}
            for label in (each for each in scheme.labels if each.id in here):
                name = f"{label.name}  ({label.key.upper()})" if label.key else label.name
                self.label.addItem(swatch_icon(self._theme, label.colour, size), name, label.id)
            self.label.setCurrentIndex(max(0, self.label.findData(sieve.label)))
            self.origin.clear()
            self.origin.addItem(_("Every suggester"), "")
            for origin in dict.fromkeys((*origins, sieve.origin)):
                if origin:
                    self.origin.addItem(origin_name(origin), origin)
            self.origin.setCurrentIndex(max(0, self.origin.findData(sieve.origin)))

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self.slider.set_theme(theme)

    def _name(self) -> None:
        self.heading.setObjectName("heading")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setAccessibleName(_("Label of the suggestions"))
        self.label.setToolTip(_("A label's letter asks for it alone, again for every label"))
        self.origin.setAccessibleName(_("Who suggests"))
        self.origin.setToolTip(_("S goes to the next of those who suggest"))
        for box in (self.label, self.origin):
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        names = (_("This article"), _("Articles listed"), _("All articles"))
        for number, (reach, name) in enumerate(zip(Reach, names, strict=True), start=1):
            self.reaches[reach].setText(f"{number} {name}")
            self.reaches[reach].setAccessibleName(name)
            self._group.addButton(self.reaches[reach])
        self.reaches[Reach.ARTICLE].setChecked(True)
        self.slider.setToolTip(_("← → ask for less or more"))

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 3
        first = QHBoxLayout()
        first.setSpacing(gap * 2)
        first.addWidget(self.heading, 1)
        first.addWidget(self.label)
        first.addWidget(self.origin)
        choices = Paragraph(self, gap=gap)
        for button in (*self.reaches.values(), self.alike):
            choices.flow.addWidget(button)
        self.score.setMinimumWidth(
            self.fontMetrics().horizontalAdvance(_("from {n}%").format(n=100))
        )
        second = QHBoxLayout()
        second.setSpacing(gap * 2)
        second.addWidget(choices, 3)
        second.addWidget(self.score)
        second.addWidget(self.slider, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap)
        layout.addLayout(first)
        layout.addLayout(second)

    def _show_score(self) -> None:
        score = self.slider.value()
        self.score.setText(_("from {n}%").format(n=score) if score else _("any score"))

    def _on_score_changed(self) -> None:
        self._show_score()
        self.sieve_changed.emit()


_SHOWN = 30
"""Code points of the words that the choice of them shows."""

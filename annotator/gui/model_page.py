"""The page of the model: what it has learnt, how right it is, what more would bring, and its switches."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.assist import model_files, settings, spacy_choice, suggesters
from annotator.assist.model_files import Kept
from annotator.assist.modelling import NEEDED
from annotator.core.errors import UserError
from annotator.core.model import Changes
from annotator.gui.background import Background
from annotator.gui.charts.lines import Lines
from annotator.gui.charts.numbers import number
from annotator.gui.charts.shapes import Line, Point
from annotator.gui.model_scores import ScoreTable, percent
from annotator.gui.model_training import ModelTraining
from annotator.gui.model_words import judged, lesson, needed, remarks, summary
from annotator.gui.proposing import Proposer
from annotator.gui.session import Session
from annotator.gui.suggester_settings import SuggesterSettings
from annotator.gui.theme import Theme
from annotator.language import _

_REST = 300
"""Milliseconds without a change after which the page follows what is done elsewhere."""

SUGGESTER = "model"


class ModelPage(QDialog):
    """Shows the model of the open project, beside the work; what is switched here is kept at once."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        training: ModelTraining,
        proposer: Proposer,
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._proposer = proposer
        self._choices = SuggesterSettings(session, proposer, background, self)
        self._training = training
        self.setWindowTitle(_("Model"))
        self.headline = QLabel(self)
        self.about = QLabel(self)
        self.trouble = QLabel(self)
        self.scores = ScoreTable(theme, self)
        self.judged = QLabel(self)
        self.curve = Lines(
            _("Learning curve"), theme, self, y_words=percent_of, of_what=_("Articles"), highest=1.0
        )
        self.lesson = QLabel(self)
        self.empty = QLabel(self)
        self.train = QPushButton(self)
        self.cancel = QPushButton(_("&Stop"), self)
        self.forget = QPushButton(_("&Forget the model"), self)
        self.progress = QProgressBar(self)
        self.proposes = QCheckBox(_("It &proposes, when it is at least this sure:"), self)
        self.least = QSpinBox(self)
        self.automatic = QCheckBox(_("Train it &again by itself as more is done"), self)
        self.pipelines = QComboBox(self)
        self.shut = QPushButton(_("Close"), self)
        self._pages = QStackedWidget(self)
        self._later = QTimer(self, singleShot=True, interval=_REST)
        self._lay_out()
        self._connect()
        self._fill_pipelines()
        self.show_model()
        self.train.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self.scores.set_theme(theme)
        self.curve.set_theme(theme)

    def show_model(self) -> None:
        """Show what there is now."""
        if not self._session.is_open:
            return
        kept = model_files.load(self._session.project.path, self._session.scheme)
        done = self._training.done()
        self._show_words(kept, done)
        if kept.card is not None:
            self.scores.show_scores(kept.card.evaluation.scores, self._session.scheme)
            points = tuple(
                Point(point.articles, point.score.f1) for point in kept.card.evaluation.curve
            )
            self.curve.show_lines([Line("F1", "accent", points)] if points else [])
        self._pages.setCurrentIndex(int(kept.card is None))
        self._show_switches()
        self._show_buttons(kept)

    def _show_words(self, kept: Kept, done: int) -> None:
        card, scheme = kept.card, self._session.scheme
        told = [kept.trouble, self._training.trouble]
        if card is not None:
            micro = card.evaluation.scores.micro
            self.headline.setText(
                _("F1 {f1} on articles it had not seen").format(f1=percent(micro.f1))
            )
            self.about.setText(summary(card, done))
            self.judged.setText(judged(card))
            self.lesson.setText(lesson(card))
            told += remarks(card, scheme)
        else:
            self.headline.setText(_("There is no model yet"))
            self.about.setText(
                _(
                    "It learns what you label, here on your machine, and proposes the same elsewhere."
                )
            )
            from_now = _("Press “Train now”, or go on: it will be trained by itself.")
            if self._training.is_training:
                self.empty.setText(_("It is being trained; you can go on working."))
            else:
                self.empty.setText(needed(done) if done < NEEDED else from_now)
        self.trouble.setText("\n".join(filter(None, told)))
        self.trouble.setVisible(any(told))

    def _show_switches(self) -> None:
        chosen = settings.read(self._session.project)
        suggester = suggesters.named(SUGGESTER)
        is_writable = not self._session.is_read_only
        for widget, value in (
            (self.proposes, suggesters.is_on(suggester, chosen)),
            (self.automatic, self._training.is_automatic),
        ):
            widget.blockSignals(True)
            widget.setChecked(value)
            widget.blockSignals(False)
            widget.setEnabled(is_writable)
        self.least.blockSignals(True)
        self.least.setValue(round(suggesters.least(suggester, chosen) * 100))
        self.least.blockSignals(False)
        self.least.setEnabled(is_writable and self.proposes.isChecked())

    def _show_buttons(self, kept: Kept) -> None:
        is_training = self._training.is_training
        self.train.setText(_("&Train now") if kept.card is None else _("&Train again now"))
        self.train.setVisible(not is_training)
        self.cancel.setVisible(is_training)
        self.progress.setVisible(is_training)
        self.forget.setEnabled(kept.card is not None or bool(kept.trouble))

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        font = self.headline.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        self.headline.setFont(font)
        for quiet in (self.about, self.judged):
            quiet.setObjectName("quiet")
        for long in (self.about, self.judged, self.lesson, self.trouble, self.empty):
            long.setWordWrap(True)
        for said in (self.headline, self.about, self.judged, self.lesson, self.trouble):
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.train.setProperty("look", "primary")
        self.progress.setTextVisible(False)
        self.least.setRange(0, 100)
        self.least.setSingleStep(5)
        self.least.setSuffix(_("{number}%").format(number=""))
        self.least.setAccessibleName(_("Least sureness"))
        curve_head = QLabel(_("Learning curve: F1 after so many articles"), self)
        curve_head.setObjectName("heading")
        shown = QWidget(self)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em // 2)
        column.addWidget(self.scores)
        column.addWidget(self.judged)
        column.addSpacing(em // 2)
        column.addWidget(curve_head)
        column.addWidget(self.curve)
        column.addWidget(self.lesson)
        column.addStretch(1)
        self._pages.addWidget(shown)
        self._pages.addWidget(self.empty)
        switches = QHBoxLayout()
        switches.addWidget(self.proposes)
        switches.addWidget(self.least)
        switches.addStretch(1)
        buttons = QHBoxLayout()
        for button in (self.train, self.cancel):
            buttons.addWidget(button)
        buttons.addWidget(self.progress, 1)
        buttons.addStretch(1)
        buttons.addWidget(self.forget)
        buttons.addWidget(self.shut)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em // 2)
        for widget in (self.headline, self.about, self.trouble):
            layout.addWidget(widget)
        layout.addWidget(self._pages, 1)
        layout.addSpacing(em // 2)
        layout.addLayout(switches)
        layout.addWidget(self.automatic)
        spacy = QHBoxLayout()
        name = QLabel(_("Pipeline of &spaCy:"), self)
        name.setBuddy(self.pipelines)
        self.pipelines.setToolTip(_("Suggests beside the model once it is switched on (Shift+F5)"))
        spacy.addWidget(name)
        spacy.addWidget(self.pipelines)
        spacy.addStretch(1)
        layout.addLayout(spacy)
        layout.addSpacing(em // 2)
        layout.addLayout(buttons)
        for push in (self.train, self.cancel, self.forget, self.shut):
            push.setAutoDefault(False)
        self.resize(em * 44, em * 44)

    def _connect(self) -> None:
        self.train.clicked.connect(self._training.train)
        self.cancel.clicked.connect(self._training.cancel)
        self.forget.clicked.connect(self._training.forget)
        self.shut.clicked.connect(self.close)
        self.proposes.toggled.connect(self._on_proposes_toggled)
        self.least.valueChanged.connect(self._on_least_changed)
        self.pipelines.activated.connect(self._on_pipeline_chosen)
        self.automatic.toggled.connect(self._on_automatic_toggled)
        self._later.timeout.connect(self.show_model)
        self._training.changed.connect(self.show_model)
        self._training.progressed.connect(self._on_progressed)
        self._session.changed.connect(self._on_changed)
        self._session.closing.connect(self.close)

    def _on_proposes_toggled(self, is_on: bool) -> None:
        self._choices.switch(SUGGESTER, on=is_on)
        self._show_switches()

    def _fill_pipelines(self) -> None:
        """Offer the pipelines there are, the one in use among them."""
        project = self._session.project
        used = spacy_choice.read(project).pipeline
        there = spacy_choice.available(project.path)
        self.pipelines.addItem(_("no pipeline"), "")
        for name in [*there, *([used] if used and used not in there else [])]:
            shown = _("trained on this project") if name == spacy_choice.TRAINED else name
            self.pipelines.addItem(shown, name)
        self.pipelines.setCurrentIndex(self.pipelines.findData(used))
        self.pipelines.setEnabled(not self._session.is_read_only)

    def _on_pipeline_chosen(self) -> None:
        project = self._session.project
        try:
            choice = replace(spacy_choice.read(project), pipeline=self.pipelines.currentData())
            spacy_choice.write(project, choice)
        except UserError as error:
            self._session.failed.emit(str(error))
        self._proposer.look_again()

    def _on_least_changed(self, percent_: int) -> None:
        self._choices.set_least(SUGGESTER, percent_)

    def _on_automatic_toggled(self, is_on: bool) -> None:
        self._training.set_automatic(on=is_on)

    def _on_progressed(self, done: int, whole: int) -> None:
        self.progress.setRange(0, whole)
        self.progress.setValue(done)

    def _on_changed(self, changes: Changes) -> None:
        if changes.articles or changes.scheme or changes.everything:
            self._later.start()


def percent_of(share: float) -> str:
    """Return a share as axes write it."""
    return _("{number}%").format(number=number(share * 100))

"""The line above the ledger: of what it is, what lacks, what counts, and the way out as CSV."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.core.ledger import Ledger
from annotator.gui.buttons import ChoiceButton
from annotator.gui.flow_layout import FlowLayout
from annotator.gui.ledger_filter import Lack
from annotator.language import _


class Controls(QWidget):
    """Says what is wanted; the panel does it. `lack_chosen` carries "speaker", "cue" or ""."""

    scope_changed = Signal()
    states_changed = Signal()
    lack_chosen = Signal(str)
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.article = ChoiceButton(self)
        self.corpus = ChoiceButton(self)
        self.speakerless = ChoiceButton(self)
        self.cueless = ChoiceButton(self)
        self.suggestions = QCheckBox(self)
        self.save = QPushButton(self)
        self._scopes = QButtonGroup(self)
        self._name()
        self._lay_out()
        self._scopes.buttonClicked.connect(self.scope_changed)
        self.speakerless.clicked.connect(self._on_speakerless)
        self.cueless.clicked.connect(self._on_cueless)
        self.suggestions.toggled.connect(self.states_changed)
        self.save.clicked.connect(self.save_requested)

    @property
    def is_corpus(self) -> bool:
        """Whether the corpus is counted, not the open article."""
        return self.corpus.isChecked()

    @property
    def scope(self) -> ChoiceButton:
        """The button of what is counted."""
        return self.corpus if self.is_corpus else self.article

    @property
    def states(self) -> frozenset[str]:
        """The states of the quotes that count."""
        both = self.suggestions.isChecked()
        return frozenset(("accepted", "suggested") if both else ("accepted",))

    def show_ledger(self, ledger: Ledger | None) -> None:
        """Say what lacks in the ledger; None while it is counted for the first time."""
        speakerless, cueless = (
            (len(ledger.without_speaker), len(ledger.without_cue)) if ledger else (0, 0)
        )
        self._count(self.speakerless, _("Without speaker ({n})"), speakerless)
        self._count(self.cueless, _("Without cue ({n})"), cueless)
        self.save.setEnabled(bool(ledger and ledger.rows))

    def has_scope_focus(self) -> bool:
        """Whether the keyboard is on what is to be counted."""
        return self.article.hasFocus() or self.corpus.hasFocus()

    def press(self, lack: Lack) -> None:
        """Show which list of what lacks is looked at."""
        self.speakerless.setChecked(lack == "speaker")
        self.cueless.setChecked(lack == "cue")

    def _name(self) -> None:
        self.article.setText(_("This article"))
        self.corpus.setText(_("Corpus"))
        self.article.setChecked(True)
        self.speakerless.setToolTip(_("Quotes nobody speaks: show them alone."))
        self.cueless.setToolTip(_("Quotes without the words that report them: show them alone."))
        self.suggestions.setText(_("Include suggestions"))
        self.suggestions.setToolTip(_("Count quotes, too, that nobody has accepted yet."))
        self.save.setText(_("Save as CSV…"))
        self.save.setProperty("look", "quiet")
        self.save.setToolTip(_("One row a quote, all of them, whatever is filtered here."))
        self.save.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 3
        for button in (self.article, self.corpus):
            self._scopes.addButton(button)
        groups: tuple[tuple[QWidget, ...], ...] = (
            (self.article, self.corpus),
            (self.speakerless, self.cueless),
            (self.suggestions, self.save),
        )
        flow = FlowLayout(gap=gap * 2)
        height = max(button.sizeHint().height() for button in (self.article, self.save))
        for widgets in groups:
            box = QWidget(self)
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(gap)
            for widget in widgets:
                row.addWidget(widget)
            box.setFixedHeight(height)
            flow.addWidget(box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap * 2, 0, gap * 2, 0)
        layout.addLayout(flow)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _count(self, button: "ChoiceButton", text: str, count: int) -> None:
        """Name a list of what lacks; where nothing does, there is nothing to press."""
        button.setText(text.format(n=QLocale().toString(count)))
        button.setEnabled(count > 0 or button.isChecked())

    def _on_speakerless(self) -> None:
        self.lack_chosen.emit("speaker" if self.speakerless.isChecked() else "")

    def _on_cueless(self) -> None:
        self.lack_chosen.emit("cue" if self.cueless.isChecked() else "")

"""Shift+F5: where suggestions come from: who is on, who is believed first, what became of it."""

from collections.abc import Sequence

from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.assist import labels
from annotator.gui.background import Background
from annotator.gui.choice_table import ChoiceTable, Row
from annotator.gui.proposing import Proposer
from annotator.gui.session import Session
from annotator.gui.suggester_list import SuggesterList
from annotator.gui.suggester_page import SuggesterPage
from annotator.gui.suggester_settings import SuggesterSettings
from annotator.gui.theme import Theme
from annotator.gui.word_lists_page import WordListsPage
from annotator.language import _

MODEL = "model"
"""The suggester that has a page of its own."""


class SuggestersDialog(QDialog):
    """Every choice takes effect at once; there is nothing to confirm. `model` opens the model's page."""

    def __init__(
        self,
        session: Session,
        proposer: Proposer,
        background: Background,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        model: QAction | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._model = model
        self.setWindowTitle(_("Where suggestions come from"))
        self.setModal(False)
        self.settings = SuggesterSettings(session, proposer, background, self)
        self.list = SuggesterList(self)
        self.sooner = QPushButton(_("Believe &sooner"), self)
        self.later = QPushButton(_("Believe &later"), self)
        self.page = SuggesterPage(theme, self)
        self.kinds = ChoiceTable(_("Labels by kind"), [_("What is found"), _("Label")], self)
        self.lists = WordListsPage(session, background, theme, proposer.look_again, self)
        self.tabs = QTabWidget(self)
        self._lay_out()
        self._connect()
        self.list.setFocus()
        self.settings.reload()

    def stop(self) -> None:
        """Give up what is on its way."""
        self.settings.stop()
        self.lists.stop()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self.page.set_theme(theme)
        self.lists.set_theme(theme)

    def reject(self) -> None:
        """Escape closes; what was typed counts."""
        self.lists.flush()
        self.stop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.lists.flush()
        self.stop()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._build_suggesters(), _("Who suggests"))
        self.tabs.addTab(self._build_kinds(), _("Labels"))
        self.tabs.addTab(self.lists, _("Word lists"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(buttons)
        self.resize(em * 46, em * 32)
        is_writable = not self._session.is_read_only
        for widget in (self.list, self.sooner, self.later, self.page, self.kinds):
            widget.setEnabled(is_writable)

    def _build_suggesters(self) -> QWidget:
        page = QWidget(self)
        gap = self.fontMetrics().height() // 2
        hint = QLabel(
            _(
                "Of what overlaps, the longer is shown, else who stands higher. What is ticked suggests."
            ),
            page,
        )
        hint.setObjectName("quiet")
        hint.setWordWrap(True)
        left = QVBoxLayout()
        left.setSpacing(gap)
        left.addWidget(self.list, 1)
        moves = QHBoxLayout()
        for button in (self.sooner, self.later):
            moves.addWidget(button)
        left.addLayout(moves)
        left.addWidget(hint)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, gap, 0, 0)
        row.addLayout(left, 2)
        row.addWidget(self.page, 3)
        return page

    def _build_kinds(self) -> QWidget:
        page = QWidget(self)
        hint = QLabel(
            _(
                "Rules find people, dates and amounts by their kind. Say which label each is to have; "
                "what has none is not suggested."
            ),
            page,
        )
        hint.setWordWrap(True)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, self.fontMetrics().height() // 2, 0, 0)
        layout.addWidget(hint)
        layout.addWidget(self.kinds, 1)
        return page

    def _connect(self) -> None:
        self.settings.read.connect(self._on_read)
        self.list.currentRowChanged.connect(self._show_current)
        self.list.switched.connect(self._on_switched)
        self.list.ranked.connect(self._on_ranked)
        self.sooner.clicked.connect(self._on_sooner)
        self.later.clicked.connect(self._on_later)
        self.page.least_chosen.connect(self._on_least_chosen)
        self.page.asked.connect(self._on_asked)
        self.page.model_asked.connect(self._on_model_asked)
        self.kinds.chosen.connect(self._on_kind_chosen)

    def _show_current(self) -> None:
        portrait = self.settings.overview.portrait(self.list.current_id)
        row = self.list.currentRow()
        is_writable = not self._session.is_read_only
        self.sooner.setEnabled(is_writable and row > 0)
        self.later.setEnabled(is_writable and 0 <= row < self.list.count() - 1)
        if portrait:
            has_model = portrait.id == MODEL and self._model is not None
            self.page.show_portrait(portrait, has_model=has_model)

    def _show_kinds(self) -> None:
        offered: Sequence[tuple[str, str | None]] = [
            (_("not suggested"), ""),
            *((label.name, label.id) for label in labels.plain(self._session.scheme)),
        ]
        rows = [
            Row(labels.kind_name(kind), (), labels.kind_name(kind), offered, label_id)
            for kind, label_id in self.settings.overview.labels.items()
        ]
        self.kinds.choices.clear()
        self.kinds.show_rows(rows)

    def _on_read(self) -> None:
        overview = self.settings.overview
        self.list.show_rows(
            [(p.id, p.title, p.id in overview.on, not p.unable) for p in overview.portraits]
        )
        self._show_current()
        focus = self.focusWidget()
        if focus is None or not self.kinds.isAncestorOf(focus):
            self._show_kinds()

    def _on_switched(self, suggester_id: str, on: bool) -> None:
        self.settings.switch(suggester_id, on=on)

    def _on_ranked(self, ids: list[str]) -> None:
        self.settings.rank(ids)
        self._show_current()

    def _on_sooner(self) -> None:
        self.list.move_current(-1)

    def _on_later(self) -> None:
        self.list.move_current(1)

    def _on_least_chosen(self, score: int) -> None:
        self.settings.set_least(self.list.current_id, score)

    def _on_asked(self, label_id: str, is_asked: bool) -> None:
        self.settings.ask(self.list.current_id, label_id, is_asked=is_asked)

    def _on_model_asked(self) -> None:
        if self._model:
            self._model.trigger()

    def _on_kind_chosen(self) -> None:
        kinds = {labels.kind_name(kind): kind for kind in labels.KINDS}
        for name, label_id in self.kinds.choices.items():
            self.settings.set_label(kinds[name], label_id)
        self.kinds.choices.clear()

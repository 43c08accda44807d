"""The line above the findings: of what they are, how many of each kind, and the repairs."""

from collections.abc import Mapping

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.findings import Kind, kind_name
from annotator.gui.buttons import ChoiceButton
from annotator.gui.findings_model import REPAIR_KEY
from annotator.gui.flow_layout import FlowLayout
from annotator.gui.key_names import shown_key
from annotator.language import _, n_

REPAIR_ALL_KEY = f"Shift+{REPAIR_KEY}"


class Controls(QWidget):
    """Says what is wanted; the panel does it. A kind that is pressed shows its findings alone."""

    scope_changed = Signal()
    kind_changed = Signal()
    repair_requested = Signal()
    repair_all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.article = ChoiceButton(self)
        self.project = ChoiceButton(self)
        self.kinds = {kind: ChoiceButton(self) for kind in Kind}
        self.repair = QToolButton(self)
        self.repair_all = QToolButton(self)
        self._scopes = QButtonGroup(self)
        self._kinds = QWidget(self)
        self._flow = FlowLayout(gap=self.fontMetrics().height() // 3)
        self._name()
        self._lay_out()
        self._scopes.buttonClicked.connect(self.scope_changed)
        for choice in self.kinds.values():
            choice.clicked.connect(self._on_kind_clicked)
        self.repair.clicked.connect(self.repair_requested)
        self.repair_all.clicked.connect(self.repair_all_requested)

    @property
    def is_project(self) -> bool:
        """Whether all articles are meant, not the open one."""
        return self.project.isChecked()

    @property
    def kind(self) -> Kind | None:
        """The kind that is shown alone; None for all."""
        return next((kind for kind, choice in self.kinds.items() if choice.isChecked()), None)

    def show_counts(self, counts: Mapping[Kind, int]) -> None:
        """Say how many there are of each kind; of which there are none, that can no longer be pressed."""
        for kind, choice in self.kinds.items():
            count = counts.get(kind, 0)
            choice.setText(f"{kind_name(kind)} {QLocale().toString(count)}")
            choice.setAccessibleName(
                n_("{kind}: {n} finding", "{kind}: {n} findings", count).format(
                    kind=kind_name(kind), n=count
                )
            )
            choice.setVisible(count > 0)
            choice.setChecked(choice.isChecked() and count > 0)
        self._arrange()

    def offer(self, *, is_repairable: bool, of_kind: int) -> None:
        """Let the chosen finding be repaired, and all of its kind, if there are several."""
        self.repair.setEnabled(is_repairable)
        self.repair_all.setEnabled(is_repairable and of_kind > 1)
        text = _("Repair all of this kind ({n})") if of_kind > 1 else _("Repair all of this kind")
        self.repair_all.setText(text.format(n=QLocale().toString(of_kind)))

    def _name(self) -> None:
        self.article.setText(_("This article"))
        self.project.setText(_("Project"))
        self.article.setChecked(True)
        self.repair.setText(_("Repair"))
        self.repair.setToolTip(_("Repair the chosen finding ({key})").format(key=REPAIR_KEY))
        self.repair_all.setToolTip(
            _("Repair all findings of its kind that are listed, in one step ({key})").format(
                key=shown_key(REPAIR_ALL_KEY)
            )
        )
        for button in (self.repair, self.repair_all):
            button.setProperty("look", "choice")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 3
        for button in (self.article, self.project):
            self._scopes.addButton(button)
        first = FlowLayout(gap=gap * 2)
        first.addWidget(_row(self, gap, self.article, self.project))
        first.addWidget(_row(self, gap, self.repair, self.repair_all))
        self._kinds.setLayout(self._flow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap * 2, 0, gap * 2, 0)
        layout.setSpacing(gap)
        layout.addLayout(first)
        layout.addWidget(self._kinds)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _arrange(self) -> None:
        """Put the kinds in a row of which there are any, if there are several."""
        while self._flow.takeAt(0) is not None:
            pass
        shown = [choice for choice in self.kinds.values() if not choice.isHidden()]
        for choice in shown:
            self._flow.addWidget(choice)
        self._kinds.setVisible(len(shown) > 1)
        self._flow.invalidate()

    def _on_kind_clicked(self) -> None:
        pressed = self.sender()
        for choice in self.kinds.values():
            if choice is not pressed:
                choice.setChecked(False)
        self.kind_changed.emit()


def _row(parent: QWidget, gap: int, *widgets: QWidget) -> QWidget:
    box = QWidget(parent)
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    return box

"""Checks a project beside the work, on a connection of its own that only reads."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import Problem
from annotator.language import _, n_
from annotator.store import checks
from annotator.store.project import Project


def check(path: Path) -> list[Problem]:
    """Return what is wrong with a project; may be called in any thread. Raises UserError."""
    with Project.open(path, read_only=True) as project:
        return checks.check(project)


def verdict(problems: Sequence[Problem]) -> str:
    """Return the outcome of a check in a sentence."""
    if not problems:
        return _("The project is sound: every offset, text and reference is as it was written.")
    return n_(
        "The check found {n} problem.", "The check found {n} problems.", len(problems)
    ).format(n=len(problems))


class Findings(QDialog):
    """The problems a check found, to read and to copy."""

    def __init__(self, problems: Sequence[Problem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Findings"))
        sentence = QLabel(verdict(problems), self)
        self.text = QPlainTextEdit("\n".join(map(str, problems)), self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Findings"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton(_("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.addWidget(sentence)
        layout.addWidget(self.text)
        layout.addWidget(buttons)
        em = self.fontMetrics().height()
        self.resize(em * 44, em * 24)
        copy.clicked.connect(self._on_copy_clicked)
        buttons.rejected.connect(self.close)

    def _on_copy_clicked(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())

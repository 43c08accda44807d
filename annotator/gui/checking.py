"""Checks a project beside the work, on a connection of its own that only reads."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from annotator.core.model import Problem
from annotator.gui.background import Background
from annotator.gui.message_bar import MessageBar
from annotator.gui.tasks import Progress
from annotator.gui.text_dialog import lay_out_text
from annotator.language import _, n_
from annotator.store import checks
from annotator.store.project import Project

_REST = 3_000
"""Milliseconds a project is open before its texts are checked, beside the work that has begun."""

_STEPS = 10_000
"""Instructions of SQLite between two looks at whether the check is still wanted."""


def check(path: Path, progress: Progress) -> list[Problem]:
    """Return what is wrong with a project; may be called in any thread. Raises UserError."""

    def is_unwanted() -> bool:
        return not progress(0, 0)

    with Project.open(path, read_only=True) as project:
        project.conn.set_progress_handler(is_unwanted, _STEPS)
        return checks.check(project)


class Checker(QTimer):
    """Compares every text with what was written of it: when somebody asks, and a while after opening."""

    def __init__(self, background: Background, bar: MessageBar, parent: QWidget) -> None:
        super().__init__(parent, singleShot=True, interval=_REST)
        self._background = background
        self._bar = bar
        self._parent = parent
        self._path = Path()
        self.timeout.connect(self._on_due)

    def check_later(self, path: Path) -> None:
        """Check a project quietly, once it has been open for a while: only findings are told."""
        self._path = path
        self.start()

    def check(self, path: Path) -> None:
        """Check a project and say what was found, be it nothing."""
        task = self._background.run(_("Checking"), partial(check, path))
        task.finished.connect(self._on_checked)

    def _on_due(self) -> None:
        task = self._background.run(_("Checking"), partial(check, self._path), is_shown=False)
        task.finished.connect(self._tell_findings)

    def _on_checked(self, problems: list[Problem]) -> None:
        if problems:
            self._tell_findings(problems)
        else:
            self._bar.say(verdict(problems), "success")

    def _tell_findings(self, problems: list[Problem]) -> None:
        if problems:
            show = partial(self._show_findings, problems)
            self._bar.say(verdict(problems), "warning", offer=_("Show"), act=show)

    def _show_findings(self, problems: list[Problem]) -> None:
        Findings(problems, self._parent).open()


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
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        findings = "\n".join(map(str, problems))
        self.text = lay_out_text(
            self, verdict(problems), findings, _("Findings"), buttons, _("Copy")
        )
        buttons.rejected.connect(self.close)

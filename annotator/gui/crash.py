"""What is shown when the program itself is at fault: the work is safe, and this is what to report."""

import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from annotator import __version__
from annotator.gui.text_dialog import lay_out_text
from annotator.language import _


class CrashReporter:
    """Takes the place of `sys.excepthook`. Only one report is shown at a time."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._dialog: CrashDialog | None = None

    def report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Print the error, and show it where somebody will see it."""
        sys.__excepthook__(kind, error, trace)
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
        elif self._dialog is None or not self._dialog.isVisible():
            self._dialog = CrashDialog(describe(error), self._window)
            self._dialog.open()


class CrashDialog(QDialog):
    """The error in full, to copy; the work goes on or the program ends."""

    def __init__(self, description: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong"))
        sentence = _(
            "This is a mistake in Annotator, not yours. All you have done so far is saved. "
            "You can go on; if things look odd, close the window and open it again. "
            "Please report it with the text below."
        )
        buttons = QDialogButtonBox(self)
        leave = buttons.addButton(_("Quit"), QDialogButtonBox.ButtonRole.DestructiveRole)
        stay = buttons.addButton(_("Go on"), QDialogButtonBox.ButtonRole.AcceptRole)
        stay.setDefault(True)
        name = _("Description of the mistake")
        self.text = lay_out_text(self, sentence, description, name, buttons, _("Copy the text"))
        leave.clicked.connect(self._on_leave_clicked)
        buttons.accepted.connect(self.accept)

    def _on_leave_clicked(self) -> None:
        self.reject()
        parent = self.parentWidget()
        if parent is not None:
            parent.close()


def describe(error: BaseException) -> str:
    """Return the versions and the way to the error, without any of the user's texts."""
    lines = traceback.format_exception(error)
    python, system = platform.python_version(), platform.platform()
    versions = f"Annotator {__version__}, Python {python}, Qt {qVersion()}, {system}"
    return versions + "\n\n" + "".join(lines)

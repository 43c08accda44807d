"""Opens the window: Qt, language, look, and what is said when one of them fails. Imported when wanted."""

import os
import signal
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.core.errors import UserError
from annotator.language import _, current_language, use_language
from annotator.qt_libraries import missing, remedy

if TYPE_CHECKING:  # Importing Qt is the first thing that can fail.
    from PySide6.QtWidgets import QApplication, QWidget

_HEARTBEAT = 200
"""Milliseconds between two chances for Python to hear Ctrl+C in the terminal."""


def start(project: Path | None) -> int:
    """Show the window until it is closed and return its exit code.

    Raises UserError, saying what to install or to use, when Qt cannot show a window here.
    """
    _refuse_without_screen()
    try:
        from PySide6.QtWidgets import QApplication

        _leave_sources_unread()
        from annotator.gui.preferences import Preferences, default_path
        from annotator.gui.style import chosen_theme, dress
        from annotator.gui.window import MainWindow
    except ImportError as error:
        raise UserError(
            _("Qt cannot be loaded: {error}. {remedy}").format(error=error, remedy=_reinstall())
        ) from error
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    preferences = Preferences(default_path())
    _introduce(app)
    speak(app, preferences.settings.language)
    dress(app, chosen_theme(preferences.settings.theme, app))
    window = MainWindow(preferences)
    _catch_our_faults(window)
    _listen_to_signals(app)
    window.show()
    if project is not None:
        window.open_project(project)
    return app.exec()


def speak(app: "QApplication", language: str) -> None:
    """Use the preferred language, for Qt's own buttons and the names of keys too."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    from annotator.gui.key_names import KeyNames

    if language:
        use_language(language)
    QLocale.setDefault(QLocale(current_language()))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{current_language()}", folder):
        app.installTranslator(translator)
    app.installTranslator(KeyNames(app))


def _leave_sources_unread() -> None:
    """Keep PySide from reading the source of every module that is imported: a twelfth of the start.

    It looks for the name PySide6, to know where `from __feature__ import` may count (PYSIDE-2029);
    nobody here asks for its features. Where it goes about it otherwise, nothing happens.
    """
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _asks_for_no_feature


def _asks_for_no_feature(_module: object) -> bool:
    return False


def _refuse_without_screen() -> None:
    """Say beforehand what Qt would only abort over."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or not (
        platform == "" or platform.startswith(("xcb", "wayland"))
    ):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise UserError(
            _(
                "There is no screen to show a window on: neither DISPLAY nor WAYLAND_DISPLAY is set. "
                "Start Annotator from a desktop, use “ssh -X”, or work with the commands that "
                "“annotator --help” lists."
            )
        )
    lacking = missing()
    if lacking:
        raise UserError(remedy(lacking))


def _reinstall() -> str:
    lacking = missing(offscreen=True)
    return (
        remedy(lacking)
        if lacking
        else _("Install it anew with “pip install --force-reinstall annotator”.")
    )


def _introduce(app: "QApplication") -> None:
    from annotator import __version__
    from annotator.gui.icons import application_icon

    app.setApplicationName("annotator")
    app.setApplicationDisplayName("Annotator")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("annotator")
    app.setWindowIcon(application_icon())


def _catch_our_faults(window: "QWidget") -> None:
    from annotator.gui.crash import CrashReporter

    sys.excepthook = CrashReporter(window).report


def _listen_to_signals(app: "QApplication") -> None:
    """Close the window properly on Ctrl+C and when the system ends the program."""
    from PySide6.QtCore import QTimer

    def ask_to_close(*_signal: object) -> None:
        # Python hears a signal between any two steps of ours, perhaps amid a deed: closing waits its turn.
        QTimer.singleShot(0, app, partial(_close, app))

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask_to_close)
    heartbeat = QTimer(app, interval=_HEARTBEAT)
    heartbeat.timeout.connect(_let_python_run)
    heartbeat.start()


def _close(app: "QApplication") -> None:
    """Close every window and end, whatever else may be open."""
    app.closeAllWindows()
    app.exit(0)


def _let_python_run() -> None:
    """Do nothing: Python looks at signals whenever it runs."""

"""The names of keys, as keyboards and our help have them: Qt's French says “Retour” for Enter."""

from PySide6.QtCore import QObject, QTranslator
from PySide6.QtGui import QKeySequence

from annotator.language import _


class KeyNames(QTranslator):
    """Names a few keys in menus, tooltips and fields; Qt names the others."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._names = {
            "Return": _("Enter"),
            "Enter": _("Enter"),
            "Backspace": _("Backspace"),
            "Del": _("Delete"),
            "Left": "←",
            "Right": "→",
            "Up": "↑",
            "Down": "↓",
        }

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        # None, not "": Qt then asks its own catalogue.
        return self._names.get(source) if context == "QShortcut" else None


def key_sequence(key: str) -> QKeySequence:
    """Return the keys of a name as commands and preferences spell it, in English whatever Qt speaks."""
    return QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText)


def shown_key(key: str) -> str:
    """Return a key as it is printed on the keyboard and in the system's menus."""
    return key_sequence(key).toString(QKeySequence.SequenceFormat.NativeText)

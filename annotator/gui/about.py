"""What this program is, its version, and under which terms it may be used."""

import platform

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator import __version__
from annotator.gui.icons import application_icon
from annotator.language import _


class About(QDialog):
    """A few lines; the versions can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("About Annotator"))
        em = self.fontMetrics().height()
        picture = QLabel(self)
        picture.setPixmap(application_icon().pixmap(QSize(em * 4, em * 4)))
        name = QLabel("Annotator", self)
        name.setObjectName("welcomeTitle")
        saying = QLabel(_("Mark who and what an article speaks of, and who says what."), self)
        versions = QLabel(
            f"Annotator {__version__} · Python {platform.python_version()} · Qt {qVersion()}", self
        )
        versions.setObjectName("quiet")
        versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        licence = QLabel(_("Free software under the MIT licence. Qt is used under the LGPL."), self)
        licence.setObjectName("quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        words = QVBoxLayout()
        for label in (name, saying, versions, licence):
            words.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(em)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em)
        layout.addLayout(row)
        layout.addWidget(buttons)

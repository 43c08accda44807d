"""The preferences: who annotates, language, look, keys. Each takes effect as it is chosen."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.scheme import Scheme
from annotator.gui.commands import Command
from annotator.gui.preferences import LARGEST, SMALLEST, THEMES, Preferences
from annotator.gui.shortcuts import Shortcuts
from annotator.language import LANGUAGES, _


class PreferencesDialog(QDialog):
    """Two pages; there is nothing to confirm."""

    def __init__(
        self,
        preferences: Preferences,
        commands: Mapping[str, Command],
        scheme: Scheme | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Preferences"))
        self._preferences = preferences
        settings = preferences.settings
        self.annotator = QLineEdit(settings.annotator, self)
        self.language = QComboBox(self)
        self.theme = QComboBox(self)
        self.text_size = QSpinBox(self)
        self.shortcuts = Shortcuts(commands, settings.keys, scheme, self)
        self._lay_out()
        self.annotator.editingFinished.connect(self._on_changed)
        self.language.activated.connect(self._on_changed)
        self.theme.activated.connect(self._on_changed)
        self.text_size.valueChanged.connect(self._on_changed)
        self.shortcuts.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        tabs = QTabWidget(self)
        tabs.setDocumentMode(True)
        tabs.addTab(self._build_general(), _("General"))
        tabs.addTab(self.shortcuts, _("Keys"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(tabs, 1)
        layout.addWidget(buttons)
        em = self.fontMetrics().height()
        self.resize(em * 38, em * 32)

    def _build_general(self) -> QWidget:
        page = QWidget(self)
        em = self.fontMetrics().height()
        settings = self._preferences.settings
        names = {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}
        _fill(self.theme, {name: names[name] for name in THEMES}, settings.theme)
        _fill(self.language, {"": _("As the system"), **LANGUAGES}, settings.language)
        self.text_size.setRange(SMALLEST, LARGEST)
        self.text_size.setValue(settings.text_size)
        self.text_size.setPrefix("+" if settings.text_size > 0 else "")
        self.text_size.setSpecialValueText("")
        later = QLabel(_("The language changes when Annotator is started again."), page)
        later.setObjectName("quiet")
        form = QFormLayout(page)
        form.setContentsMargins(em, em, em, em)
        form.setVerticalSpacing(em * 3 // 4)
        form.setHorizontalSpacing(em)
        form.addRow(_("Your name"), self.annotator)
        form.addRow(_("Theme"), self.theme)
        form.addRow(_("Size of the article’s letters"), self.text_size)
        form.addRow(_("Language"), self.language)
        form.addRow("", later)
        return page

    def _on_changed(self) -> None:
        settings = self._preferences.settings
        self.text_size.setPrefix("+" if self.text_size.value() > 0 else "")
        self._preferences.keep(
            replace(
                settings,
                annotator=self.annotator.text().strip() or settings.annotator,
                theme=self.theme.currentData(),
                language=self.language.currentData(),
                text_size=self.text_size.value(),
                keys=dict(self.shortcuts.keys),
            )
        )


def _fill(box: QComboBox, choices: Mapping[str, str], chosen: str) -> None:
    for value, text in choices.items():
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))

"""Dresses Qt's own widgets in the theme: Fusion, its palette, and one short style sheet."""

from dataclasses import fields
from string import Template

from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator.gui.theme import Theme, load_theme, system_theme_name
from annotator.resources import resource


def dress(app: QApplication, theme: Theme) -> None:
    """Give every window of the application the look of a theme."""
    app.setStyle("Fusion")
    app.setPalette(theme.palette())
    app.setStyleSheet(style_sheet(theme))


def style_sheet(theme: Theme) -> str:
    """Return the style sheet with the theme's colours in the place of their names."""
    template = Template(resource("themes", "window.qss").read_text("utf-8"))
    roles = {field.name: getattr(theme, field.name) for field in fields(theme)}
    colours = {name: value.name() for name, value in roles.items() if isinstance(value, QColor)}
    return template.substitute(colours, name=theme.name, icons=resource("icons").as_posix())


def chosen_theme(name: str, app: QGuiApplication) -> Theme:
    """Return the theme of a preference: "light", "dark" or "system"."""
    return load_theme(name if name in ("light", "dark") else system_theme_name(app))

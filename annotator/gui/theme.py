"""What the window looks like by day and by night: roles and label colours, read from a theme file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from annotator.core.scheme import COLOURS
from annotator.resources import resource

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Shades:
    """One label colour: `fill` lies under words, `line` draws edges, `ink` writes tags."""

    fill: QColor
    line: QColor
    ink: QColor


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of the window by the part they play; `colours` has the shades of each label colour."""

    name: str
    is_dark: bool
    window: QColor
    panel: QColor
    paper: QColor
    field: QColor
    text: QColor
    muted: QColor
    border: QColor
    accent: QColor
    accent_text: QColor
    danger: QColor
    warning: QColor
    success: QColor
    selection: QColor
    selection_text: QColor
    hover: QColor
    focus: QColor
    caret: QColor
    match: QColor
    match_current: QColor
    colours: Mapping[str, Shades]

    def shades(self, colour: str) -> Shades:
        """Return the shades of a label colour; a name the theme does not know is grey."""
        return self.colours.get(colour) or self.colours["grey"]

    def palette(self) -> QPalette:
        """Return the palette for Qt's own widgets."""
        palette = QPalette()
        for role, colour in self._roles().items():
            palette.setColor(role, colour)
        for role in (
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.Text,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.muted)
        return palette

    def _roles(self) -> dict[QPalette.ColorRole, QColor]:
        role = QPalette.ColorRole
        return {
            role.Window: self.window,
            role.WindowText: self.text,
            role.Base: self.field,
            role.AlternateBase: self.panel,
            role.Text: self.text,
            role.PlaceholderText: self.muted,
            role.Button: self.panel,
            role.ButtonText: self.text,
            role.BrightText: self.danger,
            role.Highlight: self.selection,
            role.HighlightedText: self.selection_text,
            role.Link: self.accent,
            role.LinkVisited: self.accent,
            role.ToolTipBase: self.panel,
            role.ToolTipText: self.text,
            role.Light: self.hover,
            role.Midlight: self.hover,
            role.Mid: self.border,
            role.Dark: self.border,
            role.Shadow: self.border,
            role.Accent: self.accent,
        }


@cache
def load_theme(name: str) -> Theme:
    """Return the theme of this name. Raises FileNotFoundError or ValueError: the file ships with us."""
    table = tomllib.loads(resource("themes", f"{name}.toml").read_text("utf-8"))
    roles = {role: _colour(value) for role, value in table["roles"].items()}
    wanted = {f.name for f in fields(Theme)} - {"name", "is_dark", "colours"}
    if set(roles) != wanted or set(table["colours"]) != set(COLOURS):
        raise ValueError(f"the theme {name} lacks or invents a colour")
    colours = {colour: _shades(row) for colour, row in table["colours"].items()}
    return Theme(table["name"], table["is_dark"], colours=MappingProxyType(colours), **roles)


def system_theme_name(app: QGuiApplication) -> str:
    """Return "dark" when the system asks for it, else "light".

    Connect to `app.styleHints().colorSchemeChanged` to hear of a change.
    """
    scheme = app.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG 2.2 (1.4.3), from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _shades(row: Mapping[str, Any]) -> Shades:
    return Shades(_colour(row["fill"]), _colour(row["line"]), _colour(row["ink"]))


def _colour(value: str) -> QColor:
    colour = QColor(value)
    if not colour.isValid():
        raise ValueError(f"not a colour: {value}")
    return colour


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

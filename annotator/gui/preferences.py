"""What the annotator prefers on this machine, kept in one small JSON file from one day to the next."""

import getpass
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import orjson
import platformdirs
from PySide6.QtCore import QObject, Signal

THEMES = ("system", "light", "dark")
RECENT = 10
"""How many projects are remembered."""

SMALLEST, LARGEST = -4, 12
"""Steps of one point by which the article's letters may differ from the usual size."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One state of the preferences. `keys` holds, by command id, only what the user changed.

    `hidden` names panels that are there unless they are hidden, `opened` those that are not unless
    they are opened.

    An empty `language` means the system's. `layout` holds Qt's own descriptions of sizes, in base64.
    """

    annotator: str = ""
    language: str = ""
    theme: str = "system"
    text_size: int = 0
    recent: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    layout: Mapping[str, str] = field(default_factory=dict)
    all_links: bool = False


class Preferences(QObject):
    """The settings in use; `changed` follows every `keep` that alters something."""

    changed = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self.settings = read(path)

    def keep(self, settings: Settings) -> None:
        """Use these settings and write them down; a disk that refuses costs only the memory of them."""
        if settings == self.settings:
            return
        self.settings = settings
        write(self._path, settings)
        self.changed.emit()

    def remember_project(self, path: Path) -> None:
        """Put a project first among the recent ones."""
        self._set_recent((str(path.absolute()), *self._recent_without(path)))

    def forget_project(self, path: Path) -> None:
        """Leave a project out of the recent ones."""
        self._set_recent(self._recent_without(path))

    def _recent_without(self, path: Path) -> tuple[str, ...]:
        return tuple(place for place in self.settings.recent if place != str(path.absolute()))

    def _set_recent(self, recent: tuple[str, ...]) -> None:
        self.keep(replace(self.settings, recent=recent[:RECENT]))


def default_path() -> Path:
    """Return where the preferences of this user are."""
    return Path(platformdirs.user_config_dir("annotator", appauthor=False)) / "preferences.json"


def login_name() -> str:
    """Return what the system calls the person at the keyboard, "" when it does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def read(path: Path) -> Settings:
    """Return the settings of a file; whatever cannot be read of it is as on the first day."""
    try:
        table = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return Settings()
    return _settings(table) if isinstance(table, dict) else Settings()


def write(path: Path, settings: Settings) -> bool:
    """Write the settings beside the old file, then over it; False when the disk refuses."""
    table = {**asdict(replace(settings, keys={}, layout={}))}
    table |= {"keys": dict(settings.keys), "layout": dict(settings.layout)}
    beside = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(orjson.dumps(table, option=orjson.OPT_INDENT_2))
        os.replace(beside, path)
    except OSError:
        return False
    return True


def _settings(table: Mapping[str, Any]) -> Settings:
    """Keep what has the type it should have: a file of another version must not stop the window."""
    usual = Settings()
    values: dict[str, Any] = {}
    for part in fields(Settings):
        value, default = table.get(part.name), getattr(usual, part.name)
        if isinstance(default, tuple) and isinstance(value, list):
            values[part.name] = tuple(str(item) for item in value)
        elif isinstance(default, Mapping) and isinstance(value, dict):
            values[part.name] = _strings(value) if part.name == "layout" else _keys(value)
        elif type(value) is type(default):
            values[part.name] = value
    return _within_bounds(replace(usual, **values))


def _within_bounds(settings: Settings) -> Settings:
    return replace(
        settings,
        theme=settings.theme if settings.theme in THEMES else "system",
        text_size=min(LARGEST, max(SMALLEST, settings.text_size)),
    )


def _strings(table: Mapping[str, Any]) -> dict[str, str]:
    return {name: value for name, value in table.items() if isinstance(value, str)}


def _keys(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        command: tuple(str(key) for key in keys)
        for command, keys in table.items()
        if isinstance(keys, list)
    }

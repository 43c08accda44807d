"""The menu bar: the commands in their menus, the recent projects, a line for each label."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QMenuBar

from annotator.core.scheme import Scheme
from annotator.gui.actions import Actions
from annotator.gui.commands import menus
from annotator.language import _

_RECENT_AFTER, _LABELS_BEFORE = "project.sample", "annotate.grow"


class Menus(QObject):
    """Fills a menu bar. `label_chosen` carries a label's id."""

    label_chosen = Signal(str)
    project_chosen = Signal(Path)

    def __init__(self, bar: QMenuBar, actions: Actions) -> None:
        super().__init__(bar)
        self.recent = QMenu(_("Recent projects"), bar)
        self.labels = QMenu(_("Label"), bar)
        self.menus = {name: bar.addMenu(title) for name, title in menus().items()}
        self._fill(actions)

    def set_recent(self, paths: list[Path]) -> None:
        """Offer these projects."""
        self.recent.clear()
        for path in paths:
            action = self.recent.addAction(path.stem)
            action.setToolTip(str(path))
            action.setStatusTip(str(path))
            action.triggered.connect(partial(self._on_recent_triggered, path))
        self.recent.setEnabled(bool(paths))

    def set_scheme(self, scheme: Scheme | None, *, is_writable: bool) -> None:
        """Offer the labels in use, each with its letter; the article view itself hears the letters."""
        self.labels.clear()
        for label in scheme.active if scheme else ():
            name = label.name.replace("&", "&&")
            action = self.labels.addAction(f"{name}\t{label.key.upper()}" if label.key else name)
            action.setData(label.id)
            action.triggered.connect(partial(self._on_label_triggered, label.id))
        self.labels.setEnabled(is_writable and not self.labels.isEmpty())

    def _fill(self, actions: Actions) -> None:
        groups: dict[str, int] = {}
        for command in actions.commands.values():
            menu = self.menus[command.menu]
            if groups.setdefault(command.menu, command.group) != command.group:
                menu.addSeparator()
                groups[command.menu] = command.group
            if command.id == _LABELS_BEFORE:
                menu.addMenu(self.labels)
            menu.addAction(actions[command.id])
            if command.id == _RECENT_AFTER:
                menu.addMenu(self.recent)

    def _on_recent_triggered(self, path: Path, _checked: bool = False) -> None:
        self.project_chosen.emit(path)

    def _on_label_triggered(self, label_id: str, _checked: bool = False) -> None:
        self.label_chosen.emit(label_id)

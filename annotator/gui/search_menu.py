"""The menu of results, and the menus of its buttons: everything that can be done, with its keys."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QMenu, QWidget, QWidgetAction

from annotator.core.scheme import Attribute, Label, Scheme
from annotator.gui.key_names import shown_key
from annotator.gui.marks import swatch_icon
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.store.many import Value

Set = Callable[[str, Value], object]


def label_menu(
    parent: QWidget, scheme: Scheme, theme: Theme, give: Callable[[Label], object]
) -> QMenu:
    """Return a menu of the labels in use, each with its letter."""
    menu = QMenu(_("Label"), parent)
    size = parent.fontMetrics().height()
    for label in scheme.active:
        name = _named(label.name, label.key.upper())
        action = menu.addAction(swatch_icon(theme, label.colour, size), name)
        action.triggered.connect(_calling(partial(give, label)))
    return menu


def attribute_menu(
    parent: QWidget, scheme: Scheme, label_ids: Iterable[str], set_value: Set
) -> QMenu:
    """Return a menu of the attributes that these labels have, each with its values or a field for one."""
    menu = QMenu(_("Set attribute"), parent)
    wanted = set(label_ids)
    seen: dict[str, Attribute] = {}
    for label in scheme.labels:
        if label.id in wanted:
            for attribute in label.attributes:
                seen.setdefault(attribute.name, attribute)
    for attribute in seen.values():
        values = menu.addMenu(_named(attribute.name))
        offered: list[tuple[str, Value]] = [(each, each) for each in attribute.values]
        if attribute.kind == "flag":
            offered = [(_("Yes"), True)]
        for text, value in offered:
            action = values.addAction(_named(text))
            action.triggered.connect(_calling(partial(set_value, attribute.name, value)))
        if attribute.kind == "text":
            values.addAction(_field(values, attribute.name, set_value))
        values.addSeparator()
        action = values.addAction(_("Take it away"))
        action.triggered.connect(_calling(partial(set_value, attribute.name, None)))
    if not seen:
        menu.addAction(_("These labels have no attribute")).setEnabled(False)
    return menu


def add(
    menu: QMenu, text: str, key: str, act: Callable[[], object], *, is_enabled: bool = True
) -> None:
    """Add a line with the key that does the same in the list."""
    action = menu.addAction(_named(text, shown_key(key) if key else ""))
    action.setEnabled(is_enabled)
    action.triggered.connect(_calling(act))


def _field(menu: QMenu, name: str, set_value: Set) -> QWidgetAction:
    """Return a field in a menu, for an attribute that takes any text; Enter sets it and closes the menus."""
    action = QWidgetAction(menu)
    field = QLineEdit(menu)
    field.setPlaceholderText(_("Any text, then Enter"))
    field.setAccessibleName(name)

    def enter() -> None:
        text = field.text().strip()
        for shown in menu.window(), menu.parentWidget():
            if shown is not None and shown.isWindow():
                shown.close()
        if text:
            set_value(name, text)

    field.returnPressed.connect(enter)
    action.setDefaultWidget(field)
    menu.aboutToShow.connect(field.setFocus)
    return action


def _calling(act: Callable[[], object]) -> Callable[[bool], None]:
    """Return what calls it without Qt's word on whether the line is ticked."""

    def run(_checked: bool = False) -> None:
        act()

    return run


def _named(text: str, key: str = "") -> str:
    name = text.replace("&", "&&")
    return f"{name}\t{key}" if key else name

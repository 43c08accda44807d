"""Labelling, holding and changing labels in the palette."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from annotator.gui.label_palette import LabelPalette
from annotator.gui.label_palette_model import COUNT, CURRENT
from annotator.gui.session import Session
from annotator.gui.theme import load_theme
from annotator.store import annotations

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(alone: Session, qtbot: QtBot) -> LabelPalette:
    found = LabelPalette(alone, load_theme("light"))
    qtbot.addWidget(found)
    found.resize(260, 400)
    found.show()
    qtbot.waitExposed(found)
    return found


def middle(panel: LabelPalette, label_id: str) -> QPoint:
    return panel.view.visualRect(panel.model.index(panel.model.place(label_id))).center()


def pin(panel: LabelPalette, label_id: str) -> QPoint:
    box = panel.view.visualRect(panel.model.index(panel.model.place(label_id)))
    return panel._delegate.pin_box(box, panel.view.fontMetrics()).center()


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_a_click_labels_and_leaves_the_keyboard_where_it_is(
    panel: LabelPalette, qtbot: QtBot
) -> None:
    panel.edit.setFocus()
    with qtbot.waitSignal(panel.label_chosen) as told:
        qtbot.mouseClick(panel.view.viewport(), LEFT, pos=middle(panel, "loc"))
    assert told.args == ["loc"]
    assert not panel.view.hasFocus()


def test_the_pin_makes_a_label_sticky_without_labelling(panel: LabelPalette, qtbot: QtBot) -> None:
    chosen = QSignalSpy(panel.label_chosen)
    armed = QSignalSpy(panel.armed_changed)
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=pin(panel, "org"))
    assert panel.armed == "org"
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=pin(panel, "org"))
    assert panel.armed == ""
    assert [armed.at(n) for n in range(armed.count())] == [["org"], [""]]
    assert chosen.count() == 0


def test_a_double_click_holds_the_label(panel: LabelPalette, qtbot: QtBot) -> None:
    place, viewport = middle(panel, "per"), panel.view.viewport()
    qtbot.mouseClick(viewport, LEFT, pos=place)
    chosen = QSignalSpy(panel.label_chosen)
    qtbot.mouseDClick(viewport, LEFT, pos=place)
    assert panel.armed == "per"
    assert chosen.count() <= 1


def test_the_keyboard_reaches_every_label(panel: LabelPalette, qtbot: QtBot) -> None:
    panel.view.setFocus(Qt.FocusReason.TabFocusReason)
    panel.view.setCurrentIndex(panel.model.index(0))
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.label_chosen) as told:
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert told.args == ["org"]
    qtbot.keyClick(panel.view, Qt.Key.Key_Space)
    assert panel.armed == "org"


def test_retired_labels_are_hidden_and_let_go(panel: LabelPalette, alone: Session) -> None:
    assert panel.model.place("event") == -1
    panel.arm("loc")
    choose(panel.context_menu(alone.scheme.label("loc")), "Retire")
    assert panel.model.place("loc") == -1
    assert panel.armed == ""
    alone.undo()
    assert panel.model.place("loc") >= 0


def test_a_label_is_recoloured_from_its_menu(panel: LabelPalette, alone: Session) -> None:
    menu = panel.context_menu(alone.scheme.label("per"))
    colours = next(action.menu() for action in menu.actions() if action.text() == "Colour")
    assert isinstance(colours, QMenu)
    choose(colours, "Teal")
    assert alone.scheme.label("per").colour == "teal"
    assert alone.project.undo_name() == "Recolour label PER"


def test_edit_asks_for_the_editor(panel: LabelPalette, alone: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.edit_requested) as told:
        panel.edit.click()
    assert told.args == [""]
    with qtbot.waitSignal(panel.edit_requested) as told:
        choose(panel.context_menu(alone.scheme.label("cue")), "Edit label…")
    assert told.args == ["cue"]


def test_counts_and_the_selected_label_are_shown(
    panel: LabelPalette, alone: Session, qtbot: QtBot
) -> None:
    alone.open_article("a")
    article = alone.article
    assert article is not None
    made = alone.do("Label", lambda deed: annotations.add(deed, article, "per", [(0, 3)]))
    index = panel.model.index(panel.model.place("per"))
    qtbot.waitUntil(lambda: index.data(COUNT) == 1)
    assert made is not None
    alone.select(made)
    assert index.data(CURRENT)
    alone.select("")
    assert not index.data(CURRENT)

"""Labelling by mouse: clicks, drags, edges, sticky labels."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.gui.article.desk import Desk

Button, Mod = Qt.MouseButton, Qt.KeyboardModifier


def drag(desk: Desk, start: QPoint, end: QPoint, modifiers: Mod = Mod.NoModifier) -> None:
    viewport = desk.view.viewport()
    steps = (
        (QEvent.Type.MouseButtonPress, start, Button.LeftButton, Button.LeftButton),
        (QEvent.Type.MouseMove, (start + end) / 2, Button.NoButton, Button.LeftButton),
        (QEvent.Type.MouseMove, end, Button.NoButton, Button.LeftButton),
        (QEvent.Type.MouseButtonRelease, end, Button.LeftButton, Button.NoButton),
    )
    for kind, point, button, buttons in steps:
        where = QPointF(point)
        event = QMouseEvent(kind, where, viewport.mapToGlobal(where), button, buttons, modifiers)
        QApplication.sendEvent(viewport, event)


def click(desk: Desk, point: QPoint, button: Button = Button.LeftButton) -> None:
    QTest.mouseClick(desk.view.viewport(), button, Mod.NoModifier, point)


def test_a_drag_snaps_to_tokens_and_drops_punctuation(desk: Desk) -> None:
    drag(desk, desk.point("Geneviève", 3), desk.point(", porte", 1))
    assert desk.words == "Geneviève Bruneau"
    desk.press("p")
    assert desk.said == [("per", "Geneviève Bruneau")]


def test_a_drag_backwards_selects_the_same(desk: Desk) -> None:
    drag(desk, desk.point("Bruneau,", 5), desk.point("Geneviève", 3))
    assert desk.words == "Geneviève Bruneau"
    assert desk.view.caret == desk.view.selection[0]


def test_a_drag_with_alt_selects_exactly(desk: Desk) -> None:
    drag(desk, desk.point("Geneviève", 3), desk.point("Geneviève", 6), Mod.AltModifier)
    assert desk.words == "evi"


def test_a_double_click_selects_the_word_and_a_third_the_sentence(desk: Desk) -> None:
    point = desk.point("approuve", 2)
    QTest.mouseDClick(desk.view.viewport(), Button.LeftButton, Mod.NoModifier, point)
    assert desk.words == "approuve"
    press = QMouseEvent(
        QEvent.Type.MouseButtonPress,
        QPointF(point),
        desk.view.viewport().mapToGlobal(QPointF(point)),
        Button.LeftButton,
        Button.LeftButton,
        Mod.NoModifier,
    )
    press.setTimestamp(desk.view._mouse._double_clicked[1] + 50)
    QApplication.sendEvent(desk.view.viewport(), press)
    assert desk.words == "La Ville de Montréal approuve."


def test_a_click_selects_an_annotation_and_again_the_one_under_it(desk: Desk) -> None:
    outer, inner = desk.add("org", "Ville de Montréal"), desk.add("loc", "Montréal")
    for wanted in (inner, outer, inner):
        click(desk, desk.point("Montréal", 2))
        assert desk.session.selected == wanted
        QTest.qWait(0)


def test_a_click_beside_lets_go(desk: Desk) -> None:
    desk.session.select(desk.add("loc", "Laval"))
    click(desk, desk.point("porte-parole", 2))
    assert desk.session.selected == ""


def test_a_click_on_a_tag_selects_its_annotation(desk: Desk) -> None:
    outer = desk.add("org", "Ville de Montréal")
    desk.add("loc", "Montréal")
    desk.view.grab()
    tag = next(tag for tag in desk.view.painted.tags if tag.annotation == outer)
    click(desk, tag.rect.center().toPoint() - QPoint(0, desk.view.verticalScrollBar().value()))
    assert desk.session.selected == outer


def test_a_drag_with_ctrl_adds_a_fragment(desk: Desk) -> None:
    desk.session.select(desk.add("per", "Geneviève"))
    drag(desk, desk.point("Mme", 0), desk.point("Mme Bruneau", 9), Mod.ControlModifier)
    assert desk.said == [("per", "Geneviève … Mme Bruneau")]


def test_an_edge_is_dragged_to_another_word_in_one_deed(desk: Desk) -> None:
    desk.session.select(desk.add("loc", "Ville de Montréal"))
    start = desk.point("Ville de Montréal", 0) - QPoint(3, 0)
    drag(desk, start, desk.point("Montréal approuve", 1))
    assert desk.said == [("loc", "Montréal")]
    desk.session.undo()
    assert desk.said == [("loc", "Ville de Montréal")]


def test_the_other_edge_is_dragged_too(desk: Desk) -> None:
    desk.session.select(desk.add("loc", "Ville"))
    end = desk.point("Ville de", 5) - QPoint(2, 0)
    drag(desk, end, desk.point("Montréal approuve", 4))
    assert desk.said == [("loc", "Ville de Montréal")]


def test_a_sticky_label_labels_every_drag_and_double_click(desk: Desk) -> None:
    desk.view.armed = "per"
    drag(desk, desk.point("Geneviève", 1), desk.point("Bruneau,", 3))
    QTest.mouseDClick(
        desk.view.viewport(), Button.LeftButton, Mod.NoModifier, desk.point("Lyon", 1)
    )
    assert desk.said == [("per", "Geneviève Bruneau"), ("per", "Lyon")]


def test_the_right_button_selects_and_asks_for_a_menu(desk: Desk) -> None:
    wanted = desk.add("loc", "Montréal")
    asked: list[int] = []

    def menu_at(offset: int) -> QMenu | None:
        asked.append(offset)
        return None

    desk.view.menu_at = menu_at
    point = desk.point("Montréal", 2)
    click(desk, point, Button.RightButton)
    assert desk.session.selected == wanted
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(desk.view.viewport(), QContextMenuEvent(reason, point, point))
    assert len(asked) == 1


def test_hovering_brings_out_an_annotation(desk: Desk) -> None:
    wanted = desk.add("loc", "Montréal")
    QTest.mouseMove(desk.view.viewport(), desk.point("Montréal", 2))
    where = QPointF(desk.point("Montréal", 2))
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        where,
        desk.view.viewport().mapToGlobal(where),
        Button.NoButton,
        Button.NoButton,
        Mod.NoModifier,
    )
    QApplication.sendEvent(desk.view.viewport(), move)
    assert desk.view.scene.hovered == wanted


def test_ctrl_and_the_wheel_change_the_size_of_letters(desk: Desk) -> None:
    sizes: list[int] = []
    desk.view.text_size_changed.connect(sizes.append)
    where = QPointF(50, 50)
    wheel = QWheelEvent(
        where,
        desk.view.viewport().mapToGlobal(where),
        QPoint(),
        QPoint(0, 120),
        Button.NoButton,
        Mod.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(desk.view.viewport(), wheel)
    assert sizes == [1] and desk.view.text_size == 1

"""Charts are read by eye, walked by key, followed by key and mouse, and saved as pictures."""

import math
import os
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.errors import UserError
from annotator.gui.charts.bars import Bars
from annotator.gui.charts.chart import Chart
from annotator.gui.charts.columns import Columns
from annotator.gui.charts.lines import Lines
from annotator.gui.charts.numbers import day_name, month_name, number, rough
from annotator.gui.charts.scale import Scale, round_ticks
from annotator.gui.charts.shapes import Bar, Line, Part, Point
from annotator.gui.theme import load_theme
from annotator.language import use_language

ONE = (Part("annotations", "accent"),)
STATES = (Part("done", "success"), Part("in progress", "accent"), Part("to do", ""))
LABELS = (Bar("per", "PER", (40,), colour="blue"), Bar("org", "ORG", (9,)), Bar(None, "LOC", (0,)))
PAPERS = (
    Bar("d", "Le Devoir", (12, 3, 40), keys=("d-done", "d-progress", "d-todo")),
    Bar("p", "La Presse", (30, 0, 10), keys=("p-done", "p-progress", "p-todo")),
)
C = TypeVar("C", bound=Chart)
Key, Left, Plain = Qt.Key, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def bars(qtbot: QtBot) -> Bars:
    return seen(Bars("Labels", load_theme("light"), of_what="label"), qtbot)


def tab_to(chart: Chart) -> None:
    chart.clearFocus()
    chart.setFocus(Qt.FocusReason.TabFocusReason)


def seen(chart: C, qtbot: QtBot) -> C:
    qtbot.addWidget(chart)
    chart.resize(500, 240)
    chart.show()
    with qtbot.waitActive(chart):
        chart.activateWindow()
    return chart


def curve(qtbot: QtBot) -> Lines:
    chart = seen(Lines("Curve", load_theme("dark"), highest=1.0, of_what="articles"), qtbot)
    points = tuple(Point(x, 1 - 1 / x, 0.8 - 1 / x, 1.0, key=f"{x}") for x in (2, 5, 10, 40))
    recall = tuple(Point(x, 0.9 - 1 / x) for x in (2, 5, 10, 40))
    chart.show_lines([Line("precision", "blue", points), Line("recall", "orange", recall)])
    return chart


@given(
    st.floats(-1e6, 1e6),
    st.one_of(st.just(0.0), st.floats(0.01, 1e9)),
    st.integers(2, 9),
    st.booleans(),
)
def test_ticks_are_round_and_hold_the_values(
    low: float, reach: float, count: int, whole: bool
) -> None:
    ticks = round_ticks(low, low + reach, count, is_whole=whole)
    step = ticks[1] - ticks[0]
    assert ticks[0] <= low + step * 1e-6 and ticks[-1] >= low + reach - step * 1e-6
    assert 2 <= len(ticks) <= 3 * count
    first_digit = step / 10 ** math.floor(math.log10(step) + 1e-6)
    assert min(abs(first_digit - nice) for nice in (1, 2, 5, 10)) < 0.01
    assert not whole or step >= 1


def test_a_scale_may_run_upwards() -> None:
    assert Scale(0, 10, 100, 0).at(5) == 50
    assert Scale(3, 3, 0, 10).at(3) == 0


def test_numbers_and_days_are_written_as_the_language_writes_them(app: QApplication) -> None:
    assert (number(17159.5, 1), rough(3.44), rough(34.4)) == ("17,159.5", "3.4", "34")
    assert day_name(date(2025, 11, 3)) == "3 Nov"
    use_language("fr")
    assert number(1.5, 1) == "1,5"
    assert day_name(date(2025, 11, 3), is_long=True).startswith("lundi 3 novembre")
    assert month_name(date(2018, 4, 1), is_long=True) == "avril 2018"


def test_bars_are_walked_and_followed_by_key(app: QApplication, qtbot: QtBot) -> None:
    chart = bars(qtbot)
    chart.show_bars(ONE, LABELS)
    followed: list[str] = []
    chart.chosen.connect(followed.append)
    tab_to(chart)
    QTest.keyClick(chart, Key.Key_Return)
    QTest.keyClick(chart, Key.Key_Down)
    assert chart.accessibleDescription() == "ORG: 9"
    QTest.keyClick(chart, Key.Key_Return)
    QTest.keyClick(chart, Key.Key_End)
    QTest.keyClick(chart, Key.Key_Down)
    QTest.keyClick(chart, Key.Key_Return)
    assert followed == ["per", "org"], "a bar without a key leads nowhere"


def test_the_pieces_of_stacked_bars_are_reached_with_the_arrows(
    app: QApplication, qtbot: QtBot
) -> None:
    chart = bars(qtbot)
    chart.show_bars(STATES, PAPERS)
    tab_to(chart)
    said = []
    for key in (
        Key.Key_Right,
        Key.Key_Right,
        Key.Key_Right,
        Key.Key_Down,
        Key.Key_Left,
        Key.Key_Up,
    ):
        QTest.keyClick(chart, key)
        assert chart.current is not None
        said.append(chart.current.key)
    assert said == ["d-progress", "d-todo", "d-todo", "p-todo", "p-done", "d-done"]


def test_stacked_columns_are_walked_upwards_and_onwards(app: QApplication, qtbot: QtBot) -> None:
    chart = seen(Columns("Days", load_theme("light")), qtbot)
    values = [(1, 2, 0), (0, 0, 4), (0, 3, 1)]
    chart.show_bars(STATES, [Bar(f"{n}", f"{n}", each) for n, each in enumerate(values)])
    tab_to(chart)
    places = []
    for key in (Key.Key_Up, Key.Key_Up, Key.Key_Right, Key.Key_Right, Key.Key_Down, Key.Key_Down):
        QTest.keyClick(chart, key)
        assert chart.current is not None
        places.append((chart.current.column, -chart.current.row))
    assert places == [(0, 1), (0, 1), (1, 2), (2, 2), (2, 1), (2, 1)]


def test_a_click_follows_and_the_pointer_says_the_value(app: QApplication, qtbot: QtBot) -> None:
    chart = seen(Columns("Days", load_theme("light")), qtbot)
    chart.show_bars(ONE, [Bar(f"day {n}", f"{n}", (n,)) for n in range(1, 8)])
    high = chart.marks[6].area.center().toPoint()
    with qtbot.waitSignal(chart.chosen) as followed:
        QTest.mouseClick(chart, Left, Plain, high)
    assert followed.args == ["day 7"]
    before = chart.grab().toImage()
    QTest.mouseMove(chart, chart.marks[2].area.center().toPoint())
    assert chart.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert chart.grab().toImage() != before


def test_a_line_is_walked_from_left_to_right_and_to_the_other(
    app: QApplication, qtbot: QtBot
) -> None:
    chart = curve(qtbot)
    tab_to(chart)
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Down):
        QTest.keyClick(chart, key)
    assert chart.accessibleDescription() == "recall, 10: 0.8"
    QTest.keyClick(chart, Key.Key_Up)
    assert "between 0.7 and 1" in chart.accessibleDescription()


def test_a_value_is_as_long_as_it_is(app: QApplication, qtbot: QtBot) -> None:
    chart = bars(qtbot)
    chart.show_bars(ONE, LABELS)
    per, org, loc = (mark.box.width() for mark in chart.marks)
    assert org / per == pytest.approx(9 / 40)
    assert loc == 0, "nothing is not a little"


def test_everything_stays_inside_at_any_size(app: QApplication, qtbot: QtBot) -> None:
    chart = curve(qtbot)
    for width, height in ((120, 90), (300, 200), (2000, 900)):
        plan = chart.plan(QSizeF(width, height), chart.font())
        for mark in plan.marks:
            assert 0 <= mark.box.center().x() <= width
            assert -1 <= mark.box.center().y() <= height


def test_an_empty_chart_says_why(app: QApplication, qtbot: QtBot) -> None:
    chart = seen(Columns("Days", load_theme("light")), qtbot)
    blank = chart.grab().toImage()
    chart.empty = "Nothing has been annotated yet."
    chart.renew()
    assert chart.grab().toImage() != blank
    tab_to(chart)
    assert chart.accessibleDescription() == chart.empty
    QTest.keyClick(chart, Key.Key_Right)
    QTest.keyClick(chart, Key.Key_Return)


def test_a_chart_knows_its_table(app: QApplication, qtbot: QtBot) -> None:
    chart = bars(qtbot)
    chart.show_bars(STATES, PAPERS)
    assert chart.table().heads == ("label", "done", "in progress", "to do")
    assert chart.table().rows[1] == ("La Presse", 30, 0, 10)
    assert curve(qtbot).table().rows[0] == ("2", 0.5, 0.4)


def test_a_picture_is_saved_sharp_and_as_lines(
    app: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    chart = curve(qtbot)
    chart.save(tmp_path / "curve.png")
    chart.save(tmp_path / "curve.svg")
    image = QImage(str(tmp_path / "curve.png"))
    assert image.width() > 2 * chart.width()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, 300, 3)}
    assert len(colours) > 5
    drawn = (tmp_path / "curve.svg").read_text("utf-8")
    assert "precision" in drawn and "<polyline" in drawn
    assert QSvgRenderer(str(tmp_path / "curve.svg")).isValid()
    assert sorted(path.name for path in tmp_path.glob("*curve*")) == ["curve.png", "curve.svg"]


def test_a_place_that_takes_no_picture_is_a_sentence(
    app: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        curve(qtbot).save(tmp_path / "nowhere" / "curve.png")
    if os.geteuid():
        tmp_path.chmod(0o500)
        with pytest.raises(UserError, match="cannot be written"):
            curve(qtbot).save(tmp_path / "curve.svg")


def test_what_is_pointed_at_is_the_nearest_mark(app: QApplication, qtbot: QtBot) -> None:
    chart = curve(qtbot)
    at = chart.marks[5].box.center() + QPointF(2, 3)
    QTest.mouseMove(chart, at.toPoint())
    assert chart.cursor().shape() == Qt.CursorShape.ArrowCursor
    QTest.mouseClick(chart, Left, Plain, at.toPoint())
    assert chart.current == chart.marks[5]

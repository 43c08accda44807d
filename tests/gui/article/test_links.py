"""Links keep out of the words: they run beside the brackets and in the blank between lines."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from annotator.core.model import Link
from annotator.core.scheme import Scheme
from annotator.gui.article.linking import Stand, paint_links
from annotator.gui.article.links import LinkIndex
from annotator.gui.article.scene import Scene
from annotator.gui.article.spans import SpanIndex
from annotator.gui.theme import load_theme
from annotator.store import annotations
from tests.gui.article.desk import Desk

VIEW = QRectF(0, 0, 400, 300)
PAPER = 0xFFFFFFFF
LEFT, TRUNK = 60, 40.5
QUOTE = Stand(100.5, 62, None, 58, bracket=50, hooks=(115.0,))
QUOTE_END = Stand(140.5, None, 200, None, bracket=50, hooks=(165.0,))

Draw = Callable[..., QImage]


@pytest.fixture(params=["light", "dark"])
def draw(request: pytest.FixtureRequest) -> Draw:
    """Return what is drawn when the quote at work is linked to a part, in either theme."""
    scene = Scene(load_theme(request.param), Scheme(), frame="q")
    scene.links = LinkIndex(lambda _ids: [Link("l", "source", "q", "p")])

    def drawn(part_at: int = 9, **stands: list[Stand]) -> QImage:
        scene.index = SpanIndex(
            sorted([(5, 8, "q", "quote", "accepted", 0), (part_at, part_at + 1, "p", "", "", 0)])
        )
        image = QImage(VIEW.size().toSize(), QImage.Format.Format_RGB32)
        image.fill(PAPER)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_links(painter, scene, stands, TRUNK, VIEW)
        painter.end()
        return image

    return drawn


def has_ink(image: QImage, left: int, top: int, right: int, bottom: int) -> bool:
    part = image.copy(QRect(left, top, right - left, bottom - top))
    return any(part.pixel(x, y) != PAPER for x in range(part.width()) for y in range(part.height()))


def test_a_part_on_another_line_is_reached_along_the_margin(draw: Draw) -> None:
    image = draw(q=[QUOTE], p=[Stand(220.5, 160, 190, 156)])
    assert all(has_ink(image, 38, y, 44, y + 2) for y in range(120, 215, 5))
    assert all(has_ink(image, x, 219, x + 2, 223) for x in range(50, 155, 5))
    assert not has_ink(image, LEFT, 0, 400, 219)
    assert not has_ink(image, 170, 219, 400, 300)


def test_the_trunk_springs_from_where_the_quote_is_nearest(draw: Draw) -> None:
    image = draw(q=[QUOTE, QUOTE_END], p=[Stand(180.5, 160, 190, 156)])
    assert not has_ink(image, 0, 0, 400, 160)
    assert has_ink(image, 38, 166, 44, 178)


def test_a_part_on_a_line_of_the_quote_is_reached_straight(draw: Draw) -> None:
    behind = draw(q=[QUOTE, QUOTE_END], p=[Stand(140.5, 260, 290, 256)])
    assert all(has_ink(behind, x, 139, x + 2, 143) for x in range(204, 255, 5))
    assert not has_ink(behind, 0, 0, 198, 300)
    before = draw(q=[Stand(100.5, 162, 200, 158)], p=[Stand(100.5, 60, 90, 56)])
    assert all(has_ink(before, x, 99, x + 2, 103) for x in range(60, 150, 5))
    assert not has_ink(before, 0, 0, 50, 300)


@pytest.mark.parametrize(("part_at", "top", "bottom"), [(0, 0, 110), (20, 118, 300)])
def test_a_part_out_of_view_is_shown_to_be_above_or_below(
    part_at: int, top: int, bottom: int, draw: Draw
) -> None:
    image = draw(part_at, q=[QUOTE])
    assert all(has_ink(image, 38, y, 44, y + 2) for y in range(top, bottom - 2, 5))
    assert not has_ink(image, 52, 0, 400, 300)


def test_a_quote_out_of_view_leads_to_the_part_that_is_seen(draw: Draw) -> None:
    image = draw(p=[Stand(100.5, 160, 190, 156)])
    assert all(has_ink(image, 38, y, 44, y + 2) for y in range(0, 94, 5))
    assert has_ink(image, 100, 99, 102, 103)
    assert not has_ink(image, 0, 110, 400, 300)


def test_nothing_is_drawn_for_what_is_elsewhere(draw: Draw) -> None:
    assert not has_ink(draw(), 0, 0, 400, 300)


def test_links_of_the_view_stay_beside_the_column(desk: Desk) -> None:
    quote, speaker = desk.add("quote", "elle le peut"), desk.add("per", "Geneviève Bruneau")
    desk.session.do("Link", lambda deed: annotations.link(deed, "source", quote, speaker))
    at_rest = desk.view.grab().toImage()
    desk.session.select(quote)
    at_work = desk.view.grab().toImage()
    left = desk.view.text_layout.left

    def height(words: str) -> int:
        return round(desk.view.rectangle(desk.view.text.index(words)).top())

    margin = QRect(4, height("Geneviève"), int(left) - 16, height("elle le") - height("Geneviève"))
    assert at_rest.copy(margin) != at_work.copy(margin)
    beyond = QRect(int(left + desk.view.text_layout.column), 0, 40, desk.view.height())
    assert at_rest.copy(beyond) == at_work.copy(beyond)


def test_a_part_says_which_it_is_where_its_words_are_short(
    open_desk: Callable[[str], Desk],
) -> None:
    desk = open_desk("« Jamais », dit Luc, à Laval.")
    quote, speaker = desk.add("quote", "« Jamais »"), desk.add("per", "Luc")
    cue = desk.add("cue", "dit")
    desk.add("loc", "à")
    desk.session.do("Link", lambda deed: annotations.link(deed, "source", quote, speaker))
    desk.session.do("Link", lambda deed: annotations.link(deed, "cue", quote, cue))
    desk.session.select(quote)
    desk.view.grab()
    tags = desk.view.painted.tags
    assert [tag.text for tag in tags][:3] == ["Quote", "Cue", "source"]
    assert not any(a is not b and a.rect.intersects(b.rect) for a in tags for b in tags)


def test_what_is_out_of_view_is_not_laid_out_for_its_links(
    open_desk: Callable[[str], Desk],
) -> None:
    desk = open_desk("« Jamais », dit Luc.\n" + "Un mot de plus. " * 40_000)
    quote, speaker = desk.add("quote", "« Jamais »"), desk.add("per", "Luc")
    desk.session.do("Link", lambda deed: annotations.link(deed, "source", quote, speaker))
    desk.session.select(quote)
    desk.view.verticalScrollBar().setValue(4_000)
    desk.view.grab()
    assert not desk.view.painted.tags

"""What the view shows: it follows the session, stays put, paints in both themes, costs what is in view."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QImage

from annotator.core.model import AnnotationState
from annotator.gui.article.reader import ArticleReader
from annotator.gui.theme import load_theme
from annotator.store import annotations
from tests.gui.article.desk import Desk

LONG = "Une phrase assez courte pour tenir ici. " * 5_000


def colours(view: ArticleReader) -> set[int]:
    image: QImage = view.viewport().grab().toImage()
    return {
        image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    }


def near(colour: QColor, found: set[int]) -> bool:
    return any(
        abs(QColor(rgb).red() - colour.red())
        + abs(QColor(rgb).green() - colour.green())
        + abs(QColor(rgb).blue() - colour.blue())
        < 12
        for rgb in found
    )


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_chip_has_the_colour_of_its_label(desk: Desk, name: str) -> None:
    theme = load_theme(name)
    desk.view.set_theme(theme)
    fill = theme.shades(desk.session.scheme.label("org").colour).fill
    assert not near(fill, colours(desk.view))
    desk.add("org", "Sûreté du Québec")
    assert near(fill, colours(desk.view))
    desk.session.undo()
    assert not near(fill, colours(desk.view))


def test_every_annotation_in_view_has_its_tag(desk: Desk) -> None:
    ids = {
        desk.add("org", "Ville de Montréal"),
        desk.add("loc", "Montréal"),
        desk.add("per", "Mme Bruneau"),
    }
    ids.add(desk.add("quote", "« Si la dame", "elle le peut. »"))
    desk.add("func", "porte-parole", state=AnnotationState.SUGGESTED)
    desk.view.grab()
    tags = desk.view.painted.tags
    assert ids <= {tag.annotation for tag in tags}
    assert any(tag.text.endswith("?") for tag in tags)
    for one in tags:
        assert not any(one is not other and one.rect.intersects(other.rect) for other in tags)


def test_links_of_the_selected_annotation_name_their_type_at_the_other_end(desk: Desk) -> None:
    quote, speaker = desk.add("quote", "« Si la dame"), desk.add("per", "Mme Bruneau")
    desk.session.do("Link", lambda deed: annotations.link(deed, "source", quote, speaker))
    desk.session.select(quote)
    desk.view.grab()
    assert "PER · source" in [tag.text for tag in desk.view.painted.tags]


def test_a_selected_annotation_is_scrolled_into_view(open_desk: Callable[[str], Desk]) -> None:
    desk = open_desk(LONG + "Laval est loin.")
    far = desk.add("loc", "Laval")
    desk.session.select(far)
    rect = desk.view.rectangle(desk.view.text.index("Laval"))
    assert 0 <= rect.top() < desk.view.viewport().height()


def test_only_what_comes_into_view_is_laid_out(open_desk: Callable[[str], Desk]) -> None:
    desk = open_desk(LONG)
    desk.view.grab()
    assert sum(desk.view.text_layout._laid.values()) < 8_000


def test_scrolling_up_through_estimates_never_skips_a_line(
    open_desk: Callable[[str], Desk],
) -> None:
    desk = open_desk("\n".join("mot " * n for n in range(1, 300)))
    view, bar = desk.view, desk.view.verticalScrollBar()
    view.place(len(view.text), len(view.text))
    view.grab()
    while bar.value() > 0:
        first = view.offset_at(view.viewport().rect().topLeft())
        bar.setValue(bar.value() - 60)
        view.grab()
        assert view.rectangle(first).top() < 160
        assert first >= view.offset_at(view.viewport().rect().topLeft())


def test_larger_letters_keep_the_same_words_on_top(open_desk: Callable[[str], Desk]) -> None:
    desk = open_desk(LONG)
    view = desk.view
    view.verticalScrollBar().setValue(9_000)
    view.grab()
    first = view.offset_at(view.viewport().rect().topLeft())
    view.set_text_size(6)
    view.grab()
    assert abs(view.offset_at(view.viewport().rect().topLeft()) - first) < 150


def test_finding_goes_from_match_to_match_and_counts(desk: Desk) -> None:
    assert desk.view.find("laval") == 2
    assert desk.view.caret == desk.view.text.index("Laval") + 5
    desk.view.find("laval")
    assert desk.view.caret == desk.view.text.rindex("Laval") + 5
    assert desk.view.find("") == 0
    assert desk.view.find("introuvable") == 0


def test_closing_the_article_empties_the_view(desk: Desk) -> None:
    desk.session.open_article("")
    assert (desk.view.text, len(desk.view.scene.index)) == ("", 0)

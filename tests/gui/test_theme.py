"""Both themes can be read by everybody: contrast at least WCAG AA."""

import pytest

from annotator.core.scheme import COLOURS
from annotator.gui.theme import THEMES, Theme, contrast, load_theme

TEXT, EDGE = 4.5, 3.0


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


def test_words_are_readable_on_every_ground(theme: Theme) -> None:
    for ground in (theme.window, theme.panel, theme.paper, theme.field, theme.hover):
        for ink in (
            theme.text,
            theme.muted,
            theme.danger,
            theme.warning,
            theme.success,
            theme.accent,
        ):
            assert contrast(ink, ground) >= TEXT, (ink.name(), ground.name())
    assert contrast(theme.accent_text, theme.accent) >= TEXT
    assert contrast(theme.selection_text, theme.selection) >= TEXT
    for ground in (theme.match, theme.match_current):
        assert contrast(theme.text, ground) >= TEXT


def test_focus_and_caret_are_seen_on_paper(theme: Theme) -> None:
    assert contrast(theme.focus, theme.paper) >= EDGE
    assert contrast(theme.caret, theme.paper) >= EDGE


@pytest.mark.parametrize("colour", COLOURS)
def test_a_label_colour_is_readable_and_its_edge_is_seen(theme: Theme, colour: str) -> None:
    shades = theme.shades(colour)
    assert contrast(theme.text, shades.fill) >= TEXT
    for ground in (shades.fill, theme.paper, theme.panel, theme.window):
        assert contrast(shades.ink, ground) >= TEXT
    assert contrast(shades.line, theme.paper) >= EDGE


def test_an_unknown_colour_is_grey(theme: Theme) -> None:
    assert theme.shades("mauve") == theme.shades("grey")


def test_the_colours_can_be_told_apart(theme: Theme) -> None:
    assert len({theme.shades(colour).line.rgb() for colour in COLOURS}) == len(COLOURS)

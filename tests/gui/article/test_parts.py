"""The pieces of the view that need no window: heights, spans, lanes, search."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.article.find import Search, folded
from annotator.gui.article.heights import Heights
from annotator.gui.article.lanes import lanes, whole_clusters
from annotator.gui.article.spans import LONG, Span, SpanIndex, reading_order

HEIGHTS = st.lists(st.integers(1, 90), min_size=1, max_size=40)
STRETCHES = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 2 * LONG)), max_size=25)


def spans(stretches: list[tuple[int, int]]) -> list[Span]:
    found = [
        Span(start, start + n, f"a{i}", "per", "accepted", 0)
        for i, (start, n) in enumerate(stretches)
    ]
    return sorted(found, key=reading_order)


@given(HEIGHTS, st.data())
def test_blocks_are_found_by_height_after_any_change(
    heights: list[int], data: st.DataObject
) -> None:
    tree = Heights(heights)
    changed = data.draw(st.integers(0, len(heights) - 1))
    heights[changed] = data.draw(st.integers(1, 90))
    tree.set(changed, heights[changed])
    for block in range(len(heights)):
        assert tree.top(block) == sum(heights[:block])
        assert tree.at(tree.top(block)) == block
        assert tree.at(tree.top(block) + heights[block] - 1) == block
    assert tree.total == sum(heights)


@given(STRETCHES, st.integers(0, 1800), st.integers(1, 300))
def test_the_spans_of_a_stretch_are_found(
    stretches: list[tuple[int, int]], start: int, n: int
) -> None:
    every = spans(stretches)
    wanted = [span for span in every if span.start < start + n and span.end > start]
    assert SpanIndex(every).between(start, start + n) == wanted


@given(STRETCHES, STRETCHES)
def test_replacing_leads_where_a_new_index_would(
    before: list[tuple[int, int]], after: list[tuple[int, int]]
) -> None:
    index = SpanIndex(spans(before))
    index.replace([f"a{i}" for i in range(len(before))], spans(after))
    assert sorted(index.between(0, 9_999)) == sorted(spans(after))
    assert len(index) == len(after)


@given(STRETCHES)
def test_overlapping_spans_never_share_a_lane_while_there_is_room(
    stretches: list[tuple[int, int]],
) -> None:
    every = spans(stretches[:3])
    lane_of = lanes(every)
    for one in every:
        for other in every:
            if one != other and one.start < other.end and other.start < one.end:
                assert lane_of[one] != lane_of[other]


def test_lanes_do_not_depend_on_what_is_in_view() -> None:
    every = spans([(0, 30), (20, 30), (40, 30), (45, 5)])
    index = SpanIndex(every)
    whole = lanes(every)
    for start in range(0, 70, 7):
        seen = lanes(whole_clusters(index.between, start, start + 5))
        assert all(whole[span] == lane for span, lane in seen.items())


def test_capitals_and_accents_make_no_difference_unless_asked() -> None:
    text = "L’École, l'ECOLE, l'e\u0301cole, écoles"
    found = [text[a:b] for a, b in Search(text, "école").between(0, len(text))]
    assert found == ["École", "ECOLE", "e\u0301cole", "école"]
    assert Search(text, "école", case=True).count == 1
    assert Search(text, "ecole", whole=True).count == 3
    assert Search(text, "l'ecole").count == 3


@given(st.text(max_size=80))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(folded(text)) == len(text)


def test_searching_goes_round_both_ways() -> None:
    search = Search("un deux un deux", "un")
    assert search.after(1) == (8, 10)
    assert search.after(9) == (0, 2)
    assert search.before(8) == (0, 2)
    assert search.before(1) == (8, 10)
    assert Search("rien", "un").before(2) is None

"""What the checker finds fault with, what it leaves alone, and what a repair makes of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.checks import check_article, comparable, labelled_differently
from annotator.core.findings import (
    Finding,
    Kind,
    Rank,
    Relabel,
    Remove,
    Reshape,
    Unlink,
    kind_name,
    rank_name,
    reshaped,
)
from annotator.core.model import Annotation, AnnotationState, Article, Fragment, Link
from annotator.core.ranges import crossing, innermost
from annotator.core.scheme import Label, Scheme, Slot, read_scheme
from annotator.language import use_language
from annotator.resources import resource

NEWS = read_scheme(resource("schemes", "news.toml"))
Ranges = list[tuple[int, int]]


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


@dataclass
class Page:
    """One article that an annotator works on; words are found by themselves."""

    text: str
    scheme: Scheme = NEWS
    annotations: list[Annotation] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def article(self) -> Article:
        return Article("a", self.text, title="Vote")

    def label(self, label: str, *contents: str, **attributes: str) -> Annotation:
        return self.label_ranges(label, *map(self.range, contents), **attributes)

    def label_ranges(self, label: str, *ranges: tuple[int, int], **attributes: str) -> Annotation:
        fragments = tuple(Fragment(a, b, self.text[a:b]) for a, b in ranges)
        made = Annotation(f"n{len(self.annotations)}", "a", label, fragments, attributes=attributes)
        self.annotations.append(made)
        return made

    def range(self, words: str) -> tuple[int, int]:
        start = self.text.index(words)
        return start, start + len(words)

    def link(self, slot: str, frame: Annotation, filler: Annotation) -> Link:
        made = Link(f"l{len(self.links)}", slot, frame.id, filler.id)
        self.links.append(made)
        return made

    def quote(
        self, *contents: str, source: str = "", cue: str = "", **attributes: str
    ) -> Annotation:
        made = self.label("quote", *contents, **{"type": "direct", **attributes})
        if source:
            self.link("source", made, self.label("per", source))
        if cue:
            self.link("cue", made, self.label("cue", cue))
        return made

    def check(
        self, incise: Callable[[str, int, int], tuple[int, int] | None] | None = None
    ) -> list[Finding]:
        return check_article(self.article, self.annotations, self.links, self.scheme, incise)

    def kinds(self) -> list[Kind]:
        return [finding.kind for finding in self.check()]

    def only(self, kind: Kind) -> Finding:
        """Return the one finding there is, which is of this kind."""
        (finding,) = self.check()
        assert finding.kind is kind
        return finding

    def repaired(self, finding: Finding) -> list[str]:
        """Return the words of the annotation after a repair of its ranges."""
        assert isinstance(finding.repair, Reshape)
        before = next(each for each in self.annotations if each.id == finding.annotation_id)
        ranges = [(each.start, each.end) for each in before.fragments]
        return [self.text[a:b] for a, b in reshaped(self.text, ranges, finding.repair)]


def settled(text: str) -> Page:
    """Return an article in which words have their speaker and their cue behind them."""
    return Page(f"{text}, assure Roy.")


def marks(text: str, *contents: str) -> list[str]:
    """Return which marks of a quote have no partner."""
    page = settled(text)
    page.quote(*contents, source="Roy", cue="assure")
    return [page.text[each.start : each.end] for each in page.check()]


@pytest.mark.parametrize(
    "content",
    [
        "« Oui »",
        "«\u202fOui\u202f»",
        "“Oui”",
        "‹ Oui ›",
        '"Oui"',
        "``Oui''",
        "„Ja“",
        "”Ja”",
        "»Ja«",
        "« Il dit “non” et s’en va »",
        "« Il dit «non» et «oui» »",
        "« Il dit « non »",
        "Il n'y a pas d’« accord » là-dessus",
        'un tuyau de 5" de long',
        "l’un d'eux, rock ’n’ roll, s'en va",
        '"Il a dit “non” hier"',
        '“mêlé"',
    ],
)
def test_marks_with_their_partners_are_right(content: str) -> None:
    assert marks(content, content) == []


@pytest.mark.parametrize(
    ("text", "content", "stray"),
    [
        ("« Oui", "« Oui", "«"),
        ("Oui »", "Oui »", "»"),
        ("« Il dit “non »", "« Il dit “non »", "“"),
        ("« Il dit non” »", "« Il dit non” »", "”"),
        ('"Oui', '"Oui', '"'),
        ('Oui"', 'Oui"', '"'),
        ("« « Oui » et non", "« « Oui » et non", "«"),
    ],
)
def test_a_mark_without_its_partner_is_found(text: str, content: str, stray: str) -> None:
    assert marks(text, content) == [stray]


def test_an_opening_mark_repeated_at_each_paragraph_is_right() -> None:
    text = "« Un.\n\n« Deux.\n\n« Trois »"
    assert marks(text, text) == []
    assert marks(text, "« Un.", "« Deux.", "« Trois »") == []
    assert marks(text, "« Un.", "« Deux.") == ["«"]


def test_a_closing_mark_repeated_at_each_line_is_right() -> None:
    text = "« Un, deux\n» et trois,\n»quatre »"
    assert marks(text, text) == []


def test_marks_may_open_in_one_fragment_and_close_in_another() -> None:
    text = "« Oui, assure Mme Bruneau. Et demain »"
    assert marks(text, "« Oui", "Et demain »") == []
    assert marks(text, "« Oui") == ["«"]


def test_the_mark_that_stands_just_outside_is_taken_in() -> None:
    for text, content, whole in (
        ("« Oui\u00a0»", "« Oui", "« Oui\u00a0»"),
        ("« Oui. »", "« Oui", "« Oui. »"),
        ("« Oui »", "Oui »", "« Oui »"),
        ('"Oui"', '"Oui', '"Oui"'),
        ("``Oui''", "``Oui", "``Oui''"),
        ("»Oui«", "»Oui", "»Oui«"),
    ):
        page = settled(text)
        page.quote(content, source="Roy", cue="assure")
        finding = page.only(Kind.MARKS)
        assert "just" in finding.remedy
        assert page.repaired(finding) == [whole]


def test_a_mark_that_opens_the_next_quotation_is_not_taken_in() -> None:
    page = settled("« Oui \u00ab Non »")
    page.quote("« Oui", source="Roy", cue="assure")
    assert page.only(Kind.MARKS).repair is None
    straight = settled('"Oui "Non"')
    straight.quote('"Oui', source="Roy", cue="assure")
    assert straight.only(Kind.MARKS).repair is None


def test_an_end_that_takes_a_mark_in_is_not_trimmed_as_well() -> None:
    page = settled("“Yes,” and more")
    page.quote("“Yes,", source="Roy", cue="assure")
    assert page.repaired(page.only(Kind.MARKS)) == ["“Yes,”"]


def test_a_mark_that_closes_behind_the_cue_is_right() -> None:
    page = Page("« Viens, dit Roy. » Il part. « Oui, dit-elle, « non »")
    page.quote("« Viens", source="Roy", cue="dit")
    assert page.check() == []


def test_only_quotes_have_their_marks_checked() -> None:
    page = Page("l’hôtel « Bellevue")
    page.label("org", "« Bellevue")
    assert page.check() == []


def comma_said(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Know one incise only: ", assure Mme Roy." or ",", up to the next sentence."""
    at = text.find(", assure Mme Roy", start, end)
    return None if at < 0 else (at, min(end, at + len(", assure Mme Roy. ")))


def test_an_incise_left_inside_is_cut_out() -> None:
    page = Page("« On ira, assure Mme Roy. C’est le travail. »")
    page.quote(page.text, source="Mme Roy", cue="assure")
    (finding,) = page.check(comma_said)
    assert finding.kind is Kind.INCISE
    assert "“assure Mme Roy”" in finding.message
    assert page.repaired(finding) == ["« On ira", "C’est le travail. »"]


def test_every_incise_of_a_quote_is_found() -> None:
    page = Page("« Un, assure Mme Roy. Deux.\n\n« Trois, assure Mme Roy. Quatre. »")
    page.quote(page.text, source="Mme Roy", cue="assure")
    found = page.check(comma_said)
    assert [each.kind for each in found] == [Kind.INCISE] * 2


def test_an_incise_belongs_to_the_innermost_quote() -> None:
    page = Page("« Il a dit : “On ira, assure Mme Roy. Demain.” Et c’est vrai »")
    page.quote(page.text, speaker="author", cue="a dit")
    inner = page.quote("“On ira, assure Mme Roy. Demain.”", source="Mme Roy")
    kinds = {each.kind: each for each in page.check(comma_said)}
    assert kinds[Kind.INCISE].annotation_id == inner.id


def test_an_incise_that_reports_another_quote_is_left_alone() -> None:
    page = Page("« Il a dit : “On ira”, assure Mme Roy. Et c’est vrai », dit Luc.")
    page.quote("« Il a dit : “On ira”, assure Mme Roy. Et c’est vrai »", source="Luc", cue="dit")
    inner = page.label("quote", "“On ira”", type="direct")
    page.link("cue", inner, page.label("cue", "assure"))
    page.link("source", inner, page.label("per", "Mme Roy"))
    assert Kind.INCISE not in [each.kind for each in page.check(comma_said)]


def test_words_without_marks_have_no_incise() -> None:
    page = Page("que la loi, assure Mme Roy. passera")
    page.quote(page.text, type="indirect", source="Mme Roy", cue="assure")
    assert [each.kind for each in page.check(comma_said)] == [Kind.CUE_INSIDE]


@pytest.mark.parametrize(
    ("text", "cue", "source", "left"),
    [
        ("« Oui, dit Roy, et non »", "dit", "Roy", ["« Oui", "et non »"]),
        ("« Oui, dit Roy. Et non »", "dit", "Roy", ["« Oui", "Et non »"]),
        ("« Oui, a-t-il dit, et non »", "a", "il", ["« Oui", "dit, et non »"]),
        ("“Yes,” Roy said, “and no”", "said", "Roy", ["“Yes,”", "“and no”"]),
        ("“Yes,” said Roy by phone, “and no”", "said", "Roy", ["“Yes,”", "“and no”"]),
        ("que selon Roy tout ira", "selon", "Roy", ["que", "tout ira"]),
        ("« Viens, dit Roy. »", "dit", "Roy", ["« Viens"]),
    ],
)
def test_a_cue_inside_the_content_is_cut_out_with_its_source(
    text: str, cue: str, source: str, left: list[str]
) -> None:
    page = Page(text)
    page.quote(text, source=source, cue=cue)
    finding = page.only(Kind.CUE_INSIDE)
    assert finding.rank is Rank.FAULT
    assert page.repaired(finding) == left


def test_a_quote_that_is_nothing_but_its_cue_cannot_be_cut() -> None:
    page = Page("dit Roy")
    page.quote("dit", source="Roy", cue="dit", type="indirect")
    assert page.only(Kind.CUE_INSIDE).repair is None


def test_the_cue_of_a_nested_quote_stands_in_the_outer_one() -> None:
    page = Page("« Il a dit : “Viens”, puis rien », assure Roy.")
    page.quote("« Il a dit : “Viens”, puis rien »", source="Roy", cue="assure")
    page.quote("“Viens”", source="Il", cue="a dit")
    assert page.check() == []


@pytest.mark.parametrize(
    ("label", "words", "message", "left"),
    [
        ("per", "Mme Roy,", "comma", "Mme Roy"),
        ("per", "\u00a0Mme Roy", "blank", "Mme Roy"),
        ("per", " Mme Roy ", "blank", "Mme Roy"),
        ("per", "Mme Roy, ", "Blanks and commas", "Mme Roy"),
        ("loc", "Nice\u200b", "blank", "Nice"),
        ("org", "🙂 ", "blank", "🙂"),
    ],
)
def test_blanks_and_commas_at_an_edge_are_trimmed(
    label: str, words: str, message: str, left: str
) -> None:
    page = Page(f"A{words}B")
    page.label(label, words)
    finding = page.only(Kind.EDGE)
    assert message in finding.message
    assert page.repaired(finding) == [left]


def test_each_fragment_and_part_has_its_edges_checked() -> None:
    page = Page("« Oui , assure Roy, et non »")
    page.quote("« Oui ", "et non »", source=" Roy", cue="assure ")
    assert page.kinds() == [Kind.EDGE] * 3


def test_an_annotation_of_blanks_is_removed() -> None:
    page = Page("Lyon , ici")
    made = page.label("loc", " , ")
    assert page.only(Kind.EDGE).repair == Remove(made.id)


def test_a_part_of_no_quote_is_found_and_an_entity_is_not() -> None:
    page = Page("Roy assure, elle dit")
    page.label("per", "Roy")
    cue = page.label("cue", "assure")
    source = page.label("source", "elle")
    found = page.check()
    assert [each.kind for each in found] == [Kind.UNUSED] * 2
    assert [each.repair for each in found] == [Remove(cue.id), Remove(source.id)]
    assert found[0].message == "This Cue belongs to no Quote."


def test_a_part_with_an_entity_or_a_note_is_not_removed_by_a_repair() -> None:
    page = Page("elle dit")
    page.annotations.append(replace(page.label("source", "elle"), id="x", entity="e"))
    del page.annotations[0]
    assert page.only(Kind.UNUSED).repair is None


def test_a_quote_without_a_source_is_found() -> None:
    page = Page("« Oui », assure-t-on.")
    page.quote("« Oui »", cue="assure")
    finding = page.only(Kind.SOURCE)
    assert (finding.rank, finding.repair) == (Rank.DOUBT, None)
    assert finding.remedy.startswith("Press S")
    assert "anonymous, author or none" in finding.remedy


@pytest.mark.parametrize("speaker", ["anonymous", "author", "none"])
def test_a_quote_that_says_why_it_has_no_source_is_right(speaker: str) -> None:
    page = Page("« Oui », assure-t-on.")
    page.quote("« Oui »", cue="assure", speaker=speaker)
    assert page.check() == []


def test_a_quote_without_a_cue_is_only_noted() -> None:
    page = Page("« Oui ». Roy")
    page.quote("« Oui »", source="Roy")
    assert page.only(Kind.CUE).rank is Rank.NOTE


def test_a_floating_quote_needs_no_cue() -> None:
    page = Page("« Oui », dit Roy. « Et non. »\n\n« Enfin. »")
    page.quote("« Oui »", source="Roy", cue="dit")
    page.quote("« Et non. »", speaker="none")
    assert page.check() == []
    page.quote("« Enfin. »", speaker="none")
    assert page.kinds() == [Kind.CUE]


def test_an_indirect_quote_behind_another_one_needs_a_cue() -> None:
    page = Page("« Oui », dit Roy, que rien ne change.")
    page.quote("« Oui »", source="Roy", cue="dit")
    page.quote("que rien ne change", speaker="none", type="indirect")
    assert page.kinds() == [Kind.CUE]


def test_a_colon_leads_from_the_source_to_the_quote() -> None:
    page = Page("Roy : « Oui »")
    page.quote("« Oui »", source="Roy")
    assert page.check() == []


def test_two_direct_quotes_that_cross_are_found() -> None:
    page = Page("un deux trois quatre")
    for words in ("un deux", "deux trois", "quatre"):
        page.quote(words, speaker="none", cue="")
    page.quote("un", speaker="none")
    crossing_ones = [each for each in page.check() if each.kind is Kind.OVERLAP]
    assert [each.words for each in crossing_ones] == ["deux trois"]
    assert "“un deux”" in crossing_ones[0].message


def test_two_direct_quotes_on_the_same_words_are_found() -> None:
    page = Page("un deux")
    for _turn in range(2):
        page.quote("un deux", speaker="none")
    page.quote("un deux", speaker="none", type="indirect")
    found = [each for each in page.check() if each.kind is Kind.OVERLAP]
    assert [each.annotation_id for each in found] == ["n1"]


def test_a_quote_in_the_gap_of_another_does_not_cross_it() -> None:
    page = Page("« Un, dit « deux » Roy, trois »")
    page.label("quote", "« Un", "trois »", type="direct", speaker="none")
    page.label("quote", "« deux »", type="direct", speaker="none")
    assert Kind.OVERLAP not in page.kinds()


def test_a_label_that_may_not_fill_a_slot_leaves_it() -> None:
    page = Page("« Oui », dit Lyon.")
    quote = page.quote("« Oui »", cue="dit")
    link = page.link("source", quote, page.label("loc", "Lyon"))
    finding = page.only(Kind.FILLER)
    assert finding.message == "A LOC cannot be the source of a Quote."
    assert "PER, ORG, FUNC or Source" in finding.remedy
    assert finding.repair == Unlink(link.id)
    assert finding.words == "Lyon"


def test_a_slot_that_takes_one_has_several() -> None:
    page = Page("« Oui », dit et répète Roy.")
    quote = page.quote("« Oui »", source="Roy", cue="dit")
    page.link("cue", quote, page.label("cue", "répète"))
    page.link("source", quote, page.label("per", "« Oui »"))
    finding = page.only(Kind.CROWDED)
    assert "cue" in finding.message
    assert finding.repair is None


def test_slots_of_any_label_are_checked() -> None:
    event = Label(
        "event",
        "Event",
        slots=(Slot("place", labels=("loc",)), Slot("trigger", labels=("trigger",))),
    )
    scheme = Scheme(
        labels=(event, Label("loc", "LOC"), Label("per", "PER"), Label("trigger", "T", group="t"))
    )
    page = Page("« la fête à Lyon", scheme)
    made = page.label("event", "« la fête")
    page.link("place", made, page.label("per", "Lyon"))
    page.label("trigger", "à")
    assert page.kinds() == [Kind.UNUSED, Kind.FILLER]


def test_suggestions_and_rejected_ones_are_left_out() -> None:
    page = Page("« Oui, ")
    page.quote("« Oui, ")
    assert page.check() != []
    for state in (AnnotationState.SUGGESTED, AnnotationState.REJECTED):
        page.annotations = [replace(each, state=state) for each in page.annotations]
        assert page.check() == []


def test_a_part_that_is_only_suggested_fills_its_slot() -> None:
    page = Page("« Oui », dit Roy.")
    page.quote("« Oui »", source="Roy", cue="dit")
    page.annotations[1:] = [
        replace(each, state=AnnotationState.SUGGESTED) for each in page.annotations[1:]
    ]
    assert page.check() == []


def test_findings_come_in_text_order_with_the_article_and_the_words() -> None:
    page = Page("Roy, dit « Oui ». elle")
    page.label("source", "elle")
    page.quote("« Oui »", speaker="none")
    page.label("per", "Roy,")
    found = page.check()
    assert [each.kind for each in found] == [Kind.EDGE, Kind.CUE, Kind.UNUSED]
    assert {(each.title, each.article_id) for each in found} == {("Vote", "a")}
    assert [each.words for each in found] == ["Roy,", "« Oui »", "elle"]


def test_long_words_are_cut_short() -> None:
    page = Page("« " + "mot\n" * 5_000)
    page.quote(page.text)
    assert all(len(each.words) <= 200 and "\n" not in each.words for each in page.check())


def test_a_string_labelled_otherwise_elsewhere_is_noted_where_it_is_rare() -> None:
    page = Page("L’Élysée et l’élysée ; Lyon")
    page.label("loc", "L’Élysée")
    rare = page.label("org", "l’élysée")
    page.label("loc", "Lyon")
    counts = {comparable("L’ÉLYSÉE"): {"org": 3, "loc": 14}}
    (finding,) = labelled_differently(page.article, page.annotations, counts, NEWS)
    assert finding.annotation_id == rare.id
    assert finding.message == "ORG here; in all articles LOC 14 times, ORG 3 times."
    assert finding.repair == Relabel(rare.id, "loc")
    assert finding.rank is Rank.NOTE


def test_of_equally_frequent_labels_the_first_of_the_scheme_is_the_usual_one() -> None:
    page = Page("Lyon Lyon")
    page.label_ranges("org", (0, 4))
    place = page.label_ranges("loc", (5, 9))
    counts = {"lyon": {"loc": 1, "org": 1}}
    (finding,) = labelled_differently(page.article, page.annotations, counts, NEWS)
    assert finding.annotation_id == place.id
    assert "LOC 1 time" in finding.message


def test_a_string_that_has_both_labels_is_not_relabelled_by_a_repair() -> None:
    page = Page("Lyon")
    rare = page.label("org", "Lyon")
    page.label("loc", "Lyon")
    counts = {"lyon": {"loc": 2, "org": 1}}
    (finding,) = labelled_differently(page.article, page.annotations, counts, NEWS)
    assert (finding.annotation_id, finding.repair) == (rare.id, None)
    assert "LOC stands there as well" in finding.remedy


def test_strings_are_compared_without_case_and_kinds_of_blank() -> None:
    assert comparable("Mme\u00a0ROY") == comparable("mme  Roy") == "mme roy"
    assert comparable("A") == comparable("1 %") == ""


def test_every_kind_and_rank_has_a_name() -> None:
    assert len({kind_name(kind) for kind in Kind}) == len(Kind)
    assert len({rank_name(rank) for rank in Rank}) == len(Rank)


def test_what_is_added_must_touch_and_what_is_left_must_say_something() -> None:
    text = "« Viens, dit-il. » Loin"
    far = Reshape("x", add=((19, 23),))
    assert reshaped(text, [(0, 7)], far) == [(0, 7)]
    assert reshaped(text, [(0, 18)], Reshape("x", cut=((7, 17),))) == [(0, 7)]


Pieces = st.lists(
    st.sampled_from(
        list("«»“”\"„‹›'’ ,\u00a0\n") + ["mot", "dit Roy", "``", "''", "<<", ">>", ": "]
    ),
    max_size=30,
).map("".join)


@given(Pieces, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), min_size=1, max_size=6))
def test_any_marks_and_boundaries_get_findings_within_the_text(
    text: str, places: list[tuple[int, int]]
) -> None:
    page = Page(text)
    made = [
        page.label_ranges("quote" if number % 2 else "cue", (start, min(len(text), start + length)))
        for number, (start, length) in enumerate(places)
        if start < len(text)
    ]
    for quote, cue in zip(made[1::2], made[::2], strict=False):
        page.link("cue", quote, cue)

    def any_comma(words: str, start: int, end: int) -> tuple[int, int] | None:
        at = words.find(",", start + 1, end - 1)
        return None if at < 0 else (at, at + 1)

    for finding in page.check(any_comma):
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.message
        assert finding.remedy
        if isinstance(finding.repair, Reshape):
            whole = next(each for each in made if each.id == finding.annotation_id)
            before = [(each.start, each.end) for each in whole.fragments]
            after = reshaped(text, before, finding.repair)
            assert after
            assert after != before
            assert all(0 <= a < b <= len(text) for a, b in after)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15)), max_size=12))
def test_crossing_and_nesting_agree_with_looking_at_all_pairs(
    places: list[tuple[int, int]],
) -> None:
    owners = [[(start, start + length)] for start, length in places]
    crossed = {
        number
        for number, ((a, b),) in enumerate(owners)
        if any(c < a < d < b for ((c, d),) in owners)
    }
    assert {number for number, _other in crossing(owners)} == crossed
    inner = [(a, a + 1) for ((a, _b),) in owners]
    for (low, high), holder in innermost(inner, owners):
        ((start, end),) = owners[holder]
        assert start <= low < high <= end
        assert start == max(a for ((a, b),) in owners if a <= low and high <= b)


PARAGRAPH = "« Oui, assure Mme Roy. Non », dit Luc à Lyon ici.\n"
PARTS = [
    (label, PARAGRAPH.index(words), PARAGRAPH.index(words) + len(words))
    for label, words in (
        ("quote", "« Oui, assure Mme Roy. Non »"),
        ("cue", "dit"),
        ("per", "Luc"),
        ("loc", "Lyon"),
    )
]


def test_sixteen_thousand_annotations_are_checked_at_once() -> None:
    page = Page(PARAGRAPH * 4_000)
    for start in range(0, len(page.text), len(PARAGRAPH)):
        quote, cue, source, place = (
            page.label_ranges(label, (start + low, start + high)) for label, low, high in PARTS
        )
        assert place.text == "Lyon"
        page.link("cue", quote, cue)
        page.link("source", quote, source)
    began = time.perf_counter()
    found = page.check(comma_said)
    took = time.perf_counter() - began
    assert len(found) == 4_000
    assert took < 1

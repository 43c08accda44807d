"""Whatever the text: nothing raises, every range lies on words of it, what is parted stays in order."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.tokens import UNSEEN
from annotator.suggest import quotes
from annotator.suggest.lexicon import Language, lexicon
from annotator.suggest.proposal import Proposal

MARKS = list("«»“”„‟‹›‘’‚'\"—–-,.;:?!…()[]") + ["``", "''", "<<", ">>", ",,", "--"]
BLANKS = [
    " ",
    "\u00a0",
    "\u202f",
    "\n",
    "\n\n",
    "\r\n",
    "\u2028",
    "\u2029",
    "\t",
    "\u200b",
    "\ufeff",
]
WORDS = """
Mme Lafond Luc Roy maire de Laval elle il a dit dit-il a-t-elle ajouté assure que qu’on l’été selon d’après
le pont tiendra souligne l’importance réparer
promet affirme via communiqué M. AFP 27 e\u0301te\u0301 😀 العربية שלום
said Jane according to that the bridge will hold “well told Reuters in her view don’t ’em workers’ U.S.
""".split()

texts = st.lists(
    st.one_of(
        st.sampled_from(MARKS),
        st.sampled_from(BLANKS),
        st.sampled_from([f"{word} " for word in WORDS]),
        st.sampled_from(WORDS),
        st.text(max_size=3),
    ),
    max_size=60,
).map("".join)
languages: st.SearchStrategy[Language] = st.sampled_from(["fr", "en"])


def is_blank(char: str) -> bool:
    return re.fullmatch(rf"[\s{UNSEEN}]", char) is not None


def check(text: str, proposal: Proposal) -> None:
    assert proposal.fragments
    end = -1
    for first, behind in proposal.fragments:
        assert end < first < behind <= len(text)
        assert not is_blank(text[first]) and not is_blank(text[behind - 1])
        end = behind
    others = [*proposal.cue, *(each.range for each in proposal.speakers if each.range)]
    others += [each for each in (proposal.source, proposal.addressee) if each]
    for first, behind in others:
        assert 0 <= first < behind <= len(text)
        assert not text[first].isspace() and not text[behind - 1].isspace()
    assert 0 < proposal.score < 1
    assert proposal.reason and "\n" not in proposal.reason
    assert len(proposal.speakers) <= 5


@given(texts, languages)
def test_suggestions_lie_on_the_text(text: str, language: Language) -> None:
    shapes = set()
    for proposal in quotes.find(text, lexicon(language), with_speakers=True):
        check(text, proposal)
        assert proposal.fragments not in shapes
        shapes.add(proposal.fragments)


@given(texts, languages, st.data())
def test_whatever_place_is_pointed_at(text: str, language: Language, data: st.DataObject) -> None:
    known = lexicon(language)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    found = quotes.find_at(text, start, end, known)
    for each in (found, quotes.incise_in(text, 0, len(text), start, known)):
        if each:
            for first, behind in (*each.fragments, *each.cue):
                assert 0 <= first < behind <= len(text)
    for range_ in (
        quotes.cue_at(text, start, end, known),
        quotes.mention_at(text, start, end, known),
    ):
        assert range_ is None or range_[0] <= start <= end <= range_[1]
    if start < end:
        chosen = quotes.content_of(text, start, end, known)
        assert start <= chosen.start < chosen.end <= end
        assert len(quotes.speakers_of(text, chosen.fragments, known)) <= 5


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "text",
    [
        "«" * 20_000,
        '"' * 20_000,
        "—" * 20_000,
        "'" * 20_000,
        "« " * 10_000,
        "“a” " * 5_000,
        ". " * 10_000,
        "dit que " * 5_000,
        "« a », dit-il, " * 3_000,
        "selon, " * 5_000,
        "Mme Roy, " * 5_000,
        "il a-t-elle dit " * 3_000,
        "— dit-il — " * 3_000,
        "a\n" * 10_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_long_texts_of_one_thing_come_to_an_end(text: str, language: Language) -> None:
    for proposal in quotes.find(text, lexicon(language)):
        check(text, proposal)

"""The same story in several papers is found, whatever an editor did to it; other stories are not."""

import random
import time
import unicodedata
from collections.abc import Callable
from itertools import accumulate, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.likeness import ALIKE, Likeness, groups

SMALL = "le la les de des du un une et à en dans pour que qui sur par au il elle ne pas se son"
FOOTER = (
    "Cet article est réservé à nos abonnés. Pour lire aussi nos autres articles sur ce sujet, "
    "inscrivez-vous à notre lettre du matin. Toute reproduction est interdite sans accord écrit."
)


SYLLABLES = "bo ca da dé fai jou la lè ma mé mi no per pro ra ré sé si tou ti tra vé vi".split()
WORDS = [
    *SMALL.split(),
    *("".join(three) for three in product(SYLLABLES, SYLLABLES[::2], SYLLABLES)),
]
WEIGHTS = list(accumulate(1 / (rank + 2) for rank in range(len(WORDS))))


class Newsroom:
    """Writes stories of about 400 words, the usual words as usual as they are in French."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        syllables = (
            "bo ca da dé fai jou la lè ma mé mi no per pro ra sé si tou ti tra vé vi".split()
        )
        rare = {
            "".join(self._dice.choices(syllables, k=self._dice.randint(2, 4))) for _ in range(6000)
        }
        self._words = [*SMALL.split(), *sorted(rare)]
        self._weights = list(accumulate(1 / (rank + 2) for rank in range(len(self._words))))

    def words(self, count: int) -> list[str]:
        return self._dice.choices(self._words, cum_weights=self._weights, k=count)

    def paragraph(self) -> str:
        words = self.words(45)
        return f"« L’{' '.join(words[:9])}\u00a0», a dit {' '.join(words[9:])}."

    def story(self) -> list[str]:
        return [self.paragraph() for _ in range(9)]


def reset(text: str) -> str:
    """Set a text as another paper does: straight quotes, plain spaces, another Unicode form."""
    straight = text.translate(str.maketrans("«»’\u00a0", '""\' '))
    return unicodedata.normalize("NFD", straight)


def reworded(text: str) -> str:
    dice = random.Random(len(text))
    return " ".join("autrement" if dice.random() < 0.06 else word for word in text.split(" "))


EDITS: dict[str, Callable[[list[str]], str]] = {
    "as it is": "\n\n".join,
    "a new headline and dateline": lambda s: "\n".join(
        ["Un tout autre titre", "LILLE (AFP) –", *s]
    ),
    "two paragraphs cut": lambda s: "\n\n".join([*s[:3], *s[4:6], *s[7:]]),
    "cut to 60 %": lambda s: "\n\n".join(s)[: 6 * len("\n\n".join(s)) // 10],
    "set anew": lambda s: reset("\n".join(s)),
    "a word in sixteen changed": lambda s: reworded("\n\n".join(s)),
    "two paragraphs added": lambda s: "\n\n".join([*s, *Newsroom(9).story()[:2]]),
    "paragraphs in another order": lambda s: "\n\n".join([*s[4:], *s[:4]]),
}
OTHERS: dict[str, Callable[[list[str], list[str]], str]] = {
    "another story": lambda _s, other: "\n\n".join(other),
    "the same footer": lambda _s, other: "\n\n".join([*other, FOOTER]),
    "a quote of the same report": lambda s, other: "\n\n".join([*other[:8], s[3]]),
    "a follow-up with the same background": lambda s, other: "\n\n".join([*other[:7], *s[7:]]),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_story_is_found_and_another_is_not(edit: str) -> None:
    room = Newsroom(1)
    likeness = Likeness()
    found = 0
    for number in range(60):
        story = room.story()
        likeness.add(f"{number}", "\n\n".join([*story, FOOTER]))
        alike = likeness.add(f"{number} edited", EDITS[edit](story))
        assert {each.id for each in alike} <= {f"{number}"}
        found += bool(alike)
    assert found >= 59


@pytest.mark.parametrize("other", OTHERS)
def test_stories_that_only_share_a_part_are_not_alike(other: str) -> None:
    room = Newsroom(2)
    likeness = Likeness()
    for number in range(60):
        story = room.story()
        assert likeness.add(f"{number}", "\n\n".join([*story, FOOTER])) == []
        assert likeness.add(f"{number} other", OTHERS[other](story, room.story())) == []


def test_the_share_is_that_of_the_shorter_text() -> None:
    story = Newsroom(3).story()
    likeness = Likeness()
    likeness.add("whole", "\n\n".join(story))
    (half,) = likeness.add("half", "\n\n".join([*story[:5]]))
    assert half.id == "whole"
    assert half.share > 0.95
    mixed = likeness.add("mixed", "\n\n".join([*story[:6], *Newsroom(4).story()[:3]]))
    assert {each.id: 0.5 < each.share < 0.8 for each in mixed} == {"whole": True, "half": False}
    shares = [each.share for each in likeness.add("again", "\n\n".join(story))]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1.0


def test_one_story_in_many_papers_is_one_group() -> None:
    room = Newsroom(5)
    wire = room.story()
    prints = [
        (f"p{n}", f"Titre {n}\n\n{FOOTER}\n\n" + "\n\n".join(wire[: 9 - n % 3])) for n in range(200)
    ]
    others = [(f"o{n}", "\n\n".join([FOOTER, *room.story()])) for n in range(50)]
    mixed = [
        each
        for pair in zip(prints, [*others, *others, *others, *others], strict=True)
        for each in pair
    ]
    assert {f"p{n}" for n in range(200)} in groups(prints + others)
    assert len(groups(prints + others)) == 1
    assert {f"p{n}" for n in range(200)} in groups([each for each in mixed if each in prints])


def test_groups_do_not_depend_on_the_order_of_articles() -> None:
    room = Newsroom(6)
    articles = []
    for number in range(40):
        story = room.story()
        articles += [(f"{number} {edit}", write(story)) for edit, write in EDITS.items()]
    once = groups(articles)
    random.Random(1).shuffle(articles)
    assert sorted(map(sorted, groups(articles))) == sorted(map(sorted, once))
    assert len(once) == 40


@pytest.mark.parametrize("text", ["", " \n\u00a0", "…", "«\u202f»"])
def test_texts_without_words_are_like_nothing(text: str) -> None:
    likeness = Likeness()
    assert likeness.add("a", text) == likeness.add("b", text) == []


def test_very_short_texts_are_alike_when_they_are_the_same() -> None:
    assert groups([("a", "Rien."), ("b", "rien"), ("c", "Oui, non"), ("d", "Tout")]) == [{"a", "b"}]


def test_a_brief_is_not_like_the_digest_that_holds_it() -> None:
    story = Newsroom(7).story()
    likeness = Likeness()
    likeness.add("digest", "\n\n".join(story))
    assert likeness.add("brief", story[4]) == []


@settings(max_examples=50, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_is_like_itself_or_has_no_words(text: str) -> None:
    likeness = Likeness()
    likeness.add("a", text)
    assert [each.share for each in likeness.add("b", text)] in ([], [1.0])


def test_thousands_of_articles_are_compared_in_seconds() -> None:
    stories = [(f"{n}", "\n\n".join(Newsroom(n).story())) for n in range(2)]
    likeness = Likeness()
    start = time.process_time()
    for turn in range(200):
        for id_, text in stories:
            likeness.add(f"{turn} {id_}", text)
    # 2,000 a second and more by themselves; these are all alike, the hardest there is.
    assert time.process_time() - start < 10
    assert ALIKE == 0.5

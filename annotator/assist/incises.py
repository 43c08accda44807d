"""What the rules for quotes know of incises, as the checker asks for it."""

from functools import lru_cache

from annotator.assist.knowledge import Knowledge
from annotator.core.incise_checks import Incise
from annotator.core.ranges import Range
from annotator.suggest.finder import Finder
from annotator.suggest.language import guess
from annotator.suggest.lexicon import Lexicon
from annotator.suggest.reading import Reading
from annotator.suggest.words import Words

_DASHES = "—–―-"


def first_incise(text: str, start: int, end: int, lexicon: Lexicon) -> Range | None:
    """Return the gap that the first incise makes in the quoted words `[start, end)`, None without one.

    The gap goes from the end of the words before it to the start of those behind it, or to `end`.
    Takes time linear in the length of those words.
    """
    words = Words(text[start:end])
    if not Reading(words, lexicon).hits:
        return None
    finder = Finder(words, lexicon)
    in_dialogue = words.surface[0] in _DASHES
    for incise in finder.incises.inside(0, len(words) - 1, in_dialogue=in_dialogue):
        before = start + words.ends[incise.before]
        return before, end if incise.behind is None else start + words.starts[incise.behind]
    return None


def incise_finder(knowledge: Knowledge) -> Incise:
    """Return what finds incises in any text of a project, in the language that the text looks like."""
    language = lru_cache(maxsize=1)(guess)

    def find(text: str, start: int, end: int) -> Range | None:
        return first_incise(text, start, end, knowledge.lexicon(language(text)))

    return find

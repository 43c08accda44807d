"""What a word list or a pattern would find in an article, in a sentence, while it is being written."""

from collections.abc import Sequence

from annotator.core.errors import UserError
from annotator.core.word_lists import PATTERN, Entry, WordList
from annotator.gui.tasks import Progress
from annotator.language import _, n_
from annotator.suggest import own_patterns
from annotator.suggest.folding import fold
from annotator.suggest.lists import Lists

_SHOWN = 4
"""Different words that the sentence names."""

_LONGEST = 30
"""Code points of each."""


def tried(
    word_list: WordList, entries: Sequence[Entry], text: str, progress: Progress
) -> tuple[str, bool]:
    """Return what is found in a text, and whether something is wrong; may be called in any thread."""
    if not entries:
        return "", False
    try:
        places = _places(word_list, entries, text)
    except UserError as error:
        return str(error), True
    if not progress(0, 0):
        return "", False
    told = n_("{n} place in this article", "{n} places in this article", len(places)).format(
        n=len(places)
    )
    words = dict.fromkeys(" ".join(text[start:end].split()) for start, end in places)
    named = [_("“{words}”").format(words=each[:_LONGEST]) for each in list(words)[:_SHOWN]]
    if not named:
        return f"{told}.", False
    more = ", …" if len(words) > _SHOWN else "."
    return f"{told}: {', '.join(named)}{more}", False


def _places(word_list: WordList, entries: Sequence[Entry], text: str) -> list[tuple[int, int]]:
    if word_list.kind == PATTERN:
        pattern = own_patterns.compiled(entries[0].words, case_counts=word_list.case_counts)
        return list(own_patterns.ranges(text, pattern))
    found = Lists([(word_list, entries)]).find(fold(text))
    return sorted({(each.start, each.end) for each in found})

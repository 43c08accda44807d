"""A quote while it is being put together: everything in words, both ends included."""

from dataclasses import dataclass

from annotator.suggest.groups import Group
from annotator.suggest.inversion import inversion
from annotator.suggest.kinds import Kind, Phrase
from annotator.suggest.proposal import Range, Type
from annotator.suggest.words import Words


@dataclass(slots=True, eq=False)
class Draft:
    """A quote in the making.

    `parts` is the content. `group` is the verb that reports it, `cue` the words that do when that is
    no verb. `source` is the phrase that names the speaker; without one the quote `continues` the
    speaker of the sentence or of the quote before. `marks` is the usual opening mark round it.
    """

    parts: list[Range]
    type: Type
    pattern: str
    score: float
    group: Group | None = None
    cue: Range | None = None
    source: Phrase | None = None
    addressee: Phrase | None = None
    kind: Kind | None = None
    marks: str = ""
    continues: bool = False

    @property
    def first(self) -> int:
        """The first word of the content."""
        return self.parts[0][0]

    @property
    def last(self) -> int:
        """The last word of the content."""
        return self.parts[-1][1]

    @property
    def cue_words(self) -> Range | None:
        """The words of the cue."""
        return (self.group.first, self.group.last) if self.group else self.cue

    @property
    def hull_end(self) -> int:
        """The last word of all that belongs to the quote."""
        ends = [self.last]
        if self.cue_words:
            ends.append(self.cue_words[1])
        if self.source and self.source.first > self.first:
            ends.append(self.source.last)
        return max(ends)

    def holds(self, first: int, last: int) -> bool:
        """Tell whether words lie within one part of the content."""
        return any(begin <= first and last <= end for begin, end in self.parts)


def phrase_range(words: Words, phrase: Phrase) -> Range:
    """Return where a phrase stands in the text; of "a-t-elle" it is the pronoun alone."""
    start, end = words.span(*phrase)
    parts = inversion(words.lower[phrase.first]) if phrase.first == phrase.last else None
    return (end - len(parts[1]), end) if parts else (start, end)

"""Where the annotations of an article go on spaCy's tokens, and what that changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from annotator.core.corpus import Corpus, LabelledArticle
from annotator.core.formats import Loss, Writing
from annotator.core.tokens import Range
from annotator.formats.columns.tag_layer import (
    Pieces,
    Stretch,
    cut,
    parted,
    tagged_labels,
    tokens_of,
)
from annotator.formats.holding import Kept, leave_out, loss
from annotator.formats.sheet import Cutter, Sheet
from annotator.formats.spacy.words import Words
from annotator.language import _


@dataclass(frozen=True, slots=True)
class Placing:
    """An article as it goes out, without what is left out of it (`whole` has that too).

    `ranges` gives by annotation the code points that its tokens have. Tokens are those of
    `Words.places`: `stretches` has every fragment, `entities` those in the one layer of entities,
    `unknown` the tokens of which nothing is said there.
    """

    whole: LabelledArticle
    labelled: LabelledArticle
    ranges: Mapping[str, list[Range]]
    stretches: list[Stretch]
    entities: list[Stretch]
    unknown: set[int]
    losses: list[Loss]


class Placer:
    """Places the articles of a corpus one after another; `words` has the Doc of the last one."""

    def __init__(self, corpus: Corpus, how: Writing) -> None:
        self.words = Words()
        self.tagged = tagged_labels(corpus.scheme)
        self._corpus = corpus
        self._labels = {label.id: label for label in corpus.scheme.labels}
        self._cutter = Cutter(corpus.scheme, how, self.words, masks=True, nests=True)

    def placings(self) -> Iterator[Placing]:
        """Yield each article. UserError at the end if a strict export is to be refused."""
        for each in cut(self._corpus, self._cutter, announce=self.words.turn_to):
            yield self._placing(*each)

    def _placing(self, labelled: LabelledArticle, parts: Pieces, sheet: Sheet) -> Placing:
        reasons = parts.left_out(sheet)
        stretches = parts.stretches(sheet, reasons)
        tagged = frozenset(self.tagged)
        in_order = [each for group in stretches.values() for each in group]
        entities, beneath = parted(each for each in in_order if each.label in tagged)
        unknown, masked = parts.unknown(sheet, tagged, tokens_of(entities))
        reasons |= masked
        kept = Kept(labelled, parts.changes(sheet))
        if reasons:
            kept = leave_out(kept, reasons, self._labels)
        kept.losses.extend(self._hidden(labelled, {each.annotation for each in beneath}))
        ranges = {id_: _ranges(group, sheet.tokens) for id_, group in stretches.items()}
        return Placing(labelled, kept.labelled, ranges, in_order, entities, unknown, kept.losses)

    def _hidden(self, labelled: LabelledArticle, beneath: set[str]) -> Iterator[Loss]:
        """Yield the entities that spaCy has among its spans, but not in its layer of entities."""
        reason = _("It lies inside or across another: it is in doc.spans, but not in doc.ents.")
        for span in labelled.spans:
            if span.annotation in beneath and span.n == 0:
                yield loss(labelled, span, self._labels[span.label], "changed", reason)


def _ranges(stretches: list[Stretch], tokens: list[Range]) -> list[Range]:
    return [(tokens[each.first][0], tokens[each.last][1]) for each in stretches]

"""An article cut into tokens, its annotations placed on them: what every format of tokens begins with."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, get_args

from annotator.core import tokens
from annotator.core.corpus import LabelledArticle, Span
from annotator.core.errors import UserError
from annotator.core.formats import BY_DEFAULT, Kind, Loss, Part, Writing
from annotator.core.metadata import metadata
from annotator.core.model import Article
from annotator.core.scheme import Label, Scheme
from annotator.core.sentences import sentences
from annotator.core.tokens import Range
from annotator.formats.holding import held, keep, leave_out, loss
from annotator.language import _, n_

Tokenise = Callable[[str], list[Range]]
"""Cuts a text into tokens: code point ranges in text order that do not overlap."""

Layer = tuple[str, int]
"""A group of labels and, from 1, a depth: what lies inside or across the annotations of 1 is at 2."""

_MOST = 5
"""Offenders that a refusal names."""


class Placed(NamedTuple):
    """An annotation on the tokens from `first` to `last`, both included."""

    span: Span
    first: int
    last: int


@dataclass(slots=True)
class Sheet:
    """An article cut up.

    `layers` has the annotations that were placed, by their first token; within one layer none touches
    a token of another unless the format nests. `masked` are those that go out as tokens of which
    nothing is known, `offenders` those that begin or end inside tokens or have none. `labelled` is
    the article with what the format holds of it and `held` counts that, by kind; `left_out` says why an
    annotation is not among it. `starts` and `ends` are those of the tokens.
    """

    labelled: LabelledArticle
    tokens: list[Range]
    layers: dict[Layer, list[Placed]] = field(default_factory=dict)
    masked: list[Placed] = field(default_factory=list)
    offenders: list[Span] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    held: Counter[Kind] = field(default_factory=Counter)

    starts: Sequence[int] = field(init=False)
    ends: Sequence[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts, self.ends = zip(*self.tokens, strict=True) if self.tokens else ((), ())

    @property
    def article(self) -> Article:
        """The article, its metadata only if the format holds them."""
        return self.labelled.article


class _Holding(Container[Part]):
    """What a format holds, and fragments: what is to become of them is decided here, not before."""

    def __init__(self, parts: Container[Part]) -> None:
        self._parts = parts

    def __contains__(self, part: object) -> bool:
        return part == "fragments" or part in self._parts


def _own_group(label: Label) -> str:
    return label.group


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts articles up as one format can hold them, following the user's choices.

    `holds` are the parts that the format has a place for; fragments are never placed. `masks`: it can
    say of tokens that nothing is known of them. `nests`: annotations may lie inside and across one
    another within a layer, so that each group has one layer. `group` says which labels may not share
    a token within a layer.
    """

    scheme: Scheme
    how: Writing = BY_DEFAULT
    tokenise: Tokenise = tokens.tokens
    holds: Container[Part] = frozenset(get_args(Part))
    masks: bool = False
    nests: bool = False
    group: Callable[[Label], str] = _own_group
    _groups: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _labels: Mapping[str, Label] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        per_label = self.how.overlap == "per-label"
        groups = {
            label.id: label.name if per_label else self.group(label) for label in self.scheme.labels
        }
        object.__setattr__(self, "_groups", groups)
        object.__setattr__(self, "_labels", {label.id: label for label in self.scheme.labels})

    @property
    def groups(self) -> list[str]:
        """The groups of layers there may be, in the order of the scheme."""
        return list(dict.fromkeys(self._groups.values()))

    def sheets(self, corpus: Iterable[LabelledArticle]) -> Iterator[Sheet]:
        """Yield the sheet of each article. UserError at the end if a strict export is to be refused."""
        count = 0
        first: list[tuple[Article, Span]] = []
        for labelled in corpus:
            sheet = self.sheet(labelled)
            count += len(sheet.offenders)
            first += [(labelled.article, span) for span in sheet.offenders[: _MOST - len(first)]]
            yield sheet
        if count and self.how.align == "strict":
            raise UserError(_refusal(count, first))

    def sheet(self, labelled: LabelledArticle) -> Sheet:
        """Cut up one article; what cannot be placed as it is is among the losses of the sheet."""
        kept = keep(labelled, self._labels, _Holding(self.holds))
        sheet = Sheet(kept.labelled, self.tokenise(labelled.article.text), losses=kept.losses)
        placed = self._placed(sheet, self._whole(sheet, kept.labelled.spans))
        if self.how.overlap == "outermost":
            reason = _("Only the outermost of those that overlap is kept.")
            placed = self._chosen(sheet, placed, -1, reason)
        elif self.how.overlap == "innermost":
            reason = _("Only the innermost of those that overlap is kept.")
            placed = self._chosen(sheet, placed, 1, reason)
        self._lay(sheet, placed)
        if sheet.left_out:
            sheet.labelled, sheet.losses = leave_out(kept, sheet.left_out, self._labels)
        sheet.held = self._held(labelled, sheet)
        return sheet

    def _held(self, labelled: LabelledArticle, sheet: Sheet) -> Counter[Kind]:
        """Return what is left of an article; the short way for one whose annotations carry nothing."""
        if sheet.labelled.spans is not labelled.spans:
            return held(labelled, sheet.losses)
        counts: Counter[Kind] = Counter()
        counts["annotation"] = len(labelled.spans)
        counts["link"] = len(sheet.labelled.links)
        counts["metadata"] = len(metadata(sheet.article))
        return counts

    def _whole(self, sheet: Sheet, spans: list[Span]) -> list[Span]:
        """Return the annotations of one fragment; the others are lost."""
        parted = {span.annotation for span in spans if span.n}
        if not parted:
            return spans
        for span in spans:
            if span.n == 0 and span.annotation in parted:
                sheet.left_out[span.annotation] = _("It is in several fragments.")
        return [span for span in spans if span.annotation not in parted]

    def _placed(self, sheet: Sheet, spans: list[Span]) -> list[Placed]:
        """Put each annotation on the tokens that it touches, if their edges are its own."""
        starts, ends = sheet.starts, sheet.ends
        placed = []
        for span in spans:
            start, end = span[3], span[4]
            first, last = bisect_right(ends, start), bisect_left(starts, end) - 1
            if first > last:
                sheet.left_out[span.annotation] = _("There is no token in it.")
                sheet.offenders.append(span)
                continue
            each: Placed | None = Placed(span, first, last)
            low, high = starts[first], ends[last]
            if low < start or high > end:
                each = self._aligned(sheet, span, range(first, last + 1))
            if each:
                placed.append(each)
                if low > start or high < end:
                    self._change(sheet, span, _("Blanks at its edges were trimmed."))
        return placed

    def _aligned(self, sheet: Sheet, span: Span, touched: range) -> Placed | None:
        """Return where an annotation goes whose edges lie inside tokens; None if it goes nowhere."""
        sheet.offenders.append(span)
        match self.how.align:
            case "expand" | "strict":
                self._change(sheet, span, _("It was widened to whole tokens."))
                return Placed(span, touched[0], touched[-1])
            case "contract":
                first = touched[0] + (sheet.tokens[touched[0]][0] < span.start)
                last = touched[-1] - (sheet.tokens[touched[-1]][1] > span.end)
                if first <= last:
                    self._change(sheet, span, _("It was narrowed to whole tokens."))
                    return Placed(span, first, last)
                sheet.left_out[span.annotation] = _("There is no whole token in it.")
            case "mask" if self.masks:
                sheet.masked.append(Placed(span, touched[0], touched[-1]))
                sheet.left_out[span.annotation] = _("Its tokens go out as unknown.")
            case "mask":
                reason = _("Its edges lie inside tokens, and the format cannot call them unknown.")
                sheet.left_out[span.annotation] = reason
            case "drop":
                sheet.left_out[span.annotation] = _("Its edges lie inside tokens.")
        return None

    def _chosen(self, sheet: Sheet, placed: list[Placed], order: int, reason: str) -> list[Placed]:
        """Return those that share no token within their group, the longest (-1) or shortest (1) first."""
        taken = {group: bytearray(len(sheet.tokens)) for group in set(self._groups.values())}
        kept = []
        for each in sorted(placed, key=lambda each: (order * (each.last - each.first), each.first)):
            where = slice(each.first, each.last + 1)
            lane = taken[self._groups[each.span.label]]
            if any(lane[where]):
                sheet.left_out[each.span.annotation] = reason
            else:
                lane[where] = b"\1" * (each.last + 1 - each.first)
                kept.append(each)
        return sorted(kept, key=lambda each: each.first)

    def _lay(self, sheet: Sheet, placed: list[Placed]) -> None:
        """Give each annotation the first layer of its group with room: the last one there decides."""
        layers, groups = sheet.layers, self._groups
        for each in placed:
            group, depth = groups[each[0][1]], 1
            layer = layers.setdefault((group, depth), [])
            while layer and not self.nests and layer[-1][2] >= each[1]:
                depth += 1
                layer = layers.setdefault((group, depth), [])
            layer.append(each)

    def _change(self, sheet: Sheet, span: Span, reason: str) -> None:
        label = self._labels[span.label]
        sheet.losses.append(loss(sheet.labelled, span, label, "changed", reason))


def sentence_starts(sheet: Sheet) -> set[int]:
    """Return the tokens that begin a sentence, save the first of the article."""
    starts = sheet.starts
    return {bisect_left(starts, start) for start, _end in sentences(sheet.article.text)} - {0}


def _refusal(count: int, first: list[tuple[Article, Span]]) -> str:
    listed = "; ".join(
        _("“{surface}” in {article} at {start}–{end}").format(
            surface=span.surface,
            article=article.title or article.id,
            start=span.start,
            end=span.end,
        )
        for article, span in first
    )
    return n_(
        "{count} annotation does not begin and end where words do: {listed}. Nothing was exported; "
        "correct it, or choose another way to align.",
        "{count} annotations do not begin and end where words do, the first: {listed}. Nothing was "
        "exported; correct them, or choose another way to align.",
        count,
    ).format(count=count, listed=listed)

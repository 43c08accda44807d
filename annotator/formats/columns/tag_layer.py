"""The layer of entities that models of token tags learn from: on tokens, no two on one of them."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from annotator.core.corpus import LabelledArticle, Span
from annotator.core.formats import Loss
from annotator.core.model import Article
from annotator.core.scheme import Scheme
from annotator.formats.sheet import Cutter, Placed, Sheet
from annotator.language import _

_GROUP = "entities"


class Stretch(NamedTuple):
    """A fragment of an annotation on the tokens from `first` to `last`, both included."""

    annotation: str
    label: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """Fragments as annotations of their own, with nothing but their place and label.

    `owners` gives the annotation of each piece that is not its first.
    """

    labelled: LabelledArticle
    owners: Mapping[str, str]

    def owner(self, piece: str) -> str:
        """Return the id of the annotation that a piece is of."""
        return self.owners.get(piece, piece)

    def changes(self, sheet: Sheet) -> list[Loss]:
        """Return what was changed in placing them, told of their annotations."""
        changed = (loss for loss in sheet.losses if loss.outcome == "changed")
        return [loss._replace(id=self.owner(loss.id)) for loss in changed]

    def left_out(self, sheet: Sheet) -> dict[str, str]:
        """Return the annotations of which a piece was not placed, each with the reason."""
        return {self.owner(piece): reason for piece, reason in sheet.left_out.items()}

    def stretches(self, sheet: Sheet, out: Container[str]) -> dict[str, list[Stretch]]:
        """Return by annotation, but for those that are `out`, where its pieces lie.

        Those that came to touch one another, as they were widened, are one stretch.
        """
        found: dict[str, list[Stretch]] = {}
        for each in _in_order(each for layer in sheet.layers.values() for each in layer):
            stretch = self.stretch(each)
            if stretch.annotation in out:
                continue
            before = found.setdefault(stretch.annotation, [])
            if before and sheet.tokens[before[-1].last][1] >= sheet.tokens[stretch.first][0]:
                last = max(before[-1].last, stretch.last)
                before[-1] = before[-1]._replace(last=last)
            else:
                before.append(stretch)
        return found

    def unknown(
        self, sheet: Sheet, tagged: Container[str], taken: Container[int]
    ) -> tuple[set[int], dict[str, str]]:
        """Return the tokens of what is masked, unless another has `taken` them, and what is told of it.

        If another has all of them, or its label is not `tagged`, nothing says that they are unknown.
        """
        unknown: set[int] = set()
        told: dict[str, str] = {}
        masked = {self.owner(each.span.annotation) for each in sheet.masked}
        layers = (*sheet.layers.values(), sheet.masked)
        every = [self.stretch(each) for layer in layers for each in layer] if masked else []
        for annotation in sorted(masked):
            own = [each for each in every if each.annotation == annotation]
            free = {at for at in tokens_of(own) if at not in taken}
            if own[0].label in tagged and free:
                unknown |= free
                told[annotation] = _("Its tokens go out as unknown.")
            else:
                told[annotation] = _(
                    "Its edges lie inside tokens, and the format cannot call them unknown."
                )
        return unknown, told

    def stretch(self, placed: Placed) -> Stretch:
        """Return a piece as a stretch of its annotation."""
        span, first, last = placed
        return Stretch(self.owner(span.annotation), span.label, first, last)


def pieces(labelled: LabelledArticle, labels: Container[str] | None = None) -> Pieces:
    """Return the pieces of an article, only those with one of these labels if any are given."""
    spans: list[Span] = []
    owners: dict[str, str] = {}
    for span in labelled.spans:
        if labels is not None and span.label not in labels:
            continue
        id_ = span.annotation
        if span.n:
            id_ = f"{id_}\x1f{span.n}"
            owners[id_] = span.annotation
        spans.append(Span(id_, span.label, 0, span.start, span.end, span.surface))
    return Pieces(LabelledArticle(labelled.article, spans, []), owners)


class Cut(NamedTuple):
    """An article, its pieces, and where these were placed."""

    labelled: LabelledArticle
    parts: Pieces
    sheet: Sheet


def cut(
    corpus: Iterable[LabelledArticle],
    cutter: Cutter,
    labels: Container[str] | None = None,
    *,
    announce: Callable[[Article], object] = lambda _article: None,
) -> Iterator[Cut]:
    """Yield each article cut up, `announce`d before. UserError at the end where that is refused."""
    waiting: list[tuple[LabelledArticle, Pieces]] = []

    def feed() -> Iterator[LabelledArticle]:
        for each in corpus:
            announce(each.article)
            waiting.append((each, pieces(each, labels)))
            yield waiting[-1][1].labelled

    for sheet in cutter.sheets(feed()):
        yield Cut(*waiting.pop(), sheet)


def tagged_labels(scheme: Scheme) -> list[str]:
    """Return the ids of the labels that go into tags: those of the group “entities”, else of the first."""
    groups = [label.group for label in scheme.labels]
    group = _GROUP if _GROUP in groups else next(iter(groups), "")
    return [label.id for label in scheme.labels if label.group == group]


def parted(stretches: Iterable[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
    """Return those that share no token, and those that lie in or across one of them.

    Of two that share one, the first is kept; of two that begin together, the longer.
    """
    above: list[Stretch] = []
    beneath: list[Stretch] = []
    for each in sorted(stretches, key=lambda each: (each.first, -each.last)):
        (beneath if above and above[-1].last >= each.first else above).append(each)
    return above, beneath


def tokens_of(stretches: Iterable[Stretch]) -> set[int]:
    """Return the tokens that stretches lie on."""
    return {at for each in stretches for at in range(each.first, each.last + 1)}


def page(words: Iterable[str], tags: Iterable[str], spans: Iterable[tuple[str, str]]) -> str:
    """Return tokens with their tags, and spans as label and text, for people to look at."""
    lines = [f"{repr(word)[1:-1]}\t{tag}" for word, tag in zip(words, tags, strict=True)]
    listed = [f"{label}\t{repr(text)[1:-1]}" for label, text in spans]
    return "\n".join((*lines, "", *listed))


def _in_order(placed: Iterable[Placed]) -> list[Placed]:
    return sorted(placed, key=lambda each: (each.first, each.last))

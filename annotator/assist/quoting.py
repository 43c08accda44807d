"""The suggester of quotes: what its rules propose becomes frames of the scheme, with their parts."""

from collections.abc import Iterable, Sequence

from annotator.assist.frames import (
    QUOTE,
    Standing,
    attributes,
    fillings,
    is_same,
    parts,
    quote_label,
)
from annotator.assist.known import Known
from annotator.assist.suggesters import Suggester
from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.model import Annotation, AnnotationState, Article, Fragment, Link
from annotator.core.scheme import Label, Scheme
from annotator.language import _
from annotator.store import annotations, frames
from annotator.store.deed import Deed
from annotator.store.suggestions import Suggested
from annotator.suggest.proposal import Proposal, Range

ORIGIN = "quote rules"
"""What annotations say they come from when the rules for quotes proposed them."""


def suggester() -> Suggester:
    """Return the suggester of quotes. It has no `look`: its frames are built, not merged."""
    return Suggester(
        "quotes",
        ORIGIN,
        _("Quotes"),
        _("Rules that find what somebody is quoted as saying, who said it and with which words."),
        _unable,
        None,
        least=0.0,
    )


def _unable(known: Known) -> str:
    try:
        wanted_label(known.scheme)
    except UserError as error:
        return str(error)
    return ""


def wanted_label(scheme: Scheme) -> Label:
    """Return the label for quotes. Raises UserError when the scheme has none in use."""
    label = quote_label(scheme)
    if label is None:
        raise UserError(
            _(
                "The scheme has no label “{name}” with slots, so there is nothing to suggest; "
                "add it from the template News (Labels and scheme)."
            ).format(name=QUOTE.title())
        )
    return label


def for_article(
    article: Article,
    proposals: Iterable[Proposal],
    label: Label,
    scheme: Scheme,
    standing: Sequence[Annotation],
    annotator: str,
) -> Suggested:
    """Return proposals as suggested annotations and links of an article.

    What overlaps a quote that was accepted, made by hand or rejected is left out: it is decided.
    `standing` are all annotations of the article, rejected ones too.
    """
    kept = Standing(each for each in standing if not is_open(each))
    made = _Made(article, label, scheme, annotator, kept)
    for proposal in proposals:
        decided = (
            each for each in kept.over(proposal.start, proposal.end) if each.label == label.id
        )
        if not any(is_same(proposal.fragments, _ranges(each)) for each in decided):
            made.add(proposal)
    return Suggested(article.id, made.annotations, made.links)


def _ranges(annotation: Annotation) -> list[Range]:
    return [(each.start, each.end) for each in annotation.fragments]


def is_open(annotation: Annotation) -> bool:
    """Tell whether an annotation is a suggestion of ours that nobody has decided about."""
    return annotation.state is AnnotationState.SUGGESTED and annotation.origin == ORIGIN


class _Made:
    """Gathers suggested annotations; quotes that share a part share its annotation."""

    def __init__(
        self,
        article: Article,
        label: Label,
        scheme: Scheme,
        annotator: str,
        standing: Standing,
    ) -> None:
        self._article = article
        self._label = label
        self._slots = fillings(label, scheme)
        self._annotator = annotator
        self._standing = standing
        self.annotations: list[Annotation] = []
        self.links: list[Link] = []
        self._by_shape: dict[tuple[str, tuple[int, int]], str] = {}

    def add(self, proposal: Proposal) -> None:
        quote = self._annotation(self._label.id, proposal.fragments, proposal)
        for part in parts(self._article.text, proposal, self._slots, self._standing):
            part_id = part.id or self._part(part.label, part.range, proposal)
            if part_id != quote.id:
                self.links.append(
                    Link(new_id(), part.slot.name, quote.id, part_id, self._annotator)
                )

    def _part(self, label: str, range_: tuple[int, int], proposal: Proposal) -> str:
        shape = (label, range_)
        if shape not in self._by_shape:
            self._by_shape[shape] = self._annotation(label, [range_], proposal, is_part=True).id
        return self._by_shape[shape]

    def _annotation(
        self,
        label: str,
        ranges: Sequence[tuple[int, int]],
        proposal: Proposal,
        *,
        is_part: bool = False,
    ) -> Annotation:
        text = self._article.text
        declared = attributes(proposal, self._label) if not is_part else {}
        made = Annotation(
            new_id(),
            self._article.id,
            label,
            tuple(Fragment(start, end, text[start:end]) for start, end in ranges),
            attributes=declared,
            annotator=self._annotator,
            origin=ORIGIN,
            state=AnnotationState.SUGGESTED,
            score=proposal.score,
            reason="" if is_part else proposal.reason,
        )
        self.annotations.append(made)
        return made


def accept_proposal(
    deed: Deed,
    article: Article,
    proposal: Proposal,
    label: Label,
    scheme: Scheme,
    standing: Standing,
) -> str:
    """Make a proposed quote with its parts, and return its id: one deed of an annotator's own.

    Where it stands as a suggestion, that is accepted. `standing` are the annotations over its parts.
    """
    quote_id = annotations.add(
        deed, article, label.id, proposal.fragments, attributes=attributes(proposal, label)
    )
    for part in parts(article.text, proposal, fillings(label, scheme), standing):
        if part.id:
            frames.fill(deed, quote_id, part.slot, part.id, adds=True)
        else:
            filling = scheme.label(part.label)
            frames.fill_with(deed, article, quote_id, part.slot, filling, [part.range], adds=True)
    return quote_id

"""Suggesting: rules run over articles, what they find is written as suggestions, decisions are kept."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from annotator.assist.frames import (
    QUOTE,
    Standing,
    attributes,
    fillings,
    is_same,
    parts,
    quote_label,
)
from annotator.assist.knowledge import Knowledge, language_of
from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.model import Annotation, AnnotationState, Article, Changes, Fragment, Link
from annotator.core.scheme import Label, Scheme
from annotator.language import _
from annotator.store import annotations, articles, frames, suggestions
from annotator.store.deed import Deed
from annotator.store.project import Project
from annotator.store.suggestions import Suggested
from annotator.suggest import quotes
from annotator.suggest.lexicon import Language
from annotator.suggest.proposal import Proposal, Range

ORIGIN = "quote rules"
"""What annotations say they come from when the rules for quotes proposed them."""

_BATCH = 100
"""Articles written in one transaction: another window never waits for long."""

Progress = Callable[[int, int], bool]


class Cancelled(UserError):
    """The user stopped suggesting; what was written until then stays."""


@dataclass(frozen=True, slots=True)
class Options:
    """For which articles (all when empty), in which language (each article's own when None).

    What has the score `accept` or more is accepted at once.
    """

    articles: tuple[str, ...] = ()
    language: Language | None = None
    accept: float | None = None
    with_beliefs: bool = False


@dataclass(slots=True)
class Report:
    """How much was looked at and found. `suggested` counts open quotes, `accepted` those taken at once."""

    articles: int = 0
    characters: int = 0
    suggested: int = 0
    accepted: int = 0
    changes: Changes = field(default_factory=Changes)


def suggest(
    project: Project, options: Options, annotator: str, *, progress: Progress | None = None
) -> Report:
    """Suggest quotes for the articles of a project.

    Suggestions are no deeds; accepting those from a score on is one. Raises UserError when the scheme
    has no label for quotes or the project cannot be written to, Cancelled when `progress` returns
    False.
    """
    label = wanted_label(project.scheme)
    knowledge = Knowledge.of(project, with_beliefs=options.with_beliefs)
    ids = list(options.articles) or articles.ids(project)
    report = Report()
    touched: set[str] = set()
    found: set[str] = set()
    for batch in _batches(ids):
        if progress and not progress(report.articles, len(ids)):
            raise Cancelled(_("Stopped; what was suggested until then stays."))
        written = [
            _suggested(project, each, label, knowledge, options, annotator) for each in batch
        ]
        changes = suggestions.write(project, written, [ORIGIN])
        touched |= changes.articles
        found |= changes.annotations
        report.articles += len(batch)
    if progress:
        progress(len(ids), len(ids))
    report.suggested = suggestions.count(project, ids, label.id, ORIGIN)
    report.changes = Changes(articles=frozenset(touched), annotations=frozenset(found))
    if options.accept is not None:
        report.accepted = _accept(project, ids, label, options.accept, annotator, report)
    return report


def described(project: Project, options: Options) -> Iterator[dict[str, Any]]:
    """Yield each quote that the rules see, with its score, reason and ranked speakers, for programs."""
    knowledge = Knowledge.of(project, with_beliefs=options.with_beliefs)
    for article_id in options.articles or articles.ids(project):
        article = articles.article(project, article_id)
        lexicon = knowledge.lexicon(options.language or language_of(article))
        for proposal in quotes.find(article.text, lexicon, with_speakers=True):
            yield {"article": article_id, **_as_dict(article.text, proposal)}


def _as_dict(text: str, proposal: Proposal) -> dict[str, Any]:
    source, addressee = proposal.source, proposal.addressee
    return {
        "fragments": [list(each) for each in proposal.fragments],
        "text": " … ".join(text[start:end] for start, end in proposal.fragments),
        "type": proposal.type,
        "pattern": proposal.pattern,
        "score": proposal.score,
        "reason": proposal.reason,
        "cue": [list(each) for each in proposal.cue],
        "source": list(source) if source else None,
        "addressee": list(addressee) if addressee else None,
        "speakers": [
            {
                "kind": speaker.kind,
                "range": list(speaker.range) if speaker.range else None,
                "text": text[slice(*speaker.range)] if speaker.range else "",
                "reason": speaker.reason,
            }
            for speaker in proposal.speakers
        ],
    }


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


def _suggested(
    project: Project,
    article_id: str,
    label: Label,
    knowledge: Knowledge,
    options: Options,
    annotator: str,
) -> Suggested:
    try:
        article = articles.article(project, article_id)
    except KeyError as error:
        raise UserError(
            _("There is no article {id} in the project.").format(id=article_id)
        ) from error
    lexicon = knowledge.lexicon(options.language or language_of(article))
    return for_article(
        article,
        quotes.find(article.text, lexicon),
        label,
        project.scheme,
        suggestions.standing(project, article_id),
        annotator,
    )


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


def _accept(
    project: Project,
    ids: Sequence[str],
    label: Label,
    score: float,
    annotator: str,
    report: Report,
) -> int:
    sure = suggestions.at_least(project, ids, label.id, ORIGIN, score)
    if not sure:
        return 0
    name = _("Accept suggestions from {score}%").format(score=round(score * 100))
    _nothing, changes = project.do(
        name, lambda deed: frames.accept(deed, sure), annotator=annotator
    )
    report.suggested -= len(sure)
    report.changes = Changes(
        articles=report.changes.articles | changes.articles,
        annotations=report.changes.annotations | changes.annotations,
    )
    return len(sure)


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    left = iter(ids)
    while batch := list(islice(left, _BATCH)):
        yield batch

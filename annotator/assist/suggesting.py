"""Suggesting: suggesters look at articles, what they find is written, decisions about it are kept."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from annotator.assist import quoting, suggesters
from annotator.assist.frames import Standing
from annotator.assist.knowledge import Knowledge, language_of
from annotator.assist.known import Known
from annotator.assist.merging import LAST, Offer, merged
from annotator.assist.suggesters import Suggester
from annotator.core.errors import UserError
from annotator.core.model import (
    BY_PEOPLE,
    Annotation,
    AnnotationState,
    Article,
    Changes,
    Claim,
    Link,
)
from annotator.language import _
from annotator.store import annotations, articles, frames, suggestions
from annotator.store.project import Project
from annotator.store.suggestions import Suggested
from annotator.suggest import quotes
from annotator.suggest.lexicon import Language
from annotator.suggest.mention import Mention
from annotator.suggest.proposal import Proposal

_BATCH = 100
"""Articles written in one transaction: another window never waits for long."""

Progress = Callable[[int, int], bool]


class Cancelled(UserError):
    """The user stopped suggesting; what was written until then stays."""


@dataclass(frozen=True, slots=True)
class Options:
    """For which articles (all when empty), in which language (each article's own when None).

    `only` are ids of suggesters; when empty, those that the project has switched on. What has the
    score `accept` or more is accepted at once.
    """

    articles: tuple[str, ...] = ()
    language: Language | None = None
    accept: float | None = None
    with_beliefs: bool = False
    only: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """How much was looked at and found. `suggested` waits for decisions, `accepted` was taken at once.

    `by_suggester` counts what waits, by id of suggester; `unable` are sentences of those that could not
    work.
    """

    articles: int = 0
    suggested: int = 0
    accepted: int = 0
    by_suggester: dict[str, int] = field(default_factory=dict)
    unable: list[str] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)


def suggest(
    project: Project, options: Options, annotator: str, *, progress: Progress | None = None
) -> Report:
    """Have suggesters look at the articles of a project and write what they propose.

    Suggestions are no deeds; accepting those from a score on is one. Raises UserError when no suggester
    can work here or the project cannot be written to, Cancelled when `progress` returns False.
    """
    known = Known()
    ids = _wanted_articles(project, options)
    report = Report()
    touched: set[str] = set()
    found: set[str] = set()
    with known.at_work(project, with_beliefs=options.with_beliefs):
        able = _able(known, options, report)
        for batch in _batches(ids):
            if progress and not progress(report.articles, len(ids)):
                raise Cancelled(_("Stopped; what was suggested until then stays."))
            written = [
                _looked_at(known, each, able, annotator, options)
                for each in _still_there(project, batch)
            ]
            changes = suggestions.write(project, written)
            touched |= changes.articles
            found |= changes.annotations
            report.articles += len(written)
    if progress:
        progress(len(ids), len(ids))
    report.changes = Changes(articles=frozenset(touched), annotations=frozenset(found))
    if options.accept is not None:
        _accept(project, ids, able, options.accept, annotator, report)
    _count(project, ids, able, report)
    return report


def look_at(
    known: Known,
    article: Article,
    annotator: str,
    *,
    only: Collection[str] = (),
) -> Suggested:
    """Return what suggesters propose for an article as it stands, for `suggestions.write`.

    To be called within `known.at_work`. `only` are ids of suggesters; when empty, those that the project
    has switched on. What the others have suggested before stays, and what was decided is left alone.
    """
    return _looked_at(known, article, working(known, only), annotator, Options())


def working(known: Known, only: Collection[str] = ()) -> list[Suggester]:
    """Return the suggesters that are wanted and can work now, the highest ranked first."""
    return [each for each in _wanted(known, only) if not each.unable(known)]


def _wanted(known: Known, only: Collection[str]) -> list[Suggester]:
    every = suggesters.ranked(known.settings)
    if only:
        return [each for each in every if each.id in only]
    return [each for each in every if suggesters.is_on(each, known.settings)]


def _able(known: Known, options: Options, report: Report) -> list[Suggester]:
    for name in options.only:
        suggesters.named(name)
    able = []
    for suggester in _wanted(known, options.only):
        reason = suggester.unable(known)
        if reason:
            report.unable.append(reason)
        else:
            able.append(suggester)
    if not able:
        nothing = _("No suggester is switched on.")
        raise UserError(" ".join(dict.fromkeys(report.unable)) or nothing)
    return able


def _wanted_articles(project: Project, options: Options) -> list[str]:
    wanted = list(dict.fromkeys(options.articles))
    for each in wanted:
        if not articles.exists(project, each):
            raise UserError(_("There is no article {id} in the project.").format(id=each))
    return wanted or articles.ids(project)


def _still_there(project: Project, ids: Iterable[str]) -> Iterator[Article]:
    """Yield the articles, without those that somebody has removed since."""
    for each in ids:
        try:
            found = articles.article(project, each)
        except KeyError:
            continue
        yield found


def _looked_at(
    known: Known,
    article: Article,
    able: Sequence[Suggester],
    annotator: str,
    options: Options,
) -> Suggested:
    standing = suggestions.standing(known.project, article.id)
    is_open = {each.id for each in standing if _is_open(each)}
    decided = [each for each in standing if each.id not in is_open]
    before = [each for each in standing if each.id in is_open]
    again = {each.origin for each in able}
    again |= {each.origin for each in _wanted(known, ()) if not each.is_kept and each.unable(known)}
    offers = [*_fresh(known, article, able), *_earlier(known, before, again)]
    names = merged(article, offers, decided, known.scheme, annotator, suggesters.title_of)
    frames_, links = _frames_before(known, before, again)
    made: list[Annotation] = [*names, *frames_]
    if quoting.ORIGIN in again:
        built = _quotes(known, article, [*decided, *made], annotator, options)
        made = _with_quotes(made, built)
        links = [*links, *built.links]
    return Suggested(article.id, made, _between(made, before, links))


def _is_open(annotation: Annotation) -> bool:
    return annotation.state is AnnotationState.SUGGESTED and annotation.origin not in BY_PEOPLE


def _fresh(known: Known, article: Article, able: Iterable[Suggester]) -> Iterator[Offer]:
    """Yield what suggesters propose now, those behind who were mostly rejected."""
    for rank, suggester in enumerate(able):
        if suggester.look is None:
            continue
        floor = suggesters.least(suggester, known.settings)
        for mention in suggester.look(known, article):
            less = _lowered(known, suggester.origin, mention.label)
            if mention.score < floor or (less and less.is_silent):
                continue
            if less:
                yield Offer(suggester.origin, LAST + rank, _weaker(mention, less.factor))
            else:
                yield Offer(suggester.origin, rank, mention)


def _lowered(known: Known, origin: str, label: str) -> suggesters.Lowered | None:
    rate = known.rates.get((origin, label))
    is_asked = (origin, label) in known.settings.asked
    return suggesters.lowered(rate, is_asked=is_asked) if rate else None


def _weaker(mention: Mention, factor: float) -> Mention:
    return Mention(
        mention.label,
        mention.start,
        mention.end,
        mention.score * factor,
        mention.reason,
        mention.entity,
    )


def _earlier(known: Known, before: Iterable[Annotation], again: Collection[str]) -> Iterator[Offer]:
    """Yield what those have suggested before who are not asked again."""
    ranks = {each.origin: n for n, each in enumerate(suggesters.ranked(known.settings))}
    for each in before:
        if _is_frame(known, each) or len(each.fragments) > 1:
            continue
        for claim in each.claims:
            if claim.origin not in again:
                yield Offer(
                    claim.origin,
                    ranks.get(claim.origin, LAST),
                    Mention(
                        each.label,
                        each.start,
                        each.end,
                        claim.score or 0.0,
                        claim.reason,
                        each.entity,
                    ),
                )


def _frames_before(
    known: Known, before: Sequence[Annotation], again: Collection[str]
) -> tuple[list[Annotation], list[Link]]:
    """Return frames, and what has several fragments, of those who are not asked again."""
    kept = [
        each
        for each in before
        if each.origin not in again and (_is_frame(known, each) or len(each.fragments) > 1)
    ]
    ids = {each.id for each in kept}
    links = annotations.links_at(known.project, sorted(ids)) if ids else []
    return kept, [link for link in links if link.from_id in ids]


def _is_frame(known: Known, annotation: Annotation) -> bool:
    return bool(known.scheme.label(annotation.label).slots)


def _quotes(
    known: Known,
    article: Article,
    standing: Sequence[Annotation],
    annotator: str,
    options: Options,
) -> Suggested:
    label = quoting.wanted_label(known.scheme)
    less = _lowered(known, quoting.ORIGIN, label.id)
    floor = suggesters.least(suggesters.named("quotes"), known.settings)
    proposals: list[Proposal] = []
    if not (less and less.is_silent):
        lexicon = known.knowledge.lexicon(options.language or language_of(article))
        factor = less.factor if less else 1.0
        proposals = [
            replace(each, score=each.score * factor) if less else each
            for each in quotes.find(article.text, lexicon)
            if each.score * factor >= floor
        ]
    return quoting.for_article(article, proposals, label, known.scheme, standing, annotator)


def _with_quotes(made: Sequence[Annotation], built: Suggested) -> list[Annotation]:
    """Return all that is suggested; a name that fills a slot of a quote is said by its rules, too."""
    quotes_ = {each.id: each for each in built.annotations}
    used = {link.to_id: quotes_[link.from_id] for link in built.links if link.from_id in quotes_}
    found = []
    for each in made:
        quote = used.get(each.id)
        if quote and quoting.ORIGIN not in {claim.origin for claim in each.claims}:
            claim = Claim(quoting.ORIGIN, quote.score, "")
            found.append(replace(each, also=(*each.also, claim)))
        else:
            found.append(each)
    return [*found, *built.annotations]


def _between(
    made: Sequence[Annotation], before: Sequence[Annotation], links: Sequence[Link]
) -> list[Link]:
    """Return the links, those that led to a suggestion of before leading to what stands for it now.

    That may be longer or shorter. A link to what is suggested no longer is left out.
    """
    now = {(each.label, each.start, each.end): each.id for each in made}
    standing = Standing(made)
    moved = {
        each.id: now.get((each.label, each.start, each.end)) or _instead(each, standing)
        for each in before
    }
    kept = {each.id for each in made}
    found = []
    for link in links:
        target = link.to_id if link.to_id in kept else moved.get(link.to_id, link.to_id)
        if target:
            found.append(replace(link, to_id=target))
    return found


def _instead(annotation: Annotation, standing: Standing) -> str:
    over = standing.over(annotation.start, annotation.end)
    return next((each.id for each in over if each.label == annotation.label), "")


def described(project: Project, options: Options) -> Iterator[dict[str, Any]]:
    """Yield each quote that the rules see, with its score, reason and ranked speakers, for programs."""
    knowledge = Knowledge.of(project, with_beliefs=options.with_beliefs)
    for article in _still_there(project, _wanted_articles(project, options)):
        lexicon = knowledge.lexicon(options.language or language_of(article))
        for proposal in quotes.find(article.text, lexicon, with_speakers=True):
            yield {"article": article.id, **_as_dict(article.text, proposal)}


def waiting(project: Project, options: Options, report: Report) -> Iterator[dict[str, Any]]:
    """Yield what those who ran suggest besides quotes and waits for a decision, for programs."""
    ran = {suggesters.named(name).origin: name for name in report.by_suggester}
    for article_id in _wanted_articles(project, options):
        for each in annotations.of_article(project, article_id, ["suggested"]):
            if each.origin in ran and each.origin != quoting.ORIGIN and len(each.fragments) == 1:
                yield {
                    "article": article_id,
                    "suggester": ran[each.origin],
                    "label": project.scheme.label(each.label).name,
                    "start": each.start,
                    "end": each.end,
                    "text": each.text,
                    "score": each.score,
                    "reason": each.reason,
                    "entity_id": each.entity,
                    "also": [
                        {"origin": c.origin, "score": c.score, "reason": c.reason}
                        for c in each.also
                    ],
                }


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


def _accept(
    project: Project,
    ids: Sequence[str],
    able: Iterable[Suggester],
    score: float,
    annotator: str,
    report: Report,
) -> None:
    sure = suggestions.sure(project, ids, [each.origin for each in able], score)
    if not sure:
        return
    name = _("Accept suggestions from {score}%").format(score=round(score * 100))
    _nothing, changes = project.do(
        name, lambda deed: frames.accept(deed, sure), annotator=annotator
    )
    report.accepted = len(sure)
    report.changes = Changes(
        articles=report.changes.articles | changes.articles,
        annotations=report.changes.annotations | changes.annotations,
    )


def _count(project: Project, ids: Sequence[str], able: Iterable[Suggester], report: Report) -> None:
    counted = suggestions.counts(project, ids)
    for suggester in able:
        count = sum(n for (origin, _label), n in counted.items() if origin == suggester.origin)
        report.by_suggester[suggester.id] = count
    report.suggested = sum(report.by_suggester.values())


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    left = iter(ids)
    while batch := list(islice(left, _BATCH)):
        yield batch

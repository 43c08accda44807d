"""A walk over what is exported: counted, its surfaces checked, and telling how far it is."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator

from annotator.core.corpus import Corpus, LabelledArticle, Span
from annotator.core.errors import UserError
from annotator.core.formats import Kind
from annotator.core.model import Article
from annotator.formats.holding import held
from annotator.language import _
from annotator.store import corpus as store
from annotator.store import entities
from annotator.store.precedents import with_precedents
from annotator.store.project import Project

Progress = Callable[[int, int], bool]
"""Told how much is done of how much; returns False to give up."""


class Cancelled(UserError):
    """The user stopped an export; nothing was written."""


class Pace:
    """How far an export is: `articles` as often as they are walked over, in `rounds`."""

    def __init__(self, articles: int, progress: Progress | None) -> None:
        self._articles = articles
        self._progress = progress
        self._done = 0
        self.rounds = 1

    def step(self) -> None:
        """Count one article. Raises Cancelled when the user gave up."""
        self._done += 1
        total = max(1, self._articles * self.rounds)
        if self._progress and not self._progress(min(self._done, total), total):
            raise Cancelled(_("The export was cancelled; nothing was written."))


class Walk:
    """Walks over the articles of one part of an export; `counts` are those of the last walk.

    `only` are the ids of its articles, None for all that are `chosen`.
    """

    def __init__(
        self,
        project: Project,
        states: Collection[str],
        pace: Pace,
        *,
        done_only: bool = False,
        only: Collection[str] | None = None,
    ) -> None:
        self._project = project
        self._states = states
        self._done_only = done_only
        self._only = only
        self._pace = pace
        self.counts: Counter[Kind] = Counter()
        self.labels: Counter[str] = Counter()
        self.article_count = 0

    def corpus(self) -> Corpus:
        """Return what is exported, to be walked over."""
        register = {entity.id: entity for entity in entities.register(self._project)}
        return Corpus(with_precedents(self._project), self.articles, register)

    def articles(self) -> Iterator[LabelledArticle]:
        """Yield the articles. Raises UserError where an annotation is not what the text says."""
        self.counts = Counter()
        self.labels = Counter()
        self.article_count = 0
        for labelled in store.stream(
            self._project, states=self._states, done_only=self._done_only, only=self._only
        ):
            self._count(labelled)
            self._pace.step()
            yield labelled

    def _count(self, labelled: LabelledArticle) -> None:
        text = labelled.article.text
        for span in labelled.spans:
            if text[span[3] : span[4]] != span[5]:
                raise UserError(_not_in_the_text(labelled.article, span))
        self.article_count += 1
        self.labels.update(span[1] for span in labelled.spans if span[2] == 0)
        self.counts.update(held(labelled, ()))


def _not_in_the_text(article: Article, span: Span) -> str:
    return _(
        "In “{title}”, an annotation says “{surface}” where the text has “{found}”. "
        "Nothing was exported; run “annotator check” on the project."
    ).format(
        title=article.title or article.id,
        surface=span.surface,
        found=article.text[span.start : span.end],
    )

"""Writers for formats that take one article after another, and the proof by their own reader."""

from abc import abstractmethod
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from annotator.core.corpus import Corpus, Found, LabelledArticle, labelled
from annotator.core.formats import BY_DEFAULT, Loss, Part, ProvedWriter, Writer, Writing
from annotator.core.model import Document, Problem, Remark
from annotator.core.scheme import Scheme
from annotator.formats.comparing import Comparison
from annotator.formats.holding import Kept, held, keep, loss
from annotator.language import _

Put = Callable[[LabelledArticle], None]
Prove = Callable[[LabelledArticle], Iterable[Found]]

_MOST_DIFFERENCES = 100
"""Enough to see what is wrong; a disk that garbles all would fill the memory."""


class KeepingWriter(Writer):
    """Writes of each article what the format holds.

    A subclass says what it `holds`. Where a format holds less than a part promises (no blanks in
    names, no crossing), it narrows `kept` and adds what it loses thereby.
    """

    holds: Container[Part] = ()

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self.labels = {label.id: label for label in corpus.scheme.labels}
        self.names = self.spelled(corpus.scheme)
        self._respelled = {
            label.id for label in corpus.scheme.labels if self.names[label.id] != label.name
        }

    def spelled(self, scheme: Scheme) -> Mapping[str, str]:
        """Return for each label id its name as the format can spell it, none twice."""
        return {label.id: label.name for label in scheme.labels}

    def kept(self, labelled: LabelledArticle) -> Kept:
        """Return what the format holds of an article, and what it loses."""
        kept = keep(labelled, self.labels, self.holds)
        if self._respelled:
            kept.losses.extend(self._lost_names(labelled))
        return kept

    def losses(self) -> Iterator[Loss]:
        """Yield what is lost, article by article."""
        for each in self.corpus:
            yield from self.kept(each).losses

    def _lost_names(self, labelled: LabelledArticle) -> Iterator[Loss]:
        for span in labelled.spans:
            if span.label in self._respelled and span.n == 0:
                reason = _("Its label is spelled otherwise in the file.")
                yield loss(labelled, span, self.labels[span.label], "changed", reason)


class ArticleWriter(KeepingWriter):
    """Writes all articles, then reads all of them again and compares.

    A subclass opens its files for `put`ting one article after another, and reads them `back` with
    the reader that an import uses.
    """

    walks = 2

    @abstractmethod
    def opened(self, target: Path) -> AbstractContextManager[Put]:
        """Open the files; what is yielded puts one article, as kept, into them."""

    @abstractmethod
    def back(self, target: Path) -> Iterator[Found]:
        """Read what was written, with the format's own reader."""

    def write(self, target: Path) -> Iterator[Loss]:
        """Write each article as kept."""
        with self.opened(target) as put:
            for each in self.corpus:
                kept = self.kept(each)
                put(kept.labelled)
                yield from kept.losses

    def differences(self, target: Path) -> Iterator[Problem]:
        """Read all back and compare it, annotation by annotation, with what was kept."""
        comparison = Comparison(self.names, self.holds)
        found = _articles(self.back(target))
        for each in self.corpus:
            kept = self.kept(each)
            differences = list(_differences(comparison, kept.labelled, next(found, None)))
            yield from differences
            if not differences:
                self.held.update(held(each, kept.losses))
        if next(found, None) is not None:
            yield Problem(target.name, _("There are more articles than expected."))


class ProvingWriter(KeepingWriter, ProvedWriter):
    """Writes articles and proves each while it is at hand: for formats that have to be quick.

    A subclass opens its files for writing one article after another; what does that returns what
    the format's own reader finds in the very bytes that went to the disk, and `digests` tell
    whether these stand there.
    """

    @abstractmethod
    def opened(self, target: Path) -> AbstractContextManager[Prove]:
        """Open the files; what is yielded writes one article, as kept, and reads it again."""

    def write(self, target: Path) -> Iterator[Loss]:
        """Write each article as kept, and compare it, annotation by annotation, with what is read."""
        comparison = Comparison(self.names, self.holds)
        with self.opened(target) as prove:
            for each in self.corpus:
                kept = self.kept(each)
                found = list(_articles(prove(kept.labelled)))
                back = found[0] if found else None
                differences = list(_differences(comparison, kept.labelled, back))
                if len(found) > 1:
                    told = _("There are more articles than expected.")
                    differences.append(Problem(each.article.id, told))
                if differences:
                    self.problems += differences[: _MOST_DIFFERENCES - len(self.problems)]
                else:
                    self.held.update(held(each, kept.losses))
                yield from kept.losses


def _differences(
    comparison: Comparison, kept: LabelledArticle, back: LabelledArticle | Problem | None
) -> Iterator[Problem]:
    if isinstance(back, Problem):
        yield back
    elif back is None:
        yield Problem(kept.article.id, _("The article did not come back."))
    else:
        yield from comparison.differences(kept, back)


def _articles(found: Iterable[Found]) -> Iterator[LabelledArticle | Problem]:
    for each in found:
        if isinstance(each, Document):
            yield labelled(each)
        elif isinstance(each, LabelledArticle | Problem) and not isinstance(each, Remark):
            yield each

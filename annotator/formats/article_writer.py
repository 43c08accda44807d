"""A writer for formats that take one article after another, and the proof by their own reader."""

from abc import abstractmethod
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from annotator.core.corpus import Corpus, Found, Foundation, LabelledArticle, Textless, labelled
from annotator.core.formats import BY_DEFAULT, Loss, Part, Writer, Writing
from annotator.core.model import Document, Problem, Remark
from annotator.core.scheme import Scheme
from annotator.formats.comparing import Comparison
from annotator.formats.holding import Kept, keep, loss
from annotator.language import _

Put = Callable[[LabelledArticle], None]


class ArticleWriter(Writer):
    """Writes of each article what the format holds, then reads all of it again and compares.

    A subclass says what it `holds`, opens its files for `put`ting one article after another, and
    reads them `back` with the reader that an import uses. Where a format holds less than a part
    promises (no blanks in names, no crossing), it narrows `kept` and adds what it loses thereby.
    """

    walks = 2
    holds: Container[Part] = ()

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self.labels = {label.id: label for label in corpus.scheme.labels}
        self.names = self.spelled(corpus.scheme)

    @abstractmethod
    def opened(self, target: Path) -> AbstractContextManager[Put]:
        """Open the files; what is yielded puts one article, as kept, into them."""

    @abstractmethod
    def back(self, target: Path) -> Iterator[Found]:
        """Read what was written, with the format's own reader."""

    def spelled(self, scheme: Scheme) -> Mapping[str, str]:
        """Return for each label id its name as the format can spell it, none twice."""
        return {label.id: label.name for label in scheme.labels}

    def kept(self, labelled: LabelledArticle) -> Kept:
        """Return what the format holds of an article, and what it loses."""
        kept = keep(labelled, self.labels, self.holds)
        kept.losses.extend(self._respelled(labelled))
        return kept

    def _respelled(self, labelled: LabelledArticle) -> Iterator[Loss]:
        for span in labelled.spans:
            label = self.labels[span.label]
            if span.n == 0 and self.names[span.label] != label.name:
                reason = _("Its label is spelled otherwise in the file.")
                yield loss(labelled, span, label, "changed", reason)

    def losses(self) -> Iterator[Loss]:
        """Yield what is lost, article by article."""
        for each in self.corpus:
            yield from self.kept(each).losses

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
            back = next(found, None)
            if isinstance(back, Problem):
                yield back
                return
            if back is None:
                yield Problem(each.article.id, _("The article did not come back."))
                return
            differences = list(comparison.differences(kept.labelled, back))
            yield from differences
            if not differences:
                self.held.update(kept.held)
        if next(found, None) is not None:
            yield Problem(target.name, _("There are more articles than expected."))


def _articles(found: Iterator[Found]) -> Iterator[LabelledArticle | Problem]:
    for each in found:
        if isinstance(each, Document):
            yield labelled(each)
        elif not isinstance(each, Remark | Foundation | Textless):
            yield each

"""What an import would bring, looked at without writing: files, articles, labels, twins, look-alikes."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from annotator.core.corpus import Foundation, LabelledArticle, Textless, labelled
from annotator.core.errors import UserError
from annotator.core.likeness import Likeness
from annotator.core.model import Article, Document, Problem, Remark
from annotator.core.text import digest
from annotator.exchange.importing import ImportOptions, remembered_labels
from annotator.exchange.sources import Source, sources
from annotator.language import _
from annotator.store import corpus as store
from annotator.store.project import Project

Progress = Callable[[int, int], bool]

_MOST_ARTICLES = 2_000
"""Articles that a preview lists one by one; it counts them all."""

_BEGINNING = 1_200
"""Code points of a text that a preview shows."""


class Twin(NamedTuple):
    """An article like another: `share` of the shorter stands in the longer; 1.0: the same text."""

    title: str
    share: float

    @property
    def is_same(self) -> bool:
        """Whether the texts are equal to the letter."""
        return self.share == 1.0

    def __str__(self) -> str:
        if self.is_same:
            return _("the same as “{title}”").format(title=self.title)
        percent = min(99, round(100 * self.share))
        return _("{percent}% like “{title}”").format(percent=percent, title=self.title)


class ArticlePreview(NamedTuple):
    """An article as it would come in. `characters` are code points; `twin` is there or before it."""

    article: Article
    place: str
    beginning: str
    characters: int
    annotations: int
    twin: Twin | None


@dataclass(slots=True)
class FilePreview:
    """A file: what reads it, in which encoding, and how much is in it."""

    path: Path
    format: str
    encoding: str = ""
    articles: int = 0
    annotations: int = 0
    problems: int = 0
    columns: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class LabelFate:
    """What a label of the files becomes: `becomes` is a label of the project, "" none at all."""

    name: str
    count: int
    becomes: str
    is_new: bool


@dataclass(slots=True)
class ImportPreview:
    """What an import would bring. `listed` are the first articles; the counts are of all.

    `same` have a text that is there already, `alike` nearly one. `is_whole` is False when the user
    gave up before the end.
    """

    files: list[FilePreview] = field(default_factory=list)
    listed: list[ArticlePreview] = field(default_factory=list)
    labels: list[LabelFate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    same: int = 0
    alike: int = 0
    is_whole: bool = True

    @property
    def articles(self) -> int:
        """How many articles the files have, those whose text is there already too."""
        return sum(file.articles for file in self.files)

    @property
    def columns(self) -> list[str]:
        """The columns of all tables among the files, each once."""
        return list(dict.fromkeys(name for file in self.files for name in file.columns if name))

    @property
    def annotations(self) -> int:
        """How many annotations the files have."""
        return sum(file.annotations for file in self.files)

    def as_dict(self) -> dict[str, Any]:
        """Return the preview as plain values."""
        return {
            "articles": self.articles,
            "annotations": self.annotations,
            "same": self.same,
            "alike": self.alike,
            "files": [
                {
                    "path": str(file.path),
                    "format": file.format,
                    "encoding": file.encoding,
                    "articles": file.articles,
                    "annotations": file.annotations,
                    "problems": file.problems,
                    "columns": list(file.columns),
                }
                for file in self.files
            ],
            "labels": [asdict(fate) for fate in self.labels],
            "listed": [_as_dict(row) for row in self.listed],
            "problems": [str(each) for each in self.problems],
            "remarks": [str(each) for each in self.remarks],
        }


def preview_import(
    project: Project,
    paths: Sequence[Path],
    options: ImportOptions,
    *,
    progress: Progress | None = None,
) -> ImportPreview:
    """Read the files as an import would and say what is in them; the project is only read.

    Raises UserError when a path or the format does not exist.
    """
    preview = ImportPreview()
    found = sources(paths, options.format, preview.problems, preview.remarks, options.how)
    with store.snapshot(project):
        seen = _Seen(project)
        labels: Counter[str] = Counter()
        for number, source in enumerate(found):
            if progress and not progress(number, len(found)):
                preview.is_whole = False
                break
            _look(source, preview, seen, labels)
    names = {**remembered_labels(project), **options.labels}
    preview.labels = list(_fates(project, labels, names))
    return preview


def _look(source: Source, preview: ImportPreview, seen: "_Seen", labels: Counter[str]) -> None:
    file = FilePreview(source.path, source.format.name)
    preview.files.append(file)
    if source.format.columns:
        with suppress(UserError, OSError):  # Reading the file will say it.
            file.columns = source.format.columns(source.path, source.how)
    for each in source.read():
        if isinstance(each, Remark):
            preview.remarks.append(each)
        elif isinstance(each, Problem):
            preview.problems.append(each)
            file.problems += 1
        elif isinstance(each, Foundation):
            labels.update(dict.fromkeys((label.name for label in each.scheme.labels), 0))
        elif isinstance(each, Textless):
            file.articles += 1
        else:
            row = labelled(each) if isinstance(each, Document) else each
            _look_at(row, file, preview, seen, labels)


def _look_at(
    row: LabelledArticle,
    file: FilePreview,
    preview: ImportPreview,
    seen: "_Seen",
    labels: Counter[str],
) -> None:
    article = row.article
    first = [span for span in row.spans if span.n == 0]
    file.articles += 1
    file.annotations += len(first)
    file.encoding = file.encoding or str(article.meta.get("encoding", ""))
    labels.update(span.label.strip() for span in first)
    twin = seen.twin(article)
    if twin:
        preview.same += twin.is_same
        preview.alike += not twin.is_same
    if len(preview.listed) < _MOST_ARTICLES:
        beginning, length = article.text[:_BEGINNING], len(article.text)
        preview.listed.append(
            ArticlePreview(article, row.place, beginning, length, len(first), twin)
        )


def _fates(
    project: Project, labels: Mapping[str, int], names: Mapping[str, str]
) -> Iterator[LabelFate]:
    for name, count in sorted(labels.items(), key=lambda row: (-row[1], row[0])):
        wanted = names.get(name, name)
        ours = project.scheme.by_name(wanted) if wanted else None
        yield LabelFate(name, count, ours.name if ours else wanted, bool(wanted) and ours is None)


class _Seen:
    """The texts of the project, and those of the files so far: who is the same, who is alike."""

    def __init__(self, project: Project) -> None:
        self._titles: dict[str, str] = {}
        self._digests: dict[str, str] = {}
        self._likeness = Likeness()
        for row in store.stream(project, states=(), links=False):
            self._take(row.article)

    def twin(self, article: Article) -> Twin | None:
        """Return what an article is the same as or like, and take it in."""
        same = self._digests.get(digest(article.text))
        alike = self._take(article)
        if same is not None:
            return Twin(same, 1.0)
        return alike

    def _take(self, article: Article) -> Twin | None:
        title = article.title or article.id
        found = self._likeness.add(article.id, article.text)
        twin = Twin(self._titles[found[0].id], min(found[0].share, 0.999)) if found else None
        self._titles[article.id] = title
        self._digests.setdefault(digest(article.text), title)
        return twin


def _as_dict(row: ArticlePreview) -> dict[str, Any]:
    article = row.article
    return {
        "place": row.place,
        "title": article.title,
        "author": article.author,
        "published": article.published,
        "source": article.source,
        "language": article.language,
        "characters": row.characters,
        "annotations": row.annotations,
        "twin": row.twin._asdict() if row.twin else None,
    }

"""Writers of JSON with one object an article, each read again as soon as it is written."""

import hashlib
from abc import abstractmethod
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Self

from annotator.core.corpus import Corpus, Found, LabelledArticle
from annotator.core.formats import BY_DEFAULT, Loss, Writing
from annotator.core.metadata import metadata
from annotator.core.model import Article
from annotator.core.scheme import Scheme
from annotator.formats.article_writer import Prove, ProvingWriter
from annotator.formats.holding import Kept, metadata_loss
from annotator.formats.records import metadata_of
from annotator.language import _


class RecordWriter(ProvingWriter):
    """Writes JSON lines, or whatever `head`, `between` and `foot` make of the objects.

    Metadata go into the object, or a part of it, under their names; those in `reserved` get a "_".
    """

    head: ClassVar[bytes] = b""
    between: ClassVar[bytes] = b""
    foot: ClassVar[bytes] = b""
    reserved: ClassVar[Container[str]] = ()

    output: "Output"

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self.count = 0

    @abstractmethod
    def record(self, labelled: LabelledArticle) -> bytes:
        """Return the object of an article, as kept; in a file of lines with its line end."""

    @abstractmethod
    def found(self, raw: bytes, place: str) -> Iterator[Found]:
        """Read an object as an import does."""

    def spelled(self, scheme: Scheme) -> Mapping[str, str]:
        """Return the names of labels without blanks at their edges."""
        return {label.id: label.name.strip() for label in scheme.labels}

    def kept(self, labelled: LabelledArticle) -> Kept:
        """Return what the format holds, the metadata as they will be read."""
        return keep_metadata(super().kept(labelled), self.reserved)

    def data(self, target: Path) -> Path:
        """Return the file that the objects go to."""
        return target

    @contextmanager
    def opened(self, target: Path) -> Iterator[Prove]:
        """Open one file for all articles."""
        path = self.data(target)
        with Output(path) as self.output:
            self.output.put(self.head)

            def prove(labelled: LabelledArticle) -> Iterator[Found]:
                raw = self.record(labelled)
                self.output.put(self.between + raw if self.count else raw)
                self.count += 1
                return self.found(raw, f"{path.name}:{self.count}")

            yield prove
            self.output.put(self.foot)
        self.digests[path.name] = self.output.digest


class Output:
    """A file and the digest of what was handed to it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    @property
    def digest(self) -> str:
        """The SHA-256 of all that was put."""
        return self._sha256.hexdigest()

    def put(self, raw: bytes) -> None:
        """Write some bytes."""
        self._file.write(raw)
        self._sha256.update(raw)

    def rewrite(self, change: Callable[[bytes], bytes]) -> None:
        """Put something else in the place of each line put so far."""
        self._file.close()
        before = self._path.with_name(f"{self._path.name}.before")
        self._path.rename(before)
        self._open()
        with before.open("rb") as lines:
            for line in lines:
                self.put(change(line))
        before.unlink()

    def _open(self) -> None:
        self._file = self._path.open("wb")
        self._sha256 = hashlib.sha256()


def keep_metadata(kept: Kept, reserved: Container[str]) -> Kept:
    """Return an article with the metadata that a reader of records finds, and what it makes of the others."""
    article = kept.labelled.article
    given = metadata(article)
    row = words_of(article, reserved)
    fields, meta = metadata_of(row)
    back = {**fields, **meta}
    if back == given:
        return kept
    losses = [*kept.losses, *_changed(article, given, back, reserved)]
    read = Article(article.id, article.text, **fields, meta=meta, state=article.state)
    return Kept(kept.labelled._replace(article=read), losses)


def words_of(article: Article, reserved: Container[str]) -> dict[str, Any]:
    """Return the metadata of an article under keys that mean nothing else in the format."""
    return {_word(name, reserved): value for name, value in metadata(article).items()}


def _word(name: str, reserved: Container[str]) -> str:
    return f"{name}_" if name in reserved else name


def _changed(
    article: Article,
    given: Mapping[str, object],
    back: Mapping[str, object],
    reserved: Container[str],
) -> Iterator[Loss]:
    for name, value in given.items():
        word = _word(name, reserved)
        if value in (None, ""):
            yield metadata_loss(article, name, "left out", _("There is nothing in it."))
        elif word != name:
            reason = _("Its name means something else in the format; it gets a “_”.")
            yield metadata_loss(article, name, "changed", reason)
        elif isinstance(value, str) and name in back and back[name] == value.strip():
            if back[name] != value:
                reason = _("Blanks at its edges are left out.")
                yield metadata_loss(article, name, "changed", reason)
        elif name not in back or back[name] != value:
            reason = _("A reader takes it for one of the fields that every article has.")
            yield metadata_loss(article, name, "changed", reason)

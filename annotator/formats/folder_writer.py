"""A writer for formats of one file an article: names for the files, and what they hold read again."""

import re
import unicodedata
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from annotator.core.corpus import Found, LabelledArticle
from annotator.core.model import Article
from annotator.formats.article_writer import ArticleWriter, Put

_LONGEST = 60
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


class FolderWriter(ArticleWriter):
    """Writes `000001-title.ending`, and so on, in the order of the corpus.

    A subclass says what `ending` its files have, makes the bytes of one, and reads it again.
    """

    ending = ""

    @abstractmethod
    def file(self, labelled: LabelledArticle) -> bytes:
        """Return the file of an article, as kept."""

    @abstractmethod
    def read(self, path: Path) -> Iterator[Found]:
        """Read one file, with the reader that an import uses or with another tool's."""

    def finish(self, target: Path) -> None:
        """Write what belongs to all articles together, once they are all there."""

    @contextmanager
    def opened(self, target: Path) -> Iterator[Put]:
        """Yield what writes an article into a file of its own."""
        numbers = count(1)

        def put(labelled: LabelledArticle) -> None:
            name = f"{next(numbers):06}-{stem(labelled.article)}{self.ending}"
            (target / name).write_bytes(self.file(labelled))

        yield put
        self.finish(target)

    def back(self, target: Path) -> Iterator[Found]:
        """Read the files in the order in which they were written."""
        for path in sorted(target.glob(f"*{self.ending}")):
            yield from self.read(path)


def stem(article: Article) -> str:
    """Return a name for a file: the title in ASCII, which every system and archive can spell."""
    parted = unicodedata.normalize("NFKD", article.title.casefold())
    plain = "".join(char for char in parted if not unicodedata.combining(char))
    return _NOT_IN_A_NAME.sub("-", plain).strip("-")[:_LONGEST].strip("-") or "article"

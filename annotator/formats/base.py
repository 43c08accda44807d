"""What a format promises: to read, to write, to say what it cannot hold, and to look again."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from annotator.core.corpus import Corpus, Found
from annotator.core.model import NOTHING, Problem

Outcome = Literal["changed", "left out"]
Kind = Literal["annotation", "link", "attribute", "note", "entity", "metadata"]


class Loss(NamedTuple):
    """One thing that a format cannot hold as it is: what, why and where. Offsets are code points.

    `reason` is a sentence in the user's language that is the same for all things of one fate, so
    that they can be counted together. `id` tells losses of one thing from those of another.
    """

    kind: Kind
    outcome: Outcome
    reason: str
    label: str
    article: str
    start: int
    end: int
    text: str
    id: str


class Writer(ABC):
    """Puts one corpus into files: asked for losses, or to write and then look for differences.

    `settings` goes into the report (the tokeniser, for instance). Losses come article by article.
    `held` counts what `differences` met in the files, by kind, so that the report can add up.
    `digests` may give the SHA-256 of what was handed to the disk, by file; the exporter compares it
    with what stands there.
    """

    settings: Mapping[str, str] = NOTHING
    walks = 1
    """How often `write` and `differences` walk over the corpus, for the progress shown."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.held: Counter[Kind] = Counter()
        self.digests: dict[str, str] = {}

    def losses(self) -> Iterator[Loss]:
        """Yield what would be lost, without writing anything. A format that holds all has none."""
        return iter(())

    @abstractmethod
    def write(self, target: Path) -> Iterator[Loss]:
        """Write to `target`: a new file if the format is of one file, else an empty folder.

        Yields the same losses as `losses`; the files are complete when the iterator is exhausted.
        OSError rises as it is; the exporter puts it into words and clears the files away.
        """

    @abstractmethod
    def differences(self, target: Path) -> Iterator[Problem]:
        """Read `target` again, yield all that is not as corpus and losses say; fill `held`.

        A writer on a hot path may have compared while it wrote, by a second file handle.
        """


@dataclass(frozen=True, slots=True)
class Format:
    """A format by name. `read` takes a file; what it yields has the names of labels as labels.

    A format of one file goes to a file ending in `extensions[0]`, any other to a folder.
    """

    name: str
    title: str
    description: str
    extensions: tuple[str, ...]
    read: Callable[[Path], Iterator[Found]] | None = None
    writer: Callable[[Corpus], Writer] | None = None
    one_file: bool = False

    @property
    def reads(self) -> bool:
        """Whether it can be imported."""
        return self.read is not None

    @property
    def writes(self) -> bool:
        """Whether it can be exported to."""
        return self.writer is not None

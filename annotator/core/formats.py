"""What a format promises: to read, to write, to say what it cannot hold, and to look again."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from annotator.core.corpus import Corpus, Found
from annotator.core.model import NOTHING, Problem

Outcome = Literal["changed", "left out"]
Kind = Literal["annotation", "link", "attribute", "note", "entity", "metadata"]
Part = Literal[
    "overlaps",
    "fragments",
    "links",
    "attributes",
    "notes",
    "entities",
    "annotators",
    "states",
    "metadata",
]
"""What a format may have a place for, beside the text and one label for each span."""

Align = Literal["expand", "contract", "mask", "drop", "strict"]
Overlap = Literal["layers", "outermost", "innermost", "per-label"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file does not say of itself, told by the user; what is empty is found out.

    `columns` gives for a column of a table the field it is, or "" for a column to leave out.
    """

    encoding: str = ""
    columns: Mapping[str, str] = field(default_factory=lambda: NOTHING)


AS_IT_IS = Reading()

HEAD = 4096
"""Bytes of a file that are looked at to tell what it is."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What is done with an annotation that a format cannot hold as it is.

    `align`: one whose edges are inside tokens is widened, narrowed, its tokens marked as unknown
    where the format can say so, left out, or the export refused. `overlap`: what lies inside or
    across another goes to further layers, to one layer for each label, or the outermost or the
    innermost alone is kept. Without `text`, offsets and digests go out alone.
    """

    align: Align = "expand"
    overlap: Overlap = "layers"
    text: bool = True


BY_DEFAULT = Writing()


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

    reading = AS_IT_IS
    """How the files are read again, for writers that use the reader of an import."""

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        self.corpus = corpus
        self.how = how
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

    def shown(self, target: Path) -> str:
        """Return for a person what was written, where the files themselves are not for reading."""
        return ""

    @abstractmethod
    def differences(self, target: Path) -> Iterator[Problem]:
        """Read `target` again, yield all that is not as corpus and losses say; fill `held`."""


class ProvedWriter(Writer):
    """A writer on a hot path: it reads again and compares while it writes, by a second file handle.

    `problems` has what did not come back the same; `digests` tell what is to stand on the disk.
    """

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self.problems: list[Problem] = []

    def differences(self, target: Path) -> Iterator[Problem]:
        """Yield what was noticed while writing."""
        yield from self.problems


@dataclass(frozen=True, slots=True)
class Format:
    """A format by name. `read` takes a file; what it yields has the names of labels as labels.

    A format of one file goes to a file ending in `extensions[0]`, any other to a folder. `holds` says
    of each part that has a place in the format where that is, in the user's language. Where several
    formats share an ending, the first that `recognises` a file, by its path and first 4,096 bytes,
    reads it, else the first that recognises nothing. `beside` names the other files that are read
    with a file. `extra` names the optional extra of this package that it needs. `is_document` tells
    a reader of articles from a format of corpora, `can_omit_text` that it can go out without texts,
    `on_tokens` that annotations are put on tokens, so that `Writing.align` and `Writing.overlap`
    matter. `is_own` tells a file that we wrote with all that we know of an article: nothing is
    guessed or added to it. `columns` returns the headings of a table, whose meaning the user may
    tell, none when the table is of our own making; UserError and OSError rise. `plug_in` names the
    package it comes from, "" for ours.
    """

    name: str
    title: str
    description: str
    extensions: tuple[str, ...]
    read: Callable[[Path, Reading], Iterator[Found]] | None = None
    writer: Callable[[Corpus, Writing], Writer] | None = None
    one_file: bool = False
    holds: Mapping[Part, str] = field(default_factory=lambda: MappingProxyType({}))
    recognises: Callable[[Path, bytes], bool] | None = None
    beside: Callable[[Path], tuple[Path, ...]] | None = None
    extra: str = ""
    is_document: bool = False
    can_omit_text: bool = False
    on_tokens: bool = False
    is_own: Callable[[Path, Reading], bool] | None = None
    columns: Callable[[Path, Reading], Sequence[str]] | None = None
    plug_in: str = ""

    @property
    def reads(self) -> bool:
        """Whether it can be imported."""
        return self.read is not None

    @property
    def writes(self) -> bool:
        """Whether it can be exported to."""
        return self.writer is not None

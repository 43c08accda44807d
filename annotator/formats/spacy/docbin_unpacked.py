"""The file of a spaCy DocBin, read document by document, and never more of it than is believable."""

import struct
import zlib
from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, NamedTuple

from annotator.formats.spacy.docbin_file import ATTRIBUTES, BLOBS, CHUNK, LISTS, parts
from annotator.language import _

_LARGEST_ITEM = 1 << 25
"""Bytes that what a file says of one document may have."""

_MOST_TIMES = 100
_HARMLESS = 1 << 26
"""Bytes that a file may unpack to, however small it is; beyond, to so many times its size."""

_BATCH = 50_000
"""Tokens of documents that are read together."""

_EVERYWHERE = ("NORM", "SENT_START")
"""What spaCy sets of its own accord, where nobody has said anything of the tokens."""

Names = Callable[[Collection[int]], Mapping[int, str]]
"""Gives strings by their hashes, those that the file has."""


class Stored(NamedTuple):
    """A document as a file has it: the Doc, or why spaCy cannot make one; `names` knows its strings.

    `others` are the attributes of tokens that the file has beside those that the Doc was given.
    """

    doc: Any
    names: Names
    error: str = ""
    others: Sequence[str] = ()


def stored(path: Path) -> Iterator[Stored]:
    """Yield the documents of a file, of any size. ValueError when it is no DocBin, or a broken one."""
    with ExitStack() as stack:
        yield from _Unpacked(path, stack).documents()


class _Unpacked:
    """The parts of a file, each in a temporary file of its own."""

    def __init__(self, path: Path, stack: ExitStack) -> None:
        from srsly import msgpack

        self.attributes: list[int] = []
        self._counts: dict[str, int] = {}
        self._parts = stack.enter_context(parts())
        self._strings = _Strings(self._parts["strings"])
        self._labels = _Labels()
        with path.open("rb") as file:
            inflated = _Inflated(file, path.stat().st_size)
            unpacker = msgpack.Unpacker(inflated, raw=False, max_buffer_size=_LARGEST_ITEM)
            try:
                self._unpack(unpacker)
            except Exception as error:  # msgpack and zlib have their own, each of another family.
                raise ValueError(_reason(error)) from error
        self._check()

    def _unpack(self, unpacker: Any) -> None:
        for _entry in range(unpacker.read_map_header()):
            key = unpacker.unpack()
            if key in BLOBS:
                self._take_blob(unpacker, self._parts[key])
            elif key in LISTS:
                self._take_list(unpacker, key)
            elif key == "attrs":
                self.attributes = [int(each) for each in unpacker.unpack()]
            else:
                unpacker.skip()

    def _take_blob(self, unpacker: Any, part: IO[bytes]) -> None:
        width = {b"\xc4": ">B", b"\xc5": ">H", b"\xc6": ">I"}.get(unpacker.read_bytes(1))
        if width is None:
            raise ValueError(_("its parts are not what spaCy writes"))
        (left,) = struct.unpack(width, unpacker.read_bytes(struct.calcsize(width)))
        while left:
            chunk = unpacker.read_bytes(min(left, CHUNK))
            if not chunk:
                raise EOFError
            part.write(chunk)
            left -= len(chunk)

    def _take_list(self, unpacker: Any, key: str) -> None:
        from srsly import msgpack

        packer = msgpack.Packer(use_bin_type=True)
        self._counts[key] = unpacker.read_array_header()
        for _item in range(self._counts[key]):
            item = unpacker.unpack()
            if key == "strings":
                self._strings.add(item)
            else:
                self._parts[key].write(packer.pack(item))

    def _check(self) -> None:
        """Raise ValueError unless all parts are of the same documents."""
        from spacy.attrs import ORTH

        lengths = self._lengths()
        tokens = sum(lengths)
        width = len(self.attributes)
        sizes = self._parts["tokens"].tell(), self._parts["spaces"].tell()
        counts = {self._counts.get(name, len(lengths)) for name in LISTS[1:]}
        is_sound = ORTH in self.attributes and min(lengths, default=0) >= 0
        if not is_sound or sizes != (tokens * width * 8, tokens) or counts - {len(lengths)}:
            raise ValueError(_("its parts do not fit one another"))

    def _lengths(self) -> Sequence[int]:
        part = self._parts["lengths"]
        part.seek(0)
        return array("i", part.read())

    def documents(self) -> Iterator[Stored]:
        lengths = self._lengths()
        self._strings.sort()
        for part in self._parts.values():
            part.seek(0)
        lists = {name: self._items(name) for name in LISTS[1:]}
        for some in _batches(lengths):
            yield from self._batch(some, lists)

    def _items(self, name: str) -> Iterator[Any]:
        from srsly import msgpack

        part = self._parts[name]
        return iter(msgpack.Unpacker(part, raw=False, max_buffer_size=_LARGEST_ITEM))

    def _batch(self, lengths: Sequence[int], lists: dict[str, Iterator[Any]]) -> Iterator[Stored]:
        import numpy
        from spacy.attrs import ENT_TYPE, ORTH, intify_attr
        from spacy.tokens import DocBin
        from spacy.vocab import Vocab

        count = sum(lengths)
        width = len(self.attributes)
        raw = self._parts["tokens"].read(count * width * 8)
        every = numpy.frombuffer(raw, dtype="uint64").reshape((count, width))
        spaces = numpy.frombuffer(self._parts["spaces"].read(count), dtype=bool).reshape((count, 1))
        # Heads and the like are left where they are: spaCy follows them without looking where to.
        kept = [intify_attr(name) for name in ATTRIBUTES]
        attributes = [each for each in kept if each in self.attributes]
        tokens = every[:, [self.attributes.index(each) for each in attributes]]
        wanted = set(tokens[:, attributes.index(ORTH)].tolist())
        if ENT_TYPE in attributes:
            wanted.update(tokens[:, attributes.index(ENT_TYPE)].tolist())
        vocab = Vocab(strings=list(self._strings.names(wanted).values()))
        at = 0
        for length in lengths:
            docs = DocBin()
            docs.attrs = attributes
            docs.tokens, docs.spaces = [tokens[at : at + length]], [spaces[at : at + length]]
            docs.cats, docs.flags = [next(lists["cats"])], [next(lists["flags"], {})]
            groups = next(lists["span_groups"], b"")
            for label in self._strings.names(self._labels.of(groups)).values():
                vocab.strings.add(label)
            docs.span_groups = [groups]
            docs.user_data = [next(lists["user_data"], None)]
            others = self._others(every[at : at + length])
            at += length
            yield _stored(docs, vocab, self._strings.names)._replace(others=others)

    def _others(self, tokens: Any) -> Sequence[str]:
        """Return the attributes that say anything of these tokens and are left where they are."""
        from spacy.attrs import IDS

        known = {number: name for name, number in IDS.items()}
        said = zip(self.attributes, tokens.any(axis=0).tolist(), strict=True)
        names = [known.get(number, str(number)) for number, has_any in said if has_any]
        return [name for name in names if name not in (*ATTRIBUTES, *_EVERYWHERE)]


class _Labels:
    """Reads the hashes of the labels in groups of spans: spaCy makes no span before it knows its label.

    Each span is `struct` ">QQQllll": id, kb_id, label, its tokens, its characters.
    """

    def __init__(self) -> None:
        self._renew()

    def of(self, groups: bytes) -> set[int]:
        """Return those that can be read; spaCy will say what is wrong with the others."""
        found: set[int] = set()
        try:
            for group in self._unpacked(groups) if groups else ():
                spans = self._unpacked(group)["spans"]
                found.update(struct.unpack(">Q", span[16:24])[0] for span in spans)
        except Exception:  # msgpack has its own, and whatever it left half read must not stay.
            self._renew()
        return found

    def _unpacked(self, raw: bytes) -> Any:
        self._unpacker.feed(raw)
        return self._unpacker.unpack()

    def _renew(self) -> None:
        # One for all: srsly asks the whole system for extensions whenever it makes another.
        from srsly import msgpack

        self._unpacker = msgpack.Unpacker(raw=False, max_buffer_size=_LARGEST_ITEM)


def _stored(docs: Any, vocab: Any, names: Names) -> Stored:
    try:
        return Stored(next(docs.get_docs(vocab)), names)
    except Exception as error:  # Whatever spaCy finds wrong: the other documents must come in.
        return Stored(None, names, _reason(error))


class _Inflated:
    """The unpacked bytes of a file, as many as are asked for and no more than are believable."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self._most = max(_HARMLESS, _MOST_TIMES * size)
        self._inflate = zlib.decompressobj()
        self._done = 0

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes. EOFError when the file ends too early."""
        found = b""
        while not found and not self._inflate.eof:
            packed = self._inflate.unconsumed_tail or self._file.read(CHUNK)
            found = self._inflate.decompress(packed, size)
            if not packed and not found:
                raise EOFError
        self._done += len(found)
        if self._done > self._most:
            raise ValueError(_("it unpacks to far more than such a file can hold"))
        return found


class _Strings:
    """The strings of a file by their hash; only the places are in memory, as there may be millions."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hashes: Any = array("Q")
        self._places: Any = array("Q")

    def add(self, string: str) -> None:
        """Take a string."""
        from spacy.strings import get_string_id

        self._hashes.append(get_string_id(string))
        self._places.append(self._file.tell())
        raw = string.encode()
        self._file.write(struct.pack("=I", len(raw)) + raw)

    def sort(self) -> None:
        """Make ready to be asked, once all are there."""
        import numpy

        # Nothing is copied but what stays.
        hashes = numpy.frombuffer(self._hashes, dtype="uint64")
        order = numpy.argsort(hashes, kind="stable")
        self._hashes = hashes[order]
        del hashes
        self._places = numpy.frombuffer(self._places, dtype="uint64")[order]

    def names(self, hashes: Collection[int]) -> dict[int, str]:
        """Return those of these hashes that there are, "" being the string of 0."""
        import numpy

        wanted = numpy.fromiter(hashes, dtype="uint64", count=len(hashes))
        if not len(self._hashes):
            return {0: ""}
        at = numpy.searchsorted(self._hashes, wanted)
        at[at == len(self._hashes)] = 0
        there = self._hashes[at] == wanted
        found = zip(self._places[at][there].tolist(), wanted[there].tolist(), strict=True)
        return {0: ""} | {hash_: self._read(place) for place, hash_ in sorted(found)}

    def _read(self, place: int) -> str:
        self._file.seek(place)
        (length,) = struct.unpack("=I", self._file.read(4))
        return self._file.read(length).decode()


def _batches(lengths: Sequence[int]) -> Iterator[Sequence[int]]:
    start, tokens = 0, 0
    for at, length in enumerate(lengths):
        tokens += length
        if tokens > _BATCH:
            yield lengths[start : at + 1]
            start, tokens = at + 1, 0
    if start < len(lengths):
        yield lengths[start:]


def _reason(error: Exception) -> str:
    """Return in words why a file or document cannot be read."""
    if isinstance(error, zlib.error):
        return _("it is not packed as spaCy does it")
    if isinstance(error, EOFError) or type(error).__name__ == "OutOfData":
        return _("it ends too early")
    return str(error) or type(error).__name__

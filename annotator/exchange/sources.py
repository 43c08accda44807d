"""Which files an import reads, and by which reader: told by the ending, or by the user."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.core.corpus import Found, LabelledArticle
from annotator.core.errors import UserError
from annotator.core.formats import AS_IT_IS, HEAD, Format, Reading
from annotator.core.model import Article, Document, Problem, Remark
from annotator.core.text import readable
from annotator.exchange.registry import format_named, formats
from annotator.language import _, n_
from annotator.readers.folder import Listing, files_below, is_pipe
from annotator.readers.press import read_head
from annotator.readers.small_words import guess_language

_REPORTS = (
    *("report.json", "report.txt", "losses.csv"),
    *("scheme.toml", "README.md", "dataset-card.md"),
)
_REPORT_HEAD = 4096
"""Bytes within which a report says whose it is."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file and what reads it. `size` counts, roughly, the articles in it."""

    path: Path
    format: Format
    size: int
    how: Reading = AS_IT_IS

    def read(self) -> Iterator[Found]:
        """Yield what is in the file; one that breaks off ends with a Problem."""
        assert self.format.read is not None
        name = readable(self.path.name)
        is_empty = True
        try:
            found = self.format.read(self.path, self.how)
            if not (self.format.is_own and self.format.is_own(self.path, self.how)):
                found = self._with_origin(found)
            for each in found:
                is_empty = False
                yield each
            if is_empty:
                yield Problem(name, _("It holds no text."))
        except OSError as error:
            yield Problem(name, error.strerror or str(error))
        except Exception as error:
            if not self.format.plug_in:
                raise
            yield Problem(name, failed(self.format, error))

    def _with_origin(self, found: Iterable[Found]) -> Iterator[Found]:
        """Yield what was found, each article with the file that it came from and what read it."""
        origin = {
            "file": readable(self.path.name),
            "file_sha256": _digest(self.path),
            "reader": self.format.name,
        }
        number = 0
        for each in found:
            if isinstance(each, LabelledArticle):
                number += 1
                article = _with_head(each.article, self.path, number)
                yield each._replace(article=_from(article, origin))
            elif isinstance(each, Document):
                number += 1
                article = _with_head(each.article, self.path, number)
                yield replace(each, article=_from(article, origin))
            else:
                yield each


def failed(format: Format, error: Exception) -> str:
    """Return that a plug-in failed at its work: the fault is not the user's, nor ours."""
    return _("The plug-in “{name}” failed: {error}.").format(
        name=format.plug_in, error=f"{type(error).__name__}: {error}"
    )


def sources(
    paths: Sequence[Path],
    format_name: str | None,
    problems: list[Problem],
    remarks: list[Problem],
    how: Reading = AS_IT_IS,
) -> list[Source]:
    """Return the files to read, those of a folder in natural order.

    What is passed over goes to `remarks`, what cannot be read to `problems`. Raises UserError when a
    path or the format does not exist.
    """
    forced = _readable(format_name) if format_name else None
    offered = (forced,) if forced else tuple(format for format in formats() if format.read)
    endings = {ending for format in offered for ending in format.extensions}
    found: list[Source] = []
    for path in paths:
        if path.is_dir():
            inside = _in_folder(path, endings, problems, remarks)
            unknown: list[tuple[Path, Problem]] = []
            found += _recognised(inside, offered, how, unknown)
            parts = _parts(found)
            remarks += [told for file, told in unknown if file not in parts]
        elif path.exists():
            alone: list[tuple[Path, Problem]] = []
            found += _recognised([path], offered, how, alone, forced)
            problems += [told for _file, told in alone]
        else:
            raise UserError(
                _("There is no file {path}; check its name and place.").format(path=path)
            )
    parts = _parts(found)
    return [source for source in found if source.path not in parts]


def _recognised(
    files: Iterable[Path],
    offered: Sequence[Format],
    how: Reading,
    unknown: list[tuple[Path, Problem]],
    forced: Format | None = None,
) -> Iterator[Source]:
    """Yield the files that one of the formats reads; the others are told to `unknown`."""
    for path in files:
        name = readable(path.name)
        if is_pipe(path):
            pipe = _("It is a pipe or a device, not a file.")
            unknown.append((path, Problem(name, pipe)))
            continue
        format = forced or recognise(path, offered)
        if format:
            yield Source(path, format, _size(path), how)
        else:
            unknown.append((path, _unknown(path, name, offered)))


def recognise(path: Path, offered: Sequence[Format]) -> Format | None:
    """Return the format that reads a file, by its ending and, where several share that, its head."""
    name = path.name.lower()
    fitting = [format for format in offered if name.endswith(format.extensions)]
    if any(format.recognises for format in fitting):
        head = _head(path)
        for format in fitting:
            if format.recognises and format.recognises(path, head):
                return format
    return next((format for format in fitting if format.recognises is None), None)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""


def _parts(found: Iterable[Source]) -> set[Path]:
    """Return the files that are read together with one of those found."""
    return {
        part
        for source in found
        if source.format.beside
        for part in source.format.beside(source.path)
    }


def _readable(name: str) -> Format:
    format = format_named(name)
    if format.read is None:
        raise UserError(_("The format “{name}” can be written, but not read.").format(name=name))
    return format


def _in_folder(
    folder: Path, endings: Collection[str], problems: list[Problem], remarks: list[Problem]
) -> list[Path]:
    listing = files_below(folder, endings)
    _drop_reports(listing)
    count = listing.passed_over.total()
    if count:
        kinds = ", ".join(sorted(kind or _("no ending") for kind in +listing.passed_over))
        told = n_(
            "{count} file was passed over: {kinds}",
            "{count} files were passed over: {kinds}",
            count,
        )
        remarks.append(Remark(readable(folder.name), told.format(count=count, kinds=kinds)))
    problems += [
        Problem(readable(str(error.filename)), error.strerror or str(error))
        for error in listing.closed
    ]
    if not listing.files and not listing.closed:
        problems.append(
            Problem(readable(folder.name), _("The folder holds no file that can be read."))
        )
    return listing.files


def _drop_reports(listing: Listing) -> None:
    """Pass over the reports that an export of ours left beside its articles."""
    stems = [
        str(path).removesuffix("report.json")
        for path in listing.files
        if path.name.endswith("report.json") and _is_report(path)
    ]
    reports = {f"{stem}{name}" for stem in stems for name in _REPORTS}
    listing.passed_over["report"] += sum(str(path) in reports for path in listing.files)
    listing.files = [path for path in listing.files if str(path) not in reports]


def _is_report(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return b'"application": "annotator"' in file.read(_REPORT_HEAD)
    except OSError:
        return False


def _unknown(path: Path, name: str, offered: Iterable[Format]) -> Problem:
    endings = {ending for format in offered for ending in format.extensions}
    if path.name.lower().endswith(tuple(endings)):
        return Problem(name, _("What is in it is of no known kind; name its format."))
    told = _("Its ending is not known ({endings}); name its format.")
    return Problem(name, told.format(endings=" ".join(sorted(endings))))


def _size(path: Path) -> int:
    """Return the number of lines of JSON lines, each being an article; 1 for any other file."""
    if path.suffix.lower() not in (".jsonl", ".ndjson"):
        return 1
    try:
        with path.open("rb") as file:
            return 1 + sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    except OSError:
        return 1


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _from(article: Article, origin: Mapping[str, str]) -> Article:
    """Return an article with its origin, unless its file says so itself: it may have come before."""
    return replace(article, meta={**origin, **article.meta})


def _with_head(article: Article, path: Path, number: int) -> Article:
    """Return an article with what its text says of it where its record says nothing."""
    if article.title:
        return replace(article, language=article.language or guess_language(article.text[:400]))
    head = read_head(article.text)
    return replace(
        article,
        title=head.title or f"{readable(path.stem)} {number}",
        author=article.author or head.author,
        published=article.published or head.published,
        language=article.language or head.language,
        meta={**head.meta, **article.meta},
    )

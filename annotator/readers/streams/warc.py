"""The pages in a web archive (WARC, ISO 28500) become articles, each with its address and day."""

import gzip
import importlib.util
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.model import Document, Problem, Remark
from annotator.core.text import readable
from annotator.language import _, n_
from annotator.readers.pages.html import Page, read_page
from annotator.readers.pages.tree import LARGEST

SUFFIXES = (".warc", ".warc.gz")

_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_UNPACKED = frozenset(("", "identity", "gzip", "x-gzip", "deflate"))
_BESIDE = frozenset(("warcinfo", "request", "metadata"))
_MOST_KINDS = 12


class _Stream(io.RawIOBase):
    """A file that ends where it breaks off, and remembers that it did: warcio would not say so."""

    def __init__(self, file: gzip.GzipFile | io.BufferedReader) -> None:
        self._file = file
        self.is_broken = False
        self._last = b""

    def read(self, size: int = -1) -> bytes:
        try:
            some = self._file.read1(size)
            self._last = (self._last + some[-4:])[-4:]
            return some
        except (EOFError, zlib.error, gzip.BadGzipFile):
            self.is_broken = True
            return b""

    @property
    def is_whole(self) -> bool:
        """Whether it ended as it should: every record has empty lines behind it."""
        return not self.is_broken and self._last.replace(b"\r", b"").endswith(b"\n\n")


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the articles in an archive, one by one. OSError rises as it is."""
    name = readable(path.name)
    if not importlib.util.find_spec("warcio"):
        told = _('“{module}” is not installed; install it with: pip install "annotator[{extra}]"')
        yield Problem(name, told.format(module="warcio", extra="warc"))
        return
    passed_over: Counter[str] = Counter()
    with _opened(path) as file:
        stream = _Stream(file)
        is_empty = True
        for record in _records(stream, name):
            is_empty = False
            if isinstance(record, Problem):
                yield record
            else:
                yield from _read_record(record, name, how, passed_over)
    if is_empty:
        yield Problem(name, _("It holds no records of a web archive."))
    elif not stream.is_whole:
        yield Problem(name, _("It breaks off: pages may be missing. Fetch or copy it again."))
    yield from _remark(passed_over, name)


def _opened(path: Path) -> gzip.GzipFile | io.BufferedReader:
    with path.open("rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
    return gzip.GzipFile(path) if is_packed else path.open("rb")


def _records(stream: _Stream, name: str) -> Iterator[Any]:
    """Yield the records, and a Problem in place of what follows one that cannot be read."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = ArchiveIterator(stream)
    while True:
        try:
            # It writes to where a window has nothing to write to.
            with redirect_stderr(io.StringIO()):
                record = next(records, None)
        except (ArchiveLoadFailed, ValueError, AttributeError) as error:
            if not stream.is_broken:
                told = _("A record is damaged ({reason}); what follows it cannot be read.")
                yield Problem(name, told.format(reason=str(error).strip().partition("\n")[0]))
            return
        if record is None:
            if records.err_count:
                yield Problem(
                    name, _("The lengths of some records are wrong; text may be missing.")
                )
            return
        yield record


def _read_record(
    record: Any, name: str, how: Reading, passed_over: Counter[str]
) -> Iterator[Document | Problem]:
    if record.length is None:
        yield Problem(name, _("A record does not say how long it is; what follows it is missing."))
        return
    if record.rec_type in _BESIDE:
        return
    kind = _kind(record)
    if not record.rec_type:
        yield Problem(name, _("It breaks off in the middle of a record."))
    elif kind:
        passed_over[kind] += 1
    else:
        page = _page(record, name)
        yield from [page] if isinstance(page, Problem) else read_page(page, how)


def _kind(record: Any) -> str:
    """Return what a record is when it is no page: "" for a page."""
    http = record.http_headers
    if record.rec_type not in ("response", "resource"):
        return str(record.rec_type)
    if record.rec_type == "response" and not http:
        return _("no answer of a web server")
    status = http.get_statuscode() if http else "200"
    if status != "200":
        return str(status)
    kind = _header(record, "Content-Type").partition(";")[0].strip().lower()
    return "" if kind in _PAGES else kind or _("of unknown type")


def _page(record: Any, name: str) -> Page | Problem:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    place = f"{name} › {url}"
    packed = _header(record, "Content-Encoding").strip().lower()
    if packed not in _UNPACKED and not importlib.util.find_spec("brotli"):
        told = _("It is packed as “{kind}”, which cannot be unpacked here.")
        return Problem(place, told.format(kind=packed))
    try:
        raw = record.content_stream().read(2 * LARGEST + 1)
    except (OSError, zlib.error, ValueError) as error:
        return Problem(place, _("It cannot be unpacked: {reason}.").format(reason=error))
    if record.raw_stream.limit and not record.raw_stream.read(1):
        return Problem(place, _("It breaks off: the rest of the page is missing."))
    if len(raw) > 2 * LARGEST:
        return Problem(place, _("It is too large for a web page."))
    charset = _CHARSET.search(_header(record, "Content-Type"))
    crawled = record.rec_headers.get_header("WARC-Date") or ""
    meta = {"file": name, "crawled": crawled, "crawled_url": url}
    return Page(raw, place, url, charset[1] if charset else "", meta)


def _header(record: Any, name: str) -> str:
    headers = record.http_headers or record.rec_headers
    return headers.get_header(name) or ""


def _remark(passed_over: Counter[str], name: str) -> Iterator[Remark]:
    total = passed_over.total()
    if total:
        told = n_(
            "{count} record that is no page was passed over: {kinds}",
            "{count} records that are no pages were passed over: {kinds}",
            total,
        )
        kinds = [f"{kind} ({count})" for kind, count in passed_over.most_common(_MOST_KINDS)]
        kinds += ["…"] if len(passed_over) > _MOST_KINDS else []
        yield Remark(name, told.format(count=total, kinds=", ".join(kinds)))


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "warc",
            _("Web archive"),
            _("One article for each page of a crawl, with its address and the time of the crawl."),
            SUFFIXES,
            read=read,
            extra="warc",
            is_document=True,
        ),
    )

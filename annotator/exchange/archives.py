"""The documents and corpora in a ZIP file, and the one in a gzip file, each read by its own reader."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.core.corpus import Found, Foundation, LabelledArticle, Textless
from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.model import Article, Document, Problem
from annotator.core.text import readable
from annotator.exchange.registry import formats as all_formats
from annotator.exchange.sources import Source, sources
from annotator.exchange.unpacking import Room, unpack
from annotator.language import _

NAME = "zip"
SUFFIXES = (".zip", ".gz")


def recognises(path: Path, head: bytes) -> bool:
    """Tell an archive of files from an archive of the web, which is packed in the same way."""
    del head
    return not path.name.lower().endswith(".warc.gz")


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield what is in the files of an archive, and in those of the archives in it.

    OSError rises as it is.
    """
    yield from _read(path, how, Room(), is_inside=False)


def _read(path: Path, how: Reading, room: Room, *, is_inside: bool) -> Iterator[Found]:
    # It is unpacked for readers that take files, and gone when the last article was taken.
    with TemporaryDirectory(prefix="annotator-") as temporary:
        folder = Path(temporary, path.name)
        folder.mkdir()
        endings = {
            ending for format in all_formats() if format.read for ending in format.extensions
        }
        is_sound = True
        for problem in unpack(path, folder, endings, room):
            is_sound = False
            yield problem
        yield from _read_folder(folder, how, room, is_inside=is_inside, is_sound=is_sound)


def _read_folder(
    folder: Path, how: Reading, room: Room, *, is_inside: bool, is_sound: bool
) -> Iterator[Found]:
    name = readable(folder.name)
    problems: list[Problem] = []
    remarks: list[Problem] = []
    found = sources([folder], None, problems, remarks, how)
    for remark in remarks:
        yield remark if remark.place == name else replace(remark, place=f"{name} › {remark.place}")
    if not found and is_sound:
        yield Problem(name, _("The archive holds no file that can be read."))
    for source in found:
        where = readable(source.path.relative_to(folder).parent.as_posix())
        within = f"{name} › " if where == "." else f"{name} › {where}/"
        for each in _read_source(source, how, room, is_inside=is_inside):
            yield _placed(each, within, name, source)


def _read_source(source: Source, how: Reading, room: Room, *, is_inside: bool) -> Iterator[Found]:
    if source.format.name != NAME:
        yield from source.read()
    elif is_inside:
        told = _("It is an archive in an archive in an archive. Unpack it yourself.")
        yield Problem(readable(source.path.name), told)
    else:
        yield from _read(source.path, how, room, is_inside=True)


def _placed(each: Found, within: str, archive: str, source: Source) -> Found:
    """Return what was found with the place that it has in the archive."""
    place = within + each.place
    if isinstance(each, LabelledArticle):
        return each._replace(place=place, article=_from(each.article, archive, source))
    if isinstance(each, Foundation | Textless):
        return each._replace(place=place)
    if isinstance(each, Document):
        return replace(each, place=place, article=_from(each.article, archive, source))
    return replace(each, place=place)


def _from(article: Article, archive: str, source: Source) -> Article:
    """Return a document with the archive that it came in; a corpus may have come before."""
    if not source.format.is_document or "archive" in article.meta:
        return article
    return replace(article, meta={**article.meta, "archive": archive})


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            NAME,
            _("ZIP archive"),
            _("Every file in it that can be read, in its folders and in archives inside it."),
            SUFFIXES,
            read=read,
            recognises=recognises,
            is_document=True,
        ),
    )

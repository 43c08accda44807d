"""A Markdown file becomes one article: the text that it shows, with what stands in its front matter."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from annotator.core.encoding import decode, decode_as
from annotator.core.errors import UserError
from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.ids import new_id
from annotator.core.model import Article, Document, Problem, Remark
from annotator.core.text import LineEnds, readable
from annotator.language import _
from annotator.readers.pages.flow import Block, blocks, joined
from annotator.readers.pages.tree import parse_page
from annotator.readers.small_words import guess_language
from annotator.readers.streams.moments import read_moment

SUFFIXES = (".md", ".markdown")

_FRONT = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"(?P<key>[A-Za-z_][\w .-]*?)[ \t]*:(?:[ \t]+(?P<value>.*))?")
_FIELDS = {
    name: field
    for field, names in {
        "title": "title titre",
        "author": "author authors auteur auteure auteurs",
        "published": "date published publié",
        "source": "source journal publication site",
        "url": "url link permalink canonical_url lien",
        "language": "lang language langue",
    }.items()
    for name in names.split()
}

# markdown-it strips lines and cells of all that Python takes for blank. In these places each of
# those characters is lent the form of a private one, which it gives back afterwards.
_BLANK = "\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_LENT = {ord(char): 0xF0000 + number for number, char in enumerate(_BLANK)}
_BACK = {lent: char for char, lent in _LENT.items()}
_PRIVATE = re.compile(f"[{''.join(map(chr, _BACK))}]")
_EDGES = re.compile(rf"(?:^|(?<=[|#>*+.)-] ))[{_BLANK}]+|[{_BLANK}]+(?=$| *\|)", re.MULTILINE)


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the article in a Markdown file. OSError rises as it is."""
    name = readable(path.name)
    try:
        raw = path.read_bytes()
        decoded = decode_as(raw, how.encoding) if how.encoding else decode(raw)
        if decoded.note:
            yield Remark(name, decoded.note)
        said, source = front_matter(LineEnds(decoded.text).text)
        found = shown(source)
    except UserError as refusal:
        yield Problem(name, str(refusal))
        return
    if not found:
        yield Problem(name, _("It holds no text."))
        return
    article = _article(said, found, {"file": name, "encoding": decoded.encoding})
    yield Document(article, place=name)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return what stands between two lines of dashes at the beginning, by its names, and the rest.

    Values that are lists or objects are kept as they are written, on one line.
    """
    match = _FRONT.match(text)
    said: dict[str, str] = {}
    key = ""
    for line in match[1].split("\n") if match else ():
        entry = _ENTRY.fullmatch(line.rstrip())
        if entry:
            key = entry["key"].lower()
            said[key] = _plain(entry["value"] or "")
        elif key and line[:1] in (" ", "\t", "-"):
            more = _plain(line.strip().removeprefix("- "))
            said[key] = f"{said[key]}, {more}" if said[key] else more
        elif line.strip() and not line.startswith("#"):
            return {}, text
    return (said, text[match.end() :]) if match and said else ({}, text)


def _plain(value: str) -> str:
    value = value.strip(" \t")
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_plain(each) for each in value[1:-1].split(","))
    return "" if value in (">", "|", ">-", "|-", "~", "null") else value


def shown(source: str) -> list[Block]:
    """Return the blocks of text that Markdown shows. Raises UserError when it is nested too deeply."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    is_lent = not _PRIVATE.search(source)
    if is_lent:
        source = _EDGES.sub(lambda edge: edge[0].translate(_LENT), source)
    root = parse_page(markdown.render(source))
    found = blocks(root) if root is not None else []
    if not is_lent:
        return found
    return [block._replace(text=block.text.translate(_BACK)) for block in found]


def _article(said: Mapping[str, str], found: list[Block], known: Mapping[str, str]) -> Article:
    fields: dict[str, str] = {}
    meta: dict[str, str] = {}
    for key, value in said.items():
        field = _FIELDS.get(key, "")
        if value and field and field not in fields:
            fields[field] = value
        elif value:
            meta[key] = value
    text = joined(found)
    heading = next((block.text for block in found if block.tag == "h1"), "")
    published = fields.get("published", "")
    language = fields.get("language", "")[:2].lower() or guess_language(text)
    moment = read_moment(published, language)
    if published not in ("", moment.day):
        meta["published_at"] = moment.whole or published
    return Article(
        new_id(),
        text,
        title=fields.get("title") or heading,
        author=fields.get("author", ""),
        published=moment.day,
        source=fields.get("source", ""),
        url=fields.get("url", ""),
        language=language,
        meta={**meta, **known},
    )


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "markdown",
            _("Markdown"),
            _("One article a file: the text that it shows; its front matter is read."),
            SUFFIXES,
            read=read,
            is_document=True,
        ),
    )

"""The text that a page shows, as it flows: block by block, every character of it kept.

White space is treated as browsers do (CSS 2.1, 16.6.1): spaces, tabs and line ends become one space;
a no-break space is a character like any other.
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

BLANKS = " \t\n\r\f"
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

_BREAK = "\0"
"""A <br> among the pieces of a text; the parser lets no such character through."""

_LINE_END = re.compile("\r\n?")
_WHITE = re.compile(r"[ \t\n\r\f]+")
_AROUND_BREAK = re.compile(rf" ?{_BREAK} ?")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form header hgroup hr html legend li main menu nav ol p pre search"
    " section summary table tbody td tfoot th thead tr ul".split()
)
UNSEEN = frozenset(
    "applet area audio button canvas datalist embed frame frameset head iframe img input link map math"
    " meta meter noembed noframes noscript object option optgroup param picture progress rp rt script"
    " select source style svg template textarea title track video".split()
)
_LISTS = frozenset(("ul", "ol", "dl", "menu", "dir"))
_WIDEST_CELL = 200
"""Code points: what is longer is no cell of a table, but a column of a page laid out in one."""


class Place(NamedTuple):
    """Where a block stands: numbers of the outermost list and the innermost table, row and cell."""

    list: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0


class Block(NamedTuple):
    """A text between two edges of elements; `tag` is that of the innermost one around it.

    `linked` counts the code points of it that are in links, `pieces` the texts it was put together
    from; the longest of them is the tail of `node` or the beginning of its content.
    """

    text: str
    tag: str
    place: Place
    linked: int
    pieces: int
    node: Any
    is_tail: bool


class _Piece(NamedTuple):
    text: str
    node: Any
    is_tail: bool
    is_linked: bool


def blocks(root: Any, quotes: tuple[str, str] = ("“", "”")) -> list[Block]:
    """Return the blocks of a tree that are not blank, in their order.

    `quotes` are the marks that a browser puts around <q>.
    """
    from lxml import etree

    flow = _Flow(quotes)
    skipped = None
    steps = etree.iterwalk(root, events=("start", "end"))
    for event, node in steps:
        if event == "start":
            if node.tag in UNSEEN or _is_hidden(node):
                # Its end comes all the same, and its tail is seen.
                steps.skip_subtree()
                skipped = node
            else:
                flow.enter(node)
        else:
            if node is skipped:
                skipped = None
            else:
                flow.leave(node)
            if node.tail and node is not root:
                flow.add(node.tail, node, is_tail=True)
    flow.edge()
    return flow.found


def joined(found: Iterable[Block]) -> str:
    """Return blocks as one text: an empty line between paragraphs, a line each for rows and items."""
    parts: list[str] = []
    before = None
    for block in found:
        parts += (_between(before, block) if before else "", block.text)
        before = block
    return "".join(parts)


class _Flow:
    """What was found on the way, the pieces since the last edge, and which elements we are in."""

    def __init__(self, quotes: tuple[str, str]) -> None:
        self.found: list[Block] = []
        self._quotes = quotes
        self._pieces: list[_Piece] = []
        self._tags = ["body"]
        self._places = [Place()]
        self._links = 0
        self._preformatted = 0
        self._count = 0

    def enter(self, node: Any) -> None:
        tag = node.tag
        if tag in _BLOCKS:
            if self._pieces:
                self.edge()
            self._preformatted += tag == "pre"
            self._tags.append(tag)
            self._places.append(self._inside(tag))
        elif tag == "br":
            self._break(node)
        elif tag == "a":
            self._links += 1
        elif tag == "q":
            self.add(self._quotes[0], node)
        if node.text:
            self.add(node.text, node)

    def leave(self, node: Any) -> None:
        tag = node.tag
        if tag in _BLOCKS:
            if self._pieces:
                self.edge()
            self._preformatted -= tag == "pre"
            self._tags.pop()
            self._places.pop()
        elif tag == "a":
            self._links -= 1
        elif tag == "q":
            self.add(self._quotes[1], node)

    def add(self, text: str, node: Any, *, is_tail: bool = False) -> None:
        if not self._pieces and not self._preformatted and not text.strip(BLANKS):
            # Between two blocks there is nothing but the indentation of the page.
            return
        self._pieces.append(_Piece(text, node, is_tail, self._links > 0))

    def edge(self) -> None:
        """Keep what was gathered since the last edge, unless it is blank."""
        pieces, self._pieces = self._pieces, []
        whole = "".join([piece.text for piece in pieces])
        text = "" if whole.isspace() else _text(whole, is_preformatted=self._preformatted > 0)
        if not text.strip():
            return
        longest = max(pieces, key=_length) if len(pieces) > 1 else pieces[0]
        linked = sum([_length(piece) for piece in pieces if piece.is_linked])
        place = self._places[-1]
        self.found.append(
            Block(text, self._tags[-1], place, linked, len(pieces), longest.node, longest.is_tail)
        )

    def _break(self, node: Any) -> None:
        """Keep one <br> as the end of a line; two part paragraphs."""
        last = next((each.text for each in reversed(self._pieces) if each.text.strip(BLANKS)), "")
        if last == _BREAK:
            self.edge()
        else:
            self.add(_BREAK, node)

    def _inside(self, tag: str) -> Place:
        place = self._places[-1]
        self._count += 1
        if tag in _LISTS:
            return place if place.list else place._replace(list=self._count)
        if tag == "table":
            return Place(table=self._count)
        if tag == "tr":
            return place._replace(row=self._count)
        return place._replace(cell=self._count) if tag in ("td", "th") else place


def _is_hidden(node: Any) -> bool:
    style = node.get("style")
    is_hidden = node.get("hidden") is not None or (style and _HIDDEN.search(style))
    return bool(is_hidden) and node.tag not in ("html", "body")


def _length(piece: _Piece) -> int:
    return len(piece.text.strip(BLANKS))


def _text(whole: str, *, is_preformatted: bool) -> str:
    if is_preformatted:
        return _LINE_END.sub("\n", whole.replace(_BREAK, "\n")).strip("\n")
    text = _WHITE.sub(" ", whole)
    if _BREAK in text:
        text = _AROUND_BREAK.sub("\n", text)
    return text.strip(" \n")


def _between(before: Block, after: Block) -> str:
    one, other = before.place, after.place
    if one.list and one.list == other.list:
        return "\n"
    is_table = one.table and one.table == other.table and one.cell != other.cell
    if is_table and max(len(before.text), len(after.text)) <= _WIDEST_CELL:
        return "\t" if one.row == other.row else "\n"
    return "\n\n"

"""The text of a TEI file as a reader of it sees it, and where in it each element lies."""

import re
from collections import Counter
from collections.abc import Container
from typing import NamedTuple

from annotator.formats.safe_xml import Element, entity_text, is_entity, local
from annotator.formats.tei.words import BLOCKS, ID, LINES, SPACE, UNREAD

_BLANKS = re.compile(r"[ \t\r\n]+")
"""White space as XML knows it: a no-break space is a character like any other."""

_ORIGINALS = frozenset(("orig", "sic", "abbr"))


class Place(NamedTuple):
    """An element and the stretch of text that it covers."""

    element: Element
    start: int
    end: int


class Flow:
    """Walks through the body of a file and gathers its text.

    Where `xml:space` is "preserve", every character counts, and blocks stand on lines of their own;
    elsewhere white space is what an editor laid out. `exact` are ids of elements in which characters
    are counted, so that they must be kept too. `places` are those of elements in the order in which
    they open, `unread` counts elements that are not part of the text.
    """

    def __init__(self, exact: Container[str] = ()) -> None:
        self._exact = exact
        self._pieces: list[str] = []
        self._length = 0
        self._last = "\n"
        self._waiting = ""
        self._blocks = 0
        self.places: list[Place] = []
        self.unread: Counter[str] = Counter()
        self.unknown: list[str] = []

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    def walk(self, element: Element, *, keep: bool = False, inside: bool = False) -> None:
        """Take the text of an element; `keep` every character, `inside` a block that holds text."""
        name = local(element)
        if name in UNREAD:
            self.unread[name] += 1
            return
        keep = self._keeps(element, keep=keep)
        if name in BLOCKS:
            self._break(keep=keep, is_line=name in LINES)
        if name == "lb" and element.get("break") != "no":
            self._line(element, keep=keep)
        inside = inside or name in LINES or name not in BLOCKS
        self._flush()
        start, at = self._length, len(self.places)
        self.places.append(Place(element, start, start))
        self._take(element.text, keep=keep, inside=inside)
        for child in element:
            self._child(child, keep=keep, inside=inside)
        self.places[at] = Place(element, start, self._length)
        if name in BLOCKS and not keep:
            self._break(keep=False, is_line=False)

    def _keeps(self, element: Element, *, keep: bool) -> bool:
        space = element.get(SPACE)
        if space:
            return bool(space == "preserve")
        return keep or element.get(ID) in self._exact

    def _child(self, child: Element, *, keep: bool, inside: bool) -> None:
        if is_entity(child):
            known = entity_text(child)
            if known is None:
                self.unknown.append(child.name)
            self._take(known or f"&{child.name};", keep=keep, inside=inside)
        elif local(child) == "choice":
            self._choose(child, keep=keep, inside=inside)
        else:
            self.walk(child, keep=keep, inside=inside)
        self._take(child.tail, keep=keep, inside=inside)

    def _choose(self, choice: Element, *, keep: bool, inside: bool) -> None:
        """Take what stood in the article, of what it was and what an editor makes of it."""
        offered = [each for each in choice if not is_entity(each)]
        originals = [each for each in offered if local(each) in _ORIGINALS]
        for taken in (*originals, *offered)[:1]:
            self._take(taken.text, keep=keep, inside=inside)
            for child in taken:
                self._child(child, keep=keep, inside=inside)
            self.unread.update(local(each) for each in offered if each is not taken)

    def _break(self, *, keep: bool, is_line: bool) -> None:
        """Begin a new line, before a block and behind it."""
        if keep:
            if is_line:
                if self._blocks:
                    self._emit("\n")
                self._blocks += 1
        elif self._length:
            self._waiting = "\n"

    def _line(self, element: Element, *, keep: bool) -> None:
        if not keep:
            self._waiting = "\n" if self._length else ""
        elif not (element.tail or "").startswith("\n"):
            self._emit("\n")

    def _flush(self) -> None:
        """Put the blank or line end that is due before whatever comes."""
        if self._waiting and not (self._waiting == "\n" and self._last == "\n"):
            self._emit(self._waiting)
        self._waiting = ""

    def _take(self, text: str | None, *, keep: bool, inside: bool) -> None:
        if not text:
            return
        if keep:
            if inside:
                self._emit(text)
            return
        words = _BLANKS.split(text)
        for number, word in enumerate(words):
            if number and not self._waiting and self._last not in " \n":
                self._waiting = " "
            if word:
                self._flush()
                self._emit(word)

    def _emit(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        self._last = text[-1]

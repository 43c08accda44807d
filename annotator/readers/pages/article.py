"""Which blocks of a page are its article: trafilatura chooses, but never touches the text.

It would turn no-break spaces into spaces, compose accents and drop joiners. So each block gets a mark
of two rare letters, and what is still marked when trafilatura is done is the article.
"""

import logging
import re
from collections.abc import Iterator, Sequence, Set
from functools import cache
from typing import Any

from annotator.readers.pages.flow import UNSEEN, Block

# Letters that no code of trafilatura takes for a space, a control or a sign, and that have no other
# form: hieroglyphs, cuneiform, Bamum. The first of them that the page does not use is taken.
_ALPHABETS = ((0x13000, 1024), (0x12000, 880), (0x16800, 512))
_LONG = 1500
"""Code points: beyond that the fast way finds what the thorough one does, in half the time."""

_MOST, _MOST_PIECES = 100_000, 2_000
"""Blocks of a page, and pieces of a block; with more of them trafilatura's time grows by the square."""

_FRAMES = frozenset(("div", "section", "article", "main", "td", "body"))
_PARAGRAPH = 80
"""Code points: a block as long as this is no caption or button."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def chosen(root: Any, found: Sequence[Block]) -> list[Block]:
    """Return those of the `found` blocks of a tree that are its article. The tree is spoiled."""
    from lxml import etree

    alphabet = _unused("".join(block.text for block in found))
    if not alphabet or len(found) > _MOST or any(block.pieces > _MOST_PIECES for block in found):
        return []
    first, size = alphabet
    for number, block in enumerate(found):
        _mark(block, chr(first + number // size) + chr(first + number % size) + " ")
    # It would leave these out too, but only after having copied the page a few times.
    etree.strip_elements(root, *UNSEEN, "nav", "footer", with_tail=False)
    left = _left(root, is_fast=True)
    if len(left) < _LONG:
        left = _left(root, is_fast=False)
    letter = f"[{chr(first)}-{chr(first + size - 1)}]"
    marks = re.findall(letter * 2, left)
    numbers = {(ord(mark[0]) - first) * size + ord(mark[1]) - first for mark in marks}
    return [found[number] for number in sorted(numbers.union(_left_out(found, numbers)))]


def _left_out(found: Sequence[Block], numbers: Set[int]) -> Iterator[int]:
    """Yield the blocks that are of the article all the same: there must be no holes in a text.

    Many papers cut it, for advertisements, into frames of one class, of which trafilatura takes the
    first; and it drops paragraphs whose class it does not like.
    """
    if not numbers:
        return
    first, last = min(numbers), max(numbers)
    frames = [_frame(block) for block in found]
    every = {frames[number] for number in numbers}
    taken = {frames[number] for number in numbers if len(found[number].text) >= _PARAGRAPH}
    kinds = {_kind(frame) for frame in taken if frame is not None and frame.get("class")}
    classes = {class_ for _tag, class_, _around in kinds}
    for number, (block, frame) in enumerate(zip(found, frames, strict=True)):
        if frame is None:
            continue
        if frame in every:
            is_ours = frame in taken and first < number < last and _is_paragraph(block)
        else:
            is_ours = frame.get("class") in classes and _kind(frame) in kinds
        if is_ours:
            yield number


def _is_paragraph(block: Block) -> bool:
    return block.tag == "p" and len(block.text) >= _PARAGRAPH and 2 * block.linked < len(block.text)


def _frame(block: Block) -> Any:
    """Return the element that holds the paragraphs of which a block is one."""
    node = block.node.getparent() if block.is_tail else block.node
    while node is not None and node.tag not in _FRAMES:
        node = node.getparent()
    return node


def _kind(frame: Any) -> tuple[str, str, Any]:
    """Return what makes two frames parts of one article: their class, and the article around them."""
    around = next(frame.iterancestors("article"), None)
    if around is None:
        around = next(iter(list(frame.iterancestors())[1:2]), None)
    return frame.tag, frame.get("class") or "", around


def _left(root: Any, *, is_fast: bool) -> str:
    """Return all text that trafilatura leaves; the fast way does not ask two other programs too."""
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(root, options=_options(is_fast=is_fast))
    except Exception:  # Somebody else's guesses about broken pages: there are others after it.
        return ""
    body = getattr(document, "body", None)
    return "" if body is None else "".join(body.itertext())


def _unused(text: str) -> tuple[int, int] | None:
    for first, size in _ALPHABETS:
        if text.isascii() or not re.search(f"[{chr(first)}-{chr(first + size - 1)}]", text):
            return first, size
    return None


def _mark(block: Block, mark: str) -> None:
    """Put a mark before the longest piece of a block, in the tree only; lxml writes no controls."""
    if block.is_tail:
        block.node.tail = mark + _CONTROLS.sub("", block.node.tail)
    else:
        block.node.text = mark + _CONTROLS.sub("", block.node.text or "")


@cache
def _options(*, is_fast: bool) -> Any:
    from trafilatura.settings import Extractor

    # Its log is for those who crawl: what it leaves is told by the reader.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    return Extractor(fast=is_fast, precision=True, comments=False)

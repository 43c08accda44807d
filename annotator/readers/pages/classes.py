"""Elements of a page by their classes, and what they say: for layouts that are known."""

from collections.abc import Mapping, Sequence
from typing import Any

from annotator.readers.pages.flow import blocks

Classes = Mapping[str, Sequence[Any]]
"""The elements of each class, in the order of the page."""


def by_class(root: Any) -> Classes:
    """Return the elements below another by their classes; one of two classes stands under both."""
    found: dict[str, list[Any]] = {}
    for element in root.iterdescendants():
        for name in (element.get("class") or "").split():
            found.setdefault(name, []).append(element)
    return found


def said(found: Classes, names: Sequence[str]) -> str:
    """Return what the first element says that says anything, of the first class that has one."""
    lines = (line_of(element) for name in names for element in found.get(name, ()))
    return next((line for line in lines if line), "")


def line_of(element: Any) -> str:
    """Return the text of an element in one line."""
    return " ".join(" ".join(block.text.split("\n")) for block in blocks(element))


def empty(element: Any) -> None:
    """Take all out of an element; the text behind it stays."""
    element.clear(keep_tail=True)

"""What a text document has beside its text, and what became of it, in the user's words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal

from annotator.core.model import Remark
from annotator.language import n_

Leaving = Literal[
    "inserted", "deleted", "hidden", "comments", "notes", "marks", "margins", "numbers", "symbols"
]
"""Tracked insertions and deletions, hidden passages, comments, foot- and endnotes, the marks of
notes, headers and footers, numbers and bullets of lists, signs of symbol fonts."""


def leavings(counts: Counter[Leaving], name: str) -> Iterator[Remark]:
    """Yield a remark for each kind of thing that is not in the text as the document shows it."""
    for kind, sentence in _sentences(counts).items():
        if counts[kind]:
            yield Remark(name, sentence.format(count=counts[kind]))


def _sentences(counts: Counter[Leaving]) -> Mapping[Leaving, str]:
    return {
        "inserted": n_(
            "{count} insertion that is tracked as a change was kept.",
            "{count} insertions that are tracked as changes were kept.",
            counts["inserted"],
        ),
        "deleted": n_(
            "{count} deletion that is tracked as a change was left out.",
            "{count} deletions that are tracked as changes were left out.",
            counts["deleted"],
        ),
        "hidden": n_(
            "{count} hidden passage was left out.",
            "{count} hidden passages were left out.",
            counts["hidden"],
        ),
        "comments": n_(
            "{count} comment was left out.",
            "{count} comments were left out.",
            counts["comments"],
        ),
        "notes": n_(
            "{count} note stands at the end of the text, without a mark in it.",
            "{count} notes stand at the end of the text, without marks in it.",
            counts["notes"],
        ),
        "marks": n_(
            "{count} mark of a note was left out.",
            "{count} marks of notes were left out.",
            counts["marks"],
        ),
        "margins": n_(
            "{count} header or footer was left out.",
            "{count} headers and footers were left out.",
            counts["margins"],
        ),
        "numbers": n_(
            "The number or bullet of {count} item, which is not in the file, was left out.",
            "The numbers or bullets of {count} items, which are not in the file, were left out.",
            counts["numbers"],
        ),
        "symbols": n_(
            "{count} sign of a symbol font has no letter and became “�”.",
            "{count} signs of symbol fonts have no letters and became “�”.",
            counts["symbols"],
        ),
    }

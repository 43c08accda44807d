"""Annotations that a file gives in pieces: joined again, each fragment where it stands in the text."""

from collections.abc import Hashable

from annotator.core.corpus import Span
from annotator.core.ids import new_id
from annotator.language import _


class Pieces:
    """Stretches of one text by the names that a file gives them, and which goes on as which.

    What joins a chain keeps the columns of its head. Touching pieces become one fragment: that is
    how a format that cannot cross writes what crosses.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans: dict[Hashable, Span] = {}
        self._next: dict[Hashable, Hashable] = {}
        self._before: dict[Hashable, Hashable] = {}
        self.problems: list[str] = []

    def __contains__(self, name: Hashable) -> bool:
        return name in self._spans

    def add(self, name: Hashable, span: Span) -> None:
        """Add a piece: a span that is whole as far as is known."""
        self._spans[name] = span

    def may_join(self, one: Hashable, other: Hashable) -> bool:
        """Tell whether two pieces can be fragments of one annotation: of one label, one id, or none."""
        if one not in self._spans or other not in self._spans:
            return False
        first, second = self._spans[one], self._spans[other]
        same = first.annotation == second.annotation
        return first.label == second.label and (same or not (first[0] and second[0]))

    def join(self, one: Hashable, other: Hashable) -> None:
        """Let the annotation go on from one piece to the other; a knot is told and left."""
        taken = one in self._next or other in self._before
        if one not in self._spans or other not in self._spans:
            self.problems.append(_("A fragment goes on in one that is not there; it stands alone."))
        elif taken or self._leads(other, one):
            told = _("Fragments go on in a circle, or in two at once; some were left apart.")
            self.problems.append(told)
        else:
            self._next[one] = other
            self._before[other] = one

    def _leads(self, one: Hashable, other: Hashable) -> bool:
        while one != other:
            if one not in self._next:
                return False
            one = self._next[one]
        return True

    def spans(self) -> tuple[list[Span], dict[Hashable, str]]:
        """Return the annotations in text order, and the id of the annotation each piece is part of."""
        names: dict[Hashable, str] = {}
        groups = []
        taken: set[str] = set()
        for head in self._spans:
            if head in self._before:
                continue
            given = self._spans[head].annotation
            identity = given if given and given not in taken else new_id()
            taken.add(identity)
            chain = self._chain(head)
            names.update(dict.fromkeys(chain, identity))
            groups.append(self._group(identity, chain))
        groups.sort(key=lambda group: (group[0].start, -group[-1].end, group[0].annotation))
        return [span for group in groups for span in group], names

    def _chain(self, head: Hashable) -> list[Hashable]:
        chain = [head]
        while chain[-1] in self._next:
            chain.append(self._next[chain[-1]])
        return chain

    def _group(self, identity: str, chain: list[Hashable]) -> list[Span]:
        head = self._spans[chain[0]]
        ranges: list[tuple[int, int]] = []
        for start, end in sorted(self._spans[name][3:5] for name in chain):
            if ranges and start <= ranges[-1][1]:
                if start < ranges[-1][1]:
                    told = _("Fragments of an annotation overlapped; they became one stretch.")
                    self.problems.append(told)
                ranges[-1] = ranges[-1][0], max(end, ranges[-1][1])
            else:
                ranges.append((start, end))
        return [
            head._replace(
                annotation=identity, n=n, start=start, end=end, surface=self._text[start:end]
            )
            for n, (start, end) in enumerate(ranges)
        ]

"""Tags of tokens: annotations written as IOB1, IOB2 or BIOES, and read from any of them."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Literal, NamedTuple

from annotator.core.scheme import Scheme, slug

TagScheme = Literal["iob1", "iob2", "bioes"]

TAG = re.compile(r"O|[BIESLUM]-\S(?:.*\S)?", re.DOTALL)
"""What may stand in a column of tags. L and M are the E and I of BILOU and BMES, U is their S."""

_ALIKE = {"L": "E", "U": "S", "M": "I"}
_NOT_IN_A_TAG = re.compile(r"[\s\x00-\x1f\x7f]+")


class Tagged(NamedTuple):
    """An annotation on the tokens from `first` to `last`, both included; `label` is as in the tag."""

    first: int
    last: int
    label: str


Fault = Literal["inside", "end", "open"]
"""A tag that cannot stand where it does.

"inside" continues what has not begun, "end" ends it, "open" is followed by something that is not its end.
"""


@dataclass(slots=True)
class Evidence:
    """What the tags of a file tell of their scheme: counted while they are decoded.

    `single` counts tags that only BIOES has; `begun` annotations that begin with B though none of
    their label ends right before, as IOB1 never has it; `continued` those that begin with I.
    """

    single: int = 0
    begun: int = 0
    continued: int = 0

    @property
    def scheme(self) -> TagScheme:
        """The scheme that fits best; IOB2 where nothing is tagged."""
        if self.single:
            return "bioes"
        return "iob1" if self.continued > self.begun else "iob2"


def encode(placed: Iterable[Tagged], scheme: TagScheme) -> Iterator[tuple[int, str]]:
    """Yield each token that is not "O" with its tag; annotations come in order and share no token."""
    before = Tagged(-1, -1, "")
    for each in placed:
        first, last, label = each
        begin = "B"
        if scheme == "iob1":
            begin = "B" if before.last == first - 1 and before.label == label else "I"
        elif scheme == "bioes" and first == last:
            begin = "S"
        yield first, f"{begin}-{label}"
        for at in range(first + 1, last + 1):
            yield at, f"{'E' if scheme == 'bioes' and at == last else 'I'}-{label}"
        before = each


def decode(
    tags: Sequence[str],
    breaks: Container[int] = (),
    evidence: Evidence | None = None,
    faults: list[tuple[int, Fault]] | None = None,
) -> list[Tagged]:
    """Return the annotations that tags stand for, whatever their scheme.

    One rule reads IOB1, IOB2 and BIOES, that of the CoNLL evaluation: what is not begun begins where
    it is continued or ended, what is not ended ends before the next tag that does not go on; none
    reaches over one of the `breaks`, tokens that begin a sentence. `faults` gets the tokens where
    something is odd in IOB2 ("inside") or in BIOES (all of them).
    """
    seen = evidence or Evidence()
    odd: list[tuple[int, Fault]] = [] if faults is None else faults
    found: list[Tagged] = []
    first = last = -2
    label = ""
    for at, tag in [(at, tag) for at, tag in enumerate(tags) if tag != "O"]:
        kind, name = _ALIKE.get(tag[0], tag[0]), tag[2:]
        if last == at - 1 and label == name and kind in "IE" and at not in breaks:
            found[-1] = Tagged(first, at, name)
        else:
            if last >= 0:
                odd.append((last, "open"))
            if kind == "B":
                seen.begun += last != at - 1 or label != name
            elif kind == "I":
                seen.continued += 1
                odd.append((at, "inside"))
            elif kind == "E":
                odd.append((at, "end"))
            first, label = at, name
            found.append(Tagged(at, at, name))
        last = at
        if kind in "ES":
            seen.single += 1
            last = -2
    if last >= 0:
        odd.append((last, "open"))
    return found


def tag_names(scheme: Scheme, spell: Callable[[str], str] = str) -> Mapping[str, str]:
    """Return for each label id a name that may stand in a tag: no blanks, none twice."""
    found: dict[str, str] = {}
    for label in scheme.labels:
        plain = _NOT_IN_A_TAG.sub("_", label.name.strip())
        wanted = chain(
            (plain or label.id, f"{plain}_{slug(label.id)}"),
            (f"{plain}_{'x' * times}" for times in count(1)),
        )
        taken = found.values()
        found[label.id] = next(
            name for name in map(spell, wanted) if name.strip("_") and name not in taken
        )
    return found

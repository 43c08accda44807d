"""The objects of a long JSON array one after another, without the whole of it in memory."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from annotator.core.model import Problem
from annotator.language import _

_CHUNK = 1 << 20
_LONGEST = 1 << 28
"""Bytes that one object may have: more is no article, but a file that never ends its first one."""

_BRACE = re.compile(rb'(?:[^"{}]++|"(?:[^"\\]++|\\.)*+")*+([{}])', re.DOTALL)
"""All up to the next brace that is not in a string; possessive, so that time is linear."""

_BETWEEN = frozenset((b"", b",", b"[", b"]"))


class Item(NamedTuple):
    """The bytes of an object, and where it stands: "tasks.json, item 12"."""

    place: str
    raw: bytes


def items(file: BinaryIO, name: str) -> Iterator[Item | Problem]:
    """Yield the objects of an array; those that stand alone or line by line as well.

    What is between them must be commas and brackets. A file that breaks off ends with a Problem.
    """
    waiting, at, start, depth, number = b"", 0, 0, 0, 1
    place = _place(name, number)
    while True:
        match = _BRACE.match(waiting, at)
        if match is None:
            chunk = file.read(max(_CHUNK, len(waiting) - start))
            if not chunk or len(waiting) - start > _LONGEST:
                break
            waiting, at, start = waiting[start:] + chunk, at - start, 0
            continue
        at = match.end()
        if match[1] == b"{":
            if depth == 0:
                if waiting[start : at - 1].strip() not in _BETWEEN:
                    yield Problem(place, _("Something stands here that is no object."))
                start = at - 1
            depth += 1
        elif depth == 0:
            yield Problem(place, _("Something stands here that is no object."))
            return
        else:
            depth -= 1
            if depth == 0:
                yield Item(place, waiting[start:at])
                number += 1
                place, start = _place(name, number), at
    rest = waiting[start:].strip()
    if depth:
        yield Problem(place, _("The file breaks off here."))
    elif rest not in _BETWEEN and rest != b"[]":
        yield Problem(place, _("Something stands here that is no object."))


def _place(name: str, number: int) -> str:
    return _("{file}, item {number}").format(file=name, number=number)

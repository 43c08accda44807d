"""Somebody's own regular expressions: only such as cannot keep the window waiting, run on short stretches.

Python cannot interrupt a search. So what may try the same characters again and again is refused when
it is written, and what is left sees 200 code points at a time, 100 of which it has seen before.
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any

from annotator.core.errors import UserError
from annotator.core.tokens import UNSEEN
from annotator.language import _

_WINDOW = 200
_STEP = 100
"""Code points by which the stretch moves on: no match is longer."""

_LONG = 20
"""Times that a part may be repeated before it counts as repeated without end."""

_VAGUE = 1
"""Repeated parts at most of which it is not plain where they end: with two a line takes seconds."""

_LONGEST = 500
"""Code points of a pattern."""

_SAMPLE = "aéZz09 _\n\t\u00a0.,;:!?-'’\"()«»$€%/@#&+"
_LINES = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_EDGES = re.compile(rf"[\s{UNSEEN}]*+")

Range = tuple[int, int]


@lru_cache(maxsize=1_000)
def compiled(pattern: str, *, case_counts: bool) -> re.Pattern[str]:
    """Return a pattern ready for use. Raises UserError with one sentence that says what is wrong."""
    if not pattern.strip():
        raise UserError(_("The pattern is empty."))
    if len(pattern) > _LONGEST:
        raise UserError(_("The pattern is longer than {n} characters.").format(n=_LONGEST))
    flags = re.NOFLAG if case_counts else re.IGNORECASE
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            made = re.compile(pattern, flags)
            parsed = import_module("re._parser").parse(pattern, flags)
    except (re.error, Warning, OverflowError, RecursionError) as error:
        place = getattr(error, "pos", None)
        where = "" if place is None else _(" at character {n}").format(n=place + 1)
        raise UserError(
            _("“{pattern}” is no regular expression{where}: {error}.").format(
                pattern=pattern, where=where, error=getattr(error, "msg", error)
            )
        ) from error
    if made.match(""):
        raise UserError(_("“{pattern}” also matches no characters at all.").format(pattern=pattern))
    if _Vagueness(pattern).of(list(parsed)) > _VAGUE:
        raise UserError(_too_slow(pattern))
    return made


def ranges(text: str, pattern: re.Pattern[str]) -> Iterator[Range]:
    """Yield where a pattern matches, line by line, in text order; blanks at the edges are left out.

    A match is at most 100 code points long, or 200 in a short line.
    """
    for line in _LINES.finditer(text):
        last = line.start()
        for start in range(line.start(), line.end(), _STEP):
            stop = min(line.end(), start + _WINDOW)
            for match in pattern.finditer(text, max(start, last), stop):
                # What touches the end of the stretch is looked at again in the next one.
                if match.end() == stop < line.end() and match.start() >= start + _STEP:
                    break
                trimmed = _trimmed(text, *match.span())
                if trimmed:
                    yield trimmed
                last = max(last, match.end())
            if stop == line.end():
                break


def _trimmed(text: str, start: int, end: int) -> Range | None:
    edge = _EDGES.match(text, start, end)
    first = edge.end() if edge else start
    while end > first and (text[end - 1].isspace() or _EDGES.fullmatch(text[end - 1])):
        end -= 1
    return (first, end) if first < end else None


def _too_slow(pattern: str) -> str:
    return _(
        "“{pattern}” may take forever: repeat no group that repeats something itself, refer back to no "
        "group, and have at most one part such as .* that may end in several places."
    ).format(pattern=pattern)


class _Vagueness:
    """Counts the repeated parts of a pattern that may end in several places: each multiplies the work."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        literal = {char for char in pattern if not char.isspace()}
        both = literal | {char.lower() for char in literal} | {char.upper() for char in literal}
        self._sample = sorted({char for each in both for char in each} | set(_SAMPLE))

    def of(self, items: Sequence[Any]) -> int:
        """Return how many there are. Raises UserError for what is never allowed."""
        count = 0
        for n, (op, value) in enumerate(items):
            name = str(op)
            if name == "GROUPREF" or name.startswith("GROUPREF_"):
                raise UserError(_too_slow(self._pattern))
            if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
                count += self._repeat(value, items[n + 1 :])
            else:
                count += sum(self.of(list(inner)) for inner in _inner(name, value))
        return count

    def _repeat(self, value: Any, behind: Sequence[Any]) -> int:
        _low, high, body = value
        parts = list(body)
        if len(parts) == 1 and not _inner(str(parts[0][0]), parts[0][1]):
            if high <= 1 or str(parts[0][0]).endswith("REPEAT"):
                return 0 if high <= 1 else self._refused()
            own = self._chars(parts[0])
            return int(self._may_begin(behind, own))
        if high <= 1:
            return self.of(parts)
        if self._is_parted(parts):
            return 0
        if _repeats(parts):
            if high > _LONG or self.of(parts):
                return self._refused()
            return 1
        return 1

    def _is_parted(self, parts: Sequence[Any]) -> bool:
        """Tell whether a group begins with a sign that nothing it repeats has, like a stop before digits."""
        if not parts:
            return True
        first, *rest = parts
        if _inner(str(first[0]), first[1]) or str(first[0]).endswith("REPEAT"):
            return False
        own = self._chars(first)
        for op, value in rest:
            inner = list(value[2]) if str(op).endswith("REPEAT") else [(op, value)]
            if len(inner) != 1 or _inner(str(inner[0][0]), inner[0][1]):
                return False
            if str(inner[0][0]).endswith("REPEAT") or self._chars(inner[0]) & own:
                return False
        return len([op for op, _value in rest if str(op).endswith("REPEAT")]) <= 1

    def _refused(self) -> int:
        raise UserError(_too_slow(self._pattern))

    def _may_begin(self, items: Sequence[Any], chars: frozenset[str]) -> bool:
        """Tell whether what follows may begin with one of these characters."""
        for op, value in items:
            name = str(op)
            if name.endswith("REPEAT"):
                low, _high, body = value
                if self._may_begin(list(body), chars):
                    return True
                if low:
                    return False
            elif name in ("AT", "ASSERT", "ASSERT_NOT"):
                continue
            elif inner := _inner(name, value):
                return any(self._may_begin(list(each), chars) for each in inner)
            else:
                return bool(chars & self._chars((op, value)))
        return False

    def _chars(self, item: Any) -> frozenset[str]:
        op, value = item
        name = str(op)
        if name == "LITERAL":
            char = chr(value)
            return frozenset({char, char.lower(), char.upper()})
        if name == "NOT_LITERAL":
            return frozenset(self._sample) - {chr(value)}
        if name == "IN":
            return self._class(value)
        return frozenset(self._sample)

    def _class(self, items: Sequence[Any]) -> frozenset[str]:
        found: set[str] = set()
        is_negated = False
        for op, value in items:
            name = str(op)
            if name == "NEGATE":
                is_negated = True
            elif name == "LITERAL":
                found |= {chr(value), chr(value).lower(), chr(value).upper()}
            elif name == "RANGE":
                found |= {each for each in self._sample if value[0] <= ord(each) <= value[1]}
            else:
                found |= {each for each in self._sample if _is_in(str(value), each)}
        return frozenset(self._sample) - found if is_negated else frozenset(found)


def _inner(name: str, value: Any) -> list[Any]:
    """Return what stands inside a group or behind the bars of a choice."""
    if name == "SUBPATTERN":
        return [value[-1]]
    if name == "BRANCH":
        return list(value[1])
    if name in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    return [value] if name == "ATOMIC_GROUP" else []


def _repeats(items: Sequence[Any]) -> bool:
    return any(
        str(op).endswith("REPEAT")
        or str(op) == "BRANCH"
        or any(_repeats(list(each)) for each in _inner(str(op), value))
        for op, value in items
    )


def _is_in(category: str, char: str) -> bool:
    kind = category.removeprefix("CATEGORY_").removeprefix("UNI_").removeprefix("NOT_")
    is_so = {"DIGIT": char.isdigit(), "SPACE": char.isspace()}.get(
        kind, char.isalnum() or char == "_"
    )
    return not is_so if "NOT_" in category else is_so

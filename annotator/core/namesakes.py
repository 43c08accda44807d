"""Entities that may be the same: names that are equal, abbreviated or spelled nearly alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import combinations, islice
from typing import NamedTuple

from annotator.core.model import Entity
from annotator.core.names import folded
from annotator.language import _

_ALIKE = 0.93
"""The Jaro–Winkler similarity from which on two names are shown."""

_MOST_IN_BLOCK = 40
"""Names of one block that are all compared; of more only neighbours in alphabetical order are."""

_NEIGHBOURS = 4
_MOST_LETTERS = 2
"""Letters that one of two last names may have more."""

_SHORTEST = 4
"""Letters of a word that can be misspelled without becoming another."""


class Why(StrEnum):
    """What makes two entities look the same; the first says most."""

    NAME = "same name"
    INITIALS = "initials"
    SPELLING = "spelling"
    LAST_NAME = "last name"


def why_name(why: Why) -> str:
    """Return in a word or two why two entities may be the same."""
    return {
        Why.NAME: _("the same name"),
        Why.INITIALS: _("initials"),
        Why.SPELLING: _("spelled alike"),
        Why.LAST_NAME: _("the last name alone"),
    }[why]


class Pair(NamedTuple):
    """Two entities that may be the same."""

    one: Entity
    other: Entity
    why: Why


class _Name(NamedTuple):
    words: tuple[str, ...]
    entity: int


def namesakes(entities: Sequence[Entity]) -> list[Pair]:
    """Return the pairs that may be the same, the likeliest first.

    Names are compared in blocks: with the same last word, or the same first word and nearly the same
    beginning. So the time grows with the number of entities, not with its square.
    """
    best: dict[tuple[int, int], Why] = {}
    order = list(Why)
    for one, other in _near(_names(entities)):
        pair = (min(one.entity, other.entity), max(one.entity, other.entity))
        if one.entity == other.entity:
            continue
        why = _why(one.words, other.words)
        if why is None or _are_apart(entities[pair[0]], entities[pair[1]]):
            continue
        if pair not in best or order.index(why) < order.index(best[pair]):
            best[pair] = why
    found = [Pair(entities[one], entities[other], why) for (one, other), why in best.items()]
    return sorted(found, key=lambda pair: (order.index(pair.why), pair.one.name, pair.other.name))


def jaro_winkler(one: str, other: str) -> float:
    """Return how alike two strings are, from 0 to 1. Source: Winkler 1990, prefix weight 0.1."""
    if one == other:
        return 1.0
    reach = max(len(one), len(other)) // 2 - 1
    taken = [False] * len(other)
    matched = []
    for at, sign in enumerate(one):
        for place in range(max(0, at - reach), min(len(other), at + reach + 1)):
            if not taken[place] and other[place] == sign:
                taken[place] = True
                matched.append(sign)
                break
    if not matched:
        return 0.0
    count = len(matched)
    crossed = [sign for sign, is_taken in zip(other, taken, strict=True) if is_taken]
    swapped = sum(a != b for a, b in zip(matched, crossed, strict=True)) / 2
    jaro = (count / len(one) + count / len(other) + (count - swapped) / count) / 3
    prefix = 0
    for a, b in islice(zip(one, other, strict=False), 4):
        if a != b:
            break
        prefix += 1
    return jaro + prefix * 0.1 * (1 - jaro)


def _names(entities: Sequence[Entity]) -> Iterator[_Name]:
    for number, entity in enumerate(entities):
        for name in dict.fromkeys(map(folded, (entity.name, *entity.aliases))):
            words = tuple(name.replace("-", " ").split())
            if words and any(map(str.isalpha, name)):
                yield _Name(words, number)


def _near(names: Iterable[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """Yield the pairs of names that are worth comparing."""
    blocks: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
    for name in names:
        first, last = name.words[0], name.words[-1]
        blocks["last", last].append(name)
        beginning = last[:1] if len(name.words) > 1 else first[:_SHORTEST]
        blocks["first", first if len(name.words) > 1 else "", beginning].append(name)
    for block in blocks.values():
        if len(block) <= _MOST_IN_BLOCK:
            yield from combinations(block, 2)
            continue
        block.sort()
        for step in range(1, _NEIGHBOURS + 1):
            yield from zip(block, block[step:], strict=False)


def _are_apart(one: Entity, other: Entity) -> bool:
    """Tell whether what the register says of two entities forbids that they are one."""
    said = ((one.kind, other.kind), (one.external_id, other.external_id))
    if any(a and b and a != b for a, b in said) or {one.gender, other.gender} == {"female", "male"}:
        return True
    # Of one family, and each with a first name of their own: a title before it tells nothing then.
    names = [folded(each.name).replace("-", " ").split() for each in (one, other)]
    if min(map(len, names)) < 2 or names[0][-1] != names[1][-1]:
        return False
    first, second = names[0][0], names[1][0]
    return not (first == second or _is_initial_of(first, second) or _are_near(first, second))


def _why(one: tuple[str, ...], other: tuple[str, ...]) -> Why | None:
    if one == other:
        return Why.NAME
    shorter, longer = sorted((one, other), key=len)
    if shorter[-1] == longer[-1]:
        if len(shorter) == 1:
            return Why.LAST_NAME
        if len(shorter) == len(longer) and _is_initial(shorter, longer):
            return Why.INITIALS
    if len(shorter) != len(longer) or min(len(shorter[-1]), len(longer[-1])) < _SHORTEST:
        return None
    if len(shorter) > 1 and shorter[-1] == longer[-1] and not _are_near(shorter[0], longer[0]):
        return None
    if abs(len(shorter[-1]) - len(longer[-1])) > _MOST_LETTERS:
        return None
    if len(shorter) > 1 and not _are_near(shorter[-1], longer[-1]):
        return None
    return Why.SPELLING if jaro_winkler(" ".join(one), " ".join(other)) >= _ALIKE else None


def _is_initial(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether first names are the initials of the others, or the same."""
    return all(a == b or _is_initial_of(a, b) for a, b in zip(one[:-1], other[:-1], strict=True))


def _is_initial_of(one: str, other: str) -> bool:
    """Tell whether one of two first names is the initial of the other."""
    return min(len(one.rstrip(".")), len(other.rstrip("."))) == 1 and one[0] == other[0]


def _are_near(one: str, other: str) -> bool:
    """Tell whether one of two names may be misspelled: Marie and Marc are two people."""
    if one == other:
        return True
    if min(len(one), len(other)) < _SHORTEST or len(set(one) ^ set(other)) > _MOST_LETTERS:
        return False
    return jaro_winkler(one, other) >= _ALIKE

"""Which articles go to training, development and test: whole groups, balanced, and never moved again.

Groups are placed one after another, in the order of their first article, each where most is
lacking of what it has: so what was placed before does not depend on what comes after, and an
article that joins the corpus later moves none of the others.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from annotator.core.errors import UserError
from annotator.core.model import NOTHING
from annotator.language import _

_NAMES = {2: ("train", "test"), 3: ("train", "dev", "test")}
_ARTICLES = ""
"""The feature that every article has once, so that the parts get their share of articles too."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The parts by name and their shares, which add up to 1."""

    parts: Mapping[str, float]

    def __str__(self) -> str:
        return "/".join(f"{share * 100:g}" for share in self.parts.values())


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that stay together: their ids, and how many annotations of each label they have."""

    articles: tuple[str, ...]
    labels: Mapping[str, int]


def read_shares(text: str) -> Shares:
    """Return the shares in “80/10/10”. Raises UserError when these are no shares."""
    numbers = re.fullmatch(r"\d+(?:\.\d+)?(?:/\d+(?:\.\d+)?)+", text.strip())
    shares = [float(number) for number in text.strip().split("/")] if numbers else []
    if len(shares) not in _NAMES or not all(shares):
        raise UserError(
            _("“{text}” is no split: give two or three shares, such as 80/20 or 80/10/10.").format(
                text=text
            )
        )
    whole = sum(shares)
    names = _NAMES[len(shares)]
    return Shares({name: share / whole for name, share in zip(names, shares, strict=True)})


def split(
    groups: Iterable[Group], shares: Shares, seed: int, placed: Mapping[str, str] = NOTHING
) -> dict[str, str]:
    """Return the part of each article by its id.

    The part of a group is drawn, the likelier the more it lacks of what the group has; the draw
    depends on the seed and on the group's first article alone. `placed` gives the part of articles
    that have one already: their groups go there.
    """
    total: Counter[str] = Counter()
    have: dict[str, Counter[str]] = {name: Counter() for name in shares.parts}
    parts: dict[str, str] = {}
    for group in groups:
        features = {name: count for name, count in group.labels.items() if count}
        features[_ARTICLES] = len(group.articles)
        total.update(features)
        lacks = {
            name: sum(share - have[name][each] / total[each] for each in features)
            for name, share in shares.parts.items()
        }
        known = next((placed[id_] for id_ in group.articles if placed.get(id_) in have), "")
        part = known or _draw(lacks, f"{seed} {group.articles[0]}")
        have[part].update(features)
        parts.update(dict.fromkeys(group.articles, part))
    return parts


def _draw(lacks: Mapping[str, float], key: str) -> str:
    """Return a part drawn by the square of what it lacks; where none lacks anything, the first."""
    weights = {name: max(0.0, lack) ** 2 for name, lack in lacks.items()}
    whole = sum(weights.values())
    if not whole:
        return max(lacks, key=lambda name: lacks[name])
    point = int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) / 2**64 * whole
    for name, weight in weights.items():
        point -= weight
        if point < 0:
            return name
    return max(weights, key=lambda name: weights[name])

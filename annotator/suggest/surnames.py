"""Last names alone: who was named in full before in an article is meant by the last name later."""

import re
from collections.abc import Iterable, Iterator

from annotator.language import _
from annotator.suggest.mention import Mention
from annotator.suggest.wording import SMALL

_SHORTEST = 3
"""Letters of a last name at least."""

_SCORE = 0.75


def surnames(text: str, full: Iterable[Mention]) -> Iterator[Mention]:
    """Yield where the last names of people stand alone behind their full names.

    `full` are mentions of people. Of several people with one last name nobody in particular is meant.
    """
    known: dict[str, list[Mention]] = {}
    for each in sorted(full, key=lambda mention: mention.start):
        *before, last = text[each.start : each.end].split() or [""]
        if before and len(last) >= _SHORTEST and last[:1].isupper() and last.lower() not in SMALL:
            known.setdefault(last, []).append(each)
    if not known:
        return
    names = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    for match in re.finditer(rf"(?<![\w-])(?:{names})(?![\w-])", text):
        start, end = match.span()
        earlier = [each for each in known[match[0]] if each.end <= start]
        if earlier:
            yield _mention(text, start, end, earlier)


def _mention(text: str, start: int, end: int, earlier: list[Mention]) -> Mention:
    first = earlier[0]
    meant = {each.entity for each in earlier}
    reason = _("“{name}” was named before").format(name=text[first.start : first.end])
    entity = first.entity if len(meant) == 1 else None
    return Mention(first.label, start, end, _SCORE, reason, entity)

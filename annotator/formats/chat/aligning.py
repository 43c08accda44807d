"""Words of an answer found again in the text, each at the occurrence that it names."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from annotator.core.corpus import Span
from annotator.core.ids import new_id
from annotator.core.model import Link
from annotator.core.text import LineEnds
from annotator.core.tokens import Range
from annotator.formats.chat.prompts import LINKS, SPEAKER, TAKEN
from annotator.language import _

_SLOTS = {role: slot for slot, role in SPEAKER.items()}


class Places:
    """Where words stand in a text, overlapping or not; found once for each."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, list[int]] = {}

    def of(self, words: str) -> list[int]:
        """Return where words begin."""
        found = self._found.get(words)
        if found is None:
            found = self._found[words] = []
            at = self._text.find(words)
            while at >= 0:
                found.append(at)
                at = self._text.find(words, at + 1)
        return found

    def count(self, words: str, start: int) -> int:
        """Return which of the occurrences, from 1, the one at `start` is."""
        return self.of(words).index(start) + 1

    def is_repeated(self, words: str) -> bool:
        return len(self.of(words)) > 1


class Alignment:
    """An answer on its text: `spans` and `links` are what was found, `problems` tells of the rest."""

    def __init__(self, raw: str, given: Mapping[str, Any]) -> None:
        self.problems: list[str] = []
        self._ends = LineEnds(raw)
        self._places = Places(raw)
        self._names: dict[str, str] = {}
        lists = {key: rows for key, rows in given.items() if isinstance(rows, list)}
        links = [row for row in lists.pop(LINKS, []) if isinstance(row, dict)]
        rows = [row for items in lists.values() for row in items if isinstance(row, dict)]
        groups = [group for group in map(self._annotation, rows) if group]
        groups.sort(key=lambda group: (group[0].start, -group[-1].end, group[0].annotation))
        self.spans = [span for group in groups for span in group]
        self.links = list(self._sound((*self._filled(rows), *self._joined(links))))

    def _annotation(self, row: Mapping[str, Any]) -> list[Span]:
        label, given = row.get("label"), row.get("text")
        words: list[Any] = given if isinstance(given, list) else [given]
        if not isinstance(label, str) or not label.strip() or not _are_words(words):
            self.problems.append(_("An item of the answer has no label or no text."))
            return []
        ranges = self._ranges(words, row.get("occurrence"))
        if not ranges:
            return []
        id_ = new_id()
        if isinstance(row.get("id"), str | int):
            self._names[str(row["id"])] = id_
        attributes = row.get("attributes")
        said = json.dumps(attributes, ensure_ascii=False) if attributes else "{}"
        text = self._ends.text
        return [
            Span(
                id_,
                label,
                n,
                start,
                end,
                text[start:end],
                said if isinstance(attributes, dict) else "{}",
                origin="import",
            )
            for n, (start, end) in enumerate(ranges)
        ]

    def _ranges(self, words: list[str], given: Any) -> list[Range]:
        """Return where words stand, in order; nothing when one does not, or not behind the one before."""
        counts = given if isinstance(given, list) else [given] * len(words)
        ranges: list[Range] = []
        for word, count in zip(words, counts, strict=False):
            number = count if type(count) is int else 1
            starts = self._places.of(word)
            if not 1 <= number <= len(starts):
                told = _(
                    "“{words}” stands in the text {count} times; number {number} was asked for."
                )
                said = told.format(words=word[:40], count=len(starts), number=number)
                self.problems.append(said)
                return []
            start = self._ends.offset(starts[number - 1])
            end = self._ends.offset(starts[number - 1] + len(word))
            if ranges and start <= ranges[-1][1]:
                told = _("“{words}” does not stand behind the piece before it.")
                self.problems.append(told.format(words=word[:40]))
                return []
            ranges.append((start, end))
        return ranges

    def _filled(self, rows: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
        """Yield what fills the roles of items: type, source and target as the answer names them."""
        for row in rows:
            for role in row.keys() - set(TAKEN):
                targets = row[role] if isinstance(row[role], list) else [row[role]]
                for target in targets:
                    yield _SLOTS.get(role, role), str(row.get("id")), str(target)

    def _joined(self, rows: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
        for row in rows:
            yield str(row.get("type", "")), str(row.get("from")), str(row.get("to"))

    def _sound(self, given: tuple[tuple[str, str, str], ...]) -> Iterator[Link]:
        seen: set[tuple[str, str, str]] = set()
        for each in given:
            kind, source, target = each
            one, other = self._names.get(source, ""), self._names.get(target, "")
            if not kind.strip() or not one or not other or one == other or each in seen:
                told = _("“{name}” from {source} to {target} joins no two items of the answer.")
                said = told.format(name=kind[:40], source=source[:40], target=target[:40])
                self.problems.append(said)
            else:
                seen.add(each)
                yield Link(new_id(), kind, one, other)


def _are_words(words: list[Any]) -> bool:
    return bool(words) and all(isinstance(word, str) and word for word in words)

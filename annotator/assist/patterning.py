"""The suggester of patterns: dates, amounts and their like, and somebody's own word lists and patterns."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.assist import labels
from annotator.assist.known import Known
from annotator.assist.suggesters import Suggester
from annotator.core.errors import UserError
from annotator.core.model import Article
from annotator.core.word_lists import PATTERN, WORDS, WordList
from annotator.language import _
from annotator.store import word_lists
from annotator.suggest.folding import fold
from annotator.suggest.lists import Lists
from annotator.suggest.mention import Mention
from annotator.suggest.own_patterns import compiled, ranges
from annotator.suggest.patterns import forms

ORIGIN = "patterns"

_LISTED = 0.8
"""The score of words that stand in a list: somebody wants them, but not everywhere they stand."""

_MATCHED = 0.8

_FORMS = tuple(kind for kind in labels.KINDS if kind not in labels.NAMES)


def suggester() -> Suggester:
    """Return the suggester of patterns."""
    return Suggester(
        "patterns",
        ORIGIN,
        _("Patterns and word lists"),
        _(
            "Dates, times, amounts, percentages and addresses, and word lists and patterns of your own."
        ),
        _unable,
        _look,
        is_kept=False,
    )


@dataclass(slots=True)
class _Own:
    """The lists and patterns of a project that are on, ready for use."""

    lists: Lists
    patterns: list[tuple[WordList, re.Pattern[str]]]


def own(known: Known) -> _Own:
    """Return the lists and patterns that are on, made ready once."""
    found = known.memory.get(ORIGIN)
    if not isinstance(found, _Own):
        found = _read(known)
        known.memory[ORIGIN] = found
    return found


def _read(known: Known) -> _Own:
    project = known.project
    on = [each for each in word_lists.every(project) if each.is_on]
    lists = Lists((each, word_lists.entries(project, each.id)) for each in on if each.kind == WORDS)
    patterns = []
    for each in on:
        if each.kind == PATTERN:
            for entry in word_lists.entries(project, each.id):
                try:
                    pattern = compiled(entry.words, case_counts=each.case_counts)
                except UserError:
                    continue  # It came with a project of somebody else's; the dialog says what is wrong.
                patterns.append((each, pattern))
    return _Own(lists, patterns)


def _unable(known: Known) -> str:
    if any(map(known.label_of, _FORMS)) or any(
        each.is_on for each in word_lists.every(known.project)
    ):
        return ""
    return _("The scheme has no label for dates, amounts or addresses, and there is no word list.")


def _look(known: Known, article: Article) -> Iterable[Mention]:
    names = {label.id: label.name for label in labels.plain(known.scheme)}
    mine = own(known)
    yield from _of_forms(known, article)
    for each in mine.lists.find(fold(article.text)):
        if each.word_list.label in names:
            reason = _("in the list “{name}”").format(name=each.word_list.name)
            entity = known.entity_named(each.entry.entity) if each.entry.entity else None
            yield Mention(each.word_list.label, each.start, each.end, _LISTED, reason, entity)
    for word_list, pattern in mine.patterns:
        if word_list.label in names:
            reason = _("matches “{name}”").format(name=word_list.name)
            for start, end in ranges(article.text, pattern):
                yield Mention(word_list.label, start, end, _MATCHED, reason)


def _of_forms(known: Known, article: Article) -> Iterator[Mention]:
    by_kind = {kind: label for kind in _FORMS if (label := known.label_of(kind))}
    told = {
        "date": _("a date"),
        "time": _("a time of day"),
        "amount": _("an amount of money"),
        "percentage": _("a percentage"),
        "email": _("an e-mail address"),
        "url": _("a web address"),
        "phone": _("a telephone number"),
    }
    for form in forms(article.text, by_kind):
        yield Mention(by_kind[form.kind], form.start, form.end, form.score, told[form.kind])

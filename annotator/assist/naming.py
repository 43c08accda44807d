"""The suggester of names: what was labelled before comes again, and what the words around tell."""

from collections.abc import Iterable, Iterator, Sequence

from annotator.assist import labels
from annotator.assist.knowledge import language_of
from annotator.assist.known import Known
from annotator.assist.suggesters import Suggester
from annotator.core.model import Article
from annotator.language import _
from annotator.store import annotations
from annotator.suggest.bodies import acronyms, organisations
from annotator.suggest.folding import fold
from annotator.suggest.mention import Mention
from annotator.suggest.people import people, places
from annotator.suggest.spotted import Spotted, name_words
from annotator.suggest.surnames import surnames
from annotator.suggest.words import Words

ORIGIN = "names"

_SURE = 0.7
"""What was labelled before and is as sure as that is believed before words around a name that are less."""


def suggester() -> Suggester:
    """Return the suggester of names."""
    return Suggester(
        "names",
        ORIGIN,
        _("Names"),
        _(
            "What was labelled before, where it comes again, and names told by the words around them."
        ),
        _unable,
        _look,
    )


def _unable(known: Known) -> str:
    if labels.plain(known.scheme):
        return ""
    return _("The scheme has no label without slots, so there are no names to suggest.")


def _look(known: Known, article: Article) -> Iterable[Mention]:
    names = {label.id: label.name for label in labels.plain(known.scheme)}
    place = known.label_of("place")
    learnt = known.book.mentions(fold(article.text), known.remembered(), names, place)
    person = known.label_of("person")
    found = [*learnt, *_told_by_words(known, article, learnt, person)]
    if not person:
        return found
    full = [each for each in found if each.label == person]
    return [*found, *surnames(article.text, [*full, *_labelled(known, article, person)])]


def _told_by_words(
    known: Known, article: Article, learnt: Sequence[Mention], person: str
) -> Iterator[Mention]:
    """Yield names that the words around them tell; people as far as the project does not know better."""
    by_kind = {kind: known.label_of(kind) for kind in labels.NAMES}
    if not any(by_kind.values()):
        return
    named = _taken(article, (each for each in learnt if each.label == person))
    sure = _taken(article, (each for each in learnt if each.score >= _SURE))
    for spotted in _spotted(known, article):
        label = by_kind[spotted.kind]
        against = named if label == person else sure
        is_weak = label == person or spotted.score < _SURE
        if label and not (is_weak and against.find(1, spotted.start, spotted.end) >= 0):
            yield Mention(label, spotted.start, spotted.end, spotted.score, spotted.reason)


def _taken(article: Article, mentions: Iterable[Mention]) -> bytearray:
    """Return a byte for every code point of an article, 1 where a mention stands."""
    taken = bytearray(len(article.text))
    for each in mentions:
        taken[each.start : each.end] = b"\x01" * (each.end - each.start)
    return taken


def _spotted(known: Known, article: Article) -> Iterator[Spotted]:
    words, lists = Words(article.text), name_words(language_of(article))
    yield from people(words, lists, with_titles=known.with_titles)
    yield from places(words, lists)
    yield from organisations(words, lists)
    yield from acronyms(words)


def _labelled(known: Known, article: Article, person: str) -> Iterator[Mention]:
    """Yield the people that are labelled in the article already."""
    for each in annotations.of_article(known.project, article.id, ["accepted"]):
        if each.label == person:
            yield Mention(person, each.start, each.end, 1.0, "", each.entity)

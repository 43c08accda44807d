"""The suggester of names: what was labelled before comes again, and what the words around tell."""

from collections.abc import Iterable, Iterator

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
    learnt = known.book.mentions(fold(article.text), known.remembered(), names)
    person = known.label_of("person")
    found = [*learnt, *_told_by_words(known, article, learnt, person)]
    if not person:
        return found
    full = [each for each in found if each.label == person]
    return [*found, *surnames(article.text, [*full, *_labelled(known, article, person)])]


def _told_by_words(
    known: Known, article: Article, learnt: Iterable[Mention], person: str
) -> Iterator[Mention]:
    """Yield names that the words around them tell; people as far as the project does not know better."""
    by_kind = {kind: known.label_of(kind) for kind in labels.NAMES}
    if not any(by_kind.values()):
        return
    taken = bytearray(len(article.text))
    for each in learnt:
        if each.label == person:
            taken[each.start : each.end] = b"\x01" * (each.end - each.start)
    for spotted in _spotted(known, article):
        label = by_kind[spotted.kind]
        is_known = label == person and taken.find(1, spotted.start, spotted.end) >= 0
        if label and not is_known:
            yield Mention(label, spotted.start, spotted.end, spotted.score, spotted.reason)


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

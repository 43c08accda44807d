"""People and places by the words before and behind them: a title, a role, a first name, "rue", "Lake"."""

from collections.abc import Iterator

from annotator.language import _
from annotator.suggest.spotted import (
    NameWords,
    Spotted,
    begins_sentence,
    inked,
    is_all_capitals,
    is_name_word,
    run,
    run_of_person,
)
from annotator.suggest.words import Words

_OF = frozenset("de du des d'".split())
_THE = frozenset("la l' le les".split())
_TITLES = frozenset(
    "m mm mme mmes mlle mlles monsieur madame mademoiselle mr mrs ms miss dr dre drs pr me mgr prof".split()
)
"""Honorifics that belong to a name where a scheme has them; offices never do."""


def people(words: Words, known: NameWords, *, with_titles: bool) -> Iterator[Spotted]:
    """Yield names of people, in text order. With titles "Mme Bruneau" is one, else "Bruneau"."""
    at = 0
    while at < len(words):
        found = _person(words, known, at, with_titles=with_titles)
        if found is None:
            at += 1
        else:
            spotted, last = found
            yield spotted
            at = last + 1


def _person(
    words: Words, known: NameWords, at: int, *, with_titles: bool
) -> tuple[Spotted, int] | None:
    lower = words.lower[at]
    if lower in known.lexicon.honorifics and is_name_word(words, at):
        found = _titled(words, known, at, with_titles=with_titles)
        if found:
            return found
    is_role = lower in known.lexicon.roles or lower in known.lexicon.neutral
    if is_role and not is_name_word(words, at):
        return _in_role(words, known, at)
    if not is_name_word(words, at) or (at and _goes_on(words, known, at)):
        return None
    last = run_of_person(words, at, known)
    if last == at or is_all_capitals(words, at, last):
        return None
    if known.is_first_name(words.surface[at]) and words.lower[at - 1] not in known.places:
        return _made(words, at, last, 0.75, _("a first name")), last
    if lower in known.small and begins_sentence(words, at):
        return None
    role = _role_behind(words, known, last)
    if role and _may_be_a_person(words, known, at, last):
        return _made(words, at, last, 0.65, _("before “{word}”").format(word=role)), last
    return None


def _titled(
    words: Words, known: NameWords, at: int, *, with_titles: bool
) -> tuple[Spotted, int] | None:
    first = at + 1
    if words.surface[first] == "." and words.is_glued(at):
        first += 1
    if first >= len(words) or words.breaks_after(first - 1) or not is_name_word(words, first):
        return None
    last = run_of_person(words, first, known)
    reason = _("after “{word}”").format(word=words.text[words.starts[at] : words.ends[first - 1]])
    is_part = with_titles and words.lower[at] in _TITLES
    return _made(words, at if is_part else first, last, 0.85, reason), last


def _in_role(words: Words, known: NameWords, at: int) -> tuple[Spotted, int] | None:
    """Return the name behind a role: "le ministre Jean Boulet", "la mairesse de Laval Anne Roy"."""
    reason = _("after “{word}”").format(word=words.surface[at])
    first = at + 1
    if is_name_word(words, first) and not words.breaks_after(at):
        last = run_of_person(words, first, known)
        if not _may_be_a_person(words, known, first, last):
            return None
        is_sure = last > first or known.is_first_name(words.surface[first])
        return _made(words, first, last, 0.8 if is_sure else 0.55, reason), last
    if words.lower[first] not in _OF:
        return None
    first += 1
    if words.lower[first] in _THE:
        first += 1
    if first >= len(words) or not is_name_word(words, first):
        return None
    last = run_of_person(words, first, known)
    for place in range(first + 1, last):
        if known.is_first_name(words.surface[place]):
            return _made(words, place, last, 0.75, reason), last
    return None


def _may_be_a_person(words: Words, known: NameWords, first: int, last: int) -> bool:
    """Tell whether capitals are neither letters for something nor an organisation."""
    heads = [words.lower[n] for n in range(first, last + 1)]
    if any(
        word in known.bodies or word in known.places or word in known.suffixes for word in heads
    ):
        return False
    return not all(words.surface[n].isupper() for n in range(first, last + 1)) and (
        heads[0] not in known.small
    )


def _role_behind(words: Words, known: NameWords, last: int) -> str:
    """Return the role that stands behind a name and a comma, "" without one."""
    n = last + 1
    if words.surface[n] != ",":
        return ""
    n += 1
    if words.lower[n] in known.lexicon.determiners:
        n += 1
    word = words.lower[n]
    return words.surface[n] if word in known.lexicon.roles and not is_name_word(words, n) else ""


def _goes_on(words: Words, known: NameWords, at: int) -> bool:
    """Tell whether the word before belongs to the same name."""
    return (
        is_name_word(words, at - 1)
        and words.lower[at - 1] not in known.small
        and not begins_sentence(words, at)
    )


def places(words: Words, known: NameWords) -> Iterator[Spotted]:
    """Yield names that are headed by what a place is: "rue Saint-Denis", "lac des Piles", "Lake Ontario"."""
    for at in words.where(known.places, words.lower):
        first = at + 1
        if known.language == "en" and not is_name_word(words, at):
            continue
        if words.lower[first] in _OF and known.language == "fr":
            first += 1
        if words.lower[first] in _THE:
            first += 1
        if first >= len(words) or words.breaks_after(at) or not is_name_word(words, first):
            continue
        last = run(words, first)
        reason = _("after “{word}”").format(word=words.surface[at])
        yield Spotted("place", *inked(words, at, last), 0.65, reason)


def _made(words: Words, first: int, last: int, score: float, reason: str) -> Spotted:
    return Spotted("person", *inked(words, first, last), score, reason)

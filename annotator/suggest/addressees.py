"""Whom something was said to: "à l'AFP", "told Reuters", the clitic of "nous a-t-il dit"."""

from annotator.suggest.groups import Group
from annotator.suggest.kinds import Phrase
from annotator.suggest.phrases import Phrases
from annotator.suggest.reading import Reading

_CLITICS = frozenset("nous lui leur m' vous".split())


def addressee(reading: Reading, phrases: Phrases, group: Group, end: int) -> Phrase | None:
    """Return whom a verb group says is spoken to, within the words up to `end`; None when nobody is."""
    words, lexicon = reading.words, reading.lexicon
    if lexicon.language == "fr":
        clitics = (n for n in range(group.first, group.head) if words.lower[n] in _CLITICS)
        clitic = next(clitics, None)
        if clitic is not None:
            return Phrase(clitic, clitic)
    place = group.last + 1
    if place >= end:
        return None
    word = words.lower[place]
    if lexicon.language == "en" and group.takes("addressee:direct"):
        if word in lexicon.objects:
            return Phrase(place, place)
        return phrases.at(place, end) if phrases.begins(place) else None
    if group.takes("addressee:a", "incise") and word in ("à", "au", "aux"):
        is_phrase = phrases.begins(place + 1) or word != "à"
        return phrases.at(place + 1, end) if is_phrase else None
    if group.takes("addressee:to") and word == "to":
        return phrases.at(place + 1, end)
    return None

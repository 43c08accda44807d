"""Made-up newspaper prose for the large project: names that come back, and sentences about them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from tests.benchmarks.corpus import _SMALL, _vocabulary

_NEWS = (
    "ministre budget climat gouvernement élection hôpital école police justice grève syndicat usine"
    " emploi impôt réforme loi séance vote député maire conseil commune quartier route pont train"
    " inondation incendie neige eau énergie forêt agriculture marché prix hausse baisse banque"
    " entreprise accord enquête procès juge prison victime accident secours santé vaccin recherche"
    " université étudiant élève famille enfant femme homme jeune citoyen pays frontière Europe"
    " étranger guerre paix armée sommet traité crise dette retraite logement loyer travaux festival"
    " film livre théâtre musée musique sport match équipe victoire défaite entraîneur saison"
).split()
_ENGLISH = (
    "the of and to a in that for is on with as by at from it was has have will not be his her"
)
_FIRST = (
    "Marie Jean Louise Pierre Anne Luc Sophie Paul Claire Marc Julie Hugo Nadia Karim Aïcha Yves Zoé"
    " Élise Noël Agnès Rémi Inès Tom Emma Léo Jade Louis Alice Jules Léa Adam Chloé Omar Lina Nour"
).split()
_HEADS = (
    "ministère université syndicat conseil Banque Société Fédération Association mairie"
).split()
_ROLES = "ministre maire porte-parole président directrice préfet députée avocat juge entraîneur"
_CUES = "assure dit affirme explique déclare estime souligne regrette répond ajoute précise".split()

AMBIGUOUS = (
    *("l’Élysée", "Matignon", "Washington", "Bruxelles", "Moscou", "Pékin", "le Quai d’Orsay"),
    *("Bercy", "la Maison-Blanche", "Genève", "Québec", "le Kremlin"),
)
"""Strings that stand for a place here and for an institution there."""

LABELS = ("per", "org", "loc", "func")


@dataclass(frozen=True, slots=True)
class Name:
    """A string with the label it has most of the time, the one it has else, and who it means, by number.

    `inner` is where a place within it begins, −1 where there is none.
    """

    text: str
    label: str
    other: str = ""
    entity: int = -1
    inner: int = -1


@dataclass(frozen=True, slots=True)
class Entity:
    """One of the register: its names are those of `Name`s."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()


class Prose:
    """Names and sentences, the same for the same dice. Names are drawn by Zipf's law."""

    def __init__(self, dice: random.Random, names: int, entities: int) -> None:
        self._dice = dice
        syllables = _vocabulary(dice)
        dice.shuffle(syllables)
        self._words = _NEWS + syllables
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self._words))))
        self.entities: list[Entity] = []
        self.names = self._names(syllables, names, entities)
        self.name_weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.names))))
        self.people = [name for name in self.names if name.label == "per"]
        self.people_weights = list(accumulate(1 / (n + 2.7) for n in range(len(self.people))))
        self.plain = {code: self._sentences(3_000, code) for code in ("fr", "en")}
        self.named = {
            code: [self._parted(each) for each in self._sentences(3_000, code)]
            for code in ("fr", "en")
        }
        self.said = [each[:-2].lower() for each in self._sentences(2_000, "fr")]
        self.cues = _CUES

    def _sentences(self, count: int, language: str) -> list[str]:
        small = (_SMALL if language == "fr" else _ENGLISH).split()
        return [self._sentence(small) for _turn in range(count)]

    def _sentence(self, small: list[str]) -> str:
        dice = self._dice
        found = dice.choices(self._words, cum_weights=self._weights, k=dice.randint(6, 16))
        with_small = (f"{dice.choice(small)} {word}" for word in found)
        text = " ".join(with_small).replace("le é", "l’é").replace("de é", "d’é")
        return f"{text[0].upper()}{text[1:]}. "

    def _parted(self, sentence: str) -> tuple[str, str]:
        """Return what stands before and behind a name within a sentence."""
        words = sentence.split(" ")
        at = self._dice.randint(1, len(words) - 2)
        return " ".join(words[:at]) + " ", " " + " ".join(words[at:])

    def _names(self, syllables: list[str], count: int, entities: int) -> list[Name]:
        """Return names, frequent ones first; the ambiguous ones among the first hundreds."""
        places = [word.capitalize() for word in syllables[: count // 8]]
        found = list(self._fresh(places, count, entities))
        for n, text in enumerate(AMBIGUOUS):
            found.insert(n * 23 + 3, Name(text, "loc", "org", self._entity(text, "place")))
        return list({name.text: name for name in found}.values())

    def _fresh(self, places: list[str], count: int, entities: int) -> Iterator[Name]:
        dice = self._dice
        for n in range(count):
            place = places[n % len(places)]
            known = len(self.entities) < entities
            kind = dice.random()
            if kind < 0.45:
                last = f"{place}{'eau' if n % 3 else 'ier'}"
                full = f"{dice.choice(_FIRST)} {last}"
                entity = self._entity(full, "person", (f"Mme {last}", last)) if known else -1
                yield Name(full, "per", "", entity)
                if n % 2:
                    yield Name(f"Mme {last}", "per", "", entity)
                else:
                    yield Name(last, "per", "org" if n % 12 == 0 else "", entity)
            elif kind < 0.65:
                head = f"{_HEADS[n % len(_HEADS)]} de "
                entity = self._entity(head + place, "organisation") if known else -1
                yield Name(head + place, "org", "loc" if n % 15 == 0 else "", entity, len(head))
            elif kind < 0.75:
                acronym = "".join(dice.choices("ABCDEFGIMNOPRSTU", k=4))
                yield Name(
                    acronym, "org", "", self._entity(acronym, "organisation") if known else -1
                )
            elif kind < 0.93:
                entity = self._entity(place, "place") if known else -1
                yield Name(place, "loc", "org" if n % 9 == 0 else "", entity)
            else:
                yield Name(f"{_ROLES.split()[n % 10]} de {place}", "func", "per" * (n % 20 == 0))

    def _entity(self, name: str, kind: str, aliases: tuple[str, ...] = ()) -> int:
        self.entities.append(Entity(name, kind, aliases))
        return len(self.entities) - 1


class Found(NamedTuple):
    """One annotation of a body: label, ranges, the name it is, and links to others by their number."""

    label: str
    ranges: tuple[tuple[int, int], ...]
    name: Name | None = None
    links: tuple[tuple[str, int], ...] = ()


class Body(NamedTuple):
    """The text of an article and what is annotated in it."""

    text: str
    found: list[Found]


def body(prose: Prose, dice: random.Random, number: int, language: str, annotations: int) -> Body:
    """Return an article of about 2,500 code points; three of five have a quote with its cue.

    One name in ten is left unlabelled, and one quote in eight has no source.
    """
    quotes = int(number % 5 < 3)
    named = annotations - 3 * quotes
    names = dice.choices(prose.names, cum_weights=prose.name_weights, k=named + 1)
    sentences = dice.choices(prose.named[language], k=named + 1)
    kinds = [*range(named + 1), *[-1] * (9 - 2 * quotes), *[-2] * quotes]
    dice.shuffle(kinds)
    parts = [f"({number:,}) "]
    at = len(parts[0])
    found: list[Found] = []
    for n, kind in enumerate(kinds):
        if kind == -2:
            some = _quoted(prose, dice, at, len(found), found)
        elif kind == -1:
            some = [dice.choice(prose.plain[language])]
        else:
            before, behind = sentences[kind]
            name = names[kind]
            some = [before, name.text, behind]
            # The last name of all is the one that nobody labelled.
            if kind < named:
                _label(dice, name, at + len(before), found)
        if n % 5 == 4:
            some.append("\n\n")
        parts += some
        at += sum(map(len, some))
    return Body("".join(parts), found)


def _label(dice: random.Random, name: Name, start: int, found: list[Found]) -> None:
    label = name.other if name.other and dice.random() < 0.2 else name.label
    end = start + len(name.text)
    found.append(Found(label, ((start, end),), name))
    if name.inner > 0 and dice.random() < 0.15:
        found.append(Found("loc", ((start + name.inner, end),)))


def _quoted(
    prose: Prose, dice: random.Random, at: int, first: int, found: list[Found]
) -> list[str]:
    """Return a sentence that quotes somebody, in two pieces at times, and note what is in it."""
    (name,) = dice.choices(prose.people, cum_weights=prose.people_weights)
    cue = dice.choice(prose.cues)
    said = dice.choice(prose.said)
    parts = [f"« {said} »", ", ", cue, " ", name.text, ". "]
    if dice.random() < 0.1:
        parts[-1:] = [", ", f"« {dice.choice(prose.said)} »", ". "]
    places, start = [], at
    for part in parts:
        places.append((start, start + len(part)))
        start += len(part)
    links = (("cue", first + 1), ("source", first + 2))
    ranges = (places[0], places[6]) if len(parts) > 6 else (places[0],)
    found.append(Found("quote", ranges, None, links[: 1 if dice.random() < 0.125 else 2]))
    found.append(Found("cue", (places[2],)))
    found.append(Found("per", (places[4],), name))
    return parts

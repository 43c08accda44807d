"""A made-up newsroom: French articles of any number whose right labels are known.

Half of the sentences give a name away by what stands around it. In the others a verb does that has to
be learnt: each of many verbs is said of people, bodies or places, and the same names serve for all.
"""

import random
from collections.abc import Iterator

from annotator.suggest.model.examples import Example, Span

FIRST = """
Anne Marie Luc Paul Jean Claire Léa Hugo Noémie Étienne Zoé Karim Inès Malik Rose Yann Gaëlle
Loïc Thérèse Maude Ghislaine Huguette Bernard Odile Samir Fatou Aïcha Denis Élise Marc Julie
Simon Chloé Victor
""".split()
_STEMS = """
Brun Lauz Bross Ouim Berth Lanct Tremb Gagn Morv Kerm Duch Vign Roch Font Marti Cast Ferr Pell
""".split()
_ENDINGS = "eau ière oit et omieu ôt lay on an ec esne al efort aine nez el and erin".split()
_TOWNS = "Saint-{} {}ville Mont-{} {}-sur-Mer {}bourg La {} Port-{}".split()
_BODIES = (
    "Syndicat des {}",
    "Université de {}",
    "Groupe {}",
    "ministère de l’{}",
    "Conserverie {}",
    "Regroupement des riverains de {}",
    "Banque {}",
    "Société {} inc.",
)
_TRADES = "pêcheurs métallos enseignants infirmières éleveurs cheminots".split()
_FIELDS = "Environnement Éducation Énergie Agriculture Intérieur".split()
_TITLES = ("M. ", "Mme ", "le maire ", "la députée ", "le ministre ", "Dr ", "")
_SENTENCES = (
    "{per} a visité {loc} mardi, a indiqué {org}.",
    "Selon {per}, les travaux de {loc} coûteront 3,5 M$.",
    "« C’est terminé », assure {per}, porte-parole du {org}.",
    "Le conseil de {loc} a voté contre le projet de {org}.",
    "{org} a fermé son usine de {loc} le 1er avril 2018.",
    "À {loc}, {per} et {per} attendent une réponse.",
    "L’eau baisse depuis deux jours, et personne ne répond.",
    "Les familles en parlent depuis le premier jour de l’hiver.",
    "{per} dirige {org} depuis dix ans.",
    "Né à {loc}, {per} a étudié à {loc} avant de rejoindre {org}.",
    "La nuit a été longue pour les habitants de {loc} 🙂, dit {per}.",
    "Rien ne presse, d’après les riverains du quartier.",
)
_KINDS = ("per", "org", "loc")


def _verbs(dice: random.Random) -> list[tuple[str, str, str]]:
    """Return made-up verbs, the frequent ones first, each with the kinds of its subject and object."""
    parts = "bal cor dis fro gal jun lam mor nav pil ras sav tor vel zan".split()
    words = [f"{a}{b}{end}" for a in parts for b in parts for end in ("e", "it", "ent")]
    dice.shuffle(words)
    return [(word, dice.choice(_KINDS), dice.choice(_KINDS)) for word in words]


def articles(number: int, seed: int = 7, sentences: int = 22) -> Iterator[Example]:
    """Yield articles of about 1,700 code points; names come back across them, new ones turn up."""
    dice = random.Random(seed)
    last = [a + b for a in _STEMS for b in _ENDINGS]
    dice.shuffle(last)
    verbs = _verbs(dice)
    for count in range(number):
        yield _article(dice, f"n{count}", last[: 20 + count], verbs, sentences)


def _article(
    dice: random.Random,
    id_: str,
    last: list[str],
    verbs: list[tuple[str, str, str]],
    sentences: int,
) -> Example:
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for turn in range(sentences):
        sentence = dice.choice(_SENTENCES)
        if dice.random() < 0.5:
            verb, subject, object_ = verbs[min(int(dice.paretovariate(0.5)), len(verbs)) - 1]
            sentence = f"{{bare {subject}}} {verb} {{bare {object_}}}."
        while sentence:
            before, brace, rest = sentence.partition("{")
            parts.append(before)
            at += len(before)
            if brace:
                kind, _brace, sentence = rest.partition("}")
                title, name = _name(dice, kind, last)
                parts += (title, name)
                at += len(title)
                spans.append(Span(at, at + len(name), kind.removeprefix("bare ")))
                at += len(name)
            else:
                sentence = ""
        parts.append("\n\n" if turn % 4 == 3 else " ")
        at += len(parts[-1])
    return Example(id_, "".join(parts), tuple(spans))


def _name(dice: random.Random, kind: str, last: list[str]) -> tuple[str, str]:
    word = dice.choice(last)
    if kind.startswith("bare"):
        return "", word
    if kind == "per":
        title = dice.choice(_TITLES)
        return title, word if title and dice.random() < 0.5 else f"{dice.choice(FIRST)} {word}"
    if kind == "loc":
        return "", dice.choice(_TOWNS).replace("{}", word) if dice.random() < 0.7 else word
    body = dice.choice(_BODIES)
    filling = (
        dice.choice(_TRADES) if "des {}" in body else dice.choice(_FIELDS) if "l’" in body else word
    )
    return "", body.format(filling)

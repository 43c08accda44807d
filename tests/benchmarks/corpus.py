"""A made-up corpus of any size for the benchmarks: French-looking words, the same at every call."""

import random
from pathlib import Path

import orjson

_SYLLABLES = (
    "bo ca da dé fai fo gé jou la le ma mé mi mo né no oui pa per pré pro que ra ré sa sé si sou ta té"
    " ti tra vé vi"
)
_SMALL = (
    "le la les de des du un une et à en dans pour que qui sur par au aux il elle ne pas se son sa"
)
_LABELS = ("PER", "ORG", "LOC")
_SPECIAL = ("l’", "d’", "qu’", "« ", " »", "\u00a0!", "…", " – ")


def write_corpus(path: Path, articles: int = 10_000, length: int = 2_500, spans: int = 42) -> None:
    """Write a JSONL file of `articles` texts of about `length` code points with `spans` spans each.

    A line is {"id", "title", "date", "text", "spans": [[start, end, label], …]}; no two texts are alike.
    """
    dice = random.Random(42)
    words = _vocabulary(dice)
    names = [word.capitalize() for word in words[:800]]
    with path.open("wb") as file:
        for number in range(articles):
            file.write(orjson.dumps(article(dice, words, names, number, length, spans)) + b"\n")


def article(
    dice: random.Random, words: list[str], names: list[str], number: int, length: int, spans: int
) -> dict[str, object]:
    """Return one line: words with a name about every `length / spans` code points."""
    parts: list[str] = []
    found: list[tuple[int, int, str]] = []
    at = 0
    for turn in range(spans):
        while at < (turn + 1) * length // spans - 12:
            parts.append(_word(dice, words))
            at += len(parts[-1])
        name = dice.choice(names)
        found.append((at, at + len(name), dice.choice(_LABELS)))
        parts.append(f"{name}\n\n" if turn % 8 == 7 else f"{name} ")
        at += len(parts[-1])
    text = "".join(parts).strip()
    return {
        "id": f"a{number}",
        "title": f"Article {number} : {names[number % len(names)]} {words[number % len(words)]}",
        "date": f"2018-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "text": f"{text} {number}.",
        "spans": found,
    }


def _vocabulary(dice: random.Random) -> list[str]:
    syllables = _SYLLABLES.split()
    return sorted(
        {"".join(dice.choices(syllables, k=dice.randint(2, 4))) for _turn in range(9_000)}
    )


def _word(dice: random.Random, words: list[str]) -> str:
    kind = dice.random()
    if kind < 0.45:
        return f"{dice.choice(_SMALL.split())} "
    if kind < 0.52:
        return dice.choice(_SPECIAL)
    return f"{dice.choice(words)}, " if kind < 0.58 else f"{dice.choice(words)} "

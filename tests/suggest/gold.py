"""Reads the quotes annotated by hand, and counts how many of them a finder gets right."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

GOLD = Path(__file__).parent / "gold"
Range = tuple[int, int]
_TAG = re.compile(r"⟦([qcsa])([\d+]+):|⟧")


@dataclass(slots=True)
class GoldQuote:
    """One quote as a person marked it; every range is in code points of the text without tags."""

    number: int
    type: str
    pattern: str
    speaker: str = ""
    content: list[Range] = field(default_factory=list)
    cue: list[Range] = field(default_factory=list)
    sources: list[Range] = field(default_factory=list)
    addressees: list[Range] = field(default_factory=list)


@dataclass(slots=True)
class GoldText:
    """One article with its quotes."""

    path: Path
    language: str
    text: str
    quotes: list[GoldQuote]


def texts(folder: Path = GOLD, language: str = "*") -> list[GoldText]:
    return [read(path) for path in sorted(folder.glob(f"{language}/*.txt"))]


def read(path: Path) -> GoldText:
    head, _line, body = path.read_text("utf-8").partition("\n---\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines() if line.strip())
    quotes = {
        int(name[1:]): _quote(int(name[1:]), value)
        for name, value in fields.items()
        if re.fullmatch(r"q\d+", name)
    }
    text = _untagged(body.rstrip("\n"), quotes)
    return GoldText(path, fields["language"], text, list(quotes.values()))


def _quote(number: int, value: str) -> GoldQuote:
    kinds, _semicolon, speaker = value.partition(";")
    type_, pattern = (each.strip() for each in kinds.split(",", 1))
    return GoldQuote(number, type_, pattern, speaker.partition(":")[2].strip())


def _untagged(body: str, quotes: dict[int, GoldQuote]) -> str:
    """Return the text, having noted what its tags hold."""
    pieces: list[str] = []
    length = last = 0
    open_: list[tuple[str, str, int]] = []
    for match in _TAG.finditer(body):
        pieces.append(body[last : match.start()])
        length += match.start() - last
        last = match.end()
        if match[1]:
            open_.append((match[1], match[2], length))
            continue
        kind, numbers, start = open_.pop()
        for number in numbers.split("+"):
            quote = quotes[int(number)]
            kept = {"q": quote.content, "c": quote.cue, "s": quote.sources, "a": quote.addressees}
            kept[kind].append((start, length))
    assert not open_, f"{len(open_)} tags are not closed"
    for quote in quotes.values():
        quote.content.sort()
    return "".join([*pieces, body[last:]])


class Found:
    """What a finder proposes, as far as it is compared."""

    type: str
    pattern: str
    fragments: Sequence[Range]
    cue: Sequence[Range]
    source: Range | None


@dataclass(slots=True)
class Score:
    """How many are right, of how many proposed and how many wanted."""

    right: int = 0
    proposed: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


def shared(a: Iterable[Range], b: Iterable[Range]) -> int:
    """Return how many code points two sets of ranges share."""
    return sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)


def alike(a: Sequence[Range], b: Sequence[Range]) -> float:
    """Return the share of what either covers that both cover (Jaccard), from 0 to 1."""
    both = shared(a, b)
    return both / (sum(y - x for x, y in a) + sum(y - x for x, y in b) - both)


def pairs(
    wanted: Sequence[GoldQuote], found: Sequence[Found], least: float = 0.3
) -> list[tuple[GoldQuote, Found]]:
    """Return which proposal is which quote, the most alike first; none is used twice."""
    scored = [
        (likeness, quote, each)
        for quote in wanted
        for each in found
        if (likeness := alike(quote.content, each.fragments)) >= least
    ]
    scored.sort(key=lambda item: -item[0])
    taken: set[int] = set()
    result = []
    for _likeness, quote, each in scored:
        if id(quote) not in taken and id(each) not in taken:
            taken |= {id(quote), id(each)}
            result.append((quote, each))
    return result


@dataclass(slots=True)
class Scores:
    """All figures that are asked for, over some texts."""

    exact: Score = field(default_factory=Score)
    direct: Score = field(default_factory=Score)
    indirect: Score = field(default_factory=Score)
    every: Score = field(default_factory=Score)
    cue: Score = field(default_factory=Score)
    source: Score = field(default_factory=Score)
    five: Score = field(default_factory=Score)
    recall: dict[str, Score] = field(default_factory=dict)
    precision: dict[str, Score] = field(default_factory=dict)


def is_same(range_: Range | None, any_of: Sequence[Range]) -> bool:
    """Tell whether a range covers half of one of these, or is half covered by it."""
    if range_ is None:
        return False
    return any(
        shared([range_], [each]) >= 0.5 * min(range_[1] - range_[0], each[1] - each[0])
        for each in any_of
    )


def add(scores: Scores, wanted: Sequence[GoldQuote], found: Sequence[Found], five=None) -> None:
    """Count one text into the figures."""
    _count_exact(scores.exact, wanted, found)
    _count(scores.direct, [q for q in wanted if q.type == "direct"], found, wanted, "direct")
    _count(scores.indirect, [q for q in wanted if q.type == "indirect"], found, wanted, "indirect")
    matched = pairs(wanted, found)
    scores.every.right += len(matched)
    scores.every.proposed += len(found)
    scores.every.wanted += len(wanted)
    for quote, each in matched:
        if quote.cue:
            scores.cue.wanted += 1
            scores.cue.right += alike(quote.cue, each.cue) >= 0.5 if each.cue else 0
        if quote.sources:
            scores.source.wanted += 1
            scores.source.right += is_same(each.source, quote.sources)
            scores.five.wanted += 1
            candidates = five(each) if five else []
            scores.five.right += any(is_same(c, quote.sources) for c in candidates)
    got = {id(quote) for quote, _each in matched}
    for quote in wanted:
        score = scores.recall.setdefault(quote.pattern, Score())
        score.wanted += 1
        score.right += id(quote) in got
    right = {id(each) for _quote, each in matched}
    for each in found:
        score = scores.precision.setdefault(each.pattern, Score())
        score.proposed += 1
        score.right += id(each) in right


def _count_exact(score: Score, wanted: Sequence[GoldQuote], found: Sequence[Found]) -> None:
    gold = Counter(r for q in wanted if q.type == "direct" for r in q.content)
    # A quote typed otherwise by hand is no error of boundaries: it is left out of both sides.
    other = {r for q in wanted if q.type != "direct" for r in q.content}
    ours = Counter(
        tuple(r) for f in found if f.type == "direct" for r in f.fragments if tuple(r) not in other
    )
    score.right += sum((gold & ours).values())
    score.proposed += sum(ours.values())
    score.wanted += sum(gold.values())


def _count(
    score: Score,
    gold: Sequence[GoldQuote],
    found: Sequence[Found],
    every: Sequence[GoldQuote],
    type_: str,
) -> None:
    """Count quotes of a type: a proposal of this type is right if it overlaps any quote enough."""
    score.wanted += len(gold)
    score.right += len(pairs(gold, found))
    wrong = [f for f in found if f.type == type_]
    right = {id(f) for _q, f in pairs(every, found)}
    score.proposed += len(pairs(gold, found)) + sum(id(f) not in right for f in wrong)


def lines(text: GoldText, found: Sequence[Found]) -> Iterator[str]:
    """Yield what went wrong, to read."""
    matched = pairs(text.quotes, found)
    got = {id(q) for q, _f in matched}
    used = {id(f) for _q, f in matched}

    def words(ranges: Iterable[Range]) -> str:
        return " … ".join(text.text[a:b].replace("\n", "⏎") for a, b in ranges)

    for quote in text.quotes:
        if id(quote) not in got:
            yield f"MISSED {quote.type}/{quote.pattern}: {words(quote.content)}"
    for each in found:
        if id(each) not in used:
            yield f"WRONG {each.type}/{each.pattern}: {words(each.fragments)} [{words(each.cue)}]"
    for quote, each in matched:
        names = f"{quote.type}/{quote.pattern}~{each.pattern}:"
        begins = words(quote.content)[:60]
        if sorted(quote.content) != sorted(map(tuple, each.fragments)):
            yield f"BOUNDS {names}\n     {words(quote.content)}\n   ~ {words(each.fragments)}"
        if quote.cue and not (each.cue and alike(quote.cue, each.cue) >= 0.5):
            yield f"CUE {names} {words(quote.cue)} ~ {words(each.cue)} in {begins}"
        if quote.sources and not is_same(each.source, quote.sources):
            first = words([each.source] if each.source else [])
            yield f"SOURCE {names} {words(quote.sources)} ~ {first} in {begins}"

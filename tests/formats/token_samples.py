"""Articles for the formats of tokens: the French traps, and whatever else Hypothesis thinks of."""

from collections import Counter
from pathlib import Path

from hypothesis import strategies as st

from annotator.core.corpus import Corpus, LabelledArticle, Span
from annotator.core.formats import AS_IT_IS, BY_DEFAULT, Format, Loss, Writing
from annotator.core.model import Article, Problem, Remark
from annotator.core.scheme import Label, Scheme
from annotator.exchange.registry import format_named

SCHEME = Scheme(
    labels=(
        Label("per", "PER"),
        Label("org", "ORG"),
        Label("loc", "LOC"),
        Label("quote", "Quote", group="quotes"),
    )
)
NAMES = {label.id: label.name for label in SCHEME.labels}

TRAPS = (
    "« J’y vais\u00a0: c’est dit »\u00a0! a-t-il lancé à 10\u202f000 fans de l’AFP\u00a0; "
    "Mme\u00a0N’Diaye, d’Amnesty, y croit-elle\u00a0?\nL’Élysée se tait 👩\u200d🚀. E\u0301lise non plus."
)
"""NBSP before ":", U+202F in a number, -t-il, l’, an emoji of three signs, an accent of its own."""


Read = list[LabelledArticle | Problem]


def article(
    *labelled: tuple[str, str], text: str = TRAPS, id_: str = "a1", title: str = ""
) -> LabelledArticle:
    """Return an article with these surfaces labelled, in text order."""
    spans = []
    for number, (label, surface) in enumerate(labelled):
        start = text.index(surface)
        spans.append(Span(f"{id_}.{number}", label, 0, start, start + len(surface), surface))
    spans.sort(key=lambda span: (span.start, -span.end, span.annotation))
    return LabelledArticle(Article(id_, text, title=title), spans, [])


TRAPPED = article(
    ("quote", "J’y vais\u00a0: c’est dit"),
    ("per", "-t-il"),
    ("org", "AFP"),
    ("per", "Mme\u00a0N’Diaye"),
    ("org", "Amnesty"),
    ("per", "-elle"),
    ("org", "Élysée"),
    ("per", "E\u0301lise"),
    title="Dit\tet\u2028redit",
)


def format_of(name: str) -> Format:
    return format_named(name)


def exported(
    folder: Path,
    name: str,
    *articles: LabelledArticle,
    how: Writing = BY_DEFAULT,
    scheme: Scheme = SCHEME,
) -> tuple[Path, list[Loss]]:
    """Write articles, see that they are proved, and return where they are and what was lost."""
    format_ = format_of(name)
    assert format_.writer
    corpus = Corpus(scheme, lambda: iter(articles))
    writer = format_.writer(corpus, how)
    target = folder / f"out{format_.extensions[0]}" if format_.one_file else folder / name
    if not format_.one_file:
        target.mkdir(parents=True)
    losses = list(writer.write(target))
    assert list(format_.writer(corpus, how).losses()) == losses
    assert [str(each) for each in writer.differences(target)] == []
    held = sum(span.n == 0 for each in articles for span in each.spans)
    assert writer.held["annotation"] == held - len(left_out(losses))
    return target, losses


def left_out(losses: list[Loss]) -> set[str]:
    """Return the ids of the annotations that are in no file."""
    return {loss.id for loss in losses if (loss.kind, loss.outcome) == ("annotation", "left out")}


def changed(losses: list[Loss]) -> set[str]:
    return {loss.id for loss in losses if (loss.kind, loss.outcome) == ("annotation", "changed")}


def read(path: Path, name: str) -> Read:
    """Return what a file holds, or all files of an export together."""
    reader = format_of(name).read
    assert reader
    paths = sorted(path.iterdir()) if path.is_dir() else [path]
    found: Read = []
    for file in paths:
        for each in reader(file, AS_IT_IS):
            assert isinstance(each, LabelledArticle | Problem)
            found.append(each)
    return found


def given(tmp_path: Path, name: str, text: str | bytes, ending: str = "") -> Read:
    """Return what is read from a file with this text."""
    file = tmp_path / f"given{ending or format_of(name).extensions[0]}"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(file, name)


def check_sound(found: Read) -> None:
    """See that all that came in is an article with sound spans, or a problem."""
    for each in found:
        assert isinstance(each, LabelledArticle | Problem)
        if isinstance(each, LabelledArticle):
            assert "\r" not in each.article.text
            for span in each.spans:
                assert each.article.text[span.start : span.end] == span.surface != ""


def labelled(found: Read) -> list[LabelledArticle]:
    return [each for each in found if isinstance(each, LabelledArticle)]


def problems(found: Read) -> list[str]:
    return [str(each) for each in found if type(each) is Problem]


def remarks(found: Read) -> list[str]:
    return [str(each) for each in found if isinstance(each, Remark)]


def surfaces(found: Read) -> list[tuple[str, str]]:
    return [(span.label, span.surface) for each in labelled(found) for span in each.spans]


def shapes(articles: list[LabelledArticle]) -> Counter[tuple[str, str, int, int]]:
    """Return text, label and offsets of each annotation."""
    return Counter(
        (each.article.text, NAMES.get(span.label, span.label), span.start, span.end)
        for each in articles
        for span in each.spans
    )


CHARS = st.characters(exclude_categories=("Cs",), exclude_characters="\x00\r")
HAZARDS = st.text(
    "aAÉ'’- \u00a0\u202f\u2028\u0085\u2009\n.,:«»1👩\u200d\u0301\t\"=#|_\\Oש\u0001\u001c\ufeff\u00ad",
    min_size=1,
    max_size=40,
)
TEXTS = HAZARDS | st.text(CHARS, min_size=1, max_size=40)
PICKS = st.lists(st.tuples(st.integers(0, 39), st.integers(1, 12), st.integers(0, 7)), max_size=7)
"""Start, length, and label and whether in fragments."""


def picked(text: str, picks: list[tuple[int, int, int]], id_: str = "a1") -> LabelledArticle:
    """Return an article with nested, crossing and discontinuous annotations, none twice."""
    groups: dict[tuple[object, ...], list[Span]] = {}
    for number, (start, length, kind) in enumerate(picks):
        ranges = [(start, min(start + length, len(text)))]
        if kind >= len(NAMES) and start + length + 3 < len(text):
            ranges.append((start + length + 1, start + length + 3))
        label = list(NAMES)[kind % len(NAMES)]
        if start < len(text):
            groups[label, *ranges] = [
                Span(f"{id_}.{number}", label, n, low, high, text[low:high])
                for n, (low, high) in enumerate(ranges)
            ]
    ordered = sorted(groups.values(), key=lambda g: (g[0].start, -g[-1].end, g[0].annotation))
    return LabelledArticle(Article(id_, text), [span for group in ordered for span in group], [])

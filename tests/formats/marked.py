"""Annotated articles with all that may go wrong in a format, and the proof that every export owes."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from annotator.core.corpus import (
    Corpus,
    Found,
    Foundation,
    LabelledArticle,
    Span,
    by_annotation,
)
from annotator.core.formats import BY_DEFAULT, Loss, Writer, Writing
from annotator.core.metadata import metadata
from annotator.core.model import Article, Entity, Link, Problem, Remark
from annotator.core.scheme import Attribute, Label, LinkType, Scheme, Slot

TEXT = (
    "« La mer monte 🌊 vite », a prévenu la préfète de l'Écologie Anne N'Guyen à Brest.\n"
    "L'AFP l’a lu. « Il faut agir », a-t-elle dit : « dès 10\u202f000\u00a0cas »."
)
"""Astral, NBSP and NNBSP signs; both apostrophes; an inversion with a -t-."""

SCHEME = Scheme(
    "press",
    labels=(
        Label("per", "PER"),
        Label("org", "ORG", colour="orange"),
        Label("loc", "LOC"),
        Label(
            "quote",
            "Quote",
            group="quotes",
            attributes=(
                Attribute("type", values=("direct", "indirect")),
                Attribute("source kind"),
                Attribute("negated", "flag"),
            ),
            slots=(Slot("source", many=True), Slot("cue"), Slot("addressee", many=True)),
        ),
        Label("cue", "Cue", group="cues"),
        Label("odd", "à b/c", group="odd"),
    ),
    links=(LinkType("refers"),),
)

ANNE = Entity(
    "e1", "Anne N'Guyen", "person", ("la préfète",), "female", "préfète", "Q1", "née « à » Brest"
)
REGISTER = {"e1": ANNE, "e2": Entity("e2", "AFP", "organisation")}


def spans(text: str, id_: str, label: str, *ranges: tuple[int, int], **columns: Any) -> list[Span]:
    """Return an annotation as rows, one for each range."""
    rows = [Span(id_, label, n, *each, text[slice(*each)]) for n, each in enumerate(ranges)]
    return [row._replace(**columns) for row in rows]


def at(surface: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(surface)
    return start, start + len(surface)


def rich(text: str = TEXT, tag: str = "") -> LabelledArticle:
    """Return the sample: nested, crossing and discontinuous annotations, dressed and linked.

    `tag` tells its ids from those of another.
    """
    groups = [
        spans(
            text,
            "q1",
            "quote",
            at("La mer monte 🌊 vite"),
            attributes=json.dumps({"type": "direct", "negated": True, "n": "42"}),
            note="voir “ça”,\nligne 2",
            annotator="Ada",
        ),
        spans(text, "c1", "cue", at("a prévenu")),
        spans(text, "p1", "per", at("la préfète de l'Écologie Anne N'Guyen"), entity="e1"),
        spans(text, "x1", "odd", at("Anne N'Guyen à Brest.\nL'")),
        spans(text, "o1", "org", at("Écologie")),
        spans(text, "l1", "loc", at("Brest")),
        spans(text, "o2", "org", at("AFP"), entity="e2"),
        spans(text, "q2", "quote", at("Il faut agir"), at("dès 10\u202f000\u00a0cas")),
        spans(text, "p2", "per", at("elle")),
    ]
    groups.sort(key=lambda group: (group[0].start, -group[-1].end, group[0].annotation))
    rows = [span._replace(annotation=span[0] + tag) for group in groups for span in group]
    links = [
        Link(f"k1{tag}", "source", f"q1{tag}", f"p1{tag}"),
        Link(f"k2{tag}", "cue", f"q1{tag}", f"c1{tag}"),
        Link(f"k3{tag}", "source", f"q2{tag}", f"p2{tag}"),
        Link(f"k4{tag}", "refers", f"p2{tag}", f"p1{tag}"),
    ]
    meta = {"page": 3, "n": "3", "tags": ["mer", "été"], "odd": "a\u00a0b"}
    article = Article(
        f"a1{tag}",
        text,
        title="La mer monte : « vite »",
        author="J. Roy",
        published="2026-11-20",
        source="Le Ponant",
        url="https://exemple.fr/?a=1&b=2",
        language="fr",
        meta=meta,
    )
    return LabelledArticle(article, rows, links)


def corpus(*articles: LabelledArticle, scheme: Scheme = SCHEME) -> Corpus:
    return Corpus(scheme, lambda: iter(articles), REGISTER)


def proved(
    make: Callable[[Corpus, Writing], Writer],
    what: Corpus,
    out: Path,
    how: Writing = BY_DEFAULT,
    name: str = "",
) -> list[Loss]:
    """Export as the application does: plan, write, read again, add up; return what was lost."""
    writer = make(what, how)
    planned = list(writer.losses())
    out.mkdir(parents=True, exist_ok=True)
    target = out / name if name else out
    told = list(writer.write(target))
    assert told == planned
    assert [str(each) for each in writer.differences(target)] == []
    counts = counted(what)
    left = {(each.kind, each.article, each.id) for each in told if each.outcome == "left out"}
    counts.subtract(kind for kind, _article, _id in left)
    assert +writer.held == +counts
    return told


def counted(what: Corpus) -> Counter[str]:
    counts: Counter[str] = Counter()
    for each in what:
        heads = [span for span in each.spans if span.n == 0]
        counts["annotation"] += len(heads)
        counts["attribute"] += sum(len(json.loads(span.attributes)) for span in heads)
        counts["note"] += sum(span.note != "" for span in heads)
        counts["entity"] += sum(span.entity is not None for span in heads)
        counts["link"] += len(each.links)
        counts["metadata"] += len(metadata(each.article))
    return counts


def reasons(losses: Iterable[Loss]) -> set[tuple[str, str, str]]:
    return {(each.kind, each.outcome, each.reason) for each in losses}


def article_of(found: Iterable[Found]) -> LabelledArticle:
    (only,) = (each for each in found if isinstance(each, LabelledArticle))
    return only


def entities_of(found: Iterable[Found]) -> list[Entity]:
    return [entity for each in found if isinstance(each, Foundation) for entity in each.entities]


def problems(found: Iterable[Found]) -> list[str]:
    return [
        str(each) for each in found if isinstance(each, Problem) and not isinstance(each, Remark)
    ]


def remarks(found: Iterable[Found]) -> list[str]:
    return [str(each) for each in found if isinstance(each, Remark)]


def shapes(labelled: LabelledArticle, names: dict[str, str] | None = None) -> Counter[Any]:
    """Return the annotations by label and fragments, whatever their ids."""
    return Counter(
        ((names or {}).get(group[0].label, group[0].label), *(span[3:5] for span in group))
        for group in by_annotation(labelled.spans)
    )


NAMES = {label.id: label.name for label in SCHEME.labels}


def check_rich_by_its_ids(article: LabelledArticle) -> None:
    """See that the sample came back with its ids, its article and what its quote carries."""
    assert article.article == rich().article
    assert shapes(article) == shapes(rich(), NAMES)
    by_id = {span.annotation: span for span in article.spans}
    assert json.loads(by_id["q1"].attributes) == {"type": "direct", "negated": True, "n": "42"}
    assert (by_id["q1"].note, by_id["q1"].annotator) == ("voir “ça”,\nligne 2", "Ada")


def check_rich_by_its_words(found: Iterable[Found]) -> None:
    """See that the sample came back whole from a format that gives it other ids."""
    found = list(found)
    back = article_of(found)
    assert shapes(back) == shapes(rich(), NAMES)
    assert (back.article.title, back.article.meta["page"]) == ("La mer monte : « vite »", 3)
    by_surface = {span.surface: span for span in back.spans}
    quote = by_surface["La mer monte 🌊 vite"]
    assert json.loads(quote.attributes) == {"type": "direct", "negated": True, "n": "42"}
    assert (quote.note, quote.annotator) == ("voir “ça”,\nligne 2", "Ada")
    assert by_surface["AFP"].entity == "e2"
    assert entities_of(found) == list(REGISTER.values())
    check_rich_links(back)


def check_rich_links(back: LabelledArticle) -> None:
    """See that the links of the sample join the same words."""
    surfaces = {span.annotation: span.surface for span in reversed(back.spans)}
    assert {(k.type, surfaces[k.from_id], surfaces[k.to_id]) for k in back.links} == {
        ("source", "La mer monte 🌊 vite", "la préfète de l'Écologie Anne N'Guyen"),
        ("cue", "La mer monte 🌊 vite", "a prévenu"),
        ("source", "Il faut agir", "elle"),
        ("refers", "elle", "la préfète de l'Écologie Anne N'Guyen"),
    }


def any_folder(examples: int) -> settings:
    """Return how often to try; all examples of a test share its folder."""
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


PIECES = (
    *("mot", " ", "l’", "l'", "-t-il", "\n", "\n\n", "\u00a0", "\u202f", "10\u202f000", "«", " »"),
    *("🌊", "👩\u200d🚒", "e\u0301", "é", "\u2028", "\x85", "\t", "&amp;", "<b>", "]]>", '"', "\\"),
    *("שלום", "\u202bعرب\u202c", "****", "-*x", "\ufeff", "\u200b", "#", "|", "_", "\x02", "\x1f"),
)
"""What texts are made of in properties: each a hazard for some format."""

texts = (
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=25)
    .map("".join)
    .filter(lambda text: text.strip() != "")
)


@st.composite
def articles(draw: Any) -> LabelledArticle:
    """Any text under any annotations: nested, crossing, in fragments, linked in any way."""
    text = draw(texts)
    count = draw(st.integers(0, 6))
    edges = st.integers(0, len(text))
    rows: list[list[Span]] = []
    for number in range(count):
        cuts = sorted(draw(st.sets(edges, min_size=2, max_size=4)))
        ranges = list(zip(cuts[::2], cuts[1::2], strict=False))
        label = draw(st.sampled_from([label.id for label in SCHEME.labels]))
        attributes = draw(
            st.dictionaries(
                st.sampled_from(["type", "source kind", "é", "label", "note"]),
                st.sampled_from(["direct", "42", "true", " x ", True, 3, ["a"], "\x02\n<"]),
                max_size=2,
            )
        )
        columns = {
            "attributes": json.dumps(attributes, ensure_ascii=False) if attributes else "{}",
            "note": draw(st.sampled_from(["", "", "note\n“x”", "17"])),
            "entity": draw(st.sampled_from([None, None, "e1", "e2"])),
        }
        rows.append(spans(text, f"i{number}", label, *ranges, **columns))
    rows.sort(key=lambda group: (group[0].start, -group[-1].end, group[0].annotation))
    links = []
    if count > 1:
        pairs = draw(
            st.sets(
                st.tuples(
                    st.sampled_from(["source", "cue", "refers", "continues"]),
                    st.integers(0, count - 1),
                    st.integers(0, count - 1),
                ),
                max_size=4,
            )
        )
        links = [
            Link(f"k{n}", kind, f"i{one}", f"i{other}")
            for n, (kind, one, other) in enumerate(sorted(pairs))
            if one != other
        ]
    meta = draw(st.dictionaries(st.sampled_from(["page", "x y"]), st.sampled_from([1, "1", "é"])))
    title = draw(st.sampled_from(["", "Titre « é »", "2026", " <x> "]))
    article = Article("a1", text, title=title, language="fr", meta=meta)
    return LabelledArticle(article, [span for group in rows for span in group], links)

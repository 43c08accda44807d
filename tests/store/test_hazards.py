"""What breaks offsets elsewhere goes in, is labelled, sleeps a night, and comes out as it was."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.model import AnnotationState
from annotator.exchange.exporting import ExportOptions, export
from annotator.exchange.importing import ImportOptions, import_paths
from annotator.store import annotations, articles
from annotator.store.checks import check
from annotator.store.project import Project
from tests.store.conftest import SMALL, label

HAZARDS = {
    "no-break space": "100\u00a0%\u00a0: « oui\u00a0»",
    "narrow no-break space": "1\u202f000\u202f€\u202f!",
    "emoji with joiner": "👩‍🚒 et 👨‍👩‍👧‍👦",
    "flags": "🇫🇷🇧🇪 et 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "skin tone": "👍🏽 d’accord",
    "decomposed accents": "E\u0301cole de l’e\u0301te\u0301, c\u0327a",
    "composed and decomposed": "é e\u0301 é",
    "line separator": "avant\u2028apre\u0300s",
    "paragraph separator": "avant\u2029après",
    "next line": "avant\u0085après",
    "form feed and friends": "a\x0bb\x0cc\x1cd\x1de\x1ef",
    "zero-width signs": "zero\u200bwidth\u200c\u200d\u2060ici",
    "byte order mark in the text": "a\ufeffb",
    "soft hyphen": "anti\u00adconstitutionnel",
    "right to left": "Le mot שלום et السلام ici",
    "direction marks": "\u202bשלום\u202c \u2067x\u2069 \u200f",
    "tabs": "un\tdeux\t\ttrois",
    "markup": "<b>AT&amp;T</b> & \"x\" 'y' \\n %s {0} $1 [a](b)",
    "blanks around": "  \n\n  debout \u00a0 \n ",
    "ligatures": "ﬁn de l’œuvre, ﬀ ĳ",
    "astral": "𝒜𝒷 𠜎 \U0010fffd",
    "private use": "\ue000 \U000f0000",
    "noncharacters": "\ufffe\uffff\ufdd0",
    "null-like": "␀\x01\x7f",
    "long combining": "Z̸̡̛̲a̴l̵g̷o̶",
    "line ends": "un\ndeux\n\ntrois\n",
}


def round_trip(
    folder: Path, text: str, ranges: list[tuple[int, int]], *, raw: str = ""
) -> dict[str, Any]:
    """Import a text, label it, close, open again, export; return the line that came out."""
    source, project_path, out = folder / "in.jsonl", folder / "p.annot", folder / "out.jsonl"
    line = json.dumps({"text": raw or text, "title": "t"}, ensure_ascii=False)
    source.write_bytes(line.encode("utf-8", "surrogatepass"))
    with Project.create(project_path, SMALL) as project:
        report = import_paths(project, [source], ImportOptions(annotator="Ada"), progress=None)
        assert (report.articles, report.problems) == (1, [])
        article = articles.article(project, articles.ids(project)[0])
        assert article.text == text
        for number, place in enumerate(ranges):
            label(project, article, ("per", "loc")[number % 2], place)
    with Project.open(project_path) as project:
        assert check(project) == []
        export(project, out, ExportOptions(format="jsonl"), progress=None)
    (exported,) = out.read_bytes().splitlines()
    row: dict[str, Any] = json.loads(exported)
    assert row["text"] == text
    return row


def everywhere(text: str) -> list[tuple[int, int]]:
    """Return each single code point, each pair, and the whole."""
    places = [(at, at + size) for size in (1, 2) for at in range(len(text) - size + 1)]
    return [*places, (0, len(text))]


def assert_exact(row: dict[str, Any], ranges: list[tuple[int, int]]) -> None:
    found = [tuple(fragment) for each in row["annotations"] for fragment in each["fragments"]]
    assert sorted(set(found)) == sorted(set(ranges))
    for annotation in row["annotations"]:
        ((start, end),) = annotation["fragments"]
        assert annotation["text"] == row["text"][start:end]


@pytest.mark.parametrize("hazard", HAZARDS)
def test_a_hazard_alone(tmp_path: Path, hazard: str) -> None:
    text = HAZARDS[hazard]
    assert_exact(round_trip(tmp_path, text, everywhere(text)), everywhere(text))


def test_all_hazards_together(tmp_path: Path) -> None:
    text = "\n".join(f"{value} {value}" for value in HAZARDS.values())
    ranges = [(at, at + 7) for at in range(0, len(text) - 7, 3)]
    assert_exact(round_trip(tmp_path, text, ranges), ranges)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_become_one_and_offsets_follow(tmp_path: Path, end: str) -> None:
    raw = f"un{end}deux 👩‍🚒{end}{end}trois{end}"
    text = raw.replace(end, "\n")
    assert_exact(round_trip(tmp_path, text, everywhere(text), raw=raw), everywhere(text))


@pytest.mark.parametrize("hazard", HAZARDS)
def test_spans_of_a_file_keep_their_surface(tmp_path: Path, hazard: str) -> None:
    text = HAZARDS[hazard].replace("\n", "\r\n")
    row = {"text": text, "spans": [[start, end, "PER"] for start, end in everywhere(text)]}
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    with Project.create(tmp_path / "p.annot", SMALL) as project:
        import_paths(project, [source], ImportOptions(annotator="Ada"), progress=None)
        (article_id,) = articles.ids(project)
        article = articles.article(project, article_id)
        found = annotations.of_article(project, article_id)
    assert article.text == HAZARDS[hazard]
    assert len(found) > 1
    for annotation in found:
        assert annotation.text == article.text[annotation.start : annotation.end]


anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), min_size=1)


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_and_any_fragments(data: st.DataObject) -> None:
    text = data.draw(anything.filter(lambda drawn: drawn.strip("\ufeff") and not drawn.isspace()))
    text = text.removeprefix("\ufeff")
    place = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, len(text)))
    )
    several = st.lists(st.lists(place, min_size=1, max_size=3), min_size=1, max_size=4)
    with TemporaryDirectory() as folder:
        _any_fragments(Path(folder), text, data.draw(several))


def _any_fragments(folder: Path, text: str, several: list[list[tuple[int, int]]]) -> None:
    source, path, out = folder / "in.jsonl", folder / "p.annot", folder / "out.jsonl"
    source.write_text(json.dumps({"text": text}, ensure_ascii=False), "utf-8", newline="\n")
    with Project.create(path, SMALL) as project:
        import_paths(project, [source], ImportOptions(annotator="Ada"), progress=None)
        article = articles.article(project, articles.ids(project)[0])
        assert article.text == text
        ids = {label(project, article, "per", *ranges) for ranges in several}
    with Project.open(path) as project:
        found = annotations.of_article(project, article.id, [AnnotationState.ACCEPTED])
        assert {annotation.id for annotation in found} == ids
        for annotation in found:
            for fragment in annotation.fragments:
                assert text[fragment.start : fragment.end] == fragment.surface
        assert check(project) == []
        export(project, out, ExportOptions(format="jsonl"), progress=None)
    (line,) = out.read_bytes().splitlines()
    row = json.loads(line)
    assert row["text"] == text
    assert {each["id"] for each in row["annotations"]} == ids

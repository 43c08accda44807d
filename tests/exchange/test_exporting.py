import csv
import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.corpus import LabelledArticle
from annotator.core.errors import UserError
from annotator.core.formats import Writing
from annotator.core.model import AnnotationState, Article, ArticleState, Entity, Problem
from annotator.core.scheme import Label, Scheme, read_scheme
from annotator.exchange import exporting
from annotator.exchange.article_preview import preview_article
from annotator.exchange.exporting import Cancelled, ExportOptions, export, plan_export
from annotator.exchange.importing import ImportOptions, import_paths
from annotator.exchange.parts import Splitting, parts_of
from annotator.exchange.registry import format_named, formats
from annotator.exchange.splitting import read_shares
from annotator.formats.native_writer import NativeWriter
from annotator.language import use_language
from annotator.store import annotations, articles, bulk, corpus, entities
from annotator.store.deed import Deed
from annotator.store.project import Project

TEXT = (
    "« Bonjour à tous », a dit M. Dupont à l’Élysée.\u2028=2+2 : 10\u202f000 €\u00a0!\n"
    "Marie\u200d et 👩‍👩‍👧 e\u0301te\u0301 ; la Ville de Lille."
)
SCHEME = Scheme(
    labels=(
        Label("per", "PER", "p"),
        Label("org", "ORG", "o"),
        Label("odd", "a\tb c", "", group="odd/../group"),
        Label("quote", "Quote", "", group="quotes"),
        Label("old", "Old", retired=True),
    )
)


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annot", SCHEME, annotator="Ada") as opened:
        yield opened


def add(project: Project, article: str, *labelled: tuple[str, str], text: str = TEXT) -> None:
    """Put an article into the project, with these surfaces labelled."""
    project.do(
        "Add",
        lambda deed: bulk.add_articles(
            deed, [LabelledArticle(Article(article, text), [], [])], {}, bulk.Added()
        ),
        annotator="Ada",
    )
    for label, surface in labelled:
        label_span(project, article, label, surface)


def label_span(project: Project, article: str, label: str, *surfaces: str, **more: object) -> str:
    whole = articles.article(project, article)
    ranges = [(whole.text.index(s), whole.text.index(s) + len(s)) for s in surfaces]
    return project.do(
        "Label",
        lambda deed: annotations.add(deed, whole, label, ranges, **more),  # type: ignore[arg-type]
        annotator="Ada",
    )[0]


def link(project: Project, type_: str, from_id: str, to_id: str) -> None:
    project.do("Link", lambda deed: annotations.link(deed, type_, from_id, to_id), annotator="Ada")


@pytest.fixture
def rich(project: Project) -> Project:
    """All that annotations can be, in one article; another without any."""
    add(project, "a1", ("per", "Dupont"), ("org", "Élysée"), ("old", "10\u202f000"))
    entity = Entity("e1", "Jean Dupont")
    project.do("Entity", lambda deed: entities.add(deed, entity), annotator="Ada")
    quote = label_span(
        project, "a1", "quote", "Bonjour", "tous", attributes={"type": "direct"}, note="=see\n“x”"
    )
    person = label_span(project, "a1", "per", "M. Dupont", entity="e1")
    guess = label_span(project, "a1", "per", "Marie", state=AnnotationState.SUGGESTED)
    label_span(project, "a1", "org", "Ville de Lille")
    label_span(project, "a1", "per", "Lille")
    label_span(project, "a1", "odd", "Vil")
    label_span(project, "a1", "odd", " la ")
    link(project, "source", quote, person)
    link(project, "refers", person, guess)
    add(project, "a2", text="Rien.")
    return project


def exported(project: Project, out: Path, name: str, **more: object) -> dict[str, object]:
    export(project, out, ExportOptions(format=name, **more))  # type: ignore[arg-type]
    found: dict[str, object] = json.loads((out / "report.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", [known.name for known in formats() if known.writes])
def test_every_count_adds_up(rich: Project, tmp_path: Path, name: str):
    report = exported(rich, tmp_path / "out", name)
    counts = report["counts"]
    assert isinstance(counts, dict)
    for row in counts.values():
        assert row["in"] == row["written"] + row["changed"] + row["left_out"]
    assert counts["annotation"]["in"] == 9
    # Citron holds links of quotes that have a cue; this one has none.
    kept = 1 if "links" in format_named(name).holds and name != "citron" else 0
    assert counts["link"] == {"in": 2, "written": kept, "changed": 0, "left_out": 2 - kept}
    assert (tmp_path / "out" / "report.txt").read_text("utf-8").startswith("Export of p.annot")


def test_json_lines_come_back_as_the_same_project(rich: Project, tmp_path: Path):
    exported(rich, tmp_path / "out", "jsonl")
    read = format_named("jsonl").read
    assert read
    found = [
        each for each in read(tmp_path / "out" / "p.jsonl") if isinstance(each, LabelledArticle)
    ]
    expected = list(corpus.stream(rich, states={"accepted"}))
    assert [each.article.text for each in found] == [each.article.text for each in expected]
    assert [[s[2:6] for s in each.spans] for each in found] == [
        [s[2:6] for s in each.spans] for each in expected
    ]


def test_columns_hold_one_file_a_group_and_overlaps_in_further_ones(rich: Project, tmp_path: Path):
    report = exported(rich, tmp_path / "out", "iob2")
    names = sorted(path.name for path in (tmp_path / "out").glob("*.iob2"))
    assert names == ["entities.2.iob2", "entities.iob2", "odd-group.iob2"]
    first = (tmp_path / "out" / "entities.iob2").read_text("utf-8").splitlines()
    assert [line for line in first if line.startswith(("Ville", "de\t", "Lille"))] == [
        "Ville\tB-ORG",
        "de\tI-ORG",
        "Lille\tI-ORG",
    ]
    assert "10000\tB-Old" in first
    assert all(line.count("\t") == 1 for line in first if line and not line.startswith("# "))
    inner = (tmp_path / "out" / "entities.2.iob2").read_text("utf-8")
    assert "Lille\tB-PER" in inner
    assert "Ville\tB-a_b_c" in (tmp_path / "out" / "odd-group.iob2").read_text("utf-8")
    reasons = {(group["kind"], group["reason"]) for group in report["losses"]}  # type: ignore[attr-defined]
    assert reasons == {
        ("annotation", "It is in several fragments."),
        ("annotation", "It was widened to whole tokens."),
        ("annotation", "Blanks at its edges were trimmed."),
        ("annotation", "Its label is spelled otherwise in the tags."),
        ("annotation", "Blanks inside its numbers were dropped."),
        ("link", "The format has no place for links."),
        ("link", "A link leads to an annotation that is not exported."),
        ("attribute", "The format has no place for attributes."),
        ("note", "The format has no place for notes."),
        ("entity", "The format has no place for references to entities."),
    }


def test_each_loss_can_be_found(rich: Project, tmp_path: Path):
    exported(rich, tmp_path / "out", "iob2")
    with (tmp_path / "out" / "losses.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    widened = next(row for row in rows if "widened" in row["reason"])
    assert TEXT[int(widened["start"]) : int(widened["end"])] == "Vil"
    assert widened["article"] == "a1"


def test_a_plan_says_beforehand_what_the_export_then_loses(rich: Project, tmp_path: Path):
    options = ExportOptions(format="iob2")
    plan = plan_export(rich, options)
    assert (plan.articles, plan.annotations, plan.links) == (2, 9, 1)
    report = export(rich, tmp_path / "out", options)
    assert [str(each) for each in plan.losses] == [str(each) for each in report.problems]


def test_tables_have_a_row_a_fragment_and_guard_formulas(rich: Project, tmp_path: Path):
    exported(rich, tmp_path / "out", "csv")
    raw = (tmp_path / "out" / "annotations.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    with (tmp_path / "out" / "annotations.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    quote = [row for row in rows if row["label"] == "Quote"]
    assert [(row["fragment"], row["fragments"], row["text"]) for row in quote] == [
        ("1", "2", "Bonjour"),
        ("2", "2", "tous"),
    ]
    assert quote[0]["attr.type"] == "direct"
    assert quote[0]["note"] == "'=see\n“x”"
    assert [row["entity"] for row in rows if row["text"] == "M. Dupont"] == ["Jean Dupont"]
    for row in rows:
        assert TEXT[int(row["start"]) : int(row["end"])] == row["text"].removeprefix("'")


@pytest.mark.parametrize("name", ["jsonl", "csv", "iob2"])
def test_a_very_long_article_goes_out(project: Project, tmp_path: Path, name: str):
    usual = csv.field_size_limit(131_072)
    try:
        add(project, "long", ("per", "Dupont"), text=f"Dupont {'parle ' * 30_000}")
        assert exported(project, tmp_path / "out", name)["counts"]["annotation"]["written"] == 1
    finally:
        csv.field_size_limit(usual)


def test_suggestions_go_out_only_when_asked_for(rich: Project, tmp_path: Path):
    plain = plan_export(rich, ExportOptions())
    both = plan_export(rich, ExportOptions(states=frozenset({"accepted", "suggested"})))
    assert (plain.annotations, plain.links) == (9, 1)
    assert (both.annotations, both.links, both.losses) == (10, 2, [])


def test_only_articles_that_are_done(rich: Project):
    rich.do("Done", lambda deed: articles.set_state(deed, "a2", ArticleState.DONE), annotator="Ada")
    plan = plan_export(rich, ExportOptions(articles="done"))
    assert (plan.articles, plan.annotations, plan.links) == (1, 0, 0)


@pytest.mark.parametrize("name", ["jsonl", "csv", "iob2"])
def test_an_empty_project_is_exported(project: Project, tmp_path: Path, name: str):
    report = export(project, tmp_path / "out", ExportOptions(format=name))
    assert report.files
    assert (report.written, report.changed, report.left_out) == (0, 0, 0)


def test_a_file_name_serves_a_format_of_one_file(rich: Project, tmp_path: Path):
    export(rich, tmp_path / "new" / "x.jsonl", ExportOptions())
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "x.README.md",
        "x.jsonl",
        "x.losses.csv",
        "x.report.json",
        "x.report.txt",
        "x.scheme.toml",
    ]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_cancelling_leaves_what_stood_there(rich: Project, tmp_path: Path):
    out = tmp_path / "out"
    exported(rich, out, "csv")
    before = snapshot(out)
    with pytest.raises(Cancelled):
        export(rich, out, ExportOptions(format="csv"), progress=lambda done, total: done < 2)
    assert snapshot(out) == before
    with pytest.raises(Cancelled):
        export(rich, tmp_path / "fresh" / "er", ExportOptions(), progress=lambda done, total: False)
    assert not (tmp_path / "fresh").exists()


def test_progress_ends_at_its_total(rich: Project, tmp_path: Path):
    for name in ("jsonl", "csv", "iob2"):
        seen: list[tuple[int, int]] = []

        def note(done: int, total: int, seen: list[tuple[int, int]] = seen) -> bool:
            seen.append((done, total))
            return True

        export(rich, tmp_path / name, ExportOptions(format=name), progress=note)
        assert seen[-1][0] == seen[-1][1]
        assert len(seen) == seen[-1][1]


def test_files_of_an_older_export_go_unless_somebody_changed_them(rich: Project, tmp_path: Path):
    out = tmp_path / "out"
    exported(rich, out, "iob2")
    (out / "quotes.iob2").write_text("mine", "utf-8")
    (out / "notes.txt").write_text("mine too", "utf-8")
    exported(rich, out, "csv")
    assert sorted(path.name for path in out.iterdir()) == [
        *("README.md", "annotations.csv", "articles.csv", "entities.csv", "links.csv"),
        *("losses.csv", "notes.txt", "quotes.iob2", "report.json", "report.txt", "scheme.toml"),
    ]


class Forgetful(NativeWriter):
    """Hands the disk one thing and finds another."""

    def differences(self, target: Path) -> Iterator[Problem]:
        yield from super().differences(target)
        self.held["annotation"] -= 1


def test_an_export_that_does_not_come_back_the_same_is_given_up(
    rich: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "out"
    exported(rich, out, "jsonl")
    before = snapshot(out)
    monkeypatch.setattr(
        exporting, "writer_of", lambda _format, walk, _how: Forgetful(walk.corpus())
    )
    with pytest.raises(UserError, match="did not come back the same"):
        exported(rich, out, "jsonl")
    assert snapshot(out) == before


class Garbling(NativeWriter):
    """Stands for a disk that keeps something else than it was given."""

    def differences(self, target: Path) -> Iterator[Problem]:
        target.write_bytes(target.read_bytes().replace(b"Bonjour", b"Bonsoir"))
        return super().differences(target)


def test_a_disk_that_garbles_is_found_out(
    rich: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(exporting, "writer_of", lambda _format, walk, _how: Garbling(walk.corpus()))
    with pytest.raises(UserError, match="is not what was written"):
        export(rich, tmp_path / "out.jsonl", ExportOptions())
    assert not (tmp_path / "out.jsonl").exists()


def test_an_annotation_that_is_not_in_the_text_stops_the_export(rich: Project, tmp_path: Path):
    rich.conn.execute("update fragment set surface = 'Dupond' where surface = 'Dupont'")
    rich.conn.commit()
    with pytest.raises(UserError, match=r"Dupond.*Dupont.*check"):
        export(rich, tmp_path / "out", ExportOptions())
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_file_is_left_alone(rich: Project, tmp_path: Path):
    (tmp_path / "out").write_text("mine", "utf-8")
    for name, out in (("csv", "out"), ("jsonl", "out"), ("jsonl", "out/deeper")):
        with pytest.raises(UserError):
            export(rich, tmp_path / out, ExportOptions(format=name))
    assert (tmp_path / "out").read_text("utf-8") == "mine"


def test_a_full_disk_is_told_in_words(
    rich: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="disk is full"):
        export(rich, tmp_path / "out", ExportOptions())
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_and_one_that_only_reads(rich: Project, tmp_path: Path):
    with pytest.raises(UserError, match="jsonl, csv, iob2"):
        export(rich, tmp_path / "out", ExportOptions(format="papyrus"))
    with pytest.raises(UserError, match="can be read"):
        export(rich, tmp_path / "out", ExportOptions(format="json"))


CHARS = st.characters(exclude_categories=("Cs",), exclude_characters="\x00\r")


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    text=st.text(CHARS, min_size=1, max_size=40)
    | st.text("aA'- \u00a0\u202f\u2028\u0085\n.,«»1👩\u200d\u0301\t\"=", min_size=1, max_size=40),
    picks=st.lists(
        st.tuples(st.integers(0, 39), st.integers(1, 10), st.integers(0, 4)), max_size=8
    ),
)
def test_any_text_and_any_fragments_leave_and_come_back(
    tmp_path_factory: pytest.TempPathFactory, text: str, picks: list[tuple[int, int, int]]
):
    folder = tmp_path_factory.mktemp("any")
    with Project.create(folder / "p.annot", SCHEME, annotator="Ada") as project:
        add(project, "a1", text=text)
        whole = articles.article(project, "a1")
        for start, length, label in picks:
            if start < len(text):
                ranges = [(start, min(start + length, len(text)))]
                if ranges[0][1] + 1 < len(text):
                    ranges += [(ranges[0][1] + 1, len(text))] * (length % 2)
                name = SCHEME.labels[label].id
                project.do(
                    "Label",
                    lambda deed, n=name, r=ranges: annotations.add(deed, whole, n, r),
                    annotator="Ada",
                )
        for name in ("jsonl", "csv", "iob2"):
            export(project, folder / name, ExportOptions(format=name))


def test_a_loss_is_told_by_the_title_of_its_article(rich: Project):
    def rename(deed: Deed) -> None:
        articles.set_metadata(deed, "a1", {"title": "Soir de vote"})

    rich.do("Details", rename, annotator="Ada")
    plan = plan_export(rich, ExportOptions(format="iob2"))
    assert plan.losses
    assert all("Soir de vote" in problem.message for problem in plan.losses)


def corpus_of(project: Project, count: int) -> None:
    """Fill a project with articles of two papers; every tenth is a story of the one before, cut."""
    for number in range(count):
        story = number - 1 if number % 10 == 9 else number
        words = " ".join(f"mot{story}x{n}" for n in range(60))
        text = f"Mme Roy a parlé. {words}." if story == number else f"Reprise. {words[:350]}"
        paper = ("Le Nord", "Le Sud", "L’Est", "L’Ouest")[number % 4]
        article = Article(
            f"a{number:03}",
            text,
            f"T{number}",
            published=f"2024-{number % 12 + 1:02}",
            source=paper,
        )
        project.do(
            "Add",
            lambda deed, one=article: bulk.add_articles(  # type: ignore[misc]
                deed, [LabelledArticle(one, [], [])], {}, bulk.Added()
            ),
            annotator="Ada",
        )
        if story == number:
            label_span(project, article.id, "per" if number % 3 else "org", "Mme Roy")


def parts_in(out: Path) -> dict[str, str]:
    """Return the part of each article of a split export, by its title."""
    return {
        json.loads(line)["meta"].get("title", ""): path.stem
        for path in out.glob("*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    }


def splitting(shares: str = "80/10/10", seed: int = 7, group_by: str = "") -> Splitting:
    return Splitting(read_shares(shares), seed, group_by)


def test_a_split_is_balanced_and_keeps_one_story_on_one_side(project: Project, tmp_path: Path):
    corpus_of(project, 60)
    report = exported(project, tmp_path / "out", "jsonl", split=splitting())
    parts = parts_in(tmp_path / "out")
    assert len(parts) == 60
    assert all(parts[f"T{n}"] == parts[f"T{n - 1}"] for n in range(9, 60, 10))
    counted = {row["name"]: row for row in report["parts"]}  # type: ignore[union-attr]
    assert list(counted) == ["train", "dev", "test"]
    assert abs(counted["train"]["articles"] - 48) <= 3
    assert abs(counted["train"]["labels"]["PER"] / 36 - 0.8) < 0.1
    assert min(sum(row["labels"].values()) for row in counted.values()) > 0
    card = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert '"split": "validation", "path": "dev.jsonl"' in card


def test_the_same_seed_gives_the_same_split_after_more_articles_and_more_work(
    project: Project, tmp_path: Path
):
    corpus_of(project, 40)
    exported(project, tmp_path / "one", "jsonl", split=splitting())
    before = parts_in(tmp_path / "one")
    other = exported(project, tmp_path / "two", "jsonl", split=splitting(seed=8))
    assert parts_in(tmp_path / "two") != before
    assert other["options"]["seed"] == "8"  # type: ignore[index]
    for number in range(40):
        if number % 4 == 1:
            label_span(project, f"a{number:03}", "odd", "mot")
    add(project, "new", text="Un autre article, tout à fait neuf, sur autre chose.")
    exported(project, tmp_path / "three", "jsonl", split=splitting())
    after = parts_in(tmp_path / "three")
    assert {title: after[title] for title in before} == before


def test_without_its_memory_a_split_still_holds_when_articles_are_added(
    project: Project, tmp_path: Path
):
    corpus_of(project, 40)
    first = parts_of(project, {"accepted"}, splitting(), done_only=False)
    add(project, "new", text="Un autre article, tout à fait neuf, sur autre chose.")
    second = parts_of(project, {"accepted"}, splitting(), done_only=False)
    for one, other in zip(first, second, strict=True):
        assert set(one.articles or ()) <= set(other.articles or ())


def test_articles_of_one_paper_stay_together(project: Project, tmp_path: Path):
    corpus_of(project, 40)
    exported(project, tmp_path / "out", "iob2", split=splitting("60/40", group_by="source"))
    sides = {
        line.split('"')[3]: path.parent.name
        for path in (tmp_path / "out").glob("*/entities.iob2")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith('# "source"')
    }
    assert set(sides.values()) == {"train", "test"}


def test_a_split_that_leaves_a_part_empty_is_refused(rich: Project, tmp_path: Path):
    with pytest.raises(UserError, match="too few articles"):
        exported(rich, tmp_path / "out", "jsonl", split=splitting())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["", "80", "80/", "a/b", "50/0/50", "1/2/3/4"])
def test_what_is_no_split_is_refused(text: str):
    with pytest.raises(UserError, match="no split"):
        read_shares(text)


def test_a_readme_of_somebody_else_stays(rich: Project, tmp_path: Path):
    (tmp_path / "README.md").write_text("# Mine", "utf-8")
    exported(rich, tmp_path, "jsonl", licence="CC BY 4.0")
    assert (tmp_path / "README.md").read_text("utf-8") == "# Mine"
    card = (tmp_path / "dataset-card.md").read_text("utf-8")
    assert 'license: "CC BY 4.0"' in card
    assert "| PER | 3 |" in card


def test_the_scheme_beside_the_data_is_the_scheme(rich: Project, tmp_path: Path):
    exported(rich, tmp_path, "csv")
    assert read_scheme(tmp_path / "scheme.toml") == SCHEME


def test_a_corpus_without_texts_is_put_back_on_them(rich: Project, tmp_path: Path):
    exported(rich, tmp_path / "out", "jsonl", how=Writing(text=False))
    raw = (tmp_path / "out" / "p.jsonl").read_text("utf-8")
    said = raw + "".join(path.read_text("utf-8") for path in (tmp_path / "out").iterdir())
    assert not any(word in said for word in ("Bonjour", "Marie", "Ville de Lille", "Rien."))
    with Project.create(tmp_path / "other.annot", SCHEME, annotator="Zoé") as other:
        options = ImportOptions(annotator="Zoé")
        alone = import_paths(other, [tmp_path / "out" / "p.jsonl"], options)
        assert (alone.articles, len(alone.problems)) == (0, 2)
        assert "Import the text first" in alone.problems[0].message
        (tmp_path / "a.txt").write_text(TEXT, "utf-8", newline="")
        (tmp_path / "b.txt").write_text("Rien.", "utf-8")
        whole = import_paths(other, [tmp_path / "out", *sorted(tmp_path.glob("?.txt"))], options)
        assert (whole.articles, whole.annotations, whole.links, whole.problems) == (2, 9, 1, [])
        ours, theirs = (
            [
                [
                    (s.label, s.n, s.start, s.end, s.surface, s.attributes, s.note)
                    for s in each.spans
                ]
                for each in corpus.stream(project, states={"accepted"})
            ]
            for project in (rich, other)
        )
        assert ours == theirs


def test_a_format_that_needs_texts_does_not_go_out_without(rich: Project, tmp_path: Path):
    with pytest.raises(UserError, match="cannot go out without texts"):
        exported(rich, tmp_path / "out", "iob2", how=Writing(text=False))


@pytest.mark.parametrize("name", ["jsonl", "csv", "xlsx"])
def test_what_holds_everything_comes_back_as_the_very_same_articles(
    rich: Project, tmp_path: Path, name: str
):
    out = tmp_path / "out"
    exported(rich, out, name)
    with Project.create(tmp_path / "other.annot", Scheme()) as other:
        report = import_paths(other, [out], ImportOptions(annotator="Zoé"))
        assert report.problems == []
        ours, theirs = (
            [
                (each.article, [span[2:] for span in each.spans], len(each.links))
                for each in corpus.stream(project, states={"accepted"})
            ]
            for project in (rich, other)
        )
    assert ours == theirs


@pytest.mark.parametrize("name", [known.name for known in formats() if known.writes])
def test_an_article_is_shown_as_it_will_stand_in_the_files(
    rich: Project, tmp_path: Path, name: str
):
    shown = preview_article(rich, "a1", ExportOptions(format=name))
    if name not in ("xlsx", "refi-qda"):
        assert "Dupont" in shown
    with pytest.raises(UserError, match="no article"):
        preview_article(rich, "nowhere", ExportOptions(format=name))

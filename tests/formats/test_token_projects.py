"""A project goes out as tokens and comes in as a new project: the same texts, the same annotations."""

from collections import Counter
from pathlib import Path

import pytest

from annotator.core.corpus import LabelledArticle
from annotator.core.formats import Writing
from annotator.core.model import Article
from annotator.exchange.exporting import ExportOptions, export
from annotator.exchange.importing import ImportOptions, import_paths
from annotator.store import bulk, corpus
from annotator.store.project import Project
from tests.formats.token_samples import SCHEME, TRAPPED, article, exported, labelled, read

NESTED = article(
    ("org", "Ville de Lille"),
    ("loc", "Lille"),
    ("quote", "Ville de Lille dort. Elle rêve"),
    text="Ville de Lille dort. Elle rêve.\n",
    id_="a2",
    title="Nuit",
)

EXACT = ("iob1", "iob2", "bioes", "hipe", "conllu", "gliner")


META = {
    "text": "none",
    "newdoc id": 3,
    "sent_id": ["x"],
    "a = b": {"c": None},
    "": "\u2028",
    'a"\t# ': "NaN",
    "title": 7,
    "hipe2022:date": "2020",
    "article": True,
    "big": 2**60,
}


@pytest.mark.parametrize("name", EXACT)
@pytest.mark.parametrize("id_", ["plain", '"a" = b', "1e5", " ", "é\n", "{}", "\\"])
def test_any_metadata_and_any_id_come_back(tmp_path: Path, name: str, id_: str) -> None:
    one = LabelledArticle(Article(id_, "Rien.", author="Anne", meta=META), [], [])
    out, losses = exported(tmp_path, name, one)
    assert losses == []
    (back,) = labelled(read(out, name))
    assert (back.article.id, back.article.author, back.article.meta) == (id_, "Anne", META)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    with Project.create(tmp_path / "p.annot", SCHEME, annotator="Ada") as made:
        made.do(
            "Add",
            lambda deed: bulk.add_articles(
                deed,
                [TRAPPED, NESTED],
                {label.id: label.id for label in SCHEME.labels},
                bulk.Added(),
            ),
            annotator="Ada",
        )
        yield made


def shapes(project: Project) -> Counter[tuple[str, str, int, int]]:
    names = {label.id: label.name.upper() for label in project.scheme.labels}
    return Counter(
        (each.article.text, names[span.label], span.start, span.end)
        for each in corpus.stream(project, states={"accepted"})
        for span in each.spans
    )


@pytest.mark.parametrize("name", EXACT)
def test_a_new_project_has_the_same_annotations(
    project: Project, tmp_path: Path, name: str
) -> None:
    report = export(project, tmp_path / "out", ExportOptions(format=name))
    with Project.create(tmp_path / "new.annot", SCHEME, annotator="Ada") as new:
        told = import_paths(new, [tmp_path / "out"], ImportOptions(annotator="Ada"))
        assert told.problems == []
        assert told.articles == 2
        before, after = shapes(project), shapes(new)
        assert sum(after.values()) == sum(before.values())
        widened = sum(group.count for group in report.losses if "widened" in group.reason)
        assert (before - after).total() == widened == (2 if name == "gliner" else 0)
        assert {each.article.title for each in corpus.stream(new, states=())} == {
            *("Nuit", TRAPPED.article.title),
        }


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("iob2", Writing("contract", "outermost")),
        ("conll2003", Writing("mask", "innermost")),
        ("hipe", Writing("drop", "per-label")),
        ("conllu", Writing("contract", "innermost")),
        ("gliner", Writing("mask", "outermost")),
    ],
)
def test_whatever_is_chosen_adds_up_and_is_proved(
    project: Project, tmp_path: Path, name: str, how: Writing
) -> None:
    report = export(project, tmp_path / "out", ExportOptions(format=name, how=how))
    counts = report.counts["annotation"]
    assert counts["in"] == 11
    assert counts["in"] == counts["written"] + counts["changed"] + counts["left_out"]
    # The place inside the name or the name around it; for GLiNER -t-il and -elle too.
    assert counts["left_out"] == {"hipe": 0, "gliner": 3}.get(name, 1)
    with Project.create(tmp_path / "new.annot", SCHEME, annotator="Ada") as new:
        told = import_paths(new, [tmp_path / "out"], ImportOptions(annotator="Ada"))
        assert sum(shapes(new).values()) == counts["in"] - counts["left_out"]
        assert told.problems == []

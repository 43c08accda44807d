"""A project goes out in each format that holds all of it, and comes back into a new one the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.core.corpus import by_annotation
from annotator.core.scheme import Scheme
from annotator.exchange.exporting import ExportOptions, export
from annotator.exchange.importing import ImportOptions, import_paths
from annotator.formats.native_writer import NativeWriter
from annotator.store import corpus, entities
from annotator.store.project import Project
from tests.formats.marked import TEXT, rich
from tests.formats.marked import corpus as corpus_of

ORIGIN = ("file", "file_sha256", "reader")
"""What an import says of the file, which is another one."""


def filled(tmp_path: Path, *paths: Path, name: str, format_name: str | None = None) -> Project:
    project = Project.create(tmp_path / name, Scheme())
    report = import_paths(project, paths, ImportOptions(annotator="Eve", format=format_name))
    assert [str(problem) for problem in report.problems] == []
    return project


def all_of(project: Project) -> list[Any]:
    """Return whatever annotators would miss, article by article, without what is made anew."""
    names = {label.id: label.name for label in project.scheme.labels}
    found = []
    for labelled in corpus.stream(project, states={"accepted"}):
        shapes = {}
        for group in by_annotation(labelled.spans):
            head = group[0]
            shapes[head.annotation] = (
                names[head.label],
                tuple(span[3:6] for span in group),
                json.dumps(json.loads(head.attributes), sort_keys=True),
                head.note,
                head.entity,
                head.annotator,
            )
        links = sorted((k.type, shapes[k.from_id], shapes[k.to_id]) for k in labelled.links)
        article = labelled.article
        meta = {key: value for key, value in article.meta.items() if key not in ORIGIN}
        fields = article.title, article.author, article.published, article.source, article.url
        found.append(
            (article.text, *fields, article.language, meta, sorted(shapes.values()), links)
        )
    return found


@pytest.mark.parametrize(
    "name", ["jsonl", "cas-json", "xmi", "w3c", "tei", "tei-standoff", "spacy", "parquet"]
)
def test_a_project_comes_back(tmp_path: Path, name: str) -> None:
    source = tmp_path / "c.jsonl"
    list(NativeWriter(corpus_of(rich(), rich(f"{TEXT}\n\n Fin.", "b"))).write(source))
    with filled(tmp_path, source, name="one.annot") as one:
        export(one, tmp_path / "out", ExportOptions(format=name))
        with filled(tmp_path, tmp_path / "out", name="two.annot", format_name=name) as two:
            assert all_of(two) == all_of(one)
            assert set(entities.register(two)) == set(entities.register(one))

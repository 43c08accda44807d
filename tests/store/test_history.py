"""Undo and redo: at any depth, across articles, on another day, beside another window."""

from collections.abc import Callable

import pytest

from annotator.core.errors import Conflict, UserError
from annotator.core.model import AnnotationState, Article, ArticleState
from annotator.core.scheme import Label
from annotator.store import annotations, articles, history, labels
from annotator.store.project import Project
from tests.store.conftest import label, put, remove, surfaces

Reopen = Callable[[], Project]


def test_a_label_can_be_undone_and_redone(project: Project, first: Article) -> None:
    label(project, first, "per", (25, 36))
    assert project.undo_name() == "Label per"
    name, changes = project.undo() or ("", None)
    assert (name, surfaces(project)) == ("Label per", [])
    assert changes
    assert changes.articles == {first.id}
    assert project.redo_name() == "Label per"
    project.redo()
    assert surfaces(project) == ["Mme Bruneau"]
    assert project.redo() is None


def test_undo_goes_as_deep_as_the_work(project: Project, first: Article) -> None:
    for start in range(20):
        label(project, first, "per", (start, start + 2))
    for _turn in range(20):
        assert project.undo()
    assert surfaces(project) == []
    for _turn in range(20):
        assert project.redo()
    assert surfaces(project) == [first.text[start : start + 2] for start in range(20)]


def test_undo_goes_across_articles(project: Project, first: Article, second: Article) -> None:
    label(project, first, "per", (25, 36))
    label(project, second, "loc", (13, 17))
    label(project, first, "loc", (39, 44))
    _name, changes = project.undo() or ("", None)
    assert changes
    assert changes.articles == {first.id}
    _name, changes = project.undo() or ("", None)
    assert changes
    assert changes.articles == {second.id}
    assert surfaces(project) == ["Mme Bruneau"]


def test_undo_survives_a_restart(project: Project, first: Article, reopened: Reopen) -> None:
    label(project, first, "per", (25, 36))
    remove(project, label(project, first, "loc", (39, 44)))
    project = reopened()
    project.undo()
    assert surfaces(project) == ["Mme Bruneau", "Nîmes"]
    project.undo()
    project = reopened()
    assert surfaces(project) == ["Mme Bruneau"]
    project.redo()
    project.redo()
    assert surfaces(project) == ["Mme Bruneau"]


def test_new_work_drops_the_redo_but_keeps_the_record(project: Project, first: Article) -> None:
    label(project, first, "per", (25, 36))
    project.undo()
    label(project, first, "loc", (39, 44))
    assert project.redo() is None
    assert project.redo_name() == ""
    assert [(op.name, op.state) for op in history.ops(project)[:2]] == [
        ("Label loc", "done"),
        ("Label per", "superseded"),
    ]
    project.undo()
    project.undo()
    assert project.undo() is None
    assert surfaces(project) == []


def test_a_deed_that_changes_nothing_leaves_the_redo_alone(
    project: Project, first: Article
) -> None:
    annotation_id = label(project, first, "per", (25, 36))
    label(project, first, "loc", (39, 44))
    project.undo()
    before = len(history.ops(project))
    assert label(project, first, "per", (25, 36)) == annotation_id
    assert len(history.ops(project)) == before
    project.redo()
    assert surfaces(project) == ["Mme Bruneau", "Nîmes"]


def test_an_annotation_comes_back_with_all_it_had(project: Project, first: Article) -> None:
    quote = label(project, first, "quote", (0, 16), (37, 44))
    speaker = label(project, first, "per", (25, 36))

    def dress(deed: object) -> None:
        annotations.link(deed, "source", quote, speaker)  # type: ignore[arg-type]
        annotations.set_note(deed, quote, "sûr ?")  # type: ignore[arg-type]
        annotations.set_attribute(deed, quote, "type", "mixed")  # type: ignore[arg-type]

    project.do("Dress", dress, annotator="Zoë")
    before = annotations.of_article(project, first.id), annotations.links_of(project, first.id)
    remove(project, quote)
    assert annotations.links_of(project, first.id) == []
    project.undo()
    assert (
        annotations.of_article(project, first.id),
        annotations.links_of(project, first.id),
    ) == before
    remove(project, speaker)
    project.undo()
    assert (
        annotations.of_article(project, first.id),
        annotations.links_of(project, first.id),
    ) == before


@pytest.mark.parametrize("deed", ["relabel", "ranges", "note", "attribute", "state", "reject"])
def test_each_change_of_an_annotation_is_undone(
    project: Project, first: Article, deed: str
) -> None:
    annotation_id = label(project, first, "per", (25, 36))
    before = annotations.annotation(project, annotation_id)
    write = {
        "relabel": lambda d: annotations.relabel(d, annotation_id, "org"),
        "ranges": lambda d: annotations.set_ranges(d, first, annotation_id, [(29, 36), (0, 2)]),
        "note": lambda d: annotations.set_note(d, annotation_id, "?"),
        "attribute": lambda d: annotations.set_attribute(d, annotation_id, "kind", "family"),
        "state": lambda d: annotations.set_state(d, annotation_id, AnnotationState.SUGGESTED),
        "reject": lambda d: annotations.set_state(d, annotation_id, AnnotationState.REJECTED),
    }[deed]
    project.do(deed, write, annotator="Zoë")
    after = annotations.annotation(project, annotation_id)
    assert after != before
    project.undo()
    assert annotations.annotation(project, annotation_id) == before
    project.redo()
    assert annotations.annotation(project, annotation_id) == after


def test_labels_and_article_states_are_undone_too(project: Project, first: Article) -> None:
    scheme = project.scheme
    project.do("Label", lambda deed: labels.add(deed, Label("ship", "SHIP")), annotator="Ada")
    assert project.scheme.by_name("SHIP")
    project.do(
        "Rename", lambda deed: labels.update(deed, Label("ship", "VESSEL", "v")), annotator="Ada"
    )
    project.do(
        "Done", lambda deed: articles.set_state(deed, first.id, ArticleState.DONE), annotator="Ada"
    )
    _name, changes = project.undo() or ("", None)
    assert changes
    assert not changes.scheme
    assert articles.article(project, first.id).state is ArticleState.TODO
    _name, changes = project.undo() or ("", None)
    assert changes
    assert changes.scheme
    project.undo()
    assert project.scheme == scheme


def test_renaming_a_label_keeps_every_annotation(project: Project, first: Article) -> None:
    annotation_id = label(project, first, "per", (25, 36))
    renamed = Label("per", "PERSON", "p")
    project.do("Rename", lambda deed: labels.update(deed, renamed), annotator="Ada")
    assert annotations.annotation(project, annotation_id).label == "per"
    assert project.scheme.label("per").name == "PERSON"


def test_an_import_is_undone_whole_and_comes_back_whole(project: Project) -> None:
    before = articles.ids(project)
    (article,) = put(project, "Une dépêche.")
    label(project, article, "loc", (4, 11))
    project.undo()
    project.undo()
    assert articles.ids(project) == before
    assert articles.ids(project, query="depeche") == []
    project.redo()
    assert articles.article(project, article.id).text == "Une dépêche."
    project.redo()
    assert surfaces(project) == ["dépêche"]


def test_a_removed_article_comes_back_with_the_time_spent_on_it(
    project: Project, first: Article
) -> None:
    label(project, first, "per", (25, 36))
    articles.add_seconds(project, first.id, "Ada", 12.5)
    project.do("Remove", lambda deed: articles.remove(deed, first.id), annotator="Ada")
    assert not articles.exists(project, first.id)
    project.undo()
    assert surfaces(project) == ["Mme Bruneau"]
    assert articles.seconds(project, first.id) == {"Ada": 12.5}


def test_work_outside_the_history_is_never_overwritten(project: Project, first: Article) -> None:
    annotation_id = label(project, first, "per", (25, 36))
    project.conn.execute("update annotation set note = 'by hand' where id = ?", [annotation_id])
    with pytest.raises(Conflict):
        project.undo()
    assert annotations.annotation(project, annotation_id).note == "by hand"
    assert history.ops(project)[0].state == "done"


def test_history_tells_who_did_what(project: Project, first: Article) -> None:
    label(project, first, "per", (25, 36), annotator="Zoë")
    newest = history.ops(project, limit=1)[0]
    assert (newest.annotator, newest.name, newest.article) == ("Zoë", "Label per", first.id)
    assert newest.at.endswith("Z")
    older = history.ops(project, before=newest.seq)
    assert [op.seq for op in older] == sorted((op.seq for op in older), reverse=True)
    assert newest not in older


def test_two_windows_see_each_others_work(project: Project, first: Article) -> None:
    with Project.open(project.path) as other:
        assert other.poll() is None
        label(project, first, "per", (25, 36))
        changes = other.poll()
        assert changes
        assert changes.everything
        assert surfaces(other) == ["Mme Bruneau"]
        assert other.poll() is None
        assert project.poll() is None
        other.undo()
        assert project.poll()
        assert surfaces(project) == []
        project.do("Label", lambda deed: labels.add(deed, Label("ship", "SHIP")), annotator="Ada")
        other.poll()
        assert other.scheme.by_name("SHIP")


def test_two_windows_never_overwrite_each_other(project: Project, first: Article) -> None:
    annotation_id = label(project, first, "per", (25, 36))
    with Project.open(project.path) as other:
        remove(other, annotation_id)
        with pytest.raises(Conflict):
            project.do(
                "Note",
                lambda deed: annotations.set_note(deed, annotation_id, "mine"),
                annotator="Ada",
            )
        assert surfaces(project) == []
        assert project.undo_name() == "Remove"


def test_a_reader_beside_a_writer_sees_whole_deeds(project: Project, first: Article) -> None:
    with Project.open(project.path, read_only=True) as reader:
        label(project, first, "per", (25, 36))
        assert surfaces(reader) == ["Mme Bruneau"]


def test_labels_and_suggestions_are_counted_without_reading_them(
    project: Project, first: Article
) -> None:
    label(project, first, "per", (25, 36))
    label(project, first, "per", (0, 10))
    town = label(project, first, "loc", (39, 44))
    suggested = AnnotationState.SUGGESTED
    project.do(
        "Suggest",
        lambda deed: annotations.add(deed, first, "org", [(2, 10)], state=suggested),
        annotator="Ada",
    )
    assert annotations.label_counts(project, first.id) == {"per": 2, "loc": 1}
    assert annotations.count_suggestions(project, first.id) == 1
    remove(project, town)
    assert annotations.label_counts(project, first.id) == {"per": 2}


def test_a_large_import_is_undone_and_redone_with_every_row(project: Project) -> None:
    many = put(project, *(f"Mme Bruneau {number} à Nîmes" for number in range(450)))
    ids = articles.ids(project)
    for article in (many[0], many[-1]):
        label(project, article, "per", (0, 11))
    for _turn in range(3):
        project.undo()
    assert not set(articles.ids(project)) & {article.id for article in many}
    assert articles.ids(project, query="Bruneau") == articles.ids(project)[:1]
    for _turn in range(3):
        project.redo()
    assert articles.ids(project) == ids
    assert len(articles.ids(project, query="Bruneau")) == 451
    assert surfaces(project) == ["Mme Bruneau", "Mme Bruneau"]


def test_a_detail_cannot_take_the_name_of_a_field(project: Project, first: Article) -> None:
    with pytest.raises(UserError, match="title"):
        project.do(
            "Details",
            lambda deed: articles.set_metadata(deed, first.id, {}, {"title": "twice"}),
            annotator="Ada",
        )

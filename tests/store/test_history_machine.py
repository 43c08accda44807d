"""Any sequence of deeds, undo, redo and reopening leads where the model says."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.core.model import AnnotationState, ArticleState
from annotator.core.scheme import Label
from annotator.store import annotations, articles, history, labels
from annotator.store.checks import check
from annotator.store.deed import Deed
from annotator.store.project import Project
from tests.store.conftest import SMALL, TEXTS, label, put

MORE = ("Du neuf.", "Encore \u00a0 « e\u0301 ».", "👩‍🚒🇫🇷")
places = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda place: (place[0], sum(place)))


class History(RuleBasedStateMachine):
    """The model: the whole content after each deed that stands, and after each that was undone."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.project = Project.create(Path(self.folder.name) / "h.annot", SMALL)
        self.before = [_content(self.project)]
        self.after: list[object] = []
        self.articles = put(self.project, *TEXTS)
        self._done()

    def teardown(self) -> None:
        self.project.close()
        self.folder.cleanup()

    def _done(self) -> None:
        """Note where a deed led; one that changed nothing leaves the redo as it was."""
        content = _content(self.project)
        if content != self.before[-1]:
            self.before.append(content)
            self.after = []

    def _standing(self, choice: int) -> str | None:
        ids = [row[0] for row in self.project.conn.execute("select id from annotation order by id")]
        return ids[choice % len(ids)] if ids else None

    def _change(self, choice: int, name: str, write: object) -> None:
        annotation_id = self._standing(choice)
        if annotation_id:
            self.project.do(name, lambda deed: write(deed, annotation_id), annotator="Ada")  # type: ignore[operator]
            self._done()

    @rule(
        which=st.integers(0, 1),
        name=st.sampled_from(["per", "loc"]),
        ranges=st.lists(places, min_size=1, max_size=3),
    )
    def label(self, which: int, name: str, ranges: list[tuple[int, int]]) -> None:
        article = self.articles[which]
        if articles.exists(self.project, article.id):
            label(
                self.project,
                article,
                name,
                *((start, min(end, len(article.text))) for start, end in ranges),
            )
            self._done()

    @rule(choice=st.integers(0, 99))
    def remove(self, choice: int) -> None:
        self._change(choice, "Remove", annotations.remove)

    @rule(choice=st.integers(0, 99), note=st.text(max_size=3))
    def note(self, choice: int, note: str) -> None:
        self._change(choice, "Note", lambda deed, id_: annotations.set_note(deed, id_, note))

    @rule(choice=st.integers(0, 99), state=st.sampled_from(AnnotationState))
    def judge(self, choice: int, state: AnnotationState) -> None:
        self._change(choice, "Judge", lambda deed, id_: annotations.set_state(deed, id_, state))

    @rule(choice=st.integers(0, 99), name=st.sampled_from(["per", "loc"]))
    def relabel(self, choice: int, name: str) -> None:
        self._change(choice, "Relabel", lambda deed, id_: annotations.relabel(deed, id_, name))

    @rule(one=st.integers(0, 99), two=st.integers(0, 99))
    def link(self, one: int, two: int) -> None:
        from_id, to_id = self._standing(one), self._standing(two)
        if (
            from_id
            and to_id
            and from_id != to_id
            and self._article(from_id) == self._article(to_id)
        ):
            self.project.do(
                "Link",
                lambda deed: annotations.link(deed, "source", from_id, to_id),
                annotator="Zoë",
            )
            self._done()

    @rule(which=st.integers(0, 1), state=st.sampled_from(ArticleState))
    def finish(self, which: int, state: ArticleState) -> None:
        article_id = self.articles[which].id
        if articles.exists(self.project, article_id):
            self.project.do(
                "State", lambda deed: articles.set_state(deed, article_id, state), annotator="Ada"
            )
            self._done()

    @rule(text=st.sampled_from(MORE))
    def bring_in(self, text: str) -> None:
        put(self.project, text)
        self._done()

    @rule(which=st.integers(0, 1))
    def take_out(self, which: int) -> None:
        article_id = self.articles[which].id
        if articles.exists(self.project, article_id):
            self.project.do(
                "Take out", lambda deed: articles.remove(deed, article_id), annotator="Ada"
            )
            self._done()

    @rule(name=st.text("XYZ", min_size=1, max_size=2), retired=st.booleans())
    def scheme(self, name: str, retired: bool) -> None:
        known = self.project.scheme.by_name(name)
        changed = Label(name, name, retired=retired)

        def write(deed: Deed) -> None:
            (labels.update if known else labels.add)(deed, changed)

        self.project.do("Scheme", write, annotator="Ada")
        self._done()

    @rule(times=st.integers(1, 5))
    def undo(self, times: int) -> None:
        for _turn in range(times):
            undone = self.project.undo()
            assert bool(undone) == (len(self.before) > 1)
            if undone:
                self.after.append(self.before.pop())

    @precondition(lambda self: self.after)
    @rule(times=st.integers(1, 5))
    def redo(self, times: int) -> None:
        for _turn in range(times):
            redone = self.project.redo()
            assert bool(redone) == bool(self.after)
            if redone:
                self.before.append(self.after.pop())

    @rule()
    def reopen(self) -> None:
        path = self.project.path
        self.project.close()
        self.project = Project.open(path)

    @invariant()
    def content_is_where_the_model_says(self) -> None:
        if hasattr(self, "project"):
            assert _content(self.project) == self.before[-1]
            assert bool(self.project.undo_name()) == (len(self.before) > 1)
            assert bool(self.project.redo_name()) == bool(self.after)
            assert [op.state for op in history.ops(self.project)].count("undone") == len(self.after)

    @invariant()
    def nothing_is_unsound(self) -> None:
        if hasattr(self, "project"):
            assert check(self.project) == []

    def _article(self, annotation_id: str) -> str:
        return annotations.annotation(self.project, annotation_id).article


def _content(project: Project) -> object:
    """Return every row that a deed may touch."""
    tables = ("article", "annotation", "fragment", "link", "label", "entity")
    return [
        sorted(map(repr, project.conn.execute(f"select * from {table}").fetchall()))
        for table in tables
    ]


class TestHistory(History.TestCase):  # type: ignore[misc, name-defined]
    settings = settings(
        max_examples=25,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )

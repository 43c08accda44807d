"""Any sequence of deeds, undo, redo and reopening leads where the model says."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.model import AnnotationState, ArticleState, Entity, Link
from annotator.core.precedents import Precedent
from annotator.core.scheme import Label, Scheme, Slot
from annotator.store import (
    annotations,
    articles,
    entities,
    frames,
    history,
    labels,
    precedents,
    suggestions,
)
from annotator.store.checks import check
from annotator.store.deed import Deed
from annotator.store.project import Project
from annotator.store.suggestions import Suggested
from tests.store.conftest import SMALL, TEXTS, label, put
from tests.store.test_frames import suggestion

SLOTS = (Slot("source", "s", many=True), Slot("cue", "c"))
FRAMED = Scheme("Framed", labels=(*SMALL.labels, Label("say", "SAY", "y", slots=SLOTS)))

MORE = ("Du neuf.", "Encore \u00a0 « e\u0301 ».", "👩‍🚒🇫🇷")
places = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda place: (place[0], sum(place)))


class History(RuleBasedStateMachine):
    """The model: the whole content after each deed that stands, and after each that was undone."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.project = Project.create(Path(self.folder.name) / "h.annot", FRAMED)
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

    def _settled(self, choice: int) -> str | None:
        """Return an annotation that is no open suggestion: such a one is linked by filling a slot."""
        annotation_id = self._standing(choice)
        if annotation_id is None:
            return None
        annotation = annotations.annotation(self.project, annotation_id)
        is_open = annotation.state is AnnotationState.SUGGESTED and annotation.origin == "rules"
        return None if is_open else annotation_id

    def _change(self, choice: int, name: str, write: object) -> None:
        annotation_id = self._standing(choice)
        if annotation_id:
            self.project.do(name, lambda deed: write(deed, annotation_id), annotator="Ada")  # type: ignore[operator]
            self._done()

    @rule(
        which=st.integers(0, 1),
        name=st.sampled_from(["per", "loc", "say"]),
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
        from_id, to_id = self._settled(one), self._settled(two)
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

    def _on_frame(self, choice: int, write: Callable[[Deed, str], object]) -> None:
        """Do something to a frame, or to anything where there is none; it may be refused."""
        rows = self.project.conn.execute("select id from annotation where label_id = 'say'")
        ids = sorted(id_ for (id_,) in rows)
        frame_id = ids[choice % len(ids)] if ids else self._standing(choice)
        if frame_id is None:
            return
        with contextlib.suppress(UserError):
            self.project.do("Frame", lambda deed: write(deed, frame_id), annotator="Ada")
        self._done()

    @rule(
        one=st.integers(0, 99),
        two=st.integers(0, 99),
        slot=st.sampled_from(SLOTS),
        adds=st.booleans(),
    )
    def fill(self, one: int, two: int, slot: Slot, adds: bool) -> None:
        filler_id = self._standing(two)

        def write(deed: Deed, frame_id: str) -> None:
            assert filler_id
            if self._article(frame_id) == self._article(filler_id):
                frames.fill(deed, frame_id, slot, filler_id, adds=adds)

        self._on_frame(one, write)

    @rule(choice=st.integers(0, 99), place=places, slot=st.sampled_from(SLOTS), adds=st.booleans())
    def fill_with_words(self, choice: int, place: tuple[int, int], slot: Slot, adds: bool) -> None:
        def write(deed: Deed, frame_id: str) -> None:
            article = articles.article(self.project, self._article(frame_id))
            ranges = [(place[0], min(place[1], len(article.text)))]
            per = FRAMED.label("per")
            frames.fill_with(deed, article, frame_id, slot, per, ranges, adds=adds)

        self._on_frame(choice, write)

    @rule(choice=st.integers(0, 99))
    def swap(self, choice: int) -> None:
        self._on_frame(choice, lambda deed, id_: frames.swap(deed, id_, "source", "cue"))

    @rule(choice=st.integers(0, 99))
    def empty(self, choice: int) -> None:
        def write(deed: Deed, frame_id: str) -> None:
            for link in annotations.links_at(self.project, [frame_id]):
                if link.from_id == frame_id:
                    frames.empty(deed, frame_id, link.type, link.to_id)

        self._on_frame(choice, write)

    @rule(choice=st.integers(0, 99), deed=st.sampled_from((frames.accept, frames.reject)))
    def settle(self, choice: int, deed: Callable[..., None]) -> None:
        self._on_frame(choice, lambda each, id_: deed(each, [id_]))

    @rule(choice=st.integers(0, 99))
    def remove_with_parts(self, choice: int) -> None:
        self._on_frame(choice, frames.remove)

    @rule(which=st.integers(0, 1), found=st.lists(places, max_size=3, unique=True))
    def suggest(self, which: int, found: list[tuple[int, int]]) -> None:
        """Suggest frames with a part each, beside the history: no undo, and no redo is lost."""
        article = self.articles[which]
        if not articles.exists(self.project, article.id):
            return
        made, links = [], []
        for start, end in found:
            stop = min(end, len(article.text))
            quote = suggestion(article, "say", (start, stop))
            part = suggestion(article, "per", (start, start + 1))
            made += [quote, part]
            links.append(Link(new_id(), "source", quote.id, part.id, "Ada"))
        suggestions.write(self.project, [Suggested(article.id, made, links)], ["rules"])

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

    @rule(words=st.sampled_from(["Roy", "Lyon"]), entity=st.booleans())
    def pin(self, words: str, entity: bool) -> None:
        """Decide about some words and whom they mean; decide anew, or take it back with its entity."""

        def write(deed: Deed) -> None:
            id_ = f"precedent of {words}"
            standing = [each.id for each in precedents.every(self.project)]
            if (
                entity
                and id_ in standing
                and words in [e.id for e in entities.register(self.project)]
            ):
                entities.remove(deed, words)
            elif entity and words not in [e.id for e in entities.register(self.project)]:
                entities.add(deed, Entity(words, words))
                precedents.pin(deed, Precedent(id_, words, "per", words, "so"))
            elif id_ in standing:
                precedents.unpin(deed, id_)
            else:
                precedents.pin(deed, Precedent(id_, words, "loc", reason="or so"))

        self.project.do("Pin", write, annotator="Zoë")
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
    """Return every row that a deed may touch; open suggestions of the rules are beside the history."""
    is_open = "select id from annotation where state = 'suggested' and origin = 'rules'"
    queries = (
        *(f"select * from {table}" for table in ("article", "label", "entity", "precedent")),
        f"select * from annotation where id not in ({is_open})",
        f"select * from fragment where annotation_id not in ({is_open})",
        f"select * from link where from_id not in ({is_open}) and to_id not in ({is_open})",
    )
    return [sorted(map(repr, project.conn.execute(query).fetchall())) for query in queries]


class TestHistory(History.TestCase):  # type: ignore[misc, name-defined]
    settings = settings(
        max_examples=40,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )

"""How many keys suggestions save: an annotator who is simulated labels the same articles with and without.

The real window is worked in, offscreen, by real keys and mouse events. The annotator knows what is right
and wastes nothing. A key with its modifiers counts one, and so does a gesture of the mouse: a click, or
a drag over several words. The same in both runs:

* A name that nobody suggests costs two: a click into its word, or a drag over its words, and the letter.
* Three and more of the same words in the article cost two more for all: Ctrl+L lists them with the label
  of the first, Enter labels them. Nobody labels in articles that are not read yet.
* Ctrl+Enter, one, says that the article is done and opens the next.

With suggestions, of these whichever costs least in the article:

* N goes to the first suggestion; then one key each: Enter accepts, X rejects, a letter accepts with
  another label. Each of them goes on to the next.
* What is wrong is settled first, by a click on it and X or a letter; Ctrl+Shift+Enter lists the rest, Enter
  accepts what the list shows, which is what is surest. Escape leaves the list if others are left, and those
  are walked through.

The model is trained when the window would by itself, after 20 done articles and then every ten or so; the
pauses for which the window waits are left out, because who is simulated reads in no time.
Suggestions are looked at once they stand; labels that teach names bring new ones, which count like others.
In the end no suggestion is open, and what is accepted is the gold to the code point, or the run fails.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.corpus import LabelledArticle
from annotator.core.model import Annotation, AnnotationState, Article, ArticleState
from annotator.core.occurrences import Finder, Likeness
from annotator.core.scheme import Label, Scheme
from annotator.gui.preferences import Preferences, default_path
from annotator.gui.proposing import SETTING
from annotator.gui.style import chosen_theme, dress
from annotator.gui.window import MainWindow
from annotator.store import annotations, articles, bulk
from annotator.store.project import Project
from tests.benchmarks import annotating_articles
from tests.benchmarks.annotating_articles import Gold, GoldArticle
from tests.benchmarks.figures import Figure
from tests.gui.office import Office

GOAL = 40
"""Keys with suggestions, in percent of those without."""

SCHEME = Scheme(
    "Entities",
    "",
    (
        Label("per", "PER", "p", "blue"),
        Label("org", "ORG", "o", "orange"),
        Label("loc", "LOC", "l", "green"),
        Label("date", "DATE", "d", "brown"),
    ),
)
_KEYS = {label.id: label.key for label in SCHEME.labels}

_PAYS = 3
"""The same words in an article from which on Ctrl+L costs less than labelling each."""

Key, Mod = Qt.Key, Qt.KeyboardModifier
_BOTH = Mod.ControlModifier | Mod.ShiftModifier


@dataclass(slots=True)
class Spent:
    """What a run took: keys and gestures, by what they were for, and what became of suggestions.

    `settled` counts by origin, and accepted, relabelled or rejected.
    """

    costs: Counter[str] = field(default_factory=Counter)
    settled: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def keys(self) -> int:
        """Keys and gestures in all."""
        return self.costs.total()


def figures(folder: Path) -> Iterator[Figure]:
    """Annotate a hundred articles twice, and tell what was spent on what."""
    sample = annotating_articles.articles()
    app = QApplication.instance() or QApplication([])
    preferences = Preferences(default_path())
    dress(app, chosen_theme("light", app))
    window = MainWindow(preferences)
    window.resize(1280, 800)
    window.show()
    QTest.qWaitForWindowExposed(window)
    bare = run(window, folder / "bare.annot", sample, suggested=False)
    helped = run(window, folder / "helped.annot", sample, suggested=True)
    window.close()
    entities = sum(len(article.gold) for article in sample)
    what = f"{helped.keys:,} keys for {entities:,} entities, for {bare.keys:,} without"
    yield Figure(what, 100 * helped.keys / bare.keys, "%", GOAL)
    show(bare, helped)


def show(bare: Spent, helped: Spent) -> None:
    """Print what the keys were for, and what the suggesters were worth."""
    for name, spent in (("without suggestions", bare), ("with suggestions", helped)):
        told = ", ".join(f"{what} {count:,}" for what, count in spent.costs.most_common())
        print(f"  {name}: {told}")
    for origin in sorted({origin for origin, _fate in helped.settled}):
        fates = ("accepted", "relabelled", "rejected")
        counts = ", ".join(f"{helped.settled[origin, fate]:,} {fate}" for fate in fates)
        print(f"  {origin}: {counts}")


def run(window: MainWindow, path: Path, sample: Sequence[GoldArticle], *, suggested: bool) -> Spent:
    """Annotate the articles in a new project. Raises AssertionError where it does not end as the gold."""
    make(path, sample, suggested=suggested)
    window.open_project(path)
    hand = Hand(window)
    for article in sample:
        hand.annotate(article)
    check(hand, sample)
    return hand.spent


def make(path: Path, sample: Sequence[GoldArticle], *, suggested: bool) -> None:
    """Write a project of the articles, nothing labelled."""
    rows = [
        LabelledArticle(Article(each.id, each.text, title=each.id, language="fr"), [], [])
        for each in sample
    ]
    path.unlink(missing_ok=True)
    with Project.create(path, SCHEME) as project:
        project.do(
            "Import", lambda deed: bulk.add_articles(deed, rows, {}, bulk.Added()), annotator="Ada"
        )
        project.set_setting(SETTING, "on" if suggested else "off")


def check(hand: "Hand", sample: Sequence[GoldArticle]) -> None:
    """See that the project is the gold, and count what became of suggestions."""
    project = hand.session.project
    for article in sample:
        every = annotations.of_article(project, article.id, [*AnnotationState])
        accepted = sorted(shape(each) for each in every if each.state == AnnotationState.ACCEPTED)
        assert accepted == sorted(article.gold), (article.id, accepted, article.gold)
        assert not any(each.state == AnnotationState.SUGGESTED for each in every), article.id
        assert articles.article(project, article.id).state is ArticleState.DONE
        for each in every:
            if each.origin != "hand":
                fate = {"unchanged": "accepted", "changed": "relabelled"}.get(each.settled)
                hand.spent.settled[each.origin, fate or "rejected"] += 1


def shape(annotation: Annotation) -> Gold:
    """Return an annotation as the gold says it."""
    return Gold(annotation.start, annotation.end, annotation.label)


class Hand(Office):
    """The annotator's hand in the window: whatever it does is counted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        assert window.workspace and window.proposer and window.training
        self.spent = Spent()
        self._panels = window.workspace
        self._proposer = window.proposer
        self._training = window.training
        self._is_helped = self._proposer.is_automatic
        # Who is simulated needs no pause: suggestions wait for one after each label.
        self._proposer._teach_later.setInterval(1)
        self._proposer._later.setInterval(1)

    def annotate(self, article: GoldArticle) -> None:
        """Label the open article as the gold has it, and go on to the next."""
        assert self.article == article.id, f"{self.article} is open, not {article.id}"
        while True:
            self._wait()
            if waiting := self._waiting():
                self._settle(article, waiting)
            elif missing := self._missing(article):
                self._label(article, missing)
            else:
                break
        self._key("done", Key.Key_Return, Mod.ControlModifier)
        if self._is_helped and self._training.is_due:
            self._training._begin(is_asked=False)

    def _label(self, article: GoldArticle, missing: Sequence[Gold]) -> None:
        """Label the first that is missing, and the same words elsewhere in the article if it pays."""
        first = missing[0]
        words = article.text[first.start : first.end]
        if any(char.isspace() for char in words) or "-" in words or "’" in words:
            self._drag(first.start, first.end)
        else:
            self._click("label", first.start + len(words) // 2)
        self._key("label", _KEYS[first.label])
        places = [Gold(*place, first.label) for place in finder(words).ranges(article.text)]
        if len(places) >= _PAYS and all(each in missing for each in places):
            self._key("label all", Key.Key_L, Mod.ControlModifier)
            self._key("label all", Key.Key_Return, at=self._panels.occurrences.list)

    def _settle(self, article: GoldArticle, waiting: Sequence[Annotation]) -> None:
        """Settle what is suggested, in whichever way takes fewer keys."""
        panel = self._panels.settling
        sure = [each for each in waiting if round((each.score or 0) * 100) >= _SURE] or waiting
        wrong = [each for each in sure if shape(each) not in article.gold]
        rest = len(waiting) - len(sure)
        if 2 * len(wrong) + 2 + (rest and 2 + rest) >= 1 + len(waiting) or len(wrong) == len(sure):
            self._walk(article, len(waiting))
            return
        for each in wrong:
            self._click("settle", (each.start + each.end) // 2)
            assert self.session.selected == each.id, "a click did not select the suggestion"
            self._judge(article, each)
        self._key("settle many", Key.Key_Return, _BOTH)
        assert len(panel.model.ticked()) == len(sure) - len(wrong), "the list shows something else"
        self._key("settle many", Key.Key_Return, at=panel.list)
        if rest:
            self._key("settle many", Key.Key_Escape, at=panel.list)

    def _walk(self, article: GoldArticle, count: int) -> None:
        self._key("settle", "n")
        for _turn in range(count):
            selected = self.session.annotation(self.session.selected)
            assert selected and selected.state is AnnotationState.SUGGESTED, "the walk stopped"
            self._judge(article, selected)

    def _judge(self, article: GoldArticle, suggestion: Annotation) -> None:
        """Accept the suggestion that is selected, reject it or give it the right label."""
        start, end, label = shape(suggestion)
        right = {each.label for each in article.gold if (each.start, each.end) == (start, end)}
        others = {shape(each) for each in self.annotations if each.id != suggestion.id}
        if not right or Gold(start, end, min(right)) in others:
            self._key("settle", "x")
        elif label in right:
            self._key("settle", Key.Key_Return)
        else:
            self._key("settle", _KEYS[min(right)])

    def _waiting(self) -> list[Annotation]:
        suggested = [AnnotationState.SUGGESTED]
        return annotations.of_article(self.session.project, self.article, suggested)

    def _missing(self, article: GoldArticle) -> list[Gold]:
        found = {shape(each) for each in self.annotations}
        return [each for each in article.gold if each not in found]

    def _key(
        self,
        what: str,
        key: Qt.Key | str,
        modifiers: Qt.KeyboardModifier = Mod.NoModifier,
        *,
        at: object = None,
    ) -> None:
        QTest.keyClick(at or self.view, key, modifiers)  # type: ignore[call-overload]
        QApplication.processEvents()
        self.spent.costs[what] += 1

    def _click(self, what: str, offset: int) -> None:
        where = self._point(offset)
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, where)
        self.spent.costs[what] += 1

    def _drag(self, start: int, end: int) -> None:
        self.drag(self._point(start), self._point(end - 1))
        self.spent.costs["label"] += 1

    def _point(self, offset: int) -> QPoint:
        """Return a point within the character at an offset, which is brought into view."""
        self.view.reveal(offset)
        return self.view.rectangle(offset).center().toPoint() + QPoint(2, 0)

    def _wait(self) -> None:
        """Wait until nobody looks for suggestions any more."""
        proposer, background = self._proposer, self.window.background
        while True:
            QApplication.processEvents()
            timers = proposer._later, proposer._teach_later
            if not background._tasks and not any(timer.isActive() for timer in timers):
                return
            QTest.qWait(1)


_SURE = 80
"""The score from which the list of suggestions shows them when it opens, in percent."""


def finder(words: str) -> Finder:
    """Return what finds the words as the list of occurrences does when it opens."""
    return Finder([words], Likeness())

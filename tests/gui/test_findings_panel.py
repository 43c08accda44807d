"""Seeing what is wrong with annotations, going there, and repairing it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.corpus import LabelledArticle
from annotator.core.findings import Finding, Kind
from annotator.core.model import Article
from annotator.core.scheme import read_scheme
from annotator.gui.article.view import ArticleView
from annotator.gui.background import Background
from annotator.gui.findings_model import PLACE
from annotator.gui.findings_panel import FindingsPanel
from annotator.gui.session import Session
from annotator.gui.theme import load_theme
from annotator.resources import resource
from annotator.store import annotations, bulk, frames
from annotator.store.deed import Deed
from annotator.store.project import Project

NEWS = read_scheme(resource("schemes", "news.toml"))
SLOTS = {slot.name: slot for slot in NEWS.label("quote").slots}
CANAL = Article(
    "canal",
    "« Les familles en parlent, assure Mme Thérèse Lauzière. C’est terminé. »\n\n"
    "Étienne Brossoit, de Lyon, se tait à Sorel .",
    title="Le canal",
)
QUIET = Article("quiet", "Rien à Lyon, Lyon et Lyon.", title="Rien")
VOTE = Article("vote", "Lyon vote, dit la Ville .", title="Vote")
QUOTE = "« Les familles en parlent, assure Mme Thérèse Lauzière. C’est terminé. »"


def place(article: Article, words: str, after: int = 0) -> tuple[int, int]:
    start = article.text.index(words, after)
    return start, start + len(words)


def annotate(deed: Deed) -> None:
    """Leave an incise inside, two loose edges, a part of nothing and a string labelled otherwise."""
    quote = annotations.add(
        deed, CANAL, "quote", [place(CANAL, QUOTE)], attributes={"type": "direct"}
    )
    for slot, label, words in (
        ("cue", "cue", "assure"),
        ("source", "per", "Mme Thérèse Lauzière"),
    ):
        frames.fill_with(deed, CANAL, quote, SLOTS[slot], NEWS.label(label), [place(CANAL, words)])
    annotations.add(deed, CANAL, "per", [place(CANAL, "Étienne Brossoit,")])
    annotations.add(deed, CANAL, "org", [place(CANAL, "Lyon")])
    annotations.add(deed, CANAL, "loc", [place(CANAL, "Sorel ")])
    for after in (0, 10, 18):
        annotations.add(deed, QUIET, "loc", [place(QUIET, "Lyon", after)])
    annotations.add(deed, VOTE, "cue", [place(VOTE, "dit")])
    annotations.add(deed, VOTE, "org", [place(VOTE, "Ville ")])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "faulty.annot"
    pages = [LabelledArticle(each, [], []) for each in (CANAL, QUIET, VOTE)]
    with Project.create(made, NEWS) as project:
        project.do(
            "Import",
            lambda deed: bulk.add_articles(deed, pages, {}, bulk.Added()),
            annotator="claire",
        )
        project.do("Annotate", annotate, annotator="claire")
    return made


@pytest.fixture
def session(app: QApplication, path: Path) -> Iterator[Session]:
    found = Session(Project.open(path), "claire")
    yield found
    found.close()


@pytest.fixture
def hidden(session: Session, background: Background, qtbot: QtBot) -> FindingsPanel:
    """The panel behind another tab, while the first article is open."""
    session.open_article("canal")
    found = FindingsPanel(session, load_theme("light"), background)
    qtbot.addWidget(found)
    return found


@pytest.fixture
def panel(hidden: FindingsPanel, qtbot: QtBot) -> FindingsPanel:
    """The panel in its usual place, low and wide, once it has checked the first article."""
    hidden.resize(900, 260)
    hidden.show()
    qtbot.waitExposed(hidden)
    hidden.activateWindow()
    qtbot.waitUntil(hidden.isActiveWindow)
    qtbot.waitUntil(lambda: Kind.INCISE in kinds(hidden))
    return hidden


@pytest.fixture
def compared(panel: FindingsPanel, qtbot: QtBot) -> FindingsPanel:
    """The panel once it has compared the strings of the article with those of the others, too."""
    qtbot.waitUntil(lambda: Kind.LABELS in kinds(panel))
    return panel


def kinds(panel: FindingsPanel) -> list[Kind]:
    return [finding.kind for finding in panel.model.findings]


def choose(panel: FindingsPanel, kind: Kind) -> Finding:
    """Put the list's cursor on the first finding of a kind."""
    row = kinds(panel).index(kind)
    panel.view.setCurrentIndex(panel.model.index(row))
    panel.view.setFocus()
    return panel.model.findings[row]


def current(panel: FindingsPanel) -> Finding | None:
    return panel.model.finding(panel.view.currentIndex())


def texts(session: Session, article_id: str) -> list[str]:
    return [each.text for each in annotations.of_article(session.project, article_id)]


def show_project(panel: FindingsPanel, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.controls.project, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "vote" in {each.article_id for each in panel.model.findings})


def test_what_is_wrong_stands_in_text_order(compared: FindingsPanel) -> None:
    assert kinds(compared) == [Kind.INCISE, Kind.EDGE, Kind.LABELS, Kind.EDGE]
    index = compared.model.index(0)
    assert index.data(PLACE) == "¶ 1"
    aloud = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert aloud.startswith("fault: « Les familles")
    assert "assure Mme Thérèse Lauzière" in aloud
    assert "R repairs it." in aloud


def test_enter_goes_to_the_place(panel: FindingsPanel, session: Session, qtbot: QtBot) -> None:
    finding = choose(panel, Kind.INCISE)
    with qtbot.waitSignal(session.told) as told, qtbot.waitSignal(panel.place_chosen) as chosen:
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert chosen.args == [finding.start, finding.end]
    assert finding.remedy in told.args[0]
    assert session.selected == finding.annotation_id


def test_a_click_on_what_is_wrong_as_a_whole_selects_no_words(
    compared: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    finding = choose(compared, Kind.LABELS)
    point = compared.view.visualRect(compared.view.currentIndex()).center()
    with qtbot.waitSignal(compared.place_chosen) as chosen:
        qtbot.mouseClick(compared.view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert chosen.args == [finding.start, finding.start]
    assert session.selected == finding.annotation_id


def test_r_repairs_and_one_undo_takes_it_back(
    panel: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    choose(panel, Kind.INCISE)
    qtbot.keyClick(panel.view, Qt.Key.Key_R)
    assert "« Les familles en parlent … C’est terminé. »" in texts(session, "canal")
    assert Kind.INCISE not in kinds(panel)
    assert session.project.undo_name() == "Repair: Incise inside"
    session.undo()
    assert QUOTE in texts(session, "canal")
    qtbot.waitUntil(lambda: Kind.INCISE in kinds(panel))


def test_the_cursor_moves_on_to_what_follows_a_repair(
    compared: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    choose(compared, Kind.INCISE)
    for _turn in range(4):
        qtbot.keyClick(compared.view, Qt.Key.Key_R)
    assert kinds(compared) == []
    assert compared.empty.isVisible()
    assert compared.empty.text() == "Nothing to find fault with here."


def test_all_of_a_kind_are_repaired_in_one_step(
    panel: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    choose(panel, Kind.EDGE)
    assert panel.controls.repair_all.text() == "Repair all of this kind (2)"
    with qtbot.waitSignal(session.told) as told:
        qtbot.keyClick(panel.view, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert told.args == ["2 findings repaired."]
    assert {"Étienne Brossoit", "Sorel"} <= set(texts(session, "canal"))
    assert Kind.EDGE not in kinds(panel)
    session.undo()
    assert {"Étienne Brossoit,", "Sorel "} <= set(texts(session, "canal"))


def test_the_buttons_do_the_same(compared: FindingsPanel, session: Session, qtbot: QtBot) -> None:
    choose(compared, Kind.LABELS)
    assert not compared.controls.repair_all.isEnabled()
    qtbot.mouseClick(compared.controls.repair, Qt.MouseButton.LeftButton)
    labels = [each.label for each in annotations.of_article(session.project, "canal")]
    assert "org" not in labels
    choose(compared, Kind.EDGE)
    qtbot.mouseClick(compared.controls.repair_all, Qt.MouseButton.LeftButton)
    assert Kind.EDGE not in kinds(compared)


def test_what_has_no_repair_says_what_to_do(
    panel: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    article = session.article
    assert article is not None
    session.do("Quote", lambda deed: annotations.add(deed, article, "quote", [(2, 5)]))
    qtbot.waitUntil(lambda: Kind.SOURCE in kinds(panel))
    choose(panel, Kind.SOURCE)
    assert not panel.controls.repair.isEnabled()
    with qtbot.waitSignal(session.told) as told:
        panel.repair_current()
    assert "Press S" in told.args[0]


def test_nothing_chosen_is_nothing_repaired(panel: FindingsPanel, session: Session) -> None:
    with_told: list[str] = []
    session.told.connect(with_told.append)
    panel.repair_current()
    panel.repair_all()
    assert with_told == ["Choose a finding first."]


def test_a_kind_shows_its_findings_alone(compared: FindingsPanel, qtbot: QtBot) -> None:
    edges = compared.controls.kinds[Kind.EDGE]
    assert edges.text() == "Loose edge 2"
    assert compared.controls.kinds[Kind.CUE].isHidden()
    qtbot.mouseClick(edges, Qt.MouseButton.LeftButton)
    assert kinds(compared) == [Kind.EDGE, Kind.EDGE]
    incise = compared.controls.kinds[Kind.INCISE]
    qtbot.keyClick(incise, Qt.Key.Key_Return)
    assert kinds(compared) == [Kind.INCISE]
    assert not edges.isChecked()
    qtbot.mouseClick(incise, Qt.MouseButton.LeftButton)
    assert len(kinds(compared)) == 4


def test_a_kind_of_which_none_is_left_lets_all_others_pass(
    compared: FindingsPanel, qtbot: QtBot
) -> None:
    qtbot.mouseClick(compared.controls.kinds[Kind.EDGE], Qt.MouseButton.LeftButton)
    choose(compared, Kind.EDGE)
    compared.repair_all()
    assert kinds(compared) == [Kind.INCISE, Kind.LABELS]


def test_the_project_is_checked_beside_the_window(
    panel: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    show_project(panel, qtbot)
    assert [each.article_id for each in panel.model.findings] == ["canal"] * 4 + ["vote"] * 2
    assert panel.model.index(5).data(PLACE) == "Vote"
    choose(panel, Kind.UNUSED)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert session.article is not None
    assert session.article.id == "vote"
    assert len(panel.model.findings) == 6


def test_a_kind_is_repaired_in_all_articles_in_one_step(
    panel: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    show_project(panel, qtbot)
    choose(panel, Kind.EDGE)
    panel.repair_all()
    assert "Ville" in texts(session, "vote")
    assert "Étienne Brossoit" in texts(session, "canal")
    assert Kind.EDGE not in kinds(panel)
    session.undo()
    qtbot.waitUntil(lambda: kinds(panel).count(Kind.EDGE) == 3)


def test_only_what_changed_in_the_project_is_checked_again(
    panel: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    show_project(panel, qtbot)
    before = panel.model.findings[0]
    article = session.article
    assert article is not None
    session.do("Label", lambda deed: annotations.add(deed, VOTE, "loc", [(0, 5)]))
    assert not panel.project.is_fresh
    qtbot.waitUntil(lambda: kinds(panel).count(Kind.EDGE) == 4, timeout=8_000)
    assert panel.model.findings[0] is before


def test_the_next_finding_is_on_this_article_then_on_the_next(
    hidden: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    seen = []
    for _turn in range(3):
        hidden.next_finding()
        finding = current(hidden)
        assert finding is not None
        seen.append(finding.kind)
    assert seen == [Kind.INCISE, Kind.EDGE, Kind.EDGE]
    with qtbot.waitSignal(session.article_opened):
        hidden.next_finding()
    assert session.article is not None
    assert session.article.id == "vote"
    qtbot.waitUntil(lambda: current(hidden) is not None)
    found = current(hidden)
    assert found is not None
    assert (found.kind, session.selected) == (Kind.UNUSED, found.annotation_id)
    hidden.next_finding()
    assert session.annotation(session.selected).text == "Ville "  # type: ignore[union-attr]
    with qtbot.waitSignal(session.told) as told:
        hidden.next_finding()
    assert told.args == ["There is no further finding."]


def test_no_end_is_told_before_the_strings_of_the_article_were_compared(
    panel: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    def leave_a_string(deed: Deed) -> None:
        for each in annotations.of_article(session.project, "vote"):
            annotations.remove(deed, each.id)
        annotations.add(deed, VOTE, "org", [place(VOTE, "Lyon")])

    told: list[str] = []
    session.told.connect(told.append)
    session.do("Relabel", leave_a_string)
    session.open_article("vote")
    panel.next_finding()
    qtbot.waitUntil(lambda: bool(session.selected), timeout=8_000)
    found = current(panel)
    assert found is not None
    assert (found.kind, found.words) == (Kind.LABELS, "Lyon")
    assert "There is no further finding." not in told
    panel.next_finding()
    qtbot.waitUntil(lambda: told[-1] == "There is no further finding.")


def test_the_finding_before_may_be_on_an_earlier_article(
    hidden: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    session.open_article("vote")
    with qtbot.waitSignal(session.article_opened):
        hidden.next_finding(backwards=True)
    assert session.article is not None
    assert session.article.id == "canal"
    for kind in (Kind.EDGE, Kind.INCISE):
        hidden.next_finding(backwards=True)
        finding = current(hidden)
        assert finding is not None
        assert finding.kind is kind
    with qtbot.waitSignal(session.told) as told:
        hidden.next_finding(backwards=True)
    assert told.args == ["There is no finding before this one."]


def test_the_next_finding_is_looked_for_from_the_caret(
    hidden: FindingsPanel, session: Session
) -> None:
    caret = len(QUOTE)
    hidden.caret = lambda: caret
    hidden.next_finding()
    finding = current(hidden)
    assert finding is not None
    assert finding.words == "Étienne Brossoit,"
    caret = 0
    hidden.next_finding()
    finding = current(hidden)
    assert finding is not None
    assert finding.kind is Kind.INCISE


def test_the_next_finding_of_the_project_follows_the_list(
    panel: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    show_project(panel, qtbot)
    session.open_article("quiet")
    panel.next_finding()
    finding = current(panel)
    assert finding is not None
    assert finding.article_id == "vote"
    panel.next_finding(backwards=True)
    assert session.article is not None
    assert session.article.id == "canal"
    panel.next_finding()
    panel.next_finding()
    with qtbot.waitSignal(session.told) as told:
        panel.next_finding()
    assert told.args == ["There is no further finding."]


def test_a_repair_is_possible_while_the_panel_is_hidden(
    hidden: FindingsPanel, session: Session
) -> None:
    hidden.next_finding()
    hidden.repair_current()
    hidden.repair_current()
    assert "« Les familles en parlent … C’est terminé. »" in texts(session, "canal")
    assert "Étienne Brossoit" in texts(session, "canal")


def test_the_caret_goes_along(
    hidden: FindingsPanel, session: Session, app: QApplication, qtbot: QtBot
) -> None:
    view = ArticleView(session, load_theme("light"))
    qtbot.addWidget(view)
    hidden.caret = lambda: view.caret
    hidden.place_chosen.connect(view.place)
    hidden.next_finding()
    start, end = view.selection
    assert view.text[start:end].strip(" ,.") == "assure Mme Thérèse Lauzière"
    hidden.next_finding()
    assert view.text[slice(*view.selection)] == ","
    view.place(0, 0)
    hidden.next_finding()
    assert view.selection == (start, end)


def test_walking_and_repairing_passes_nothing_over(
    hidden: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    """Two findings begin at one place: a mark without its partner, and a quote without a source."""
    said = Article("said", "« Oui », dit-on. Lyon, ici.", title="Said")

    def write(deed: Deed) -> None:
        bulk.add_articles(deed, [LabelledArticle(said, [], [])], {}, bulk.Added())
        quote = annotations.add(deed, said, "quote", [(0, 5)], attributes={"type": "direct"})
        cue = place(said, "dit")
        frames.fill_with(deed, said, quote, SLOTS["cue"], NEWS.label("cue"), [cue])
        annotations.add(deed, said, "loc", [place(said, "Lyon,")])

    session.do("Said", write)
    session.open_article("said")
    view = ArticleView(session, load_theme("light"))
    qtbot.addWidget(view)
    hidden.caret = lambda: view.caret
    hidden.place_chosen.connect(view.place)
    seen = []
    for _turn in range(3):
        hidden.next_finding()
        finding = current(hidden)
        assert finding is not None
        seen.append(finding.kind)
        hidden.repair_current()
    assert seen == [Kind.MARKS, Kind.SOURCE, Kind.EDGE]
    assert "« Oui »" in texts(session, "said")
    with qtbot.waitSignal(session.told) as told:
        hidden.next_finding()
    assert told.args == ["There is no further finding."]


def test_the_list_follows_the_work(panel: FindingsPanel, session: Session, qtbot: QtBot) -> None:
    edge = choose(panel, Kind.EDGE)
    session.do("Remove", lambda deed: annotations.remove(deed, edge.annotation_id))
    qtbot.waitUntil(lambda: kinds(panel).count(Kind.EDGE) == 1)
    session.open_article("vote")
    qtbot.waitUntil(lambda: kinds(panel) == [Kind.UNUSED, Kind.EDGE])
    session.open_article("quiet")
    qtbot.waitUntil(panel.empty.isVisible)
    session.open_article("")
    qtbot.waitUntil(lambda: "Open an article" in panel.empty.text())


def test_a_hidden_panel_checks_nothing(
    hidden: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    hidden.reload()
    session.do("Label", lambda deed: annotations.add(deed, CANAL, "loc", [(0, 2)]))
    assert kinds(hidden) == []
    hidden.show()
    qtbot.waitUntil(lambda: kinds(hidden).count(Kind.EDGE) == 3)


def test_a_label_settled_by_hand_is_no_finding_any_more(
    compared: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    finding = choose(compared, Kind.LABELS)
    session.do("Relabel", lambda deed: annotations.relabel(deed, finding.annotation_id, "loc"))
    qtbot.waitUntil(lambda: Kind.LABELS not in kinds(compared), timeout=1_000)


def test_what_was_put_right_elsewhere_is_told_of(
    panel: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    edge = choose(panel, Kind.EDGE)
    session.do("Remove", lambda deed: annotations.remove(deed, edge.annotation_id))
    with qtbot.waitSignal(session.told) as told:
        panel.repair_current()
    assert "changed meanwhile" in told.args[0]


def test_many_repairs_are_done_beside_the_window(
    panel: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    long = Article("long", "Lyon, " * 250, title="Long")

    def write(deed: Deed) -> None:
        bulk.add_articles(deed, [LabelledArticle(long, [], [])], {}, bulk.Added())
        for start in range(0, len(long.text), 6):
            annotations.add(deed, long, "loc", [(start, start + 5)])

    session.do("Long", write)
    session.open_article("long")
    qtbot.waitUntil(lambda: len(panel.model.findings) == 250)
    choose(panel, Kind.EDGE)
    with qtbot.waitSignal(session.told, timeout=20_000) as told:
        panel.repair_all()
    assert told.args == ["250 findings repaired."]
    assert set(texts(session, "long")) == {"Lyon"}
    session.undo()
    assert set(texts(session, "long")) == {"Lyon,"}


def test_a_very_long_article_is_checked_beside_the_window(
    panel: FindingsPanel, session: Session, qtbot: QtBot
) -> None:
    long = Article("long", "Lyon " * 2_001, title="Long")

    def write(deed: Deed) -> None:
        bulk.add_articles(deed, [LabelledArticle(long, [], [])], {}, bulk.Added())
        for start in range(0, len(long.text), 5):
            annotations.add(deed, long, "loc", [(start, start + 4 + (start == 0))])

    session.do("Long", write)
    session.open_article("long")
    qtbot.waitUntil(lambda: panel.empty.text() == "Checking…")
    qtbot.waitUntil(lambda: kinds(panel) == [Kind.EDGE], timeout=20_000)
    first = panel.model.findings[0]
    panel.view.setCurrentIndex(panel.model.index(0))
    panel.repair_current()
    assert kinds(panel) == []
    assert session.annotation(first.annotation_id).text == "Lyon"  # type: ignore[union-attr]


def test_a_project_open_for_reading_only_is_not_repaired(
    panel: FindingsPanel, path: Path, background: Background, qtbot: QtBot
) -> None:
    reading = Session(Project.open(path, read_only=True), "claire")
    reading.open_article("canal")
    found = FindingsPanel(reading, load_theme("dark"), background)
    qtbot.addWidget(found)
    found.show()
    qtbot.waitUntil(lambda: Kind.INCISE in kinds(found))
    choose(found, Kind.INCISE)
    assert not found.controls.repair.isEnabled()
    with qtbot.waitSignal(reading.failed):
        found.repair_current()
    background.stop()
    reading.close()


def test_a_check_that_was_stopped_can_be_begun_again(panel: FindingsPanel, qtbot: QtBot) -> None:
    panel.controls.project.click()
    panel.project.stop()
    qtbot.waitUntil(lambda: "was stopped" in panel.empty.text())
    show_project(panel, qtbot)


def test_a_project_may_close_while_it_is_checked(
    panel: FindingsPanel, session: Session, background: Background
) -> None:
    panel.controls.project.click()
    panel.next_finding()
    background.stop()
    session.close()
    QApplication.processEvents()
    panel.reload()
    panel.next_finding()


def test_escape_gives_the_keyboard_back(panel: FindingsPanel, qtbot: QtBot) -> None:
    choose(panel, Kind.EDGE)
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel.view, Qt.Key.Key_Escape)


def test_tab_reaches_every_part(panel: FindingsPanel, qtbot: QtBot) -> None:
    choose(panel, Kind.EDGE)
    seen: set[QWidget] = set()
    for _turn in range(16):
        qtbot.keyClick(panel.focusWidget() or panel, Qt.Key.Key_Tab)
        focus = panel.focusWidget()
        if focus is not None:
            seen.add(focus)
    controls = panel.controls
    assert {controls.repair, controls.repair_all, panel.view, controls.kinds[Kind.EDGE]} <= seen


@pytest.mark.parametrize("width", [300, 900])
def test_it_is_drawn_by_day_and_by_night(panel: FindingsPanel, width: int, qtbot: QtBot) -> None:
    panel.resize(width, 300)
    choose(panel, Kind.INCISE)
    pictures = []
    for name in ("light", "dark"):
        panel.set_theme(load_theme(name))
        pictures.append(panel.view.grab().toImage())
    assert pictures[0] != pictures[1]
    narrow = panel.view.sizeHintForRow(0)
    panel.resize(1_200 - width, 300)
    qtbot.waitUntil(lambda: panel.view.sizeHintForRow(0) != narrow)

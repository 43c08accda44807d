"""Seeing who speaks, narrowing it down, and going to what was said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.ledger import NOBODY, QuoteRow, SpeakerLine, Voice
from annotator.core.model import AnnotationState
from annotator.gui.background import Background
from annotator.gui.ledger_panel import LedgerPanel
from annotator.gui.ledger_quotes import BENEATH
from annotator.gui.ledger_reading import CorpusReader
from annotator.gui.ledger_table import LAST, QUOTES, SHARE, SPEAKER, SpeakerModel, SpeakerTable
from annotator.gui.session import Session
from annotator.gui.theme import load_theme
from annotator.store import annotations, articles
from annotator.store.project import Project
from tests import ledgers
from tests.ledgers import VOTE


@pytest.fixture
def session(app: QApplication, tmp_path: Path) -> Iterator[Session]:
    found = Session(Project.open(ledgers.make(tmp_path / "spoken.annot")), "claire")
    yield found
    found.close()


@pytest.fixture
def panel(session: Session, background: Background, qtbot: QtBot) -> LedgerPanel:
    """The panel in its usual place, low and wide, on the first article."""
    session.open_article("vote")
    found = LedgerPanel(session, load_theme("light"), background)
    qtbot.addWidget(found)
    found.resize(900, 260)
    found.show()
    qtbot.waitExposed(found)
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow)
    qtbot.waitUntil(lambda: len(names(found)) == 4)
    return found


def names(panel: LedgerPanel) -> list[str]:
    """Return the speakers in the table, from the top."""
    model = panel.view.speakers
    return [model.index(row, SPEAKER).data() for row in range(model.rowCount())]


def said(panel: LedgerPanel) -> list[str]:
    """Return what stands in the list of quotes."""
    model = panel.view.quotes
    return [model.index(row).data() for row in range(model.rowCount())]


def cell(panel: LedgerPanel, row: int, column: int) -> str:
    text: str = panel.view.speakers.index(row, column).data()
    return text


def show_corpus(panel: LedgerPanel, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.controls.corpus, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.controls.is_corpus and "Ville de Lyon" in names(panel))


def press(qtbot: QtBot, widget: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(widget, key)


def test_who_says_most_stands_at_the_top(panel: LedgerPanel) -> None:
    assert names(panel) == ["Geneviève Bruneau", "M. Roy", "anonymous", "Le maire"]
    assert [cell(panel, 0, column) for column in range(6)] == [
        "Geneviève Bruneau",
        "33%",
        "2",
        "6",
        "¶ 1",
        "¶ 1",
    ]
    assert cell(panel, 3, 4) == "¶ 2"
    assert panel.view.heading.text == "6 quotes · 18 words · 4 speakers"
    assert said(panel)[0] == "Nous gagnerons … et sans peine"


def test_the_corpus_is_counted_beside_the_window(panel: LedgerPanel, qtbot: QtBot) -> None:
    show_corpus(panel, qtbot)
    assert names(panel)[0] == "Geneviève Bruneau"
    assert cell(panel, 0, QUOTES) == "3"
    assert [cell(panel, 0, column) for column in (4, 5)] == ["2019-01-04", "2019-02-11"]
    assert "Marche" in panel.view.quotes.index(7).data(BENEATH)
    qtbot.mouseClick(panel.controls.article, Qt.MouseButton.LeftButton)
    assert len(names(panel)) == 4


def test_dates_give_way_to_names_where_there_is_little_room(
    panel: LedgerPanel, qtbot: QtBot
) -> None:
    show_corpus(panel, qtbot)
    table = panel.view.table
    name = 20 * table.fontMetrics().averageCharWidth()
    for width, has_dates in ((1_500, True), (800, False)):
        panel.resize(width, 260)
        qtbot.waitUntil(lambda has=has_dates: table.isColumnHidden(LAST) is not has)
        assert table.columnWidth(SPEAKER) >= name


def test_a_speaker_shows_their_quotes_and_enter_goes_there(
    panel: LedgerPanel, session: Session, qtbot: QtBot
) -> None:
    panel.setFocus()
    press(qtbot, panel.view.table, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert said(panel) == ["Nous gagnerons … et sans peine", "Enfin !"]
    assert panel.view.heading.text == "Geneviève Bruneau · 2 quotes · assure (1), ajoute (1)"
    press(qtbot, panel.view.table, Qt.Key.Key_Return)
    assert panel.view.list.hasFocus()
    press(qtbot, panel.view.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.left):
        press(qtbot, panel.view.list, Qt.Key.Key_Return)
    chosen = session.annotation(session.selected)
    assert chosen is not None
    assert chosen.text == "« Enfin ! »"


def test_a_click_on_a_quote_opens_its_article(
    panel: LedgerPanel, session: Session, qtbot: QtBot
) -> None:
    show_corpus(panel, qtbot)
    index = panel.view.quotes.index(7)
    panel.view.list.scrollTo(index)
    place = panel.view.list.visualRect(index).center()
    qtbot.mouseClick(panel.view.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.article is not None
    assert session.article.id == "walk"
    chosen = session.annotation(session.selected)
    assert chosen is not None
    assert chosen.text == "« Au pas »"


def test_a_quote_that_is_gone_is_not_selected(
    panel: LedgerPanel, session: Session, qtbot: QtBot
) -> None:
    row = panel.view.ledger.rows[-1]
    session.do("Remove", lambda deed: annotations.remove(deed, row.id))
    panel.go_to(row)
    assert session.selected == ""
    qtbot.waitUntil(lambda: len(said(panel)) == 5)


def test_a_piece_of_a_bar_filters_and_lets_go(panel: LedgerPanel, qtbot: QtBot) -> None:
    female = panel.view.genders.pieces["female"]
    press(qtbot, female, Qt.Key.Key_Return)
    assert names(panel) == ["Geneviève Bruneau"]
    assert len(said(panel)) == 2
    qtbot.mouseClick(panel.view.kinds.pieces["anonymous"], Qt.MouseButton.LeftButton)
    assert (names(panel), said(panel)) == ([], [])
    press(qtbot, female, Qt.Key.Key_Space)
    assert (names(panel), said(panel)) == (["anonymous"], ["On verra bien"])
    qtbot.mouseClick(panel.view.kinds.pieces["anonymous"], Qt.MouseButton.LeftButton)
    assert len(said(panel)) == 6
    qtbot.mouseClick(panel.view.genders.pieces[NOBODY], Qt.MouseButton.LeftButton)
    assert said(panel) == ["Trop tard."]


def test_what_lacks_is_a_list_to_work_through(panel: LedgerPanel, qtbot: QtBot) -> None:
    assert panel.controls.speakerless.text() == "Without speaker (1)"
    press(qtbot, panel.controls.speakerless, Qt.Key.Key_Return)
    assert said(panel) == ["Trop tard."]
    assert panel.view.quotes.index(0).data(BENEATH) == "no cue · no speaker · ¶ 3"
    press(qtbot, panel.controls.cueless, Qt.Key.Key_Space)
    assert not panel.controls.speakerless.isChecked()
    assert (said(panel), len(names(panel))) == (["Trop tard."], 4)
    panel.view.table.selectRow(0)
    assert said(panel) == []
    press(qtbot, panel.controls.cueless, Qt.Key.Key_Return)
    assert len(said(panel)) == 2


def test_a_list_that_was_worked_off_becomes_empty(
    panel: LedgerPanel, session: Session, qtbot: QtBot
) -> None:
    panel.controls.speakerless.click()
    row = panel.view.ledger.without_speaker[0]
    session.do("Author", lambda deed: annotations.set_attribute(deed, row.id, "speaker", "author"))
    qtbot.waitUntil(lambda: said(panel) == [])
    assert panel.controls.speakerless.text() == "Without speaker (0)"
    panel.controls.speakerless.click()
    assert "the author" in names(panel)
    assert len(said(panel)) == 6


def test_escape_goes_back_step_by_step(panel: LedgerPanel, qtbot: QtBot) -> None:
    panel.view.genders.pieces["female"].click()
    panel.setFocus()
    press(qtbot, panel.view.table, Qt.Key.Key_Down, Qt.Key.Key_Return)
    press(qtbot, panel.view.list, Qt.Key.Key_Escape)
    assert panel.view.table.hasFocus()
    press(qtbot, panel.view.table, Qt.Key.Key_Escape)
    assert (len(names(panel)), len(said(panel))) == (4, 6)
    with qtbot.waitSignal(panel.left):
        press(qtbot, panel.view.table, Qt.Key.Key_Escape)


def test_suggestions_count_when_they_are_included(panel: LedgerPanel, qtbot: QtBot) -> None:
    show_corpus(panel, qtbot)
    qtbot.mouseClick(panel.controls.suggestions, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    qtbot.waitUntil(lambda: len(said(panel)) == 9)
    assert panel.view.quotes.index(8).data(BENEATH).endswith("suggestion")


def test_it_follows_the_work_and_keeps_what_is_chosen(
    panel: LedgerPanel, session: Session, qtbot: QtBot
) -> None:
    panel.view.table.selectRow(1)
    panel.view.kinds.pieces["unspecified"].click()
    assert said(panel) == ["Jamais de la vie"]
    session.do("More", lambda deed: ledgers.say(deed, VOTE, "Le maire souligne", source="M. Roy"))
    qtbot.waitUntil(lambda: said(panel) == ["Le maire souligne", "Jamais de la vie"])
    assert panel.view.filter.kind == "unspecified"
    session.undo()
    qtbot.waitUntil(lambda: said(panel) == ["Jamais de la vie"])


def test_a_note_moves_nothing_on_the_screen(
    panel: LedgerPanel, session: Session, qtbot: QtBot
) -> None:
    bars = panel.view.list.verticalScrollBar()
    bars.setValue(bars.maximum())
    assert bars.value() > 0
    before, ledger = bars.value(), panel.view.ledger
    session.do("Note", lambda deed: annotations.set_note(deed, ledger.rows[0].id, "hm"))
    qtbot.waitUntil(lambda: panel.view.ledger is not ledger)
    assert bars.value() == before


def test_a_filter_for_what_is_no_longer_there_is_let_go_of(
    panel: LedgerPanel, session: Session, qtbot: QtBot
) -> None:
    panel.view.kinds.pieces["anonymous"].click()
    row = next(row for row in panel.view.ledger.rows if row.speaker == "anonymous")
    session.do("Remove", lambda deed: annotations.remove(deed, row.id))
    qtbot.waitUntil(lambda: len(said(panel)) == 5)
    assert panel.view.filter.is_open


def test_it_follows_another_article(panel: LedgerPanel, session: Session, qtbot: QtBot) -> None:
    session.open_article("walk")
    qtbot.waitUntil(lambda: names(panel) == ["Geneviève Bruneau", "M. ROY", "Ville de Lyon"])


def test_a_hidden_panel_reads_nothing(panel: LedgerPanel, session: Session, qtbot: QtBot) -> None:
    before = panel.view.ledger
    panel.hide()
    session.open_article("walk")
    panel.reload()
    assert panel.view.ledger is before
    panel.show()
    qtbot.waitUntil(lambda: "Ville de Lyon" in names(panel))


def test_the_corpus_is_not_counted_at_every_label(
    panel: LedgerPanel, session: Session, background: Background, qtbot: QtBot
) -> None:
    show_corpus(panel, qtbot)
    before = panel.view.ledger
    quote = before.rows[0].id
    for note in ("one", "two", "three"):
        session.do("Note", lambda deed, text=note: annotations.set_note(deed, quote, text))
    session.do("State", lambda deed: annotations.set_state(deed, quote, AnnotationState.REJECTED))
    assert panel.view.ledger is before
    qtbot.waitUntil(lambda: len(said(panel)) == 7)
    assert session.deeds == 4


def test_only_the_articles_touched_are_read_again(
    session: Session, background: Background, qtbot: QtBot
) -> None:
    reader = CorpusReader(session.project.path, background, session)
    session.changed.connect(reader.note)
    with qtbot.waitSignal(reader.found):
        reader.read({"accepted"})
    assert reader.ledger is not None
    before = reader.ledger.rows
    assert reader.is_fresh({"accepted"})
    session.do("Note", lambda deed: annotations.set_note(deed, before[-1].id, "hm"))
    assert not reader.is_fresh({"accepted"})
    with qtbot.waitSignal(reader.found):
        reader.read({"accepted"})
    assert reader.ledger.rows == before
    assert reader.ledger.rows[0] is before[0]
    assert reader.ledger.rows[-1] is not before[-1]


def test_other_states_are_read_in_the_place_of_what_is_on_its_way(
    session: Session, background: Background, qtbot: QtBot
) -> None:
    reader = CorpusReader(session.project.path, background, session)
    with qtbot.waitSignal(reader.found):
        reader.read({"accepted"})
        reader.read({"accepted", "suggested"})
    assert reader.ledger is not None
    assert len(reader.ledger.rows) == 9


def test_a_corpus_that_cannot_be_read_is_told_of(
    session: Session, background: Background, tmp_path: Path, qtbot: QtBot
) -> None:
    reader = CorpusReader(tmp_path / "gone.annot", background, session)
    with qtbot.waitSignals([reader.given_up, background.failed]):
        reader.read({"accepted"})


def test_a_project_may_close_while_the_corpus_is_counted(
    panel: LedgerPanel, session: Session, background: Background
) -> None:
    panel.controls.corpus.click()
    background.stop()
    session.close()
    QApplication.processEvents()


def test_speakers_are_put_in_another_order(panel: LedgerPanel, qtbot: QtBot) -> None:
    panel.view.table.selectRow(0)
    header = panel.view.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(SPEAKER) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(panel) == ["anonymous", "Geneviève Bruneau", "Le maire", "M. Roy"]
    line = panel.view.table.line
    assert line is not None
    assert line.voice.name == "Geneviève Bruneau"
    by_share = panel.view.context_menu().actions()[3 + SHARE]
    by_share.trigger()
    assert names(panel)[0] == "Geneviève Bruneau"
    panel.view.context_menu().actions()[3 + SHARE].trigger()
    assert names(panel)[-1] == "Geneviève Bruneau"


def test_the_menu_goes_to_the_first_and_last_quote(panel: LedgerPanel, session: Session) -> None:
    panel.view.table.selectRow(0)
    for place, text in ((1, "« Enfin ! »"), (0, "« Nous gagnerons » … « et sans peine »")):
        panel.view.context_menu().actions()[place].trigger()
        chosen = session.annotation(session.selected)
        assert chosen is not None
        assert chosen.text == text


def test_a_sentence_stands_where_nobody_speaks(
    panel: LedgerPanel, session: Session, qtbot: QtBot
) -> None:
    session.open_article("empty")
    qtbot.waitUntil(panel.empty.isVisible)
    assert panel.empty.text() == "Nobody speaks here yet. Press Q on a quotation."
    assert not panel.controls.save.isEnabled()
    session.open_article("")
    qtbot.waitUntil(lambda: "Open an article" in panel.empty.text())


def test_what_is_only_suggested_is_spoken_of(
    panel: LedgerPanel, session: Session, qtbot: QtBot
) -> None:
    for row in [row for row in panel.view.ledger.rows if row.article == "vote"]:
        session.do("Remove", lambda deed, id_=row.id: annotations.remove(deed, id_))
    session.do(
        "Suggest",
        lambda deed: ledgers.say(deed, VOTE, "« Enfin ! »", state=AnnotationState.SUGGESTED),
    )
    qtbot.waitUntil(lambda: "accept what is suggested" in panel.empty.text())
    panel.controls.suggestions.click()
    assert said(panel) == ["Enfin !"]


def test_the_table_is_saved_beside_the_window(
    panel: LedgerPanel, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    out = tmp_path / "quotes.csv"
    with qtbot.waitSignal(session.told) as told:
        panel.save(out)
    assert told.args == ["6 quotes written as CSV."]
    assert out.read_bytes().count(b"\r\n") == 7
    show_corpus(panel, qtbot)
    with qtbot.waitSignal(session.told):
        panel.save(out)
    assert out.read_bytes().count(b"\r\n") == 9


def test_a_table_that_cannot_be_saved_is_told_of(
    panel: LedgerPanel, background: Background, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(background.failed) as failed:
        panel.save(tmp_path / "missing" / "quotes.csv")
    assert "quotes.csv" in failed.args[0]


def test_tab_reaches_every_part(panel: LedgerPanel, qtbot: QtBot) -> None:
    """Of the two scopes it reaches the one in use, and arrows reach the other."""
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(panel)
    window.show()
    window.activateWindow()
    panel.view.list.setFocus()
    qtbot.waitUntil(panel.view.list.hasFocus)
    seen: list[QWidget | None] = []
    for _turn in range(30):
        press(qtbot, window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(window.focusWidget())
    controls, view = panel.controls, panel.view
    parts: list[QWidget] = [
        *(controls.article, controls.speakerless, controls.cueless),
        *(controls.suggestions, controls.save),
        *view.genders.pieces.values(),
        *view.kinds.pieces.values(),
        *(view.table, view.list),
    ]
    assert [part for part in parts if part not in seen] == []
    controls.article.setFocus()
    press(qtbot, controls.article, Qt.Key.Key_Right)
    assert controls.is_corpus
    panel.setParent(None)


def test_every_part_has_a_name_for_a_screen_reader(panel: LedgerPanel) -> None:
    pieces = [*panel.view.genders.pieces.values(), *panel.view.kinds.pieces.values()]
    for part in (panel.view.table, panel.view.list, *pieces):
        assert part.accessibleName()
    spoken = panel.view.speakers.index(0, SHARE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Geneviève Bruneau, Share: 33%"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_drawn_wide_and_narrow_in_each_theme(
    panel: LedgerPanel, theme: str, qtbot: QtBot
) -> None:
    panel.set_theme(load_theme(theme))
    panel.view.table.selectRow(0)
    assert not panel.grab().isNull()
    panel.resize(320, 500)
    qtbot.waitUntil(lambda: panel.width() == 320)
    assert not panel.grab().isNull()
    assert panel.view.table.width() > panel.width() * 9 // 10


def test_of_many_speakers_only_those_seen_are_asked_for(app: QApplication, qtbot: QtBot) -> None:
    asked = 0

    class Counting(SpeakerModel):
        def data(self, index: object, role: int = 0) -> object:
            nonlocal asked
            asked += 1
            return super().data(index, role)  # type: ignore[arg-type]

    row = QuoteRow(*("",) * 5, 0, (), *("",) * 5, False, False, *("",) * 4, ((0, 1),), ("x",), 1)
    lines = [
        SpeakerLine(Voice(str(n), f"Speaker {n}"), "", frozenset(), (row,), n, n / 20_000, ())
        for n in range(20_000)
    ]
    table = SpeakerTable(Counting(), load_theme("light"))
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show()
    qtbot.waitExposed(table)
    model = table.model()
    assert isinstance(model, SpeakerModel)
    model.set_lines(lines)
    table.sortByColumn(SPEAKER, Qt.SortOrder.AscendingOrder)
    assert not table.grab().isNull()
    assert asked < 2_000


def test_another_title_is_shown(panel: LedgerPanel, session: Session, qtbot: QtBot) -> None:
    session.do("Title", lambda deed: articles.set_metadata(deed, "vote", {"title": "Scrutin"}))
    qtbot.waitUntil(lambda: panel.view.ledger.rows[0].title == "Scrutin")

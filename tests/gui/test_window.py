"""A day in the window: open, label by letter, type in fields, go on tomorrow."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.corpus import LabelledArticle
from annotator.core.model import Article, ArticleState
from annotator.gui import opening
from annotator.gui.activity import IDLE, Stopwatch
from annotator.gui.cheat_sheet import groups
from annotator.gui.command_palette import CommandPalette
from annotator.gui.session import Session
from annotator.gui.theme import load_theme
from annotator.gui.window import MainWindow
from annotator.store import annotations, articles, bulk
from annotator.store.project import Project
from tests.gui.conftest import Trigger


def of_open_article(session: Session) -> list[str]:
    assert session.article is not None
    return [each.label for each in annotations.of_article(session.project, session.article.id)]


def view(window: MainWindow) -> QWidget:
    assert window.article_view is not None
    return window.article_view


def test_a_letter_in_the_article_labels(working: MainWindow, session: Session) -> None:
    QTest.keyClicks(view(working), "p")
    assert of_open_article(session) == ["per"]


def test_letters_typed_into_fields_stay_text(working: MainWindow, session: Session) -> None:
    workspace = working.workspace
    assert workspace is not None
    working.actions_["find.article"].trigger()
    for field in (workspace.articles.search, workspace.find_bar.query):
        field.setFocus()
        QTest.keyClicks(field, "plnx+-,?")
        assert field.text() == "plnx+-,?"
        field.clear()
    QTest.keyClicks(working.name_card.name, "plnx")
    assert of_open_article(session) == []
    assert working.findChildren(QDialog) == []


def test_undo_is_named_and_brings_back(
    working: MainWindow, session: Session, trigger: Trigger
) -> None:
    QTest.keyClicks(view(working), "p")
    assert session.project.undo_name() in working.actions_["edit.undo"].text()
    trigger("edit.undo")
    assert of_open_article(session) == []
    trigger("edit.redo")
    assert of_open_article(session) == ["per"]


def test_ctrl_enter_is_done_and_next(working: MainWindow, session: Session) -> None:
    QTest.keyClick(view(working), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert session.article is not None
    assert session.article.id == "b"
    assert articles.counts(session.project)[ArticleState.DONE] == 1


def test_every_label_is_in_the_menu(working: MainWindow, session: Session) -> None:
    shown = {action.data() for action in working.menus.labels.actions()}
    assert shown == {label.id for label in session.scheme.active}
    next(each for each in working.menus.labels.actions() if each.data() == "org").trigger()
    assert of_open_article(session) == ["org"]


def test_only_the_text_and_back(working: MainWindow, trigger: Trigger) -> None:
    workspace = working.workspace
    assert workspace is not None
    trigger("view.focus")
    assert workspace.stops() == [workspace.article_view]
    assert not working.menuBar().isVisible()
    QTest.keyClick(workspace.article_view, Qt.Key.Key_Escape)
    assert workspace.articles.isVisible()
    assert working.menuBar().isVisible()
    QTest.keyClick(workspace.article_view, Qt.Key.Key_F11)
    QTest.keyClick(workspace.article_view, Qt.Key.Key_F11)
    assert workspace.labels.isVisible()


@pytest.mark.parametrize("name", ["articles", "labels", "inspector"])
def test_a_panel_stays_hidden_until_it_is_wanted(
    working: MainWindow, trigger: Trigger, name: str, project_path: Path
) -> None:
    trigger(f"view.{name}")
    assert working.workspace is not None
    assert not working.workspace.panel(name).isVisible()
    trigger("project.close")
    working.open_project(project_path)
    assert not working.workspace.panel(name).isVisible()
    trigger(f"view.{name}")
    assert working.workspace.panel(name).isVisible()


def test_f6_goes_from_panel_to_panel(working: MainWindow) -> None:
    workspace = working.workspace
    assert workspace is not None
    seen = []
    for _stop in workspace.stops():
        working.actions_["view.next_panel"].trigger()
        focus = working.focusWidget()
        assert focus is not None
        seen += [stop for stop in workspace.stops() if stop is focus or stop.isAncestorOf(focus)]
    assert len(set(map(id, seen))) == len(workspace.stops())


def test_closing_leaves_one_file_and_the_place(
    working: MainWindow, session: Session, project_path: Path, trigger: Trigger
) -> None:
    session.open_article("b")
    trigger("project.close")
    assert [path.name for path in project_path.parent.glob("corpus.annot*")] == ["corpus.annot"]
    working.open_project(project_path)
    assert working.session is not None
    assert working.session.article is not None
    assert working.session.article.id == "b"


def test_another_window_s_work_is_seen(
    working: MainWindow, project_path: Path, qtbot: QtBot
) -> None:
    with Project.open(project_path) as other:
        article = articles.article(other, "a")
        other.do(
            "Label", lambda deed: annotations.add(deed, article, "per", [(0, 3)]), annotator="noé"
        )
    assert working.session is not None
    session = working.session
    qtbot.waitUntil(lambda: of_open_article(session) == ["per"], timeout=3000)


def test_a_project_that_is_not_one_is_told_in_a_line(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "letter.annot"
    path.write_text("Dear Sir")
    window.open_project(path)
    assert window.session is None
    assert window.message_bar.isVisible()
    assert "letter.annot" in window.message_bar.text.text()


def test_a_damaged_project_offers_the_newest_backup(window: MainWindow, project_path: Path) -> None:
    shutil.copyfile(project_path, project_path.with_name("corpus.annot.before-0001.backup"))
    content = bytearray(project_path.read_bytes())
    content[4096:] = b"\x55" * (len(content) - 4096)
    project_path.write_bytes(content)
    window.open_project(project_path)
    assert window.session is None
    assert window.message_bar.action.isVisible()
    window.message_bar.action.click()
    assert window.session is not None
    assert window.session.project.path.name == "corpus-recovered.annot"


def test_a_read_only_project_says_so(window: MainWindow, project_path: Path) -> None:
    project_path.chmod(0o444)
    window.open_project(project_path)
    assert window.session is not None
    assert "reading only" in window.message_bar.text.text()
    assert not window.actions_["article.finish"].isEnabled()
    assert not window.menus.labels.isEnabled()


def test_the_name_is_kept_and_signs_what_follows(window: MainWindow, project_path: Path) -> None:
    window.preferences.keep(replace(window.preferences.settings, annotator=""))
    window.open_project(project_path)
    window.ask_name()
    window.name_card.name.setText("Maude")
    window.name_card.keep.click()
    assert window.preferences.settings.annotator == "Maude"
    assert window.session is not None
    assert window.session.annotator == "Maude"
    assert window.status.annotator.text() == "Maude"


def test_a_command_is_found_by_a_few_letters(
    working: MainWindow, session: Session, qtbot: QtBot
) -> None:
    palette = CommandPalette(working.actions_, working)
    palette.show()
    palette.activateWindow()
    qtbot.waitUntil(palette.field.hasFocus)
    QTest.keyClicks(palette.field, "nxt art")
    assert palette.list.currentIndex().data() == "Next article"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert session.article is not None
    assert session.article.id == "b"


def test_the_cheat_sheet_has_labels_and_every_key(working: MainWindow, session: Session) -> None:
    rows = [row for group in groups(working.actions_, session.scheme).values() for row in group]
    assert ("P", session.scheme.label("per").name) in rows
    keyed = {each.text for each in working.actions_.commands.values() if each.keys}
    assert keyed <= {text for _keys, text in rows}


def test_find_counts_and_esc_goes_back_to_the_text(working: MainWindow, trigger: Trigger) -> None:
    workspace = working.workspace
    assert workspace is not None
    trigger("find.article")
    QTest.keyClicks(workspace.find_bar.query, "termine")
    assert workspace.find_bar.count.text() == "1 match"
    QTest.keyClicks(workspace.find_bar.query, "zz")
    assert workspace.find_bar.count.text() == "Not in this article"
    QTest.keyClick(workspace.find_bar.query, Qt.Key.Key_Escape)
    assert not workspace.find_bar.isVisible()


def test_the_theme_changes_while_working(working: MainWindow, trigger: Trigger) -> None:
    trigger("view.theme_dark")
    assert working.palette().window().color().lightness() < 60
    trigger("view.theme_light")
    assert working.palette().window().color().lightness() > 200


@pytest.mark.parametrize(
    "command",
    ["help", "help.keys", "help.about", "help.commands", "help.project_file", "preferences"]
    + ["project.properties", "scheme.edit", "article.details", "export"],
)
def test_every_dialog_opens_beside_the_work(
    working: MainWindow, trigger: Trigger, command: str
) -> None:
    trigger(command)
    (dialog,) = (each for each in working.findChildren(QDialog) if each.isVisible())
    assert dialog.windowTitle()
    dialog.close()


def test_a_check_says_that_the_project_is_sound(
    working: MainWindow, trigger: Trigger, qtbot: QtBot
) -> None:
    trigger("project.check")
    qtbot.waitUntil(lambda: "sound" in working.message_bar.text.text())


def test_a_project_dropped_on_the_window_opens(window: MainWindow, project_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(project_path))])
    window.dropEvent(
        QDropEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert window.session is not None


def test_time_is_counted_while_somebody_is_there() -> None:
    now = 0.0
    stopwatch = Stopwatch(lambda: now)
    stopwatch.gesture()
    now = 10.0
    stopwatch.gesture()
    now = 25.0
    assert stopwatch.take() == pytest.approx(25.0)
    now = 1_000.0
    assert stopwatch.take() == pytest.approx(IDLE - 15.0)
    stopwatch.gesture()
    now = 1_003.0
    assert stopwatch.take() == pytest.approx(3.0)


def test_time_spent_is_written_when_the_article_changes(
    working: MainWindow, session: Session
) -> None:
    activity = working._activity
    assert activity is not None
    now = 0.0
    activity.stopwatch = Stopwatch(lambda: now)
    activity.stopwatch.gesture()
    now = 12.0
    session.open_article("b")
    assert articles.seconds(session.project, "a") == {"claire": pytest.approx(12.0)}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pictures_of_the_help_are_of_the_theme(
    app: QApplication, working: MainWindow, theme: str
) -> None:
    working.actions_["help"].trigger()
    help_window = working.help_window
    assert help_window is not None
    help_window.set_theme(load_theme(theme))
    kind = int(QTextDocument.ResourceType.ImageResource.value)
    picture = help_window.browser.loadResource(kind, QUrl("../images/window-light.png"))
    assert isinstance(picture, QImage)
    assert (picture.pixelColor(5, 5).lightness() < 100) == (theme == "dark")


def test_the_list_of_help_pages_marks_the_one_that_is_shown(
    app: QApplication, working: MainWindow
) -> None:
    working.actions_["help"].trigger()
    help_window = working.help_window
    assert help_window is not None

    def marked() -> str:
        item = help_window.pages.currentItem()
        return item.text() if item else ""

    assert marked() == "Annotator"
    help_window.show_page("quotes")
    assert marked() == "Quotes"
    help_window.back.click()
    assert marked() == "Annotator"


def test_help_is_searched(app: QApplication, working: MainWindow) -> None:
    working.actions_["help.project_file"].trigger()
    help_window = working.help_window
    assert help_window is not None
    assert help_window.browser.source().fileName() == "project-file.md"
    help_window.search.setText("undo")
    assert help_window.pages.count() > 0
    help_window.search.setText("xyzzy")
    assert help_window.nothing.isVisible()


def test_the_first_articles_that_come_in_are_there_to_read(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "new.annot"
    window.enter(opening.make(path, "claire"))
    assert window.session is not None and window.session.article is None
    rows = [LabelledArticle(Article(name, f"Paris {name}."), [], []) for name in "ab"]
    window.session.do("Import", lambda deed: bulk.add_articles(deed, rows, {}, bulk.Added()))
    assert window.session.article is not None
    assert window.session.article.text == "Paris a."
    window.session.undo()
    assert window.session.article is None


def test_escape_in_the_note_goes_back_to_the_article(
    working: MainWindow, session: Session, trigger: Trigger
) -> None:
    QTest.keyClicks(view(working), "p")
    trigger("annotate.note")
    assert working.workspace is not None
    note = working.workspace.inspector.form.note
    QTest.keyClicks(note, "sure")
    QTest.keyClick(note, Qt.Key.Key_Escape)
    assert working.focusWidget() is view(working)
    annotation = session.annotation(session.selected)
    assert annotation is not None and annotation.note == "sure"

"""Quotes in the hand, in the real window: by key, by menu and by mouse, undone, redone, over a restart."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from annotator.assist import settings
from annotator.assist.settings import Settings
from annotator.core.corpus import LabelledArticle
from annotator.core.model import AnnotationState, Article
from annotator.core.scheme import Label, Scheme, Slot, read_scheme
from annotator.gui.occurrences_controls import Reach
from annotator.gui.proposing import SETTING
from annotator.gui.window import MainWindow
from annotator.resources import resource
from annotator.store import annotations, articles, bulk, history
from annotator.store.project import Project
from tests.gui.office import Office

Key, Mod, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton
NEWS = read_scheme(resource("schemes", "news.toml"))

LAVAL = (
    "Un soir à Laval\n\n"
    "Geneviève Bruneau, porte-parole à la Sûreté du Québec, souligne l’importance de former les "
    "policiers. «Si la dame a peur, elle peut appeler, assure Mme Bruneau. C’est notre travail.» "
    "La Ville approuve.\n\n"
    "« Cette opération est une réussite, a fait savoir Joanne Crampton, commissaire adjointe, via "
    "communiqué. Nous sommes fiers. »\n\n"
    "« Le pont tombera avant la neige », psalmodie Luc Roy.\n"
)
FIRST = ("«Si la dame a peur, elle peut appeler", "C’est notre travail.»")
SECOND = ("« Cette opération est une réussite", "Nous sommes fiers. »")


class Reporter(Office):
    """Somebody who annotates quotes and counts the keys that takes."""

    keys = 0

    def press(self, key: Key | str, modifiers: Mod = Mod.NoModifier) -> None:
        self.keys += len(key) if isinstance(key, str) else 1
        super().press(key, modifiers)

    def menu(self, words: str) -> QMenu:
        """Return the menu under the right button on some words."""
        self.put_caret(words, 2)
        found = self.view.menu_at(self.view.caret) if self.view.menu_at else None
        assert found is not None
        return found

    def choose_line(self, words: str, line: str) -> None:
        action = next(a for a in self.menu(words).actions() if a.text().startswith(line))
        assert action.isEnabled()
        action.trigger()

    @property
    def quotes(self) -> list[tuple[tuple[str, ...], dict[str, list[str]]]]:
        """The fragments of every quote that was not rejected, with the words in its slots."""
        found = []
        for quote in (a for a in self.annotations if a.label == "quote"):
            parts: dict[str, list[str]] = {}
            for link in annotations.links_at(self.session.project, [quote.id]):
                filler = annotations.annotation(self.session.project, link.to_id)
                parts.setdefault(link.type, []).append(filler.text)
            found.append((tuple(each.surface for each in quote.fragments), parts))
        return found

    @property
    def slots(self) -> dict[str, list[str]]:
        """What fills the slots of the only quote."""
        [(_fragments, parts)] = self.quotes
        return parts

    @property
    def ops(self) -> int:
        return len(history.ops(self.session.project))


def project_of(path: Path, *texts: str, scheme: Scheme = NEWS, suggests: str = "off") -> Path:
    with Project.create(path, scheme) as project:
        rows = [LabelledArticle(Article(f"a{n}", text), [], []) for n, text in enumerate(texts)]
        project.do(
            "Import", lambda deed: bulk.add_articles(deed, rows, {}, bulk.Added()), annotator="Ada"
        )
        project.set_setting(SETTING, suggests)
    return path


@pytest.fixture
def office(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Reporter:
    """A project in which nothing is suggested."""
    window.open_project(project_of(tmp_path / "off.annot", LAVAL))
    found = Reporter(window)
    qtbot.waitUntil(found.view.hasFocus)
    return found


@pytest.fixture
def suggesting(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Reporter:
    """A project that suggests quotes, and nothing else, when an article opens."""
    path = project_of(tmp_path / "on.annot", LAVAL, "Rien ici.", suggests="on")
    with Project.open(path) as project:
        settings.write(project, Settings().switched("names", on=False))
    window.open_project(path)
    found = Reporter(window)
    qtbot.waitUntil(lambda: len(found.quotes) == 4)
    qtbot.waitUntil(found.view.hasFocus)
    return found


@pytest.fixture
def quote(office: Reporter) -> Reporter:
    """One quote in two fragments at work, its slots empty, the caret at the top."""
    office.session.select(office.add("quote", *FIRST))
    office.view.place(0, 0)
    office.keys = 0
    return office


def restarted(office: Reporter) -> Reporter:
    """Close the project and open it again, as on another day."""
    path = office.session.project.path
    office.window.close_project()
    office.window.open_project(path)
    return Reporter(office.window)


def is_one_step(office: Reporter, do: Callable[[], object], qtbot: QtBot) -> None:
    """Do something; check that one undo takes it back, one redo brings it again, after a restart too."""
    before, ops = office.quotes, office.ops
    do()
    after = office.quotes
    assert after != before
    assert office.ops == ops + 1
    office.press(Key.Key_Z, Mod.ControlModifier)
    assert office.quotes == before
    office.press(Key.Key_Y, Mod.ControlModifier)
    assert office.quotes == after
    again = restarted(office)
    qtbot.waitUntil(again.view.hasFocus)
    again.press(Key.Key_Z, Mod.ControlModifier)
    assert again.quotes == before
    again.press(Key.Key_Z, Mod.ControlModifier | Mod.ShiftModifier)
    assert again.quotes == after


# Keys counted -----------------------------------------------------------------------------------


def test_a_proposed_quote_takes_two_keys(suggesting: Reporter) -> None:
    suggesting.view.place(0, 0)
    for settled in range(1, 5):
        suggesting.keys = 0
        suggesting.press("n")
        suggesting.press(Key.Key_Return)
        assert suggesting.keys == 2
        accepted = [a for a in suggesting.annotations if a.label == "quote" and a.settled]
        assert len(accepted) == settled
    assert suggesting.quotes[1] == (FIRST, {"source": ["Mme Bruneau"], "cue": ["assure"]})


def test_a_proposed_quote_takes_one_key_after_the_other(suggesting: Reporter) -> None:
    suggesting.press("n")
    for _each in range(4):
        suggesting.press(Key.Key_Return)
    assert {a.state for a in suggesting.annotations} == {AnnotationState.ACCEPTED}


def test_quotes_by_hand_take_two_keys_where_the_rules_know_them(office: Reporter) -> None:
    wanted = [
        (("l’importance de former les policiers",), "Geneviève Bruneau, porte-parole", "souligne"),
        (FIRST, "Mme Bruneau", "assure"),
        (SECOND, "Joanne Crampton, commissaire adjointe", "a fait savoir"),
    ]
    for number, (fragments, source, cue) in enumerate(wanted):
        office.keys = 0
        office.press("q", Mod.ShiftModifier)
        office.press("q")
        assert office.keys == 2
        found, parts = office.quotes[number]
        assert found == fragments
        assert parts["source"][0].startswith(source)
        assert parts["cue"] == [cue]


def test_parts_that_no_rule_sees_are_an_arrow_and_a_letter_away(office: Reporter) -> None:
    quote = office.add("quote", "« Le pont tombera avant la neige »")
    office.put_caret("tombera")
    office.keys = 0
    office.press("q")
    assert office.session.selected == quote
    office.press(Key.Key_Right)  # behind the quote
    office.press(Key.Key_Right)  # to the verb
    office.press("c")
    office.press(Key.Key_Right)  # to the name
    office.press("s")
    assert office.keys == 6
    assert office.slots == {"cue": ["psalmodie"], "source": ["Luc Roy"]}


def test_a_quote_without_marks_and_cue_takes_eight_keys(office: Reporter) -> None:
    """The words are grown to, then the parts are gone to: nothing is proposed at all."""
    office.put_caret("approuve")
    office.keys = 0
    office.press("+++")  # token, phrase, sentence
    assert office.words == "La Ville approuve."
    office.press("q")
    office.press("2")
    assert office.keys <= 8
    [(fragments, parts)] = office.quotes
    assert fragments == ("La Ville approuve.",)
    assert len(parts["source"]) == 1


# One gesture, one step ------------------------------------------------------------------------------


def click(office: Reporter, words: str, modifiers: Mod = Mod.NoModifier) -> None:
    where = office.point(words, 1)
    QTest.mouseClick(office.view.viewport(), Button.LeftButton, modifiers, where)


def at(words: str, key: str) -> Callable[[Reporter], None]:
    """Put the caret on some words and press a key."""

    def do(office: Reporter) -> None:
        office.put_caret(words)
        office.press(key)

    return do


BUILD: dict[str, Callable[[Reporter], None]] = {
    "key": at("la dame", "q"),
    "key in the incise": at("assure", "q"),
    "label menu": lambda o: (o.put_caret("la dame"), o.choose_label("quote")),
    "palette": lambda o: (o.put_caret("la dame"), o.click_label("quote")),
    "selected words": lambda o: (
        o.select("Si la dame a peur, elle peut appeler, assure Mme Bruneau. C’est notre travail."),
        o.press("q"),
    ),
}


@pytest.mark.parametrize("way", BUILD)
def test_a_quote_is_built_whole_in_one_step(office: Reporter, way: str, qtbot: QtBot) -> None:
    is_one_step(office, lambda: BUILD[way](office), qtbot)
    [(fragments, parts)] = Reporter(office.window).quotes
    assert [each.strip("«»") for each in fragments] == [each.strip("«»") for each in FIRST]
    assert parts == {"source": ["Mme Bruneau"], "cue": ["assure"]}


def test_a_sticky_label_builds_a_quote_with_the_mouse(office: Reporter) -> None:
    office.click_label("quote", twice=True)
    start = office.point("«Si la dame", 0)
    office.drag(start, office.point("travail.»", 8))
    assert office.quotes[0][1]["cue"] == ["assure"]


def test_an_entity_that_is_labelled_is_used_and_not_labelled_twice(office: Reporter) -> None:
    office.add("per", "Mme Bruneau")
    office.put_caret("la dame")
    office.press("q")
    assert [a.label for a in office.annotations if a.text == "Mme Bruneau"] == ["per"]
    assert office.slots["source"] == ["Mme Bruneau"]


def test_q_again_only_selects_the_quote(office: Reporter) -> None:
    office.put_caret("la dame")
    office.press("q")
    ops = office.ops
    office.session.select("")
    office.put_caret("a peur")
    office.press("q")
    assert office.ops == ops
    assert office.selected_words.startswith("«Si la dame")


def test_q_takes_the_sentence_where_nothing_is_quoted(office: Reporter) -> None:
    office.put_caret("approuve")
    office.press("q")
    assert office.quotes == [(("La Ville approuve",), {})]


FILL: dict[str, Callable[[Reporter], None]] = {
    "key": at("Mme Bruneau", "s"),
    "selected words": lambda o: (o.select("Mme Bruneau"), o.press("s")),
    "right button": lambda o: o.choose_line("Bruneau. C", "Fill source"),
    "click": lambda o: (o.session.select(o.session.frame), click(o, "Bruneau. C")),
    "number": lambda o: o.press("1"),
    "number of AZERTY": lambda o: QApplication.sendEvent(
        o.view, QKeyEvent(QEvent.Type.KeyPress, Key.Key_Ampersand, Mod.NoModifier, "&")
    ),
    "inspector": lambda o: speaker_line(o, 0).click(),
}


def speaker_line(office: Reporter, number: int) -> object:
    form = inspector(office).form.frame
    office.view.show_numbers()
    return form.speakers[number]


def inspector(office: Reporter):
    panel = office.window.workspace.inspector
    panel._show_selected()
    return panel


@pytest.mark.parametrize("way", FILL)
def test_a_source_is_filled_in_one_step(quote: Reporter, way: str, qtbot: QtBot) -> None:
    is_one_step(quote, lambda: FILL[way](quote), qtbot)
    assert Reporter(quote.window).slots == {"source": ["Mme Bruneau"]}


def test_a_whole_name_stands_for_a_word_of_it(quote: Reporter) -> None:
    at("Crampton", "s")(quote)
    assert quote.slots["source"][0].startswith("Joanne Crampton")


def test_a_whole_verb_group_stands_for_a_word_of_it(quote: Reporter) -> None:
    at("savoir", "c")(quote)
    assert quote.slots == {"cue": ["a fait savoir"]}


def test_selected_words_are_taken_as_they_are(quote: Reporter) -> None:
    quote.select("savoir")
    quote.press("c")
    assert quote.slots == {"cue": ["savoir"]}


def test_the_slot_that_is_armed_takes_the_next_click(quote: Reporter) -> None:
    form = inspector(quote).form.frame
    form.slots[2].name.click()
    click(quote, "Ville approuve")
    assert quote.slots == {"addressee": ["Ville"]} or quote.slots == {"addressee": ["La Ville"]}


def test_a_click_fills_first_the_source_then_the_cue(quote: Reporter) -> None:
    click(quote, "Bruneau. C")
    click(quote, "assure")
    assert quote.slots == {"source": ["Mme Bruneau"], "cue": ["assure"]}
    click(quote, "Un soir")
    assert quote.slots == {"source": ["Mme Bruneau"], "cue": ["assure"]}, "nothing more is wanted"


def test_a_click_into_the_quote_is_a_click(quote: Reporter) -> None:
    click(quote, "a dame")
    assert quote.slots == {}


MORE: dict[str, Callable[[Reporter], None]] = {
    "key": lambda o: (o.put_caret("Luc Roy"), o.press("s", Mod.ShiftModifier)),
    "mouse": lambda o: (
        o.session.select(o.session.frame),
        click(o, "Luc", Mod.ControlModifier),
    ),
}


@pytest.mark.parametrize("way", MORE)
def test_a_second_speaker_is_added(quote: Reporter, way: str, qtbot: QtBot) -> None:
    at("Mme Bruneau", "s")(quote)
    is_one_step(quote, lambda: MORE[way](quote), qtbot)
    assert sorted(Reporter(quote.window).slots["source"]) == ["Luc Roy", "Mme Bruneau"]


def test_a_cue_is_one(quote: Reporter) -> None:
    at("assure", "c")(quote)
    quote.put_caret("psalmodie")
    quote.press("c", Mod.ShiftModifier)
    assert quote.slots["cue"] == ["assure"]


def test_another_source_takes_the_place_of_the_first(quote: Reporter, qtbot: QtBot) -> None:
    at("Mme Bruneau", "s")(quote)
    is_one_step(quote, lambda: at("Luc Roy", "s")(quote), qtbot)
    assert Reporter(quote.window).slots == {"source": ["Luc Roy"]}


def test_a_filler_moves_to_another_slot(quote: Reporter, qtbot: QtBot) -> None:
    at("Mme Bruneau", "s")(quote)
    is_one_step(quote, lambda: at("Mme Bruneau", "a")(quote), qtbot)
    assert Reporter(quote.window).slots == {"addressee": ["Mme Bruneau"]}


EMPTY: dict[str, Callable[[Reporter], None]] = {
    "key": at("Mme Bruneau", "s"),
    "inspector": lambda o: inspector(o).form.frame.slots[0].removers[0].click(),
}


@pytest.mark.parametrize("way", EMPTY)
def test_a_filler_is_taken_out(quote: Reporter, way: str, qtbot: QtBot) -> None:
    at("Mme Bruneau", "s")(quote)
    is_one_step(quote, lambda: EMPTY[way](quote), qtbot)
    assert Reporter(quote.window).slots == {}
    assert [a.label for a in Reporter(quote.window).annotations] == ["quote"]


SWAP: dict[str, Callable[[Reporter], None]] = {
    "key": lambda o: o.press(Key.Key_S, Mod.AltModifier),
    "menu": lambda o: o.choose("quote.swap"),
    "right button": lambda o: o.choose_line("La Ville", "Swap"),
    "inspector": lambda o: inspector(o).form.frame.swap.click(),
}


@pytest.mark.parametrize("way", SWAP)
def test_source_and_addressee_are_swapped(quote: Reporter, way: str, qtbot: QtBot) -> None:
    at("Mme Bruneau", "s")(quote)
    at("Luc Roy", "a")(quote)
    is_one_step(quote, lambda: SWAP[way](quote), qtbot)
    assert Reporter(quote.window).slots == {"source": ["Luc Roy"], "addressee": ["Mme Bruneau"]}


CUT: dict[str, Callable[[Reporter], None]] = {
    "key": at("assure", "i"),
    "menu": lambda o: (o.put_caret("assure"), o.choose("quote.cut")),
    "right button": lambda o: o.choose_line("assure", "Cut the incise"),
}


@pytest.mark.parametrize("way", CUT)
def test_an_incise_is_cut_out_and_put_back(office: Reporter, way: str, qtbot: QtBot) -> None:
    whole = "«Si la dame a peur, elle peut appeler, assure Mme Bruneau. C’est notre travail.»"
    office.session.select(office.add("quote", whole))
    office.view.place(0, 0)
    is_one_step(office, lambda: CUT[way](office), qtbot)
    again = Reporter(office.window)
    assert again.quotes == [(FIRST, {"source": ["Mme Bruneau"], "cue": ["assure"]})]
    CUT[way](again)
    assert again.quotes == [((whole,), {})]


def test_there_is_nothing_to_cut_where_nobody_speaks(quote: Reporter, qtbot: QtBot) -> None:
    with qtbot.waitSignal(quote.session.told):
        at("a peur", "i")(quote)
    assert quote.quotes == [(FIRST, {})]


def test_a_speaker_without_a_name_is_a_number_too(quote: Reporter) -> None:
    kinds = [each.kind for each in quote.view.candidates.all()]
    number = kinds.index("anonymous") + 1 if "anonymous" in kinds else 0
    if not number:
        quote.session.select(quote.add("quote", "« Le pont tombera avant la neige »"))
        pytest.skip("five people are named near by")
    quote.press(str(number))
    [annotation] = [a for a in quote.annotations if a.label == "quote"]
    assert annotation.attributes["speaker"] == "anonymous"


@pytest.mark.parametrize(
    ("key", "name", "value"),
    [
        ("t", "type", "direct"),
        ("v", "medium", "speech"),
        ("g", "negated", True),
        ("h", "hedged", True),
        ("k", "source kind", "person"),
        ("b", "speaker", "entity"),
    ],
)
def test_a_quote_s_attributes_are_a_key_each(
    quote: Reporter, key: str, name: str, value: object, qtbot: QtBot
) -> None:
    frame = quote.session.frame
    quote.session.select(frame)
    quote.press(key)
    annotation = quote.session.annotation(frame)
    assert annotation and annotation.attributes[name] == value
    quote.press(Key.Key_Z, Mod.ControlModifier)
    annotation = quote.session.annotation(frame)
    assert annotation and name not in annotation.attributes


def test_what_is_computed_is_shown(office: Reporter) -> None:
    office.put_caret("la dame")
    office.press("q")
    shown = inspector(office).form.frame.computed.text()
    assert "source: a name" in shown
    assert "cue: in the middle" in shown
    assert "2 fragments" in shown


def test_esc_lets_go_of_the_words_then_the_annotation_then_the_frame(quote: Reporter) -> None:
    quote.session.select(quote.session.frame)
    quote.select("assure")
    quote.press(Key.Key_Escape)
    assert quote.words == ""
    quote.press(Key.Key_Escape)
    assert (quote.session.selected, bool(quote.session.frame)) == ("", True)
    quote.press(Key.Key_Escape)
    assert quote.session.frame == ""


def test_backspace_takes_the_quote_with_what_was_made_for_it(office: Reporter) -> None:
    office.add("per", "Mme Bruneau")
    office.put_caret("la dame")
    office.press("q")
    office.press(Key.Key_Backspace)
    assert office.said == [("per", "Mme Bruneau")]
    office.press(Key.Key_Z, Mod.ControlModifier)
    assert office.quotes == [(FIRST, {"source": ["Mme Bruneau"], "cue": ["assure"]})]


def test_a_read_only_project_shows_quotes_and_changes_none(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = project_of(tmp_path / "ro.annot", LAVAL)
    with Project.open(path) as project:
        project.set_setting("checked", "")
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        window.open_project(path)
        office = Reporter(window)
        if not office.session.is_read_only:
            pytest.skip("this user may write anywhere")
        office.put_caret("la dame")
        office.press("q")
        assert office.quotes == []
    finally:
        tmp_path.chmod(0o755)


# Any label with slots ------------------------------------------------------------------------------


@pytest.fixture
def events(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Reporter:
    """A scheme of one's own: an attack has a place, a time and victims."""
    labels = (
        Label("pl", "PLACE", "p"),
        Label("ti", "TIME", "t"),
        Label("who", "PEOPLE", "w"),
        Label(
            "attack",
            "ATTACK",
            "k",
            slots=(
                Slot("place", "e", ("pl",)),
                Slot("time", "m", ("ti",)),
                Slot("victim", "v", ("who",), many=True),
            ),
        ),
    )
    text = "Hier, un train a déraillé à Lyon ; deux passagers et un agent sont blessés."
    path = project_of(tmp_path / "events.annot", text, scheme=Scheme("Events", labels=labels))
    window.open_project(path)
    found = Reporter(window)
    qtbot.waitUntil(found.view.hasFocus)
    return found


def parts_of(office: Reporter, label: str) -> dict[str, list[str]]:
    [frame] = [a for a in office.annotations if a.label == label]
    parts: dict[str, list[str]] = {}
    for link in annotations.links_at(office.session.project, [frame.id]):
        filler = annotations.annotation(office.session.project, link.to_id)
        parts.setdefault(link.type, []).append(f"{filler.label}:{filler.text}")
    return parts


def test_a_frame_of_one_s_own_is_built_and_filled_by_its_letters(events: Reporter) -> None:
    at("déraillé", "k")(events)
    at("Lyon", "e")(events)
    at("Hier", "m")(events)
    events.select("deux passagers")
    events.press("v")
    events.select("un agent")
    events.press("v", Mod.ShiftModifier)
    assert parts_of(events, "attack") == {
        "place": ["pl:Lyon"],
        "time": ["ti:Hier"],
        "victim": ["who:deux passagers", "who:un agent"],
    }


def test_a_frame_of_one_s_own_is_filled_by_clicks_and_numbers(events: Reporter) -> None:
    events.add("pl", "Lyon")
    at("déraillé", "k")(events)
    events.press("1")
    click(events, "Hier")
    assert parts_of(events, "attack") == {"place": ["pl:Lyon"], "time": ["ti:Hier"]}


def test_a_label_the_slot_does_not_allow_is_not_put_into_it(events: Reporter) -> None:
    events.add("who", "Lyon")
    at("déraillé", "k")(events)
    at("Lyon", "e")(events)
    assert parts_of(events, "attack") == {"place": ["pl:Lyon"]}


# Suggestions ------------------------------------------------------------------------------------


def test_nothing_is_suggested_where_it_was_switched_off(office: Reporter, qtbot: QtBot) -> None:
    qtbot.wait(200)
    assert office.quotes == []
    office.choose("suggest.automatic")
    qtbot.waitUntil(lambda: len(office.quotes) == 4)


def test_suggesting_is_asked_for_by_key_and_taken_away_by_menu(
    office: Reporter, qtbot: QtBot
) -> None:
    office.press(Key.Key_F5)
    qtbot.waitUntil(lambda: len(office.quotes) == 4)
    assert office.window.actions_["edit.undo"].text() == "Undo “Import”"
    office.choose("suggest.clear")
    assert office.quotes == []


def test_all_articles_are_suggested_for_with_progress(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open_project(project_of(tmp_path / "three.annot", LAVAL, "Rien.", LAVAL + "Fin."))
    office = Reporter(window)
    office.choose("suggest.project")
    qtbot.waitUntil(lambda: len(office.quotes) == 4)
    office.press(Key.Key_Down, Mod.ControlModifier)
    office.press(Key.Key_Down, Mod.ControlModifier)
    assert len(office.quotes) == 4


def test_what_is_decided_while_the_rules_look_is_not_suggested_again(
    office: Reporter, qtbot: QtBot
) -> None:
    office.choose("suggest.article")
    office.put_caret("la dame")
    office.press("q")
    qtbot.waitUntil(lambda: len(office.quotes) == 4, timeout=10_000)
    decided = [a.text[:8] for a in office.annotations if a.label == "quote" and a.origin == "hand"]
    assert decided == ["«Si la d"]


def test_what_was_rejected_does_not_come_back(suggesting: Reporter, qtbot: QtBot) -> None:
    suggesting.view.place(0, 0)
    suggesting.press("n")
    suggesting.press("x")
    assert len(suggesting.quotes) == 3
    suggesting.press(Key.Key_F5)
    qtbot.wait(300)
    assert len(suggesting.quotes) == 3
    suggesting.press(Key.Key_Z, Mod.ControlModifier)
    assert len(suggesting.quotes) == 4


def test_who_accepted_what_and_whether_it_was_changed_is_kept(suggesting: Reporter) -> None:
    suggesting.view.place(0, 0)
    suggesting.press("n")
    suggesting.press(Key.Key_Return)
    assert suggesting.selected_words.startswith("«Si la dame")
    suggesting.press("h")
    settled = {a.text[:8]: (a.settled, a.annotator) for a in suggesting.annotations if a.settled}
    assert settled["l’import"] == ("unchanged", "claire")
    assert settled["«Si la d"] == ("changed", "claire")


def test_all_alike_are_accepted_after_a_preview(suggesting: Reporter, qtbot: QtBot) -> None:
    suggesting.view.place(0, 0)
    suggesting.press("nn")
    suggesting.press(Key.Key_Return, Mod.ShiftModifier)
    panel = suggesting.window.workspace.settling
    assert panel.isVisible()
    assert panel.model.rowCount() == 2
    assert panel.controls.heading.text() == "Quote, 95% and more"
    ops = suggesting.ops
    QTest.keyClick(panel.list, Key.Key_Return)
    assert not panel.isVisible()
    assert suggesting.ops == ops + 1
    states = [a.state for a in suggesting.annotations if a.label == "quote"]
    assert states.count(AnnotationState.ACCEPTED) == 2
    suggesting.press(Key.Key_Z, Mod.ControlModifier)
    assert {a.state for a in suggesting.annotations} == {AnnotationState.SUGGESTED}


def test_one_of_the_alike_can_be_left_out(suggesting: Reporter) -> None:
    suggesting.view.place(0, 0)
    suggesting.press("nn")
    suggesting.press(Key.Key_Return, Mod.ShiftModifier)
    panel = suggesting.window.workspace.settling
    QTest.keyClick(panel.list, Key.Key_Down)
    QTest.keyClick(panel.list, Key.Key_Space)
    assert panel.accept.text() == "Accept 1"
    panel.accept.click()
    states = [a.state for a in suggesting.annotations if a.label == "quote"]
    assert states.count(AnnotationState.ACCEPTED) == 1


def test_esc_leaves_the_alike_as_they_are(suggesting: Reporter) -> None:
    suggesting.press("n")
    suggesting.press(Key.Key_Return, Mod.ShiftModifier)
    panel = suggesting.window.workspace.settling
    QTest.keyClick(panel.list, Key.Key_Escape)
    assert not panel.isVisible()
    assert suggesting.view.hasFocus()
    assert {a.state for a in suggesting.annotations} == {AnnotationState.SUGGESTED}


def test_alike_in_all_articles(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = project_of(tmp_path / "two.annot", LAVAL, LAVAL + "Fin.")
    with Project.open(path) as project:
        settings.write(project, Settings().switched("names", on=False))
    window.open_project(path)
    office = Reporter(window)
    qtbot.waitUntil(office.view.hasFocus)
    office.choose("suggest.project")
    qtbot.waitUntil(lambda: len(office.view.scene.index) > 4)
    office.view.place(0, 0)
    office.press("nn")
    office.press(Key.Key_Return, Mod.ShiftModifier)
    panel = window.workspace.settling
    panel.controls.reaches[Reach.CORPUS].click()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4)
    QTest.keyClick(panel.list, Key.Key_Return)
    office.press(Key.Key_Down, Mod.ControlModifier)
    states = [a.state for a in office.annotations if a.label == "quote"]
    assert states.count(AnnotationState.ACCEPTED) == 2


def test_what_changes_in_another_article_is_not_shown_in_this_one(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open_project(project_of(tmp_path / "two.annot", "Rien ici.", LAVAL))
    office = Reporter(window)
    qtbot.waitUntil(office.view.hasFocus)
    other = articles.article(office.session.project, "a1")
    for label, words in (("per", "Mme Bruneau"), ("quote", FIRST[0])):
        start = LAVAL.index(words)
        range_ = (start, start + len(words))
        office.session.do(
            "Elsewhere", lambda d, at=range_, to=label: annotations.add(d, other, to, [at])
        )
    assert len(office.view.scene.index) == 0


def test_a_cue_that_was_labelled_takes_part_at_once(office: Reporter) -> None:
    office.put_caret("tombera")
    office.press("q")
    at("psalmodie", "c")(office)
    lexicon = office.session.lexicon()
    assert lexicon.verbs.has("psalmodié")


# What is seen -------------------------------------------------------------------------------------


def test_likely_speakers_are_numbered_in_the_text_and_in_the_inspector(quote: Reporter) -> None:
    quote.session.select(quote.session.frame)
    quote.view.show_numbers()
    numbered = [quote.view.text[n.start : n.end] for n in quote.view.scene.numbered]
    assert numbered[0] == "Mme Bruneau"
    form = inspector(quote).form.frame
    assert form.speakers[0].text().startswith("Mme Bruneau – ")


def test_links_are_drawn_for_the_quote_at_work_only(office: Reporter) -> None:
    office.put_caret("la dame")
    office.press("q")
    with_links = office.view.grab().toImage()
    office.press(Key.Key_Escape)
    office.press(Key.Key_Escape)
    assert office.view.grab().toImage() != with_links
    assert office.view.scene.centre == ""


def test_the_panel_of_who_speaks_opens_on_f4(office: Reporter, qtbot: QtBot) -> None:
    office.put_caret("la dame")
    office.press("q")
    office.choose("view.ledger")
    ledger = office.window.workspace.ledger
    assert ledger.isVisible()
    qtbot.waitUntil(lambda: ledger.view.ledger is not None and bool(ledger.view.ledger.speakers))
    assert ledger.view.table.hasFocus()
    office.choose("view.ledger")
    assert not ledger.isVisible()
    assert office.view.hasFocus()

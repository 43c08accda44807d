"""Word lists of somebody's own: kept in the project, changed by deeds, read from files."""

import pytest

from annotator.core.errors import UserError
from annotator.core.word_lists import PATTERN, Entry, WordList, read_entries, write_entries
from annotator.store import word_lists
from annotator.store.project import Project

PARTIES = [Entry("Parti québécois", "PQ"), Entry("CAQ")]


def add(project: Project, *entries: Entry, name: str = "Parties") -> str:
    made, changes = project.do(
        "Add list",
        lambda d: word_lists.add(d, WordList("", name, "org"), entries),
        annotator="Ada",
    )
    assert changes.word_lists
    return made


def test_a_list_is_kept_and_undone_with_its_entries(project: Project) -> None:
    made = add(project, *PARTIES)
    assert word_lists.entries(project, made) == PARTIES
    assert word_lists.counts(project) == {made: 2}
    assert word_lists.named(project, "Parties") == WordList(made, "Parties", "org")
    project.undo()
    assert word_lists.every(project) == []
    assert word_lists.counts(project) == {}
    project.redo()
    assert word_lists.entries(project, made) == PARTIES


def test_entries_are_changed_as_one_step(project: Project) -> None:
    made = add(project, *PARTIES)
    new = [PARTIES[0], Entry("Québec solidaire")]
    project.do("Edit", lambda d: word_lists.set_entries(d, made, new), annotator="Ada")
    assert word_lists.entries(project, made) == new
    project.undo()
    assert word_lists.entries(project, made) == PARTIES


def test_a_name_that_is_taken_gets_a_number(project: Project) -> None:
    first, second = add(project), add(project)
    assert [each.name for each in word_lists.every(project)] == ["Parties", "Parties 2"]
    project.do(
        "Rename",
        lambda d: word_lists.update(d, WordList(second, "Unions", "org", is_on=False)),
        annotator="Ada",
    )
    assert not word_lists.named(project, "Unions").is_on
    project.do("Remove", lambda d: word_lists.remove(d, first), annotator="Ada")
    assert [each.name for each in word_lists.every(project)] == ["Unions"]
    with pytest.raises(UserError, match="there are: Unions"):
        word_lists.named(project, "Parties")
    with pytest.raises(UserError, match="needs a name"):
        add(project, name="  ")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CAQ\nPQ\n\n# a remark\nCAQ\n", [Entry("CAQ"), Entry("PQ")]),
        ("\ufeffnom;entité\nPQ;Parti québécois\n", [Entry("PQ", "Parti québécois")]),
        ('word,entity\n"Roy, Luc",Luc Roy\n', [Entry("Roy, Luc", "Luc Roy")]),
        ("PQ\tParti québécois\nCAQ\t\n", [Entry("PQ", "Parti québécois"), Entry("CAQ")]),
        ("Roy, Luc\nHugo, Victor\n", [Entry("Roy, Luc"), Entry("Hugo, Victor")]),
        ("", []),
        ("SRC = Radio-Canada\nPQ\n", [Entry("SRC", "Radio-Canada"), Entry("PQ")]),
        ("#MeToo\n#\n", [Entry("#MeToo")]),
        ('"Le Monde\tX\n"La Presse"\tY\n', [Entry('"Le Monde', "X"), Entry("La Presse", "Y")]),
    ],
)
def test_lines_and_tables_are_read(text: str, found: list[Entry]) -> None:
    assert read_entries(text) == found


@pytest.mark.parametrize("pattern", ["a;b", "a\tb", "a = b", "#\\w+", "a  b"])
def test_a_pattern_is_a_line_as_it_stands(pattern: str) -> None:
    assert read_entries(f"{pattern}\n{pattern}x\n", PATTERN) == [
        Entry(pattern),
        Entry(f"{pattern}x"),
    ]


def test_a_cell_longer_than_a_table_may_have_is_read_all_the_same() -> None:
    found = read_entries(f'words,entity\n"{"a" * 200_000}",X\nPQ,Parti\n')
    assert found[-1] == Entry("PQ", "Parti")


def test_what_is_written_is_read_again() -> None:
    assert read_entries(write_entries(PARTIES)) == PARTIES

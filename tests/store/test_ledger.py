"""Who speaks: the quotes that are read, what they add up to, and the table of them."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.core.ledger import (
    NOBODY,
    Ledger,
    QuoteRow,
    SpeakerLine,
    kind_of,
    quote_labels,
    reckon,
)
from annotator.core.model import AnnotationState
from annotator.core.scheme import Label, Scheme, Slot
from annotator.exchange.ledger import COLUMNS, save_table
from annotator.formats.tables.writer import unguarded
from annotator.store import annotations, articles, entities, frames
from annotator.store.deed import Deed
from annotator.store.ledger import quotes
from annotator.store.project import Project
from tests import ledgers
from tests.ledgers import BRUNEAU, LYON, VOTE, WALK


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.open(ledgers.make(path)) as opened:
        yield opened


def row(project: Project, words: str) -> QuoteRow:
    """Return the quote that has these words in it."""
    (found,) = (each for each in quotes(project) if words in each.text)
    return found


def speaker(ledger: Ledger, name: str) -> SpeakerLine:
    (found,) = (line for line in ledger.speakers if line.voice.name == name)
    return found


def test_quotes_come_in_reading_order(project: Project) -> None:
    said = [each.plain for each in quotes(project)]
    assert said[:2] == ["Nous gagnerons … et sans peine", "Enfin !"]
    assert said[-2:] == ["Nous marchons", "Au pas"]
    assert len(said) == 8


def test_all_quotes_are_read_at_once(project: Project) -> None:
    assert project.scheme.labels
    said: list[str] = []
    project.conn.set_trace_callback(said.append)
    assert len(list(quotes(project))) == 8
    assert len(said) == 2


def test_a_quote_has_its_parts_and_its_article(project: Project) -> None:
    found = row(project, "gagnerons")
    assert (found.speaker, found.source, found.cue) == (
        "Geneviève Bruneau",
        "Geneviève Bruneau",
        "assure",
    )
    assert (found.title, found.newspaper, found.published) == (
        "Vote",
        "Le Télégramme",
        "2019-01-04",
    )
    assert found.text == "« Nous gagnerons » … « et sans peine »"
    assert found.words == 5
    assert [VOTE.text[start:end] for start, end in found.fragments] == list(found.surfaces)
    assert row(project, "Jamais").addressee == "l’AFP"
    assert row(project, "importance").is_hedged


def test_the_speaker_is_the_entity_then_what_the_quote_says_then_the_words(
    project: Project,
) -> None:
    assert row(project, "Enfin").speaker == "Geneviève Bruneau"
    assert row(project, "On verra").speaker == "anonymous"
    assert row(project, "Jamais").speaker == "M. Roy"
    assert row(project, "Trop tard").speaker == ""


def test_the_same_words_are_one_speaker_whatever_their_case(project: Project) -> None:
    roy = speaker(reckon(quotes(project)), "M. Roy")
    assert [each.title for each in roy.rows] == ["Vote", "Marche"]
    assert roy.cues == (("lance", 1), ("dit", 1))


def test_a_quote_of_two_speakers_counts_for_both(project: Project) -> None:
    ledger = reckon(quotes(project, article_id="walk"))
    assert row(project, "marchons").speaker == "Geneviève Bruneau; Ville de Lyon"
    bruneau, lyon = speaker(ledger, BRUNEAU.name), speaker(ledger, LYON.name)
    assert (bruneau.words, lyon.words, ledger.words) == (2, 2, 4)
    assert sum(line.share for line in ledger.speakers) == pytest.approx(1)


def test_one_speaker_named_twice_in_a_quote_counts_once(project: Project) -> None:
    quote = row(project, "Au pas").id

    def write(deed: Deed) -> None:
        part = annotations.add(deed, WALK, "per", [(0, 1)])
        annotations.link(deed, "source", quote, part)
        annotations.set_entity(deed, part, BRUNEAU.id)
        other = annotations.add(deed, WALK, "per", [(2, 6)])
        annotations.link(deed, "source", quote, other)
        annotations.set_entity(deed, other, BRUNEAU.id)

    project.do("Sources", write, annotator="Ada")
    assert row(project, "Au pas").speaker == "Geneviève Bruneau; M. ROY"


def test_the_ledger_adds_up(project: Project) -> None:
    ledger = reckon(quotes(project))
    bruneau = ledger.speakers[0]
    assert bruneau.voice.name == "Geneviève Bruneau"
    assert (len(bruneau.rows), bruneau.words) == (3, 8)
    assert (bruneau.first.title, bruneau.last.title) == ("Vote", "Marche")
    assert dict(bruneau.cues) == {"assure": 1, "ajoute": 1, "écrivent": 1}
    assert ledger.words == sum(each.words for each in ledger.rows)
    assert [each.plain for each in ledger.without_speaker] == ["Trop tard."]
    assert [each.plain for each in ledger.without_cue] == ["Trop tard."]


def test_shares_by_gender_and_by_kind_add_up_to_one(project: Project) -> None:
    ledger = reckon(quotes(project))
    genders = {share.name: share.quotes for share in ledger.by_gender}
    assert genders == {"female": 3, "unknown": 4, "not applicable": 1, NOBODY: 1}
    kinds = {share.name: share.quotes for share in ledger.by_kind}
    assert kinds == {"person": 4, "organisation": 1, "anonymous": 1, "unspecified": 2, NOBODY: 1}
    for shares in (ledger.by_gender, ledger.by_kind):
        assert sum(share.share for share in shares) == pytest.approx(1)
        assert shares[-1].name == NOBODY


def test_what_the_quote_says_of_its_source_goes_before_the_register(project: Project) -> None:
    found = row(project, "Enfin")
    project.do(
        "Kind",
        lambda deed: annotations.set_attribute(deed, found.id, "source kind", "group"),
        annotator="Ada",
    )
    again = row(project, "Enfin")
    assert kind_of(again, again.voices[0]) == "group"


def test_suggestions_count_when_they_are_asked_for(project: Project) -> None:
    both = list(quotes(project, states=("accepted", "suggested")))
    assert len(both) == 9
    assert both[-1].state == "suggested"


def test_nobody_stands_behind_a_part_that_is_only_suggested(project: Project) -> None:
    cue = next(each for each in annotations.of_article(project, "walk") if each.text == "écrivent")
    project.do(
        "Unsure",
        lambda deed: annotations.set_state(deed, cue.id, AnnotationState.SUGGESTED),
        annotator="Ada",
    )
    assert row(project, "marchons").cue == ""
    assert [each.cue for each in quotes(project, states=("accepted", "suggested"))][6] == "écrivent"


def test_a_renamed_entity_is_renamed_in_the_ledger(project: Project) -> None:
    renamed = replace(BRUNEAU, name="G. Bruneau", gender="other")
    project.do("Rename", lambda deed: entities.update(deed, renamed), annotator="Ada")
    voice = row(project, "Enfin").voices[0]
    assert (voice.name, voice.gender) == ("G. Bruneau", "other")


def test_a_removed_source_leaves_nobody(project: Project) -> None:
    found = row(project, "Jamais")
    links = annotations.links_at(project, [found.id])
    source = next(link for link in links if link.type == "source")
    project.do(
        "Empty",
        lambda deed: frames.empty(deed, found.id, "source", source.to_id),
        annotator="Ada",
    )
    assert row(project, "Jamais").voices == ()
    project.undo()
    assert row(project, "Jamais").speaker == "M. Roy"


def test_attributes_of_a_strange_kind_do_no_harm(project: Project) -> None:
    found = row(project, "Trop tard")
    for name, value in (("type", True), ("speaker", "no one we know")):
        project.do(
            "Strange",
            lambda deed, n=name, v=value: annotations.set_attribute(deed, found.id, n, v),
            annotator="Ada",
        )
    assert (row(project, "Trop tard").type, row(project, "Trop tard").voices) == ("", ())


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ((Label("quote", "Zitat", slots=(Slot("source"),)),), ["quote"]),
        (
            (Label("q", "QUOTE", slots=(Slot("cue"),)), Label("x", "X", slots=(Slot("source"),))),
            ["q"],
        ),
        ((Label("claim", "Claim", slots=(Slot("source"),)), Label("per", "PER")), ["claim"]),
        ((Label("quote", "Quote"), Label("claim", "Claim", slots=(Slot("source"),))), ["claim"]),
        ((Label("event", "Event", slots=(Slot("place"),)),), []),
    ],
)
def test_the_label_for_quotes_is_found(labels: tuple[Label, ...], expected: list[str]) -> None:
    assert [label.id for label in quote_labels(Scheme(labels=labels))] == expected


def test_an_empty_corpus_adds_up_to_nothing(project: Project) -> None:
    ledger = reckon(quotes(project, article_id="empty"))
    assert ledger == Ledger()


def test_the_window_does_not_take_reading_beside_it_for_work(project: Project) -> None:
    project.do("Flag", lambda deed: articles.set_state(deed, "vote", "flagged"), annotator="Ada")
    assert project.poll() is None
    with Project.open(project.path, read_only=True) as opened:
        assert len(list(quotes(opened))) == 8
    assert project.poll() is None


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {column: unguarded(cell) for column, cell in row.items()}
            for row in csv.DictReader(file)
        ]


def test_the_table_has_one_row_a_quote(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "quotes.csv"
    assert save_table(project, out) == 8
    assert out.read_bytes().startswith(b"\xef\xbb\xbfarticle,article_id,")
    rows = table(out)
    assert tuple(rows[0]) == COLUMNS
    first = rows[0]
    assert first["text_with_marks"] == "« Nous gagnerons » … « et sans peine »"
    assert first["text_without_marks"] == "Nous gagnerons … et sans peine"
    assert (first["words"], first["gender"], first["kind"]) == ("5", "female", "person")
    (start, end), (_start, last) = row(project, "gagnerons").fragments
    assert (first["start"], first["end"]) == (str(start), str(last))
    assert first["fragments"].startswith(f"{start}-{end};")
    assert rows[2]["hedged"] == "true"
    assert (rows[6]["speaker"], rows[6]["entity_id"]) == (
        "Geneviève Bruneau; Ville de Lyon",
        "bruneau; lyon",
    )
    assert rows[6]["gender"] == "female; not applicable"
    assert (rows[5]["speaker"], rows[5]["gender"], rows[5]["kind"]) == ("", "", "")


def test_the_table_of_one_article(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "walk.csv"
    assert save_table(project, out, article_id="walk", states=("accepted", "suggested")) == 3
    assert [row["state"] for row in table(out)] == ["accepted", "accepted", "suggested"]


def test_no_cell_is_a_formula(project: Project, tmp_path: Path) -> None:
    project.do(
        "Title",
        lambda deed: articles.set_metadata(deed, "walk", {"title": "=1+1"}),
        annotator="Ada",
    )
    out = tmp_path / "walk.csv"
    save_table(project, out, article_id="walk")
    assert b"\r\n'=1+1," in out.read_bytes()
    assert table(out)[0]["article"] == "=1+1"


def test_a_table_given_up_leaves_the_old_one(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "quotes.csv"
    out.write_text("older", "utf-8")
    assert save_table(project, out, progress=lambda _done, _total: False) == 0
    assert out.read_text("utf-8") == "older"
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".csv"] == ["quotes.csv"]


def test_a_table_that_cannot_be_written_says_so(project: Project, tmp_path: Path) -> None:
    for out in (tmp_path, tmp_path / "missing" / "quotes.csv", project.path / "quotes.csv"):
        with pytest.raises(UserError, match=out.name):
            save_table(project, out)

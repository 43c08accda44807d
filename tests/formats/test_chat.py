"""Chats for fine-tuning: words and their occurrence lead back to exactly our spans."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from annotator.core.corpus import LabelledArticle
from annotator.core.formats import Writing
from annotator.core.model import Article, Link
from annotator.core.scheme import Label, LinkType, Scheme, Slot
from annotator.core.tokens import tokens
from annotator.formats.chat import format as chat
from annotator.formats.chat.format import ChatWriter, read_chat, recognises
from annotator.formats.chat.parts import parts
from tests.formats.marked import (
    NAMES,
    TEXT,
    article_of,
    articles,
    at,
    check_rich_links,
    corpus,
    problems,
    proved,
    reasons,
    rich,
    shapes,
    spans,
)


def exported(folder: Path, *labelled: LabelledArticle, scheme: Scheme | None = None) -> Path:
    what = corpus(*labelled, scheme=scheme) if scheme else corpus(*labelled)
    proved(ChatWriter, what, folder, Writing(), "train.jsonl")
    return folder / "train.jsonl"


def examples(file: Path) -> list[dict[str, str]]:
    """Return what each role says, line by line, as any reader of JSON lines has it."""
    lines = file.read_text("utf-8").splitlines()
    return [{row["role"]: row["content"] for row in json.loads(line)["messages"]} for line in lines]


def answer_of(file: Path) -> dict[str, Any]:
    (example,) = examples(file)
    answer: dict[str, Any] = json.loads(example["assistant"])
    return answer


def chat_of(path: Path, text: str, answer: Any) -> Path:
    said = answer if isinstance(answer, str) else json.dumps(answer)
    messages = [{"role": "user", "content": text}, {"role": "assistant", "content": said}]
    path.write_text(json.dumps({"messages": messages}) + "\n", "utf-8")
    return path


def test_annotations_and_links_survive(tmp_path: Path) -> None:
    file = exported(tmp_path, rich())
    found = list(read_chat(file))
    assert problems(found) == []
    back = article_of(found)
    assert back.article.text == TEXT
    assert shapes(back) == shapes(rich(), NAMES)
    check_rich_links(back)


def test_what_an_example_looks_like(tmp_path: Path) -> None:
    file = exported(tmp_path, rich())
    (example,) = examples(file)
    assert example["user"] == TEXT
    assert example["system"].startswith("Tu annotes des articles de presse.")
    assert "- Quote (quotes) ; attributs : type = direct | indirect" in example["system"]
    answer = json.loads(example["assistant"])
    assert list(answer) == ["entities", "quotes", "cues", "odd", "links"]
    assert answer["quotes"] == [
        {
            "id": "q1",
            "label": "Quote",
            "text": "La mer monte 🌊 vite",
            "attributes": {"type": "direct", "negated": True, "n": "42"},
            "speaker": "e1",
            "cue": "c1",
        },
        {
            "id": "q2",
            "label": "Quote",
            "text": ["Il faut agir", "dès 10\u202f000\u00a0cas"],
            "speaker": "e5",
        },
    ]
    assert answer["entities"][0] == {
        "id": "e1",
        "label": "PER",
        "text": "la préfète de l'Écologie Anne N'Guyen",
    }
    assert answer["links"] == [{"type": "refers", "from": "e5", "to": "e1"}]


def test_the_file_is_as_it_always_was(tmp_path: Path) -> None:
    """Another instruction or answer is another task: it would need a new name of the template."""
    golden = Path(__file__).parent / "golden" / "chat" / "rich.jsonl"
    assert exported(tmp_path, rich()).read_bytes() == golden.read_bytes()


def test_what_has_no_place_is_told(tmp_path: Path) -> None:
    losses = proved(ChatWriter, corpus(rich()), tmp_path, Writing(), "x.jsonl")
    assert {(kind, outcome) for kind, outcome, _reason in reasons(losses)} == {
        ("note", "left out"),
        ("entity", "left out"),
        ("metadata", "left out"),
    }


def test_an_article_without_annotations_is_an_example_too(tmp_path: Path) -> None:
    answer = answer_of(exported(tmp_path, LabelledArticle(Article("a", "Rien."), [], [])))
    assert answer == {"entities": [], "quotes": [], "cues": [], "odd": [], "links": []}


def test_an_english_article_is_asked_for_in_english(tmp_path: Path) -> None:
    bare = [
        LabelledArticle(Article(code or "none", f"Text {code}.", language=code), [], [])
        for code in ("en", "fr-CA", "", "de")
    ]
    writer = ChatWriter(corpus(*bare))
    assert [loss.text for loss in writer.write(tmp_path / "x.jsonl")] == ["language"] * 3
    starts = [example["system"][:12] for example in examples(tmp_path / "x.jsonl")]
    assert starts == ["You annotate", "Tu annotes d", "Tu annotes d", "You annotate"]
    assert writer.settings["prompt"] == "annotator-chat/1 en, fr"


def test_words_that_stand_there_twice_are_counted(tmp_path: Path) -> None:
    text = "aaa Lille et Lille, pas aaa."
    groups = [spans(text, "1", "per", (1, 3)), spans(text, "2", "loc", (13, 18), (24, 26))]
    labelled = LabelledArticle(Article("a", text), [s for g in groups for s in g], [])
    answer = answer_of(exported(tmp_path, labelled))
    assert answer["entities"] == [
        {"id": "e1", "label": "PER", "text": "aa", "occurrence": 2},
        {"id": "e2", "label": "LOC", "text": ["Lille", "aa"], "occurrence": [2, 3]},
    ]


def test_many_fillers_of_a_slot_are_a_list(tmp_path: Path) -> None:
    text = "Oui, disent Ada et Bo."
    groups = [
        spans(text, "q", "quote", (0, 3)),
        spans(text, "a", "per", at("Ada", text)),
        spans(text, "b", "per", at("Bo", text)),
    ]
    links = [Link("1", "source", "q", "a"), Link("2", "source", "q", "b")]
    labelled = LabelledArticle(Article("a", text), [s for g in groups for s in g], links)
    assert answer_of(exported(tmp_path, labelled))["quotes"][0]["speaker"] == ["e1", "e2"]


def test_slots_and_groups_with_names_of_ours_do_not_get_in_the_way(tmp_path: Path) -> None:
    slots = tuple(Slot(name) for name in ("speaker", "text", "id", "cue"))
    scheme = Scheme(
        labels=(Label("q", "Q", group="links", slots=slots), Label("p", "P", group="")),
        links=(LinkType("refers"),),
    )
    text = "Oui, dit Ada."
    groups = [spans(text, "q", "q", (0, 3)), spans(text, "p", "p", (9, 12))]
    links = [Link(name, name, "q", "p") for name in ("speaker", "text", "id", "cue")]
    labelled = LabelledArticle(Article("a", text), [s for g in groups for s in g], links)
    answer = answer_of(exported(tmp_path, labelled, scheme=scheme))
    assert list(answer) == ["links_", "", "links"]
    assert [row["type"] for row in answer["links"]] == ["speaker", "text", "id"]


@settings(max_examples=50, deadline=None)
@given(labelled=articles())
def test_any_article_comes_back(tmp_path_factory: Any, labelled: LabelledArticle) -> None:
    file = exported(tmp_path_factory.mktemp("out"), labelled)
    # What cuts lines where only some readers do (U+2028, U+0085) must not stand in them as it is.
    (line,) = file.read_text("utf-8").splitlines()
    assert json.loads(line)["messages"][1]["content"] == labelled.article.text
    assert shapes(article_of(read_chat(file))) == shapes(labelled, NAMES)


# Texts that are too long


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an example have no more than twelve tokens."""
    monkeypatch.setattr(chat, "parts", lambda labelled: parts(labelled, 12))


LONG = (
    "Ada parle à Lille ce matin.\nElle dort. Bo écoute Ada et Cy.\n\nPuis tous partent pour Brest."
)


@pytest.mark.usefixtures("short")
def test_a_long_text_is_divided_at_paragraphs(tmp_path: Path) -> None:
    groups = [
        spans(LONG, "1", "per", at("Ada", LONG)),
        spans(LONG, "2", "per", at("Elle", LONG)),
        spans(LONG, "3", "loc", at("Brest", LONG)),
    ]
    links = [Link("k", "refers", "2", "1")]
    labelled = LabelledArticle(Article("a", LONG), [s for g in groups for s in g], links)
    losses = proved(ChatWriter, corpus(labelled), tmp_path, Writing(), "x.jsonl")
    assert {(loss.kind, loss.outcome, loss.id) for loss in losses} == {
        ("link", "left out", "k"),
        *(("annotation", "changed", number) for number in "123"),
    }
    texts = [example["user"] for example in examples(tmp_path / "x.jsonl")]
    assert texts == [
        "Ada parle à Lille ce matin.\n",
        "Elle dort. Bo écoute Ada et Cy.\n\n",
        "Puis tous partent pour Brest.",
    ]


@pytest.mark.usefixtures("short")
def test_a_long_text_is_not_divided_inside_an_annotation(tmp_path: Path) -> None:
    start = LONG.index("Lille")
    crossing = spans(LONG, "1", "odd", (start, LONG.index(" dort")))
    labelled = LabelledArticle(Article("a", LONG), crossing, [])
    file = exported(tmp_path, labelled)
    assert examples(file)[0]["user"] == "Ada parle à Lille ce matin.\nElle dort. "


@pytest.mark.usefixtures("short")
def test_an_annotation_longer_than_a_part_is_left_out_with_all_that_goes_with_it(
    tmp_path: Path,
) -> None:
    groups = [
        spans(LONG, "1", "odd", (0, len(LONG)), attributes='{"type": "x"}'),
        spans(LONG, "2", "per", at("Bo", LONG)),
    ]
    links = [Link("k", "refers", "1", "2")]
    labelled = LabelledArticle(Article("a", LONG), [s for g in groups for s in g], links)
    losses = proved(ChatWriter, corpus(labelled), tmp_path, Writing(), "x.jsonl")
    assert {(loss.kind, loss.outcome) for loss in losses if loss.id != "2"} == {
        ("annotation", "left out"),
        ("attribute", "left out"),
        ("link", "left out"),
    }
    assert "".join(example["user"] for example in examples(tmp_path / "x.jsonl")) == LONG


def test_a_text_of_six_thousand_tokens_is_one_example() -> None:
    text = "mot " * 6_000
    assert parts(LabelledArticle(Article("a", text), [], [])) == [(0, len(text))]
    assert len(parts(LabelledArticle(Article("a", f"{text} fin"), [], []))) == 2


@settings(max_examples=50, deadline=None)
@given(labelled=articles())
def test_parts_are_the_whole_text(labelled: LabelledArticle) -> None:
    found = parts(labelled, 3)
    text = labelled.article.text
    assert "".join(text[start:end] for start, end in found) == text
    starts = [start for start, _end in tokens(text)]
    assert all(sum(start <= at < end for at in starts) <= 3 for start, end in found)


@pytest.mark.usefixtures("short")
@settings(max_examples=30, deadline=None)
@given(labelled=articles())
def test_any_article_comes_back_in_parts(tmp_path_factory: Any, labelled: LabelledArticle) -> None:
    exported(tmp_path_factory.mktemp("out"), labelled)


# What others write, and what models answer


def test_an_answer_in_a_fence_is_read(tmp_path: Path) -> None:
    answer = '```json\n{"entities": [{"label": "LOC", "text": "Lille"}]}\n```'
    file = chat_of(tmp_path / "x.jsonl", "À Lille.", answer)
    assert shapes(article_of(read_chat(file))) == Counter([("LOC", (2, 7))])


def test_offsets_follow_when_line_ends_become_one(tmp_path: Path) -> None:
    answer = {"entities": [{"label": "X", "text": "a\r\nb"}, {"label": "LOC", "text": "Lille"}]}
    article = article_of(read_chat(chat_of(tmp_path / "x.jsonl", "a\r\nb\r\nLille", answer)))
    assert article.article.text == "a\nb\nLille"
    assert shapes(article) == Counter([("X", (0, 3)), ("LOC", (4, 9))])


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("Voici :", "Its answer is not valid JSON"),
        ([1], "Its answer is no JSON object."),
        ({"e": [{"label": "LOC"}]}, "An item of the answer has no label or no text."),
        ({"e": [{"label": "LOC", "text": ""}]}, "has no label or no text"),
        ({"e": [{"label": "LOC", "text": "Lens"}]}, "“Lens” stands in the text 0 times"),
        ({"e": [{"label": "LOC", "text": "Lille", "occurrence": 2}]}, "number 2 was asked for"),
        ({"e": [{"label": "LOC", "text": ["Lille", "À"]}]}, "does not stand behind the piece"),
        (
            {"e": [{"id": "1", "label": "LOC", "text": "À", "x": "2"}]},
            "“x” from 1 to 2 joins no two",
        ),
        ({"links": [{"type": "x", "from": "1", "to": "1"}]}, "joins no two items"),
    ],
)
def test_an_answer_that_is_not_as_asked_is_told(tmp_path: Path, answer: Any, told: str) -> None:
    found = list(read_chat(chat_of(tmp_path / "x.jsonl", "À Lille.", answer)))
    (problem,) = problems(found)
    assert problem.startswith("x.jsonl:1: ")
    assert told in problem
    assert article_of(found).article.text == "À Lille."


def test_lines_that_are_no_chats_are_told_and_the_rest_comes_in(tmp_path: Path) -> None:
    file = chat_of(tmp_path / "x.jsonl", "À Lille.", {})
    more = ['{"messages": 3}', '{"messages": [{"role": "user", "content": 5}]}', "{", "[]"]
    file.write_text(file.read_text("utf-8") + "\n".join(more), "utf-8")
    found = list(read_chat(file))
    assert [problem.partition(":")[2][:1] for problem in problems(found)] == ["2", "3", "4", "5"]
    assert article_of(found).article.text == "À Lille."


def test_chats_are_told_from_other_json_lines() -> None:
    assert recognises(Path("x"), b'\xef\xbb\xbf{"id": 1, "messages" : []}\n{')
    assert not recognises(Path("x"), b'{"text": "\\"messages\\": []"}\n')

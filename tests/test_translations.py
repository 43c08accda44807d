"""The program speaks French wherever it speaks English."""

import io
import os
import re
import string
import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from annotator import language
from tests.translations import PO, forms, french, gather, key, lacking, sentences


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return french()


def _placeholders(text: str) -> set[str]:
    return {found[1] for found in string.Formatter().parse(text) if found[1] is not None}


def _accelerators(text: str) -> int:
    return len(re.findall(r"&\w", text))


def test_every_sentence_has_its_french(catalogue: Catalog) -> None:
    assert lacking(gather(catalogue)) == [], "run `python -m tests.translations`, then translate"


def test_nothing_is_translated_that_nobody_says(catalogue: Catalog) -> None:
    said = {key(sentence) for sentence in sentences()}
    assert {key(message.id) for message in catalogue if message.id} - said == set()


def test_placeholders_are_the_same_in_french(catalogue: Catalog) -> None:
    wrong = []
    for message in catalogue:
        english = (message.id,) if isinstance(message.id, str) else message.id
        for ours, theirs in zip(english, forms(message), strict=True):
            if message.id and _placeholders(ours) != _placeholders(theirs):
                wrong.append(theirs)
    assert wrong == []


def test_what_has_an_accelerator_has_one_in_french(catalogue: Catalog) -> None:
    wrong = []
    for message in catalogue:
        if isinstance(message.id, str):
            wanted = _accelerators(message.id)
            wrong += [text for text in forms(message) if _accelerators(text) != wanted]
    assert wrong == []


def test_french_typography_keeps_signs_with_their_words(catalogue: Catalog) -> None:
    """A plain space before ; : ! ? or inside « » may break the line there."""
    texts = [text for message in catalogue if message.id for text in forms(message)]
    assert [text for text in texts if re.search(r"\w [;:!?»]|« ", text)] == []
    assert [text for text in texts if re.search(r"\w'\w|[“”]", text)] == []


def test_the_compiled_catalogue_is_current(catalogue: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue()


def test_gathering_again_changes_nothing(catalogue: Catalog) -> None:
    again = gather(catalogue)
    assert {key(message.id): forms(message) for message in again if message.id} == {
        key(message.id): forms(message) for message in catalogue if message.id
    }


def test_french_is_spoken_when_asked_for() -> None:
    try:
        assert language.use_language("fr") == "fr"
        assert language._("to do") == "à faire"
    finally:
        language.use_language("en")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--help"], ("Usage :", "Options :", "Commandes :", "Afficher cette aide")),
        (["export", "--help"], ("PROJET SORTIE", "par défaut :", "FICHIER")),
        (["info"], ("Erreur :", "Il manque l’argument 'PROJET'", "Pour de l’aide")),
        (["nothing"], ("Il n’y a pas de commande « nothing »",)),
    ],
    ids=lambda value: value[0],
)
def test_the_command_line_speaks_french_and_click_too(
    arguments: list[str], said: tuple[str, ...]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "annotator", *arguments],
        env={**os.environ, "ANNOTATOR_LANGUAGE": "fr", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    text = (done.stdout + done.stderr).replace("\u00a0", " ")
    assert [words for words in said if words not in text] == []

"""The head of a press text tells its title, author and date, and keeps quiet when in doubt."""

import pytest

from annotator.readers.press import Head, read_head
from annotator.readers.small_words import guess_language

BODY = (
    "Les élus de la ville ont voté le budget dans la soirée, après un long débat sur les écoles. "
    * 4
)
ENGLISH_BODY = (
    "The council of the city voted for the budget in the evening, and it was not easy. " * 4
)


def head(lines: str, body: str = BODY) -> Head:
    return read_head(f"{lines}\n\n{body}")


def test_a_whole_french_head() -> None:
    found = head(
        "Actualités\n\nDes vélos volés retrouvés au port\n\nle mardi 3 mai 2022\n"
        "Modifié à 9 h 05 min le 4 mai 2022\nPar Élodie Prévôt-Lang\n\neprevot@exemple.ca"
    )
    assert found == Head(
        "Des vélos volés retrouvés au port",
        "Élodie Prévôt-Lang",
        "2022-05-03",
        "fr",
        {"section": "Actualités", "email": "eprevot@exemple.ca", "modified": "2022-05-04T09:05"},
    )


def test_a_whole_english_head() -> None:
    found = head(
        "Local News\n\nHarbour bridge to close for a month\n\nBy Jane Doe, The Daily Example\n"
        "Published April 19, 2018 at 3:33 PM\nUpdated: April 20, 2018 8:05 a.m. EDT",
        ENGLISH_BODY,
    )
    assert found == Head(
        "Harbour bridge to close for a month",
        "Jane Doe",
        "2018-04-19",
        "en",
        {"section": "Local News", "modified": "2018-04-20T08:05"},
    )


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("le jeudi 19 avril 2018", "2018-04-19"),
        ("Jeudi 19 avril 2018", "2018-04-19"),
        ("19 avril 2018", "2018-04-19"),
        ("1er janvier 2020", "2020-01-01"),
        ("Publié le 1er août 2021 à 15h30", "2021-08-01"),
        ("Publié le 12 déc. 2021 à 15 h", "2021-12-12"),
        ("Le 7 févr. 2019", "2019-02-07"),
        ("Paru le 07/02/2019 à 08:15", "2019-02-07"),
        ("2018-04-19", "2018-04-19"),
        ("2018-04-19T15:33:00Z", "2018-04-19"),
        ("2018-04-19 15:33", "2018-04-19"),
        ("April 19, 2018", "2018-04-19"),
        ("19 April 2018", "2018-04-19"),
        ("Thursday, April 19th, 2018", "2018-04-19"),
        ("Posted on Apr. 19, 2018", "2018-04-19"),
        ("le 19\u00a0avril\u00a02018", "2018-04-19"),
        ("le 31 avril 2018", ""),
        ("Le 19 avril 2018, le maire a démissionné", ""),
        ("La crise du 19 avril 2018", ""),
        ("en avril 2018", ""),
        ("Appelez le 514 555-2018", ""),
    ],
)
def test_datelines(line: str, published: str) -> None:
    assert head(f"Un titre tout à fait ordinaire\n\n{line}").published == published


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Par Steve Sauvé", "Steve Sauvé"),
        ("par Marie-Ève D’Amours", "Marie-Ève D’Amours"),
        ("Par Luc de la Tour et Anne Roy", "Luc de la Tour et Anne Roy"),
        ("Par Anne Roy, La Gazette", "Anne Roy"),
        ("Par Anne Roy | 3 mai 2022", "Anne Roy"),
        ("Propos recueillis par Anne Roy", "Anne Roy"),
        ("Un texte de la rédaction", ""),
        ("Par ailleurs, le maire se tait", ""),
        ("Par un froid matin de mars", ""),
        ("BY JOHN SMITH", "JOHN SMITH"),
        ("By John O'Neil and Ann B. Lee", "John O'Neil and Ann B. Lee"),
        ("Auteur : Anne Roy", "Anne Roy"),
        ("By the river, a quiet life", ""),
    ],
)
def test_bylines(line: str, author: str) -> None:
    assert head(f"Un titre tout à fait ordinaire\n\n{line}\n3 mai 2022").author == author


def test_a_name_above_its_own_address_is_the_author() -> None:
    assert head("Un titre tout à fait ordinaire\n\nAnne Roy\naroy@exemple.ca").author == "Anne Roy"
    assert head("Un titre tout à fait ordinaire\n\nLe Maire\naroy@exemple.ca").author == ""


def test_a_date_of_change_alone_is_no_date_of_publication() -> None:
    found = head("Un titre tout à fait ordinaire\n\nMis à jour le 3 mai 2022")
    assert (found.published, dict(found.meta)) == ("", {"modified": "2022-05-03"})


@pytest.mark.parametrize(
    ("lines", "section", "title"),
    [
        ("Sports\n\nLes Aigles gagnent encore", "Sports", "Les Aigles gagnent encore"),
        (
            "Rive-Sud\n\nLes Aigles gagnent encore\n3 mai 2022",
            "Rive-Sud",
            "Les Aigles gagnent encore",
        ),
        ("Rive-Sud\n\nLes Aigles gagnent encore", "", "Rive-Sud"),
        ("Les Aigles gagnent encore", "", "Les Aigles gagnent encore"),
        ("Les Aigles gagnent encore\n\nUne partie serrée", "", "Les Aigles gagnent encore"),
        ("« On a tout donné »\n\nPar Anne Roy", "", "« On a tout donné »"),
        ("3 mai 2022\nPar Anne Roy\nLes Aigles gagnent encore", "", "Les Aigles gagnent encore"),
        ("Le maire est parti. Il ne reviendra pas.", "", ""),
    ],
)
def test_section_and_title(lines: str, section: str, title: str) -> None:
    found = head(lines)
    assert (found.meta.get("section", ""), found.title) == (section, title)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "fr"),
        (ENGLISH_BODY, "en"),
        ("", ""),
        ("12 345 67", ""),
        ("Der Bürgermeister hat heute nichts gesagt und morgen auch nicht.", ""),
        ("L’été, c’est la plage et les amis.", "fr"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize("text", ["", "\n", "\n" * 100, "a", BODY, " \u00a0\n\u202f"])
def test_a_text_without_a_head_has_no_title(text: str) -> None:
    assert read_head(text).title == ""


def test_nothing_is_read_below_the_first_paragraph() -> None:
    assert read_head(f"{BODY}\nPar Anne Roy\n3 mai 2022").author == ""

"""What the rules find in sentences of every pattern, and around a place that somebody points at."""

import pytest

from annotator.suggest import quotes
from annotator.suggest.lexicon import Language, lexicon
from annotator.suggest.proposal import Proposal

FRENCH = """
after-noun      | « Le pont tiendra », assure Mme Lafond. | « Le pont tiendra » | assure | Mme Lafond
after-clitic    | « Le pont tiendra », a-t-elle assuré. | « Le pont tiendra » | a-t-elle assuré | elle
incise-noun     | « Le pont, assure Mme Lafond, tiendra l’hiver. » | « Le pont ~ tiendra l’hiver. » | assure | Mme Lafond
incise-manner   | « Le pont tient, a fait savoir Luc Roy, maire de Laval, via communiqué. Il est neuf. » | \
« Le pont tient ~ Il est neuf. » | a fait savoir | Luc Roy, maire de Laval
after-infinitive| « Le pont tiendra l’hiver », de préciser Mme Lafond. | « Le pont tiendra l’hiver » | de préciser | Mme Lafond
colon-verb      | Mme Lafond souligne : « Le pont tiendra. » | « Le pont tiendra. » | souligne | Mme Lafond
que             | Mme Lafond soutient que le pont tiendra l’hiver. | que le pont tiendra l’hiver | soutient | Mme Lafond
infinitive      | Luc Roy promet de réparer le pont. | de réparer le pont | promet | Luc Roy
nominal         | Luc Roy souligne l’importance de réparer le pont avant l’hiver. | \
l’importance de réparer le pont avant l’hiver | souligne | Luc Roy
nominal         | Luc Roy pointe pour sa part un manque de moyens. | un manque de moyens | pointe | Luc Roy
nominal         | Luc Roy réclame la fermeture du pont. | la fermeture du pont | réclame | Luc Roy
nominal         | Le comité « Sauvons le pont » dénonce le manque de moyens. | le manque de moyens | dénonce | \
Le comité « Sauvons le pont »
infinitive      | Anne Roy presse le ministère de réparer le pont. | de réparer le pont | presse | Anne Roy
infinitive      | Anne Roy invite le maire à venir voir. | à venir voir | invite | Anne Roy
selon-before    | Selon Mme Lafond, le pont tiendra l’hiver. | le pont tiendra l’hiver | Selon | Mme Lafond
selon-after     | Le pont tiendra l’hiver, d’après Luc Roy. | Le pont tiendra l’hiver | d’après | Luc Roy
"""  # noqa: E501
ENGLISH = """
after-subject | “The bridge will hold,” Jane Roy said. | “The bridge will hold,” | said | Jane Roy
after-noun    | "The bridge will hold," said Jane Roy. | "The bridge will hold," | said | Jane Roy
incise-noun   | “The bridge,” said Jane Roy, “will hold all winter.” | “The bridge,” ~ “will hold all winter.” | said | Jane Roy
before-verb   | Jane Roy said, “The bridge will hold.” | “The bridge will hold.” | said | Jane Roy
that          | Jane Roy insists that the bridge will hold. | that the bridge will hold | insists | Jane Roy
zero-that     | Jane Roy said the bridge will hold. | the bridge will hold | said | Jane Roy
zero-that     | Jane Roy insists there are no hard feelings. | there are no hard feelings | insists | Jane Roy
zero-that     | Jane Roy said profits rose in May. | profits rose in May | said | Jane Roy
zero-that     | Jane Roy said he met the board. | he met the board | said | Jane Roy
infinitive    | Jane Roy is asking campers to mark their tents. | to mark their tents | is asking | Jane Roy
infinitive    | Jane Roy accused the army of looting two trucks. | of looting two trucks | accused | Jane Roy
infinitive    | Jane Roy promised to repair the bridge. | to repair the bridge | promised | Jane Roy
selon-before  | According to Jane Roy, the bridge will hold. | the bridge will hold | According to | Jane Roy
"""  # noqa: E501

Row = tuple[Language, str, list[str], str, str]


def rows(table: str, language: Language) -> list[Row]:
    found: list[Row] = []
    for line in table.strip().replace("\\\n", "").splitlines():
        _pattern, text, content, cue, source = (each.strip() for each in line.split("|"))
        found.append((language, text, [each.strip() for each in content.split("~")], cue, source))
    return found


def said(text: str, proposal: Proposal) -> tuple[list[str], str, str]:
    cue = " ".join(text[slice(*each)] for each in proposal.cue)
    source = text[slice(*proposal.source)] if proposal.source else ""
    return [text[slice(*each)] for each in proposal.fragments], cue, source


@pytest.mark.parametrize(
    ("language", "text", "content", "cue", "source"), [*rows(FRENCH, "fr"), *rows(ENGLISH, "en")]
)
def test_every_pattern(
    language: Language, text: str, content: list[str], cue: str, source: str
) -> None:
    [proposal] = quotes.find(text, lexicon(language))
    assert said(text, proposal) == (content, cue, source)


@pytest.mark.parametrize(
    "text",
    [
        "Il a lu « Les Misérables » en un été.",
        "Luc « le Grand » Roy a gagné la course.",
        "Ce « miracle » économique n’en est pas un.",
        "L’opération « Mains propres » a commencé lundi.",
        "L'homme n'a qu'une idée, l'argent d'aujourd'hui.",
        "",
        "« »",
        "Le pont a été construit en 1962 par la Ville.",
    ],
)
def test_titles_nicknames_and_scare_quotes_are_no_quotations(text: str) -> None:
    assert quotes.find(text, lexicon("fr")) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Ce métier demande de la patience."),
        ("fr", "Luc Roy a demandé la clé de la mairie."),
        ("en", "When the vote, which took hours, was over, the mayor said nothing."),
    ],
)
def test_what_nobody_says_is_not_reported(language: Language, text: str) -> None:
    assert quotes.find(text, lexicon(language)) == []


def test_every_suggestion_has_a_score_and_a_reason() -> None:
    text = "« Le pont tiendra », assure Mme Lafond."
    [proposal] = quotes.find(text, lexicon("fr"))
    assert 0 < proposal.score <= 1
    assert proposal.reason == "marks « », cue “assure”, verb assurer, speaker “Mme Lafond”"


def test_a_floating_quote_goes_on_with_the_last_speaker() -> None:
    text = "« Le pont tiendra », assure Mme Lafond. « Il est tout neuf, il a trois ans. »"
    first, second = quotes.find(text, lexicon("fr"))
    assert second.source == first.source
    assert second.cue == ()
    assert "the speaker before" in second.reason


def test_up_to_five_speakers_each_with_a_reason() -> None:
    text = (
        "Jean Côté, Paul Morin et Anne Roy étaient là. Marie Lafond aussi. "
        "« Le pont tiendra », assure Luc Roy. « Non, il ne tiendra pas l’hiver », répond-il."
    )
    proposal = quotes.find(text, lexicon("fr"), with_speakers=True)[1]
    names = [text[slice(*each.range)] for each in proposal.speakers if each.range]
    assert 2 <= len(proposal.speakers) <= 5
    assert names[:2] == ["il", "Luc Roy"]
    assert len(set(names)) == len(names)
    assert all(each.reason for each in proposal.speakers)


def test_nobody_named_and_the_author_close_a_short_list() -> None:
    text = "« Le pont tiendra-t-il tout l’hiver ? »"
    [proposal] = quotes.find(text, lexicon("fr"), with_speakers=True)
    assert [each.kind for each in proposal.speakers] == ["anonymous", "author"]


def test_negated_and_hedged_reports_are_marked() -> None:
    denied, hedged = quotes.find(
        "Mme Lafond n’a pas dit que le pont tiendrait. Luc Roy aurait dit que le pont tombera.",
        lexicon("fr"),
    )
    assert (denied.is_negated, denied.is_hedged) == (True, False)
    assert (hedged.is_negated, hedged.is_hedged) == (False, True)


def test_what_is_written_is_told_from_what_is_spoken() -> None:
    spoken, written = quotes.find(
        "« Le pont tiendra », dit Luc Roy. « Le pont tombera », écrit Anne Roy.", lexicon("fr")
    )
    assert (spoken.medium, written.medium) == ("speech", "writing")


def test_somebody_without_a_name() -> None:
    text = "« Le pont tombera », affirme une source proche du dossier."
    [proposal] = quotes.find(text, lexicon("fr"))
    assert proposal.source_kind == "anonymous"


# Around a place ---------------------------------------------------------------------------------

PARTED = "Hier. « Le pont, assure Mme Lafond, tiendra l’hiver. » Et après ?"


@pytest.mark.parametrize("word", ["pont", "assure", "Lafond", "hiver"])
def test_the_quote_around_a_word_of_its_content_cue_or_incise(word: str) -> None:
    place = PARTED.index(word) + 1
    proposal = quotes.find_at(PARTED, place, place, lexicon("fr"))
    assert proposal and said(PARTED, proposal)[0] == ["« Le pont", "tiendra l’hiver. »"]


def test_there_is_no_quote_around_other_words() -> None:
    place = PARTED.index("après")
    assert quotes.find_at(PARTED, place, place, lexicon("fr")) is None


def test_the_innermost_quote_is_meant() -> None:
    text = "« Il m’a dit : “Venez donc dès demain matin”, et je suis venu », raconte Luc Roy."
    place = text.index("donc")
    proposal = quotes.find_at(text, place, place, lexicon("fr"))
    assert proposal and said(text, proposal)[0] == ["“Venez donc dès demain matin”"]


def test_a_quote_is_found_in_the_middle_of_a_long_article() -> None:
    filler = "Le marché a ouvert ses portes.\n" * 20_000
    text = filler + PARTED + "\n" + filler
    place = text.index("hiver")
    proposal = quotes.find_at(text, place, place, lexicon("fr"))
    assert proposal and said(text, proposal)[1:] == ("assure", "Mme Lafond")


def test_a_quote_of_fifteen_thousand_characters_is_found_whole() -> None:
    text = "« " + "Le pont tient bon. " * 800 + "Voilà. », assure Mme Lafond."
    place = len(text) // 2
    proposal = quotes.find_at(text, place, place, lexicon("fr"))
    assert proposal and proposal.start == 0 and len(text) - proposal.end < 30
    assert said(text, proposal)[1:] == ("assure", "Mme Lafond")


def test_chosen_words_keep_their_edges_and_lose_their_incise() -> None:
    start, end = PARTED.index("Le pont"), PARTED.index(". »")
    proposal = quotes.content_of(PARTED, start, end, lexicon("fr"))
    assert said(PARTED, proposal) == (["Le pont", "tiendra l’hiver"], "assure", "Mme Lafond")


def test_any_words_can_be_chosen_as_content() -> None:
    start = PARTED.index("Et")
    proposal = quotes.content_of(PARTED, start - 1, start + 9, lexicon("fr"))
    assert said(PARTED, proposal) == (["Et après"], "", "")


def test_an_incise_is_found_in_content_that_was_taken_whole() -> None:
    start, end = PARTED.index("«"), PARTED.index("»") + 1
    inside = PARTED.index("assure") + 2
    proposal = quotes.incise_in(PARTED, start, end, inside, lexicon("fr"))
    assert proposal and said(PARTED, proposal) == (
        ["« Le pont", "tiendra l’hiver. »"],
        "assure",
        "Mme Lafond",
    )
    assert quotes.incise_in(PARTED, start, end, PARTED.index("hiver"), lexicon("fr")) is None


def test_the_verb_group_around_a_word() -> None:
    text = "Mme Lafond n’a pas voulu préciser la date."
    place = text.index("préciser") + 2
    found = quotes.cue_at(text, place, place, lexicon("fr"))
    assert found and text[slice(*found)] == "n’a pas voulu préciser"
    assert quotes.cue_at(text, 1, 1, lexicon("fr")) is None


@pytest.mark.parametrize("word", ["Mme", "Lafond", "mairesse", "Laval"])
def test_the_mention_around_a_word(word: str) -> None:
    text = "Hier, Mme Lafond, mairesse de Laval, a parlé."
    place = text.index(word) + 1
    found = quotes.mention_at(text, place, place, lexicon("fr"))
    assert found and word in text[slice(*found)]


def test_the_next_quote_from_a_place_on() -> None:
    text = PARTED + " « Le pont tombera », répond Luc Roy."
    behind = PARTED.index("Et après")
    found = quotes.first_between(text, behind, len(text), lambda _each: True, lexicon("fr"))
    assert found and said(text, found)[1:] == ("répond", "Luc Roy")
    assert quotes.first_between(text, behind, len(text), lambda _each: False, lexicon("fr")) is None


def test_the_speakers_of_content_chosen_by_hand() -> None:
    text = "Mme Lafond est arrivée. Le pont tiendra, qu’on se le dise."
    start = text.index("Le pont")
    speakers = quotes.speakers_of(text, [(start, start + 15)], lexicon("fr"))
    assert text[slice(*(speakers[0].range or (0, 0)))] == "Mme Lafond"


# What a project teaches ---------------------------------------------------------------------------


def test_a_cue_verb_that_was_learnt_takes_part() -> None:
    text = "Luc Roy gribouille que le pont tombera."
    plain = lexicon("fr")
    assert quotes.find(text, plain) == []
    lemma = plain.new_lemma("gribouille")
    assert lemma == "gribouiller"
    taught = plain.taught([lemma], [])
    [proposal] = quotes.find("Luc Roy a gribouillé que le pont tombera.", taught)
    assert proposal.reason.startswith("cue “a gribouillé”")


def test_what_is_known_already_is_not_learnt() -> None:
    assert lexicon("fr").new_lemma("a déclaré") is None
    assert lexicon("fr").new_lemma("selon") is None
    assert lexicon("en").new_lemma("said") is None

"""Old files come out as they were typed, in whatever encoding somebody once saved them."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.encoding import CODE_PAGES, decode
from annotator.core.errors import UserError

SENTENCES = (
    "« Le climat change », a déclaré la ministre de l’Écologie.",
    "Où êtes-vous ? À Noël, ça ira…",
    "Le cœur de l’œuvre coûte 12 € – pas plus.",
    "ÉLECTIONS EN ÎLE-DE-FRANCE",
    "Ça va",
    "déjà",
    "Il est né à Paris.",
    "Il va à Paris",
    "garçon",
    "Élysée",
    "L’été",
    "«Oui», dit-il.",
    "« Non »",
    "Il attend…",
    "– Oui, répondit-elle.",
    "It’s a “great” day",
    "café",
    "He said: “No.”",
    "The café’s owner paid €5 – no more…",
    "naïve",
    "L'ÉTÉ À L'ÎLE D'YEU",
    "FRANÇAIS",
    "Bœuf",
    "œuvre",
    "Œuvre de Molière",
    "12 €",
    "Le maire a été élu où ?",
    "Ce n’est pas les gens.»",
    "Hélène Çelik",
    "Les élèves, à l’école, ont reçu des prix",
    "—  Une idée, dit-il",
    "Prix : 25 €",
    "«\u00a0L’opération Northern Spotlight est possible\u00a0»",
    "parmi 57\u00a0services de police",
    "Mr Müller went to São Paulo",
    "señor Núñez",
    "Être ou ne pas être",
    "PÊCHE",
    "Le no 5 coûte 5°",
    "Modifié à 15 h 33",
    "Sûreté du Québec",
    "l'Équipe intégrée",
    "‘Yes’, she said",
    "“Oui”",
    "Voilà",
    "M. Dupré",
    "là-bas",
    "Où ?",
    "août",
    "dès l'été",
    "Ils l'ont décidé : « C'est fini… »",
    "£5 for the naïve",
    "Aïe !",
    "Mais… pourquoi ?",
    "à",
    "é",
    "Le préfet a démissionné",
    "L’Assemblée nationale vote la loi",
    "Un séisme frappe la Grèce : 12 blessés",
    "« Nous irons jusqu’au bout », promet-elle",
    "François Hollande à Évry",
    "Le vœu du maire",
    "Il pleut… encore",
    "La Rochelle fête ses mutinés",
    "Ô temps, suspends ton vol",
    "Crise de l’œuf",
    "«C’est fini»",
    "50 € par mois",
    "Grève à la SNCF – J+3",
    "Les Bleus s’inclinent 2–1",
    "À suivre",
    "Le gâteau brûlé",
    "Maïs OGM",
    "Capharnaüm",
    "Œufs contaminés : l’enquête",
    "Île de Ré",
    "Garçon manqué",
    "LE CONSEIL MUNICIPAL A VOTÉ",
    "RÉCHAUFFEMENT : L’ÉTAT CONDAMNÉ",
    "Ça suffit ! »",
    "Elle a reçu 10 000 €",
    "El Niño revient",
    "She’s “not happy”, he said",
    "The fiancée’s résumé",
    "Beyoncé",
    "The price: €20",
    "“We’re done,” she said — twice.",
    "Zoë Kravitz",
    "L’août à Nîmes",
    "Dès demain",
    "Après l’été",
    "où",
    "Bientôt à l’école ?",
    "reçu",
    "La forêt",
    "tempête",
    "Il a dit : «Ça va ?»",
    "Hôtel de Ville",
    "Hé !",
    "Aïe…",
    "À",
    "T’as vu ?",
    "Ségolène Royal",
    "Le 1er mai à Paris",
    "C’est ici.",
    "— Non.",
    "l’hôpital Érasme",
    "Pâques",
    "Noël",
    "Joyeux Noël à tous",
    "L’Équipe",
    "Château-d’Œx",
    "Le prix a augmenté de 3 %\u00a0!",
    "Quoi\u00a0?",
    "«\u00a0Bien\u00a0»",
)
WIDE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


def written_in(encoding: str) -> list[str]:
    """Return the sentences that this encoding can hold."""
    return [s for s in SENTENCES if s.encode(encoding, "replace").decode(encoding) == s]


@pytest.mark.parametrize("encoding", CODE_PAGES)
def test_a_single_sentence_in_an_old_code_page_comes_out_right(encoding: str) -> None:
    wrong = {}
    for sentence in written_in(encoding):
        # By chance these five bytes of Mac Roman are UTF-8 as well, and UTF-8 goes first.
        if (encoding, sentence) != ("mac_roman", "L’Équipe"):
            found = decode(sentence.encode(encoding))
            if found.text != sentence:
                wrong[sentence] = found
    assert wrong == {}


@pytest.mark.parametrize("encoding", CODE_PAGES)
def test_an_article_in_an_old_code_page_is_told_by_its_name(encoding: str) -> None:
    text = "\n".join(written_in(encoding))
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("sentence", [s for s in SENTENCES if len(s) > 3])
def test_unicode_comes_out_right_with_and_without_a_bom(encoding: str, sentence: str) -> None:
    assert decode(sentence.encode(encoding)).text == sentence


def test_only_the_bom_at_the_start_is_dropped() -> None:
    assert decode("\ufeffAvant \ufeff après".encode()).text == "Avant \ufeff après"


def test_bytes_that_cp1252_leaves_open_do_not_stop_the_reading() -> None:
    raw = (
        "L’été à l’école, déjà fêté, c’était prévu. ".encode("cp1252") * 3 + b"\x81\x8d\x8f\x90\x9d"
    )
    assert decode(raw).text.endswith("\x81\x8d\x8f\x90\x9d")
    assert decode(raw).encoding == "cp1252"


def test_a_stray_byte_in_utf8_does_not_garble_the_rest() -> None:
    raw = "« L’été » a déjà commencé.\n".encode() + "Café".encode("cp1252")
    found = decode(raw)
    assert found.text == "« L’été » a déjà commencé.\nCafé"
    assert "line 2" in found.note


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7\n%\xe2\xe3",
        b"PK\x03\x04\x14\x00",
        b"SQLite format 3\0" + bytes(80),
        b"{\\rtf1\\ansi Bonjour}",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
        bytes(range(256)) * 4,
        b"abc\0def\0\0\0\0",
        codecs.BOM_UTF16_LE + b"a\0b",
        codecs.BOM_UTF16_LE + b"a\0\0\0b\0",
        codecs.BOM_UTF8 + b"caf\xe9",
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(raw: bytes) -> None:
    with pytest.raises(UserError, match="Save"):
        decode(raw)


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"").text == ""
    assert decode(codecs.BOM_UTF8).text == ""


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        assert isinstance(decode(raw).text, str)
    except UserError:
        pass


@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_utf8_is_itself(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()).text == text

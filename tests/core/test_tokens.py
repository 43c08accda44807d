import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.tokens import tokens


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in tokens(text)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("l'Écologie l’AFP", "l' Écologie l’ AFP"),
        ("qu'il jusqu’ici lorsqu'elle d'abord", "qu' il jusqu’ ici lorsqu' elle d' abord"),
        ("l’« affaire »", "l’ « affaire »"),
        (
            "aujourd’hui quelqu'un presqu'île prud'hommes",
            "aujourd’hui quelqu'un presqu'île prud'hommes",
        ),
        ("d'aujourd'hui", "d' aujourd'hui"),
        ("Marie N'Diaye, N'est-ce", "Marie N'Diaye , N' est -ce"),
        ("a-t-il dit-elle est-ce dit-on", "a -t-il dit -elle est -ce dit -on"),
        ("donne-le-moi va-t'en", "donne -le -moi va -t'en"),
        ("rendez-vous add-on Kim Jong-il", "rendez-vous add-on Kim Jong-il"),
        ("Saint-Denis chef-d'œuvre Val-d’Oise", "Saint-Denis chef-d'œuvre Val-d’Oise"),
        ("don't it's they’re O'Neill's", "do n't it 's they ’re O'Neill 's"),
        ("M. Dupont, Mme. X, Dr. Y, J. Z.", "M. Dupont , Mme. X , Dr. Y , J. Z ."),
        ("S.N.C.F. J.-C. U.S. etc.", "S.N.C.F. J.-C. U.S. etc."),
        ("No. 5. No. He", "No. 5 . No . He"),
        ("fin... ! « oui ?! »", "fin ... ! « oui ?! »"),
        ("a@b.fr, https://x.org/a?b. lemonde.fr.", "a@b.fr , https://x.org/a?b . lemonde.fr ."),
        ("@LeMonde #MeToo 50 % 3,5 12/05/2018 20h30", "@LeMonde #MeToo 50 % 3,5 12/05/2018 20h30"),
        ("👨‍👩‍👧‍👦🇫🇷🇨🇦👍🏽❤️1️⃣", "👨‍👩‍👧‍👦 🇫🇷 🇨🇦 👍🏽 ❤️ 1️⃣"),
        ("e\u0301te\u0301 می‌خواهم so\u00adft", "e\u0301te\u0301 می‌خواهم so\u00adft"),
        ("fin.Le", "fin . Le"),
    ],
)
def test_french_and_english_are_cut_as_a_reader_would(text: str, cut: str):
    assert words(text) == cut.split(" ")


def test_a_number_keeps_its_blanks():
    assert words("10\u202f000 et 1\u00a0234,56 en 2018\u00a0500") == [
        *("10\u202f000", "et", "1\u00a0234,56", "en", "2018", "500")
    ]


def test_no_blank_of_any_kind_is_a_token():
    assert words("a\u2028b\x85c\u00a0d\u3000e\u200b \ufefff\r\ng") == list("abcdefg")


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a-",
            "l'",
            "A.",
            "1,",
            "a@",
            "www.",
            "a\u200b",
            "\u0301",
            ".",
            "😀\u200d",
            "-la",
            "a.fr",
            "aaaa",
        )
    ],
)
def test_no_text_is_slow(piece: str):
    text = piece * (200_000 // len(piece))
    started = time.perf_counter()
    tokens(text)
    assert time.perf_counter() - started < 2


@given(
    st.text("aAé\u0301'’-‑. ,«»()\"\n\u00a0\u202f\u200b\u200d😀🇫5Mdn@/:t\u2028\ufeff!") | st.text()
)
def test_tokens_are_in_order_and_hold_all_that_is_seen(text: str):
    found = tokens(text)
    assert all(start < end for start, end in found)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))
    covered = {n for start, end in found for n in range(start, end)}
    assert all(n in covered for n, char in enumerate(text) if char.isalnum())
    assert all(text[start:end].strip() == text[start:end] for start, end in found)

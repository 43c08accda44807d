"""The finder of quotes against quotes annotated by hand, before the rules or out of their sight."""

from pathlib import Path

import pytest

from annotator.suggest import quotes
from annotator.suggest.lexicon import Language, lexicon
from tests.suggest import gold

UNSEEN = Path(__file__).parent / "unseen"
FOLDERS = {"gold": gold.GOLD, "unseen": UNSEEN}


def scores(folder: Path, language: Language) -> gold.Scores:
    found = gold.Scores()
    for text in gold.texts(folder, language):
        proposals = quotes.find(text.text, lexicon(language), with_speakers=True)
        gold.add(found, text.quotes, proposals, lambda each: [s.range for s in each.speakers])
    return found


@pytest.fixture(params=["gold", "unseen"])
def folder(request: pytest.FixtureRequest) -> Path:
    return FOLDERS[request.param]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_quotes_of_news_text_are_found_as_often_as_promised(
    folder: Path, language: Language
) -> None:
    reached = scores(folder, language)

    assert reached.exact.f >= 0.90
    assert reached.direct.f >= 0.95
    assert reached.indirect.f >= 0.65
    assert reached.indirect.precision >= 0.80
    assert reached.cue.recall >= 0.85
    assert reached.source.recall >= 0.80
    assert reached.five.recall >= 0.95


@pytest.mark.parametrize(("language", "least"), [("fr", 60), ("en", 40)])
def test_the_gold_has_quotes_of_every_pattern(language: str, least: int) -> None:
    texts = gold.texts(language=language)

    assert sum(len(text.quotes) for text in texts) >= least
    patterns = {quote.pattern for text in texts for quote in text.quotes}
    described = (gold.GOLD / "README.md").read_text("utf-8").partition("## Patterns")[2]
    assert all(f"`{pattern}`" in described for pattern in patterns)


def test_every_range_of_the_gold_lies_on_words() -> None:
    for folder in FOLDERS.values():
        for text in gold.texts(folder):
            for quote in text.quotes:
                for start, end in (*quote.content, *quote.cue, *quote.sources, *quote.addressees):
                    words = text.text[start:end]
                    assert words and words == words.strip(), (text.path.name, quote.number)

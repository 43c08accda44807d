"""spaCy's own tokens: cut as a pipeline that is trained on them will cut, by the article's language."""

from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any

from annotator.core.model import Article
from annotator.core.tokens import Range

_LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "pt")
_ANY = "xx"
"""What spaCy calls the language of no language in particular."""

_MOST_STRINGS = 200_000
"""Strings after which a vocabulary is dropped for a fresh one: spaCy itself never forgets any."""


class Words:
    """Cuts one text after another; `doc` is the spaCy Doc of the last one.

    `places` gives for each token that is not blank, of which alone the ranges are returned, which of
    the Doc it is.
    """

    def __init__(self) -> None:
        self._language = ""
        self.doc: Any = None
        self.places: Sequence[int] = ()
        self._tokenisers: dict[str, Callable[[str], Any]] = {}
        self._sizes: dict[str, Any] = {}

    def __call__(self, text: str) -> list[Range]:
        """Return the tokens that are not blank, in code points."""
        self.doc = self._tokeniser()(text)
        ranges: list[Range] = []
        places: list[int] = []
        at = 0
        columns = self.doc.to_array(["LENGTH", "SPACY", "IS_SPACE"]).tolist()
        for place, (length, space, is_blank) in enumerate(columns):
            if not is_blank:
                ranges.append((at, at + length))
                places.append(place)
            at += length + space
        self.places = places
        return ranges

    def turn_to(self, article: Article) -> None:
        """Cut the next text as the language of this article is, French unless it says otherwise."""
        self._language = article.language[:2].lower() or "fr"

    @property
    def name(self) -> str:
        """What cut the texts so far, for the report."""
        used = ", ".join(f"“{code}”" for code in self._tokenisers)
        return f"spaCy {version('spacy')} {used}".strip()

    def _tokeniser(self) -> Callable[[str], Any]:
        import spacy

        code = self._language if self._language in _LANGUAGES else _ANY
        if code not in self._tokenisers or len(self._sizes[code]) > _MOST_STRINGS:
            pipeline = spacy.blank(code)
            self._tokenisers[code] = pipeline.tokenizer
            self._sizes[code] = pipeline.vocab.strings
        return self._tokenisers[code]

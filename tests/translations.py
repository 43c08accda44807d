"""Gathers the sentences of the program into the French catalogue and compiles it.

`python -m tests.translations` keeps every translation there is, adds new sentences empty, and
drops those nobody says any more.
"""

from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from annotator import language
from annotator.resources import resource

PO = resource("translations", "fr", "LC_MESSAGES", "annotator.po")
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "n_": (1, 2)}
HEADER = "# The French of Annotator; `python -m tests.translations` gathers its sentences."
FIELDS = {
    "Project-Id-Version": "Annotator",
    "Language": "fr",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
}
"""No dates and no names: gathering anew changes nothing when nothing is new."""


class FrenchCatalog(Catalog):
    """A catalogue whose header says what a reader of the file needs and no more."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return list(FIELDS.items())


def sentences() -> dict[str | tuple[str, ...], set[str]]:
    """Return every sentence between `_(…)` and `n_(…)`, with the files it stands in."""
    found: dict[str | tuple[str, ...], set[str]] = {}
    package = Path(language.__file__).parent
    for filename, _line, sentence, _comments, _context in extract_from_dir(
        package, keywords=KEYWORDS
    ):
        found.setdefault(sentence, set()).add(f"annotator/{filename}")
    return found


def french() -> Catalog:
    """Return the catalogue as it is in its file."""
    catalogue = FrenchCatalog(locale="fr", header_comment=HEADER, fuzzy=False)
    if PO.exists():
        with PO.open("rb") as file:
            for message in read_po(file, locale="fr"):
                if message.id:
                    catalogue[message.id] = message
    return catalogue


def gather(known: Catalog) -> Catalog:
    """Return the sentences of today with the French there is for them."""
    catalogue = FrenchCatalog(locale="fr", header_comment=HEADER, fuzzy=False)
    for sentence, files in sentences().items():
        before = known.get(key(sentence))
        string = before.string if before else None
        catalogue.add(sentence, string, locations=[(file, 0) for file in sorted(files)])
    return catalogue


def write(catalogue: Catalog) -> None:
    """Write the catalogue and, beside it, its compiled form."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalogue, sort_output=True, width=100, include_lineno=False)
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def key(sentence: str | Sequence[str]) -> str:
    """Return what a sentence is found by: itself, or its singular."""
    return sentence if isinstance(sentence, str) else sentence[0]


def forms(message: Message) -> tuple[str, ...]:
    """Return the French of a message, in one form or several; "" where there is none."""
    found = message.string or ""
    return (found,) if isinstance(found, str) else tuple(found)


def lacking(catalogue: Catalog) -> list[str]:
    """Return the sentences that have no French."""
    return [key(message.id) for message in catalogue if message.id and not all(forms(message))]


def main() -> None:
    """Bring the French catalogue up to date and say what it still lacks."""
    catalogue = gather(french())
    write(catalogue)
    print(f"{len(catalogue)} sentences, {len(lacking(catalogue))} without French")


if __name__ == "__main__":
    main()

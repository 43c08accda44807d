"""Writes the help pages on formats from the formats: `make formats`; a test asks whether they are current."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from annotator.core.formats import Format, Part
from annotator.exchange.registry import formats
from annotator.language import current_language, use_language

PARTS: tuple[Part, ...] = get_args(Part)
WORDS = {
    "en": {
        "title": "All formats",
        "intro": "What Annotator reads and writes. How to take articles in stands in "
        "[Articles in](import.md), how to take a corpus out in [Corpus out](export.md); "
        "`annotator formats` prints this list.",
        "documents": "Articles",
        "documents_intro": "These files hold articles without annotations.",
        "corpora": "Corpora",
        "survives": "What survives in which format",
        "survives_intro": "A ✓ means that it comes back exactly; a – that it is counted and shown as lost "
        "before anything is written. Below stands where each format keeps it. Where annotations came from, "
        "their scores and their dates are kept by `jsonl`, `csv` and `xlsx` alone.",
        "head": "| name | what it is | endings | needs |",
        "ways": "| name | what it is | endings | | needs |",
        "in": "in",
        "out": "out",
        "both": "in and out",
        "extra": "the extra `{extra}`",
        "overlaps": "overlaps",
        "fragments": "fragments",
        "links": "links",
        "attributes": "attributes",
        "notes": "notes",
        "entities": "entities",
        "annotators": "annotators",
        "states": "suggested",
        "metadata": "metadata",
        "format": "format",
        "colon": ": ",
    },
    "fr": {
        "title": "Tous les formats",
        "intro": "Ce qu’Annotator lit et écrit. Comment faire entrer des articles : [Importer](import.md) ; "
        "comment sortir un corpus : [Exporter](export.md) ; `annotator formats` donne cette liste.",
        "documents": "Articles",
        "documents_intro": "Ces fichiers contiennent des articles sans annotations.",
        "corpora": "Corpus",
        "survives": "Ce qui survit dans quel format",
        "survives_intro": "Un ✓ veut dire que cela revient exactement ; un – que c’est compté et montré "
        "comme perdu avant d’écrire quoi que ce soit. Plus bas, où chaque format le garde. D’où viennent les "
        "annotations, leurs scores et leurs dates ne sont gardés que par `jsonl`, `csv` et `xlsx`.",
        "head": "| nom | ce que c’est | terminaisons | il y faut |",
        "ways": "| nom | ce que c’est | terminaisons | | il y faut |",
        "in": "entrée",
        "out": "sortie",
        "both": "entrée et sortie",
        "extra": "l’extra `{extra}`",
        "overlaps": "chevauchements",
        "fragments": "fragments",
        "links": "liens",
        "attributes": "attributs",
        "notes": "notes",
        "entities": "entités",
        "annotators": "annotateurs",
        "states": "suggérées",
        "metadata": "métadonnées",
        "format": "format",
        "colon": " : ",
    },
}


def page(language: str) -> str:
    """Return the page in a language, Markdown; the formats speak that language for the while."""
    before = current_language()
    use_language(language)
    try:
        return "\n".join(_lines(WORDS[language])) + "\n"
    finally:
        use_language(before)


def _lines(words: dict[str, str]) -> Iterator[str]:
    ours = [known for known in formats() if not known.plug_in]
    documents = [known for known in ours if known.is_document]
    corpora = [known for known in ours if not known.is_document]
    yield from (f"# {words['title']}", "", words["intro"], "")
    yield from (f"## {words['documents']}", "", words["documents_intro"], "", words["head"])
    yield "|---|---|---|---|"
    yield from (_document(known, words) for known in documents)
    yield from ("", f"## {words['corpora']}", "", words["ways"], "|---|---|---|---|---|")
    yield from (_corpus(known, words) for known in corpora)
    yield from ("", f"## {words['survives']}", "", words["survives_intro"], "")
    written = [known for known in corpora if known.writes]
    yield f"| {words['format']} | {' | '.join(words[part] for part in PARTS)} |"
    yield f"|---|{'---|' * len(PARTS)}"
    for known in written:
        marks = " | ".join("✓" if part in known.holds else "–" for part in PARTS)
        yield f"| `{known.name}` | {marks} |"
    for known in written:
        yield from ("", f"### {known.title}", "", f"`{known.name}`. {known.description}")
        if known.holds:
            yield ""
        for part in PARTS:
            if part in known.holds:
                yield f"- {words[part]}{words['colon']}{known.holds[part]}"


def _document(known: Format, words: dict[str, str]) -> str:
    return f"| `{known.name}` | {known.description} | {_endings(known)} | {_extra(known, words)} |"


def _corpus(known: Format, words: dict[str, str]) -> str:
    way = "both" if known.reads and known.writes else "in" if known.reads else "out"
    cells = (f"`{known.name}`", known.title, _endings(known), words[way], _extra(known, words))
    return f"| {' | '.join(cells)} |"


def _endings(known: Format) -> str:
    return " ".join(f"`{ending}`" for ending in known.extensions)


def _extra(known: Format, words: dict[str, str]) -> str:
    return words["extra"].format(extra=known.extra) if known.extra else ""


def main(folder: Path) -> None:
    for language in WORDS:
        (folder / language / "formats.md").write_text(page(language), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

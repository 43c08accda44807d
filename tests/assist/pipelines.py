"""A pipeline of spaCy that finds by rules what it is told: entities, and a group of spans."""

from pathlib import Path


def rules(folder: Path) -> str:
    """Keep the pipeline in a folder and return its name."""
    import spacy

    made = spacy.blank("fr")
    made.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "PERSON", "pattern": [{"TEXT": "E\u0301mile"}, {"TEXT": "Zola"}]},
            {"label": "GPE", "pattern": "Lyon"},
            {"label": "ORG", "pattern": "ONU"},
            {"label": "MISC", "pattern": "oui"},
        ]
    )
    spans = made.add_pipe("span_ruler", config={"spans_key": "dates"})
    spans.add_patterns([{"label": "WHEN", "pattern": "1er mai"}])
    made.to_disk(folder)
    return str(folder)

"""The suggester spaCy: what an installed or trained pipeline finds, with the labels of the project."""

from collections.abc import Iterator

from annotator.assist import spacy_choice
from annotator.assist.known import Known
from annotator.assist.suggesters import Suggester
from annotator.core.errors import UserError
from annotator.core.model import Article
from annotator.language import _
from annotator.suggest import spacy_pipeline
from annotator.suggest.mention import Mention

ORIGIN = "spacy"

SURENESS = 0.6
"""What is said of every span: pipelines of spaCy do not say how sure they are."""


def suggester() -> Suggester:
    """Return the suggester of spaCy; off until somebody wants it, since a pipeline takes seconds to load."""
    return Suggester(
        "spacy",
        ORIGIN,
        "spaCy",
        _("A pipeline of spaCy, installed or trained here: its entities and its spans."),
        _unable,
        _look,
        is_on=False,
    )


def _unable(known: Known) -> str:
    choice = spacy_choice.read(known.project)
    # Whether a pipeline can be loaded is known once it was tried, which takes seconds.
    pipeline, failure = known.memory.get(ORIGIN, ("", ""))
    failed = failure if pipeline == choice.pipeline else ""
    return spacy_choice.unable(known.project.path, choice) or failed


def _look(known: Known, article: Article) -> Iterator[Mention]:
    choice = spacy_choice.read(known.project)
    try:
        pipeline = spacy_choice.load(known.project.path, choice)
    except UserError as error:
        known.memory[ORIGIN] = (choice.pipeline, str(error))
        return
    reason = _("{label} of {pipeline}")
    shown = (
        choice.pipeline if choice.pipeline != spacy_choice.TRAINED else _("the trained pipeline")
    )
    for start, end, theirs in spacy_pipeline.find(pipeline, article.text):
        label = choice.label_of(theirs, known.scheme)
        if label:
            told = reason.format(label=theirs, pipeline=shown)
            yield Mention(label, start, end, SURENESS, told)

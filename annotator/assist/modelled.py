"""The suggester of the model: what it has learnt from the done articles, where it sees it again."""

from collections.abc import Iterator

from annotator.assist import labels, model_files, modelling
from annotator.assist.known import Known
from annotator.assist.suggesters import Suggester
from annotator.core.model import Article
from annotator.language import _, n_
from annotator.suggest.mention import Mention

ORIGIN = "model"


def suggester() -> Suggester:
    """Return the suggester of the model."""
    return Suggester(
        "model",
        ORIGIN,
        _("Model"),
        _("A model trained on the done articles of this project, as sure as it says."),
        _unable,
        _look,
    )


def _unable(known: Known) -> str:
    kept = model_files.load(known.project.path, known.scheme)
    return kept.trouble or ("" if kept.model else modelling.no_model())


def _look(known: Known, article: Article) -> Iterator[Mention]:
    kept = model_files.load(known.project.path, known.scheme)
    if kept.model is None or kept.card is None:
        return
    in_use = {label.id for label in labels.plain(known.scheme)}
    count = len(kept.card.articles)
    reason = n_("learnt from {n} done article", "learnt from {n} done articles", count).format(
        n=count
    )
    for start, end, label, sureness in kept.model.propose(article.text):
        if label in in_use:
            yield Mention(label, start, end, round(sureness, 4), reason)

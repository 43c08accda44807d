"""The suggester of names: what was labelled before, where it comes again."""

from collections.abc import Iterable

from annotator.assist import labels
from annotator.assist.known import Known
from annotator.assist.suggesters import Suggester
from annotator.core.model import Article
from annotator.language import _
from annotator.suggest.folding import fold
from annotator.suggest.mention import Mention

ORIGIN = "names"


def suggester() -> Suggester:
    """Return the suggester of names."""
    return Suggester(
        "names",
        ORIGIN,
        _("Names"),
        _(
            "What was labelled before, where it comes again, and names told by the words around them."
        ),
        _unable,
        _look,
    )


def _unable(known: Known) -> str:
    if labels.plain(known.scheme):
        return ""
    return _("The scheme has no label without slots, so there are no names to suggest.")


def _look(known: Known, article: Article) -> Iterable[Mention]:
    folded = fold(article.text)
    names = {label.id: label.name for label in labels.plain(known.scheme)}
    return known.book.mentions(folded, known.remembered(), names)

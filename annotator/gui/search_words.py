"""What is said of a search: how much was found, why nothing is; queries made out of words and others."""

from PySide6.QtCore import QLocale

from annotator.gui.search_reading import Answer
from annotator.language import _, n_


def counted(answer: Answer) -> str:
    """Return in one line how much was found, and whether that is all."""
    locale, count = QLocale(), len(answer.hits)
    number = locale.toString(count)
    if not answer.is_settled:
        return _("The first {n}; looking for the others…").format(n=number)
    if not answer.is_whole:
        told = _("The first {n} results; there are more").format(n=number)
    else:
        told = n_("{n} result", "{n} results", count).format(n=number)
    if answer.articles > 1:
        articles = n_("{n} article", "{n} articles", answer.articles)
        told += " · " + articles.format(n=locale.toString(answer.articles))
    return told


def progress_told(done: int, total: int) -> str:
    """Return how far a search has come."""
    locale = QLocale()
    told = _("Searching… {done} of {total}")
    return told.format(done=locale.toString(done), total=locale.toString(total))


def emptiness(answer: Answer | None, *, is_asked: bool) -> str:
    """Return why there is nothing to see, and what to do about it."""
    if not is_asked:
        return _(
            "Words find words, label:PER finds annotations, missing:source what lacks one;\n"
            "put together with AND, OR, NOT. F1 tells all of it."
        )
    if answer is None:
        return _("Searching…")
    return _("Nothing is found. Fewer words, word* or another label find more.")


def quoted(words: str) -> str:
    """Return words as a query that finds just them."""
    return words if words.isalnum() else '"' + words.replace('"', " ") + '"'


def narrowed_query(query: str, further: str) -> str:
    """Return a query that finds what two find both."""
    query = query.strip()
    is_choice = " OR " in query or " OU " in query
    return f"({query}) {further}" if is_choice else f"{query} {further}"


def nothing_counted(*, is_of_annotations: bool) -> str:
    """Return why a table has no rows."""
    if is_of_annotations:
        return _("There is nothing to count here.")
    return _("There is nothing to count here: that is said of annotations, and these are words.")

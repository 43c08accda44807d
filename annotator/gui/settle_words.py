"""What the panel of many suggestions says: what passes, how many, what a deed is called and came to."""

from collections.abc import Sequence
from operator import itemgetter

from PySide6.QtCore import QLocale

from annotator.core.model import AnnotationState
from annotator.core.scheme import Scheme
from annotator.gui.article.scene import label_of
from annotator.language import _, n_
from annotator.store import waiting
from annotator.store.many import Written
from annotator.store.waiting import Sieve, Waiting

_ARTICLE = itemgetter(0)

_SHOWN = 60
"""Code points of the words that the heading shows."""


def heading(scheme: Scheme, sieve: Sieve) -> str:
    """Return in a few words what passes."""
    label = label_of(scheme, sieve.label).name if sieve.label else ""
    if sieve.words:
        words = " ".join(sieve.words.split())[:_SHOWN]
        if not label:
            return _("“{words}”").format(words=words)
        return _("{label} “{words}”").format(label=label, words=words)
    if not label:
        return _("Settle suggestions")
    if sieve.score:
        return _("{label}, {score}% and more").format(label=label, score=sieve.score)
    return str(label)


def counted(rows: Sequence[Waiting], found: int, *, is_here: bool) -> str:
    """Return how many of those found pass and, unless all stand in one article, in how many articles."""
    passing, locale = len(rows), QLocale()
    if not found:
        told = _("No suggestion waits here.")
    elif not passing:
        told = n_("Nothing passes; {n} waits.", "Nothing passes; {n} wait.", found)
    else:
        told = n_("{passing} of {n} passes", "{passing} of {n} pass", passing)
        if not is_here:
            articles = len(set(map(_ARTICLE, rows)))
            among = n_("in {n} article", "in {n} articles", articles)
            told += ", " + among.format(n=locale.toString(articles))
    if found >= waiting.MOST:
        told += " · " + _("more are not listed")
    return told.format(passing=locale.toString(passing), n=locale.toString(found))


def deed_name(state: AnnotationState, count: int) -> str:
    """Return what the history calls the settling of so many."""
    name = (
        n_("Accept {n} suggestion", "Accept {n} suggestions", count)
        if state is AnnotationState.ACCEPTED
        else n_("Reject {n} suggestion", "Reject {n} suggestions", count)
    )
    return name.format(n=count)


def outcome(state: AnnotationState, written: Written) -> str:
    """Return what came of it."""
    locale, done = QLocale(), written.done
    told = (
        n_("{n} suggestion accepted.", "{n} suggestions accepted.", done)
        if state is AnnotationState.ACCEPTED
        else n_("{n} suggestion rejected.", "{n} suggestions rejected.", done)
    ).format(n=locale.toString(done))
    if written.passed:
        passed = n_("{n} was settled meanwhile.", "{n} were settled meanwhile.", written.passed)
        told += " " + passed.format(n=locale.toString(written.passed))
    return told

"""What is said of a model in sentences: what it has seen, and what more articles would bring."""

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale

from annotator.assist import model_files, modelling
from annotator.assist.model_files import Card
from annotator.assist.modelling import NEEDED
from annotator.core.scheme import Scheme
from annotator.gui.charts.numbers import number
from annotator.language import _, current_language, n_

FLAT = 0.5
"""Points of F1 that the newest doubling of articles must bring to be worth the work."""


def summary(card: Card, done: int) -> str:
    """Return what a model has learnt from, when, and how much has been done since."""
    when = QDateTime.fromSecsSinceEpoch(round(datetime.fromisoformat(card.trained).timestamp()))
    written = QLocale(current_language()).toString(when, QLocale.FormatType.ShortFormat)
    told = n_(
        "Learnt from {n} done article, {when}, in {seconds} s.",
        "Learnt from {n} done articles, {when}, in {seconds} s.",
        len(card.articles),
    ).format(n=number(len(card.articles)), when=written, seconds=number(card.seconds, 1))
    since = done - card.done
    if since > 0:
        more = n_("{n} more is done since.", "{n} more are done since.", since)
        told = f"{told} {more.format(n=number(since))}"
    return told


def judged(card: Card) -> str:
    """Return how the figures came about."""
    held = number(card.evaluation.held_out)
    if card.evaluation.folds > 1:
        return _(
            "The figures come from {n} articles, each judged by a model that had not seen it. "
            "A span is right when its first character, its last one and its label are."
        ).format(n=held)
    return _(
        "The figures come from {n} articles that were held out; those nearly the same stay on one "
        "side. A span is right when its first character, its last one and its label are."
    ).format(n=held)


def remarks(card: Card, scheme: Scheme) -> list[str]:
    """Return what is to be known besides: labels too rare, a scheme that has changed."""
    found = []
    if rare := modelling.left_out(card, scheme):
        found.append(rare)
    if card.scheme != model_files.scheme_hash(scheme):
        found.append(_("The labels have changed since; train it again."))
    return found


def lesson(card: Card) -> str:
    """Return in words what the learning curve says."""
    curve = card.evaluation.curve
    if len(curve) < 2:
        return _("The curve begins with more articles.")
    before, last = curve[-2], curve[-1]
    gain = (last.score.f1 - before.score.f1) * 100
    more = last.articles - before.articles
    told = n_(
        "The last article brought {points} points.",
        "The last {n} articles brought {points} points.",
        more,
    ).format(n=number(more), points=_signed(gain))
    if gain >= FLAT:
        return told + " " + _("It still learns: more done articles will help.")
    return told + " " + _("More articles of the same kind will teach it little.")


def needed(done: int) -> str:
    """Return how many done articles there must be, and how many there are."""
    have = n_("{n} is done", "{n} are done", done).format(n=number(done))
    return _("{least} done articles are needed; {have}.").format(least=NEEDED, have=have)


def _signed(points: float) -> str:
    written = number(abs(points), 1)
    if written == number(0, 1):
        return f"±{written}"
    return f"+{written}" if points > 0 else f"\N{MINUS SIGN}{written}"

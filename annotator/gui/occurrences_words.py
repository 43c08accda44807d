"""What is said of occurrences: how many there are, what the history calls a deed, what came of it."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale

from annotator.language import _, n_
from annotator.store import occurrences
from annotator.store.many import Written
from annotator.store.occurrences import SO, Occurrence, Standing


def deed_name(label: str, count: int, *, is_removal: bool) -> str:
    """Return what the history calls labelling so many occurrences, or taking their label away."""
    name = (
        n_(
            "Remove {label} from {n} occurrence",
            "Remove {label} from {n} occurrences",
            count,
        )
        if is_removal
        else n_("Label {n} occurrence {label}", "Label {n} occurrences {label}", count)
    )
    return name.format(label=label, n=count)


def outcome(written: Written, *, is_removal: bool) -> str:
    """Return in a sentence or two how many were reached."""
    done, passed = written.done, written.passed
    told = (
        n_("{n} label removed.", "{n} labels removed.", done)
        if is_removal
        else n_("{n} occurrence labelled.", "{n} occurrences labelled.", done)
    ).format(n=QLocale().toString(done))
    if passed:
        told += " " + n_(
            "{n} was changed meanwhile and left as it is.",
            "{n} were changed meanwhile and left as they are.",
            passed,
        ).format(n=QLocale().toString(passed))
    return told


def counted(found: Sequence[Occurrence]) -> str:
    """Return in one line how many there are, in how many articles, and what they are."""
    if not found:
        return _("No occurrence.")
    counts = occurrences.counts(found)
    labelled = sum(counts.get(each, 0) for each in SO)
    otherwise = counts.get(Standing.OTHERWISE, 0)
    overlapping = sum(
        counts.get(each, 0) for each in (Standing.AROUND, Standing.INSIDE, Standing.CROSSING)
    )
    articles = len({each.article for each in found})
    told, numbers = [n_("{n} occurrence", "{n} occurrences", len(found))], [len(found)]
    for number, one in (
        (articles if articles > 1 else 0, n_("{n} article", "{n} articles", articles)),
        (labelled, n_("{n} labelled so", "{n} labelled so", labelled)),
        (otherwise, n_("{n} labelled otherwise", "{n} labelled otherwise", otherwise)),
        (overlapping, n_("{n} overlapping", "{n} overlapping", overlapping)),
    ):
        if number:
            told.append(one)
            numbers.append(number)
    if len(found) >= occurrences.MOST:
        told.append(_("more are not listed"))
        numbers.append(0)
    locale = QLocale()
    return " · ".join(
        each.format(n=locale.toString(number)) for each, number in zip(told, numbers, strict=True)
    )

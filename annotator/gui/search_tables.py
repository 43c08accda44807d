"""What the tables of a search say: their headings, what those mean, and a row for each group or word."""

from collections.abc import Sequence

from annotator.core.query.writing import quoted
from annotator.core.scheme import Scheme
from annotator.gui.search_table import TableRow
from annotator.language import _
from annotator.store.search.collocates import Collocate
from annotator.store.search.frequencies import Frequency, Group

Content = tuple[tuple[str, ...], tuple[str, ...], list[TableRow], int]
"""Headings, tips, rows, and the column they are sorted by at first."""

_BY_COUNT, _BY_LIKELIHOOD = 1, 3


def frequency_table(scheme: Scheme, group: Group, found: Sequence[Frequency]) -> Content:
    """Return how often each word, label, entity … is among the results, and in how many articles."""
    headings = (_group_heading(group), _("Results"), _("Articles"))
    tips = (
        _("Enter narrows the query to the chosen line"),
        _("How many results there are"),
        _("In how many articles they stand"),
    )
    colours = {label.name: label.colour for label in scheme.labels}
    is_label = group is Group.LABEL
    rows = [
        TableRow(
            each.shown or _("(none)"),
            (each.count, each.articles),
            each.query,
            colours.get(each.shown, "") if is_label else "",
        )
        for each in found
    ]
    return headings, tips, rows, _BY_COUNT


def collocate_table(found: Sequence[Collocate]) -> Content:
    """Return which words stand near the results more often than elsewhere."""
    headings = (_("Words"), _("Near"), _("Expected"), _("Log-likelihood"), _("LogDice"))
    tips = (
        _("Enter narrows the query to articles with this word"),
        _("How often it stands near a result"),
        _("How often it would by chance"),
        _("How surely that is no chance (Dunning 1993)"),
        _("How closely the two belong together; 14 at the most (Rychlý 2008)"),
    )
    rows = [
        TableRow(
            each.shown,
            (each.count, each.expected, each.likelihood, each.dice),
            f"in:{quoted(each.shown)}",
        )
        for each in found
    ]
    return headings, tips, rows, _BY_LIKELIHOOD


def _group_heading(group: Group) -> str:
    return {
        Group.WORDS: _("Words"),
        Group.LABEL: _("Label"),
        Group.ENTITY: _("Entity"),
        Group.SOURCE: _("Newspaper"),
        Group.MONTH: _("Month"),
        Group.ANNOTATOR: _("Annotator"),
        Group.STATE: _("State"),
        Group.ORIGIN: _("Origin"),
        Group.AUTHOR: _("Author"),
        Group.LANGUAGE: _("Language"),
        Group.YEAR: _("Year"),
    }[group]

"""Turns what was counted into bars and lines, each with where it leads."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from annotator.core.model import ArticleState
from annotator.core.scheme import Label, Scheme
from annotator.core.statistics import (
    Day,
    Stretch,
    bins,
    months,
    pace,
    parts_of,
    quartiles,
    stretches,
)
from annotator.gui.charts.numbers import day_name, month_name, number, rough
from annotator.gui.charts.shapes import Bar, Line, Part, Point
from annotator.gui.marks import state_name
from annotator.gui.statistics.leads import Articles, Search, ToEntity, WorkedOn, term
from annotator.gui.suggester_words import origin_name
from annotator.language import _, n_
from annotator.store.statistics import Cell, Fate, Lengths, Named

Picture = tuple[list[Part], list[Bar]]

_MOST_PAPERS = 12
_MOST_PEOPLE = 4
_MOST_LABELS = 5
_MOST_FATES = 14

_LEAST_SECONDS = 60
"""Seconds of work from which on a pace is told."""

STATE_COLOURS = {
    ArticleState.DONE: "success",
    ArticleState.IN_PROGRESS: "accent",
    ArticleState.FLAGGED: "warning",
    ArticleState.TODO: "",
}
"""In the order in which they stand in a bar: what is settled first."""

_PEOPLE = ("blue", "orange", "green", "purple", "grey")


def by_state(counts: Mapping[tuple[str, ArticleState], int]) -> Picture:
    """Return a bar for each state of articles."""
    states: Counter[ArticleState] = Counter()
    for (_source, state), count in counts.items():
        states[state] += count
    total = sum(states.values())
    bars = [
        Bar(
            Articles(state=state),
            state_name(state),
            (states[state],),
            note=_shared(states[state], total),
            colour=colour or "grey",
        )
        for state, colour in STATE_COLOURS.items()
    ]
    return [Part(_("articles"), "grey")], bars if total else []


def by_paper(counts: Mapping[tuple[str, ArticleState], int]) -> tuple[Picture, int]:
    """Return a bar for each newspaper with most articles, made of their states, and how many are left out."""
    papers: Counter[str] = Counter()
    for (source, _state), count in counts.items():
        papers[source] += count
    shown = _most(papers, _MOST_PAPERS)
    bars = []
    for paper in shown:
        values = tuple(counts.get((paper, state), 0) for state in STATE_COLOURS)
        keys = tuple(Articles(paper, str(state)) for state in STATE_COLOURS)
        bars.append(Bar(None, paper_name(paper), values, keys=keys, note=number(papers[paper])))
    parts = [Part(state_name(state), colour) for state, colour in STATE_COLOURS.items()]
    return (parts, bars if len(papers) > 1 else []), len(papers) - len(shown)


def by_day(days: Sequence[Day], *, finished: bool) -> Picture:
    """Return columns of the annotations decided, or the articles finished, made of who did it."""
    # By all that people did, so that they have the same colours in both pictures.
    people: Counter[str] = Counter()
    for each in days:
        people[each.annotator] += each.annotations + each.articles
    days = [each for each in days if (each.articles if finished else each.annotations)]
    if not days:
        return [], []
    groups = parts_of(people, _MOST_PEOPLE, _("others"))
    parts = [Part(name, _PEOPLE[place]) for place, (_names, name, _count) in enumerate(groups)]
    bars = []
    for stretch, here in _by_stretch(days):
        done = Counter[str]()
        for each in here:
            done[each.annotator] += each.articles if finished else each.annotations
        values = tuple(sum(done[who] for who in names) for names, _name, _count in groups)
        keys = tuple(
            WorkedOn(stretch.start, stretch.end, names[0] if len(names) == 1 else "", finished)
            for names, _name, _count in groups
        )
        bars.append(
            Bar(None, stretch_name(stretch), values, stretch_name(stretch, is_long=True), keys=keys)
        )
    return parts, bars


def pace_lines(days: Sequence[Day], *, articles: bool) -> list[Line]:
    """Return how many annotations or articles an hour were done, over the days of work."""
    if not days:
        return []
    points = []
    for stretch, here in _by_stretch(days):
        found = pace(here)
        # A few seconds say nothing of an hour.
        if found and found.hours * 3600 >= _LEAST_SECONDS:
            value = found.articles if articles else found.annotations
            lead = WorkedOn(stretch.start, stretch.end)
            points.append(Point(stretch.start.toordinal(), value, key=lead))
    name = _("articles an hour") if articles else _("annotations an hour")
    return [Line(name, "teal" if articles else "blue", tuple(points))]


def by_annotator(days: Iterable[Day], seconds: Mapping[str, float]) -> Picture:
    """Return a bar for each annotator: the annotations decided, and the time at work behind it."""
    counts: Counter[str] = Counter()
    for each in days:
        counts[each.annotator] += each.annotations
    bars = []
    for name in _most(+counts, _MOST_PAPERS):
        hours = seconds.get(name, 0.0) / 3600
        note = number(counts[name])
        if hours >= 0.05:
            note = _("{count}, {hours} h").format(count=note, hours=rough(hours))
        bars.append(Bar(_accepted(term("by", name)), name, (counts[name],), note=note))
    return [Part(_("annotations"), "indigo")], bars


def by_label(counts: Mapping[str, int], scheme: Scheme) -> Picture:
    """Return a bar for each label, in the order of the scheme."""
    total = sum(counts.values())
    bars = [
        Bar(
            _accepted(term("label", label.name)),
            label.name,
            (counts.get(label.id, 0),),
            note=_shared(counts.get(label.id, 0), total),
            colour=label.colour,
        )
        for label in scheme.labels
        if label.id in counts or not label.retired
    ]
    return [Part(_("annotations"), "blue")], bars if total else []


def labels_by_paper(cells: Mapping[Cell, int], scheme: Scheme) -> tuple[Picture, int]:
    """Return a bar for each newspaper with most annotations, made of labels, and how many are left out."""
    papers: Counter[str] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for cell, count in cells.items():
        papers[cell.source] += count
        found[cell.source, cell.label] += count
    parts, groups = _label_groups(cells, scheme)
    shown = _most(papers, _MOST_PAPERS)
    bars = []
    for paper in shown:
        where = term("source", paper) if paper else ""
        bars.append(
            Bar(
                None,
                paper_name(paper),
                tuple(sum(found[paper, label] for label in labels) for labels in groups),
                keys=tuple(_query(scheme, labels, where) for labels in groups),
                note=number(papers[paper]),
            )
        )
    return (parts, bars if len(papers) > 1 else []), len(papers) - len(shown)


def labels_by_month(cells: Mapping[Cell, int], scheme: Scheme) -> tuple[Picture, int]:
    """Return columns over the time of publication, made of labels, and how many have no date."""
    found: Counter[tuple[date, str]] = Counter()
    undated = 0
    for cell, count in cells.items():
        month = _month(cell.month)
        if month is None:
            undated += count
        else:
            found[month, cell.label] += count
    if len({month for month, _label in found}) < 2:
        return ([], []), undated
    parts, groups = _label_groups(cells, scheme)
    bars = []
    for stretch in months(min(found)[0], max(found)[0]):
        here = Counter[str]()
        for (month, label), count in found.items():
            if stretch.start <= month < stretch.end:
                here[label] += count
        when = f"date:{stretch.start:%Y}" if stretch.days > 31 else f"date:{stretch.start:%Y-%m}"
        bars.append(
            Bar(
                None,
                stretch_name(stretch),
                tuple(sum(here[label] for label in labels) for labels in groups),
                stretch_name(stretch, is_long=True),
                keys=tuple(_query(scheme, labels, when) for labels in groups),
            )
        )
    return (parts, bars), undated


def article_lengths(lengths: Lengths) -> Picture:
    """Return columns of how many articles have about a length."""
    bars = []
    for each in bins(lengths.characters):
        said = _("{low} to {high} characters").format(
            low=number(each.start), high=number(each.end - 1)
        )
        if each.end == each.start + 1:
            said = n_("{n} character", "{n} characters", each.start).format(n=number(each.start))
        lead = Articles(lengths=(each.start, each.end)) if each.number else None
        bars.append(Bar(lead, number(each.start), (each.number,), said))
    return [Part(_("articles"), "indigo")], bars


def annotation_lengths(lengths: Lengths, scheme: Scheme) -> Picture:
    """Return a bar for each label: the middle length of its annotations, the middle half behind it."""
    bars = []
    for label in scheme.labels:
        if found := lengths.spans.get(label.id):
            low, middle, high = quartiles(found)
            note = _("{middle}  ({low}–{high})").format(
                middle=rough(middle), low=rough(low), high=rough(high)
            )
            lead = _accepted(term("label", label.name))
            bars.append(Bar(lead, label.name, (middle,), note=note, colour=label.colour))
    return [Part(_("characters"), "grey")], bars


def of_entities(found: Sequence[Named]) -> Picture:
    """Return a bar for each entity with most mentions."""
    bars = [Bar(ToEntity(each.id), each.name, (each.number,)) for each in found]
    return [Part(_("mentions"), "purple")], bars


def of_strings(found: Sequence[Named], scheme: Scheme) -> Picture:
    """Return a bar for each of the words labelled most often without an entity."""
    colours = {label.id: label.colour for label in scheme.labels}
    bars = [
        Bar(
            _accepted(f"{term('text', each.name)} missing:entity"),
            each.name,
            (each.number,),
            colour=colours.get(each.label, ""),
        )
        for each in found
    ]
    return [Part(_("annotations"), "grey")], bars


def of_fates(fates: Mapping[tuple[str, str], Fate], scheme: Scheme) -> Picture:
    """Return a bar for each suggester and label with most suggestions: what became of them."""
    names = {label.id: label.name for label in scheme.labels}
    most = sorted(fates, key=lambda key: -sum(fates[key]))[:_MOST_FATES]
    bars = []
    for origin, label in sorted(most):
        fate = fates[origin, label]
        decided = fate.unchanged + fate.changed + fate.rejected
        share = (fate.unchanged + fate.changed) / decided if decided else 0.0
        note = (
            _("{share} of {n} accepted").format(share=percent(share), n=number(decided))
            if decided
            else n_("{n} open", "{n} open", fate.open).format(n=number(fate.open))
        )
        what = f"{term('origin', origin)} {term('label', names.get(label, label))}"
        keys = tuple(
            Search(f"{what} {fate}")
            for fate in (
                "state:accepted is:unchanged",
                "state:accepted is:changed",
                "state:rejected",
                "state:suggested",
            )
        )
        name = f"{origin_name(origin)} · {names.get(label, label)}"
        bars.append(Bar(None, name, tuple(fate), note=note, keys=keys))
    parts = [
        Part(_("accepted unchanged"), "success"),
        Part(_("accepted with changes"), "accent"),
        Part(_("rejected"), "danger"),
        Part(_("open"), ""),
    ]
    return parts, bars


def paper_name(source: str) -> str:
    """Return what a newspaper is called; some articles name none."""
    return source or _("no newspaper named")


def stretch_name(stretch: Stretch, *, is_long: bool = False) -> str:
    """Return what a stretch of days is called."""
    if stretch.days > 31:
        return f"{stretch.start:%Y}"
    if stretch.days > 7:
        return month_name(stretch.start, is_long=is_long)
    name = day_name(stretch.start, is_long=is_long)
    return _("week of {day}").format(day=name) if stretch.days == 7 and is_long else name


def percent(share: float) -> str:
    """Return a share (0 to 1) in per cent."""
    return _("{number}%").format(number=number(share * 100))


def _by_stretch(days: Sequence[Day]) -> Iterator[tuple[Stretch, Sequence[Day]]]:
    """Yield each stretch of time with the days in it, which come in order."""
    start = 0
    for stretch in stretches(days[0].day, days[-1].day):
        end = start
        while end < len(days) and days[end].day < stretch.end:
            end += 1
        yield stretch, days[start:end]
        start = end


def _most(counts: Mapping[str, int], most: int) -> list[str]:
    """Return the names with the highest counts, the highest first."""
    return sorted(counts, key=lambda name: (-counts[name], name))[:most]


def _label_groups(
    cells: Mapping[Cell, int], scheme: Scheme
) -> tuple[list[Part], list[tuple[str, ...]]]:
    """Return the labels used most, and the rest in one, in the order of the scheme."""
    counts: Counter[str] = Counter()
    for cell, count in cells.items():
        counts[cell.label] += count
    order = [label.id for label in scheme.labels]
    by_id: dict[str, Label] = {label.id: label for label in scheme.labels}
    groups = sorted(
        parts_of(counts, _MOST_LABELS, _("other labels")),
        key=lambda group: (len(group[0]) > 1, order.index(group[0][0])),
    )
    parts = [
        Part(by_id[names[0]].name, by_id[names[0]].colour)
        if len(names) == 1
        else Part(name, "grey")
        for names, name, _count in groups
    ]
    return parts, [names for names, _name, _count in groups]


def _query(scheme: Scheme, labels: Sequence[str], where: str) -> Search | None:
    if not where:
        return None
    named = " OR ".join(term("label", scheme.label(label).name) for label in labels)
    return _accepted(f"({named}) {where}" if len(labels) > 1 else f"{named} {where}")


def _accepted(query: str) -> Search:
    """Return a search that finds what is counted: no suggestion."""
    return Search(f"{query} state:accepted")


def _month(month: str) -> date | None:
    """Return the first day of a month as articles write it, None where they write something else."""
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        return None


def _shared(count: int, total: int) -> str:
    return f"{number(count)}  ({percent(count / total)})" if total else number(count)

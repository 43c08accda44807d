"""What is inconsistent in a project, as lines: read here, listed by the window and the commands."""

from collections.abc import Iterator, Sequence

from annotator.core.consistency import MOST, Kind, Line, Strings
from annotator.core.namesakes import namesakes, why_name
from annotator.core.spelling import key_of
from annotator.store import consistency, entities, precedents
from annotator.store.occurrences import Wanted
from annotator.store.project import Project

_MOST_ARTICLES = 100
"""Articles that are read for one line: its places are all read once somebody looks at it."""


def lines_of(
    project: Project, kind: Kind, strings: Strings, progress: consistency.Progress | None = None
) -> Iterator[Line]:
    """Yield the lines of a kind; `strings` are those of the project."""
    if kind is Kind.UNLABELLED:
        known = strings.known()
        for done, key in enumerate(known):
            yield from unlabelled_line(project, strings, key)
            if progress and not progress(done + 1, len(known)):
                return
    elif kind is Kind.ENTITIES:
        yield from entity_lines(project)
    elif kind is Kind.PRECEDENTS:
        yield from precedent_lines(project, strings)
    else:
        found = {
            Kind.CONTESTED: strings.contested,
            Kind.BOUNDARIES: strings.boundaries,
            Kind.SINGLE: strings.single,
        }
        yield from found[kind]()


def unlabelled_line(project: Project, strings: Strings, key: str) -> Sequence[Line]:
    """Return the line of a string that was left unlabelled somewhere, nothing if it was not."""
    labels = strings.labels(key)
    if not labels:
        return ()
    usual = next(iter(labels))
    found = consistency.unlabelled(project, strings.forms(key), Wanted(usual), most=_MOST_ARTICLES)
    if not found:
        return ()
    return [Line(Kind.UNLABELLED, (strings.shown(key),), (labels,), len(found))]


def precedent_lines(project: Project, strings: Strings) -> list[Line]:
    """Return a line for each decision, with how its words are labelled now."""
    return [
        Line(
            Kind.PRECEDENTS,
            (each.words,),
            (strings.labels(key_of(each.words)),),
            strings.count(key_of(each.words)),
            " – ".join(
                filter(
                    None,
                    (project.scheme.label(each.label).name if each.label else "", each.reason),
                )
            ),
            precedent=each.id,
        )
        for each in precedents.every(project)
    ]


def entity_lines(project: Project) -> list[Line]:
    """Return the pairs of entities that may be the same, the one that is mentioned more first."""
    counts = entities.counts(project)
    lines = []
    for one, other, why in namesakes(entities.register(project))[:MOST]:
        kept, gone = sorted(
            (one, other), key=lambda each: (-counts.get(each.id, 0), -len(each.name), each.id)
        )
        lines.append(
            Line(
                Kind.ENTITIES,
                (kept.name, gone.name),
                ({"": counts.get(kept.id, 0)}, {"": counts.get(gone.id, 0)}),
                counts.get(gone.id, 0),
                why_name(why),
                (kept.id, gone.id),
            )
        )
    return lines

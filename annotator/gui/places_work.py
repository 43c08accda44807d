"""What the list of places has done beside the window: places looked for, labels given and taken away."""

from collections.abc import Sequence
from pathlib import Path

from annotator.core.scheme import Scheme
from annotator.gui.tasks import Progress
from annotator.store import consistency
from annotator.store.corpus import snapshot
from annotator.store.deed import Deed
from annotator.store.many import Written
from annotator.store.occurrences import Occurrence, Wanted
from annotator.store.project import Project


def places_beside(
    path: Path, words: Sequence[str], wanted: Wanted, article: str, progress: Progress
) -> list[Occurrence]:
    """Look on a connection of one's own."""
    with Project.open(path, read_only=True) as project, snapshot(project):
        return consistency.places(project, words, wanted, open_article=article, progress=progress)


def settle(
    wanted: Wanted,
    ticked: Sequence[Occurrence],
    attributes: dict[str, str],
    deed: Deed,
    scheme: Scheme,
) -> Written:
    """Give these places their label."""
    return consistency.settle(deed, scheme, wanted, ticked, attributes)


def remove(ticked: Sequence[Occurrence], deed: Deed, scheme: Scheme) -> Written:
    """Take the labels of these places away."""
    return consistency.remove(deed, scheme, ticked)

"""A look at one article for the window: in a thread of its own, or for a long one in a process.

`python -m annotator.assist.looking PROJECT ARTICLE ANNOTATOR [SUGGESTER …]` writes what was seen, pickled.
"""

import copyreg
import pickle
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from annotator.assist import apart, suggesters, suggesting
from annotator.assist.known import Known
from annotator.core.errors import UserError
from annotator.core.model import Article
from annotator.language import _, use_language
from annotator.store import articles
from annotator.store.project import Project
from annotator.store.suggestions import Suggested

LONG = 20_000
"""Code points from which on Python's lock would be away from the window for longer than a key may take."""

Progress = Callable[[int, int], bool]


def _proxy(values: dict[str, Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType(values)


# Attributes that nobody has set are such a proxy, which pickle does not know.
copyreg.pickle(MappingProxyType, lambda proxy: (_proxy, (dict(proxy),)))


@dataclass(frozen=True, slots=True)
class Seen:
    """What suggesters propose for an article; why some cannot; who lowers itself, in a sentence each."""

    suggested: Suggested
    unable: Sequence[str]
    lowered: Collection[str]


def look(
    path: Path,
    known: Known,
    article: Article,
    annotator: str,
    only: Collection[str],
    progress: Progress,
) -> Seen | None:
    """Return what is suggested for an article as it stands; may be called in any thread.

    `only` are ids of suggesters; when empty, those that are switched on. None when nobody waits for it
    any longer. Raises UserError when the project cannot be read.
    """
    if len(article.text) > LONG:
        return _look_apart(path, article, annotator, only, progress)
    if not progress(0, 0):
        return None
    with Project.open(path, read_only=True) as project:
        return _seen(project, known, article, annotator, only)


def lowered_sentences(known: Known) -> list[str]:
    """Return who is mostly rejected, in a sentence each; to be called while it is at work."""
    labels = {label.id: label for label in known.scheme.active}
    found = []
    for (origin, label_id), rate in known.rates.items():
        suggester = suggesters.of_origin(origin)
        if suggester and label_id in labels:
            is_asked = (origin, label_id) in known.settings.asked
            label = labels[label_id]
            found.append(suggesters.lowered_sentence(suggester, label, rate, is_asked=is_asked))
    return sorted(filter(None, found))


def _seen(
    project: Project, known: Known, article: Article, annotator: str, only: Collection[str]
) -> Seen | None:
    with known.at_work(project):
        wanted = [
            each
            for each in suggesters.ranked(known.settings)
            if suggesters.is_on(each, known.settings) and (not only or each.id in only)
        ]
        unable = [sentence for each in wanted if (sentence := each.unable(known))]
        if only and not wanted:
            return None
        ids = [each.id for each in wanted]
        suggested = suggesting.look_at(known, article, annotator, only=ids if only else ())
        return Seen(suggested, unable, lowered_sentences(known))


def _look_apart(
    path: Path, article: Article, annotator: str, only: Collection[str], progress: Progress
) -> Seen | None:
    with apart.started(__name__, str(path), article.id, annotator, *only) as process:
        try:
            written = _written(process, progress)
        finally:
            process.kill()
    if written is None:
        return None
    if process.returncode:
        raise UserError(_("The look for suggestions ended before its time; F5 tries it again."))
    seen: Seen | str | None = pickle.loads(written)
    if isinstance(seen, str):
        raise UserError(seen)
    return seen


def _written(process: subprocess.Popen[bytes], progress: Progress) -> bytes | None:
    """Return all that the process writes, None as soon as nobody waits for it any longer."""
    while progress(0, 0):
        try:
            return process.communicate(timeout=apart.WAIT)[0]
        except subprocess.TimeoutExpired:
            continue
    return None


def main(path: str, article_id: str, annotator: str, *only: str) -> None:
    """Look here and write what was seen, or the sentence that says why not."""
    use_language()
    apart.step_back()
    seen: Seen | str | None
    try:
        with Project.open(Path(path), read_only=True) as project:
            article = articles.article(project, article_id)
            seen = _seen(project, Known(), article, annotator, only)
    except UserError as error:
        seen = str(error)
    except KeyError:
        # Somebody has removed the article meanwhile.
        seen = None
    sys.stdout.buffer.write(pickle.dumps(seen))


if __name__ == "__main__":
    # Under its own name, by which the window knows what comes back.
    from annotator.assist.looking import main as look_here

    look_here(*sys.argv[1:])

"""The links of the open article, read when somebody looks at an annotation and kept until it changes."""

from collections.abc import Callable, Iterable, Sequence

from annotator.core.model import Link

Fetch = Callable[[Sequence[str]], list[Link]]
"""Returns every link from or to some annotations."""


class LinkIndex:
    """Answers which links an annotation has; only those asked about are ever read."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._known: dict[str, tuple[Link, ...]] = {}

    def know(self, annotations: Iterable[str]) -> None:
        """Read the links of these annotations that are not known yet, all at once."""
        unknown = [each for each in dict.fromkeys(annotations) if each not in self._known]
        if not unknown:
            return
        found: dict[str, list[Link]] = {each: [] for each in unknown}
        for link in self._fetch(unknown):
            for end in (link.from_id, link.to_id):
                if end in found:
                    found[end].append(link)
        self._known.update((each, tuple(links)) for each, links in found.items())

    def of(self, annotation: str) -> tuple[Link, ...]:
        """Return the links from and to an annotation, oldest first."""
        if annotation and annotation not in self._known:
            self.know([annotation])
        return self._known.get(annotation, ())

    def parts(self, annotation: str) -> tuple[Link, ...]:
        """Return the links that lead from an annotation to what fills its slots."""
        return tuple(link for link in self.of(annotation) if link.from_id == annotation)

    def frames(self, annotation: str) -> tuple[Link, ...]:
        """Return the links by which an annotation fills slots of others."""
        return tuple(link for link in self.of(annotation) if link.to_id == annotation)

    def forget(self, annotations: Iterable[str]) -> None:
        """Read the links of these annotations anew when next asked, and those of what they led to."""
        for annotation in annotations:
            for link in self._known.pop(annotation, ()):
                self._known.pop(link.from_id, None)
                self._known.pop(link.to_id, None)

    def clear(self) -> None:
        """Forget everything, as when another article comes."""
        self._known.clear()

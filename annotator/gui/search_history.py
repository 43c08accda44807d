"""The queries of a project, the newest first: kept with it, so that they are there again tomorrow."""

import contextlib
import json
from collections.abc import Sequence

from annotator.core.errors import UserError
from annotator.store.project import Project

_SETTING = "searches"
_MOST = 50


class History:
    """Remembers queries; one that is asked again moves to the front."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._queries = _read(project.setting(_SETTING))

    @property
    def queries(self) -> Sequence[str]:
        """What was asked, the newest first."""
        return self._queries

    def keep(self, query: str) -> None:
        """Remember a query; a project that is busy, or cannot be written to, keeps it with the next one."""
        if self._queries and self._queries[0] == query:
            return
        others = [each for each in self._queries if each != query]
        self._queries = [query, *others][:_MOST]
        with contextlib.suppress(UserError):
            self._project.set_setting(_SETTING, json.dumps(self._queries, ensure_ascii=False))


def _read(kept: str) -> list[str]:
    """Return the queries of a setting; none where it is not as we write it."""
    try:
        found = json.loads(kept or "[]")
    except ValueError:
        return []
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []

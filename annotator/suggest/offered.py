"""What a plug-in offers that suggests: its name, and a function from an article to mentions."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from annotator.core.model import Article
from annotator.core.scheme import Scheme
from annotator.language import _
from annotator.suggest.mention import Mention

_ID = re.compile(r"[a-z][a-z0-9_-]{1,30}")


@dataclass(frozen=True, slots=True)
class OfferedSuggester:
    """A suggester of a plug-in. `id` names it on the command line and in what it suggests.

    `mentions` is given an article and the scheme, in any thread, and returns what it proposes: the
    label by id or name, code points, a score from 0 to 1, and a reason in the user's language.
    """

    id: str
    title: str
    description: str
    mentions: Callable[[Article, Scheme], Iterable[Mention]]
    is_on: bool = False

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(
                _("“{name}” is no name for a suggester: small letters, digits and -.").format(
                    name=self.id
                )
            )

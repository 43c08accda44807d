"""What a package imports to add formats and suggesters of its own; see “Plug-ins” in the help.

It names a module under the entry point group "annotator"; the module implements the hook with
`@hookimpl def annotator_formats()` or `@hookimpl def annotator_suggesters()`, or both.
"""

from importlib.metadata import entry_points

import pluggy

from annotator.core.corpus import Corpus, Found, LabelledArticle, Span
from annotator.core.formats import Format, Loss, Reading, Writer, Writing
from annotator.core.model import Annotation, Article, Document, Fragment, Link, Problem, Remark
from annotator.core.scheme import Scheme
from annotator.formats.article_writer import ArticleWriter
from annotator.language import _
from annotator.suggest.mention import Mention
from annotator.suggest.offered import OfferedSuggester

__all__ = [
    "Annotation",
    "Article",
    "ArticleWriter",
    "Corpus",
    "Document",
    "Format",
    "Found",
    "Fragment",
    "LabelledArticle",
    "Link",
    "Loss",
    "Mention",
    "OfferedSuggester",
    "Problem",
    "Reading",
    "Remark",
    "Scheme",
    "Span",
    "Writer",
    "Writing",
    "hookimpl",
]

GROUP = "annotator"
"""The group of entry points, and the name of the hooks."""

hookimpl = pluggy.HookimplMarker(GROUP)
_hookspec = pluggy.HookspecMarker(GROUP)


class Hooks:
    """What a plug-in may implement."""

    @_hookspec
    def annotator_formats(self) -> list[Format]:
        """Return readers and formats to offer beside ours; their names must be new."""
        raise NotImplementedError

    @_hookspec
    def annotator_suggesters(self) -> list[OfferedSuggester]:
        """Return suggesters to offer beside ours; their ids must be new."""
        raise NotImplementedError


def installed(problems: list[Problem]) -> pluggy.PluginManager:
    """Return the plug-ins that are installed; one that cannot be loaded is told to `problems`."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Hooks)
    for entry in entry_points(group=GROUP):
        try:
            manager.register(entry.load(), entry.name)
        except Exception as error:  # Somebody else's code: whatever it does, the rest must work.
            problems.append(broken(entry.name, error))
    return manager


def broken(plug_in: str, error: Exception) -> Problem:
    """Return what is said of a plug-in that cannot be used."""
    told = _("The plug-in cannot be used ({error}); the rest works.")
    return Problem(plug_in, told.format(error=f"{type(error).__name__}: {error}"))

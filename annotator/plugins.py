"""What a package imports to add readers and formats of its own; see “Plug-ins” in the help.

It names a module under the entry point group "annotator"; the module implements the hook with
`@hookimpl def annotator_formats()`.
"""

import pluggy

from annotator.core.corpus import Corpus, Found, LabelledArticle, Span
from annotator.core.formats import Format, Loss, Reading, Writer, Writing
from annotator.core.model import Annotation, Article, Document, Fragment, Link, Problem, Remark
from annotator.formats.article_writer import ArticleWriter

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
    "Problem",
    "Reading",
    "Remark",
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

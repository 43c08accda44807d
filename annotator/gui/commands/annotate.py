"""The menu Annotate: what is done to annotations and suggestions in the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.gui import asides, panels
from annotator.gui.article import incision
from annotator.gui.commands.command import (
    FRAMED,
    PROJECT,
    READING,
    SELECTED,
    SUGGESTED,
    UNSELECTED,
    WORKING,
    WRITABLE,
    Command,
    Fact,
    Scope,
    in_menu,
    proposer_does,
    view_does,
    workspace_does,
)
from annotator.language import _

if TYPE_CHECKING:  # The window builds the view and is built from the commands.
    from annotator.gui.article.view import ArticleView


def commands() -> tuple[Command, ...]:
    """Return what the menu holds, in its order."""
    return in_menu(
        "annotate",
        (
            _in_article("annotate.grow", _("Grow"), lambda v: v.grow(), keys=("+", "=")),
            _in_article("annotate.shrink", _("Shrink"), lambda v: v.shrink(), keys=("-",)),
            _in_article(
                "annotate.fragment",
                _("Add the selection as a fragment"),
                lambda v: v.add_fragment(),
                keys=(",",),
                when=WORKING,
            ),
            _in_article(
                "annotate.remove_fragment",
                _("Remove the fragment at the caret"),
                lambda v: v.remove_fragment(),
                keys=("Alt+Backspace", "Alt+Del"),
                when=SELECTED,
            ),
            _in_article(
                "quote.next",
                _("Next quotation without a label"),
                lambda v: v.framing.next_quotation(),
                keys=("Shift+Q",),
            ),
            _in_article(
                "quote.cut",
                _("Cut the incise out, or put it back"),
                incision.cut,
                keys=("I",),
                when=WORKING,
            ),
            _in_article(
                "quote.swap",
                _("Swap source and addressee"),
                lambda v: v.framing.swap(),
                keys=("Alt+S",),
                when=FRAMED,
            ),
        ),
        (
            Command(
                "annotate.note",
                _("Note…"),
                panels.edit_note,
                keys=("F2",),
                icon="note",
                when=SELECTED,
            ),
            _in_article(
                "annotate.remove",
                _("Remove"),
                lambda v: v.remove(),
                keys=("Backspace", "Del"),
                when=SELECTED,
            ),
        ),
        (
            Command(
                "occurrences.label",
                _("Label all occurrences…"),
                workspace_does(lambda each: each.occurrences.open_panel()),
                keys=("Ctrl+L",),
                when=WORKING,
            ),
            Command(
                "occurrences.remove",
                _("Remove the label from all occurrences…"),
                workspace_does(lambda each: each.occurrences.open_panel(is_removal=True)),
                keys=("Ctrl+Backspace", "Ctrl+Del"),
                when=WORKING,
                scope=Scope.ARTICLE,
            ),
        ),
        (
            Command(
                "consistency.words",
                _("How these words are labelled…"),
                workspace_does(lambda each: each.places.open_panel()),
                keys=("J", "Alt+J"),
                when=READING,
                scope=Scope.ARTICLE,
            ),
            Command(
                "consistency.decide",
                _("Decide how these words are labelled…"),
                workspace_does(lambda each: each.places.open_panel(is_decision=True)),
                keys=("Shift+J",),
                when=WORKING,
                scope=Scope.ARTICLE,
            ),
        ),
        (
            _in_article(
                "annotate.next", _("Next annotation"), lambda v: v.next_annotation(), keys=("Tab",)
            ),
            _in_article(
                "annotate.previous",
                _("Previous annotation"),
                lambda v: v.previous_annotation(),
                keys=("Shift+Tab",),
            ),
            _in_article(
                "annotate.select",
                _("Select the annotation at the caret"),
                lambda v: v.select_at_caret(),
                keys=("Return", "Enter"),
                when=UNSELECTED,
            ),
            _in_article(
                "annotate.under",
                _("Select the annotation underneath"),
                lambda v: v.select_at_caret(),
                when=READING | {Fact.ANNOTATION},
            ),
        ),
        (
            _in_article(
                "suggestion.next", _("Next suggestion"), lambda v: v.next_suggestion(), keys=("N",)
            ),
            _in_article(
                "suggestion.previous",
                _("Previous suggestion"),
                lambda v: v.previous_suggestion(),
                keys=("Shift+N",),
            ),
            _in_article(
                "suggestion.accept",
                _("Accept the suggestion"),
                lambda v: v.accept(),
                keys=("Return", "Enter"),
                when=SUGGESTED,
            ),
            Command(
                "suggestion.accept_alike",
                _("Accept all alike…"),
                workspace_does(lambda each: each.settling.open_alike()),
                keys=("Shift+Return", "Shift+Enter"),
                when=SUGGESTED,
                scope=Scope.ARTICLE,
            ),
            _in_article(
                "suggestion.reject",
                _("Reject the suggestion"),
                lambda v: v.reject(),
                keys=("X",),
                when=SUGGESTED,
            ),
            Command(
                "suggestion.settle_many",
                _("Settle many suggestions…"),
                workspace_does(lambda each: each.settling.open_panel()),
                keys=("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
                when=WORKING,
            ),
        ),
        (
            Command(
                "finding.next", _("Next finding"), panels.go_to_finding, keys=("F8",), when=READING
            ),
            Command(
                "finding.previous",
                _("Previous finding"),
                lambda w: panels.go_to_finding(w, backwards=True),
                keys=("Shift+F8",),
                when=READING,
            ),
            Command(
                "finding.repair",
                _("Repair the finding"),
                workspace_does(lambda each: each.findings.repair_current()),
                keys=("Alt+F8",),
                when=WORKING,
            ),
            Command(
                "finding.repair_all",
                _("Repair all findings of this kind"),
                workspace_does(lambda each: each.findings.repair_all()),
                when=WORKING,
            ),
        ),
        (
            Command(
                "suggest.article",
                _("Suggest for this article"),
                proposer_does(lambda p: p.suggest_article()),
                keys=("F5",),
                when=WORKING,
            ),
            Command(
                "suggest.project",
                _("Suggest for all articles"),
                proposer_does(lambda p: p.suggest_project()),
                when=WRITABLE,
            ),
            Command(
                "suggest.clear",
                _("Take the open suggestions away"),
                proposer_does(lambda p: p.clear_article()),
                when=WORKING,
            ),
            Command(
                "suggest.automatic",
                _("Suggest when an article opens"),
                proposer_does(lambda p: p.toggle_automatic()),
                when=WRITABLE,
                shown=lambda w: w.proposer is not None and w.proposer.is_automatic,
            ),
            Command(
                "suggest.show",
                _("Where suggestions come from…"),
                asides.show_suggesters,
                keys=("Shift+F5",),
                when=PROJECT,
            ),
        ),
        (Command("model.show", _("Model…"), asides.show_model, keys=("Ctrl+F5",), when=PROJECT),),
    )


def _in_article(
    id: str,
    text: str,
    act: Callable[[ArticleView], object],
    *,
    keys: tuple[str, ...] = (),
    when: frozenset[Fact] = READING,
) -> Command:
    """Return a command that the article view carries out and whose keys work only there."""
    return Command(id, text, view_does(act), keys=keys, when=when, scope=Scope.ARTICLE)

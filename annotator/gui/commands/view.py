"""The menu View: panels, theme and size of the text."""

from __future__ import annotations

from annotator.gui import asides, look, panels
from annotator.gui.commands.command import PROJECT, READING, Command, Fact, in_menu
from annotator.language import _


def commands() -> tuple[Command, ...]:
    """Return what the menu holds, in its order."""
    return in_menu(
        "view",
        (
            _panel("articles", _("Articles"), keys=("F7",), icon="panel-left"),
            _panel("labels", _("Labels"), keys=("Shift+F9",), icon="panel-right"),
            _panel("inspector", _("Annotation and history"), keys=("F9",), icon="panel-right"),
            Command(
                "view.ledger",
                _("Who speaks"),
                panels.toggle_ledger,
                keys=("F4",),
                icon="person",
                when=PROJECT,
                shown=panels.is_ledger_shown,
            ),
            Command(
                "view.findings",
                _("Findings"),
                panels.toggle_findings,
                keys=("Ctrl+F8",),
                icon="flag",
                when=PROJECT,
                shown=panels.are_findings_shown,
            ),
            Command(
                "view.consistency",
                _("Consistency"),
                panels.toggle_consistency,
                keys=("Ctrl+J",),
                icon="flag",
                when=PROJECT,
                shown=panels.is_consistency_shown,
            ),
            Command(
                "view.history",
                _("Show the history"),
                panels.show_history,
                keys=("Ctrl+H",),
                icon="history",
                when=PROJECT,
            ),
            Command(
                "view.statistics",
                _("Where the work stands…"),
                asides.show_statistics,
                keys=("Shift+F4",),
                icon="chart",
                when=PROJECT,
            ),
            Command(
                "view.next_panel",
                _("Go to the next panel"),
                panels.go_to_next,
                keys=("F6",),
                when=PROJECT,
            ),
        ),
        (
            Command(
                "view.focus",
                _("Only the text"),
                panels.toggle_focus_mode,
                keys=("F11",),
                icon="focus",
                when=READING,
                shown=lambda w: w.is_in_focus_mode,
            ),
            Command(
                "view.leave_focus",
                _("Back to all panels"),
                panels.leave_focus_mode,
                keys=("Esc",),
                when=frozenset({Fact.FOCUS_MODE}),
            ),
            Command(
                "view.links",
                _("Show all links"),
                look.toggle_links,
                when=PROJECT,
                shown=lambda w: w.preferences.settings.all_links,
            ),
        ),
        (
            _theme("system", _("Theme of the system")),
            _theme("light", _("Light theme")),
            _theme("dark", _("Dark theme")),
        ),
        (
            Command(
                "view.larger",
                _("Larger text"),
                lambda w: look.resize_text(w, 1),
                keys=("Ctrl++", "Ctrl+="),
            ),
            Command(
                "view.smaller",
                _("Smaller text"),
                lambda w: look.resize_text(w, -1),
                keys=("Ctrl+-",),
            ),
            Command(
                "view.usual_size",
                _("Usual text size"),
                lambda w: look.resize_text(w, 0),
                keys=("Ctrl+0",),
            ),
        ),
    )


def _panel(name: str, text: str, *, keys: tuple[str, ...], icon: str) -> Command:
    return Command(
        f"view.{name}",
        text,
        lambda w: panels.toggle(w, name),
        keys=keys,
        icon=icon,
        when=PROJECT,
        shown=lambda w: panels.is_wanted(w, name),
    )


def _theme(name: str, text: str) -> Command:
    return Command(
        f"view.theme_{name}",
        text,
        lambda w: look.choose_theme(w, name),
        shown=lambda w: w.preferences.settings.theme == name,
    )

"""What the keys do in the article: letters label, arrows go by token; all else is left to the text edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from annotator.core import units

if TYPE_CHECKING:  # The view hands its keys over; what they do is done by the view.
    from annotator.gui.article.view import ArticleView

Key = Qt.Key
Mod = Qt.KeyboardModifier

UNSHIFTED = dict(zip("&é\"'(-è_ç", range(1, 10), strict=True))
"""The digits of an AZERTY keyboard without Shift. "-" shrinks unless the selected annotation takes a 6."""


def press(view: ArticleView, event: QKeyEvent) -> bool:
    """Do what a key is for; False when it is for the text edit or for the window."""
    modifiers = event.modifiers() & ~Mod.KeypadModifier
    if modifiers & (Mod.ControlModifier | Mod.MetaModifier):
        return False
    if event.key() in (Key.Key_Left, Key.Key_Right):
        return _go(view, event, modifiers)
    if modifiers & Mod.AltModifier:
        return _press_with_alt(view, event)
    if event.key() in _MOVES:
        if not modifiers & Mod.ShiftModifier:
            view.session.select("")
        return False
    return _press_named(view, event, modifiers) or _press_letter(view, event, modifiers)


_MOVES = (Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown)


def _press_with_alt(view: ArticleView, event: QKeyEvent) -> bool:
    if event.key() in (Key.Key_Backspace, Key.Key_Delete):
        view.remove_fragment()
        return True
    return False


def _press_named(view: ArticleView, event: QKeyEvent, modifiers: Mod) -> bool:
    """Do what the keys without a letter are for."""
    key, is_shifted = event.key(), bool(modifiers & Mod.ShiftModifier)
    if key in (Key.Key_Return, Key.Key_Enter) and not is_shifted:
        return _enter(view)
    if key == Key.Key_Tab:
        return view.next_annotation(backwards=is_shifted) or True
    action = _NAMED.get(key)
    if action is None:
        return False
    return action(view) is not False


def _enter(view: ArticleView) -> bool:
    """Accept the selected suggestion; with nothing selected, select what is under the caret."""
    if view.session.selected:
        view.accept()
    else:
        view.select_at_caret()
    return True


_NAMED: dict[int, Callable[[ArticleView], object]] = {
    Key.Key_Backtab: lambda view: view.previous_annotation() or True,
    Key.Key_Backspace: lambda view: view.remove(),
    Key.Key_Delete: lambda view: view.remove(),
    Key.Key_Escape: lambda view: view.let_go(),
}


def _press_letter(view: ArticleView, event: QKeyEvent, modifiers: Mod) -> bool:
    """Do what the sign is for that this key types on the user's own keyboard."""
    typed = event.text()
    if len(typed) != 1 or not typed.isprintable():
        return False
    number = _number(typed, event.key())
    if number and view.choose_value(number):
        return True
    letter, is_shifted = typed.casefold(), bool(modifiers & Mod.ShiftModifier)
    label = view.session.scheme.by_key(letter)
    if not is_shifted and view.press_attribute(letter):
        return True
    if label and not is_shifted:
        view.label(label.id)
        return True
    action = _SIGNS.get(letter)
    if action is None:
        return False
    action(view, is_shifted)
    return True


_SIGNS: dict[str, Callable[[ArticleView, bool], object]] = {
    "+": lambda view, _shifted: view.grow(),
    "=": lambda view, _shifted: view.grow(),
    "-": lambda view, _shifted: view.shrink(),
    ",": lambda view, _shifted: view.add_fragment(),
    "n": lambda view, shifted: view.next_suggestion(backwards=shifted),
    "x": lambda view, _shifted: view.reject(),
}


def _number(typed: str, key: int) -> int:
    """Return the digit a key stands for, 0 for none."""
    if typed.isdecimal():
        return int(typed)
    # Where "-" is a key of its own, or on the number pad, it is no digit.
    return 0 if typed == "-" and key == Key.Key_Minus else UNSHIFTED.get(typed, 0)


def _go(view: ArticleView, event: QKeyEvent, modifiers: Mod) -> bool:
    """Move the caret by a token, or by a character with Alt; with Shift the selection follows."""
    is_extending = bool(modifiers & Mod.ShiftModifier)
    forwards = (event.key() == Key.Key_Right) != view.is_right_to_left_at_caret()
    if not is_extending:
        view.session.select("")
    start, end = view.selection
    if not is_extending and start < end and not modifiers & Mod.AltModifier:
        target = end if forwards else start
    elif modifiers & Mod.AltModifier:
        target = view.caret + (1 if forwards else -1)
    else:
        target = _token_edge(view, forwards=forwards, is_extending=is_extending)
    target = max(0, min(len(view.text), target))
    view.place(view.anchor if is_extending else target, target)
    return True


def _token_edge(view: ArticleView, *, forwards: bool, is_extending: bool) -> int:
    """Return where the next token begins, or ends when it is being taken into the selection."""
    caret, text = view.caret, view.text
    if not forwards:
        before = units.previous_token(text, caret)
        return before[0] if before else 0
    here = units.token_at(text, caret)
    if is_extending and here and here[0] <= caret < here[1]:
        return here[1]
    ahead = units.next_token(text, caret)
    if ahead is None:
        return len(text)
    return ahead[1] if is_extending else ahead[0]

"""The keys of the article itself: labels, values and the caret. Every other key is the commands' affair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.core import units
from annotator.core.scheme import Slot

if TYPE_CHECKING:  # The view hands its keys over; what they do is done by the view.
    from annotator.gui.article.view import ArticleView

Key = Qt.Key
Mod = Qt.KeyboardModifier

UNSHIFTED = dict(zip("&é\"'(-è_çà", range(1, 11), strict=True))
"""The digits of an AZERTY keyboard without Shift; the tenth value has the 0."""

_SIX = (15, 7)
"""Scan codes of the key 6 on Linux and on Windows. "-" comes from a key of its own elsewhere."""

_MOVES = (Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown)
_SIDES = (Key.Key_Left, Key.Key_Right)
_TABS = (Key.Key_Tab, Key.Key_Backtab)


def press(view: ArticleView, event: QKeyEvent) -> bool:
    """Do what a key is for; False when it is for the text edit or for the window."""
    modifiers = event.modifiers() & ~Mod.KeypadModifier
    if modifiers & (Mod.ControlModifier | Mod.MetaModifier):
        if event.key() in (*_MOVES, *_SIDES) and not modifiers & Mod.ShiftModifier:
            view.session.select("")
        return False
    if event.key() in _SIDES:
        return _go(view, event, modifiers)
    if event.key() in _MOVES and not modifiers & Mod.AltModifier:
        if not modifiers & Mod.ShiftModifier:
            view.session.select("")
        return False
    if event.key() == Key.Key_Escape:
        return view.let_go()
    return _press_letter(view, event) or _ask_commands(view, event)


def is_taken(view: ArticleView, event: QKeyEvent) -> bool:
    """Whether a key is for the article even if a command has it too.

    So are the letter of a label or a slot, with Shift for one more filler, a value or an attribute of
    the selected annotation, the number of a speaker, and Tab where there is no annotation to go to.
    """
    if event.key() in _TABS and not event.modifiers() & Mod.ControlModifier:
        return not len(view.scene.index)
    number, letter = number_of(event), letter_of(event)
    return bool(
        (number and (view.candidates.hears(number) or view.values.has(number)))
        or (letter and (view.values.hears(letter) or _slot(view, letter)))
        or (letter and view.session.scheme.by_key(letter))
        or _slot_for_more(view, event)
    )


def _press_letter(view: ArticleView, event: QKeyEvent) -> bool:
    """Do what the sign is for that this key types on the user's own keyboard."""
    number, letter = number_of(event), letter_of(event)
    if number and (view.candidates.take(number) or view.values.choose(number)):
        return True
    if letter and view.values.press(letter):
        return True
    slot = _slot(view, letter)
    if slot:
        view.framing.fill(slot)
        return True
    if more := _slot_for_more(view, event):
        view.framing.fill(more, adds=True)
        return True
    label = view.session.scheme.by_key(letter) if letter else None
    if label:
        view.label(label.id)
    return label is not None


def _slot(view: ArticleView, letter: str) -> Slot | None:
    """Return the slot a letter fills: of the frame at work, else of any whose letter no label has."""
    if not letter or (not view.session.frame and view.session.scheme.by_key(letter)):
        return None
    return view.framing.slot_of_key(letter)


def _slot_for_more(view: ArticleView, event: QKeyEvent) -> Slot | None:
    """Return the slot of the frame at work that takes one more filler by its letter with Shift."""
    modifiers, typed = event.modifiers() & ~Mod.KeypadModifier, event.text()
    if modifiers != Mod.ShiftModifier or len(typed) != 1 or not view.session.frame:
        return None
    slot = view.framing.slot_of_key(typed.casefold())
    return slot if slot and slot.many else None


def _ask_commands(view: ArticleView, event: QKeyEvent) -> bool:
    """Leave a key to the commands, by its name and by the sign it types: "=" may be Shift and another."""
    modifiers = event.modifiers() & ~Mod.KeypadModifier
    name = QKeySequence(QKeyCombination(modifiers, Key(event.key()))).toString()
    typed = event.text()
    is_sign = len(typed) == 1 and typed.isprintable() and not typed.isalpha()
    keys = [name, typed] if is_sign and not modifiers & Mod.AltModifier else [name]
    return view.ask_commands is not None and view.ask_commands(keys)


def is_for_commands(event: QKeyEvent) -> bool:
    """Tell whether Ctrl or Alt is held: such a key is the window's, any other that of what has the focus."""
    return bool(event.modifiers() & (Mod.ControlModifier | Mod.AltModifier))


def letter_of(event: QKeyEvent) -> str:
    """Return the letter or sign that a key types by itself, lower case; "" with Shift, Ctrl or Alt."""
    typed = event.text()
    is_plain = not event.modifiers() & ~Mod.KeypadModifier
    return typed.casefold() if is_plain and len(typed) == 1 and typed.isprintable() else ""


def number_of(event: QKeyEvent) -> int:
    """Return the digit a key stands for, 10 for the 0, nothing for any other key."""
    typed = event.text()
    if len(typed) != 1 or is_for_commands(event):
        return 0
    if typed.isdecimal():
        return int(typed) or 10
    if typed == "-" and event.key() == Key.Key_Minus and event.nativeScanCode() not in _SIX:
        return 0
    return UNSHIFTED.get(typed, 0)


def _go(view: ArticleView, event: QKeyEvent, modifiers: Mod) -> bool:
    """Move the caret by a token, or by a character with Alt; with Shift the selection follows."""
    is_extending = bool(modifiers & Mod.ShiftModifier)
    forwards = (event.key() == Key.Key_Right) != view.is_right_to_left_at_caret()
    edge = None if is_extending or modifiers else _frame_edge(view, forwards=forwards)
    if not is_extending:
        view.session.select("")
    start, end = view.selection
    if edge is not None:
        target = edge
    elif not is_extending and start < end and not modifiers & Mod.AltModifier:
        target = end if forwards else start
    elif modifiers & Mod.AltModifier:
        target = view.caret + (1 if forwards else -1)
    else:
        target = _token_edge(view, forwards=forwards, is_extending=is_extending)
    target = max(0, min(len(view.text), target))
    view.place(view.anchor if is_extending else target, target)
    return True


def _frame_edge(view: ArticleView, *, forwards: bool) -> int | None:
    """Return the end of the selected frame on this side, where its cue is likely.

    The arrows leave a selected frame as they leave selected words. None where the caret is there or
    outside already.
    """
    spans = view.scene.index.of(view.session.selected)
    if not spans or view.session.selected != view.session.frame:
        return None
    start, end = spans[0].start, spans[-1].end
    edge = end if forwards else start
    return edge if start <= view.caret <= end and view.caret != edge else None


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

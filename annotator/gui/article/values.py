"""The attributes of the annotation at hand, set by digits and letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.core.scheme import Attribute
from annotator.gui.article import deeds

if TYPE_CHECKING:  # The view hands its keys over; what they set is shown by the view.
    from annotator.gui.article.view import ArticleView


class Values:
    """Sets values of the selected annotation; when none is selected, of the frame at work."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view

    def choose(self, number: int) -> bool:
        """Give the value of this number, from 1, of the first choice, or take it away again.

        False when there is no such value.
        """
        choice = self._choice(number)
        if choice:
            deeds.toggle(self._view.session, self._at_hand, choice.name, choice.values[number - 1])
        return choice is not None

    def has(self, number: int) -> bool:
        """Whether there is a value of this number."""
        return self._choice(number) is not None

    def press(self, key: str) -> bool:
        """Toggle the flag, or go on to the next value of the choice, that this key of the label is for."""
        attribute = self._attribute(key)
        if attribute:
            deeds.step(self._view.session, self._at_hand, attribute)
        return attribute is not None

    def hears(self, key: str) -> bool:
        """Whether this key is for an attribute."""
        return self._attribute(key) is not None

    @property
    def _at_hand(self) -> str:
        session = self._view.session
        return session.selected or session.frame

    def _attributes(self) -> Sequence[Attribute]:
        scene = self._view.scene
        spans = scene.index.of(self._at_hand)
        return scene.label(spans[0].label).attributes if spans else ()

    def _attribute(self, key: str) -> Attribute | None:
        found = (each for each in self._attributes() if each.key == key and each.kind != "text")
        attribute = next(found, None)
        # With the caret elsewhere a label's letter labels, as it does without a frame.
        is_far = not self._view.session.selected
        return None if is_far and self._view.session.scheme.by_key(key) else attribute

    def _choice(self, number: int) -> Attribute | None:
        if not self._view.session.selected:
            return None
        choice = next((each for each in self._attributes() if each.kind == "choice"), None)
        return choice if choice and 0 < number <= len(choice.values) else None

"""The shortest ways to say what an annotator does to an article view, and what they see."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annotator.core.model import Annotation, AnnotationState
from annotator.gui.article.view import ArticleView
from annotator.gui.session import Session
from annotator.store import annotations


class Desk:
    """A view with the shortest ways to say what an annotator does and sees."""

    def __init__(self, view: ArticleView, session: Session) -> None:
        self.view = view
        self.session = session

    def put_caret(self, words: str, shift: int = 1) -> None:
        at = self.view.text.index(words) + shift
        self.view.place(at, at)

    def select(self, words: str) -> None:
        start = self.view.text.index(words)
        self.view.place(start, start + len(words))

    def press(
        self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        if isinstance(key, str):
            QTest.keyClicks(self.view, key, modifiers)
        else:
            QTest.keyClick(self.view, key, modifiers)

    def point(self, words: str, shift: int = 0) -> QPoint:
        """Return a point just inside the character `shift` behind the start of these words."""
        offset = self.view.text.index(words) + shift
        self.view.reveal(offset)
        self.view.grab()
        return self.view.rectangle(offset).center().toPoint() + QPoint(2, 0)

    def add(
        self, label: str, *words: str, state: AnnotationState = AnnotationState.ACCEPTED
    ) -> str:
        article, at = self.session.article, 0
        assert article
        ranges = []
        for each in words:
            start = article.text.index(each, at)
            at = start + len(each)
            ranges.append((start, at))
        added = self.session.do(
            "Add", lambda d: annotations.add(d, article, label, ranges, state=state)
        )
        assert added
        return added

    @property
    def annotations(self) -> list[Annotation]:
        assert self.session.article
        return annotations.of_article(self.session.project, self.session.article.id)

    @property
    def said(self) -> list[tuple[str, str]]:
        """Label and text of every annotation, in text order."""
        return [(annotation.label, annotation.text) for annotation in self.annotations]

    @property
    def words(self) -> str:
        start, end = self.view.selection
        return self.view.text[start:end]

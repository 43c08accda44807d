"""Has the application take its own pictures for the README and the help pages: `make screenshots`."""

import sys
from dataclasses import replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui import opening
from annotator.gui.preferences import Preferences
from annotator.gui.style import chosen_theme, dress
from annotator.gui.window import MainWindow
from annotator.language import LANGUAGES, use_language
from annotator.store import annotations, articles

SIZE = QSize(1360, 860)
ARTICLE = "À Douarnenez"
SELECTED = "quote"
SETTLED = 600
"""Milliseconds after which nothing in the window moves any more."""


def shoot(app: QApplication, project: Path, preferences: Preferences, picture: Path) -> None:
    """Open the project in a window as preferred, select a quote, and save what is to be seen."""
    theme = preferences.settings.theme
    use_language(preferences.settings.language)
    dress(app, chosen_theme(theme, app))
    window = MainWindow(preferences)
    window.resize(SIZE)
    window.show()
    window.open_project(project)
    session = window.session
    assert session is not None
    rows = articles.rows(session.project, articles.ids(session.project))
    session.open_article(next(row.id for row in rows if row.title.startswith(ARTICLE)))
    QTest.qWait(SETTLED)
    assert session.article is not None
    found = annotations.of_article(session.project, session.article.id)
    quotes = [each for each in found if each.label == SELECTED]
    session.select(max(quotes, key=lambda quote: len(quote.fragments)).id)
    QTest.qWait(SETTLED)
    window.grab().save(str(picture))
    window.close()
    app.processEvents()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(["annotator"])
    with TemporaryDirectory() as place:
        project = Path(place) / "sample.annot"
        opening.make_sample(project)
        for language, theme in product(LANGUAGES, ("light", "dark")):
            name = f"window-{theme}" if language == "en" else f"window-{theme}-{language}"
            preferences = Preferences(Path(place) / f"{name}.json")
            preferences.keep(
                replace(preferences.settings, annotator="camille", theme=theme, language=language)
            )
            shoot(app, project, preferences, folder / f"{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

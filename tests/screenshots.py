"""Has the application take its own pictures for the README and the help pages: `make screenshots`."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from annotator.assist import modelling
from annotator.assist.suggesting import Options, suggest
from annotator.core.corpus import LabelledArticle, Span
from annotator.core.model import Article, ArticleState
from annotator.core.precedents import Precedent
from annotator.core.scheme import read_scheme
from annotator.gui import opening, panels
from annotator.gui.app import speak
from annotator.gui.export_dialog import ExportDialog
from annotator.gui.import_dialog import ImportDialog
from annotator.gui.model_page import ModelPage
from annotator.gui.occurrences_controls import Reach
from annotator.gui.preferences import Preferences
from annotator.gui.search_controls import Shown
from annotator.gui.statistics.page import StatisticsPage
from annotator.gui.style import chosen_theme, dress
from annotator.gui.suggesters_dialog import SuggestersDialog
from annotator.gui.window import MainWindow
from annotator.language import LANGUAGES
from annotator.resources import resource
from annotator.store import annotations, articles, bulk, precedents
from annotator.store.project import Project
from tests.benchmarks import annotating_articles, large

SIZE = QSize(1360, 860)
ARTICLE = "À Douarnenez"
SELECTED = "quote"
UNDECIDED = "« Le pain"
DONE = 45
"""Articles of the press that are labelled, of a hundred."""

SETTLED = 600
"""Milliseconds after which nothing in the window moves any more."""
PATIENCE = 20_000
"""Milliseconds that work beside the window may take."""

COLOURS = 256
NEAR = (24, 16, 10, 6)
"""How far colours of a picture are apart, those first that nothing else comes near."""

QUOTES = """Le village retient son souffle

« Il m’a dit : “Creusez encore, l’eau vous attend.” Alors j’ai creusé », se souvient \
Huguette Berthomieu, retraitée des postes. « À trente mètres, c’est moi qui attendais. »

« Si les sources reviennent, assure Mme Bruneau, hydrologue à l’agence de l’eau. \
Ce n’est pas certain. Mais nous avons, pour la première fois depuis dix ans, une raison d’y croire. »

« Nous avons tout perdu en une nuit, le toit, les bêtes, le foin de l’hiver, et personne ne répond.

« Le maire est venu. Il a promis une aide que nous attendons encore, trois semaines après.

« Nous resterons », conclut Étienne Brossoit.

Selon la préfecture, l’eau baissera jeudi. Le maire souligne l’importance de prévenir \
les voisins avant la nuit.
"""
"""Quotes one in another, parted by an incise, over several paragraphs, and without marks."""


def open_window(app: QApplication, project: Path, preferences: Preferences) -> MainWindow:
    """Open a project in a window as preferred."""
    speak(app, preferences.settings.language)
    dress(app, chosen_theme(preferences.settings.theme, app))
    window = MainWindow(preferences)
    window.resize(SIZE)
    window.show()
    window.open_project(project)
    wait(SETTLED)
    return window


def wait(milliseconds: int, claim: Callable[[], bool] = lambda: False) -> bool:
    """Let the window live so long, or until what is claimed is true; return whether it is.

    Not QTest.qWait: it holds on to Python's lock, and work in other threads would stand still.
    """
    loop, end, look = QEventLoop(), QTimer(singleShot=True), QTimer()
    end.timeout.connect(loop.quit)
    look.timeout.connect(lambda: claim() and loop.quit())
    end.start(milliseconds)
    look.start(20)
    loop.exec()
    return claim()


def shoot(window: MainWindow, picture: Path) -> None:
    """Save what is to be seen."""
    wait(SETTLED)
    save(window.grab(), picture)


def save(picture: QPixmap, path: Path) -> None:
    """Write a picture in 256 colours: nobody sees the difference, and it is a third as long."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(image.constBits()).cast("I")).most_common()
    table: list[int] = []
    for nearness in NEAR:
        for colour, _count in counted:
            if len(table) < COLOURS and all(apart(colour, each) > nearness for each in table):
                table.append(colour)
    flag = Qt.ImageConversionFlag.ThresholdDither
    image.convertToFormat(QImage.Format.Format_Indexed8, table, flag).save(str(path))


def apart(colour: int, other: int) -> int:
    """Return how far two colours are apart in the channel in which they differ most."""
    return max(abs((colour >> shift & 255) - (other >> shift & 255)) for shift in (0, 8, 16))


def longest_quote(window: MainWindow) -> str:
    """Return the quote of the open article that has most fragments."""
    session = window.session
    assert session is not None and session.article is not None
    found = annotations.of_article(session.project, session.article.id)
    quotes = [each for each in found if each.label == SELECTED]
    return max(quotes, key=lambda quote: len(quote.fragments)).id


def shoot_sample(window: MainWindow, folder: Path, ending: str) -> None:
    """Show an article of the sample with a quote selected, and who speaks in all of them."""
    session, workspace = window.session, window.workspace
    assert session is not None and workspace is not None
    rows = articles.rows(session.project, articles.ids(session.project))
    session.open_article(next(row.id for row in rows if row.title.startswith(ARTICLE)))
    wait(SETTLED)
    session.select(longest_quote(window))
    shoot(window, folder / f"window-{ending}.png")
    window.actions_["view.ledger"].trigger()
    workspace.ledger.controls.corpus.click()
    assert wait(PATIENCE, workspace.ledger.view.isVisible), "The quotes were not counted."
    shoot(window, folder / f"speakers-{ending}.png")
    window.actions_["view.ledger"].trigger()
    shoot_search(window, folder, ending)
    shoot_suggestions(window, folder, ending)
    shoot_dialogs(window, folder, ending)


def shoot_search(window: MainWindow, folder: Path, ending: str) -> None:
    """Show what a query finds as lines, some of them ticked, and the words that stand near."""
    workspace = window.workspace
    assert workspace is not None
    panel = workspace.search
    window.actions_["find.corpus"].trigger()
    panel.box.set_query("label:PER has:entity")
    panel.search()
    assert wait(PATIENCE, lambda: len(panel.results.model.rows) > 0), "Nothing was found."
    results = panel.results.list
    results.setFocus()
    for row in (1, 2, 4):
        panel.results.model.toggle(panel.results.model.index(row))
    results.setCurrentIndex(panel.results.model.index(3))
    results.scrollToTop()
    shoot(window, folder / f"search-{ending}.png")
    panel.controls.show_view(Shown.COLLOCATES)
    table = panel.results.table
    assert wait(PATIENCE, lambda: len(table.rows.rows) > 0), "Nothing was counted."
    shoot(window, folder / f"collocates-{ending}.png")
    panel.controls.show_view(Shown.LINES)
    panels.toggle(window, "tools")


def shoot_suggestions(window: MainWindow, folder: Path, ending: str) -> None:
    """Show suggestions being settled, many at once, and where they come from."""
    session, workspace, view = window.session, window.workspace, window.article_view
    assert session is not None and workspace is not None and view is not None
    rows = articles.rows(session.project, articles.ids(session.project))
    session.open_article(next(row.id for row in rows if row.title.startswith(UNDECIDED)))
    assert wait(PATIENCE, lambda: len(view.scene.index) > 0), "Nothing was suggested."
    view.next_suggestion()
    window.actions_["suggestion.settle_many"].trigger()
    workspace.settling.controls.reaches[Reach.CORPUS].click()
    assert wait(PATIENCE, lambda: not workspace.settling.look.is_looking), "Nothing was found."
    shoot(window, folder / f"settling-{ending}.png")
    workspace.settling.close_panel()
    window.actions_["suggest.show"].trigger()
    dialog = window.findChild(SuggestersDialog)
    assert dialog is not None
    shoot_dialog(dialog, lambda: dialog.list.count() > 0, folder / f"suggesters-{ending}.png")


def shoot_quotes(window: MainWindow, folder: Path, ending: str) -> None:
    """Show quotes of every shape, at rest and with one at work."""
    session, view = window.session, window.article_view
    assert session is not None and view is not None
    view.place(0, 0)
    if ending == "light":
        shoot(window, folder / f"quotes-{ending}.png")
    parted = session.article.text.index("assure Mme Bruneau") if session.article else 0
    here = [span for span in view.scene.index.between(parted - 30, parted - 2) if not span.number]
    session.select(here[0].annotation)
    shoot(window, folder / f"quotes-selected-{ending}.png")


def shoot_statistics(window: MainWindow, folder: Path, ending: str) -> None:
    """Show where the work stands."""
    window.actions_["view.statistics"].trigger()
    page = window.findChild(StatisticsPage)
    assert page is not None
    page.resize(SIZE)
    assert wait(PATIENCE, lambda: not page.reader.is_reading), "The work was not counted."
    wait(SETTLED)
    save(page.grab(), folder / f"statistics-{ending}.png")
    page.close()


def shoot_consistency(window: MainWindow, folder: Path, ending: str) -> None:
    """Show how words are labelled elsewhere, all their places, and what is uneven in the project."""
    session, workspace, view = window.session, window.workspace, window.article_view
    assert session is not None and workspace is not None and view is not None
    words, reason = "Élysée", "ORG when it acts, LOC when it is the place"
    decided = Precedent("", words, reason=reason)
    session.do("", lambda deed: precedents.pin(deed, decided))
    session.open_article(articles.ids(session.project, query=words)[0])
    assert session.article is not None
    at = session.article.text.index(words)
    view.place(at + 2, at + 2)
    shoot(window, folder / f"radar-{ending}.png")
    shoot_occurrences(window, folder / f"occurrences-{ending}.png")
    workspace.places.open_panel()
    assert wait(PATIENCE, lambda: not workspace.places.is_looking), "The places were not found."
    shoot(window, folder / f"places-{ending}.png")
    workspace.places.close_panel()
    window.actions_["view.consistency"].trigger()
    panel = workspace.consistency
    assert wait(PATIENCE, lambda: panel.reader.is_read and not panel.is_behind), "It was not read."
    shoot(window, folder / f"consistency-{ending}.png")
    window.actions_["view.consistency"].trigger()
    session.undo()


def shoot_occurrences(window: MainWindow, picture: Path) -> None:
    """Show all occurrences of the words at the caret, about to be labelled."""
    assert window.workspace is not None
    panel = window.workspace.occurrences
    panel.open_panel()
    panel.controls.reaches[Reach.CORPUS].click()
    assert wait(PATIENCE, lambda: not panel.search.is_looking), "No occurrence was found."
    shoot(window, picture)
    panel.close_panel()


def shoot_model(window: MainWindow, folder: Path, ending: str) -> None:
    """Show what a model has learnt, and the articles in the order of what would teach it."""
    window.actions_["model.show"].trigger()
    page = window.findChild(ModelPage)
    assert page is not None
    wait(SETTLED)
    save(page.grab(), folder / f"model-{ending}.png")
    page.close()
    window.actions_["article.queue"].trigger()
    assert window.queue is not None and window.session is not None
    assert wait(PATIENCE, lambda: window.queue is not None and window.queue.is_on), "No queue."
    window.session.finish_article()
    wait(SETTLED)
    shoot(window, folder / f"queue-{ending}.png")


def shoot_dialogs(window: MainWindow, folder: Path, ending: str) -> None:
    """Show what an import would bring, and what an export could not hold."""
    session = window.session
    assert session is not None
    theme = chosen_theme("dark" if "dark" in ending else "light", QApplication.instance())
    with TemporaryDirectory() as place, chdir(place):
        bring = ImportDialog(session, theme, list(make_files()), window)
        shoot_dialog(bring, lambda: not bring.preview.is_looking, folder / f"import-{ending}.png")
    take = ExportDialog(session, theme, window)
    take.out.setText("corpus")
    take.format.setCurrentIndex(take.format.findData("iob2"))
    take.format.activated.emit(take.format.currentIndex())
    take.choices.split.setCurrentText("60/20/20")
    take.choices.licence.setText("CC BY 4.0")
    shoot_dialog(take, lambda: not take.plan.is_looking, folder / f"export-{ending}.png")


def shoot_dialog(dialog: QDialog, is_ready: Callable[[], bool], picture: Path) -> None:
    dialog.show()
    assert wait(PATIENCE, is_ready), "Nothing was found."
    wait(SETTLED)
    save(dialog.grab(), picture)
    dialog.close()


def make_files() -> Iterator[Path]:
    """Make files as people have them: another team's corpus, a story in two papers, an old text."""
    story = "\n\n".join(QUOTES.split("\n\n")[1:])
    files = {
        "Ouest.txt": f"Les sources du village à sec\n\nPar Anne Le Goff\n\n12 mars 2025\n\n{story}",
        "Riverain.txt": f"Le village retient son souffle\n\n14 mars 2025\n\n{story[:-120]}",
        "equipe.jsonl": json.dumps(
            {
                "text": "Huguette Berthomieu vit à Rodez depuis dix ans.",
                "title": "Une retraitée des postes",
                "date": "2025-03-20",
                "spans": [[0, 19, "PERS"], [26, 31, "LOC"]],
            }
        ),
    }
    for name, text in files.items():
        path = Path(name)
        path.write_bytes(text.encode("cp1252" if name.startswith("Ouest") else "utf-8"))
        yield path


def make_quotes(path: Path) -> None:
    """Make a project of one article, its quotes accepted."""
    with Project.create(path, read_scheme(resource("schemes", "news.toml"))) as project:
        article = Article(
            "a",
            QUOTES,
            title="Le village retient son souffle",
            published="2025-03-14",
            source="Le Riverain",
            language="fr",
        )
        row = LabelledArticle(article, [], [])
        project.do(
            "Import",
            lambda deed: bulk.add_articles(deed, [row], {}, bulk.Added()),
            annotator="camille",
        )
        suggest(project, Options(accept=0.0, only=("quotes",)), "camille")


def make_press(path: Path) -> None:
    """Make a project of a hundred articles, most of them done, with a model that learnt from those."""
    scheme = read_scheme(resource("schemes", "news.toml"))
    known = {label.id: label.id for label in scheme.labels}
    with Project.create(path, scheme) as project:
        rows = [press_article(n, gold) for n, gold in enumerate(annotating_articles.articles())]
        project.do(
            "Import",
            lambda deed: bulk.add_articles(deed, rows, known, bulk.Added()),
            annotator="camille",
        )
        modelling.train(project)


def press_article(number: int, gold: annotating_articles.GoldArticle) -> LabelledArticle:
    """Return an article as a newspaper prints it; of the last ones nobody has labelled anything."""
    is_done = number < DONE
    first, *_rest = gold.text.replace(". ", "\n").replace(", ", "\n").splitlines()
    article = Article(
        gold.id,
        gold.text,
        title=first.rstrip("."),
        published=f"2018-{number % 12 + 1:02}-{number % 28 + 1:02}",
        source=("Le Riverain", "L’Écho des Trois Rives", "Le Courrier du Ponant")[number % 3],
        language="fr",
        state=ArticleState.DONE if is_done else ArticleState.TODO,
    )
    spans = [
        Span("", each.label, 0, each.start, each.end, gold.text[each.start : each.end])
        for each in gold.gold
        if is_done and each.label != annotating_articles.DATE
    ]
    return LabelledArticle(article, spans, [])


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(["annotator"])
    with TemporaryDirectory() as place:
        sample, quotes, work, press = (
            Path(place) / f"{name}.annot" for name in ("sample", "quotes", "work", "press")
        )
        opening.make_sample(sample)
        make_quotes(quotes)
        large.make(work, 3_000)
        make_press(press)
        for language, theme in product(LANGUAGES, ("light", "dark")):
            ending = theme if language == "en" else f"{theme}-{language}"
            preferences = Preferences(Path(place) / f"{ending}.json")
            preferences.keep(
                replace(preferences.settings, annotator="camille", theme=theme, language=language)
            )
            for project, shoot_all in (
                (sample, shoot_sample),
                (quotes, shoot_quotes),
                (work, shoot_statistics),
                (press, shoot_consistency),
                (press, shoot_model),
            ):
                window = open_window(app, project, preferences)
                shoot_all(window, folder, ending)
                window.close()
                app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())

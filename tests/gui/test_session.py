"""The session between the window and the project: what it refuses, and how soon."""

import sqlite3
import time

from pytestqt.qtbot import QtBot

from annotator.gui.article import deeds
from annotator.gui.session import Session
from annotator.store import articles


def test_a_label_is_refused_soon_while_somebody_else_writes(qtbot: QtBot, alone: Session) -> None:
    alone.open_article(articles.ids(alone.project)[0])
    assert alone.article
    label, article = alone.scheme.labels[0], alone.article
    other = sqlite3.connect(alone.project.path, isolation_level=None)
    other.execute("begin immediate")
    start = time.monotonic()
    with qtbot.waitSignal(alone.failed) as refused:
        assert deeds.add(alone, article, label, [(0, 3)]) is None
    assert time.monotonic() - start < 1
    assert "in use" in refused.args[0]
    other.rollback()
    other.close()
    assert deeds.add(alone, article, label, [(0, 3)])

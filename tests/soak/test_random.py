"""The random tests of the normal suite, for longer; and damaged files, which must never crash us."""

import random
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from annotator.core.errors import UserError
from annotator.store.checks import check
from annotator.store.project import Project
from tests.store.conftest import SMALL, TEXTS, label, put
from tests.store.test_history_machine import History


def test_history_for_longer() -> None:
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=500,
            stateful_step_count=80,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_damage_is_refused_or_found_and_never_crashes(tmp_path: Path) -> None:
    sound = tmp_path / "sound.annot"
    with Project.create(sound, SMALL) as project:
        label(project, put(project, *TEXTS)[0], "per", (25, 36))
    pages = sound.read_bytes()
    dice = random.Random(1)
    for number in range(400):
        path = tmp_path / f"{number}.annot"
        path.write_bytes(_damaged(pages, dice))
        try:
            with Project.open(path) as project:
                check(project)
        except UserError:
            pass
        path.unlink()


def _damaged(pages: bytes, dice: random.Random) -> bytes:
    spoiled = bytearray(pages)
    for _turn in range(dice.randint(1, 20)):
        spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
    return bytes(spoiled[: dice.randint(1, len(spoiled))] if dice.random() < 0.2 else spoiled)

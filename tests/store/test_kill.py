"""A process killed at any moment loses nothing that it has said it did; `make soak` does it 200 times."""

import sys
from pathlib import Path

import pytest

from tests.soak.killing import survive


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_every_acknowledged_deed_survives_a_kill(tmp_path: Path) -> None:
    survive(tmp_path, 5)

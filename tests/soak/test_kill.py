"""A process killed at 200 random moments loses nothing that it has said it did."""

import sys
from pathlib import Path

import pytest

from tests.soak.killing import survive


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_every_acknowledged_deed_survives_200_kills(tmp_path: Path) -> None:
    survive(tmp_path, 200)

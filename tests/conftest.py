"""What many tests share: the samples, and one run over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.pipeline import Run, run

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session")
def sample_run(samples: Path) -> Run:
    return run(samples)

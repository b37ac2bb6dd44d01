"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# What is slow is told by bench/; an example that takes long on a busy machine is no fault.
settings.register_profile("aggregator", deadline=None)
settings.load_profile("aggregator")

ROOT = Path(__file__).resolve().parent.parent


def beside(name: str) -> Path | None:
    """The folder of real pages, where the environment names one or it stands beside the checkout."""
    place = Path(os.environ.get("AGGREGATOR_SHARED", ROOT.parent / "shared")) / name
    return place if place.exists() else None


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real pages with gold answers; they are third parties' texts and never part of the project."""
    place = beside("corpus")
    if place is None:
        pytest.skip("no corpus of real pages beside the checkout (AGGREGATOR_SHARED names the folder)")
    return place


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Real pages as text, likewise."""
    place = beside("seeds")
    if place is None:
        pytest.skip("no seed pages beside the checkout (AGGREGATOR_SHARED names the folder)")
    return place

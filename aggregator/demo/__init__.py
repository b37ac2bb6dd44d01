"""A recorded region, served on loopback so that the main job runs anywhere.

The pages are ours, in the shape of the real sites; every event, every person and every number in them is invented.
"""

from aggregator.demo.configuration import configuration
from aggregator.demo.pieces import EPOCHS, Piece, every, shown
from aggregator.demo.play import play
from aggregator.demo.report import Report, Round
from aggregator.demo.server import Hit, Region, serve
from aggregator.demo.sites import PATHS, SITES, respond

__all__ = [
    "EPOCHS",
    "PATHS",
    "SITES",
    "Hit",
    "Piece",
    "Region",
    "Report",
    "Round",
    "configuration",
    "every",
    "play",
    "respond",
    "serve",
    "shown",
]

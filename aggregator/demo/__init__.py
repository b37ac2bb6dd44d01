"""A recorded region, served on loopback so that the main job runs anywhere.

The pages are ours, in the shape of the real sites; every event, every person and every number in them is invented.
"""

from aggregator.demo.pieces import EPOCHS, Piece, every, shown
from aggregator.demo.server import Hit, Region, serve
from aggregator.demo.sites import SITES

__all__ = ["EPOCHS", "SITES", "Hit", "Piece", "Region", "every", "serve", "shown"]

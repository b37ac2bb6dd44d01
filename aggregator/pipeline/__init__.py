"""The only room that knows the order of the day: due → fetch → discover → extract → tag → save → publish."""

from aggregator.pipeline.publication import publish_all
from aggregator.pipeline.run import check, run, tag_anew

__all__ = ["check", "publish_all", "run", "tag_anew"]

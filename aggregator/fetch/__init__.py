"""The only HTTP client: polite, conditional, bounded GETs. ``Fetcher.turn(bounds).get(request)`` is the whole door.

What an origin does, however hostile, ends in a Snapshot or in a Failure with a reason; nothing here raises for it.

Inside, from the outside in: fetcher (what the turns of a run share), turn (one source's requests: admission,
redirects, retries), robots and turnstile (may we, and when), exchange (one request on one host), decode (content
codings), wire (deadlines and checked addresses on the socket), addresses (which are public), stop (why it ended).
"""

from aggregator.fetch.fetcher import Fetcher, Network
from aggregator.fetch.turn import Turn

__all__ = ["Fetcher", "Network", "Turn"]

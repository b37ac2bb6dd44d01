"""What stands around every page: bounds on what is asked, headers on what is answered, conditional requests.

ASGI middleware, from the outside in: ``Shield`` (bounds and headers), ``Thrift`` (ETag, 304, gzip, HEAD), then
(after ``signing.Doorman``) ``Shared`` (what many ask for is made once) and ``Turns`` (nobody takes all the places).
"""

from aggregator.web.shield.headers import Shield
from aggregator.web.shield.shared import Shared
from aggregator.web.shield.thrift import Thrift
from aggregator.web.shield.turns import Turns

__all__ = ["Shared", "Shield", "Thrift", "Turns"]

"""What stands around every page: bounds on what is asked, headers on what is answered, conditional requests.

ASGI middleware, from the outside in: ``Shield`` (bounds and headers), ``Thrift`` (ETag, 304, gzip, HEAD), ``Turns``
(nobody takes all the places).
"""

from aggregator.web.shield.headers import Shield
from aggregator.web.shield.thrift import Thrift
from aggregator.web.shield.turns import Turns

__all__ = ["Shield", "Thrift", "Turns"]

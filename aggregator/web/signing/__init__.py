"""Who may come in: hashes of passwords and tokens, signed cookies, forms that only our pages can send, throttling.

- ``hashing``: argon2id; ``throttle``: how often one may try
- ``sessions``: cookies and form tokens; ``secrets``: the key that signs them
- ``desk``: all of it together, as the configuration says; ``doorman``: asks it of every request
"""

from aggregator.web.signing.desk import Desk, is_open
from aggregator.web.signing.doorman import Doorman

__all__ = ["Desk", "Doorman", "is_open"]

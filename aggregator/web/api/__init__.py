"""The archive for programs: ``/api/v1/…``, JSON in the shape of the export, described by OpenAPI 3.1.

- ``finding``: search, articles, stories; ``register``: tags, projects, sources, feeds
- ``impact``: press releases and who took them up
- ``shapes``: what answers look like; ``rows``: how they are made, and what is left out for whom
- ``description``: the OpenAPI document, and the page that shows it
"""

from aggregator.web.api import description, finding, impact, register

__all__ = ["ROUTERS"]

ROUTERS = (description.router, finding.router, register.router, impact.router)

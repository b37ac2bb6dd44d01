"""Reason codes in plain words for the operator: what happened, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.model import Outcome, Reason

if TYPE_CHECKING:
    from aggregator.model import Crawl

REASONS: dict[Reason, tuple[str, str]] = {
    Reason.ROBOTS: ("robots.txt does not let us in", "obey it: ask the site, or disable the source"),
    Reason.ROBOTS_UNREACHABLE: ("robots.txt could not be fetched", "nothing; without it we do not ask for more"),
    Reason.RETRY_LATER: ("the site asked us to come back later", "nothing; the time is kept and obeyed"),
    Reason.PRIVATE_ADDRESS: (
        "the address leads to a private network",
        "if that is meant, name host:port in allow_private",
    ),
    Reason.BAD_URL: ("the address cannot be fetched", "correct the source's url"),
    Reason.DNS: ("the host name was not found", "check the spelling, and this machine's network"),
    Reason.CONNECT: ("no connection could be made", "nothing, if it passes; else look at the site in a browser"),
    Reason.TLS: ("the site's certificate is not valid", "tell the site; we do not fetch without a valid one"),
    Reason.TIMEOUT: ("the site answered too slowly", "nothing, if it passes; else raise page_deadline_seconds"),
    Reason.PROTOCOL: ("the site broke off or broke HTTP", "nothing, if it passes"),
    Reason.REDIRECTS: ("redirected in a loop or too often", "look where the url leads in a browser, and correct it"),
    Reason.TOO_LARGE: ("the response was too large", "raise max_page_bytes if the size is right"),
    Reason.BAD_ENCODING: ("the response was compressed wrongly", "nothing, if it passes; else tell the site"),
    Reason.NOT_FOUND: ("not found (404)", "if it is the listing, correct the source's url"),
    Reason.GONE: ("gone for good (410)", "find the listing's new address, or disable the source"),
    Reason.FORBIDDEN: ("the site refused us (401 or 403)", "ask the site; do not disguise the program"),
    Reason.HTTP_ERROR: ("the site answered with an error (4xx)", "look at the url in a browser"),
    Reason.SERVER_ERROR: ("the site itself failed (5xx)", "nothing; it is tried again, more and more seldom"),
    Reason.UNEXPECTED_304: (
        "the site said unchanged of what it never sent",
        "nothing, if it passes; else tell the site",
    ),
    Reason.DEADLINE: (
        "the source's time was used up",
        "nothing; the next run continues, or raise source_deadline_seconds",
    ),
    Reason.NOT_PARSEABLE: ("the listing could not be read", "sources check ID; is it still of the kind configured?"),
    Reason.NO_LINKS: (
        "no articles were found in the listing",
        "the site has changed: correct url, kind or hints.links",
    ),
    Reason.DRIFT: ("pages give less than they used to", "the site has changed: look at its hints; the pages are kept"),
    Reason.NOT_HTML: ("the page is not HTML (a PDF, an image)", "nothing, or leave such addresses out with exclude"),
    Reason.EMPTY: ("the page holds no text to speak of", "if it should, give hints.body"),
    Reason.LISTING: ("the page is a list of articles, not one", "leave such addresses out with exclude"),
    Reason.PAYWALL: ("the text is behind payment or a login", "nothing; title and lead come from the listing"),
    Reason.ERROR_PAGE: ("an error page that calls itself a page", "nothing; it is not published"),
    Reason.CONSENT: ("a page that only asks for consent", "nothing to be done without the site's help"),
    Reason.GALLERY: ("a page of pictures without text", "nothing"),
    Reason.TOO_DEEP: ("the page is nested without measure", "nothing; it is not read"),
    Reason.NO_TITLE: ("the page has no title", "give hints.title"),
    Reason.BUG: ("a fault in this program", "report it with the log; the other sources were read as usual"),
}
"""Reason → (what happened, what to do)."""

OUTCOMES = {
    Outcome.CHANGED: "read",
    Outcome.UNCHANGED: "nothing new",
    Outcome.PARTIAL: "partly read",
    Outcome.FAILED: "FAILED",
}
"""Outcome in the words of the report."""


def explain(crawl: Crawl) -> str:
    """Why a crawl ended as it did, in one line; empty where all went well."""
    if crawl.reason is None:
        return crawl.detail
    what, remedy = REASONS[crawl.reason]
    detail = f" ({crawl.detail})" if crawl.detail and crawl.detail != what else ""
    return " ".join(f"{what}{detail}; do: {remedy}".split())

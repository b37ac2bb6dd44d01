"""Pages that are no article, and why; a real article rejected is news lost, so every reason is strict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aggregator.extract import closing, sites
from aggregator.extract.blocks import teasers
from aggregator.model import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from aggregator.extract.blocks import Block
    from aggregator.extract.page import Page

_ERROR_TITLE = re.compile(
    r"^\W*(?:fel\s*\(?40\d|"
    r"(?:error|http)?\s*(?:404|403|410|500|502|503)\s*(?:$|not found|error|sidan|page|"
    r"[-–|:(!.]\s*(?:sid|page|fel|error|not|hitta|inte|oj|forbidden|internal|service|bad))|page not found|not found|"
    r"(?:tyvärr\W+)?(?:den (?:här )?)?(?:sidan?|nyheten|artikeln|innehållet)"
    r"(?: (?:som )?du (?:söker|sökte|letar efter|vill nå|försöker nå))?"
    r"(?: (?:kan|kunde|är|har|finns|tyvärr|inte|längre|blivit|tagits))*"
    r" (?:hitta(?:s|des|ts)|inte|längre|saknas|borttag\w+|bort|flytta(?:t|ts|d)|under uppbyggnad)\W*(?:$|[|–—-])|"
    r"(?:oj|hoppsan|ojdå|oops)\b.{0,60}(?:sidan|page|hitta|gick fel)|sidan du (?:söker|letar efter).{0,40}|"
    r"(?:tyvärr\W+)?(?:vi )?(?:hittar|hittade|kan|kunde)(?: tyvärr)? inte (?:hitta )?(?:den )?(?:sidan?|innehållet)\b|"
    r"det gick inte att hitta sidan|du (?:har inte|saknar) (?:behörighet|åtkomst)|seite nicht gefunden|"
    r"internal server error|service unavailable|bad gateway|"
    r"(?:oväntat fel|inloggning krävs|inget hittades|access denied|forbidden|just a moment|attention required|"
    r"tekniskt fel|ett fel (?:har )?uppst\w+|(?:åtkomst|behörighet) (?:saknas|nekad)|"
    r"innehållet är inte tillgängligt)\W*(?:$|[|–—-]))",
    re.IGNORECASE,
)
_ERROR_TEXT = re.compile(
    r"sidan (?:du (?:söker|letar efter|försöker nå)|kunde inte|kan inte|hittades inte|finns inte)|page (?:you|cannot|"
    r"could not|was not|not) .{0,40}(?:found|exist|looking)|(?:requested|the) url .{0,60}not found|"
    r"checking your browser|verify you are (?:a )?human|seite .{0,30}nicht gefunden|kunde inte hittas|"
    r"matchade (?:inte )?(?:dina sökord|din sökning)",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:vi|we|wir|our site|partners?)\b.{0,60}(?:använder|uses?|verwenden|bruker|bruger).{0,40}(?:kakor|cookies)|"
    r"\b(?:ditt|du|your|ihre) .{0,20}(?:samtycke|consent|einwilligung)|samtycker du|\bpartners?\b.{0,40}\b(?:lagrar|"
    r"behandlar)\b.{0,60}\b(?:enhet|personuppgifter|information)|godkänn(?:a|er)? (?:alla )?(?:kakor|cookies)|"
    r"accept (?:all )?cookies|before you continue|innan du fortsätter",
    re.IGNORECASE,
)
_ERROR_NOTICE = re.compile(
    r"(?:planerat |pågående )?underhåll(?: pågår)?|(?:site )?(?:down for )?maintenance", re.IGNORECASE
)
_SITE_CLOSED = re.compile(
    r"(?:webbplats|webbsida|sajt|sida|tjänst)en är (?:just nu |för tillfället |tillfälligt )*(?:stängd|nere|"
    r"otillgänglig)|(?:site|page|service) is (?:currently |temporarily )*(?:down|unavailable|closed)",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"(?:logga|log|sign) in(?: (?:med|på|till|i|with|to) [\w -]{1,25})?|login|inloggning|välj inloggning\w*|mina sidor",
    re.IGNORECASE,
)
_LOGIN_FIELDS = "input[type=password], input[type=email]"
_BY_WHAT = re.compile(r"\bbank-?id\b|\bfreja\b|e-legitimation|\bkonto\b|lösenord", re.IGNORECASE)
_E_SERVICE = re.compile(
    r"den här (?:e-)?tjänsten kräver (?:inloggning|e-legitimation)|du kommer att gå igenom följande steg", re.IGNORECASE
)
_SALES = re.compile(
    r"(?:bli|teckna|köp) prenumer\w+(?: (?:nu|här|i ?dag))?|prenumerera|våra prenumerationer", re.IGNORECASE
)
_EXCERPT = 250
"""No longer are the excerpts of a list of stories."""
_LEAST, _FEW = 100, 300
"""No more letters are in what a section says of itself; a notice under its name is dated, and has not so few."""
_CARDS = 6
_STORIES, _TEASERS = 8, 4
_HEADLINES = ":is(h2, h3, h4) > a, a > :is(h2, h3, h4)"


def why_not(page: Page, title: str, kept: list[Block], is_dated: Callable[[], bool]) -> tuple[Reason, str] | None:
    """The reason why this page gives no article, with a word on it; None where it does.

    ``is_dated`` tells whether the page says when it was published; it is asked of few.
    """
    running = sum([len(block.line) for block in kept if block.link_share < 0.5])
    refusal = _too_little(page, title, kept, running) if running < 600 else None
    if refusal or page.head.articles:
        return refusal
    if _is_dated_article(page):
        return None
    return _section(title, kept, running, is_dated) or _listing(page, kept, running) or _topic(page, running, is_dated)


def _is_dated_article(page: Page) -> bool:
    """Whether its meta tags call it an article, and say since when: those of WordPress' lists only do the first."""
    return page.head.first("og:type").lower() == "article" and bool(page.head.first("article:published_time"))


def _too_little(page: Page, title: str, kept: list[Block], running: int) -> tuple[Reason, str] | None:
    """What a page with hardly any text of its own is instead, if it says so."""
    is_article = any(item.get("datePublished") for item in page.head.articles) or _is_dated_article(page)
    if not is_article and (_ERROR_TITLE.match(title) or _ERROR_TITLE.match(page.head.title)):
        return Reason.ERROR_PAGE, f"titled {title or page.head.title!r}"
    whole = page.order[0].text()[:6000] if page.order and not running else ""
    text = "\n".join([block.line for block in kept]) or whole
    if running < 400 and not page.head.articles and _ERROR_TEXT.search(text):
        return Reason.ERROR_PAGE, "says that there is no such page"
    if not running:
        return _nothing(page, whole)
    if running < 500 and _mostly(_CONSENT, kept):
        return Reason.CONSENT, "asks for consent and holds nothing else"
    if _ERROR_NOTICE.fullmatch(title) and _SITE_CLOSED.search(text):
        return Reason.ERROR_PAGE, "says that the site is closed"
    return None if is_article else _members_only(page, title, kept, running)


def _members_only(page: Page, title: str, kept: list[Block], running: int) -> tuple[Reason, str] | None:
    """A page that asks for a login, the first of an e-service, or one that sells subscriptions."""
    if _LOGIN.fullmatch(title):
        told = any(_BY_WHAT.search(block.line) for block in kept)
        if running < 150 or told or page.document.select_one(_LOGIN_FIELDS) is not None:
            return Reason.PAYWALL, "asks for a login"
    if any(_E_SERVICE.match(block.line) for block in kept):
        return Reason.PAYWALL, "asks for a login"
    if _SALES.fullmatch(title):
        return Reason.PAYWALL, "sells subscriptions"
    return None


def _nothing(page: Page, whole: str) -> tuple[Reason, str]:
    if _CONSENT.search(whole[:1500]):
        return Reason.CONSENT, "asks for consent and holds nothing else"
    if closing.APPEAL.search(whole.lower()):
        return Reason.PAYWALL, "the text is kept for subscribers"
    if _links_mostly(page):
        return Reason.LISTING, "links and nothing else"
    pictures = sum([node.tag == "img" for node in page.order])
    if pictures >= 5:
        return Reason.GALLERY, f"{pictures} pictures and no text"
    return Reason.EMPTY, "no running text"


def _mostly(pattern: re.Pattern[str], kept: list[Block]) -> bool:
    hits = sum(len(block.line) for block in kept if pattern.search(block.line))
    return hits * 2 > sum(len(block.line) for block in kept)


def _links_mostly(page: Page) -> bool:
    body = page.order[0] if page.order else None
    return body is not None and body.chars >= 200 and body.linked > 0.5 * body.chars


def _section(title: str, kept: list[Block], running: int, is_dated: Callable[[], bool]) -> tuple[Reason, str] | None:
    """A page that is titled as a section is, and holds no text but excerpts, with links, or next to none."""
    if sites.is_section(title) and (running < 600 or _longest(kept) < _EXCERPT):
        linked = sum([block.link_share >= 0.3 for block in kept])
        few = running < _LEAST or (running < _FEW and not is_dated())
        if linked >= 2 or few or teasers(kept) >= _TEASERS:
            return Reason.LISTING, f"titled {title!r}"
    return None


def _topic(page: Page, running: int, is_dated: Callable[[], bool]) -> tuple[Reason, str] | None:
    """A sentence or two on a topic, a programme or a writer, undated, over the headlines of its stories."""
    if running >= _EXCERPT:
        return None
    headlines = len(page.document.select(_HEADLINES))
    if headlines >= _STORIES and not is_dated():
        return Reason.LISTING, f"{headlines} linked headlines, and an undated line or two"
    return None


def _longest(kept: list[Block]) -> int:
    """The letters of the longest block that is no link."""
    return max((len(block.line) for block in kept if block.link_share < 0.3), default=0)


def _cards(kept: list[Block]) -> int:
    """How many headings are links; none where a text of the page's own comes before them."""
    cards = [number for number, block in enumerate(kept) if block.is_heading and block.link_share >= 0.8]
    before = kept[: cards[0]] if cards else []
    return len(cards) if sum([len(block.line) for block in before]) < _EXCERPT else 0


def _listing(page: Page, kept: list[Block], running: int) -> tuple[Reason, str] | None:
    """Many headings that are links, or excerpts cut off, and no text of the page's own."""
    heads = sum(block.link_share >= 0.8 and len(block.line) >= 15 for block in kept)
    cut_off = sum(block.line.rstrip("] ").endswith(("…", "...")) for block in kept)
    longest = _longest(kept)
    linked = sum(block.linked for block in kept)
    if heads >= 6 and linked > 0.4 * (linked + running) and longest < 400:
        return Reason.LISTING, f"{heads} linked headlines"
    cards = _cards(kept) if longest < _EXCERPT else 0
    if cards >= _CARDS:
        return Reason.LISTING, f"{cards} linked headlines over excerpts"
    if cut_off >= 5 and cut_off * 2 >= len([b for b in kept if len(b.line) > 60]) and longest < 400:
        return Reason.LISTING, f"{cut_off} excerpts"
    if heads + cut_off >= 4 and longest < 400:
        articles = sum([node.tag == "article" for node in page.order])
        if articles >= 6:
            return Reason.LISTING, f"{articles} articles on one page"
    return None

"""A paper on WordPress: feed, sitemap and archive listings; its API is ``restapi``, as WordPress 6 gives them.

How an article and a listing look is the theme's matter: a ``Paper`` names its two pages and its permalinks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.demo import restapi
from aggregator.demo.answers import Answer, Ask, esc, iso, missing, moved, page, rfc822, robots, xml
from aggregator.demo.paper import Paper, address, content, excerpt, post_id
from aggregator.demo.picture import PICTURE
from aggregator.demo.pieces import Piece, every, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PER_PAGE = 10


def answer(paper: Paper, ask: Ask) -> Answer:
    """Whatever is asked of a WordPress site."""
    if ask.path.startswith("/wp-json"):
        return restapi.answer(paper, ask) if paper.api else restapi.refused()
    fixed = _FIXED.get(ask.path)
    if fixed is not None:
        return fixed(paper, ask)
    if ask.path.startswith("/wp-content/uploads/"):
        return Answer(body=PICTURE, media_type="image/png", compressible=False)
    if "p" in ask.query:
        return _by_number(paper, ask)
    return _article(paper, ask) or _archive(paper, ask) or missing("Sidan hittades inte")


def _article(paper: Paper, ask: Ask) -> Answer | None:
    for piece in every(paper.site, ask.epoch):
        path = paper.permalink(piece)
        if path.rstrip("/") != ask.path.rstrip("/"):
            continue
        if piece.until is not None and ask.epoch >= piece.until:
            return moved(f"{ask.base}/{piece.moved_to}/") if piece.moved_to else missing()
        if ask.path != path:
            return moved(ask.base + path)
        link = f'<{ask.base}/wp-json/>; rel="https://api.w.org/"'
        return page(paper.article(ask, piece), headers={"Link": link} if paper.api else {}, etag=False)
    return None


def _by_number(paper: Paper, ask: Ask) -> Answer:
    for piece in shown(paper.site, ask.epoch):
        if str(post_id(piece)) == ask.query["p"]:
            return moved(address(paper, ask, piece))
    return missing()


def _archive(paper: Paper, ask: Ask) -> Answer | None:
    """/category/…/, /tag/…/ and /kommun/…/, with /page/N/."""
    kind, _, rest = ask.path.strip("/").partition("/")
    name, _, number = rest.partition("/page/")
    pieces = [piece for piece in shown(paper.site, ask.epoch) if name and name in piece.more.get(kind, "")]
    number = number.strip("/") or "1"
    if kind not in {"category", "tag", "kommun"} or not pieces or not number.isdecimal():
        return None
    some = pieces[(int(number) - 1) * PER_PAGE : int(number) * PER_PAGE]
    heading = f"All posts tagged “{name}”" if kind == "tag" else name.capitalize()
    return page(paper.listing(ask, heading, some)) if some else None


def _home(paper: Paper, ask: Ask) -> Answer:
    return page(paper.listing(ask, paper.name, shown(paper.site, ask.epoch)[:PER_PAGE]))


def _feed(paper: Paper, ask: Ask) -> Answer:
    pieces = shown(paper.site, ask.epoch)[:PER_PAGE]
    newest = max(piece.changed_at for piece in shown(paper.site, ask.epoch) if piece.changed_at)
    items = "\n".join(_item(paper, ask, piece) for piece in pieces)
    return xml(
        f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
	xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel>
	<title>{paper.name}</title>
	<atom:link href="{ask.base}/feed/" rel="self" type="application/rss+xml" />
	<link>{ask.base}</link>
	<description>Lokala nyheter varje dag</description>
	<lastBuildDate>{rfc822(newest)}</lastBuildDate>
	<language>sv-SE</language>
	<sy:updatePeriod>hourly</sy:updatePeriod>
	<sy:updateFrequency>1</sy:updateFrequency>
	<generator>https://wordpress.org/?v=6.6.2</generator>
{items}
</channel>
</rss>
""",
        modified_at=newest.replace(microsecond=0),
    )


def _item(paper: Paper, ask: Ask, piece: Piece) -> str:
    where = address(paper, ask, piece)
    whole = f"\n\t\t<content:encoded><![CDATA[{content(paper, piece)}]]></content:encoded>"
    return f"""	<item>
		<title>{esc(piece.title)}</title>
		<link>{where}</link>
		<comments>{where}#respond</comments>
		<dc:creator><![CDATA[{piece.by}]]></dc:creator>
		<pubDate>{rfc822(piece.at or ask.now)}</pubDate>
		<category><![CDATA[{piece.category.partition(" | ")[0] or "Nyheter"}]]></category>
		<guid isPermaLink="false">{ask.base}/?p={post_id(piece)}</guid>
		<description><![CDATA[{excerpt(paper, piece)}]]></description>{"" if paper.stub else whole}
		<wfw:commentRss>{where}feed/</wfw:commentRss>
		<slash:comments>0</slash:comments>
	</item>"""


def _sitemap_index(_paper: Paper, ask: Ask) -> Answer:
    return xml(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<sitemap><loc>{ask.base}/wp-sitemap-posts-post-1.xml</loc></sitemap></sitemapindex>",
        "application/xml; charset=UTF-8",
    )


def _sitemap(paper: Paper, ask: Ask) -> Answer:
    urls = "".join(
        f"<url><loc>{address(paper, ask, piece)}</loc><lastmod>{iso(piece.changed_at or ask.now)}</lastmod></url>"
        for piece in shown(paper.site, ask.epoch)
    )
    return xml(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>',
        "application/xml; charset=UTF-8",
    )


def _robots(_paper: Paper, ask: Ask) -> Answer:
    return robots(
        f"User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\nSitemap: {ask.base}/wp-sitemap.xml\n"
    )


_FIXED: Mapping[str, Callable[[Paper, Ask], Answer]] = {
    "/": _home,
    "/feed/": _feed,
    "/feed": lambda _paper, ask: moved(f"{ask.base}/feed/"),
    "/robots.txt": _robots,
    "/sitemap.xml": lambda _paper, ask: moved(f"{ask.base}/wp-sitemap.xml", 302),
    "/wp-sitemap.xml": _sitemap_index,
    "/wp-sitemap-posts-post-1.xml": _sitemap,
}

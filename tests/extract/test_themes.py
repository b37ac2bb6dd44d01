"""Pages as widespread systems write them, with all that they set around a text: read whole, and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from aggregator.extract import extract
from aggregator.model import Article
from tests.extract import shapes

NOW = datetime(2024, 3, 20, tzinfo=UTC)
TITLE = shapes.TITLE
TEXT = shapes.body()
WRITER = "Anna Exempelsson"
MENU = (
    "<div class='menu'><ul class='sf-menu'>"
    + "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in ("Nyheter", "Sport", "Kultur", "Debatt", "Kontakt"))
    + "</ul></div>"
)
STAMP = "<time class='entry-date updated' datetime='2024-03-05T10:15:00+01:00'>5 mars, 2024</time>"


def teasers(name: str) -> str:
    """Cards of other stories, each with a day of its own."""
    return "".join(
        f"<div class='{name}'><a href='/n{day}'><img src='/i{day}.jpg'></a><h3><a href='/n{day}'>"
        f"Cykelvägen längs Storgatan byggs i sommar {day}</a></h3>"
        "<div>Arbetet ska vara klart till hösten, säger chefen.</div>"
        f"<time datetime='2024-03-0{day}T10:00:00+01:00'>{day} mars, 2024</time></div>"
        for day in (1, 2, 3)
    )


TAGDIV = f"""
<div id="td-outer-wrap">{MENU}<div class="td-trending-now-wrapper"><a href="/x">Man greps efter inbrott i Nora</a></div>
<div class="td-crumb-container"><a href="/">Hem</a> <a href="/n">Nyheter</a> {TITLE}</div><div class="td-main-content">
<article class="post"><div class="td-post-header"><ul class="td-category"><li><a href="/n">Nyheter</a></li></ul>
<header class="td-post-title"><h1 class="entry-title">{TITLE}</h1><div class="td-module-meta-info">
<div class="td-post-author-name">Av <a href="/author/anna">{WRITER}</a></div><span class="td-post-date">{STAMP}</span>
<div class="td-post-views"><span>1234</span></div></div></header></div>
<div class="td-post-sharing"><a href="#">Facebook</a><a href="#">Twitter</a></div>
<div class="td-post-content"><figure><img src="/bild.jpg" width="696"><figcaption>Foto: Kommunen</figcaption>
</figure>{TEXT}
<div class="td-a-rec">Annons</div></div><footer><ul class="td-tags"><li><span>TAGGAR</span></li><li>
<a href="/t">vård</a></li>
</ul><div class="td-post-next-prev"><span>Föregående artikel</span>
<a href="/p">BIK vann mot serieledarna i går kväll</a></div>
<div class="author-box-wrap"><div class="td-author-name"><a href="/a">{WRITER}</a></div>
<div class="td-author-description">Anna
är reporter sedan 2012 och skriver om skola och politik.</div></div></footer></article>
<div class="td_block_related_posts"><h4><a>RELATERADE ARTIKLAR</a></h4>{teasers("td_module")}</div>
<div id="comments"><div id="respond"><h3>LÄMNA ETT SVAR</h3><p>Logga in för att kommentera</p></div></div></div>
<aside class="td-main-sidebar">{teasers("td_module")}</aside><div class="td-footer-wrapper"><div>OM OSS</div>
<p>Vi bevakar hela länet med nyheter, sport och kultur varje dag.</p></div></div>"""

ELEMENTOR = f"""
<header data-elementor-type="header">{MENU}</header>
<div data-elementor-type="single-post" class="elementor elementor-12">
<section class="elementor-section"><div class="elementor-widget-theme-post-title">
<h1 class="elementor-heading-title">{TITLE}
</h1></div><div class="elementor-widget-post-info"><ul class="elementor-inline-items"><li><span
class="elementor-post-info__item--type-author">{WRITER}</span></li><li>
<span class="elementor-post-info__item--type-date"><time>5
mars 2024</time></span></li></ul></div><div class="elementor-widget-theme-post-content">
<div class="elementor-widget-container">
{TEXT}</div></div><div class="elementor-widget-share-buttons"><span>Dela</span></div></section><section>
<div class="elementor-widget-posts"><h2>Fler nyheter</h2>{teasers("elementor-post")}</div></section></div>
<footer data-elementor-type="footer"><p>Vi bevakar hela länet med nyheter varje dag.</p></footer>"""

BLOCKS = f"""
<div class="wp-site-blocks"><header class="wp-block-template-part">{MENU}</header><main class="wp-block-group">
<h1 class="wp-block-post-title">{TITLE}</h1><div class="wp-block-group"><div class="wp-block-post-date">{STAMP}</div>
<p>—</p>
<p>av</p><div class="wp-block-post-author-name"><a href="/author/anna">{WRITER}</a></div><p>i</p>
<div class="taxonomy-category wp-block-post-terms"><a href="/k">Nyheter</a></div></div>
<div class="entry-content wp-block-post-content">{TEXT}</div><div class="wp-block-comments"><h2>Kommentarer</h2>
<div class="comment-respond"><h3>Lämna ett svar</h3></div></div></main><div class="wp-block-query"><h2>Fler inlägg</h2>
{teasers("wp-block-post")}</div><footer class="wp-block-template-part"><p>Skapad med WordPress</p></footer></div>"""

RADIO = f"""
<header>{MENU}</header><article class="article"><div class="article-heading"><h1 class="heading">{TITLE}</h1></div>
<div class="audio-button"><span>Lyssna</span><span>1:32 min</span></div><div class="publication-metadata">
<span>Publicerat tisdag 5
mars 2024 kl 10.15</span></div><div class="publication-text">{TEXT}</div><div class="byline">
<div class="byline__name">{WRITER}
</div><a href="mailto:anna@radio.example">anna@radio.example</a></div></article>
<div class="related"><h2>Mer från länet</h2>{teasers("item")}</div>"""

BLOGGER = f"""
<div class="content-outer">{MENU}<div class="blog-posts hfeed"><h2 class="date-header"><span>tisdag 5 mars 2024</span>
</h2>
<div class="post hentry"><h3 class="post-title entry-title">{TITLE}</h3>
<div class="post-body entry-content">{TEXT}</div>
<div class="post-footer"><span class="post-author vcard">Upplagd av <span class="fn">{WRITER}</span></span> <span
class="post-timestamp">kl. <a href="#"><abbr class="published" title="2024-03-05T10:15:00+01:00">10:15</abbr></a>
</span></div>
</div></div><div class="sidebar"><h2>Bloggarkiv</h2><ul><li><a href="/2024">2024 (12)</a></li></ul></div></div>"""

# Names in data attributes only, and cards that no name tells from the article.
HOOKS = f"""
<div id="SITE_CONTAINER"><header>{MENU}</header><main><div class="post-page"><h1 data-hook="post-title">{TITLE}</h1>
<ul><li>Av {WRITER}</li><li data-hook="time-ago">5 mars 2024</li><li>2 min läsning</li></ul>
<div class="vkIF2"><div class="kvdbP">{TEXT}</div></div><div><span>12 visningar</span><span>0 kommentarer</span></div>
</div>
<div data-hook="recent-posts"><h2>Senaste inlägg</h2>{teasers("ckA3x")}</div></main></div>"""


@pytest.mark.parametrize(
    "body",
    [TAGDIV, ELEMENTOR, BLOCKS, RADIO, BLOGGER, HOOKS],
    ids=["tagdiv", "elementor", "blocks", "radio", "blogger", "hooks"],
)
def test_a_page_of_a_widespread_system_gives_its_article_and_nothing_else(body: str) -> None:
    page = (
        f"<!doctype html><html lang='sv-SE'><head><title>{TITLE} - Exempelnytt</title></head><body>{body}</body></html>"
    )
    found = extract(page.encode(), "https://www.exempelnytt.example/gemensamt-arbete/", now=NOW)
    assert isinstance(found, Article), found
    assert found.title == TITLE
    assert found.text.split("\n\n") == list(shapes.PARAGRAPHS)
    assert found.authors == (WRITER,)
    assert found.published_at is not None
    assert found.published_at.date() == date(2024, 3, 5)

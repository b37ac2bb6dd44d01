"""Pages of our own words in the shapes in which the region's outlets write theirs."""

from __future__ import annotations

TICKER = "".join(
    f'<li><a href="/rubrik-{n}/">{line}</a></li>'
    for n, line in enumerate(
        (
            "Nattens händelser från polisen",
            "Seger för hemmalaget i derbyt",
            "Ny cykelväg mellan byarna",
            "Kören sjunger in julen",
            "Biblioteket öppnar på söndagar",
            "Elever prisas för uppfinning",
        )
    )
)
PARAGRAPHS = (
    "Regionen och fyra kommuner går samman om äldres hälsa. Målet är att fler ska kunna bo kvar hemma längre än i dag.",
    "– Vi har väntat länge på det här och nu kommer vi i gång på allvar, säger Anna Exempel, ordförande i nämnden.",
    "Arbetet börjar i Lindesberg och Nora under hösten. Därefter följer Hällefors när en första utvärdering är klar.",
    "Enligt planen ska samtliga vårdcentraler i norra länsdelen ha en egen kontaktperson senast vid årsskiftet.",
)
TITLE = "Gemensamt arbete för äldres hälsa i norr"


def body(paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    return "".join(f"<p>{line}</p>" for line in paragraphs)


NOBODY = "<span class='vcard author'><span class='fn'></span></span>"
EMPTY_AUTHOR = f"By {NOBODY} on <span class='date updated'>december 12, 2023</span>"


def max_mag(*, closing: str = "", by: str = EMPTY_AUTHOR) -> bytes:
    """A WordPress single page with the theme Max Mag."""
    latest = "".join(
        f"<li><a class='main-headline' href='/senaste-{n}/'>Senaste rubriken nummer {n}</a><p>Ett utdrag av elva "
        "ord om något annat som hände...</p>"
        "<div class='headlines-info'><ul class='headlines-info'><li>Posted november 2, 2024</li><li "
        "class='comments-icon'>0</li></ul></div></li>"
        for n in range(10)
    )
    return (
        f"<!doctype html><html lang='sv-SE'><head><title>{TITLE} - Tidningen</title>"
        "<meta property='og:site_name' content='Tidningen'></head><body><div id='site'>"
        f"<div id='ticker'><span>Senaste nytt</span><ul class='ticker-list'>{TICKER}</ul></div>"
        "<div id='main'><div id='post-area'><div class='breadcrumb'><a href='/'>Home</a> › Lokalt</div>"
        f"<h1 class='headline entry-title'>{TITLE}</h1><div id='post-info-left'>{by}</div>"
        "<div id='content-area'><div class='post-image'><img src='/wp-content/uploads/2023/12/bild.jpg'></div>"
        f"<p>Bild: Region Exempel</p>{body()}{closing}</div>"
        "<div class='post-tags'><a href='/tag/december-2023/'>december 2023</a></div>"
        "<div id='author-info'><p>Skribenten har skrivit för tidningen sedan starten och bor i länet med familj "
        "och hund.</p></div>"
        "<div class='related-posts'><h3>Related Posts</h3><ul><li><a href='/a/'>En annan nyhet om vägar</a></li>"
        "</ul></div>"
        "<div id='comments'><p>You must be logged in to post a comment <a href='/login'>Login</a></p></div></div>"
        f"<div id='sidebar-wrapper'><h3>Latest News</h3><ul class='middle-widget'>{latest}</ul></div></div></div>"
        "</body></html>"
    ).encode()


def region(date_line: str, question: str, *, branch: str = "sv", updated: str = "") -> bytes:
    """A page of the region's site: no marks to speak of, chrome in one of three languages."""
    return (
        f"<!doctype html><html lang='{branch}'><head><title>{TITLE} - Region Exempel län</title></head><body>"
        "<header><a href='/'><img alt='Region Örebro län' src='/logo.png'> Region Örebro län Region Örebro län</a>"
        "<nav><ul><li><a href='/vard/'>Hälsa och vård</a></li><li><a href='/kultur/'>Kultur</a></li></ul></nav>"
        "</header>"
        "<p>Du är på Region Örebro läns webbplats.</p>"
        f"<main><h1>{TITLE}</h1><p>{date_line}</p><div class='page-image'><img src='/ballong.jpg'>"
        "<p>Nära vård ballong.jpg</p></div>"
        f"<div>{body()}</div><div class='feedback'><h2>{question}</h2><button>Ja</button></div>"
        f"<p>{updated}</p></main><footer><p>Region Örebro län, Box 1613. Telefon 019-000 00 00</p></footer>"
        "</body></html>"
    ).encode()


def pressroom() -> bytes:
    """A news agency's pressroom: sender, title, Dela, body, contacts with telephone numbers, about us."""
    return (
        "<!doctype html><html lang='sv'><head><title>x | Region Exempel län</title>"
        f"<meta property='og:title' content='{TITLE}'>"
        '<script type=\'application/ld+json\'>{"@type":"NewsArticle","headline":"' + TITLE + '",'
        '"datePublished":"2024-06-17T14:02:00+02:00"}</script></head><body><div class="release">'
        f"<p>Region Exempel län</p><h1>{TITLE}</h1><p>17.6.2024 14:02:00 CEST | Region Exempel län | "
        "Pressmeddelande</p>"
        f"<button>Dela</button><p>Dela</p>{body()}<h2>Kontakt</h2><ul><li>Berit Påhittad, strateg</li><li>Tel: "
        "019-123 45 67</li>"
        "<li><a href='mailto:berit@example.org'>berit@example.org</a></li></ul>"
        "<h2>Om Region Örebro län</h2><p>Region Örebro län ansvarar för många frågor som är viktiga för länets "
        "invånare: hälso- och "
        "sjukvård, kollektivtrafik, kultur och regional utveckling.</p></div></body></html>"
    ).encode()


def glued() -> bytes:
    """A WordPress page whose text ends in teasers of other stories, without title or date in it."""
    teasers = "".join(
        f"<p><strong><a href='/nyheter/annan-{n}'>Helt annan nyhet nummer {n}</a></strong></p><p>Så här börjar en "
        "annan nyhet som inte hör hit…</p>"
        for n in range(4)
    )
    return (
        f"<html lang='sv'><head><title>{TITLE} | Bygdens nyheter</title><meta property='article:published_time' "
        f"content='2024-03-05T08:30:00+01:00'></head><body><div class='content'>{body()}{teasers}</div></body></html>"
    ).encode()


def police() -> bytes:
    """A police event: one or two sentences, title with date and no year."""
    return (
        "<!doctype html><html lang='sv'><head><title>24 november 08.19, Trafikolycka, singel, Karlskoga | "
        "Polismyndigheten</title>"
        "</head><body><header><nav><a href='/'>Start</a></nav></header><main><h1>24 november 08.19, "
        "Trafikolycka, singel, Karlskoga</h1>"
        "<p class='preamble'>En personbil har kört av vägen på riksväg 205.</p>"
        "<div class='text-body'><p>Föraren förs till sjukhus med ambulans. Bärgning är beställd.</p></div>"
        "<p>Publicerad 24 november 2024 09.12</p></main></body></html>"
    ).encode()


def sitevision() -> bytes:
    """A municipality's page: the text in a portlet, a banner on top, the date at the foot."""
    return (
        "<!doctype html><html lang='sv'><head><title>Gatan stängs av - Exempelstads kommun</title></head><body>"
        "<div class='sv-cookie'><p>Vi använder kakor för att webbplatsen ska fungera.</p></div>"
        "<div class='sv-layout'><p>Denna artikel är äldre än 6 månader</p><div id='h-Gatan'><h1 "
        "class='heading'>Gatan stängs av</h1></div>"
        "<div class='sv-text-portlet sv-use-margins'><div class='sv-text-portlet-content'><p "
        "class='ingress'>Storgatan stängs av för trafik mellan torget "
        "och stationen under två veckor i mars.</p><p class='normal'>Arbetet gäller nya ledningar för "
        "fjärrvärme. Bussarna går via Kyrkogatan så länge "
        "arbetet pågår.</p></div></div><p class='normal'>Sidansvarig: Gatuenheten</p><p>Senast uppdaterad: 26 "
        "februari 2023 kl. 16.50</p></div></body></html>"
    ).encode()


def stub() -> bytes:
    """A pay site's stub: label glued before the lead, cut in mid-sentence."""
    return (
        "<!doctype html><html lang='sv'><head><meta property='og:type' content='article'><title>Ny hall till "
        "klubben - Posten</title>"
        "<meta property='og:title' content='Ny hall till klubben'></head><body><article><h1>Ny hall till klubben</h1>"
        "<p><span class='label'>Nyheter</span>Klubben får en ny hall vid sjön. Bygget ska vara klart till hösten "
        "och kostar omkring tolv…</p>"
        "<div class='paywall'><p>Bli prenumerant för att läsa vidare</p></div></article></body></html>"
    ).encode()


def broadcaster() -> bytes:
    """A broadcaster's page: bullets, lead, body, standing tail, dates lost."""
    return (
        f"<!doctype html><html lang='sv'><head><meta property='og:title' content='{TITLE}'><title>{TITLE} | "
        "Lokala nyheter</title>"
        "</head><body><p>Javascript är avstängt</p><p>Javascript måste vara påslaget för att kunna spela video"
        "</p><main><article>"
        f"<h1>{TITLE}</h1><p>Uppdaterad</p><p>Publicerad</p><p class='lead'>{PARAGRAPHS[0]}</p>{body(PARAGRAPHS[1:])}"
        "<h2>Så arbetar vi</h2><p>SVT:s nyheter ska stå för saklighet och opartiskhet. Det vi publicerar ska "
        "vara sant och relevant.</p>"
        "</article></main></body></html>"
    ).encode()

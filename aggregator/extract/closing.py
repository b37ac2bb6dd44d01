"""Lines that newsrooms put around their text: bylines, captions, category and origin, appeals, what follows the end.

All patterns but those that tell capitals from small letters, or say that they ignore case, are written and asked in
lower case: that takes a third of the time.
"""

from __future__ import annotations

import re

from aggregator import dates
from aggregator.markup import words

_I = re.IGNORECASE
_MONTH = rf"(?:{dates.MONTH})\b\.?"
_DATE = (
    rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}\.?\s+{_MONTH},?\s*\d{{0,4}}"
    rf"|{_MONTH}\s+\d{{1,2}},?\s*\d{{0,4}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})"
)

_ORIGIN_START = re.compile(r"^\W*(?:[Kk]älla|KÄLLA|[Kk]ällor|[Ss]ource|[Qq]uelle)\s*:?\s+(?P<who>\S[^!?\n]{1,90})$")
CATEGORY = re.compile(r"^(?P<what>[A-ZÅÄÖ][\wåäöÅÄÖé&/ -]{1,40}?)\s*\|\s*(?P<where>[A-ZÅÄÖ][\wåäöÅÄÖé/ .-]{1,50})$")

BYLINE = re.compile(
    rf"^(?:by|av|von|posted|published|publicera[dt]|inskicka[dt]|postad|skriv[et]n?|text)\b[^.!?]{{0,60}}?"
    rf"\b(?:on|på|am|den)\s+(?:\w{{3}},\s)?{_DATE}[^.!?]{{0,40}}$"
    rf"|^(?:by|av|von)\s[^.!?|·•]{{3,40}}\s[|·•/]\s{_DATE}.{{0,80}}$"
    rf"|^(?:posted|published|publicera[dt]|publicering|uppdatera[dt]|updated|senast\s+\w+|last\s+updated|"
    rf"zuletzt\s+\w+|veröffentlicht|publiziert|"
    rf"aktualisiert|stand|datum|date|sidan\s+granskades)\b[^!?]{{0,60}}?{_DATE}.{{0,60}}$"
    rf"|^{_DATE}(?:[\s,|·•–-]+(?:kl\.?\s*)?\d{{1,2}}[.:]\d\d(?:\s*uhr)?)?$"
    rf"|^{_DATE}\s+(?:kl\.?\s*)?\d{{1,2}}[.:]\d\d(?:\s*(?:uhr|h|cest?|mes?z|gmt|utc)\b)?"
    r"(?:[\s|,·•–/-]+(?:(?:av|by|von|uppdatera\w*|updated|aktualisiert|senast|publicera\w*|nyheter|pressmedd\w+)\b|"
    r"\d+\s*(?:min|kommentar|visning)).{0,80})?\W*$"
    r"|^[a-zåäö -]{3,30}\d{4}-\d\d-\d\d \d\d:\d\d$"
    r"|^(?:senast\s+|sidan\s+|last\s+)?(?:uppdatera(?:d|des)|publicera(?:d|des)|ändrad|updated|published)"
    r"(?:\s*/\s*(?:uppdaterad|publicerad))?\s*:?$"
    r"|^(?:uppdaterad|publicerad|updated|published|ändrad)(?:\s+(?:at|kl\.?|idag|i\s*dag|"
    r"today))*\s+\d{1,2}[.:]\d\d\b[^!?:]{0,60}$"
    r"|^(?:för\s+)?\d{1,2}\s*(?:min|mins|minutes?|minuter|hours?|hrs?|timm(?:e|ar)|tim|h)\.?\s+(?:sedan|sen|"
    r"ago)\W*(?:\d{1,2}[.:]\d\d)?$",
    _I,
)
CAPTION = re.compile(
    r"^(?:bild(?:er)?|foto(?:graf)?|photo|photos|illustrationsbild|arkivbild|arkivfoto|genrebild|illustration|grafik|"
    r"skärmdump|bildtext|titelbild|beitragsbild|bildnachweis|abbildung\s+\d+|cr[ée]dits?(?:\s+photos?)?|pressbild|"
    r"montage|video|film|text|text och foto|text & foto|bildquelle|symbolbild|image|credit|fotograf)\s*(?::|/|"
    r"\bfrån\b|\bav\b|\()\s*\S.{0,140}$|^(?:arkivbild|arkivfoto|genrebild|pressbild|skärmdump|illustration|"
    r"privat bild|foto privat|symbolbild)\.?$|^©.{0,80}$|^[\w\s()%&.,-]{1,60}\.(?:jpe?g|png|gif|svg|webp|tiff?)$",
)
_NO_NAME = ("", ".", "!", "?")
_CREDITS = ("foto", "bild", "skiss", "illustration", "karta", "grafik")
# The same behind what the picture shows.
_CREDITED = re.compile(
    r"[.!?”\"»)]\s+(?:(?:arkiv|press|genre)?bild|(?:arkiv)?foto|fotograf|skiss|illustration|karta|"
    r"grafik)(?:er)?\s*[:/]\s*[A-ZÅÄÖ][^.!?]{1,50}$",
    _I,
)
# An entry of a log: what happened behind the hour.
LOGGED = re.compile(
    rf"^{_DATE}\s+(?:kl\.?\s*)?\d{{1,2}}[.:]\d\d\W+(?:uppdaterad information|(?:\S+\s+){{3,}}\S+[.!?]$)", _I
)
# A whole sentence that begins as captions do: "Bilder från invigningen finns på webbplatsen, och fler kommer."
TELLS = re.compile(r"^[^:/]{0,40}\b(?:från|av)\b(?=.{60})[^:]*\.$")
# A line of the page's furniture: gone wherever it stands, the text goes on after it.
FURNITURE = re.compile(
    r"^(?:dela|dela:|dela på .{2,20}|dela artikel\w*|dela sidan|skriv ut|lyssna|lyssna på .{0,30}|tipsa|spara|"
    r"kopiera länk\w*|share|share this.{0,30}|print|tweet|e-?post|email|facebook|twitter|linkedin|whatsapp|"
    r"[\W_]{0,4}annons\w*\W*|annons\s?:.{0,80}|advert(?:s|isements?|ising)?\W*|anzeigen?|werbung|rekl[aá]m\w?|iklan|"
    r"реклама\W*|article continues (?:below|after).{0,30}|publicidade?|publicité|pubblicità|mainos|sponsrad\w*|"
    r"sponsored|promoted|[\W_]{1,12}|(?:tempo de leitura|reading time|read time|lesedauer|lesezeit)\W{1,3}\d.{0,12}|"
    r"[$%{<\[#]{2}[\w .:-]{1,40}[$%}>\]#]{2}|(?:artikeln|texten) fortsätter .{3,30}|öppna bild\w*.{0,20}|"
    r"bild \d+ av \d+|visa bildtext|spela (?:upp )?video\w*|"
    r"innehåll från (?:facebook|instagram|youtube|twitter|x|tiktok)\b.{0,60}|gilla oss på .{2,20}|dela gärna\b.{0,40}|"
    r"dela (?:denna|sidans?) .{0,20}|(?:dela(?: på \w+)?\W*){2,6}|foto\W*|pressmeddelande\W*|"
    r"anmäl (?:text|fel|till medi)\S*.{0,60}|bilden är en genrebild\W*|tipsa en (?:kompis|vän)|publicerat|"
    r"(?:annons ?){2,3}|artikeln uppdateras|dela via\W*|shares|textstorlek\W*|hittat fel i texten.{0,60}|"
    r"(?:img|dsc[nf]?|pxl)[_-]?\d{3,}.{0,20}|swish(?:nr|nummer)?\s*:.{0,40}|tack för ert stöd\W*|"
    r"era gåvor gör skillnad\W*|\* obligatorisk\w*.{0,40}|öppna kartan .{0,30}|kommentarer inaktiverade.{0,80}|"
    r"(?:#[\wåäö]+[\s,]*){1,12}|fakta|läs mer|läs mera|läs hela .{0,30}|read more|mehr lesen|weiterlesen|visa mer|"
    r"visa fler|till toppen|tillbaka\W*|upp|meny|sök|search|menu|gå till innehåll\w*|hoppa till .{0,30}|"
    r"skip to .{0,30}|stäng|close|logga in|kalender|startsida|hem|följ oss .{0,40}|prenumerera\W*|\d+\s+kommentarer?|"
    r"kommentera|comments?|kommentarer|no comments|inga kommentarer|leave a comment|"
    r"(?:bild|image) (?:anzeigen|schließen).{0,20}|.{2,30} als pdf herunterladen|\(?alle angaben ohne gewähr\)?|"
    r"(?:category|kategori(?:er|e)?|tags|taggar|etiketter|schlagw[oö]rte\w*)\s*:.{0,100}|"
    r"\d+ (?:visningar|views|läsningar)(?:\W*\d+ (?:kommentar(?:er)?|comments?))?|"
    r"\d+\s*(?:min|minuter|minuters läsning|min read|min läsning|min lästid)\.?|0:\d\d min|lästid.{0,20}|\d+ shares?|"
    r"0|(?:[\d.,]+\s?k? (?:delningar|visningar|shares|views)\W*){1,3}|logotyp.{0,60}|region örebo? county.*|"
    r"region örebro bezirk.*|(?:region örebro län\s*){2}|javascript är avstängt.{0,80}|"
    r"du är på region örebro läns webbplats\.?|region örebro läns webbplats för .{0,40})$",
)
# "Läs också: …", "Read also": a pointer to another article in the middle of this one.
POINTER = re.compile(
    r"^\W*(?:läs (?:också|även|mer|vidare|mer om)|läs mer (?:här|om)|läs (?:fler|alla) \w+ av|"
    r"(?:läs|länk|se)(?=\b.{0,150}(?:öppnas i nytt fönster|länk till annan webbplats)\W*$)|"
    r"fler (?:\w*recensioner|texter|krönikor|artiklar|inlägg) av|läs (?:artikeln|texten)(?=:)|"
    r"(?:tidigare|nästa|föregående) (?:artikel|inlägg|nyhet)(?=:)|se (?:också|även)(?! till\b| över\b)|"
    r"(?:read|see) (?:also|more|next)|also read|related|relaterat|lesen sie auch|auch interessant|mehr zum thema|"
    r"schon gelesen|lesetipp|le puede interesar|te puede interesar|vea también|puedes ver|mira|czytaj też|zobacz też|"
    r"czytaj więcej|lesen sie mehr|mehr (?:themen|zum thema)|passend zum artikel|don['’]t miss|explore further|"
    r"more great|à (?:lire aussi|découvrir|voir)|non perderti|dowiedz się więcej|veja também|leia (?:também|mais)|"
    r"saiba mais|lire aussi|lees ook|les også|læs også)\b\s*[:▾>»–-]?\s*.{0,160}$",
)
# Such a pointer's words alone, over the other article's headline.
POINTS = re.compile(
    r"^\W*(?:(?:läs|se) (?:också|även)|(?:read|see) (?:also|more)|l[aeæ]e?s (?:ook|også)|lesen sie auch|"
    r"czytaj (?:też|więcej)|zobacz też)\W*$"
)
# A piece of a blog system's own markup that no plug-in turned into HTML: "[button link=…]Send[/button]".
SHORTCODE = re.compile(
    r"^\[[a-z][\w-]{2,30}\s+[\w-]+=[^\]]{1,300}\](?:.{0,200}\[/[\w-]+\])?$|"
    r"^\[(?P<name>[a-z][\w-]{2,30})\].{0,200}\[/(?P=name)\]$",
)
# A heading that may head a part of the text as well, where a sentence of it follows.
MAY_GO_ON = re.compile(
    r"^\W*(?:fakta|(?:för )?mer information|följ (?:oss|bygget)|prenumerera|anmäl dig|granska|fler nyheter|vad tyck|"
    r"(?:hur )?kan vi|så (?:här )?arbetar|är|var|har|hade)\b"
)
# What a site asks of its readers below its text: to subscribe, follow, give, not to copy.
PLEA = re.compile(
    r"\b(?:subscribe (?:now |today )?(?:to|for)|sign up (?:for|to)|"
    r"follow .{1,40} on (?:twitter|facebook|instagram|x|google)\b|(?:if you )?enjoyed (?:reading )?th(?:is|e)|"
    r"download (?:the|our) .{0,20}app|all rights reserved|copyrighted|support (?:our|us)\b|donate (?:now|today)|"
    r"become a (?:member|subscriber)|join our|our newsletter|our opinion section|"
    r"click here (?:for more|to (?:subscribe|sign|join|get|buy|order|donate))|"
    r"for more (?:stories|news)(?: like this)?,|kostenlos testen|gratis testen|testen sie .{1,40}(?:zeitung|wochen)|"
    r"subscribers also receive|we may (?:receive|earn) (?:a )?(?:compensation|commission)|"
    r"advertise with (?:us|the most)|not responsible for the opinions|únete .{1,30}(?:canal|grupo|enlace)|"
    r"sofern nicht anders (?:ausgewiesen|angegeben)|prenumerera på (?:vårt|våra|oss|nyhetsbrevet)|följ oss på|"
    r"ladda ne[rd] (?:vår|appen)|stöd oss|stötta oss|tipsa oss|swisha (?:en|ett|gärna|till|valfri)\w*\b|"
    r"gillar du (?:vad|det|artikeln)(?: (?:du läser|vi gör))?\b|swishgåv|vill du (?:också )?stötta \w|era gåvor gör|"
    r"har du (?:ett )?(?:nyhets)?tips|mejla (?:till )?(?:oss|redaktionen)|anmäl dig till vårt|abonnieren sie|"
    r"newsletter (?:abonnieren|anmelden)|folgen sie uns|spenden sie|unterstützen sie uns|suscríbete|síguenos)",
)
# What somebody says, or the police ask, is none.
QUOTED = re.compile(r"^\W*[–—”»]|\b(?:säger|sade|berättar|menar)\b|[Pp]olisen|114 ?14")
ARROW = re.compile(r"^\W*(?:>>|»|►|▶|▸|→|➤|➜|\+\+|•)\s*\S")
# Where the article is over.
END = re.compile(
    r"^\W*(?:you must be logged in.{0,80}|du måste logga in.{0,80}|du måste vara inloggad.{0,80}|latest news|"
    r"senaste nytt|senaste nyheterna?|das könnte (?:sie|dich) auch.{0,30}|mehr themen.{0,10}|"
    r"weitere (?:artikel|themen|links|meldungen|informationen).{0,30}|weiterführende[rs]? links?.{0,10}|"
    r"verwandte (?:artikel|themen\w*).{0,20}|keine kommentare.{0,60}|quellenangaben\W*|"
    r"vorschau auf den nächsten.{0,20}|fler nyheter|mer nyheter|fler artiklar|andra läser|mest läst\w*|"
    r"mest lästa.{0,20}|andra har läst|utvalda artiklar|nyhetsbrev|kommentera en artikel|sänd till en kollega|"
    r"more like this|om (?:oss|företaget|[a-zåäö]+s? kommun|region [\w ]{3,30}|.{2,40} ab)\W*|mest läs\w+ av andra|"
    r"sid(?:information|fot)|informationsägare\b.{0,60}|relaterad information|meddela fel på sidan|"
    r"sidan skapa(?:d|des)\b.{0,40}|du kanske också gillar.{0,20}|"
    r"relatera(?:de|t)(?: artiklar| nyheter| innehåll| länkar)?|related (?:articles|posts|stories|news|content)|"
    r"recommended.{0,30}|more (?:from|stories|news).{0,40}|you (?:may|might) also like.{0,30}|"
    r"hade du nytta av innehållet.{0,40}|did the content help you.{0,10}|hat ihnen dieser inhalt.{0,30}|"
    r"(?:var|är) (?:informationen|(?:den här )?sidan|innehållet|det här).{0,40}\?|"
    r"(?:blev du hjälpt|fick du (?:hjälp|svar)|(?:hade|har) du nytta|(?:är|var) du nöjd|vad tyck(?:er|te) du om|"
    r"fann du|hur kan vi|kan vi) .{0,50}\b(?:sidan|informationen|innehållet|det här|fråga)\b.{0,30}\?|"
    r"hjälpte (?:informationen|sidan|innehållet|den här sidan|det här).{0,50}|"
    r"(?:lämna|ge oss|berätta) .{0,40}\bsidan\b.{0,20}|"
    r"tack för (?:ditt svar|din (?:feedback|återkoppling|hjälp|synpunkt|åsikt))\W*|"
    r"\d+\s?% .{0,20}(?:röstat|tyckte).{0,60}|hittade du .{0,40}\?|tyck till om .{0,30}|"
    r"lämna (?:en kommentar|ett svar)|leave a (?:reply|comment)|skriv en kommentar|"
    r"så (?:här )?(?:arbetar|jobbar) (?:vi\W*|.{0,40}\b(?:\w*journalistik|nyheter|nyhets\w+)\b.{0,120})|"
    r"vill du veta mer om hur .{2,40} (?:arbetar|jobbar)\b.{0,100}|så arbetar svt.{0,60}|svt:s nyheter ska stå för.*|"
    r"presskontakt\w*|kontaktpersoner?|pressinformation|mediekontakt\w*|media contacts?|press contacts?|pressekontakt|"
    r"för (?:mer|mera|ytterligare|vidare) information,?(?: vänligen)? ?(?:kontakta)?\s*:?|mer information\s*:?|ämnen|"
    r"kategorier|regioner|taggar|etiketter|tags|topics|nyckelord|bifogade filer|följ .{2,40} i sociala medier|"
    r"följ oss.{0,40}|prenumerera på .{2,60}|anmäl dig till .{0,40}nyhetsbrev.{0,20}|följ ämnen.{0,30}|"
    r"ämnen i (?:den här )?artikeln.{0,20}|om skribenten|om författaren|about the author|sidan granskades.{0,40}|"
    r"(?:innehålls|sid|informations|dokument)ansvarig.{0,60}|"
    r"ansvarig (?:för (?:sidan|innehållet)|utgivare|redaktör)\b.{0,60}|uppdaterad av\b.{0,60}|"
    r"(?:senast )?(?:fakta|sak)?granska(?:d|t|des)(?:\s*:|\s+(?:den\s+)?\d|\s+av\s).{0,60}|publicerad av.{0,60}|"
    r"kortadress.{0,60}|senast uppdaterad.{0,60}|senast (?:granskad|ändrad|publicerad).{0,50}|uppdaterad\s*:.{0,40}|"
    r"zuletzt aktualisiert.{0,60}|last updated.{0,60}|rapportera fel.{0,40}|sharing is caring.{0,20}|"
    r"dela det här.{0,30}|dela detta.{0,30}|gilla detta.{0,30}|like this.{0,20}|share this.{0,20}|share on.{0,30})$",
)
# Those of them after which no newsroom goes on with its text.
SURE_END = re.compile(
    r"^\W*(?:you must be logged in|du måste logga in|du måste vara inloggad|latest news|hade du nytta av|"
    r"did the content help|hat ihnen dieser inhalt|lämna (?:en kommentar|ett svar)|leave a (?:reply|comment)|"
    r"presskontakt|svt:s nyheter ska stå för\b|så (?:här )?(?:arbetar|jobbar) (?:svt|.{0,40}journalistik)|"
    r"vill du veta mer om hur .{2,40} (?:arbetar|jobbar)\b|media contacts?|pressekontakt)",
)
ABOUT_US = re.compile(
    r"^(?:region örebro län (?:ansvarar för|har ansvar för|är en)\b|om (?:företaget|oss|organisationen|region \w+)\b|"
    r"about us\b|vi (?:är|finns) .{0,60}(?:medarbetare|anställda)\b)",
    _I,
)
# What a site says to its readers, not its newsroom: cookies, age of the page, browsers.
BANNER = re.compile(
    r"\b(?:vi|we|wir)\b.{0,40}(?:använder|use|verwenden) (?:\w+\s){0,3}(?:kakor|cookies)|(?:webbplats|(?:web)?site|"
    r"sida)\w* (?:använder|uses) (?:kakor|cookies) (?:för|to|så)|(?:den här|denna) (?:artikel|sida|nyhet|"
    r"text)\w* är (?:äldre|mer) än|artikeln är (?:äldre|mer) än|(?:innehållet|informationen|nyheten|sidan|"
    r"och)\b.{0,30} (?:kan vara|är) inaktuell|(?:uppdaterades|publicerades) för mer än .{3,25} sedan|(?:det här|"
    r"detta) är en (?:gammal|äldre) (?:nyhet|artikel|sida)|(?:sidan|nyheten|artikeln|informationen) är arkiverad|"
    r"översatt (?:med|av) google|translated (?:by|with) google|du använder en (?:gammal|föråldrad) webbläsare|"
    r"javascript (?:är|is|måste|must)\b|aktivera javascript|enable javascript",
)
# What it tells them of a text: its kind, whose opinion it is, that it can be heard, how to comment, a machine's part.
NOTICE = re.compile(
    r"^\W*(?:det här|detta|denna text) är (?:en )?(?:opinions(?:text|material)|debattartikel|debattext|insändare)\b|"
    r"\båsikter\w*\b.{0,60}\b(?:skribent|författar|artikelförfattar)\w*(?: egna| för)?\W*$|(?:nu kan du|du kan nu|"
    r"you can now) (?:lyssna på|listen to) .{0,30}(?:artikel|artiklar|article)|för att kommentera (?:måste|behöver)\b|"
    r"to comment,? you (?:must|should|need|have)\b|(?:texten|artikeln|sammanfattningen) är (?:gjord|skapad|framtagen|"
    r"genererad|översatt|producerad) (?:av|med(?: (?:hjälp|stöd) av)?) (?:ai\b|artificiell|automatiserad)|"
    r"har producerats med (?:hjälp|stöd) av .{0,40}(?: ai\b|automatiserad)",
)
# A warning in force when the page was fetched, on top of every page of a site.
ALARM = re.compile(r"^\W*(?:viktigt meddelande till allmänheten|vma\b|smhi\b.{0,20}(?:varn|utfärda))", _I)
ALARM_TITLE = re.compile(r"meddelande|\bvma\b|smhi|varn")
APPEAL = re.compile(
    r"(?:bli|redan) prenumerant|för dig som är prenumerant|(?:artikel|artikeln|innehåll|innehållet|"
    r"läsning)(?: är)? (?:bara |endast |enbart )?för (?:våra )?prenumeranter|logga in för att (?:läsa|"
    r"fortsätta)(?! di)|läs (?:hela )?(?:artikeln|vidare) (?:som|med|för)|réservée? aux abonnés|jetzt abonnieren und|"
    r"(?:register|create an account|sign in|log in)\b.{0,30} to (?:unlock|continue|read|keep reading)|"
    r"köp (?:prenumeration|artikeln)|lås upp (?:artikeln|hela)|subscribe to (?:read|continue)|subscribers? only|"
    r"already a subscriber|jetzt weiterlesen|nur für abonnenten|(?:denna|den här) artikel\w* är (?:låst|"
    r"för prenumeranter)|artikeln är låst|innehållet är låst",
)
# How lines begin that the patterns above match from a letter on, as that letter's word is cut to three: most lines of
# a text begin otherwise, and need not be held against each pattern.
_FIRST_LETTERS = re.compile(r"\w{1,3}")
_FIRST_WORDS = frozenset(
    word[:3]
    for word in (
        *dates.MONTH.split("|"),
        *words(
            "abbildung about advertisement aktualisiert alle also andra anmäl annons ansvarig anzeige arkivbild "
            "article auch av beitragsbild berätta bifogade bild blev by category close comments credit crédit czytaj "
            "das datum dela did dokumentansvarig don dowiedz dsc du e email epost era etiketter explore facebook "
            "fakta fann fick film fler foto följ för ge genrebild gilla grafik gå hade har hat hem hittade hjälpte "
            "hoppa hur iklan illustration image img informationsansvarig inga innehåll innehållsansvarig inskickad "
            "javascript kalender kan kategorier keine kommentarer kontaktperson kopiera kortadress källa last latest "
            "le leave lees leia les like linkedin lire logga lyssna lämna länk läs læs mainos media mehr menu mer "
            "mest mira montage more mär no non nyckelord nyhetsbrev nästa om passend photo posted prenumerera "
            "pressbild print privat promoted publicerad puedes pxl quelle rapportera read recommended region reklám "
            "related saiba sakgranskad schlagwörter schon se search see senast share sidan skip skriv skärmdump "
            "source spara spela sponsrad stand stäng svt swish symbolbild sänd så sök tack taggar te tempo text "
            "tidigare till tipsa titelbild topics tweet twitter tyck updated uppdaterad utvalda vad var vea veja "
            "verwandte veröffentlicht vi video vill visa von vorschau weitere werbung whatsapp you zobacz zuletzt à "
            "ämnen ändrad är öppna реклама"
        ),
    )
)
# How those of them end that begin with any word.
_LAST_WORDS = (" als pdf herunterladen", ".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".tif", ".tiff")
# One of these is in every line that BANNER or APPEAL find; to look for them is forty times as fast.
_ASKING = (
    "kakor", "cookies", "javascript", "är äldre än", "är mer än", "inaktuell", "för mer än", "är en gammal",
    "är en äldre", "är arkiverad", "google", "webbläsare", "prenumer", "subscribe", "logga in för", "läs ",
    "köp artikeln", "lås", "weiterlesen", "abonn", " to unlock", " to continue", " to read", " to keep reading",
)  # fmt: skip
# One of these is in every line that NOTICE finds.
_TELLING = (
    "opinions", "debatt", "insändare", "åsikter", "lyssna på ", "listen to ", "kommentera", "to comment", " ai",
    "artificiell", "automatiserad",
)  # fmt: skip
# One of these is in every line that PLEA finds.
_PLEADING = (
    "subscribe", "sign up ", "follow ", "enjoyed ", "download ", "all rights reserved", "copyrighted", "support our",
    "support us", "donate ", "become a ", "join our", "newsletter", "opinion section", "click here ", "for more ",
    "kostenlos testen", "gratis testen", "testen sie ", "we may ", "advertise with ", "not responsible for", "únete ",
    "sofern nicht anders", "prenumerera på ", "följ oss på", "ladda ne", "stöd oss", "stötta oss", "swish",
    "vill du ", "era gåvor", "gillar du ", "tips", "mejla ", "anmäl dig till vårt", "abonnieren sie", "sie uns",
    "spenden sie", "suscríbete", "síguenos",
)  # fmt: skip
# A section's name that lost its space before the lead.
GLUED = re.compile(
    r"^(?:Nyheter|Kultur|Evenemang|Sport|Näringsliv|Debatt|Insändare|Ledare|Familj|Blåljus|Ekonomi|Politik|Nöje|"
    r"Krönika|Lokalt)(?=[A-ZÅÄÖ–])"
)
POSTED = re.compile(rf"^\W*(?:posted|publicerad)\s+{_DATE}\W*$")
# The date of publication, with its label, as the first words of a text.
OPENING_DATE = re.compile(rf"^publicera(?:d|t|des)\b:?\s+(?:den\s+)?{_DATE}\s*[.–—-]\s+(?=\S)", _I)


def may_tell(small: str) -> bool:
    """Whether a line may be one of those that the patterns above match from its beginning on; a glance for most."""
    first = _FIRST_LETTERS.match(small)
    if first is None or first[0] in _FIRST_WORDS or not first[0].isalpha() or small[-1:].isdigit():
        return True
    return "|" in small or small.endswith(_LAST_WORDS)


def is_asking(small: str) -> bool:
    """Whether a site speaks to its readers here: cookies, age of the page, or that they should subscribe."""
    return _holds(small, _ASKING) and bool(BANNER.search(small) or APPEAL.search(small))


def is_appeal(small: str) -> bool:
    """Whether a newspaper asks its readers here to subscribe, or to log in as such."""
    return _holds(small, _ASKING) and bool(APPEAL.search(small))


def is_credited(row: str) -> bool:
    """Whether a line ends with who took the picture that it is about."""
    end = row[-70:]
    if end[-1:] in _NO_NAME or (":" not in end and "/" not in end):
        return False
    return _holds(end.lower(), _CREDITS) and _CREDITED.search(row) is not None


def is_notice(small: str) -> bool:
    """Whether a site tells its readers here what a text is."""
    return _holds(small, _TELLING) and bool(NOTICE.search(small))


def is_plea(small: str) -> bool:
    """Whether a site asks something of its readers here."""
    return _holds(small, _PLEADING) and bool(PLEA.search(small))


def _holds(small: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110 (any() with a generator takes twice as long)
        if word in small:
            return True
    return False


def origin_of(row: str) -> str | None:
    """The organisation of a line "Källa: X" or "Källa X", or None where the line is a sentence."""
    match = _ORIGIN_START.match(row.strip())
    if not match:
        return None
    who = match["who"].strip(" .:–-")
    words = who.split()
    if not who or len(words) > 9 or not (who[0].isupper() or who[0].isdigit() or ":" in row[:8]):
        return None
    if who.lower().startswith(("http", "www.")) or re.search(r"\b(?:är|var|till|som|att|säger|uppger)\b", who):
        return None
    return who


def category_of(row: str) -> str | None:
    """The publisher's category line "Hälsa | Örebro/Örebro län", as written, or None."""
    if "|" not in row:
        return None
    row = row.strip()
    return row if CATEGORY.match(row) and not row.endswith(".") and len(row.split()) <= 9 else None

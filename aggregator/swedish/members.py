"""More words that stand inside compounds, for search, where a cut too many costs less than one too few.

Written by hand for regional news, in the form that stands first or last in a compound or in dictionaries. Tagging by
rules, which a wrong cut would mislead, keeps to the shorter list of ``lexicon``.
"""

from __future__ import annotations

WORDS = """
agent aggressiv aktion aktör alarm album almanacka altan anda andel angrepp anhållan anknytning ankomst anlagd
annons annonsör anrop ansats anslag anslutning anspråk anstånd ansvarig ansökning antagning antal anteckning
anvisning användare användning apparat april arm armé arrangemang arrangör arrende artist asyl attack attest augusti
avbrott avfart avgifter avlastning avlösning avrinning avskjutning avsnitt avspärrning avstånd avsändare avtryck
back backe bagare bageri bak bakterie balkong ballong barack bark barr bassäng bastu batteri bebyggelse bedrägeri
bedömning befattning begravning begränsning behandling behållare beklädnad belysning belägg bemanning ben bensin
beredning bergs berättare berättelse besiktning besparing beställning bestånd besättning besökare betal betalning
bete betesmark bevakning bevattning bevis bidrag bildning bind biodling biografi biskop björk björn blad blandning
blankett blekning blick blixt block blomma blommor blues bläck blåst boll bolt bolån bord borr borrning bostäder bot
botanik box brandfara brandmän brast bredband bredd brevlåda bricka briefing bringa broms bruks brunn brus bryggeri
bryggning bränna brännskada brätte bröd bröllop bröst bud buffé bulle buller bunker bur burk busk buskage byar byrå
byråkrat byte byxa bäck bägare bälte bär bäver börs bössa café camp camping cell centralort centret champion chark
chassi check chip chipp choklad citat cup cykling cyklist dagis dagvatten dal dalgång damm dammsug dans dator debut
deg deklaration dekor delning deltagande deltagare demonstration depå design detalj diagnos dialekt dialys diesel
digital dike dikt dimma diplom direktiv direktör disk diskriminering docka dokument domar domare domkraft dopp dos
dosa drak drama dressyr dricks dricksvatten drottning drunkning dräkt dränering dröjsmål dröm duell duk dusch dygn
dyk dykning däck dämp död dödsfall dörr ebok egendom ekipage ekonom elbuss elcykel eldning elit elpris elspark
elsparkcykel elstängsel eluttag emission ende energi engagemang enkel entreprenad entreprenör entré envoy epost era
ersättare etapp etik evakuering evenemang examen exil expo export fabrik fack fackla fadder fader fall famn fara
farm farsot fartyg fasad fat fattig feber fel fem feminist ferie feriejobb fest fick figur filt filter final
fingeravtryck fira fjäll fjärran fjärrvärme flagga flaska flock flod flora flotta fluga flygel flygning flykt fläkt
fläsk flöde flöjt flöte folie folkpark fonder fora fordons forma formel formulär forna fornlämning fors foster fot
fotografi frakt fransk fred fredag fri frihet frivillig front fru frukt frys främling fråge frågesport frö fröken
funk fusion fyr fyrverkeri fält fängelse färdig färdsätt färgning färja fäste fästing fågelskådning fånge fångst får
föda födelse följd förare förband förberedelse förbrukning förbättring fördelning föredrag föreställning förfall
författning förfrågan förhandling förhållande förhör förkylning förlag förlossning förmedling förmögenhet förnyelse
förordning förpackning försening förstoring förstärkning försäkring försök förtroende förtur förundersökning
förväntning förälder föräldra föräldrar galla galler garanti garn gasol gatan gatu gav gen gener generation geni
genom get gevär gift gitarr givar givare glad glass glasögon glädje glöd gnista god gods golfbana golvbrunn grad
gradering graffiti gran granat grann grannar granne grannsamverkan grav grev grind gris gropar grotta grus gruvor
gryning gryta grädde gräshoppa gräv grävare grävning grön grönområde grönsak gubbe guide gul gummi gunga gymnast
gädda gärning gäst gästhus gårds gödsel gömma göra hack hage hagel halk halka hals halva hammare hamnar hand handels
handling handläggare handläggning hane hantering harv hastighets hav havre hed hela helikopter hemester hemlighet
hemma hemsida hemvist herr herre het hetta himmel hind hindersbana historia historie hjord hjul hjälm hjälpare
hjälte hjärt hobby holm honung hopp horn hosta hud humla humor hund hundar hundra hushåll hyddor hylla hyra hyres
hyresgäst hyresrätt häck häl hälsning hämtning händels hängare hänsyn härd härjning hästar hästhage häv hål håll
hållbarhet hållning hår höft högskole höjning höna hörn hörsel hösttermin idol ikon illustration import indian
individ influensa informatör ingenjör ingång initiativ injektion inkvartering inköp inlagd inlägg innehåll innerstad
insamling inskrivning inspektion inspektör inspelning inspiration installation instruktör integritet intendent
intervju introduktion intrång intäkt invandring inventering investering isbana isolering italien jacka jakt jakter
jobb jonglör jord jordbävning jordgubb journalist jubel jul juli jultomte jungfru juni jurist jury jägare jäger
jämlikhet jämställdhet järnvägs kabel kaffe kafé kakel kalas kalender kalk kall kalv kamin kamrat kandidat kanon
kanot kant kapacitet kapital kapsel karaktär karens karneval karriär karta kartell kasern kassör kastning kategori
kedja keps kilo kilometer kiosk kirurg kista kittel kjol klagomål klang klass klassresa klassrum klimat klipp
klippning klocka kloster klots klädsel klänning klättring klös knapp kniv knut kod kofot kokning kol kolgård kollega
kollision kommentar kompani kompis komponent kompost koncern koncert konfekt konfirmation konstgräs konstruktion
konsulent konsult konsumtion kontant kontra kopia kopp koppar kopparkabel kor korg korrespondent korridor kors korv
kost kostnad kostym krabba kraftig kram kran krans krets kretslopp krig krigs kriminell kris kropps kruka krydda
kräft kräkning krångel kröning kudde kung kupp kurator kurragömma kusin kvot kvällen kvällstid kväve kyck kyckling
kyl kyla kylskåp kyrko käll källa källare kämp känsla kärlek kärna kåre köld köpare köpcentrum köpman körförbud
körkort körsbär körsång lada laddning lager lagrum lagstiftning lamm lampa lan land landning lands landskamp
landsväg lantmästare lappsjuka lasarett last lastbil lastning lax ledar ledare ledarskap lediga ledighet leg
legitimation lekplats lektor lever leverans leverantör licens liggande lik likhet liknelse lina linne list lista
litteratur livsmedel livstid ljudbok ljung lobby logg logi logistik lokal lokalvård lopp loppis lots luftburen lugn
lukt lunga lust lyft lykta lyktor lyssnare lyx läger läget lägga läktare lämplighet längd längdskid läppar lärar
läroplan läsare läsår lätt läxhjälp låda lådan låga lågkonjunktur lågor låntagare lås låt löfte lök löken löner
lördag lösare lösen löv lövskog mage maj maka mall mamma mandat mandel manifest manlig manus marin marknads mars
marsch maskerad maskinist mast mat materiel maträtt matsal matta mattan matte medalj medborgarskap medelålder
medlemskap medling mejeri mejl mellan melodi mening mentor meny mil milis militär miljard miljon millennium minnes
minnesmärke minskning minut mirakel misshandel mission misstanke mjöl mobb mobbning mobilitet mode modul mogen moln
moment monter montering montör moped mormor moské mot motala motivation motorcykel motstånd mottagare mottagning
multisjuk mur murare murning museer muskel mygg myggor mynt myr mystik märke märkning mästare mästarinna mästerskap
mättnad måltid mån måndag möbler möjlighet mönster mörker mötesplats nagel namn namninsamling natt naturreservat
naturvård navel nazist nedläggning nedskärning nerv när netto nivå norm not notis november nummer nyanläggning nybygge
nyckel nyhetsbrev nytta nål nås nöd nödläge nöje nöt obehörig observation odlare odlingslott offentlighet offer
offert ohälsa oktober olag oljud ombud ombyggnad omgång omlastning ommålning område omröstning omsorg omställning
omval omvårdnad onsdag onykter opinion opposition orden ordna organisatör organist orienterare orientering original
orkan oro oroa orsak ortnamn oskuld ost otrygghet oväder pack paddel padel pall panel panik panna papper paradis
paraply parfym park parkbänk parkering parlament passage pastej pastor patent patron paus peng pensionat pepp period
perrong personer personligt pest pianist piano pil pilgrim pils pilt pingis pinne pion pipa pizza pjäs planering
planket planta plantering plats platta plattform plockning plog plomb plugg plåga plåt plåtslagare podd poesi poet
pokal pollen polska porslin port portal porträtt postnummer potatis praktikant predikan predikant preparat present
presentation presentkort president presskonferens pressmeddelande prest prestation prins prinsessa printer
prioritering prisutdelning privat prognos promenad proposition prostata protest prov provtagning prägel präst pub
publicering pump pumpstation punkt pussel päron påbud pådrag påsar quiz racer radar rampen rapportering ras rast
rastgård rastplats ratificering rattfyllerist ravin rea reaktor rebell receptionist redaktion redaktör redning redo
referat reform regel regering regi register registrering reglering regn rek reklam rekonstruktion rekord rekreation
rekrytering rektor relation remiss remsa ren renhållning rening renovering repetition reporter representant republik
resenär reserv reservat resor rest resultat retreat revisor revolution rid rike riksdag ring ringar rink ris rivning
robot rocka roll rond ros rosor rot rovdjur rullstol rum rusning rutin rutt rygg rykte ryttar räddare rädsla räkning
räls ränta räntor räv råd rådgivare rådgivning rådhus råg rån rånare röd röjning rök röntgen rör rörmokare röst
röstning rötter sabotage saft sak saker sallad salong salt sam samer samfund samfällighet samhällen samisk samlare
samling sammanslagning sammanställning sammanträde samordnare sand sanering sanktion sats satsning schack schakt
schema segel seger segling segra sektion sekund sele semifinal senior september serien shop show sidor sigill signal
silver sim simskola sinne sirap sits sittning sju sjuka sjukdomar sjukskrivning sjuksköterskor sjukt sjunde själ
själar själv sjöar sjöräddning skal skala skallgång skandal skans skap skapande skattehöjning skatter skeende
skelett skepp skick skicklig skidåkare skifte skikt skillnad skinn skiva skivstång skjul skjutning skjuts skogsbrand
skor skott skottlossning skratt skribent skrivning skrot skräck skrämsel skräp skugga skuld skull skum skval skydds
skylt skyltfönster skymning skägg skäl skär skärgård skärm skådespel skådespelare skåra sköterska skötsel slaget
slakt slakteri slam slamsugning slinga slips sliten slits slogan slutare släckning släkt släktforskning släp
släpvagn slätt slöseri smak smaker smed smide smink smycke småhus smör snack snickeri snitt snor snår snöröjning
snöskoter soffa sol soldat solo solpanel son sop soppa sopphämtning sorg sork sorter sortering sotare sov sovplats
spade spaning spann spar spark sparris specialist spegel speglar spelbolag spelhall spets spik spill spindel spis
spjut spolning spons sponsor spor sporthall spridning spring springa sprit spruta spräng sprängning sprängämne
språng spärr spårbyte spårvagn spöke staden stadga stadion stadshus staffli stall stam standard stank start startup
statlig statsråd status staty stav stege stek sten stenbrott stick stig stil stim stjärna stoft stol stolpe stomme
stopp storlek straffavgift strategisk streck strejk strid strimma struktur strul strumpa strykning sträcka sträng
strö strömavbrott strömning studiebesök stuga stund stycke styckning ställ ställning ställverk stämma stämning
stängsel stöd stödboende stökighet stöt subvention sug sugrör summa sumpa svamp svan svans svar svepning svets svett
svin svindel sväng svård svårighet sylt symbol sympati symptom synpunkt syra syre sysselsättning syster säck sägen
säker säkring säl säljare sällskap sändning sängplats särskola säte såg sågverk sår söder sökning söm sömn sömnad
söndag tabell tablett tack tacka takt taktik talang tall tallrik tandläkare tank tankbil tant tapet tarm tavlor taxa
taxi tecken teckning tegelbruk tejp tekniker teknikum telefoni tempel temperatur tempo tendens termin termometer
terrass terror testamente texter tidsbokning tidskrift tidtabell tiger tillfälle tills tillverkning tillväxt timmar
timmer tips tisdag titel tjur tjänare tjänsteman toalett tobaks tomat tomt tomte ton tonåring topp torn tornado
torsdag torsk torv trafikljus trafikolycka trakt traktor tramp transfusion trapphus trappor trasa trav trend
triathlon trio tron tropik trubbel truck trumpet tryck tryckeri trygghetsboende tränar träsk tråd trål tröja tröskel
tröskning tröst tull tunga tungmetall tunnor tupp tur turist turné tusen tvivel tvätteri tvål tvång tyg tyngd tyst
tystnad täcke täkt tält tänder tävling töm uggla ull underhåll underskott underskrift undersköterska understöd
undervisning ungar unge uniform union upphov upplaga upplevelse upplysning upprop uppror upprustning uppsats
uppsving uppsägning uppväxt urna ursprung urval utbrott utbyggnad utbyte utdelning utegym utflykt utgift utgivning
utgrävning uthyrning utkast utlands utlåning utmaning utomhus utreder utrustning utryckning utsikt utsättning uttag
uttal utvandrar utvandring utvisning utvärdering vaccinering vagga vagn vakt vaktmästare val valborg valp valuta
valv vana vandel vandrare vandrarhem vandring vanor vapen var varor varsel varuhus vass vatten vattendrag vattenverk
ved vekt verk verkställighet verktyg vers veteran veterinär vetskap vide video vik vikarie vikt vild vildsvin vilja
vilt viltstängsel vin vinge vinkel vinnare vinterväg virke visning visselblåsare vitamin vittne volym vove vrede
vuxen väckelse vägar vägren vägräcke väktare välgörenhet väljare vän vända väntan väntetid väntrum värk väska väte
vätgas växel växling växthus våg våning våren våtmark yrkes ytor ägande ägare ägg älg älgar älv äng änka äpple
äpplen äventyr åker ångbåt ånger årlig årskurs årsmöte åska åskådare åsna återbruk återbäring återfall återhämtning
ögon öken ökning ölands öppettid öppnande öring ört överenskommelse övergång överklagan övernattning översikt
överskott övertid
"""

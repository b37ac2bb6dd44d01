"""Common Swedish words that stand inside compounds, so that a compound can be split without a dictionary.

Written for regional news: the members that such compounds are made of, in their dictionary form. It is a
floor; whoever splits with a richer word list (an archive's own vocabulary) passes that to ``parts`` instead.
"""

from __future__ import annotations

WORDS = """
advent advokat affär akademi aktie aktivitet akut alkohol alla allergi allmän ambulans analys anbud
anhörig anlägg anläggning anmäl anstalt anställd ansvar ansökan apotek arbete arena arkiv arv asfalt
assistans astma asyl autism auto avdelning avfall avgift avhandling avlopp avtal avveckling bad badhus
balans bana band bandy bank barn barnbarn barnomsorg bas basket batteri befolkning behandling behov
beredning beredskap berg beroende beslut besök betyg bibliotek bil bild bilist biljett bio biogas biograf
blod boende bok bokbuss bolag bomb bonde borg bostad bostads botten brand brandkår brandman brev bris
brist bro brott brottning bruk brunn bränsle bränslen bröst budget bugg buss butik bygd bygg bygge
byggnad byggstart båt böter cancer central centrum chef chefer chock cirkus civil cykel cykelväg dag
dagbok dam dans dansare data debatt del demens demokrati depression derby diabetes dialog dirigent
diskussion distrikt djur doktorand dom domstol drev drift drivmedel drog drottning dryck dräkt efter
ekonomi ekosystem elbil eld elev elnät energi engelska enhet enkät ensamkommande epidemi ersättning
etablering expert extra fabrik fack familj farlig fart fas fast fastighet fest festival fiber filharmoni
film finans fisk fiske flicka flyg flygplats flykt flykting flytt folk folkmusik fond fordon form forn
forskare forskning forum fossil fotboll fotgängare foto fred fri friluft frisk fritid fritids fritidsgård
front frukost frukt främja fråga fullmäktige funktion fylla fylleri fysik fält fängelse färd färdtjänst
färg fågel får fönster för förbud förbund fördel föreläsning förening företag författare förlust
förlängning förmån förråd församling förskola förslag försvar försäljning förvaltning förälder gala
galleri garage gas gata gave gemensam genus geo glas golf golv gran granskning grav gravid gris gru grund
grundskola grupp gruva gräns gräs gud guld gymnasie gymnasium gymnastik gympa gäng gående gång gångväg
gård gåva hall hamn handboll handel handels handikapp handling hantverk hastighet haveri helg helgon hem
hembygd hemlös hemma hemtjänst hinder hjälp hjärn hjärta hjärtinfarkt hockey hopp hot hotell hovrätt hund
hus huvud hygien häkte hälsa hälsocentral hälsovård händelse häst hållplats hög högskola högtid höjd höns
höst hösten höstlov ideell idrott idé inbrott industri infektion inflytt information inkomst innebandy
innovation insats instrument integration intensiv internat internet intresse invandrare invigning
invånare ishockey jakt jazz jord jordbruk journal jubileum jul jury järn järnväg järnvägsstation kaj
kamera kammare kamp kampanj kanal kapell kapital kart karta kartläggning kassa kast katastrof katt kemi
kennel keramik kille klass klient klimat klimatmål klinik klubb klubba klubblag kläder koll kollektiv
kollektivtrafik koloni kommission kommitté kommun kommunal kommunalråd kommunstyrelse kompetens konferens
konflikt kongress konkurs konsert konserthus konst konstnär konsument kontakt kontor kontors kontrakt
kontroll kor korsning kost kraft kraftverk krav kreativ kredit kretslopp krig kriminal kriminalvård kris
krock kropp kränk kulle kultur kulturhus kulturskola kund kunskap kurs kust kvalitet kvarn kvarter kvinna
kväll kyrka kärl kärnkraft kök köping kör kött laboratorie ladd laddstolpe lag landsbygd landskap
landslag landsting lantbruk larm last led ledamot ledning lek leksak lektion lera liga linje liv livs
ljud ljus lokal lokaltrafik lopp lotteri lov lucia luft lunch lägenhet läger läkare läkemedel lämna
lämning län läns länstrafik lärare lärling läsning läx lån lång lön löpning lösning makro makt man
maraton mark marknad maskin mass mat match material medarbetare medborgar medborgare medel media medicin
medlem metall metod midsommar migrant mikro miljö mini minister minne missbruk mjölk mobil modell mord
mot motion motor motorväg mottagande multi museum musik musikal musiker myndighet människa mässa mätning
mål målare målning målvakt månad mångfald möbel möte mötes narkotika nation natur naturum nedsättning
nyanländ nybörjare nyhet nyår nämnd näring näringsliv nät nätverk obygd odling olja olycka område omsorg
omställning opera operation ord ordförande ordning organ organisation orienter orkester ort ost paket
palliativ park parti partner pass patient patrull pedagog pendel pendling pengar pension pensionär person
personal pilot pingst plan plast plats platt pojke polis polisman politik politiker pool pop position
post poäng praktik premiär press pris privat problem process produktion professor program projekt prov
psykiatri psykolog publik puls päls påsk rad radio ramp rapport ratt rattfylla recept region regional
regionstyrelse rehabilitering rekryt religion reparation resa rese resecentrum restaurang resurs revy
ridning riks risk ritual robot rock roman rondell rum runda ryttare rädd rädda räddning räddningstjänst
rätt rättegång rätts råd rån råvara rökning rörelse röst saga samarbete samhälle samling samordning
samtal samverkan sats scen sekreterare sektor semester seminarie serie servering service sida simhall
simma simning sjuk sjukdom sjukhus sjukskriv sjuksköterska sjukvård självmord sjö skada skatt ske skid
skidor skog skogsbruk skol skola skolgård skollov skolnämnd skott skrift skuld skulptur skydd skytte skåp
skörd slag slalom slott slut slutspel slöjd smitta smärta småbarn snatteri snickare snö social
socialnämnd socialtjänst sol solcell solpark sommar sommarlov sopor spann spannmål spel spelare spelning
sport sportlov språk språkkafé spärr spår stab stad stadsbyggnad stadsdel stat station statistik steg
stiftelse stipendiat stipendium stor storm straff strand strateg strategi stress stroke ström student
studie studio stuga styrelse styrka stängning stål stöd stöld suicid sund super svenska symfoni syn
synskad syskon system säker säkerhet säng säsong sång sök söndag tak tal talan tand tandvård tapp tavla
teater teaterlag tegel teknik tele telefon tema tennis test text tid tidning tillgång tillstånd tillsyn
tillväxt timme ting tingsrätt tjuv tjänst tobak tolk torg torka tradition trafik trafikant transport
trappa trumma trupp trygg trygghet trä träd trädgård träff tränare träning trött tunnel turism turist
turnering tvist tvätt tävla tävling tåg under undersökning ung ungdom universitet upp uppdrag uppehåll
uppgörelse upphandling utbildning utbud utförsåkning utredning utskott utsläpp utsläppsmål utställning
utveckling vaccin vaccination val valideringscentrum vall vapen vara varg varning vatten vattenkraft
vattenskydd vecka verk verksam verksamhet verkstad vetenskap villa vind vindkraft vinst vinter virus visa
vision visor vist volleyboll vrak vuxen väder väg vägarbete vägg välfärd vän värd värde värme väst växt
våld vår vård vårdcentral vårdnad yrke yrkeshögskola yta ägg äldre äldreboende äldreomsorg ämne ärende
åker åklagare ålder åsikt åtal återvinning åtgärd öppning öst över överfall övergrepp översvämning övning
"""

"""Frames of notices and series, and words that may stand for others; all made up."""

from __future__ import annotations

from typing import Final

NOTICES: Final = (
    (
        "{kl}, Trafikolycka, {ort}",
        "Två personbilar har kolliderat på väg {n1} vid {ort}. | I en krock på väg {n1} nära {ort} har två bilar skadats.",
        "Räddningstjänst, ambulans och polis är på plats.",
        "En person förs till sjukhus med okända skador. | Skadeläget är oklart för den person som ambulansen tagit hand om.",
    ),
    (
        "{kl}, Stöld, {ort}",
        "En butik i {ort} anmäler stöld av {n1} par skor under {dag}en. | {n1} par skor försvann från en affär i {ort} i {dag}s.",
        "Personal såg två okända personer lämna lokalen med fulla väskor. | Anställda lade märke till ett par okända med välfyllda bagar.",
        "Polisen har säkrat bilder från övervakningskamera.",
    ),
    (
        "{kl}, Brand, {ort}",
        "Larm om rökutveckling i ett flerfamiljshus på {namn} gata i {ort}. | Rök rapporterades från ett hyreshus på {namn} gata, {ort}.",
        "Branden har startat i en tvättstuga på bottenvåningen. | Det brann i husets tvättstuga, längst ned.",
        "Ingen person ska ha kommit till skada och elden är släckt klockan {kl2}.",
        "Anmälan om mordbrand är upprättad.",
    ),
    (
        "{kl}, Rattfylleri, {ort}",
        "En man i {n2}-årsåldern misstänks för rattfylleri sedan han stoppats på väg {n1} i {ort}. |"
        " På väg {n1} i {ort} stannade polis en bilist runt {n2} år som tros ha varit berusad.",
        "Utandningsprovet visade {n3} procent över gränsen.",
        "Mannen saknar körkort och bilen har beslagtagits. | Bilen är tagen i beslag; något körkort hade föraren inte.",
    ),
    (
        "{kl}, Försvunnen person, {ort}",
        "Polisen söker en {n2}-årig kvinna som försvann från sitt hem i {ort} klockan {kl2}. |"
        " En {n2} år gammal kvinna är borta sedan {kl2} från bostaden i {ort}, och polisen letar.",
        "Hon är klädd i blå jacka och har grått hår till axlarna.",
        "Hundförare och helikopter deltar i sökandet tillsammans med Missing People. |"
        " Missing People, hundar och en helikopter hjälper till.",
    ),
    (
        "{kl}, Inbrott, {ort}",
        "Inbrott i en villa på {namn}s väg i {ort} mellan {dag} och i dag. | En villa på {namn}s väg i {ort} har haft inbrott efter {dag}.",
        "Gärningsmännen tog sig in genom ett källarfönster. | Genom ett fönster i källaren kom tjuvarna in.",
        "Smycken och en dator för omkring {n1} 000 kronor saknas.",
    ),
)
"""Title, then sentences in one wording or two."""

SERIES: Final = (
    (
        "Nattens händelser",
        "Det här hände i länet under natten mot {dag}.",
        "Klockan {kl} larmades räddningstjänsten till {ort} där en container brann intill en återvinningsstation.",
        "I {ort} greps en person misstänkt för misshandel utanför en krog klockan {kl}.",
        "Vid {kl} stoppades en bilist på väg {n1}, misstänkt för drograttfylleri.",
        "Polisen har i övrigt haft {n2} ingripanden och beskriver natten som lugn.",
        "Har du tips till polisen? Ring 114 14 eller lämna tips på polisen.se.",
    ),
    (
        "Mingel på Makeriet",
        "Vår fotograf var på plats när Makeriet slog upp dörrarna till {dag}smingel.",
        "Bland gästerna syntes {namn} och {namn2} från {ort}, som firade med bubbel och snittar.",
        "{namn} stod för musiken och dansgolvet var fullt fram till klockan {kl}.",
        "Klicka på bilderna i spelet ovan för att se vilka som var där. Vill du att vi kommer till din fest? Mejla oss.",
    ),
    (
        "Så många är smittade av covid-19 i länet",
        "Region Örebro län rapporterar i dag {n1} nya bekräftade fall av covid-19.",
        "Totalt har {n1} personer i länet haft en bekräftad smitta sedan pandemins början.",
        "På sjukhus vårdas just nu {n3} patienter, varav {n2} på intensivvårdsavdelning.",
        "Antalet avlidna uppgår till {n1}.",
        "Flest fall per invånare har {ort} med {n1}, följt av {ort2} med {n2}.",
        "Siffrorna uppdateras varje vardag klockan 14 och kan komma att ändras i efterhand.",
    ),
    (
        "{ort} vann mot {ort2}",
        "{ort} tog hem segern i {dag}ens match i division två med {n3}–{n2} efter en stark avslutning.",
        "Hemmalaget gick in till paus i underläge men kom tillbaka efter mål av {namn}.",
        "– Vi visade karaktär och alla ska ha beröm, säger tränaren {namn2} efter slutsignalen.",
        "Publik: {n1}. Domare: {namn}. Nästa match spelas borta mot {ort2}.",
    ),
    (
        "Dagens lunch i {ort}",
        "Här är lunchmenyerna för {dag}.",
        "Stationshuset: stekt fisk med remoulad och dillpotatis, pris {n2} kronor.",
        "Brukskrogen: köttbullar med lingon och gräddsås, pris {n2} kronor.",
        "Pizzeria Roma: vegetarisk lasagne med sallad, pris {n2} kronor.",
        "Sallad, bröd, smör, måltidsdryck och kaffe ingår i priset. Med reservation för ändringar.",
    ),
    (
        "Väderprognos för länet",
        "SMHI:s prognos för {dag} visar växlande molnighet med en temperatur på {n3} grader i {ort}.",
        "Vinden är måttlig, {n3} meter i sekunden, och i {ort2} väntas upp till {n2} millimeter regn.",
        "Mot kvällen klarnar det upp från väster och natten blir kall med risk för halka.",
        "Prognosen uppdateras morgon och kväll. Källa: SMHI.",
    ),
    (
        "Krönika: Tankar i höstmörkret",
        "Varje {dag} skriver våra krönikörer om livet i bygden.",
        "I dag funderar {namn} över {ort}, barnbarnen och en promenad som slutade klockan {kl}.",
        "Vad tycker du? Skriv till oss på insändarsidan. Ange namn, adress och telefonnummer även om du vill vara anonym.",
    ),
    (
        "Polisens sammanfattning {dag}",
        "Sammanfattning för polisområdet, {dag} klockan {kl}.",
        "{kl}, Trafikolycka, {ort}. Två personbilar i kollision, inga allvarliga skador.",
        "{kl2}, Stöld, {ort2}. Anmälan om stöld av cykel utanför station.",
        "{kl}, Ordningslag, {ort}. Berusad person omhändertas enligt LOB.",
        "Vakthavande befäl nås via polisens kontaktcenter på 114 14. Nästa sammanfattning lämnas i morgon.",
    ),
    (
        "Bostadsaffärer i {ort}",
        "Här är veckans lagfarter i {ort}. Listan bygger på uppgifter från Lantmäteriet.",
        "{namn} har köpt fastigheten på {namn2}s väg {n3} för {n1} 000 kronor.",
        "Ny ägare till villan på Storgatan {n2} är {namn}. Prislappen blev {n1} 000 kronor.",
        "Uppgifterna är automatiskt framtagna och granskas inte av redaktionen före publicering.",
    ),
)
"""Title, then lines; each line is filled anew."""

SYNONYMS: Final = {
    "började": "inleddes", "visar": "pekar på", "mycket": "väldigt", "nu": "för närvarande", "ska": "kommer att",
    "säger": "berättar", "fick": "tilldelades", "stor": "omfattande", "stora": "omfattande", "små": "mindre",
    "kan": "har möjlighet att", "även": "också", "många": "flera", "kostar": "går loss på", "beslut": "besked",
    "får": "erhåller", "nya": "färska", "ny": "färsk", "öppnar": "slår upp portarna", "år": "år", "varje": "var",
    "sedan": "efter det att", "tidigare": "förut", "under": "i loppet av", "efter": "i spåren av", "mellan": "från",
    "arbetet": "jobbet", "pengar": "medel", "används": "utnyttjas", "betalas": "bekostas", "personer": "människor",
    "föräldrar": "vårdnadshavare", "barn": "ungar", "minskar": "går ner", "ökning": "uppgång", "hjälpa": "bistå",
    "vill": "önskar", "stöd": "bidrag", "störst": "allra störst", "bland": "till exempel", "högst": "maximalt",
    "fattas": "tas", "undersöka": "studera", "nästa": "kommande", "innebär": "betyder", "enats": "kommit överens",
    "vuxit": "stigit", "byggas": "uppföras", "läggas": "presenteras", "alla": "samtliga", "läsa": "ta del av",
    "består": "utgörs", "utvecklats": "tagits fram", "greps": "omhändertogs", "uppskattas": "beräknas", "inleddes":
    "startade", "upptäckte": "fann", "väntas": "bör", "senast": "inte senare än", "slängs": "kastas", "säljs": "avyttras",
    "testas": "prövas", "kommer": "härstammar", "skickas": "sänds", "drivs": "får ström", "pågår": "löper", "lyckas":
    "slår väl ut", "behövs": "efterfrågas", "besökte": "tog sig till", "finns": "återfinns", "går": "avgår", "gått":
    "sjunkit", "pekas": "anges", "sänker": "skär ned", "hålls": "anordnas", "varnar": "höjer ett varningens finger",
}  # fmt: skip
"""A word and what may stand in its place."""

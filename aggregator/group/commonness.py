"""Words that tell little of what a Swedish news text is about."""

from __future__ import annotations

COMMON = frozenset(
    """
    och att det som på är av för med till den i en om ett de så från vid hos eller samt men vad hur man har
    kan ska sig var vi ut in än där här dem sin sitt sina under mot efter över mellan utan inte jag du han hon
    ni oss er honom henne hans hennes deras vår vårt våra min mitt mina din ditt dina detta denna dessa dess
    också även bara när då nu eftersom medan innan sedan genom hade haft hava vara varit blir blev bli blivit
    skulle kunde vill ville måste får fick fått få gör gjorde gjort göra går gick gått gå kommer kom kommit
    komma ser såg sett se säger sade sagt säga finns fanns funnits finna tar tog tagit ta ger gav gett ge
    mycket många mer mest fler flera flest något någon några ingen inget inga all alla allt andra annan annat
    hela helt stor stort stora större störst liten litet små mindre ny nytt nya bra god goda bättre bäst år
    året åren dag dagen dagar idag igår morgon imorgon vecka veckan veckor månad månader tid tiden gång gånger
    först första sista sist tredje två tre fyra fem sex sju åtta nio tio procent kronor miljoner miljon enligt
    både antingen varken dels cirka omkring ungefär bland redan fortfarande igen alltid aldrig ofta ibland
    kanske dock därför således alltså dessutom nästan ganska väldigt lite inom utom upp ner ned fram tillbaka
    bort hem hemma ute inne uppe nere kring runt längs trots via per respektive varför vilket vilka vilken
    vars vem menar berättar förklarar konstaterar tycker tror vet behöver behövs brukar
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
"""In lower case, as written."""

FIGURES = {
    "noll": "0", "två": "2", "tre": "3", "fyra": "4", "fem": "5", "sex": "6", "sju": "7", "åtta": "8", "nio": "9",
    "tio": "10", "elva": "11", "tolv": "12", "tretton": "13", "fjorton": "14", "femton": "15", "sexton": "16",
    "sjutton": "17", "arton": "18", "nitton": "19", "tjugo": "20", "trettio": "30", "fyrtio": "40", "femtio": "50",
    "sextio": "60", "sjuttio": "70", "åttio": "80", "nittio": "90", "hundra": "100", "tusen": "1000",
}  # fmt: skip
"""Numbers that one newsroom spells out and the next writes in figures."""

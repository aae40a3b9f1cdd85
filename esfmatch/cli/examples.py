"""Examples for the help of each command, as they are to be typed."""

from __future__ import annotations

from typing import Final

EXAMPLES: Final = {
    "esfmatch": """\
esfmatch suggest "Betrieb in Hamm, 20 Leute, sucht Beratung"
esfmatch show verbundausbildung --as-of 2016-06-30
esfmatch coverage -o luecken.html""",
    "suggest": """\
esfmatch suggest "Mutter mit Kind will halbtags Bürokauffrau lernen, Unna"
esfmatch suggest --file skizze.txt --explain
esfmatch suggest "Verbundausbildung, 14 Leute" --fact place=Lünen
esfmatch suggest        (ohne Text: mehrere Zeilen eingeben)""",
    "check": """\
esfmatch check verbundausbildung --text "Dreherei, 14 Leute"
esfmatch check potentialberatung --fact employees=34
esfmatch check bildungsscheck-2-0        (fragt nach)""",
    "batch": """\
esfmatch batch faelle.csv -o ergebnis.xlsx
esfmatch batch faelle.jsonl --jobs 2 > ergebnis.jsonl""",
    "report": """\
esfmatch report "Dreherei in Lünen bildet im Verbund aus" -o beratung.html
esfmatch report --file skizze.txt -o beratung.md""",
    "list": """\
esfmatch list --open --applicant company
esfmatch list --need mobilitaet-jugendliche""",
    "show": """\
esfmatch show verbundausbildung
esfmatch show verbundausbildung --as-of 2016-06-30 --format json""",
    "compare": """\
esfmatch compare potentialberatung inqa-coaching
esfmatch compare verbundausbildung werkstattjahr --format md""",
    "needs": """\
esfmatch needs
esfmatch needs zugang-deutschunterricht""",
    "coverage": """\
esfmatch coverage --as-of 2016-06-30
esfmatch coverage --as-of 2016-06-30 --against 2026-11-24
esfmatch coverage --fact applicant=company -o luecken.html""",
    "export": """\
esfmatch export -o katalog.xlsx
esfmatch export --format json > katalog.json""",
    "validate": """\
esfmatch validate data/
esfmatch validate data/ --format sarif -o befunde.sarif""",
    "explain": """\
esfmatch explain ESF301""",
    "schema": """\
esfmatch schema programmes -o programmes.schema.json""",
    "diff": """\
esfmatch diff katalog-alt/ data/""",
}

"""The codes of what is found while a file is read: its bytes, its YAML, the keys and types of its entries."""

from __future__ import annotations

from esfmatch.checks.base import explained
from esfmatch.files import MAX_CATALOGUE_BYTES
from esfmatch.yaml_source import MAX_DEPTH, MAX_FINDINGS, MAX_VALUES

explained(
    "ESF101",
    "Nicht in UTF-8 gespeichert",
    why="Umlaute sind nur in UTF-8 eindeutig; im Editor „Speichern als UTF-8“ wählen.",
    failing="  label: Besch\udce4ftigte",
    repaired="  label: Beschäftigte",
)
explained(
    "ESF102",
    "Leere Datei",
    why="Jede Katalogdatei beginnt mit „schema:“ und nennt darin ihre Art; in einer leeren fehlt alles.",
    failing="",
    repaired="schema: esfmatch/voices/1\nvoices:\n",
)
explained(
    "ESF103",
    "Mehr als ein YAML-Dokument",
    why="Was nach einer Zeile „---“ steht, würde überlesen.",
    failing="  - Es ist zu laut hier\n---\n- mehr\n",
    repaired="  - Es ist zu laut hier\n",
)
explained(
    "ESF104",
    "Zu groß",
    why=f"Eine Datei mit mehr als {MAX_CATALOGUE_BYTES // 1_000_000} MB, {MAX_VALUES // 1_000}.000 Werten, "
    f"{MAX_DEPTH} Ebenen oder {MAX_FINDINGS} Fehlern ist keine Katalogdatei mehr.",
    failing=f"  name: {'[' * 40}{']' * 40}",
    repaired="  name: Kleines Lehrgeld",
)
explained(
    "ESF105",
    "Anker oder Verweis",
    why="Was mit & und * an anderer Stelle steht, sieht beim Lesen niemand; jeder Wert wird ausgeschrieben.",
    failing="  name: &name Kleines Lehrgeld",
    repaired="  name: Kleines Lehrgeld",
)
explained(
    "ESF106",
    "Typangabe",
    why="Angaben wie !!str oder !python gehören nicht in den Katalog; die Art eines Werts folgt aus seinem Schlüssel.",
    failing="  name: !!str Kleines Lehrgeld",
    repaired="  name: Kleines Lehrgeld",
)
explained(
    "ESF107",
    "Schlüssel doppelt",
    why="Von zwei gleichen Schlüsseln gilt je nach Programm der erste oder der letzte.",
    failing="  name: Kleines Lehrgeld\n  name: Lehrgeld",
    repaired="  name: Kleines Lehrgeld",
)
explained(
    "ESF108",
    "Mehrdeutiger Wert",
    why="2021-06-01, 007, NO oder 12:30 liest nicht jede YAML-Fassung gleich; in Anführungszeichen ist es ein Text.",
    failing="    day: 2021-06-01\n",
    repaired='    day: "2021-06-01"\n',
)
explained(
    "ESF109",
    "Schlüssel ist kein Wort",
    why="Ein Schlüssel ist ein einfaches Wort, keine Liste und keine Gruppe.",
    failing="  name: Kleines Lehrgeld\n  ? [summary]\n  : Geld",
    repaired="  name: Kleines Lehrgeld",
)
explained(
    "ESF110",
    "Unzulässiges Steuerzeichen",
    why="Zeichen, die niemand sieht, machen aus einem Wort ein anderes.",
    failing="  name: Kleines\x07 Lehrgeld",
    repaired="  name: Kleines Lehrgeld",
)
explained(
    "ESF111",
    "Kein gültiges YAML",
    why="Häufig sind eine falsche Einrückung, ein Tabulator, ein fehlendes Anführungszeichen oder „: “ in einem Text.",
    failing='  name: "Kleines" Lehrgeld',
    repaired="  name: Kleines Lehrgeld",
)
explained(
    "ESF201",
    "Unbekannter Schlüssel",
    why="Ein Schlüssel, den es hier nicht gibt, wirkt nicht; meist ist er verschrieben oder falsch eingerückt.",
    failing="  summary: Geld für die Lehre.\n  sumary: Geld für die Lehre.\n",
    repaired="  summary: Geld für die Lehre.\n",
)
explained(
    "ESF202",
    "Fehlender Schlüssel",
    why="Ohne diesen Schlüssel ist der Eintrag unvollständig; zu jeder Regel und jedem Betrag gehört etwa eine Quelle.",
    failing="      amount_eur: 260\n      per: Auszubildende und Monat\n",
    repaired="      amount_eur: 260\n      per: Auszubildende und Monat\n      source: {doc: konzept, page: 5}\n",
)
explained(
    "ESF203",
    "Wert hat die falsche Form",
    why="Zahlen, Tage, Kennungen und feste Wörter haben je eine Form; was nicht passt, wird nicht geraten.",
    failing="  name: Kleines Lehrgeld\n  kind: program\n",
    repaired="  name: Kleines Lehrgeld\n  kind: programme\n",
)

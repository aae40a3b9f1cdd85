"""How much work one text is, without a clock: the calls of Python functions in `Advisor.suggest` for ten texts.

Run as a program this module prints the figure to be recorded.
"""

from __future__ import annotations

import sys
from datetime import date

import pytest
from counting import calls

from esfmatch.advice import Advisor

CALLS = 37_600  # on Python 3.11; run this module and write its figure here where more or less work is meant
TOLERANCE = 0.1
# what was worked out once is remembered, so the words are made known on one day and the calls counted on another
FIRST_DAY, DAY = date(2026, 11, 24), date(2026, 3, 17)
TEXTS = (
    "Verbundausbildung",
    "Wir sind eine Tischlerei in Lünen mit 14 Beschäftigten und wollen ausbilden, aber nicht alles selbst.",
    "Ich bin 47, seit drei Jahren arbeitslos, beziehe Bürgergeld und habe keinen Berufsabschluss.",
    "Träger aus Hamm plant ab September 2026 einen Sprachkurs für 20 geflüchtete Frauen mit Kinderbetreuung.",
    "Teilzeitausbildung für Alleinerziehende in Unna",
    "Wie bekomme ich Kindergeld?",
    "Metallbetrieb, 120 MA, Transformation zur Wasserstofftechnik, Beratung für den Betriebsrat gesucht",
    "schulabgänger ohne abschluss, 17, schwänzt, braucht praxis statt unterricht, kein internat",
    "Stadt Schwerte: Arbeitslosenzentrum soll weitergeführt werden, zwei Stellen, Antrag bis zum 31.10.",
    "Meisterprüfung im Friseurhandwerk bestanden, Urkunde vom 3. März 2026. Gibt es dafür eine Prämie?",
)


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="other versions of Python count other calls")
def test_ten_texts_are_no_more_work_than_recorded(advisor: Advisor) -> None:
    found = count(advisor)
    assert abs(found - CALLS) <= TOLERANCE * CALLS, (
        f"{found} calls for ten texts instead of {CALLS}. If that is meant, write the new figure in {__file__}; "
        "else a profile of Advisor.suggest shows what is looked at anew."
    )


def test_twice_the_text_is_about_twice_the_work(advisor: Advisor) -> None:
    once, twice = (". ".join(TEXTS * times) for times in (4, 8))
    for text in (once, twice):
        advisor.suggest(text, FIRST_DAY)
    assert _calls(advisor, twice) < 2.3 * _calls(advisor, once)


def count(advisor: Advisor) -> int:
    """The calls for all texts, once their words are known."""
    for text in TEXTS:
        advisor.suggest(text, FIRST_DAY)
    return sum(_calls(advisor, text) for text in TEXTS)


def _calls(advisor: Advisor, text: str) -> int:
    return calls(lambda: advisor.suggest(text, DAY))


if __name__ == "__main__":
    from esfmatch import compiled

    print(count(compiled.advisor(whole=True)))

"""`report`: the document to hand over, as HTML that stands on its own and as Markdown."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

Run = Callable[..., tuple[int, str, str]]

WORKSHOP = (
    "Metallbau Kersting in Kamen, 22 Leute, will zwei Azubis, kann aber nicht alles selbst ausbilden; "
    "die Nachbarfirma würde mitmachen"
)
HOSTILE = '<script>alert(1)</script> "><img src=x> [x](javascript:alert(1)) {{ 7*7 }} \x1b[31m Azubi in Teilzeit'


class Page(HTMLParser):
    """What a page consists of: tags with their attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        return [str(attrs[attribute]) for _, attrs in self.tags if attribute in attrs]


@pytest.fixture
def html(run: Run) -> Callable[..., str]:
    return lambda *arguments: run("report", *arguments)[1]


def test_it_holds_what_a_client_needs(html: Callable[..., str]) -> None:
    page = html(WORKSHOP, "--as-of", "2024-03-01", "--fact", "training_places=2")
    for part in (
        "keine Entscheidung einer Behörde",
        "„22 Leute“",  # where a fact comes from
        "ausdrücklich angegeben",
        "2 × 260 Euro × 18 Monate = höchstens 9.360 Euro",
        "Richtlinie Nr. 2.1.2.2",
        "447 Vorhaben in NRW, 7 in der Region",
        "Kooperationsvertrag",  # papers
        "Bezirksregierung",  # whom to ask
        "Gewinnung und Sicherung von Nachwuchskräften",
        "Regionales Umsetzungskonzept der Region",  # the list of sources
        "Stand: 1.3.2024",
    ):
        assert part in page


@pytest.mark.parametrize("text", [WORKSHOP, HOSTILE, "Kindergeld für mein Kind", "", "Nachfolger für Bäckerei gesucht"])
def test_structure_is_sound_for_every_text(html: Callable[..., str], text: str) -> None:
    page = Page(html("--", text))
    tags = [tag for tag, _ in page.tags]
    assert ("html", {"lang": "de"}) in page.tags
    assert not {"script", "img", "iframe", "link", "object", "form"} & set(tags)
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in page.tags if tag == "th")
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert set(page.values("aria-labelledby")) <= set(ids)
    assert all(href.startswith(("http://", "https://")) or href[1:] in ids for href in page.values("href"))


def test_the_policy_admits_the_own_style_sheet_and_nothing_else(html: Callable[..., str]) -> None:
    page = html("Azubi in Teilzeit")
    style = re.search("<style>(.*?)</style>", page, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def _contrast(one: str, two: str) -> float:
    def luminance(colour: str) -> float:
        digits = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
        channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_at_least_aa_in_light_dark_and_print(html: Callable[..., str]) -> None:
    roots = re.findall(r":root \{(.*?)\}", html("x"), re.DOTALL)
    assert len(roots) == 3
    for root in roots:
        colours = dict(re.findall(r"--(\w+): #([0-9a-f]+);", root))
        for ink in ("ink", "soft", "link", "good", "bad", "open"):
            for ground in ("paper", "tint", "warn"):
                assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


def test_hostile_text_stays_text(html: Callable[..., str]) -> None:
    page = html(HOSTILE)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page
    assert "\x1b" not in page


def test_markdown_of_hostile_text_has_no_markup_of_its_own(run: Run) -> None:
    _, out, _ = run("report", HOSTILE, "--format", "md")
    tokens = [t for token in MarkdownIt().parse(out) for t in (token, *(token.children or ()))]
    assert not [t for t in tokens if t.type in ("html_block", "html_inline", "image")]
    links = [t.attrs["href"] for t in tokens if t.type == "link_open"]
    assert links
    assert all(str(link).startswith("http") for link in links)


def test_markdown_says_the_same(run: Run) -> None:
    _, out, _ = run("report", WORKSHOP, "--as-of", "2024-03-01", "--format", "md")
    assert "# Fördermöglichkeiten" in out
    assert "### 1. Verbundausbildung" in out
    assert "| erfüllt |" in out


def test_nothing_fits_says_where_to_ask(run: Run) -> None:
    code, out, _ = run("report", "Wie beantrage ich Kindergeld für mein zweites Kind?")
    assert code == 1
    assert "passt kein Instrument" in out
    assert "Familienkasse" in out


def test_a_plan_is_no_offer(html: Callable[..., str]) -> None:
    assert "Hierfür kann niemand einen Antrag stellen" in html("Unser Chef ist 63 und findet keinen Nachfolger")


def test_what_ended_names_its_successor(html: Callable[..., str]) -> None:
    page = html("Bildungsscheck NRW für meine Weiterbildung", "--as-of", "2026-11-24")
    assert re.search("beendet.*Nachfolger:(</strong>)? Bildungsscheck 2.0", page, re.DOTALL | re.IGNORECASE)


def test_an_ended_offer_that_comes_first_says_so_before_all_else(html: Callable[..., str]) -> None:
    page = html("Verbundausbildung mit dem Nachbarbetrieb", "--as-of", "2026-11-24")
    assert re.search(r'<ul class="state unusable">\s*<li><strong>Beendet', page)


def test_form_by_suffix_and_refusal_of_others(run: Run, tmp_path: Path) -> None:
    assert run("report", "Azubi in Teilzeit", "-o", str(tmp_path / "a.md"))[0] == 0
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# ")
    assert run("report", "Azubi in Teilzeit", "-o", str(tmp_path / "a.pdf"))[0] == 2
    assert not (tmp_path / "a.pdf").exists()

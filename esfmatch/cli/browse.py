"""Looking into the catalogue: `list`, `show` and `compare`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from esfmatch import compiled
from esfmatch.cli.options import AsOf, Color, DataOption, Format, Output, argument, option
from esfmatch.edges import Sink, format_for, one_of, raw, terminal_for
from esfmatch.eligibility import PeriodState, period_on, version_on
from esfmatch.problems import ExitCode, UsageError, unknown_id
from esfmatch.render import data as json_shape
from esfmatch.render.comparison import Comparison, as_markdown, aspects, shape
from esfmatch.render.pages import Pages
from esfmatch.settings import settle

_FEWEST: Final = 2
_MOST: Final = 4


def list_(
    need: Annotated[
        str | None,
        option("--need", metavar="KENNUNG", help="Nur Instrumente zu diesem Bedarf.", complete="needs"),
    ] = None,
    kind: Annotated[str | None, option("--kind", help="Nur diese Art (programme, call, plan …).")] = None,
    applicant: Annotated[str | None, option("--applicant", help="Nur für diese Antragstellenden (company …).")] = None,
    open_only: Annotated[bool, option("--open", help="Nur, was am Stichtag offen ist.")] = False,
    data: DataOption = None,
    as_of: AsOf = None,
    format: Format = None,
    output: Output = None,
    color: Color = "auto",
) -> ExitCode:
    """Listet die Instrumente des Katalogs."""
    form = format_for(format, output, ("text", "json"))
    settings = settle(data, as_of, False, date.today())
    loaded = compiled.advisor(settings.data).catalogue
    if need is not None and need not in loaded.needs_by_id:
        raise unknown_id("Bedarf", need, loaded.needs_by_id, "„esfmatch needs“ zeigt alle.")
    one_of("--kind", kind, {p.kind for p in loaded.programmes})
    one_of("--applicant", applicant, {a for p in loaded.programmes for a in p.applicants})
    found = [
        p
        for p in loaded.programmes
        if (need is None or any(link.id == need for link in p.needs))
        and (kind is None or p.kind == kind)
        and (applicant is None or applicant in p.applicants)
        and (not open_only or period_on(p, settings.as_of) is PeriodState.OPEN)
    ]
    with Sink(output) as out:
        if form == "json":
            entries = [
                {"id": p.id, "name": p.name, "kind": p.kind, "period": period_on(p, settings.as_of).value}
                for p in found
            ]
            print(json_shape.dumps({"schema": "esfmatch/list/1", "programmes": entries}), file=out)
        else:
            Pages(terminal_for(out, color), loaded).programmes(found, settings.as_of)
    return ExitCode.YES if found else ExitCode.NO


def show(
    ident: Annotated[str, argument("KENNUNG", help="Kennung des Instruments.", complete="programmes")],
    data: DataOption = None,
    as_of: AsOf = None,
    format: Format = None,
    output: Output = None,
    color: Color = "auto",
) -> ExitCode:
    """Zeigt ein Instrument vollständig, in der Fassung des Stichtags."""
    form = format_for(format, output, ("text", "json"))
    settings = settle(data, as_of, False, date.today())
    advisor = compiled.advisor(settings.data)
    loaded = advisor.catalogue
    programme = advisor.programme(ident)
    with Sink(output) as out:
        if form == "json":
            version, period = version_on(programme, settings.as_of), period_on(programme, settings.as_of)
            entry = json_shape.programme(programme, version, period.value, loaded, settings.as_of)
            print(json_shape.dumps(entry), file=out)
        else:
            Pages(terminal_for(out, color), loaded).programme(programme, settings.as_of)
    return ExitCode.YES


def compare(
    idents: Annotated[
        list[str],
        argument("KENNUNG KENNUNG …", help="Zwei bis vier Instrumente.", complete="programmes"),
    ],
    data: DataOption = None,
    as_of: AsOf = None,
    format: Annotated[
        str | None, option("--format", metavar="text|json|csv|md", help="Ausgabeform; sonst nach der Endung von -o.")
    ] = None,
    output: Output = None,
    color: Color = "auto",
) -> ExitCode:
    """Stellt zwei bis vier Instrumente nebeneinander, in der Fassung des Stichtags."""
    chosen = format_for(format, output, ("text", "json", "csv", "md"))
    if len(set(idents)) != len(idents) or not _FEWEST <= len(idents) <= _MOST:
        raise UsageError(f"Bitte {_FEWEST} bis {_MOST} verschiedene Kennungen angeben.")
    settings = settle(data, as_of, False, date.today())
    advisor = compiled.advisor(settings.data)
    programmes = [advisor.programme(ident) for ident in idents]
    with Sink(output) as out:
        if chosen == "text":
            Comparison(terminal_for(out, color), advisor.catalogue).compare(programmes, settings.as_of)
        elif chosen == "csv":
            from esfmatch.render.sheets import CsvTable

            table = CsvTable(raw(out), ("", *(programme.name for programme in programmes)))
            for label, values in aspects(programmes, advisor.catalogue, settings.as_of):
                table.row((label, *("\n".join(value) for value in values)))
        elif chosen == "md":
            print(as_markdown(programmes, advisor.catalogue, settings.as_of), file=out)
        else:
            print(json_shape.dumps(shape(programmes, advisor.catalogue, settings.as_of)), file=out)
    return ExitCode.YES

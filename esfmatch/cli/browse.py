"""Looking into the catalogue: `list` and `show`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from esfmatch import catalogue
from esfmatch.advice import unknown_id
from esfmatch.cli.options import AsOf, Color, DataOption, Format, Output
from esfmatch.edges import Sink, console_for, one_of
from esfmatch.eligibility import PeriodState, period_on, version_on
from esfmatch.problems import ExitCode
from esfmatch.render import data as json_shape
from esfmatch.render.pages import Pages
from esfmatch.settings import settle


def list_(
    need: Annotated[
        str | None, typer.Option("--need", metavar="KENNUNG", help="Nur Instrumente zu diesem Bedarf.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Nur diese Art (programme, call, plan …).")] = None,
    applicant: Annotated[
        str | None, typer.Option("--applicant", help="Nur für diese Antragstellenden (company …).")
    ] = None,
    open_only: Annotated[bool, typer.Option("--open", help="Nur, was am Stichtag offen ist.")] = False,
    data: DataOption = None,
    as_of: AsOf = None,
    format: Format = "text",
    output: Output = None,
    color: Color = "auto",
) -> None:
    """Listet die Instrumente des Katalogs."""
    one_of("--format", format, ("text", "json"))
    settings = settle(data, as_of, False, date.today())
    loaded = catalogue.load(settings.data)
    if need is not None and need not in loaded.needs_by_id:
        raise unknown_id("Bedarf", need, list(loaded.needs_by_id))
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
        if format == "json":
            entries = [
                {"id": p.id, "name": p.name, "kind": p.kind, "period": period_on(p, settings.as_of).value}
                for p in found
            ]
            print(json_shape.dumps({"schema": "esfmatch/list/1", "programmes": entries}), file=out)
        else:
            Pages(console_for(out, color), loaded).programmes(found, settings.as_of)
    raise typer.Exit(ExitCode.YES if found else ExitCode.NO)


def show(
    ident: Annotated[str, typer.Argument(metavar="KENNUNG", help="Kennung des Instruments.")],
    data: DataOption = None,
    as_of: AsOf = None,
    format: Format = "text",
    output: Output = None,
    color: Color = "auto",
) -> None:
    """Zeigt ein Instrument vollständig, in der Fassung des Stichtags."""
    one_of("--format", format, ("text", "json"))
    settings = settle(data, as_of, False, date.today())
    loaded = catalogue.load(settings.data)
    programme = loaded.by_id.get(ident)
    if programme is None:
        raise unknown_id("Instrument", ident, list(loaded.by_id))
    with Sink(output) as out:
        if format == "json":
            version, period = version_on(programme, settings.as_of), period_on(programme, settings.as_of)
            shape = json_shape.programme(programme, version, period.value, loaded, settings.as_of)
            print(json_shape.dumps(shape), file=out)
        else:
            Pages(console_for(out, color), loaded).programme(programme, settings.as_of)

"""Gathers what stands on each dashboard from `dashboard_figures`, `findings_off` and `deliveries`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from expectations.findings import BY_CODE as FINDINGS
from expectations.sources import BY_NAME as SOURCES
from transforms.engine import Engine
from transforms.lists.dashboard import Page, Unit

Row = Mapping[str, Any]


def dashboards(engine: Engine, period: str, as_of: date) -> Iterator[tuple[str, str, Page]]:
    """For every district and every city: the folder, the recipient's code, and the page."""
    units: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in engine.rows("dashboard_figures").to_pylist():
        units[row["level"], row["unit_code"]].append(row)
    files, off = _files(engine), _off(engine)
    districts = sorted(code for level, code in units if level == "district")
    lines = {stage: engine.parameters.get(f"{stage}_control_line") for stage in ("primary", "junior")}
    small_cell = int(str(engine.parameters["small_cell"]))

    def page(title: str, level: str, code: str, tables: Sequence[tuple[str, Sequence[Unit]]], of: Sequence[str],
             grid: Sequence[Unit] = ()) -> Page:  # fmt: skip
        return Page(
            title, period, as_of, small_cell,
            {(row["stage"], row["indicator"]): row for row in units[level, code]}, tables,
            [f"{named(district)}{sentence}" if len(of) > 1 else sentence
             for district in of for sentence in off[district]], _summed(files, of),
            {stage: float(str(line)) for stage, line in lines.items() if line is not None}, grid,
        )  # fmt: skip

    def named(code: str) -> str:
        return next((row["unit_name"] for level in ("district", "city") for row in units.get((level, code), ())), code)

    def parts(level: str, district: str) -> list[Unit]:
        return sorted(
            (_unit(rows) for (own, _), rows in units.items() if own == level and rows[0]["district_code"] == district),
            key=lambda unit: (unit.name, unit.code),
        )

    for code in districts:
        tables = (("各学校", parts("school", code)), ("各乡镇街道", parts("township", code)))
        yield code, code, page(f"{named(code)}控辍保学看板", "district", code, tables, [code])
    for code in sorted(code for level, code in units if level == "city"):
        own = [district for district in districts if district[:4] == code[:4]]
        of_city = [_unit(units["district", district]) for district in own]
        yield f"全市_{code}", code, page(
            f"{named(code)}控辍保学看板", "city", code, (("各区县", of_city),), own, of_city
        )  # fmt: skip


def _unit(rows: Sequence[Row]) -> Unit:
    return Unit(
        rows[0]["unit_code"], rows[0]["unit_name"], {row["indicator"]: row for row in rows if row["stage"] == "all"}
    )


def _off(engine: Engine) -> Mapping[str, list[str]]:
    lacking: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in engine.rows("findings_off").to_pylist():
        lacking[row["district_code"], row["finding"]].append(SOURCES[row["missing_source"]].chinese)
    told: dict[str, list[str]] = defaultdict(list)
    for (district, finding), sources in lacking.items():
        told[district].append(f"{FINDINGS[finding].chinese}：没有收到{'、'.join(sorted(sources))}数据")
    return told


def _files(engine: Engine) -> Mapping[tuple[str, str], Counter[str]]:
    """Counts of files and rows by district and source."""
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in engine.rows("deliveries").to_pylist():
        figures = counted[row["district_code"], row["source"] or ""]
        figures["refused" if row["verdict"] == "refused" else "taken"] += 1
        for name in ("rows_read", "rows_accepted", "rows_set_aside"):
            figures[name] += row[name]
    return counted


def _summed(
    files: Mapping[tuple[str, str], Counter[str]], districts: Sequence[str]
) -> list[tuple[str, int, int, int, int, int]]:
    summed = []
    for name in (*SOURCES, ""):
        one: Counter[str] = sum((files[key] for key in files if key[0] in districts and key[1] == name), Counter())
        if one:
            label = SOURCES[name].chinese if name else "不明来源"
            summed.append(
                (label, one["taken"], one["refused"], one["rows_read"], one["rows_accepted"], one["rows_set_aside"])
            )
    return summed

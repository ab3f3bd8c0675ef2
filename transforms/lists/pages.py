"""Gathers what stands on each dashboard from `dashboard_figures`, `findings_off` and `deliveries`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from expectations.findings import BY_CODE as FINDINGS
from expectations.sources import BY_NAME as SOURCES
from transforms.engine import Engine
from transforms.lists.dashboard import DIVISIONS, GROUPED, TREND, Figures, Page, Unit

Row = Mapping[str, Any]
_OF_UNIT = ("district_code", "unit_code", "unit_name", "stage", "indicator", "value", "withheld", "previous_value")


def dashboards(desk: Desk) -> Iterator[Page]:
    """The page of every district and every city."""
    for code in desk.codes("district"):
        townships = desk.parts("township", code)
        tables = (("各学校", desk.parts("school", code)), ("各乡镇街道", townships))
        yield desk.page("district", code, code, [code], tables, townships)
    for code in desk.codes("city"):
        own = [district for district in desk.codes("district") if district[:4] == code[:4]]
        tiles = [desk.unit("district", district) for district in own]
        yield desk.page("city", code, f"全市_{code}", own, (("各区县", tiles),), tiles)


class Desk:
    """Everything the pages and bulletins of one run are made from, read once."""

    def __init__(self, engine: Engine, period: str) -> None:
        self._period = period
        self._units: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for level in ("district", "city"):
            for row in _figures(engine, level).to_pylist():
                self._units[level, row["unit_code"]].append(row)
        # a pupil living in another district does not move the school there
        homes = {row["school_code"]: row["district_code"] for row in engine.rows("schools").to_pylist()}
        self._parts = {
            level: _with_home(_figures(engine, level, stage="all"), level, homes) for level in ("school", "township")
        }
        self._history = _history(engine)
        self._groups: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
        for row in engine.rows("dashboard_groups").to_pylist():
            self._groups[row["level"], row["unit_code"], row["division"], row["indicator"]].append(row)
        self._retention = engine.rows("retention").to_pylist()
        self._quality = engine.rows("school_quality").to_pylist()
        self._files = _files(engine)
        self._lacking = _lacking(engine)
        lines = {stage: engine.parameters.get(f"{stage}_control_line") for stage in ("primary", "junior")}
        self.lines = {stage: float(str(line)) for stage, line in lines.items() if line is not None}
        self.small_cell = int(str(engine.parameters["small_cell"]))

    def codes(self, level: str) -> list[str]:
        """The districts or cities."""
        return sorted(code for own, code in self._units if own == level)

    def figures(self, level: str, code: str) -> Figures:
        """A district's or city's figures by stage and indicator."""
        return {(row["stage"], row["indicator"]): row for row in self._units[level, code]}

    def unit(self, level: str, code: str) -> Unit:
        """A district's or city's figures of all stages."""
        return _unit(code, [row for row in self._units[level, code] if row["stage"] == "all"])

    def parts(self, level: str, district: str) -> list[Unit]:
        """The schools or townships of a district, by name."""
        of_level = self._parts[level]
        rows = of_level.filter(pc.equal(of_level["home"], district)).to_pylist()
        own = [_unit(code, list(group)) for code, group in groupby(rows, key=itemgetter("unit_code"))]
        return sorted(own, key=lambda unit: (unit.name, unit.code))

    def periods(self, level: str, code: str) -> list[str]:
        """The periods a unit's figures were shown for, the present one last."""
        return sorted(of for of, own, unit in self._history if (own, unit) == (level, code))

    def shown_in(self, period: str, level: str, code: str, indicator: str, stage: str = "all") -> float | None:
        """A figure as it was shown for a period; nothing where it was withheld."""
        value: float | None = self._history.get((period, level, code), {}).get((stage, indicator))
        return value

    def groups(self, level: str, code: str, division: str, indicator: str) -> list[Row]:
        """A figure by the members of a division, the greatest first, what is withheld last."""
        rows = self._groups[level, code, division, indicator]
        return sorted(rows, key=lambda row: (row["value"] is None, -(row["value"] or 0), row["member"]))

    def retention(self, level: str, code: str) -> list[Row]:
        """The rows of `retention` of a unit."""
        return [row for row in self._retention if (row["level"], row["unit_code"]) == (level, code)]

    def quality(self, districts: Sequence[str]) -> list[Row]:
        """The rows of `school_quality` of some districts."""
        return [row for row in self._quality if row["district_code"] in districts]

    def off(self, districts: Sequence[str]) -> list[str]:
        """Which findings were not judged, and for want of what."""
        return [
            ("" if len(districts) == 1 else self.unit("district", district).name)
            + f"{FINDINGS[finding].chinese}：没有收到{'、'.join(sources)}数据"
            for (district, finding), sources in self._lacking.items()
            if district in districts
        ]

    def page(
        self, level: str, code: str, folder: str, districts: Sequence[str], tables: Sequence[tuple[str, Sequence[Unit]]],
        grid: Sequence[Unit] = (),
    ) -> Page:  # fmt: skip
        """What stands on the dashboard of a unit."""
        one = len(districts) == 1
        return Page(
            folder=folder, code=code, title=f"{self.unit(level, code).name}控辍保学看板", period=self._period,
            small_cell=self.small_cell, tables=tables, off=self.off(districts), files=_summed(self._files, districts),
            figures=self.figures(level, code),
            lines=self.lines, grid=grid, retention=self.retention(level, code), quality=self.quality(districts),
            trend=[(of, {name: self.shown_in(of, level, code, name) for name in TREND}) for of in self.periods(level, code)],
            groups=[
                (division, name, self.groups(level, code, division, name)) for name in GROUPED for division in DIVISIONS
            ],
            not_judged=frozenset(finding for district, finding in self._lacking if one and district == districts[0]),
        )  # fmt: skip


def _figures(engine: Engine, level: str, **of: str) -> pa.Table:
    """The figures of a level by unit."""
    every = engine.districts("dashboard_figures")
    return engine.part("dashboard_figures", _OF_UNIT, *every, level=level, **of)


def _unit(code: str, rows: Sequence[Row]) -> Unit:
    return Unit(code, rows[0]["unit_name"], {row["indicator"]: row for row in rows})


def _with_home(rows: pa.Table, level: str, homes: Mapping[str, str]) -> pa.Table:
    """``rows`` with the district of their unit: left in Arrow, since a city's schools and townships have half a million."""
    codes = pc.dictionary_encode(rows["unit_code"]).combine_chunks()
    figures = dict(zip(rows["unit_code"].to_pylist(), rows["district_code"].to_pylist(), strict=True))
    home = pa.array([_district_of(level, code, homes, figures) for code in codes.dictionary.to_pylist()], pa.string())
    return rows.append_column("home", home.take(codes.indices))


def _district_of(level: str, code: str, homes: Mapping[str, str], figures: Mapping[str, str]) -> str:
    """The district of a school by the register, of a township by its code; where neither tells, by its figures."""
    if level == "township" and re.fullmatch(r"\d{9,12}", code):
        return code[:6]
    return homes.get(code, figures[code])


def _history(engine: Engine) -> dict[tuple[str, str, str], dict[tuple[str, str], float | None]]:
    """What was shown, by period and unit."""
    shown: dict[tuple[str, str, str], dict[tuple[str, str], float | None]] = defaultdict(dict)
    for row in engine.rows("dashboard_history").to_pylist():
        shown[row["of_period"], row["level"], row["unit_code"]][row["stage"], row["indicator"]] = row["value"]
    return shown


def _lacking(engine: Engine) -> Mapping[tuple[str, str], list[str]]:
    """What sources each district lacks for each finding."""
    lacking: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in engine.rows("findings_off").to_pylist():
        lacking[row["district_code"], row["finding"]].append(SOURCES[row["missing_source"]].chinese)
    return lacking


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

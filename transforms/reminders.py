"""The reminder of every office that owes answers: which cases are due soon or overdue, on any day after a run.

    <outbox>/催办/<district>/<kind of office>_<unit>/<district>_<unit>_催办单_<day>.xlsx

The folder holds one day's reminders and is replaced whole by the next day's; names are masked, numbers left out.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from expectations.policy import Policy
from expectations.recipients import BY_CODE as RECIPIENTS
from transforms.calendar import run_parameters
from transforms.children import declare
from transforms.engine import Engine
from transforms.lists.offices import Edition, edition_of
from transforms.lists.protect import PasswordOf, protect
from transforms.lists.workbook import Field, Sheet, safe_name, write_workbook

FOLDER = "催办"
KIND = "催办单"
FIELDS = (
    ("case_no", Field("案号", 14, centred=True)), ("name_masked", Field("姓名", 12, centred=True)),
    ("place", Field("班级或学校", 28)), ("problem", Field("问题", 24, centred=True)),
    ("due_on", Field("应答期限", 15, centred=True)),
)  # fmt: skip


@dataclass(frozen=True)
class Reminded:
    """What a day's reminders come to: offices written to, cases due soon, cases overdue."""

    offices: int
    due: int
    overdue: int


def remind(
    folder: Path, outbox: Path, period: str, as_of: date, policy: Policy, *, password_of: PasswordOf | None = None
) -> Reminded:
    """Write the reminders of ``as_of`` from the run in ``folder``, in place of those of the day before."""
    made_on = json.loads((folder / "run.json").read_text(encoding="utf-8"))["as_of"]
    parameters = {**run_parameters(period, as_of, policy), "as_of": as_of}
    with Engine(folder, parameters) as engine:
        declare(engine)
        engine.build("reminders", "division_names")
        rows = engine.rows("reminders").to_pylist()
        edition = edition_of(engine, period, as_of)
    making, place = outbox / f".{FOLDER}.new", outbox / FOLDER
    shutil.rmtree(making, ignore_errors=True)
    offices = 0
    for office, of_office in _offices(rows):
        _write(making, office, of_office, edition, made_on, password_of)
        offices += 1
    shutil.rmtree(place, ignore_errors=True)
    if offices:
        making.rename(place)
    return Reminded(offices, *_counts(rows))


def _offices(rows: list[dict[str, Any]]) -> Iterator[tuple[tuple[str, str, str], list[dict[str, Any]]]]:
    for key, group in groupby(rows, key=lambda row: (row["recipient"], row["district_code"], row["unit_code"])):
        yield key, sorted(group, key=lambda row: (-(row["days_overdue"] or 0), row["due_on"], row["case_no"]))


def _write(
    root: Path,
    office: tuple[str, str, str],
    rows: list[dict[str, Any]],
    edition: Edition,
    made_on: str,
    password_of: PasswordOf | None,
) -> None:
    recipient, district, code = office
    name: str = rows[0]["unit_name"]
    unit = safe_name(name)
    kind = RECIPIENTS[recipient].chinese
    folder = root / district / (f"{kind}_{safe_name(code, 20)}_{unit}" if code != name else f"{kind}_{unit}")
    for part in (root, folder.parent, folder):
        part.mkdir(mode=0o700, parents=True, exist_ok=True)
    overdue = sum(row["days_overdue"] is not None for row in rows)
    told = [(column, field) for column, field in FIELDS if any(row[column] is not None for row in rows)]
    sheet = Sheet(
        KIND, f"{name}{KIND}",
        f"期次：{edition.month}　　发出单位：{edition.bureau(district)}　　催办日期：{edition.as_of.isoformat()}"
        f"　　共 {len(rows)} 项，其中逾期 {overdue} 项",
        f"下列事项截至 {made_on} 尚未收到答复。请在原下发的核实名单上填写核实结果并退回，逾期的请先答复；本单不需退回。"
        "案号在核实名单最右一列，取消隐藏即可对照。",
        (Field("序号", 6, centred=True), *(field for _, field in told), Field("期限情况", 18, centred=True)),
        [[number, *(row[column] for column, _ in told), _late(row, edition.as_of)] for number, row in enumerate(rows, 1)],
        marked=frozenset(at for at, row in enumerate(rows) if row["days_overdue"] is not None), signed=False,
    )  # fmt: skip
    path = folder / f"{district}_{unit}_{KIND}_{edition.as_of.isoformat()}.xlsx"
    write_workbook(path, [sheet], made_on=edition.as_of)
    if password_of is not None:
        protect(path, password_of(district, recipient, code, name))


def _late(row: Mapping[str, Any], as_of: date) -> str:
    """How late an answer is, or how many days are left for it."""
    if row["days_overdue"] is not None:
        return f"已逾期 {row['days_overdue']} 天"
    left = (row["due_on"] - as_of).days
    return f"还有 {left} 天" if left else "今日到期"


def _counts(rows: list[dict[str, Any]]) -> tuple[int, int]:
    """Cases due soon and cases overdue; one that two offices owe is counted once."""
    overdue = {row["case_no"] for row in rows if row["days_overdue"] is not None}
    return len({row["case_no"] for row in rows} - overdue), len(overdue)

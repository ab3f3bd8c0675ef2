"""Looking back: the runs there have been, what two of them differ in, and an earlier one made anew."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rich.table import Table

from expectations.errors import NotReady, WrongArgument
from flows import access, stages
from flows.manifest import outputs, packages
from flows.room import out_of_room
from flows.summary import print_whole
from transforms.diff import CHANGES, Counts, changes, counted, counted_then, differences
from transforms.lake import Lake, as_json, checked_period, linked

STAGES = (
    stages.take_in, stages.link_records, stages.form_children, stages.find, stages.follow_cases, stages.deliver_lists,
)  # fmt: skip


def show_runs(lake: Lake, period: str | None) -> None:
    """Every run of ``period``, or of all: when, of what, what came of it, and whether its tables are kept."""
    lake.check_schema()
    periods = [period] if period else lake.known_periods()
    table = Table(
        "period", "run", "", "state", "started", "as of", "districts", "files", "children", "findings", "seconds", "tables",
        box=None, pad_edge=False,
    )  # fmt: skip
    shown = 0
    for of in periods:
        current = lake.current(of)
        for told in lake.history(of):
            shown += 1
            name = str(told["run"])
            in_force = "in force" if current is not None and current.name == name else ""
            kept = "kept" if (lake.folder / of / "runs" / name).is_dir() else ""
            table.add_row(
                of, name, in_force, _state(told), _moment(told.get("started_at")), str(told.get("as_of", "")),
                " ".join(told.get("districts") or ["all"]), _count(told.get("inputs")), _count(told.get("children")),
                _count(told.get("findings")), _seconds(told), kept,
            )  # fmt: skip
    if not shown:
        raise NotReady(f"{lake.root} has no run{f' of {period}' if period else ''} yet: run `baoxue run` first")
    print_whole(table)


def _state(told: dict[str, Any]) -> str:
    error = told.get("error")
    return f"{told.get('state', 'published')}{f' ({error})' if error else ''}"


def _moment(text: str | None) -> str:
    return f"{datetime.fromisoformat(text).astimezone(access.BEIJING):%Y-%m-%d %H:%M}" if text else ""


def _count(value: Any) -> str:
    if isinstance(value, dict):
        return str(sum(value.values()))
    return str(len(value)) if isinstance(value, list) else str(value if value is not None else "")


def _seconds(told: dict[str, Any]) -> str:
    return f"{sum(told['seconds'].values()):.0f}" if told.get("seconds") else ""


def show_differences(lake: Lake, period: str, run_a: str, run_b: str, *, cases: bool) -> None:
    """What two runs of ``period`` do not agree on; with ``cases`` the case number behind every difference.

    Of a run whose tables are gone only the counts are known, from its manifest; then ``cases`` raises `NotReady`.
    """
    lake.check_schema()
    a, b = lake.run_named(period, run_a), lake.run_named(period, run_b)
    if a["run"] == b["run"]:
        raise WrongArgument(f"{run_a} and {run_b} are the same run")
    for told in (a, b):
        if told.get("state", "published") != "published":
            raise WrongArgument(f"{told['run']} has no results: it is {told['state']}")
    folders = [lake.folder / period / "runs" / str(told["run"]) for told in (a, b)]
    if cases:
        folders = [lake.run_folder(period, str(told["run"])) for told in (a, b)]
    whole = all(folder.is_dir() for folder in folders)
    rows = changes(*folders) if whole else None
    counts: list[Counts] = [
        counted(folder) if folder.is_dir() else counted_then(told) for folder, told in zip(folders, (a, b), strict=True)
    ]
    found = differences(counts[0], counts[1], rows)
    print(f"{period}: {_named(a)} → {_named(b)}")
    _tell_inputs(a, b)
    if not found:
        print("no finding differs")
        return
    how = CHANGES if whole else ()
    table = Table("district", "finding", "before", "after", *how, box=None, pad_edge=False)
    for one in found:
        kinds = (str(one.changed.get(kind, "")) for kind in how)
        table.add_row(one.district, one.finding, str(one.before), str(one.after), *kinds)
    print_whole(table)
    if not whole:
        print(
            "only the counts are known: the tables of one of the runs are not kept (`baoxue run --from-run` makes them anew)"
        )
    if cases and rows:
        _tell_cases(lake, period, a, b, rows)


def _named(told: dict[str, Any]) -> str:
    return f"{told['run']} (as of {told.get('as_of', '?')}, baoxue {told.get('version', '?')})"


def _tell_inputs(a: dict[str, Any], b: dict[str, Any]) -> None:
    """What the runs were made from differently: deliveries, settings, the run of the period before."""
    if "inputs" in a and "inputs" in b:
        before, after = ({one["path"]: one["sha256"] for one in told["inputs"]} for told in (a, b))
        exchanged = sum(before[path] != after[path] for path in before.keys() & after.keys())
        print(f"deliveries: {len(after.keys() - before.keys())} more, {len(before.keys() - after.keys())} fewer, "
              f"{exchanged} exchanged, {len(after) - len(after.keys() - before.keys()) - exchanged} the same")  # fmt: skip
    settings = [{name: value for name, (value, _) in told.get("settings", {}).items()} for told in (a, b)]
    for name in sorted(settings[0].keys() | settings[1].keys()):
        if settings[0].get(name) != settings[1].get(name):
            print(f"setting {name}: {settings[0].get(name)} → {settings[1].get(name)}")
    if a.get("previous") != b.get("previous") and "previous" in a and "previous" in b:
        print(f"period before: {a['previous']} → {b['previous']}")


def _tell_cases(lake: Lake, period: str, a: dict[str, Any], b: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    named = [row["case_no"] or row["child_id"] for row in rows]
    access.noted(lake, "diff", children=named, period=period, run=a["run"], other_run=b["run"])
    table = Table("district", "finding", "change", "case", "reason before", "reason after", box=None, pad_edge=False)
    for row, name in sorted(
        zip(rows, named, strict=True), key=lambda one: (one[0]["district_code"], one[0]["finding"])
    ):
        table.add_row(
            row["district_code"], row["finding"], row["change"], name, row["reason_before"] or "",
            row["reason_after"] or "",
        )  # fmt: skip
    print_whole(table)


def make_anew(root: Path, period: str, run: str, *, quiet: bool) -> int:
    """Make the tables and lists of an earlier run anew from its kept deliveries, settings and day, and compare.

    Equal tables are kept under the run's name for `query`, `explain` and `diff`; nothing in force changes. Returns 0
    where every table and list came out byte for byte the same, 1 where one did not. Raises `NotReady` where what it
    was made from is kept no longer.
    """
    lake = Lake(root)
    lake.check_schema()
    told = lake.run_named(checked_period(period), run)
    if told.get("state", "published") != "published":
        raise WrongArgument(f"{told['run']} has no results to make anew: it is {told['state']}")
    if "inputs" not in told:
        raise NotReady(f"{told['run']} was made by the first release, which kept no deliveries: it cannot be made anew")
    name = str(told["run"])
    with lake.held():
        lake.settle()
        work = stages.Run(
            period, tuple(told["districts"]) if told["districts"] else None, lake.root, None,
            date.fromisoformat(told["as_of"]), quiet, name, lake.work_folder(period, f"again-{name}"),
            started_at=datetime.now(tz=UTC), again=name,
        )  # fmt: skip
        access.noted(lake, "run", period=period, run=name, made_anew=True)
        try:
            return _compared(work, told)
        except BaseException as error:
            if reason := out_of_room(error):
                raise reason from None
            raise
        finally:
            shutil.rmtree(work.folder, ignore_errors=True)


def _compared(run: stages.Run, told: dict[str, Any]) -> int:
    _lay_out(run, told["inputs"])
    for stage in STAGES:
        stage(run)
    made = outputs(run.folder, run.districts)
    parts = [("tables", made["tables"], told["outputs"]["tables"])]
    if not told.get("encrypted"):  # a closed file differs each time it is closed
        parts.append(("lists", made["lists"], told["outputs"]["lists"]))
    differing = [
        name for _, now, then in parts for name in sorted(now.keys() | then.keys()) if now.get(name) != then.get(name)
    ]
    if differing:
        print(f"{run.name}: {len(differing)} of its tables and lists came out otherwise: {', '.join(differing[:5])}"
              f"{' …' if len(differing) > 5 else ''}")  # fmt: skip
        for line in _made_otherwise(told):
            print(line)
        return 1
    counts = " and ".join(f"{len(now)} {what}" for what, now, _ in parts)
    print(f"{run.name}: {counts} made anew from {len(told['inputs'])} kept deliveries, byte for byte the same")
    _keep_tables(run, told)
    return 0


def _lay_out(run: stages.Run, kept: list[dict[str, Any]]) -> None:
    """The inbox of then, out of the kept deliveries."""
    missing = [one for one in kept if not (run.lake.deliveries / one["sha256"]).is_file()]
    if missing:
        raise NotReady(
            f"{len(missing)} of the {len(kept)} deliveries of {run.name} are kept no longer: it cannot be made anew"
        )
    for one in kept:
        place = run.inbox() / run.period / one["path"]
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        source = run.lake.deliveries / one["sha256"]
        linked(source, place)


def _made_otherwise(told: dict[str, Any]) -> list[str]:
    now = packages()
    then = told.get("packages", {})
    return [
        f"{name}: {then.get(name, 'none')} then, {now.get(name, 'none')} now"
        for name in sorted(then.keys() | now.keys())
        if then.get(name) != now.get(name)
    ] or ["the packages are those of then; baoxue itself, its reference tables or the kept files have changed"]


def _keep_tables(run: stages.Run, told: dict[str, Any]) -> None:
    final = run.folder.with_name(run.name)
    if final.is_dir():
        print(f"its tables are kept: {final}")
        return
    for left in ("inbox", "outbox"):
        shutil.rmtree(run.folder / left, ignore_errors=True)
    (run.folder / "run.json").write_text(as_json({**told, "made_anew": True}), encoding="utf-8")
    run.folder.rename(final)
    print(
        f"its tables are kept until the next run of {run.period}: baoxue query --period {run.period} --run {run.name} …"
    )

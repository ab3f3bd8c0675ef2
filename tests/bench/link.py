"""How well, how fast and in how much memory two tables are linked, beside Splink 5 in one run.

    python -m tests.bench.link --records 1000000 --splink /tmp/splink/bin/python     # with and without numbers
    python -m tests.bench.link --records 1000000 --growth --spill                    # 1M → 4M; 1 GB for DuckDB

Splink gets an environment of its own, since the product needs none of it:
`python -m venv /tmp/splink && /tmp/splink/bin/pip install splink==5.0.0 duckdb==2.0.0`.

A city is invented (tests/link/city.py: twins, homophones, blank, broken, swapped and guardians' numbers, movers, second
entries), and its registry linked with its household register: by `transforms.link.link_tables` from the two Parquet
files, and by Splink (tests/bench/splink_rival.py) from the same evidence, names taken apart and numbers told by kind
beforehand; that preparation is timed by itself and counted to Splink only in the column that says so. Every step is a
process of its own, so that one's memory is not counted as the other's; of ours, the command `baoxue link`, and of Splink
it is counted from its start to its end, of the preparation without start and imports. They take turns (`--times`), and the
fastest of each counts: what else the machine does falls on each alike. Precision counts linked pairs, recall the
children who stand in both tables; "shown" are those only offered to people. Splink decides nothing by itself, so both
methods' pairs, ours with those for people, are also cut at the same probabilities, and at the one that, seen
afterwards, gives each its best F1. Other work on the machine stretches seconds: processor seconds (cpu) of one
run are the ones to compare. Not part of the tests: no time or figure is asserted.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

COLUMNS = {
    "record_id": "record_id", "name": "name", "id_number": "id_number", "birth_date": "birth_date", "sex": "sex",
    "district_code": "district_code", "township_code": "township_code", "school_code": "school_code", "grade": "grade",
    "class_no": "class_no", "guardian1_name": "guardian_name", "guardian1_id_number": "guardian_id_number", "phone": "phone",
}  # fmt: skip
CUTS = (0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999, 0.99999)
"""The probabilities tried as a cut, of both methods alike."""
SHOWN_CUTS = (0.5, 0.95, 0.99)
Judge = Callable[[Any], dict[str, float]]
CITY = 1_000_000
"""The most children one invented city has; more are several cities with districts of their own."""
PREPARED = """
copy (
    select record_id[3:] as unique_id, name_key, name_sound, surname, given, former_name_key,
        coalesce(surname, name_key[1:2]) as head,
        array_to_string(list_transform(string_split(name_shape, ' '), lambda glyph: split_part(glyph, '/', 2)), ' ') as name_body,
        case when id_kind not in ('blank', 'guardian', 'several') then id_number end as usable_number, id_kind, id_prefix,
        cast(birth_date as varchar) as birth_date, sex, district_code, township_code, guardian_name, guardian_id_number, phone
    from person_records where source = '{source}'
) to '{file}' (format parquet)
"""

ALL_RECORDS = """
create temp table given_records as
select 'registry' as side, * exclude (row_no) replace ('l:' || record_id as record_id) from given_left
union all
select 'household' as side, * exclude (row_no) replace ('r:' || record_id as record_id) from given_right
"""
"""What the stage given_records gives where nothing is settled at a glance, which Splink has no use for."""


def invent(folder: Path, records: int, seed: int) -> None:
    """Write left.parquet, right.parquet, the right one without numbers, and truth.parquet (record_id, child)."""
    from tests.link.city import make

    writers: dict[str, pq.ParquetWriter] = {}
    for part, first in enumerate(range(0, records, CITY)):
        city = make(min(CITY, records - first), seed + part, attendance=False, first_district=990101 + 10 * part)
        rows = {
            side: _columns(city.tables[table], f"{part}-")
            for side, table in (("left", "registry_pupils"), ("right", "household_children"))
        }
        held = np.array(list(city.child_of.values())) + first
        ids = pc.binary_join_element_wise(f"{part}-", pa.array(list(city.child_of)), "")
        rows["truth"] = pa.table({"record_id": ids, "child": held})
        for name, table in rows.items():
            if name not in writers:
                writers[name] = pq.ParquetWriter(folder / f"{name}.parquet", table.schema)
            # As DuckDB writes Parquet: in parts that two processors can read at a time.
            writers[name].write_table(table, row_group_size=122_880)
    for writer in writers.values():
        writer.close()


def _columns(table: pa.Table, mark: str) -> pa.Table:
    rows = table.select([c for c in COLUMNS if c in table.column_names])
    rows = rows.rename_columns([COLUMNS[c] for c in rows.column_names])
    return rows.set_column(0, "record_id", pc.binary_join_element_wise(mark, rows["record_id"], ""))


def without_numbers(folder: Path, other: Path) -> None:
    """The same city, its right table without citizen numbers."""
    other.mkdir()
    for name in ("left", "right", "truth"):
        rows = pq.read_table(folder / f"{name}.parquet")
        given = rows.drop_columns(["id_number"]) if name == "right" else rows
        pq.write_table(given, other / f"{name}.parquet", row_group_size=122_880)


def ours(folder: Path) -> dict[str, float]:
    """What the product took to find the pairs: the command, as anybody gives it."""
    tables = [str(folder / f"{side}.parquet") for side in ("left", "right")]
    return taken([sys.executable, "-m", "flows.command", "link", *tables, "--out", str(folder / "ours.parquet")])


def ours_in_1_gb(folder: Path) -> None:
    """The pairs with one gigabyte for DuckDB, so that it has to spill."""
    from transforms.link import link_tables

    pairs = link_tables(folder / "left.parquet", folder / "right.parquet", folder / "work", memory_limit="1GB")
    pq.write_table(pairs, folder / "ours.parquet")


def prepare(folder: Path) -> None:
    """The columns Splink compares: names taken apart and numbers told by kind, by the product's own first stages."""
    from transforms.engine import Engine
    from transforms.link import IDENTITY

    with Engine(folder / "work", {"period": "2000-01"}, scratch=True) as engine:
        for side in ("left", "right"):
            engine.open_given(f"given_{side}", folder / f"{side}.parquet")
        engine.con.execute(ALL_RECORDS)
        engine._open.add("given_records")
        engine.build(*IDENTITY, only=("person_records",))
        for side, source in (("left", "registry"), ("right", "household")):
            engine.con.execute(PREPARED.format(source=source, file=folder / f"prepared_{side}.parquet"))


def splink(folder: Path, python: Path) -> dict[str, float]:
    """What Splink took, in an interpreter of its own."""
    return taken([str(python), str(Path(__file__).with_name("splink_rival.py")), str(folder)])


def taken(command: Sequence[str]) -> dict[str, float]:
    """What a process took from its start to its end."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return {
        "seconds": time.perf_counter() - started,
        "cpu": used.ru_utime + used.ru_stime,
        "gib": used.ru_maxrss / 1024**2,
    }


def fastest(turns: Sequence[dict[str, float]]) -> dict[str, float]:
    """The least of each figure over some turns, memory the most."""
    return {name: (max if name == "gib" else min)(turn[name] for turn in turns) for name in turns[0]}


def judged(folder: Path, pairs: pa.Table) -> tuple[Judge, pa.Array]:
    """What counts any choice of ``pairs``, and which of them are links rather than shown to people."""
    truth = pq.read_table(folder / "truth.parquet")
    ids, children = truth["record_id"].combine_chunks(), truth["child"].to_numpy()

    def child_of(records: pa.ChunkedArray) -> Any:
        return children[pc.index_in(records.combine_chunks(), value_set=ids).to_numpy()]

    both = np.intersect1d(
        *(child_of(pq.read_table(folder / f"{side}.parquet", columns=["record_id"])[0]) for side in ("left", "right"))
    )
    left, right = child_of(pairs["left_record_id"]), child_of(pairs["right_record_id"])

    def count(chosen: Any) -> dict[str, float]:
        found = np.unique(left[chosen & (left == right)])
        shown = np.setdiff1d(np.unique(left[~chosen & (left == right)]), found)
        precision = int((left == right)[chosen].sum()) / max(1, int(chosen.sum()))
        recall = len(np.intersect1d(found, both)) / max(1, len(both))
        return {
            "precision": precision, "recall": recall, "f1": 2 * precision * recall / max(1e-9, precision + recall),
            "shown": len(shown) / max(1, len(both)), "links": int(chosen.sum()), "linkable": len(both),
        }  # fmt: skip

    linked = (
        pc.equal(pairs["decision"], "link") if "decision" in pairs.column_names else pa.array([True] * pairs.num_rows)
    )
    return count, linked.to_numpy(zero_copy_only=False)


def accuracy(folder: Path, pairs: pa.Table) -> dict[str, float]:
    """Precision of the links, and shares of the children in both tables that are linked or shown."""
    count, linked = judged(folder, pairs)
    return count(linked)


def by_probability(folder: Path, pairs: pa.Table) -> dict[str, dict[str, float]]:
    """The figures of all pairs, those for people included, at each cut of `SHOWN_CUTS` and at the best of `CUTS`."""
    count, _ = judged(folder, pairs)
    probability = pairs["probability"].to_numpy()
    at = {cut: count(probability >= cut) for cut in CUTS}
    best = max(CUTS, key=lambda cut: at[cut]["f1"])
    return {**{f"p ≥ {cut}": at[cut] for cut in SHOWN_CUTS}, f"best, p ≥ {best}": at[best]}


def measured(method: Callable[[Path], None], folder: Path) -> dict[str, float]:
    """What ``method`` took in a process of its own."""
    answers = multiprocessing.get_context("spawn").Queue()
    apart(_measure, method, folder, answers)
    result: dict[str, float] = answers.get()
    return result


def _measure(method: Callable[[Path], None], folder: Path, answers: Any) -> None:
    started, began = time.perf_counter(), time.process_time()
    method(folder)
    seconds, cpu = time.perf_counter() - started, time.process_time() - began
    gib = 0.0
    if sys.platform != "win32":
        import resource

        gib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    answers.put({"seconds": seconds, "cpu": cpu, "gib": gib})


def apart(target: Callable[..., None], *arguments: object) -> None:
    """Run ``target`` in a process of its own."""
    process = multiprocessing.get_context("spawn").Process(target=target, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(f"{target.__name__} ended with {process.exitcode}")


def say(name: str, took: dict[str, float], figures: dict[str, float] | None = None) -> None:
    """One line of the table."""
    shown = _in_columns(figures) if figures else ""
    print(f"{name:24}{took['seconds']:8.1f}{took['cpu']:8.1f}{took['gib']:7.2f}{shown}", flush=True)


def _in_columns(figures: dict[str, float]) -> str:
    return (
        "".join(f"{figures[k]:10.5f}" for k in ("precision", "recall", "f1", "shown"))
        + f"{figures['links']:10.0f}{figures['linkable']:10.0f}"
    )


def say_cuts(name: str, folder: Path, pairs: pa.Table) -> None:
    """One line per cut: pairs of at least that probability, whoever decides them."""
    for cut, figures in by_probability(folder, pairs).items():
        print(f"{'  ' + name + ', ' + cut:47}{_in_columns(figures)}", flush=True)


def beside_splink(folder: Path, mine: dict[str, float], prepared: dict[str, float], theirs: dict[str, float]) -> None:
    """Splink's lines, both at the same and at their best cuts, and how far apart the two are."""
    say("  its preparation", prepared)
    say("splink", theirs)
    for name in ("splink", "ours"):
        say_cuts(name, folder, pq.read_table(folder / f"{name}.parquet"))
    print(
        f"  splink ÷ ours: seconds {theirs['seconds'] / mine['seconds']:.1f}, cpu {theirs['cpu'] / mine['cpu']:.1f}, memory {theirs['gib'] / mine['gib']:.1f};"
        f" with its preparation: seconds {(theirs['seconds'] + prepared['seconds']) / mine['seconds']:.1f}, cpu {(theirs['cpu'] + prepared['cpu']) / mine['cpu']:.1f}",
        flush=True,
    )


def main() -> None:
    """Print one row per method and kind of tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--records", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--splink", type=Path, metavar="PYTHON", help="also Splink, installed in this interpreter")
    parser.add_argument("--times", type=int, default=1, help="turns of each method; the fastest counts")
    parser.add_argument("--only", choices=["numbers", "no-numbers"], help="one of the two kinds of tables")
    parser.add_argument("--spill", action="store_true", help="also with one gigabyte for DuckDB")
    parser.add_argument("--growth", action="store_true", help="also four times as many")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folders = {"numbers": Path(scratch) / "numbers", "no-numbers": Path(scratch) / "no-numbers"}
        folders["numbers"].mkdir()
        apart(invent, folders["numbers"], given.records, given.seed)
        without_numbers(folders["numbers"], folders["no-numbers"])
        print(f"{'':24}{'s':>8}{'cpu':>8}{'GiB':>7}{'precision':>10}{'recall':>10}{'F1':>10}{'shown':>10}{'links':>10}{'linkable':>10}")  # fmt: skip
        took = {}
        for kind, folder in folders.items():
            if given.only in (None, kind):
                mine, prepared, theirs = [], [], []
                for _ in range(given.times):
                    mine.append(ours(folder))
                    if given.splink:
                        prepared.append(measured(prepare, folder))
                        theirs.append(splink(folder, given.splink))
                took[kind] = fastest(mine)
                say(f"ours, {kind}", took[kind], accuracy(folder, pq.read_table(folder / "ours.parquet")))
                if given.splink:
                    beside_splink(folder, took[kind], fastest(prepared), fastest(theirs))
                if given.spill:
                    spilled = measured(ours_in_1_gb, folder)
                    say("ours, 1 GB for DuckDB", spilled, accuracy(folder, pq.read_table(folder / "ours.parquet")))
        if given.growth:
            large = Path(scratch) / "large"
            large.mkdir()
            apart(invent, large, 4 * given.records, given.seed)
            grown, first = ours(large), next(iter(took.values()))
            say("ours, four times", grown, accuracy(large, pq.read_table(large / "ours.parquet")))
            print(f"  growth: seconds {grown['seconds'] / first['seconds']:.1f}, cpu {grown['cpu'] / first['cpu']:.1f}, memory {grown['gib'] / first['gib']:.1f}")  # fmt: skip


if __name__ == "__main__":
    main()

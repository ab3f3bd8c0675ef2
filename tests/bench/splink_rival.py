"""Splink 5 on the evidence the product links by: `PYTHON splink_rival.py FOLDER` in an interpreter of its own.

Reads left.parquet and right.parquet of FOLDER as `tests.bench.link` prepared them (names taken apart, numbers with their
kind), trains on them with Splink's own methods, scores on DuckDB, keeps the mutual best and writes splink.parquet
(left_record_id, right_record_id, probability). Prints the seconds of its three parts. Needs splink alone, which brings
duckdb and pyarrow; the product needs none of it.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise
from pathlib import Path

import duckdb
import splink.comparison_level_library as level
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_library import CustomComparison

NAME = [
    level.NullLevel("name_key"),
    level.ExactMatchLevel("name_key").configure(tf_adjustment_column="name_key"),
    level.CustomLevel("name_key_l = former_name_key_r or former_name_key_l = name_key_r"),
    level.CustomLevel("name_sound_l = name_sound_r"),
    level.CustomLevel("name_body_l = name_body_r"),
    level.CustomLevel("given_l = given_r"),
    level.CustomLevel("length(name_key_l) = length(name_key_r) and levenshtein(name_key_l, name_key_r) <= 3"),
    level.ElseLevel(),
]
NUMBER = [
    level.CustomLevel("usable_number_l is null or usable_number_r is null").configure(is_null_level=True),
    level.ExactMatchLevel("usable_number"),
    # Only where a checksum fails may a digit differ: two valid numbers are two people (twins have neighbouring ones).
    level.CustomLevel("(id_kind_l in ('truncated', 'masked') or id_kind_r in ('truncated', 'masked')) and id_prefix_l[1:14] = id_prefix_r[1:14]"),
    level.CustomLevel("usable_number_l like replace(usable_number_r, '*', '_') or usable_number_r like replace(usable_number_l, '*', '_')"),
    level.CustomLevel("(id_kind_l <> 'valid' or id_kind_r <> 'valid') and levenshtein(usable_number_l, usable_number_r) <= 1"),
    level.ElseLevel(),
]  # fmt: skip
BIRTH = [
    level.NullLevel("birth_date"),
    level.ExactMatchLevel("birth_date"),
    level.CustomLevel(
        "birth_date_l[1:4] = birth_date_r[1:4] and (birth_date_l[6:7] = birth_date_r[6:7] or birth_date_l[9:10] = birth_date_r[9:10]"
        " or birth_date_l[6:7] = birth_date_r[9:10] and birth_date_l[9:10] = birth_date_r[6:7]) or birth_date_l[6:10] = birth_date_r[6:10]"
    ),
    level.ElseLevel(),
]  # fmt: skip
FAMILY = [
    level.CustomLevel("coalesce(guardian_name_l, phone_l) is null or coalesce(guardian_name_r, phone_r) is null").configure(is_null_level=True),
    level.CustomLevel("guardian_id_number_l = guardian_id_number_r"),
    level.CustomLevel("guardian_name_l = guardian_name_r and phone_l = phone_r"),
    level.CustomLevel("guardian_name_l = guardian_name_r"),
    level.CustomLevel("phone_l = phone_r"),
    level.ElseLevel(),
]  # fmt: skip
PLACE = [
    level.NullLevel("district_code"),
    level.CustomLevel("township_code_l = township_code_r"),
    level.CustomLevel("district_code_l = district_code_r"),
    level.ElseLevel(),
]
SEX = [level.NullLevel("sex"), level.ExactMatchLevel("sex"), level.ElseLevel()]
COMPARED = {"name": NAME, "id_number": NUMBER, "birth_date": BIRTH, "family": FAMILY, "place": PLACE, "sex": SEX}
BLOCKS = (
    ("usable_number",), ("birth_date", "head"), ("birth_date", "given"), ("name_key", "guardian_name"), ("name_key", "phone"),
    ("name_key", "township_code"), ("guardian_id_number", "head"),
)  # fmt: skip
BEST = """
copy (
    select unique_id_l as left_record_id, unique_id_r as right_record_id, match_probability as probability
    from {scored}
    qualify row_number() over (partition by unique_id_l order by match_weight desc, unique_id_r) = 1
        and row_number() over (partition by unique_id_r order by match_weight desc, unique_id_l) = 1
) to '{file}' (format parquet)
"""


def main(folder: Path) -> None:
    """Train, score, and write the mutual best."""
    clock = [time.perf_counter()]
    con = duckdb.connect()
    api = DuckDBAPI(con)
    tables = [
        api.register(con.read_parquet(str(folder / f"prepared_{side}.parquet")), table_name=f"{side}_records")
        for side in ("left", "right")
    ]
    numbered = con.sql(f"select count(usable_number) from '{folder}/prepared_right.parquet'").fetchall() != [(0,)]
    compared = {name: levels for name, levels in COMPARED.items() if numbered or name != "id_number"}
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[CustomComparison(levels, output_column_name=name) for name, levels in compared.items()],
        blocking_rules_to_generate_predictions=[block_on(*b) for b in BLOCKS if numbered or b != ("usable_number",)],
        retain_matching_columns=False,
    )
    linker = Linker(tables, settings, log_level=None)
    clock.append(time.perf_counter())
    sure = block_on("usable_number") if numbered else block_on("name_key", "birth_date")
    linker.training.estimate_probability_two_random_records_match([sure], recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in (sure, block_on("name_key", "birth_date"), block_on("birth_date", "guardian_name")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=1e6)
    clock.append(time.perf_counter())
    scored = linker.inference.predict(threshold_match_probability=0.01)
    con.execute(BEST.format(scored=scored.physical_name, file=folder / "splink.parquet"))
    clock.append(time.perf_counter())
    print(*(f"{after - before:.2f}" for before, after in pairwise(clock)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

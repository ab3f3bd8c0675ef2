import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations.catalog import TABLES
from tests.tables import table
from transforms.engine import ContractBroken, Engine, inputs

CHILD_RECORDS = TABLES["child_records"]
TWO = """
    district_code | child_id | record_id | source
    990102        | b        | 2         | registry
    990101        | a        | 1         | registry
"""


def test_a_table_is_kept_as_one_file_a_district_in_the_order_of_its_key(tmp_path):
    with Engine(tmp_path) as engine:
        engine.put("child_records", table(CHILD_RECORDS, TWO))
    assert sorted(p.name for p in (tmp_path / "child_records").iterdir()) == ["990101.parquet", "990102.parquet"]
    with Engine(tmp_path) as engine:
        assert engine.rows("child_records").column("record_id").to_pylist() == ["1", "2"]


def test_equal_rows_in_another_order_give_equal_bytes(tmp_path):
    rows = table(CHILD_RECORDS, TWO)
    for name, given in (("a", rows), ("b", rows.take([1, 0]))):
        (tmp_path / name).mkdir()
        with Engine(tmp_path / name) as engine:
            engine.put("child_records", given)
    for part in ("990101.parquet", "990102.parquet"):
        first, second = ((tmp_path / name / "child_records" / part).read_bytes() for name in "ab")
        assert first == second


def test_a_source_nobody_delivered_is_a_table_without_rows(tmp_path):
    with Engine(tmp_path) as engine:
        assert engine.count("vocational_pupils") == 0


def test_a_part_of_a_table_is_of_the_districts_and_values_asked_for(tmp_path):
    rows = """
        district_code | level    | unit_code | stage | indicator | value
        990101        | district | 990101    | all   | pupils    | 1
        990101        | school   | 2100      | all   | pupils    | 2
        990102        | school   | 2200      | all   | pupils    | 3
    """
    with Engine(tmp_path) as engine:
        engine.put("indicators", table(TABLES["indicators"], rows))
        engine.hold(100_000_000)
        assert engine.part("indicators", ["unit_code"], "990101", level="school").to_pylist() == [{"unit_code": "2100"}]
        assert engine.part("indicators", ["unit_code"], level="school").num_rows == 0


def test_the_period_before_is_open_under_its_own_name(tmp_path):
    with Engine(tmp_path / "old") as engine:
        engine.put("child_records", table(CHILD_RECORDS, TWO))
    with Engine(tmp_path / "new", previous=tmp_path / "old") as engine:
        assert engine.count("child_records") == 0
        engine.need("previous_child_records")
        assert engine.con.execute("select count(*) from previous_child_records").fetchall() == [(2,)]


def test_a_repeated_key_is_refused_at_the_door(tmp_path):
    rows = table(CHILD_RECORDS, TWO)
    with Engine(tmp_path) as engine, pytest.raises(ContractBroken, match="repeat the key"):
        engine.put("child_records", pa.concat_tables([rows, rows]))


def test_a_missing_required_value_is_refused_at_the_door_without_naming_a_value(tmp_path):
    rows = table(CHILD_RECORDS, TWO)
    broken = rows.set_column(2, "child_id", pa.array([None, "Zhang San"]))
    with Engine(tmp_path) as engine, pytest.raises(ContractBroken) as caught:
        engine.put("child_records", broken)
    assert "child_id" in str(caught.value)
    assert "Zhang" not in str(caught.value)


def test_a_column_the_contract_does_not_know_is_refused_at_the_door(tmp_path):
    rows = table(CHILD_RECORDS, TWO).append_column("surprise", pa.array([1, 2]))
    with Engine(tmp_path) as engine, pytest.raises(ContractBroken, match="surprise"):
        engine.put("child_records", rows)


def test_inputs_are_the_tables_read_and_not_the_names_made_on_the_way():
    text = """
        -- from nowhere
        with made as (select * from children), more as materialized (select * from made)
        select * from more join links using (record_id)
    """
    assert inputs(text) == ["children", "links"]


def test_what_nothing_reads_any_more_is_dropped_and_never_read_as_if_it_were_empty(tmp_path):
    with Engine(tmp_path, {"examples": 9}, scratch=True) as engine:
        engine.put("given_left", table(TABLES["given_left"], "record_id\n 1"))
        engine.build("given_numbers", "sure_pairs", only=("sure_pairs",))
        assert engine.count("sure_pairs") == 0
        with pytest.raises(ContractBroken):
            engine.rows("given_numbers")


def test_a_last_table_is_answered_in_the_order_of_its_key_without_being_opened(tmp_path):
    with Engine(tmp_path, {"examples": 9, "period": "2000-01"}, scratch=True) as engine:
        engine.put(
            "sure_pairs",
            table(TABLES["sure_pairs"], "left_record_id | right_record_id | is_settled\n 2 | 8 | true\n 1 | 9 | true"),
        )
        assert engine.result("given_pairs").column("left_record_id").to_pylist() == ["1", "2"]
        assert engine.count("given_pairs") == 0


def test_a_scratch_engine_keeps_nothing(tmp_path):
    with Engine(tmp_path, scratch=True) as engine:
        engine.put("child_records", table(CHILD_RECORDS, TWO))
        assert engine.count("child_records") == 2
    assert not list(tmp_path.iterdir())


def test_whole_numbers_from_outside_held_as_fractions_lose_the_point_again(tmp_path):
    with Engine(tmp_path, scratch=True) as engine:
        engine.open_given(
            "given_left", pa.table({"record_id": [1.0, 2.0], "phone": [13900000001.0, None], "grade": [3.0, None]})
        )
        assert engine.rows("given_left").select(["record_id", "phone", "grade"]).to_pylist() == [
            {"record_id": "1", "phone": "13900000001", "grade": "3"}, {"record_id": "2", "phone": None, "grade": None},
        ]  # fmt: skip


def test_rows_from_outside_are_read_under_the_contract_whatever_columns_they_have(tmp_path):
    rows = pa.table({"record_id": [1, 2], "name": ["张伟", None], "colour": ["red", "red"]})
    pq.write_table(rows, tmp_path / "given.parquet")
    with Engine(tmp_path / "work") as engine:
        for given, source in (("given_left", rows), ("given_right", tmp_path / "given.parquet")):
            assert engine.open_given(given, source) == {"record_id": "BIGINT", "name": "VARCHAR", "colour": "VARCHAR"}
            assert engine.rows(given).select(["row_no", "record_id", "name", "phone"]).to_pylist() == [
                {"row_no": 0, "record_id": "1", "name": "张伟", "phone": None}, {"row_no": 1, "record_id": "2", "name": None, "phone": None},
            ]  # fmt: skip

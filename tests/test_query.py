import pyarrow as pa
import pytest

from expectations.catalog import TABLES
from expectations.errors import BadQuery
from tests.tables import table
from transforms.engine import Engine
from transforms.query import query, without_formulas


@pytest.fixture
def folder(tmp_path):
    with Engine(tmp_path) as engine:
        engine.put(
            "child_records",
            table(TABLES["child_records"], "child_id | record_id | source\n a | 1 | registry\n a | 2 | household"),
        )
    return tmp_path


def test_every_table_is_a_view_of_its_name(folder):
    counted = query(folder, "select child_id, count(*) as records from child_records group by all")
    assert counted.to_pylist() == [{"child_id": "a", "records": 2}]


def test_a_table_the_run_does_not_have_is_empty(folder):
    assert query(folder, "select count(*) as n from findings").to_pylist() == [{"n": 0}]


def test_a_wrong_query_is_one_sentence(folder):
    with pytest.raises(BadQuery, match="no_such_column"):
        query(folder, "select no_such_column from findings")


@pytest.mark.parametrize(
    "text",
    [
        "copy child_records to '{0}/stolen.csv'",
        "select * from read_csv('/etc/passwd')",
        "set enable_external_access = true",
        "attach '{0}/other.db'",
    ],
)
def test_a_query_reaches_nothing_but_the_tables(folder, tmp_path_factory, text):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    with pytest.raises(BadQuery):
        query(folder, text.format(elsewhere))
    assert not list(elsewhere.iterdir())


def test_what_a_spreadsheet_would_take_for_a_formula_is_text_in_csv():
    rows = pa.table({"name": ["=1+1", "+86", "-1", "@x", "\t=1", "张三", None], "n": [-1, 2, 3, 4, 5, 6, 7]})
    safe = without_formulas(rows)
    assert safe["name"].to_pylist() == ["'=1+1", "'+86", "'-1", "'@x", "'\t=1", "张三", None]
    assert safe["n"].to_pylist() == [-1, 2, 3, 4, 5, 6, 7]

import pyarrow as pa

from expectations.catalog import TABLES
from expectations.suite import KEY, Failure, checked_columns
from transforms.checked import Checked
from transforms.understood import RowsOf

CONTRACT = TABLES["registry_pupils"]
COLUMNS = checked_columns(CONTRACT)


def rows(deliveries):
    """Rows of deliveries: (delivery, (record, name), …)."""
    told = [(delivery, record, name) for delivery, *given in deliveries for record, name in given]
    columns = {KEY: pa.array([r for _, r, _ in told]), "delivery_id": pa.array([d for d, *_ in told])}
    columns |= {c.name: pa.array([n if c.name == "name" else None for *_, n in told], pa.string()) for c in COLUMNS}
    return pa.table(columns)


class Suite:
    """Finds a name of one character wrong, and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, _contract, given):
        assert "delivery_id" not in given.column_names
        self.asked += given[KEY].to_pylist()
        found = zip(given[KEY].to_pylist(), given["name"].to_pylist(), strict=True)
        return [Failure(record, "name", "wrong_form") for record, name in found if len(name or "") == 1]


def a_night(before, *deliveries):
    suite = Suite()
    checked = Checked.read(before) if before.is_file() else Checked()
    known_by = {delivery: RowsOf(repr(given), len(given)) for delivery, *given in deliveries}
    found = checked.failures(CONTRACT, known_by, lambda wanted: rows([d for d in deliveries if d[0] in wanted]), suite)
    before.write_text(checked.as_text(), encoding="utf-8")
    return [one.record_id for one in found], suite.asked, (checked.reused, checked.rows)


A = ("a", ("a1", "王小明"), ("a2", "王"))
B = ("b", ("b1", "李"), ("b2", "李小红"))


def test_rows_that_are_the_same_are_not_checked_again_and_fail_again(tmp_path):
    kept = tmp_path / "checked.json"
    assert a_night(kept, A, B) == (["a2", "b1"], ["a1", "a2", "b1", "b2"], (0, 4))
    assert a_night(kept, A, B) == (["a2", "b1"], [], (4, 4))


def test_one_changed_row_has_its_delivery_alone_checked_again(tmp_path):
    kept = tmp_path / "checked.json"
    a_night(kept, A, B)
    changed = ("a", ("a1", "王"), ("a2", "王"))
    assert a_night(kept, changed, B) == (["a1", "a2", "b1"], ["a1", "a2"], (2, 4))


def test_what_more_is_delivered_is_checked_alone(tmp_path):
    kept = tmp_path / "checked.json"
    a_night(kept, A, B)
    more = ("a0", *((f"n{n}", None if n % 2 else "张小红") for n in range(5)))
    found, asked, _ = a_night(kept, more, A, B)
    assert (found, asked) == (["a2", "b1"], ["n0", "n1", "n2", "n3", "n4"])


def test_the_same_rows_under_another_delivery_are_its_own(tmp_path):
    kept = tmp_path / "checked.json"
    a_night(kept, A)
    assert a_night(kept, ("c", *A[1:]))[1] == ["a1", "a2"]


def test_deliveries_are_checked_whole_so_many_rows_together(tmp_path, monkeypatch):
    monkeypatch.setattr("transforms.checked.BATCH_ROWS", 3)
    assert a_night(tmp_path / "checked.json", A, B, ("c", ("c1", "张"))) == (
        ["a2", "b1", "c1"], ["a1", "a2", "b1", "b2", "c1"], (0, 5),
    )  # fmt: skip


def test_what_no_delivery_holds_any_more_is_forgotten(tmp_path):
    kept = tmp_path / "checked.json"
    a_night(kept, A, B)
    a_night(kept, A)
    assert a_night(kept, A, B)[1] == ["b1", "b2"]


def test_other_demands_are_checked_anew(tmp_path, monkeypatch):
    kept = tmp_path / "checked.json"
    a_night(kept, A)
    monkeypatch.setattr("transforms.checked.checked_columns", lambda _contract: COLUMNS[:-1])
    assert a_night(kept, A)[1] == ["a1", "a2"]


def test_nothing_that_stands_in_a_cell_is_kept(tmp_path):
    kept = tmp_path / "checked.json"
    a_night(kept, A, B)
    assert not {"王", "李", "王小明"} & set(kept.read_text(encoding="utf-8"))


def test_what_cannot_be_read_is_nothing(tmp_path):
    kept = tmp_path / "checked.json"
    kept.write_text("[1", encoding="utf-8")
    assert a_night(kept, A)[1] == ["a1", "a2"]

import json

from tests.tables import run


def test_a_row_is_kept_whole_as_it_was_delivered_with_every_reason():
    [row] = run("quarantine", {
        "registry_rows": """
            record_id | sheet | row_no | name | id_number | remarks
            1         | 甲    | 7      | 张 伟 |          | "x":null,
            2         | 甲    | 8      | 李娜 |           |
        """,
        "set_aside": """
            record_id | source   | delivery_id | code
            1         | registry | d           | repeated_row
            1         | registry | d           | missing_value
        """,
    }).to_pylist()  # fmt: skip
    assert (row["sheet"], row["row_no"], row["codes"]) == ("甲", 7, "missing_value,repeated_row")
    assert json.loads(row["row_text"]) == {
        "record_id": "1",
        "sheet": "甲",
        "row_no": 7,
        "name": "张 伟",
        "remarks": '"x":null,',
    }

from tests.parameters import parameters
from tests.tables import check


def test_a_child_goes_by_every_name_delivered_now_and_by_the_one_of_the_period_before():
    check("child_names", {
        "child_records": "child_id | record_id\na | r\na | h\nb | s\nc | t",
        "person_records": "record_id | name\nr | 张可萱\nh | 张可 萱\ns | 艾力·买买提\nt |",
        "previous_children": "child_id | name\na | 张科萱\nd | 王一",
    }, """
        child_id | names
        a        | 张可萱、张科萱
        b        | 艾力买买提
        d        | 王一
    """, parameters())  # fmt: skip

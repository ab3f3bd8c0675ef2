from tests.tables import check


def test_every_child_of_the_period_before_keeps_its_id_to_itself():
    check("ids_in_use", {"previous_children": "child_id\nk2\nk1"}, "child_id\nk1\nk2")

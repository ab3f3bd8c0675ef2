from tests.case.test_cases import STEPS
from tests.tables import check


def test_each_event_has_the_state_it_found_and_the_state_it_left():
    check("case_steps", {"case_transitions": STEPS, "case_events": """
        case_no   | event_no | event
        AAAA-AAA2 | 1        | opened
        AAAA-AAA2 | 2        | dropout
        AAAA-AAA2 | 3        | gone
        BBBB-BBB2 | 1        | opened
        BBBB-BBB2 | 2        | gone
    """}, """
        case_no   | event_no | from_state | to_state | state
        AAAA-AAA2 | 1        | none       | open     | open
        AAAA-AAA2 | 2        | open       | dropout  | dropout
        AAAA-AAA2 | 3        | dropout    | returned | returned
        BBBB-BBB2 | 1        | none       | open     | open
        BBBB-BBB2 | 2        | open       | closed   | closed
    """)  # fmt: skip


def test_a_step_that_is_not_declared_leaves_the_state_and_says_so():
    check("case_steps", {"case_transitions": STEPS, "case_events": """
        case_no   | event_no | event
        AAAA-AAA2 | 1        | opened
        AAAA-AAA2 | 2        | gone
        AAAA-AAA2 | 3        | dropout
    """}, """
        event_no | from_state | to_state | state
        1        | none       | open     | open
        2        | open       | closed   | closed
        3        | closed     |          | closed
    """)  # fmt: skip

from tests.tables import check

CANDIDATES = """
    child_id | finding            | matter
    a        | absent_from_school | absence
    a        | missing_id_number  | missing_id_number
    b        | absent_from_school | absence
    c        | absent_from_school | absence
"""


def test_only_what_an_open_match_could_undo_waits_and_what_an_answer_explains():
    check("waiting_findings", {
        "finding_candidates": CANDIDATES,
        "valid_answers": "child_id | matter | answer_code | answered_on\nc | absence | A3 | 2026-03-20",
        "finding_changed_by": "finding | source\nabsent_from_school | attendance",
        "review_pairs": """
            left_record_id | right_record_id | left_source | right_source
            ra             | sheet           | registry    | attendance
            rb             | home            | registry    | household
        """,
        "child_records": "record_id | child_id\nra | a\nrb | b\nrc | c",
    }, """
        child_id | finding            | waits_for
        a        | absent_from_school | review
        c        | absent_from_school | answer
    """)  # fmt: skip


def test_the_other_child_of_an_open_match_brings_all_its_records():
    check("waiting_findings", {
        "finding_candidates": CANDIDATES,
        "finding_changed_by": "finding | source\nabsent_from_school | attendance",
        "review_pairs": """
            left_record_id | right_record_id | left_source | right_source
            ra             | home            | registry    | household
            rb             | house           | registry    | household
        """,
        "child_records": """
            record_id | child_id | source
            ra        | a        | registry
            home      | x        | household
            sheet     | x        | attendance
            rb        | b        | registry
            house     | y        | household
        """,
    }, """
        child_id | finding            | waits_for
        a        | absent_from_school | review
    """)  # fmt: skip

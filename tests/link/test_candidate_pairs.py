from tests.tables import check

HEAD = (
    "record_id | person_no | source | name_key | name_sound | surname | given | birth_date | guardian_name | in_force"
)
OPEN = "person_no | source\n 1 | registry\n 2 | household\n 3 | household"


def test_one_birthday_and_surname_are_worth_comparing():
    check(
        "candidate_pairs",
        {
            "person_records": f"""{HEAD}
        a | 1 | registry  | 王一 | wang yi | 王 | 一 | 2015-01-01 | | true
        b | 2 | household | 王二 | wang er | 王 | 二 | 2015-01-01 | | true
        c | 3 | household | 王三 | wang san | 王 | 三 | 2016-01-01 | | true
    """,
            "open_records": OPEN,
        },
        """
        left_no | right_no | kind
        1       | 2        | cross
        1       | 2        | random
        1       | 3        | random
    """,
    )


def test_a_changed_surname_is_found_by_given_name_and_birthday():
    check(
        "candidate_pairs",
        {
            "person_records": f"""{HEAD}
        a | 1 | registry  | 王一 | wang yi | 王 | 一 | 2015-01-01 | | true
        b | 2 | household | 李一 | li yi   | 李 | 一 | 2015-01-01 | | true
    """,
            "open_records": "person_no | source\n 1 | registry\n 2 | household",
        },
        """
        left_no | right_no | kind
        1       | 2        | cross
        1       | 2        | random
    """,
    )


def test_brothers_are_not_compared_as_second_entries():
    check(
        "candidate_pairs",
        {
            "person_records": f"""{HEAD}
        a | 1 | registry | 王一 | wang yi | 王 | 一 | 2015-01-01 | 王父 | true
        b | 2 | registry | 王二 | wang er | 王 | 二 | 2015-01-01 | 王父 | true
        c | 3 | registry | 王一 | wang yi | 王 | 一 | 2015-01-01 | 王父 | true
    """,
            "open_records": "person_no | source\n 1 | registry\n 2 | registry\n 3 | registry",
        },
        """
        left_no | right_no | kind
        1       | 3        | duplicate
    """,
    )


def test_two_entries_of_one_source_with_one_number_are_compared_whatever_their_names():
    check(
        "candidate_pairs",
        {
            "person_records": f"""{HEAD}
        a | 1 | registry | 王一 | wang yi | 王 | 一 | 2015-01-01 | 王父 | true
        b | 2 | registry | 王二 | wang er | 王 | 二 | 2015-01-01 | 王父 | true
        c | 3 | registry | 王三 | wang san | 王 | 三 | 2015-01-01 | 王父 | true
    """,
            "open_records": "person_no | source\n 1 | registry\n 2 | registry\n 3 | registry",
            "number_pairs": "left_no | right_no | left_source | right_source\n 1 | 2 | registry | registry",
        },
        """
        left_no | right_no | kind
        1       | 2        | duplicate
    """,
    )


def test_where_no_number_confirms_a_pair_a_rare_name_with_its_birth_day_is_likely():
    check(
        "candidate_pairs",
        {
            "person_records": f"""{HEAD}
        a | 1 | registry  | 王一 | wang yi | 王 | 一 | 2015-01-01 | | true
        b | 2 | household | 王一 | wang yi | 王 | 一 | 2015-01-01 | | true
    """,
            "open_records": "person_no | source\n 1 | registry\n 2 | household",
        },
        """
        left_no | right_no | kind
        1       | 2        | cross
        1       | 2        | likely
        1       | 2        | random
    """,
    )


def test_names_that_plainly_differ_are_not_compared_for_a_birth_day_and_a_surname():
    check(
        "candidate_pairs",
        {
            "person_records": f"""{HEAD} | id_kind
        a | 1 | registry  | 王一心 | wang yi xin | 王 | 一心 | 2015-01-01 | | true | blank
        b | 2 | household | 王二林 | wang er lin | 王 | 二林 | 2015-01-01 | | true | blank
        c | 3 | household | 王三森 | wang san sen | 王 | 三森 | 2015-01-01 | | true | checksum
    """
            # Six more born that day, so that the day is no quiet one.
            + "".join(
                f"        d{i} | 1{i} | household | 李{i} | li {i} | 李 | {i} | 2015-01-01 | | true | blank\n"
                for i in range(6)
            ),
            "open_records": OPEN + "".join(f"\n 1{i} | household" for i in range(6)),
        },
        """
        left_no | right_no | kind
        1       | 2        | random
        1       | 3        | cross
        1       | 3        | random
    """
        + "".join(f"        1 | 1{i} | random\n" for i in range(6)),
    )

import numpy as np

from tests.tables import check, run

PARAMETERS = {"small_cell": 5}


def shown(figures, expected, **inputs):
    check("dashboard_figures", {"indicators": figures, **inputs}, expected, PARAMETERS)


def test_a_small_count_and_the_one_that_would_give_it_away_are_withheld():
    shown("""
        level  | unit_code | stage | indicator         | value
        school | s1        | all   | suspected_dropout | 3
        school | s2        | all   | suspected_dropout | 9
        school | s3        | all   | suspected_dropout | 7
        school | s4        | all   | suspected_dropout | 0
    """, """
        unit_code | value | withheld
        s1        |       | true
        s2        | 9     | false
        s3        |       | true
        s4        | 0     | false
    """)  # fmt: skip


def test_a_count_of_the_policys_smallest_cell_is_shown_and_one_less_is_not():
    """Below the smallest cell there is always more than one withheld, else the sum would tell."""
    shown("""
        level  | unit_code | stage | indicator         | value
        school | s1        | all   | suspected_dropout | 4
        school | s2        | all   | suspected_dropout | 4
        school | s3        | all   | suspected_dropout | 5
    """, """
        unit_code | value | withheld
        s1        |       | true
        s2        |       | true
        s3        | 5     | false
    """)  # fmt: skip


def test_two_small_counts_hide_each_other_only_when_their_sum_is_not_small():
    shown("""
        level  | unit_code | stage | indicator         | value
        school | s1        | all   | suspected_dropout | 1
        school | s2        | all   | suspected_dropout | 2
        school | s3        | all   | suspected_dropout | 8
        school | s1        | all   | not_enrolled      | 3
        school | s2        | all   | not_enrolled      | 4
        school | s3        | all   | not_enrolled      | 8
    """, """
        unit_code | indicator         | value
        s1        | not_enrolled      |
        s1        | suspected_dropout |
        s2        | not_enrolled      |
        s2        | suspected_dropout |
        s3        | not_enrolled      | 8
        s3        | suspected_dropout |
    """)  # fmt: skip


def test_five_is_shown_and_pupils_always_are():
    shown("""
        level  | unit_code | stage | indicator         | value
        school | s1        | all   | suspected_dropout | 5
        school | s1        | all   | pupils            | 3
    """, """
        indicator         | value
        pupils            | 3
        suspected_dropout | 5
    """)  # fmt: skip


def test_a_share_is_withheld_with_the_count_it_is_made_of():
    shown("""
        level    | unit_code | stage | indicator      | value
        district | 990101    | all   | cases_answered | 2
        district | 990101    | all   | answered_share | 0.02
        district | 990101    | all   | cases_overdue  | 50
        district | 990101    | all   | overdue_share  | 0.5
    """, """
        indicator      | value
        answered_share |
        cases_answered |
        cases_overdue  | 50
        overdue_share  | 0.5
    """)  # fmt: skip


def test_where_one_stage_is_withheld_both_are():
    shown("""
        level    | unit_code | stage   | indicator | value
        district | 990101    | all     | dropouts  | 20
        district | 990101    | junior  | dropouts  | 18
        district | 990101    | primary | dropouts  | 2
    """, """
        stage   | value
        all     | 20
        junior  |
        primary |
    """)  # fmt: skip


def test_the_period_before_stands_beside_as_it_was_shown_then():
    shown("""
        level    | unit_code | stage | indicator    | value
        district | 990101    | all   | dropout_risk | 20
        district | 990101    | all   | not_enrolled | 20
    """, """
        indicator    | previous_value
        dropout_risk | 14
        not_enrolled |
    """, previous_dashboard_figures="""
        level    | unit_code | stage | indicator    | value | withheld
        district | 990101    | all   | dropout_risk | 14    | false
        district | 990101    | all   | not_enrolled |       | true
    """)  # fmt: skip


def test_units_are_called_by_their_names():
    shown("""
        level    | unit_code | stage | indicator | value
        district | 990101    | all   | pupils    | 9
        school   | s1        | all   | pupils    | 9
        township | t1        | all   | pupils    | 9
    """, """
        unit_code | unit_name
        990101    | 990101
        s1        | 一小
        t1        | 东街
    """, school_homes="""
        school_code | school_name
        s1          | 一小
    """, townships="""
        township_code | township_name
        t1            | 东街
    """)  # fmt: skip


def test_a_rate_is_withheld_with_the_dropouts_of_the_year_it_is_made_of():
    shown("""
        level    | unit_code | stage   | indicator        | value
        district | 990101    | primary | dropouts         | 9
        district | 990101    | primary | dropouts_in_year | 2
        district | 990101    | primary | dropout_rate     | 0.002
    """, """
        indicator        | value
        dropout_rate     |
        dropouts         | 9
        dropouts_in_year |
    """)  # fmt: skip


def test_schools_do_not_add_up_to_a_district_that_is_withheld():
    shown("""
        district_code | level    | unit_code | stage | indicator         | value
        990101        | district | 990101    | all   | suspected_dropout | 2
        990102        | district | 990102    | all   | suspected_dropout | 30
        990101        | school   | s1        | all   | suspected_dropout | 2
        990102        | school   | s2        | all   | suspected_dropout | 12
        990102        | school   | s3        | all   | suspected_dropout | 18
    """, """
        level    | unit_code | value
        district | 990101    |
        district | 990102    |
        school   | s1        |
        school   | s2        |
        school   | s3        | 18
    """)  # fmt: skip


def cities(chance):
    """Figures of many invented cities: schools of one stage or both, districts and cities their sums."""
    rows = []
    for number in range(60):
        city = f"{10 + number}00"
        sums = {}
        for district in range(chance.integers(1, 5)):
            code = f"{city}{district + 1:02d}"
            for school in range(chance.integers(1, 7)):
                has_primary, has_junior = ((1, 0), (0, 1), (1, 1))[chance.integers(3)]
                mean = (1, 3, 8, 20)[number % 4] * 2 * chance.random()
                primary, junior = has_primary * chance.poisson(mean), has_junior * chance.poisson(mean)
                for stage, value in (("primary", primary), ("junior", junior), ("all", primary + junior)):
                    rows.append((code, "school", f"s{code}{school}", stage, int(value)))
                    for level, unit in (("district", code), ("city", city + "00")):
                        sums[level, unit, stage] = sums.get((level, unit, stage), 0) + int(value)
        rows += [(unit, level, unit, stage, value) for (level, unit, stage), value in sums.items()]
    return rows


def told_by_sums(rows, hidden):
    """The small figures that follow from those shown, because units and stages add up: an attacker's linear algebra."""
    at = {row[1:4]: number for number, row in enumerate(rows)}
    sums = []
    for _district, level, unit, stage, _ in rows:
        if stage == "all":
            sums.append([at[level, unit, stage], at[level, unit, "primary"], at[level, unit, "junior"]])
        if level != "school":
            below = "district" if level == "city" else "school"
            prefix = unit[:4] if level == "city" else unit
            parts = [row[1:4] for row in rows if row[1] == below and row[3] == stage and row[0].startswith(prefix)]
            sums.append([at[level, unit, stage], *(at[key] for key in parts)])
    unknown = [number for number, row in enumerate(rows) if row[1:4] in hidden]
    table = np.zeros((len(sums), len(rows)))
    for line, (whole, *parts) in enumerate(sums):
        table[line, whole] = 1
        table[line, parts] -= 1
    table = table[:, unknown]
    rank = np.linalg.matrix_rank(table) if unknown else 0
    found = []
    for column, number in enumerate(unknown):
        one = np.zeros((1, len(unknown)))
        one[0, column] = 1
        if 0 < rows[number][4] < 5 and np.linalg.matrix_rank(np.vstack([table, one])) == rank:
            found.append(rows[number])
    return found


def test_no_small_figure_follows_from_those_shown():
    rows = cities(np.random.default_rng(11))
    head = "district_code | level | unit_code | stage | indicator | value"
    drawn = "\n".join(
        f"{d} | {level} | {unit} | {stage} | not_enrolled | {value}" for d, level, unit, stage, value in rows
    )
    made = run("dashboard_figures", {"indicators": f"{head}\n{drawn}"}, PARAMETERS).to_pylist()
    hidden = {(row["level"], row["unit_code"], row["stage"]) for row in made if row["withheld"]}
    for city in sorted({row[0][:4] for row in rows}):
        of_city = [row for row in rows if row[0][:4] == city]
        assert told_by_sums(of_city, hidden) == []
    assert sum(0 < row[4] < 5 for row in rows) > 100
    small = {row[1:4] for row in rows if 0 < row[4] < 5}
    assert any(
        told_by_sums([row for row in rows if row[0][:4] == city], small) for city in {row[0][:4] for row in rows}
    ), "withholding the small alone would be found out"

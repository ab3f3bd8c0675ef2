from expectations.catalog import TABLES
from expectations.findings import BY_CODE as FINDINGS
from expectations.recipients import MASKS, RECIPIENTS, routes

NUMBERS_OR_FAMILY = {"groups", "registry_id_number", "household_id_number", "police_explanation"}


def test_every_finding_is_told_to_the_county_and_to_an_office_that_can_act():
    for code in FINDINGS:
        told = {recipient for recipient, finding, _, _ in routes() if finding == code}
        assert "county" in told and len(told) > 1, code


def test_a_finding_stands_on_one_sheet_of_an_office_only():
    assert len({(recipient, finding) for recipient, finding, _, _ in routes()}) == len(routes())


def test_every_column_says_why_the_office_needs_it_and_how_much_of_it():
    for recipient in RECIPIENTS:
        for sheet in recipient.sheets:
            for shown in sheet.columns:
                assert len(shown.why) > 10 and shown.mask in MASKS, (recipient.code, shown.column)
                assert shown.column in TABLES[recipient.table].names


def test_groups_and_whole_numbers_are_declared_where_they_are_shown():
    for recipient in RECIPIENTS:
        columns = {shown.column for sheet in recipient.sheets for shown in sheet.columns}
        assert ("groups" in columns) <= recipient.groups
        assert bool({"registry_id_number", "household_id_number", "id_number"} & columns) <= recipient.full_numbers

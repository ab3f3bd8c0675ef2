"""What holds of the repository itself, so that a newcomer finds any table's parts by its one name."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import sqlglot

from expectations import errors
from expectations.case_states import TRANSITIONS
from expectations.catalog import TABLES
from expectations.contract import STAGES
from expectations.dictionary import dictionary
from expectations.rules import rules
from expectations.sources import SOURCES
from tests.bench.whole_run import picture
from transforms.engine import SQL_FOLDER, inputs

ROOT = Path(__file__).parent.parent
SQL_FILES = sorted(path for path in SQL_FOLDER.rglob("*.sql") if path.name != "macros.sql")
PYTHON_FILES = sorted(p for folder in ("flows", "transforms", "expectations") for p in (ROOT / folder).rglob("*.py"))
TEMPORARY = {name for name, contract in TABLES.items() if contract.temporary}


@pytest.mark.parametrize("path", SQL_FILES, ids=lambda p: p.stem)
class TestEverySqlFile:
    def test_has_a_contract_in_its_stage(self, path):
        assert TABLES[path.stem].stage == path.parent.name

    def test_has_a_test_of_its_name(self, path):
        assert (ROOT / "tests" / path.parent.name / f"test_{path.stem}.py").is_file()

    def test_says_its_purpose_and_its_grain_first(self, path):
        head = re.match(r"(--[^\n]*\n)+", path.read_text(encoding="utf-8"))
        assert head, "no header comment"
        assert "one row per" in head.group().lower()

    def test_is_one_select_in_lower_case(self, path):
        text = re.sub(r"--[^\n]*|'[^']*'", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"\b(SELECT|FROM|WHERE|JOIN|GROUP|ORDER|WITH|CASE)\b", text)
        assert ";" not in text.strip().rstrip(";")

    def test_uses_only_what_another_engine_can_run_too(self, path):
        text = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8")).lower()
        assert not re.search(r"\b(hash|damerau_levenshtein|jaccard)\s*\(|\basof\b|\busing sample\b", text)

    def test_can_be_written_for_spark(self, path):
        [written] = sqlglot.transpile(path.read_text(encoding="utf-8"), read="duckdb", write="spark")
        assert written

    def test_reads_only_tables_of_its_own_or_an_earlier_stage(self, path):
        for name in inputs(path.read_text(encoding="utf-8")):
            if name in TABLES:
                # Taking in is one step: what became of a delivery is known when its rows are clean.
                stage = "clean" if path.parent.name == "intake" else path.parent.name
                assert STAGES.index(TABLES[name].stage) <= STAGES.index(stage), name

    def test_orders_what_it_keeps_by_its_key(self, path):
        if path.stem not in TEMPORARY:
            last = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8")).strip().rstrip(";")
            assert re.search(r"order by [\w\s.,()']+$", last), "no final order by"


def test_every_table_people_are_promised_is_declared():
    promised = {
        "deliveries", "issues", "quarantine", "registry_pupils", "household_children", "attendance_pupils",
        "vocational_pupils", "exempt_children", "priority_children", "answers", "person_records", "links",
        "review_pairs", "children", "child_records", "findings", "cases", "case_events", "indicators",
    }  # fmt: skip
    assert promised <= set(TABLES)


def test_every_source_reaches_a_declared_table():
    for source in SOURCES:
        assert {source.table, source.rows, source.read} <= set(TABLES)


def test_the_dictionary_is_fresh():
    page = (ROOT / "docs" / "dictionary.md").read_text(encoding="utf-8")
    assert page == dictionary(ROOT / "data" / "reference" / "policy.toml"), "run python -m expectations.dictionary"


def test_the_rules_reference_is_fresh():
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == rules(SQL_FOLDER, ROOT / "data" / "reference" / "policy.toml"), "run python -m expectations.rules"


def test_the_profile_in_the_readme_is_drawn_from_the_figures_that_were_measured():
    figures = json.loads((ROOT / "tests" / "bench" / "whole_run.json").read_text(encoding="utf-8"))
    assert (ROOT / "docs" / "profile.svg").read_text(encoding="utf-8") == picture(figures)
    for readme in ("README.md", "README.zh-CN.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        assert "(docs/profile.svg)" in text
        whole = sum(figures["100000"]["nights"][0]["processor"].values())
        assert f"{whole:.0f} " in text.split("(docs/profile.svg)")[1][:800], "the figure in words"


def test_the_handbook_knows_every_exit_code_and_every_word_of_the_command():
    page = (ROOT / "docs" / "handbook.zh-CN.md").read_text(encoding="utf-8")
    codes = {
        error.exit_code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.UserError)
    }
    for code in {0, 1} | codes:
        assert re.search(rf"^\| {code} \|", page, re.M), f"exit code {code}"
    from flows.command import _parser

    shown = _parser().format_help()
    for name in set(re.findall(r"baoxue ([a-z]+)", page)):
        assert f"    {name} " in shown, name
    for path in re.findall(r"\]\(([^)#h][^)#]*)", page):
        assert (ROOT / "docs" / path).exists(), path


def test_every_decision_record_is_one_page_with_its_reason_and_what_was_refused():
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    for path in records:
        text = path.read_text(encoding="utf-8")
        for part in ("## Decision", "## Why", "## Instead of", "## What it costs"):
            assert part in text, f"{path.name}: {part}"
        assert len(text.splitlines()) <= 60, path.name


def test_the_picture_of_a_cases_life_shows_every_declared_step():
    page = (ROOT / "docs" / "dictionary.md").read_text(encoding="utf-8")
    picture = page.split("```mermaid")[1].split("```")[0]
    for step in TRANSITIONS:
        if step.before != step.after:
            before = "[*]" if step.before == "none" else step.before
            [arrow] = [line for line in picture.splitlines() if line.strip().startswith(f"{before} --> {step.after} :")]
            assert step.event in arrow, step


def test_sql_stands_in_sql_files_only():
    """The engine's thin frame around a file's SELECT is the one exception."""
    allowed = {"engine.py"}
    for path in PYTHON_FILES:
        if path.name not in allowed:
            found = re.search(
                r"[\"'](?:\s*)(select|with|insert|update|delete) [\w*].*\bfrom\b", path.read_text(encoding="utf-8")
            )
            assert not found, f"{path.relative_to(ROOT)}: {found.group()[:60] if found else ''}"


def test_only_the_suite_knows_great_expectations_and_only_flows_know_prefect():
    for path in PYTHON_FILES:
        text = path.read_text(encoding="utf-8")
        if path.name != "suite.py":
            assert not re.search(r"^\s*(import|from) great_expectations", text, re.M), path
        if path.parent.name != "flows":
            assert not re.search(r"^\s*(import|from) prefect", text, re.M), path


def test_no_file_in_flows_hides_a_package():
    """Prefect loads flows/x.py with flows/ first on sys.path: a file named like a package would hide it."""
    names = {path.stem for path in (ROOT / "flows").glob("*.py")} - {"__init__"}
    assert not names & set(sys.stdlib_module_names)
    for name in names:
        found = subprocess.run([sys.executable, "-c", f"import {name}"], cwd="/", capture_output=True, check=False)
        assert found.returncode, f"flows/{name}.py hides an installed package"


@pytest.mark.parametrize("path", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_the_two_commands(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    assert "python bootstrap.py demo" in text
    assert "python bootstrap.py test" in text


def test_ci_calls_exactly_the_readmes_test_command():
    assert re.search(r'^"\$python" bootstrap.py test$', (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.M)


def test_every_command_in_the_readme_exists():
    from flows.command import _parser

    shown = _parser().format_help()
    for name in set(re.findall(r"^baoxue (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)):
        assert f"    {name} " in shown, name


def test_every_sentence_of_the_help_is_there_in_both_languages():
    from flows.command import _parser
    from flows.words import CHINESE, in_chinese, parsers, sentences

    english = set(sentences(_parser()))
    for one in parsers(_parser()):
        assert one.description, one.prog
        said_by_its_form = {"format", "seed"}  # its choices say all there is to say
        silent = [a.dest for a in one._actions if not a.help and not a.choices and a.dest not in said_by_its_form]
        assert set(silent) <= {"paths", "left", "right", "out"}, f"{one.prog}: no help for {silent}"
    missing = [text for text in sentences(in_chinese(_parser())) if not re.search("[一-鿿]", text)]
    assert not missing, f"add the Chinese to flows/words.py: {missing}"
    said = english | {text[0].lower() + text[1:].removesuffix(".") for text in english}
    assert not set(CHINESE) - said, f"no longer said in English: {set(CHINESE) - said}"


def test_requirements_are_hashed_and_name_no_address():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://|file:|--index|--find-links", text)
        for requirement in re.split(r"\n(?=[a-z0-9])", text.strip()):
            assert "--hash=sha256:" in requirement, requirement[:60]


def test_requirements_name_every_dependency_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for dependency in project["dependencies"]:
        name = re.match(r"[\w-]+", dependency).group().lower()
        assert re.search(rf"^{name}==", pinned, re.M), name


def test_prefect_entry_points_load_in_a_fresh_process(tmp_path):
    deployments = (ROOT / "prefect.yaml").read_text(encoding="utf-8")
    for entrypoint in sorted(set(re.findall(r"entrypoint: (\S+)", deployments))):
        code = (
            "from prefect.flows import load_flow_from_entrypoint as load;"
            f"print(load({entrypoint!r}, use_placeholder_flow=False).name)"
        )
        environment = {
            **__import__("os").environ,
            "PREFECT_HOME": str(tmp_path),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        }
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == entrypoint.split(":")[1]


def test_nothing_delivered_is_ever_packaged(tmp_path):
    planted = ROOT / "data" / "inbox" / "planted-by-a-test.csv"
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text("x", encoding="utf-8")
    try:
        code = f"import hatchling.build as b; print(b.build_wheel({str(tmp_path)!r}))"
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    finally:
        planted.unlink(missing_ok=True)
    [wheel] = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if "planted" in name or name.startswith(("data/", "tests/"))]
    assert "expectations/reference/policy.toml" in names, "the committed reference tables belong to the program"
    assert "sql/macros.sql" in names

"""Passwords and keys come from files and the environment, and are nowhere else: no argument, parameter, log or result."""

import argparse
import inspect
import os
import re
import stat
import zipfile
from pathlib import Path

import pytest
import yaml

from flows import monitor, stages
from flows.command import _parser
from flows.passwords import Passwords
from flows.serve import Service
from tests.runs import AS_OF, PERIOD
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries
from transforms.lake import Lake

ROOT = Path(__file__).parent.parent
SECRET = re.compile(r"passw|secret|token|credential|\bkey\b|密码|口令|密钥", re.I)


def options():
    [commands] = [action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction)]
    for name, parser in commands.choices.items():
        for action in parser._actions:
            yield name, action


def test_no_option_of_the_command_takes_a_secret():
    taking = {
        (name, action.option_strings or action.dest)
        for name, action in options()
        if action.nargs != 0 and SECRET.search(f"{action.option_strings} {action.dest} {action.help} {action.metavar}")
    }
    assert not taking


def test_no_flow_takes_a_secret():
    looked = 0
    for flow in vars(monitor).values():
        if hasattr(flow, "deploy") and callable(getattr(flow, "fn", None)):
            looked += 1
            assert not [name for name in inspect.signature(flow.fn).parameters if SECRET.search(name)]
    assert looked >= 3
    for deployment in yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]:
        told = {name: value for name, value in deployment.items() if name not in ("description", "tags")}
        assert not SECRET.search(str(told.get("parameters", "")) + str(told.get("job_variables", "")))


SECRETS = {"file": "Geheim-aus-Datei-7", "mail": "Geheim-fuer-Post-8", "office": "Geheim-einer-Schule-9"}


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """A run that closes its files, with secrets of every kind at hand; everything it wrote and printed."""
    root = tmp_path_factory.mktemp("closed") / "data"
    root.mkdir(mode=0o700)
    write_deliveries(invent(200, 11, PERIOD), root / "inbox", PERIOD)
    more = root.parent / "passwords.txt"
    more.write_text(SECRETS["file"], encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAOXUE_PASSWORDS", str(more))
        patch.setenv("BAOXUE_MAIL_PASSWORD", SECRETS["mail"])
        before = os.umask(0o077)  # as the command does first of all
        wanted = stages.prepared(PERIOD, None, root, None, AS_OF, quiet=True, encrypt=True)
        lake = Lake(root)
        own = Passwords(lake.password_file)
        own._rows["990101", "school", "x"] = ("某小学", SECRETS["office"])
        lake.password_file.parent.mkdir(mode=0o700, exist_ok=True)
        own.save()
        with stages.beginning(wanted) as run:
            for stage in (stages.take_in, stages.link_records, stages.form_children, stages.find, stages.follow_cases,
                          stages.deliver_lists, stages.publish):  # fmt: skip
                stage(run)
        os.umask(before)
    return root


def test_a_run_that_closes_files_writes_its_secrets_into_their_own_file_alone(closed):
    lake = Lake(closed)
    made = list(Passwords(lake.password_file).by_file().values())
    assert SECRETS["office"] in made and len(made) > 5
    key = (lake.folder / "child_id.key").read_text(encoding="ascii").strip()
    secrets = [secret.encode() for secret in (*made, SECRETS["file"], SECRETS["mail"], key)]
    theirs = {lake.password_file, lake.folder / "child_id.key"}
    looked = 0
    for path in closed.rglob("*"):
        if path.is_file() and path not in theirs:
            looked += 1
            content = path.read_bytes()
            assert not [secret for secret in secrets if secret in content], path
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as parts:
                    whole = b"".join(map(parts.read, parts.namelist()))
                assert not [secret for secret in secrets if secret in whole], path
    assert looked > 50


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps access in lists, not in modes")
def test_everything_a_run_writes_is_its_owners_alone(closed):
    for path in (closed / "lake", closed / "outbox", *(closed / "lake").rglob("*"), *(closed / "outbox").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_what_serves_gives_its_password_in_the_environment_and_keeps_it_to_its_owner(tmp_path):
    service = Service(Lake(tmp_path), 4200, None, encrypt=False)
    service.home.mkdir(parents=True)
    password = service.password()
    assert stat.S_IMODE((service.home / "password").stat().st_mode) == 0o600 or os.name == "nt"
    assert password == service.password()
    assert any(password in value for value in service.environment().values())
    assert password not in service.api

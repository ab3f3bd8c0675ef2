"""`baoxue serve` as an operator starts it: one command, everything up, a district run by request, a clean end.

It takes about a minute, most of it Prefect's own start.
"""

import base64
import http.server
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from expectations.errors import Busy, NotReady, WrongArgument
from flows import serve
from tests.runs import PERIOD
from transforms.lake import Lake
from transforms.query import query

ROOT = Path(__file__).parent.parent
PATIENCE = 900  # seconds on a busy machine; it takes a twentieth of that on an idle one
WATCH = """
import os, sys
def watch(event, given):
    if event == "socket.connect" and isinstance(given[1], tuple) and not str(given[1][0]).startswith(("127.", "::1")):
        open(os.environ["CALLS_OUT"], "a").write(f"{given[1]}\\n")
    if event == "socket.getaddrinfo" and given[0] not in (None, "localhost", "127.0.0.1", b"127.0.0.1"):
        open(os.environ["CALLS_OUT"], "a").write(f"{given[0]}\\n")
sys.addaudithook(watch)
"""


def free_port():
    """A port nobody has: below those the system gives to connections, which may take it before the server does."""
    while True:
        port = 12_000 + secrets.randbelow(18_000)
        with socket.socket() as free:
            if free.connect_ex(("127.0.0.1", port)):
                return port


class Served:
    def __init__(self, root: Path) -> None:
        self.root, self.home = root, root / ".prefect" / "serve"
        self.port = free_port()
        watch = root / "watch"
        watch.mkdir(exist_ok=True)
        (watch / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
        self.calls_out = root / "calls_out"
        environment = {**os.environ, "PYTHONPATH": str(watch), "CALLS_OUT": str(self.calls_out)}
        self.said = (root / "said").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flows.command", "serve", "--data", str(root), "--port", str(self.port)],
            cwd=ROOT, env=environment, stdout=self.said, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.wait_for(lambda: "serving" in self.words(), "serving")

    def words(self):
        return (self.root / "said").read_text(encoding="utf-8")

    def wait_for(self, done, what):
        limit = time.monotonic() + PATIENCE
        while not done():
            assert self.process.poll() is None, self.words() + self.logs()
            assert time.monotonic() < limit, f"no {what}: {self.words()}{self.logs()}"
            time.sleep(0.5)

    def logs(self):
        return "".join(path.read_text(encoding="utf-8")[-3000:] for path in self.home.glob("*.log"))

    def ask(self, method, path, body=None, password=None):
        own = (self.home / "password").read_text(encoding="ascii")
        given = base64.b64encode(f"baoxue:{own if password is None else password}".encode()).decode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api{path}", json.dumps(body).encode() if body is not None else None, method=method,
            headers={"content-type": "application/json", "authorization": f"Basic {given}"},
        )  # fmt: skip
        limit = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                    request, timeout=PATIENCE
                ) as answer:
                    return json.loads(answer.read() or b"null")
            except urllib.error.HTTPError as error:
                if error.code != 503 or time.monotonic() > limit:  # busy: to be asked again
                    raise
                time.sleep(0.5)

    def deployments(self):
        return {one["name"]: one for one in self.ask("POST", "/deployments/filter", {})}

    def run(self, **parameters):
        made = self.ask("POST", f"/deployments/{self.deployments()['district']['id']}/create_flow_run",
                        {"parameters": parameters, "state": {"type": "SCHEDULED"}})  # fmt: skip
        state = {}

        def ended():
            state.update(self.ask("GET", f"/flow_runs/{made['id']}")["state"])
            return state["type"] in ("COMPLETED", "FAILED", "CRASHED")

        self.wait_for(ended, f"end of {parameters}")
        logs = self.ask("POST", "/logs/filter", {"logs": {"flow_run_id": {"any_": [made["id"]]}}})
        return state["type"], state["message"] or "", "\n".join(line["message"] for line in logs)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        self.said.close()
        return code


@pytest.mark.skipif(os.name == "nt", reason="ended by SIGTERM")
def test_one_command_serves_schedules_and_requests_and_ends_cleanly(city, results, tmp_path):
    for part in ("inbox", "lake"):
        shutil.copytree(city / part, tmp_path / part)
    served = Served(tmp_path)
    try:
        deployments = served.deployments()
        assert {name: [s["schedule"]["cron"] for s in one["schedules"] if s["active"]] for name, one in deployments.items()} == {
            "spring-campaign": ["0 22 * 3 *"], "autumn-campaign": ["0 22 * 9 *"], "district": [], "reminders": ["0 7 * * *"],
            "monthly": ["0 22 L 1,2,4-8,10-12 *"],
        }  # fmt: skip
        assert {s["schedule"]["timezone"] for one in deployments.values() for s in one["schedules"]} == {
            "Asia/Shanghai"
        }
        planned = served.ask("POST", "/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}})
        names = {one["id"]: name for name, one in deployments.items()}
        assert {names[run["deployment_id"]] for run in planned} >= {"reminders", "monthly"}, (
            "the server plans by itself"
        )
        assert "next runs: " in served.words()
        with pytest.raises(urllib.error.HTTPError, match="401"):
            served.ask("POST", "/deployments/filter", {}, password="guessed")
        with socket.socket() as outside:
            outside.settimeout(2)
            assert outside.connect_ex((_own_address(), served.port)), "it answers on the loopback address only"

        before = Lake(tmp_path).opened(PERIOD)[1]
        kind, message, _ = served.run(districts="990199", period=PERIOD)
        assert kind == "FAILED"
        assert message.startswith("no deliveries for district 990199; ")
        assert "990101" in message
        kind, message, told = served.run(districts="110101201501011237", period=PERIOD)
        assert (kind, "18 characters" in message) == ("FAILED", True)
        assert "110101201501011237" not in told + message
        assert "flows/monitor.py" not in told, "a sentence, not the way it came"
        assert Lake(tmp_path).opened(PERIOD)[1] == before

        kind, message, told = served.run(districts="990101", period=PERIOD)
        assert kind == "COMPLETED", message + told
        after = Lake(tmp_path).opened(PERIOD)[1]
        assert after != before
        assert query(after, "select count(*) as n from findings")["n"].to_pylist()[0] > 100
        kind, message, _ = _reminders(served)
        assert kind == "COMPLETED", message
        assert list((tmp_path / "outbox" / PERIOD / "催办").rglob("*.xlsx"))

        with pytest.raises(Busy):
            serve.serve(Lake(tmp_path), served.port, None)
        children = _group(served.process.pid)
        password = (served.home / "password").read_bytes().strip()
        for pid in children:
            assert password not in _command_line(pid), "every account of the machine can read it there"
        assert served.end() == 0
        assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
        assert not served.calls_out.exists(), served.calls_out.read_text()
        everything = b"".join(path.read_bytes() for path in served.home.rglob("*") if path.is_file())
        for path in served.home.rglob("*"):
            if path.is_file() and path.name != "password":
                assert password not in path.read_bytes(), path
        for person in query(results, "select id_number from children where id_kind = 'valid'").to_pylist():
            assert person["id_number"].encode() not in everything
    finally:
        if served.process.poll() is None:
            served.process.terminate()
            served.process.wait(PATIENCE)


def _reminders(served):
    made = served.ask("POST", f"/deployments/{served.deployments()['reminders']['id']}/create_flow_run",
                      {"state": {"type": "SCHEDULED"}})  # fmt: skip
    state = {}

    def ended():
        state.update(served.ask("GET", f"/flow_runs/{made['id']}")["state"])
        return state["type"] in ("COMPLETED", "FAILED", "CRASHED")

    served.wait_for(ended, "end of the reminders")
    return state["type"], state["message"], made["id"]


def _own_address():
    """An address of this machine that is not the loopback one, as far as it has one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.2"
        return probe.getsockname()[0]


def _command_line(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _group(pid):
    """A process and all its descendants, on Linux."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += parents.get(one, [])
    return found


def test_what_is_not_served_cannot_be_stopped(tmp_path):
    with pytest.raises(NotReady, match="is not being served"):
        serve.stop(Lake(tmp_path))
    (tmp_path / ".prefect" / "serve").mkdir(parents=True)
    with pytest.raises(NotReady, match="is not being served"):
        serve.stop(Lake(tmp_path))
    assert not (tmp_path / ".prefect" / "serve" / "stop").exists()


def test_stopping_waits_until_what_serves_has_ended(tmp_path):
    home = tmp_path / ".prefect" / "serve"
    home.mkdir(parents=True)
    code = (
        "import sys, time; from pathlib import Path; from filelock import FileLock; from flows.serve import _Ending\n"
        "home = Path(sys.argv[1]); ending = _Ending(home / 'stop')\n"
        "with FileLock(home / 'serve.lock'):\n    print('held', flush=True)\n"
        "    while not ending.asked: time.sleep(0.1)\n    time.sleep(0.5); (home / 'ended').touch()"
    )
    serving = subprocess.Popen([sys.executable, "-c", code, str(home)], cwd=ROOT, stdout=subprocess.PIPE)
    assert serving.stdout.readline().strip() == b"held"
    serve.stop(Lake(tmp_path))
    assert (home / "ended").exists()
    assert serving.wait(PATIENCE) == 0


def test_a_port_another_program_has_is_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(WrongArgument, match="is taken by another program"):
            serve.serve(Lake(tmp_path), taken.getsockname()[1], None)


def test_a_server_that_is_busy_for_a_moment_is_asked_again(tmp_path):
    class Busy503(http.server.BaseHTTPRequestHandler):
        codes = iter((503, 503, 200))

        def do_GET(self):
            self.send_response(next(self.codes))
            self.end_headers()
            self.wfile.write(b'"well"')

        def log_message(self, *_):
            pass

    service = serve.Service(Lake(tmp_path), 0, None, False)
    service.home.mkdir(parents=True)
    with http.server.HTTPServer(("127.0.0.1", 0), Busy503) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert serve._asked(replace(service, port=server.server_port), "GET", "/health") == "well"
        server.shutdown()
    assert not list(Busy503.codes)


class Answering:
    """A server's answers without a server: runs left over from before the machine stopped."""

    def __init__(self, runs):
        self.runs, self.states = runs, {}

    def __call__(self, _service, _method, path, body=None):
        if path == "/flow_runs/filter":
            wanted = body["flow_runs"]["state"]["type"]["any_"]
            return [run for run in self.runs if run["kind"] in wanted]
        self.states[path.split("/")[2]] = body["state"]["type"]
        return None


def test_after_a_power_cut_broken_runs_are_crashed_and_each_schedule_makes_up_its_last_missed_one(monkeypatch):
    left = Answering([
        {"id": "broken", "kind": "RUNNING", "deployment_id": "a", "expected_start_time": "2026-09-01T14:00:00Z"},
        {"id": "first", "kind": "SCHEDULED", "deployment_id": "a", "expected_start_time": "2026-09-02T14:00:00Z"},
        {"id": "last", "kind": "SCHEDULED", "deployment_id": "a", "expected_start_time": "2026-09-03T14:00:00Z"},
        {"id": "other", "kind": "SCHEDULED", "deployment_id": "b", "expected_start_time": "2026-09-01T23:00:00Z"},
    ])  # fmt: skip
    monkeypatch.setattr(serve, "_asked", left)
    serve._tidy(None)
    assert left.states == {"broken": "CRASHED", "first": "CANCELLED"}

"""`baoxue serve`: Prefect's server, the schedules and one worker on this machine, as one process tree.

Everything listens on the loopback address only and asks for a password of its own, kept beside the lake (0600), so
that no other account of the machine reads or starts runs. Nothing calls out. The record of runs is a file below the
data folder and survives a restart; a run that a power cut ended is marked crashed, and of the runs missed meanwhile
each schedule makes up the last one only, since one run does the work of all.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import http
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from expectations.errors import Busy, NotReady, WrongArgument
from flows.stages import BEIJING
from transforms.lake import Lake

HOST = "127.0.0.1"
PORT = 4200
POOL = "baoxue"
STOP = "stop"
DAILY = "reminders"
START_SECONDS = 300
END_SECONDS = 30
BUSY_SECONDS = 60
LOG_BYTES = 5_000_000
DECLARED = Path(__file__).parent / "prefect.yaml"  # in a wheel; in the repository it lies above


@dataclass(frozen=True)
class Service:
    """One serving of a data folder: where it listens, where it keeps its record, what its runs are told."""

    lake: Lake
    port: int
    policy: Path | None
    encrypt: bool

    @property
    def home(self) -> Path:
        """Prefect's folder: its database, the logs of server and worker."""
        return self.lake.root / ".prefect" / "serve"

    @property
    def api(self) -> str:
        """Where the server answers."""
        return f"http://{HOST}:{self.port}/api"

    def password(self) -> str:
        """The password of server and worker, made once."""
        kept = self.home / "password"
        if not kept.is_file():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(24), encoding="ascii")
        return f"baoxue:{kept.read_text(encoding='ascii').strip()}"

    def environment(self) -> dict[str, str]:
        """What server, worker and every run are started with."""
        given = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        packages = str(Path(__file__).parent.parent)
        own = {
            "PREFECT_HOME": str(self.home), "PREFECT_PROFILES_PATH": str(self.home / "profiles.toml"),
            "PREFECT_API_URL": self.api, "PREFECT_API_AUTH_STRING": self.password(),
            "PREFECT_SERVER_API_AUTH_STRING": self.password(), "PREFECT_SERVER_API_HOST": HOST,
            "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(self.home / "pages"),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
            "PREFECT_CLI_PROMPT": "false", "PREFECT_LOGGING_LEVEL": "INFO", "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
            "DO_NOT_TRACK": "1", "NO_PROXY": f"{HOST},localhost", "no_proxy": f"{HOST},localhost",
            "BAOXUE_DATA": str(self.lake.root), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": os.pathsep.join(filter(None, (packages, given.get("PYTHONPATH")))),
        }  # fmt: skip
        return {**given, **own, **({"BAOXUE_POLICY": str(self.policy)} if self.policy else {})}


def serve(lake: Lake, port: int, policy: Path | None, *, encrypt: bool = False) -> int:
    """Serve until told to end (SIGTERM, Ctrl-C); returns 0 then, and 1 where a part ended by itself.

    Raises `Busy` where the folder is being served already, `WrongArgument` where the port is taken and `NotReady`
    where the server does not come up.
    """
    service = Service(lake, port, policy.resolve() if policy else None, encrypt)
    for folder in (service.home.parent, service.home):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with FileLock(service.home / "serve.lock", timeout=0):
            return _served(service)
    except Timeout:
        raise Busy(f"{lake.root} is being served already") from None


def stop(lake: Lake) -> None:
    """Ask whoever serves ``lake`` to end, and wait until it has: for systems whose services end without a signal.

    Raises `NotReady` where it is not being served, or does not end.
    """
    home = Service(lake, PORT, None, False).home
    held = FileLock(home / "serve.lock", timeout=0)
    try:
        if home.is_dir():
            held.acquire()
            held.release()
        raise NotReady(f"{lake.root} is not being served")
    except Timeout:
        (home / STOP).touch(mode=0o600)
    try:
        with held.acquire(timeout=4 * END_SECONDS):
            return
    except Timeout:
        raise NotReady(f"what serves {lake.root} does not end; see {home}") from None


def _served(service: Service) -> int:
    _check_port(service.port)
    (service.home / STOP).unlink(missing_ok=True)
    ending = _Ending(service.home / STOP)
    parts: dict[str, subprocess.Popen[bytes]] = {}
    try:
        parts["server"] = _started(service, "server", "server", "start", "--host", HOST, "--port", str(service.port))
        _await_server(service, parts["server"], ending)
        if not ending.asked:
            _tidy(service)
            _register(service)
            parts["worker"] = _started(
                service, "worker", "worker", "start", "--pool", POOL, "--type", "process", "--limit", "1",
                "--name", "baoxue", "--install-policy", "never",
            )  # fmt: skip
            planned = _await_planned(service, ending)
            print(f"serving {service.lake.root} at http://{HOST}:{service.port} (name and password: {service.home / 'password'})"
                  f"\nnext runs: {', '.join(planned)}"
                  f"\nlogs: {service.home}; end with Ctrl-C or SIGTERM", flush=True)  # fmt: skip
        while not ending.asked:
            for name, part in parts.items():
                if part.poll() is not None:
                    print(f"baoxue: the {name} ended by itself; see {service.home / name}.log", file=sys.stderr)
                    return 1
            time.sleep(0.5)
        return 0
    finally:
        for name in ("worker", "server"):
            if name in parts:
                _end(parts[name])
        (service.home / STOP).unlink(missing_ok=True)


class _Ending:
    """Whether somebody asked for the end; a signal is only noted, so that the parts are ended in order."""

    def __init__(self, file: Path) -> None:
        self._signalled, self._file = False, file
        for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._ask)

    @property
    def asked(self) -> bool:
        """By a signal, or by a file (`stop`)."""
        return self._signalled or self._file.exists()

    def _ask(self, _number: int, _frame: object) -> None:
        self._signalled = True


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise WrongArgument(f"port {port} is taken by another program; give another with --port") from None


def _started(service: Service, name: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A part in a process group of its own, its words in a log that is begun anew when it has grown long."""
    log = service.home / f"{name}.log"
    if log.is_file() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab") as words:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and words
            [sys.executable, "-m", "prefect", *arguments], env=service.environment(), cwd=service.home,
            stdin=subprocess.DEVNULL, stdout=words, stderr=subprocess.STDOUT, start_new_session=os.name != "nt",
            preexec_fn=_ends_with_us if sys.platform == "linux" else None,
        )  # fmt: skip


def _ends_with_us() -> None:
    """Asked of Linux in a part about to start: should we be killed outright, end it too, or its port would stay taken."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def _end(part: subprocess.Popen[bytes]) -> None:
    """End a part and everything it started: asked first, made to after a while."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(part.pid)], capture_output=True, check=False)  # noqa: S603, S607
        part.wait()
        return
    if part.poll() is None:
        os.killpg(part.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            part.wait(END_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(part.pid, signal.SIGKILL)
    part.wait()


def _await_server(service: Service, server: subprocess.Popen[bytes], ending: _Ending) -> None:
    limit = time.monotonic() + START_SECONDS
    while not ending.asked:
        if server.poll() is not None:
            raise NotReady(f"the server does not start; see {service.home / 'server.log'}")
        try:
            _asked(service, "GET", "/health")
            return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > limit:
                raise NotReady(f"the server does not answer; see {service.home / 'server.log'}") from None
            time.sleep(0.3)


def _await_planned(service: Service, ending: _Ending) -> list[str]:
    """The next run of every schedule that the server plans already, the nearest first, in the schedule's own time.

    Asked for at every start: a server that plans none looks well and never runs anything. Registering took back what was
    planned before, and one schedule is daily, so a sound server has planned that within a minute.
    """
    limit = time.monotonic() + START_SECONDS
    while not ending.asked:
        names = {one["id"]: one["name"] for one in _asked(service, "POST", "/deployments/filter", {"limit": 200})}
        nearest: dict[str, datetime] = {}
        for run in _runs(
            service, {"state": {"type": {"any_": ["SCHEDULED"]}}, "expected_start_time": {"after_": _now()}}
        ):
            begins = datetime.fromisoformat(run["expected_start_time"]).astimezone(BEIJING)
            name = names.get(run["deployment_id"], "")
            nearest[name] = min(begins, nearest.get(name, begins))
        if DAILY in nearest:
            return [
                f"{name} {begins:%Y-%m-%d %H:%M}" for name, begins in sorted(nearest.items(), key=lambda one: one[1])
            ]
        if time.monotonic() > limit:
            raise NotReady(f"the server plans no run of any schedule; see {service.home / 'server.log'}")
        time.sleep(0.5)
    return []


def _now() -> str:
    """This moment as the server writes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def _asked(service: Service, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
    """One request to the server, past any proxy the machine is set to.

    A server whose database another of its parts is writing says 503 and did nothing: it is asked again for a while.
    """
    request = urllib.request.Request(  # noqa: S310 - our own server on the loopback address
        service.api + path, json.dumps(body).encode() if body is not None else None, method=method,
        headers={"content-type": "application/json",
                 "authorization": "Basic " + base64.b64encode(service.password().encode()).decode()},
    )  # fmt: skip
    limit = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
                content = answer.read()
            return json.loads(content) if content else None
        except urllib.error.HTTPError as error:
            if error.code != http.HTTPStatus.SERVICE_UNAVAILABLE or time.monotonic() > limit:
                raise
            time.sleep(0.5)


def _tidy(service: Service) -> None:
    """Runs that were under way when the machine stopped are crashed; of missed ones each schedule keeps the last."""
    under_way = _runs(service, {"state": {"type": {"any_": ["RUNNING", "PENDING", "CANCELLING"]}}})
    for run in under_way:
        _set_state(service, run, "CRASHED", "the machine stopped while it ran; the results before it stand")
    missed = _runs(service, {"state": {"type": {"any_": ["SCHEDULED"]}}, "expected_start_time": {"before_": _now()}})
    latest = {run["deployment_id"]: run["id"] for run in sorted(missed, key=lambda run: run["expected_start_time"])}
    for run in missed:
        if run["id"] not in latest.values():
            _set_state(service, run, "CANCELLED", "missed while nothing was served; a later run does its work")


def _runs(service: Service, wanted: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _asked(service, "POST", "/flow_runs/filter", {"flow_runs": wanted, "limit": 200})
    return found


def _set_state(service: Service, run: Mapping[str, Any], kind: str, why: str) -> None:
    body = {"state": {"type": kind, "message": why}, "force": True}
    _asked(service, "POST", f"/flow_runs/{run['id']}/set_state", body)


def _register(service: Service) -> None:
    """Register the declared deployments, their runs told where the data lies, and forget those declared no more."""
    import yaml

    source = DECLARED if DECLARED.is_file() else DECLARED.parent.parent / "prefect.yaml"
    declared = yaml.safe_load(source.read_text(encoding="utf-8"))
    told: dict[str, Any] = {"data": str(service.lake.root), "encrypt": service.encrypt}
    if service.policy:
        told["policy"] = str(service.policy)
    for one in declared["deployments"]:
        one["parameters"] = {**(one.get("parameters") or {}), **told}
    declared["pull"] = [
        {"prefect.deployments.steps.set_working_directory": {"directory": str(Path(__file__).parent.parent)}}
    ]
    filled = service.home / "prefect.yaml"
    filled.write_text(yaml.safe_dump(declared, allow_unicode=True), encoding="utf-8")
    try:
        # By the interface and not by `prefect work-pool create`, whose server asks a registry on the internet for kinds.
        _asked(service, "POST", "/work_pools/", {"name": POOL, "type": "process"})
    except urllib.error.HTTPError as error:
        if error.code != http.HTTPStatus.CONFLICT:  # it is there already
            raise
    with (service.home / "deploy.log").open("wb") as words:
        done = subprocess.run(  # noqa: S603 - our own interpreter and words
            [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(filled)],
            env=service.environment(), cwd=Path(__file__).parent.parent, stdin=subprocess.DEVNULL, stdout=words,
            stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    if done.returncode:
        raise NotReady(f"the schedules could not be registered; see {service.home / 'deploy.log'}")
    names = {one["name"] for one in declared["deployments"]}
    for known in _asked(service, "POST", "/deployments/filter", {"limit": 200}):
        if known["name"] not in names:
            _asked(service, "DELETE", f"/deployments/{known['id']}")

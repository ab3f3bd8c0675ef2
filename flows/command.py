"""The command `baoxue`.

Exit codes: 0 done; 1 `check` found something to correct, or `send` could not send everything; 2 wrong argument; 3 nothing
delivered; 4 unusable policy; 5 something has to happen first; 6 another run is working; 7 the query could not be run;
8 the access log cannot be written, or `audit` found it changed; 9 deliveries cannot be read now; 10 disk or memory do not suffice; 11 other accounts
can read the data folder.
"""

from __future__ import annotations

import argparse
import atexit
import json
import os
import sys
import traceback
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from expectations.errors import BadQuery, UserError, WrongArgument
from expectations.sources import BY_FOLDER, BY_NAME
from flows import guard, words


def entry() -> None:
    """The console script: `main`, then the end of the process."""
    code = 1

    def end_at_once() -> None:
        # Registered first, so it runs after every other exit handler. Prefect's threads may outlive the run and still
        # hold DuckDB objects, which the interpreter's own end would report on standard error as leaks.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)

    atexit.register(end_at_once)
    try:
        code = main()
    except SystemExit as ended:  # argparse: help, or a usage error
        code = ended.code if isinstance(ended.code, int) else 2
    except BaseException:
        traceback.print_exc()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. User errors are one sentence on standard error."""
    os.umask(0o077)
    parser = _parser()
    options = (words.in_chinese(parser) if words.speaks_chinese() else parser).parse_args(arguments)
    try:
        if options.action not in (_check, _link):  # these work on files that lie anywhere
            if options.open_data:
                os.environ[guard.ALLOWED] = "1"
            guard.only_ours(options.data)
        return int(options.action(options))
    except UserError as error:
        print(f"baoxue: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="baoxue", description="Find every child who should be in school and is not.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = _command(commands, "run", _run, "take in a period's deliveries, find the children, write the lists")
    run.add_argument("period", help="the month, as 2026-09")
    run.add_argument("--district", nargs="+", metavar="CODE", help="publish only these districts (six digits)")
    run.add_argument("--policy", type=Path, metavar="FILE", help="local policy laid over the default one")
    run.add_argument("--as-of", type=_day, metavar="DATE", help="judge deadlines as on this day (default: today)")
    run.add_argument(
        "--encrypt", action="store_true", help="close files with personal data with each office's password"
    )
    run.add_argument("--hand-out", action="store_true", help="hand out the lists whose day has come, each once")
    run.add_argument("--from-run", metavar="RUN", help="make the tables of an earlier run anew from what was kept of it, "
                     "and say whether they are the same; nothing in force changes")  # fmt: skip
    run.add_argument("--quiet", action="store_true", help="print nothing when all is well, for cron")

    demo = _command(commands, "demo", _demo, "invent a city, run it, and show what was found against the truth")
    demo.add_argument("--children", type=_children, default=20_000, metavar="N", help="default 20000")
    demo.add_argument("--periods", type=int, choices=(1, 2, 3), default=1,
                      help="campaigns lived through, answers included: the last of 2025-09, 2026-03, 2026-09")  # fmt: skip
    demo.add_argument("--seed", type=int, default=1, metavar="N", help="default 1")

    serve = _command(
        commands, "serve", _serve, "keep the schedules: server, nightly and monthly runs, reminders, on this machine"
    )
    serve.add_argument("--port", type=_port, default=4200, metavar="N", help="default 4200, on 127.0.0.1 only")
    serve.add_argument("--policy", type=Path, metavar="FILE", help="local policy of every scheduled run")
    serve.add_argument("--stop", action="store_true", help="end what serves this data folder, in order")
    serve.add_argument(
        "--encrypt", action="store_true", help="close files with personal data with each office's password"
    )

    status = _command(commands, "status", _status, "what is due, what is overdue, and who has not delivered")
    status.add_argument("period", nargs="?", help="the month, as 2026-09; default: the latest with results")
    status.add_argument("--as-of", type=_day, metavar="DATE", help="stand on this day (default: today)")
    status.add_argument("--policy", type=Path, metavar="FILE", help="default: the settings the results were made with")
    status.add_argument("--all", action="store_true", help="name every school that owes a sheet")

    query = _command(commands, "query", _query, "ask the tables in SQL; every table is a view of its name")
    query.add_argument("sql", help="for instance: select finding, count(*) from findings group by all")
    query.add_argument("--period", metavar="P", help="default: the latest with results")
    query.add_argument("--run", metavar="RUN", help="an earlier run of the period; default: the one in force")
    query.add_argument("--format", choices=("table", "csv", "json", "parquet"), default="table")

    explain = _command(commands, "explain", _explain, "every record, link, value and rule behind one child")
    explain.add_argument("child_or_case", help="a child_id or a case number")
    explain.add_argument("--period", metavar="P", help="default: the latest with results")
    explain.add_argument("--run", metavar="RUN", help="an earlier run of the period; default: the one in force")

    check = _command(
        commands, "check", _check, "how files would be read, before they are sent: verdict and corrections"
    )
    check.add_argument("paths", nargs="+", type=Path, metavar="FILE_OR_FOLDER")
    check.add_argument(
        "--source", type=_source_name, choices=sorted(BY_NAME), help="default: guessed from the headings"
    )
    check.add_argument("--period", metavar="P", help="the month they are for (default: the present one)")
    check.add_argument("--policy", type=Path, metavar="FILE", help="local policy laid over the default one")
    check.add_argument("--format", choices=("text", "json"), default="text")

    send = _command(commands, "send", _send, "send a period's closed files to their offices by mail, each only once")
    send.add_argument("period", nargs="?", help="the month, as 2026-09; default: the latest with results")
    send.add_argument("--dry-run", action="store_true", help="print what would go where, and send nothing")
    send.add_argument("--district", nargs="+", metavar="CODE", help="only what lies in these districts' outbox")
    send.add_argument("--mail", type=Path, metavar="FILE", help="the mail server (BAOXUE_MAIL, else lake/mail.toml)")
    send.add_argument("--addresses", type=Path, metavar="FILE", help="the offices' addresses (lake/addresses.csv)")
    send.add_argument(
        "--latest", action="store_true", help="the lists of the latest run, though others were handed out"
    )
    send.add_argument("--again", action="store_true", help="send too what nobody knows to have arrived")

    link = _command(commands, "link", _link, "link any two Parquet tables of persons")
    link.add_argument("left", type=Path, metavar="LEFT.parquet")
    link.add_argument("right", type=Path, metavar="RIGHT.parquet")
    link.add_argument("--out", type=Path, required=True, metavar="PAIRS.parquet")

    runs = _command(commands, "runs", _runs, "every run there has been, what it found and whether its tables are kept")
    runs.add_argument("period", nargs="?", help="the month, as 2026-09; default: all")

    diff = _command(commands, "diff", _diff, "what two runs of a period do not agree on, by district and finding")
    diff.add_argument("period", help="the month, as 2026-09")
    diff.add_argument(
        "run_a", metavar="RUN_A", help="the earlier run, as `baoxue runs` names it (its beginning will do)"
    )
    diff.add_argument("run_b", metavar="RUN_B", help="the later run")
    diff.add_argument("--cases", action="store_true", help="the case number of every child they differ in")

    purge = _command(commands, "purge", _purge, "remove what is past the policy's terms; counts and manifests stay")
    purge.add_argument("--dry-run", action="store_true", help="show what would be removed, and remove nothing")
    purge.add_argument("--policy", type=Path, metavar="FILE", help="local policy laid over the default one")
    purge.add_argument(
        "--as-of", type=_day, metavar="DATE", help="with --dry-run: what would be past its term on this day"
    )

    audit = _command(commands, "audit", _audit, "check that no line of the access log was changed or taken out")
    audit.add_argument("--head", type=_head, metavar="HEAD", help="a head noted at an earlier audit, as LINES:HASH")
    return parser


def _command(commands: Any, name: str, action: Any, sentence: str) -> argparse.ArgumentParser:
    described = f"{sentence[0].upper()}{sentence[1:]}."
    parser: argparse.ArgumentParser = commands.add_parser(name, help=sentence, description=described)
    default = Path(os.environ.get("BAOXUE_DATA", "data"))
    parser.add_argument(
        "--data", type=Path, default=default, metavar="DIR", help="data folder (BAOXUE_DATA, else data)"
    )
    if action not in (_check, _link):
        parser.add_argument(
            "--open-data", action="store_true", help="go on though other accounts can read the data folder"
        )
    parser.set_defaults(action=action)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write 2026-09-21") from None


def _head(text: str) -> str:
    from transforms.access_log import is_head

    if not is_head(text.strip()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a head; write it as `baoxue audit` printed it, LINES:HASH")
    return text.strip()


def _port(text: str) -> int:
    if not text.isdigit() or not 1024 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("a port is a number between 1024 and 65535")
    return int(text)


def _children(text: str) -> int:
    if not text.isdigit() or not 200 <= int(text) <= 5_000_000:
        raise argparse.ArgumentTypeError("between 200 and 5000000 children can be invented")
    return int(text)


def _run(options: argparse.Namespace) -> int:
    from flows import scratch, summary
    from flows.stages import prepared

    scratch.sweep()
    if options.from_run:
        from flows.history import make_anew

        for name in ("district", "policy", "as_of", "encrypt"):
            if getattr(options, name):
                raise WrongArgument(
                    f"--{name.replace('_', '-')} does not go with --from-run: that is taken from the run"
                )
        return make_anew(options.data, options.period, options.from_run, quiet=options.quiet)
    # Asked here first, so that a wrong request is answered at once and not after Prefect has started.
    run = prepared(
        options.period,
        options.district,
        options.data,
        options.policy,
        options.as_of,
        options.quiet,
        options.encrypt,
        options.hand_out,
    )
    counts = _monitored(
        period=run.period, districts=list(run.districts) if run.districts else None, data=str(run.root),
        policy=str(run.policy_file) if run.policy_file else None, as_of=run.as_of, quiet=run.quiet, encrypt=run.encrypt,
        hand_out=run.hand_out,
    )  # fmt: skip
    if not options.quiet:
        summary.show(run.lake, counts)
    summary.say_elsewhere(counts)
    return 0


def _monitored(**parameters: Any) -> dict[str, Any]:
    """Run the flow on Prefect's embedded server, silent and without a call that leaves the machine."""
    home = Path(parameters["data"]).resolve() / ".prefect"
    os.environ.update(
        PREFECT_HOME=str(home), PREFECT_PROFILES_PATH=str(home / "profiles.toml"),
        PREFECT_SERVER_ANALYTICS_ENABLED="false", DO_NOT_TRACK="1",
        PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS="300",
        PREFECT_LOGGING_LEVEL="CRITICAL", PREFECT_SERVER_LOGGING_LEVEL="CRITICAL",
    )  # fmt: skip
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    from flows.monitor import monitor

    _server_ends_with_us()
    counts: dict[str, Any] = monitor(**parameters)
    return counts


def _server_ends_with_us() -> None:
    """Prefect starts its embedded server as a process of its own, which a killed run would leave behind."""
    if os.environ.get("PREFECT_API_URL"):
        return
    from prefect.server.api.server import SubprocessASGIServer

    from flows.watch import ends_with_us

    server = SubprocessASGIServer()
    ends_with_us(lambda: server.server_process.pid if server.server_process else None)


def _demo(options: argparse.Namespace) -> int:
    from flows.demonstration import demonstrate

    return demonstrate(options.data, options.children, options.seed, _monitored, options.periods)


def _serve(options: argparse.Namespace) -> int:
    from expectations.policy import load_policy
    from flows.serve import serve, stop
    from transforms.lake import Lake
    from transforms.reference import reference_file

    if options.stop:
        stop(Lake(options.data))
        return 0
    load_policy(reference_file("policy.toml"), options.policy)
    return serve(Lake(options.data), options.port, options.policy, encrypt=options.encrypt)


def _status(options: argparse.Namespace) -> int:
    from expectations.policy import load_policy
    from flows import standing
    from flows.stages import today
    from transforms.lake import Lake, checked_period
    from transforms.reference import reference_file
    from transforms.status import status

    lake, now = Lake(options.data), today()
    period = checked_period(options.period or max(lake.periods(), default=f"{now:%Y-%m}"))
    policy = load_policy(reference_file("policy.toml"), options.policy)
    found = status(lake, period, options.as_of or now, policy, as_run=options.policy is None)
    standing.show(found, every_school=options.all)
    return 0


def _query(options: argparse.Namespace) -> int:
    import csv

    import pyarrow.parquet as pq

    from flows import access
    from transforms.lake import Lake
    from transforms.query import query, without_formulas

    if options.format == "parquet" and sys.stdout.isatty():
        raise WrongArgument("Parquet is not for a terminal: send it to a file with >")
    lake = Lake(options.data)
    period, folder = lake.opened(options.period, options.run)
    asked = {"period": period, "run": folder.name, "sql": access.shape_of(options.sql)}
    try:
        rows = query(folder, options.sql)
    except BadQuery:  # its sentence may tell a value
        access.noted(lake, "query", **asked, failed=True)
        raise
    columns = [name for name in rows.column_names if name.isascii()]
    access.noted(lake, "query", children=access.children_in(rows), **asked, rows=rows.num_rows, columns=columns)
    if options.format == "parquet":
        pq.write_table(rows, sys.stdout.buffer)
    elif options.format == "csv":
        # Arrow's writer quotes every text: a number taken from it by a shell would not be the number
        shown = without_formulas(rows)
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(shown.column_names)
        writer.writerows(zip(*(column.to_pylist() for column in shown.columns), strict=True))
    elif options.format == "json":
        print(json.dumps(rows.to_pylist(), ensure_ascii=False, indent=1, default=str))
    else:
        from flows.summary import as_table

        as_table(rows)
    return 0


def _explain(options: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.markup import escape

    from flows import access
    from transforms.explain import explain
    from transforms.lake import Lake

    lake = Lake(options.data)
    period, folder = lake.opened(options.period, options.run)
    console = Console(highlight=False, soft_wrap=True)
    sections = list(explain(lake, folder, options.child_or_case))
    access.noted(lake, "explain", children=[options.child_or_case.strip()], period=period, run=folder.name)
    for section in sections:
        console.print(f"[bold]{escape(section.title)}[/bold]")
        for label, text in section.lines:
            console.print(f"  {escape(label)}: {escape(text)}")
    return 0


def _source_name(word: str) -> str:
    """The name of a source given by its English or its Chinese one."""
    return BY_FOLDER[word].name if word in BY_FOLDER else word


def _check(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from flows.progress import stage_bar
    from flows.scratch import scratch
    from flows.stages import checking_terms
    from flows.summary import say_checked
    from transforms.intake.checking import check, files_among

    missing = [str(path) for path in options.paths if not path.exists()]
    if missing:
        raise WrongArgument(f"there is no {', '.join(missing)}")
    files = files_among(options.paths)
    terms = checking_terms(options.period, options.policy)
    with (
        scratch("check") as folder,
        stage_bar("check", quiet=options.format == "json", total=len(files)) as advance,
    ):
        checked = check(files, folder, source=options.source, advance=advance, **terms) if files else []
    if options.format == "json":
        print(json.dumps([asdict(one) for one in checked], ensure_ascii=False, indent=1, default=str))
    else:
        say_checked(checked)
    return 0 if all(one.verdict == "accepted" for one in checked) else 1


def _send(options: argparse.Namespace) -> int:
    from flows.sending import Ledger, note, read_server, say_planned, say_sending, say_sent, send
    from transforms.lake import Lake, checked_period
    from transforms.lists.handout import handed_out
    from transforms.lists.mail import plan, read_addresses

    lake = Lake(options.data)
    period = checked_period(options.period) if options.period else lake.opened(None)[0]
    beside = lake.password_file.parent
    server = read_server(options.mail or Path(os.environ.get("BAOXUE_MAIL", beside / "mail.toml")))
    addresses = read_addresses(options.addresses or beside / "addresses.csv")
    ledger = Ledger(beside / "sent.jsonl")
    planned = plan(
        lake.outbox(period), period, addresses, ledger.settled(again=options.again), server.most_megabytes * 1_000_000,
        options.district, () if options.latest else handed_out(lake.handed_out_file(period)),
    )  # fmt: skip
    if options.dry_run:
        say_planned(planned, ledger.uncertain())
        return 0
    outcome = send(planned, period, server, ledger, said=say_sending, noted=lambda one: note(lake, period, one))
    return say_sent(planned, outcome, ledger.uncertain())


def _link(options: argparse.Namespace) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from flows.scratch import scratch
    from transforms.link import EVIDENCE, link_tables

    held: list[list[str]] = []
    for path in (options.left, options.right):
        if not path.exists():
            raise WrongArgument(f"{path} is not there")
        try:
            held.append(pq.read_schema(path).names)
        except (OSError, pa.ArrowInvalid):
            raise WrongArgument(f"{path} cannot be read as Parquet") from None
    if not options.out.resolve().parent.is_dir():
        raise WrongArgument(f"{options.out}: its folder is not there")
    with scratch("link") as folder:
        pairs = link_tables(options.left, options.right, folder)
    pq.write_table(pairs, options.out, compression="zstd")
    one, other = ({name for name in names if name in EVIDENCE} for names in held)
    print(
        f"compared by: {', '.join(name for name in EVIDENCE if name in one & other) or 'nothing, for want of a common column'}"
    )
    for saying, columns in (
        ("in one table only", one ^ other),
        ("not known, left aside", {*held[0], *held[1]} - {*EVIDENCE, "record_id"}),
    ):
        if columns:
            print(f"{saying}: {', '.join(sorted(columns))}")
    decided = pairs.column("decision").value_counts().to_pylist()
    said = ", ".join(f"{one['counts']} {one['values']}" for one in decided)
    print(f"{options.out}: {said or 'no pair'}")
    return 0


def _runs(options: argparse.Namespace) -> int:
    from flows.history import show_runs
    from transforms.lake import Lake, checked_period

    show_runs(Lake(options.data), checked_period(options.period) if options.period else None)
    return 0


def _diff(options: argparse.Namespace) -> int:
    from flows.history import show_differences
    from transforms.lake import Lake, checked_period

    show_differences(
        Lake(options.data), checked_period(options.period), options.run_a, options.run_b, cases=options.cases
    )
    return 0


def _purge(options: argparse.Namespace) -> int:
    from flows.purging import purge

    if options.as_of and not options.dry_run:
        raise WrongArgument("--as-of goes with --dry-run only: what is removed is past its term today")
    return purge(options.data, options.policy, options.as_of, dry_run=options.dry_run)


def _audit(options: argparse.Namespace) -> int:
    from expectations.errors import NotLogged
    from flows import access
    from transforms.lake import Lake

    lake = Lake(options.data)
    found = access.log_of(lake).audit(options.head)
    if found.broken_line is not None:
        raise NotLogged(f"{access.log_of(lake).file}, line {found.broken_line}: {found.reason}")
    told = ", ".join(f"{count} {act}" for act, count in sorted(found.acts.items()))
    print(f"{found.lines} lines hold{f': {told}' if told else ''}")
    if found.lines:
        print(
            f"head {found.head}\nKeep the head elsewhere; `baoxue audit --head HEAD` then shows that nothing was cut off."
        )
    return 0


if __name__ == "__main__":
    entry()

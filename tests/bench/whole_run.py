"""A whole run of invented cities by stage: where the time goes, how it grows, and what a night with few new files costs.

    python -m tests.bench.whole_run --seed 31 --children 20000 100000 1000000 --picture docs/profile.svg

Each city is invented, delivered and run in a process of its own: a first run without every hundredth file, then the next
night's, when those have come in. A city delivered before is measured with ``--delivered FOLDER`` (its inbox and truth). Without Prefect, whose start takes the same seconds for every city. Beside the wall time stands the
processor time of all processes, which other work on the machine lengthens less. The figures go beside this file and the
picture is drawn from them. The program is imported where it is used, as the command does: a process it starts imports
this module again and needs nothing of it. Use a seed nothing was developed with.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tests.bench.processes import Peak, processor_seconds

PERIOD = "2026-09"
FIGURES = Path(__file__).parent / "whole_run.json"
NIGHTS = (("first", date(2026, 10, 9)), ("next night, 1 % more files", date(2026, 10, 10)))
ONE_IN = 100
ORDER = ("link_records", "form_children", "find", "follow_cases", "deliver_lists", "publish")


def main() -> None:
    """Measure every size asked for, print what came of it, and draw the picture."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--children", type=int, nargs="+", default=[20_000, 100_000])
    options.add_argument("--seed", type=int, required=True)
    options.add_argument("--picture", type=Path, help="draw the profile into this SVG file")
    options.add_argument("--room", type=Path, help="where the cities are put meanwhile (default: the temporary folder)")
    options.add_argument("--delivered", type=Path, help="a folder with the one city asked for, invented before")
    options.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    wanted = options.parse_args()
    if wanted.one:
        print(json.dumps(_measured(wanted.children[0], wanted.seed, wanted.room, wanted.delivered)))
        return
    kept: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.is_file() else {}
    for children in wanted.children:
        measured = _apart(children, wanted.seed, wanted.room, wanted.delivered)
        _print(measured)
        kept[str(children)] = measured
        FIGURES.write_text(
            json.dumps(dict(sorted(kept.items(), key=lambda one: int(one[0]))), indent=1) + "\n", "utf-8"
        )
    _print_growth(kept)
    if wanted.picture:
        wanted.picture.write_text(picture(kept), encoding="utf-8")


def _apart(children: int, seed: int, room: Path | None, delivered: Path | None) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.whole_run", "--one", "--children", str(children), "--seed", str(seed)]
    for option, value in (("--room", room), ("--delivered", delivered)):
        command += [option, str(value)] if value else []
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _measured(children: int, seed: int, room: Path | None, delivered: Path | None) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="baoxue-bench-", dir=room) as folder:
        root = Path(folder)
        # In a process that is gone when the run begins: what inventing a city takes is not the run's.
        if (child := os.fork()) == 0:
            _delivered(root, children, seed) if delivered is None else _linked(delivered, root)
            os._exit(0)
        os.waitpid(child, 0)
        files = sum(path.is_file() for path in (root / "inbox").rglob("*"))
        nights = []
        late = _held_back(root / "inbox", root / "late")
        for title, as_of in NIGHTS:
            if title != "first":
                _handed_in(late)
            # Each run in a process of its own too, whose peak is the run's alone.
            nights.append(_in_a_process(lambda as_of=as_of: _run(root, as_of)) | {"title": title})  # type: ignore[misc]
        from transforms.demo.score import score
        from transforms.lake import Lake
        from transforms.query import query

        _, tables = Lake(root).opened(PERIOD)
        scored = score(query(tables, "from findings"), query(tables, "from child_records"), root / "truth")
    worst = scored[["precision", "recall"]].min()
    return {
        "children": children, "seed": seed, "files": files, "processors": len(os.sched_getaffinity(0)), "nights": nights,
        "load": round(os.getloadavg()[2], 1), "worst_precision": float(worst["precision"]),
        "worst_recall": float(worst["recall"]),
    }  # fmt: skip


def _delivered(root: Path, children: int, seed: int) -> None:
    from transforms.demo.city import invent
    from transforms.demo.deliveries import write_deliveries
    from transforms.demo.truth import write_truth

    city = invent(children, seed, PERIOD)
    write_deliveries(city, root / "inbox", PERIOD)
    write_truth(city, root / "truth")


def _linked(delivered: Path, root: Path) -> None:
    """The same files under another folder: what is run there leaves the first as it was."""
    for name in ("inbox", "truth"):
        shutil.copytree(delivered / name, root / name, copy_function=_link)


def _link(file: str, place: str) -> None:
    try:
        os.link(file, place)
    except OSError:  # the room is another disk
        shutil.copyfile(file, place)


def _in_a_process(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        os.close(read)
        with os.fdopen(write, "w") as told:
            json.dump(work(), told)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as told:
        figures: dict[str, Any] = json.loads(told.read())
    os.waitpid(child, 0)
    return figures


def _run(root: Path, as_of: date) -> dict[str, Any]:
    from flows import stages

    wall: dict[str, float] = {}
    processor: dict[str, float] = {}

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        began, spent = time.monotonic(), processor_seconds()
        yield
        wall[name] = round(time.monotonic() - began, 2)
        processor[name] = round(processor_seconds() - spent, 2)

    read_all, clean = stages.read_all, stages.clean
    stages.read_all = _within(timed("read files"), read_all)  # type: ignore[assignment]
    stages.clean = _within(timed("check and clean"), clean)  # type: ignore[assignment]
    prepared = stages.prepared(PERIOD, None, root, None, as_of, quiet=True)
    with Peak() as peak, stages.beginning(prepared) as run:
        with timed("take in"):
            stages.take_in(run)
        for stage in ORDER:
            with timed(stage.replace("_", " ")):
                getattr(stages, stage)(run)
    for figures in (wall, processor):
        inner = figures["read files"] + figures["check and clean"]
        figures["read files"] = round(figures["read files"] + figures.pop("take in") - inner, 2)  # finding and hashing
    order = ["read files", "check and clean", *(stage.replace("_", " ") for stage in ORDER)]
    return {
        "wall": {name: wall[name] for name in order}, "processor": {name: processor[name] for name in order},
        "peak_mb": round(peak.highest / 1e6),
    }  # fmt: skip


def _within(context: Any, work: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(*given: Any, **named: Any) -> Any:
        with context:
            return work(*given, **named)

    return wrapped


def _held_back(inbox: Path, aside: Path) -> list[tuple[Path, Path]]:
    """Every hundredth file put aside, whatever it is; gives back where each lies and where it belongs."""
    moved = []
    aside.mkdir()
    for number, path in enumerate(sorted(path for path in inbox.rglob("*") if path.is_file())[ONE_IN // 2 :: ONE_IN]):
        moved.append((path.rename(aside / str(number)), path))
    return moved


def _handed_in(late: list[tuple[Path, Path]]) -> None:
    for path, place in late:
        path.rename(place)


def _print(measured: dict[str, Any]) -> None:
    for night in measured["nights"]:
        wall, spent = sum(night["wall"].values()), sum(night["processor"].values())
        print(f"{measured['children']} children, {measured['files']} files, seed {measured['seed']}, {night['title']}: "
              f"{wall:.1f} s, of {measured['processors']} processors {spent:.1f} s; peak {night['peak_mb']} MB of all "
              f"processes together (load of the machine {measured['load']})")  # fmt: skip
        for name, seconds in night["wall"].items():
            bar = "█" * round(40 * seconds / wall)
            print(f"  {name:<16}{seconds:8.1f} s {night['processor'][name]:8.1f} s  {seconds / wall:5.0%}  {bar}")
    first, second = (sum(night["wall"].values()) for night in measured["nights"])
    spent = [sum(night["processor"].values()) for night in measured["nights"]]
    print(f"  a night with 1 % more files takes {second / first:.0%} of the first (processor {spent[1] / spent[0]:.0%}); "
          f"worst precision {measured['worst_precision']:.4f}, recall {measured['worst_recall']:.4f}")  # fmt: skip


def _print_growth(kept: dict[str, Any]) -> None:
    sizes = sorted(kept.values(), key=lambda one: one["children"])
    for small, large in itertools.pairwise(sizes):
        times = {of: [sum(one["nights"][0][of].values()) for one in (small, large)] for of in ("wall", "processor")}
        grown = {
            of: math.log(after / before) / math.log(large["children"] / small["children"])
            for of, (before, after) in times.items()
        }
        print(f"exponent of growth {small['children']} to {large['children']}: {grown['wall']:.2f} "
              f"(processor {grown['processor']:.2f})")  # fmt: skip


COLOURS = ("#4269d0", "#9498a0", "#efb118", "#3ca951", "#ff725c", "#a463f2", "#6cc5b0", "#9c6b4e")


def picture(kept: dict[str, Any]) -> str:
    """The share of each stage in a first run of every measured size, as SVG with its figures in words."""
    sizes = sorted(kept.values(), key=lambda one: one["children"])
    names = list(sizes[0]["nights"][0]["processor"])
    width, left, bar, gap = 860, 130, 34, 26
    height = 70 + len(sizes) * (bar + gap) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
        f"<title>{escape(_in_words(sizes))}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for at, name in enumerate(names):
        x, y = 12 + at % 4 * 210, 12 + at // 4 * 20
        parts.append(f'<rect x="{x}" y="{y}" width="12" height="12" fill="{COLOURS[at]}"/>')
        parts.append(f'<text x="{x + 18}" y="{y + 11}">{escape(name)}</text>')
    for row, one in enumerate(sizes):
        y = 64 + row * (bar + gap)
        spent = one["nights"][0]["processor"]
        whole, x = sum(spent.values()), float(left)
        parts.append(f'<text x="12" y="{y + 21}">{one["children"]:,} children</text>')
        for at, name in enumerate(names):
            wide = (width - left - 20) * spent[name] / whole
            parts.append(f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{bar}" fill="{COLOURS[at]}" stroke="#ffffff">'
                         f"<title>{escape(name)}: {spent[name]:.1f} s, {spent[name] / whole:.0%}</title></rect>")  # fmt: skip
            if wide > 42:
                parts.append(f'<text x="{x + wide / 2:.1f}" y="{y + 21}" text-anchor="middle" fill="#000000">'
                             f"{spent[name]:.0f} s</text>")  # fmt: skip
            x += wide
        parts.append(f'<text x="{left}" y="{y + bar + 14}" fill="#555555">{escape(_told(one))}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _in_words(sizes: list[dict[str, Any]]) -> str:
    return "Processor seconds of a first run by stage: " + "; ".join(
        f"{one['children']} children: {sum(one['nights'][0]['processor'].values()):.0f} s" for one in sizes
    )


def _told(one: dict[str, Any]) -> str:
    spent = [sum(night["processor"].values()) for night in one["nights"]]
    clock, peak = sum(one["nights"][0]["wall"].values()), max(night["peak_mb"] for night in one["nights"])
    return (f"{spent[0]:.0f} processor seconds ({clock:.0f} s by the clock on {one['processors']} processors, load {one['load']:.0f}); a night with 1 % more files {spent[1]:.0f}; peak {peak / 1000:.1f} GB")  # fmt: skip


if __name__ == "__main__":
    main()

"""How fast and in how much memory deliveries are read: `python -m tests.bench.intake [--children 20000] [--growth]`.

Invents the demo city and reads its workbooks (text files, whatever their name, are left out: calamine does not read
them) on two processes: by calamine alone (`to_python` of every sheet), by openpyxl read-only (a sample of the files, scaled by bytes),
and by the product's own intake, first and once more unchanged. Every reading is a process of its own with workers of
its own, started and imported anew, and all take turns, so that what else the machine does falls on each alike; the
fastest of each counts. Seconds, by the clock and of the CPU, are from the first file looked for to the last one read, the
start of the workers with all they import included, of calamine's as of ours; our modules are compiled to byte code before,
as those of any installed program are. Not part of the tests: nothing is asserted.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PERIOD = "2026-09"
PROCESSES = 2
FILES_AT_ONCE = 8
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
DISTRICT = "210102"


@dataclass(frozen=True)
class Measured:
    """What one reading took: seconds by the clock, CPU seconds, the most memory of one of its processes in MB."""

    wall: float
    cpu: float
    memory: float
    rows: int = 0


Reading = tuple[int, float, float]
Reader = Callable[[Sequence[str], str], Reading]
"""Reads some files, or the inbox below a folder: gives back the rows, the seconds, and the CPU seconds spent before."""


# ------------------------------------------------------------------------------------------------- the readings


def calamine_file(path: str) -> int:
    """Every sheet of a workbook as Python values, by calamine alone; gives back the rows."""
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(Path(path).read_bytes()))
        return sum(len(book.get_sheet_by_index(place).to_python()) for place in range(len(book.sheet_names)))
    except Exception:
        return 0


def openpyxl_file(path: str) -> int:
    """Every sheet of a workbook as Python values, by openpyxl read-only; gives back the rows."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(Path(path).read_bytes()), read_only=True, data_only=True)
        return sum(1 for sheet in book.worksheets for _ in sheet.iter_rows(values_only=True))
    except Exception:
        return 0


def on_two_processes(read: Callable[[str], int], files: Sequence[str]) -> Reading:
    """Every file by ``read`` on a pool, the largest first."""
    before, began = time.process_time(), time.perf_counter()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        rows = sum(pool.map(read, files, chunksize=FILES_AT_ONCE if len(files) > FILES_AT_ONCE * 4 else 1))
    return rows, time.perf_counter() - began, before


def calamine_alone(files: Sequence[str], root: str) -> Reading:
    """Bare calamine on two processes."""
    return on_two_processes(calamine_file, files)


def openpyxl_read_only(files: Sequence[str], root: str) -> Reading:
    """Openpyxl read-only on two processes."""
    return on_two_processes(openpyxl_file, files)


def intake(files: Sequence[str], root: str) -> Reading:
    """The product's own intake of the inbox at ``root``: finds, hashes, reads, keeps; gives back the rows."""
    from expectations.policy import load_policy
    from transforms.intake.cache import expect_deliveries, take_in
    from transforms.intake.inbox import find_deliveries
    from transforms.reference import reference_file

    legend = load_policy(reference_file("policy.toml")).legend
    before, began = time.process_time(), time.perf_counter()
    cache = Path(root) / "cache"
    expect_deliveries(cache)
    found, _ = find_deliveries(Path(root) / "inbox", PERIOD)
    readings = take_in(found, cache, legend=legend, processes=PROCESSES)
    return sum(reading.rows_given for reading in readings), time.perf_counter() - began, before


# ------------------------------------------------------------------------------------------------ the measuring


def _cpu_and_memory() -> tuple[float, float]:
    """CPU seconds of this process and its ended workers, and the most memory one of them held in MB."""
    if sys.platform == "win32":
        return time.process_time(), 0.0
    import resource
    from multiprocessing import forkserver

    forkserver._forkserver._stop()  # type: ignore[attr-defined] # what it loaded and its readers did counts, too
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime
    return cpu, max(own.ru_maxrss, workers.ru_maxrss) / 1024


def _measured(method: Reader, files: Sequence[str], root: str, answers: Any) -> None:
    rows, wall, before = method(files, root)
    cpu, memory = _cpu_and_memory()
    answers.put(Measured(wall, cpu - before, memory, rows))


def apart(method: Reader, files: Sequence[str], root: Path) -> Measured:
    """One reading in a process of its own."""
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=_measured, args=(method, files, str(root), answers))
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(f"{method.__name__} ended with {process.exitcode}")
    measured: Measured = answers.get()
    return measured


def fastest(readings: Sequence[Measured]) -> Measured:
    """The least of each figure, memory the most."""
    return Measured(
        min(r.wall for r in readings), min(r.cpu for r in readings), max(r.memory for r in readings), readings[0].rows
    )


# --------------------------------------------------------------------------------------------------- what is read


def workbooks(root: Path) -> list[str]:
    """The workbooks of an inbox by what they are, the largest first; every other file is removed from it."""
    kept = []
    for path in sorted((root / "inbox").rglob("*")):
        if path.is_file() and path.read_bytes()[:4] in WORKBOOKS:
            kept.append(path)
        elif path.is_file():
            path.unlink()
    return [str(path) for path in sorted(kept, key=lambda p: -p.stat().st_size)]


def invent_city(children: int, seed: int, root: str) -> None:
    """The demo city's inbox below ``root``."""
    from transforms.demo.city import invent
    from transforms.demo.deliveries import write_deliveries

    write_deliveries(invent(children, seed, PERIOD), Path(root) / "inbox", PERIOD)


REGISTRY_HEADINGS = (
    "学校名称", "学校标识码", "学籍号", "姓名", "曾用名", "性别", "出生日期", "民族", "国籍/地区", "身份证件类型", "身份证件号", "户口所在地行政区划",
    "户口性质", "入学年月", "入学方式", "就读方式", "年级", "班级", "学生来源", "现住址", "联系电话", "是否留守儿童", "是否进城务工人员随迁子女", "是否孤儿",
    "是否享受一补", "是否需要申请资助", "随班就读", "残疾类型", "学生状态", "成员1姓名",
)  # fmt: skip


def write_registry(rows: int, root: str) -> None:
    """A registry workbook of ``rows`` invented pupils and thirty columns."""
    import xlsxwriter

    folder = Path(root) / "inbox" / PERIOD / DISTRICT / "registry"
    folder.mkdir(parents=True)
    book = xlsxwriter.Workbook(str(folder / "学籍.xlsx"), {"constant_memory": True})
    sheet = book.add_worksheet("学籍")
    sheet.write_row(0, 0, REGISTRY_HEADINGS)
    for n in range(rows):
        born = f"{2011 + n % 9}-{1 + n % 12:02d}-{1 + n % 28:02d}"
        number = f"210102{born.replace('-', '')}{n % 1000:03d}{n % 10}"
        name = "王李张刘陈"[n % 5] + chr(0x4E00 + n * 7 % 15_000) + chr(0x4E00 + n * 13 % 15_000)
        sheet.write_row(n + 1, 0, (
            f"第{1 + n % 40}小学", f"2121{n % 40:06d}", f"G{number}", name, "", "男女"[n % 2], born, "汉族", "中国", "居民身份证",
            number, "210102001001", "非农业户口", f"{2017 + n % 9}09", "就近入学", "走读", f"{'一二三四五六'[n % 6]}年级",
            f"{1 + n % 9}班", "正常入学", f"和平区某某街道{n % 300}号{n % 40}单元", f"139{n:08d}", "否", "否", "否", "否", "否", "否",
            "无残疾", "在读", "赵" + chr(0x4E00 + n * 11 % 15_000),
        ))  # fmt: skip
    book.close()


def made(make: Callable[..., None], *told: object) -> None:
    """Run ``make`` in a process of its own, so that its memory is not counted."""
    process = multiprocessing.get_context("spawn").Process(target=make, args=told)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(f"{make.__name__} ended with {process.exitcode}")


def print_city(children: int, seed: int, repeats: int, share: float) -> Measured:
    """The city's workbooks by every reader; gives back what our first reading took."""
    with tempfile.TemporaryDirectory(prefix="baoxue-bench-") as scratch:
        root = Path(scratch)
        made(invent_city, children, seed, scratch)
        files = workbooks(root)
        sizes = {path: Path(path).stat().st_size for path in files}
        xlsx = [path for path in files if path.endswith("x")]
        sample = xlsx[:: max(1, round(1 / share))] if share else []
        scale = sum(sizes.values()) / max(1, sum(sizes[path] for path in sample))
        bare, first, again, slow = [], [], [], []
        for _ in range(repeats):
            bare.append(apart(calamine_alone, files, root))
            shutil.rmtree(root / "cache", ignore_errors=True)
            first.append(apart(intake, files, root))
            again.append(apart(intake, files, root))
        if sample:
            slow.append(apart(openpyxl_read_only, sample, root))
        print(f"{children} children, seed {seed}: {len(files)} workbooks, {sum(sizes.values()) / 1e6:.1f} MB")
        base = fastest(bare)
        _line("calamine alone", base, base)
        ours = fastest(first)
        _line("intake, first", ours, base)
        rerun = fastest(again)
        _line(
            "intake, unchanged",
            rerun,
            base,
            f"= {rerun.wall / ours.wall:.1%} of the first (CPU {rerun.cpu / ours.cpu:.1%})",
        )
        for one in slow:
            scaled = Measured(one.wall * scale, one.cpu * scale, one.memory)
            told = f"= {scaled.wall / ours.wall:.1f}× intake (CPU {scaled.cpu / ours.cpu:.1f}×), from {len(sample)} files × {scale:.1f}"
            _line("openpyxl read-only", scaled, base, told)
        return ours


def print_registry(rows: int, repeats: int) -> None:
    """One large registry workbook by calamine and by the intake."""
    with tempfile.TemporaryDirectory(prefix="baoxue-bench-") as scratch:
        root = Path(scratch)
        made(write_registry, rows, scratch)
        files = workbooks(root)
        bare, first = [], []
        for _ in range(repeats):
            bare.append(apart(calamine_alone, files, root))
            shutil.rmtree(root / "cache", ignore_errors=True)
            first.append(apart(intake, files, root))
        print(
            f"registry workbook, {rows} rows × {len(REGISTRY_HEADINGS)} columns, {Path(files[0]).stat().st_size / 1e6:.1f} MB"
        )
        _line("calamine alone", fastest(bare), fastest(bare))
        _line("intake, first", fastest(first), fastest(bare))


def _line(name: str, read: Measured, base: Measured, told: str = "") -> None:
    print(
        f"  {name:<20}{read.wall:8.2f} s {read.wall / base.wall:6.2f}×   CPU {read.cpu:8.2f} s {read.cpu / base.cpu:6.2f}×"
        f"   {read.memory:6.0f} MB   {told}",
        flush=True,
    )


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--children", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument(
        "--openpyxl-share", type=float, default=0.1, help="of the workbooks; nought leaves openpyxl out"
    )
    options.add_argument("--registry", type=int, default=200_000, help="rows of the registry workbook; nought for none")
    options.add_argument("--growth", action="store_true", help="also a city of ten times the children")
    wanted = options.parse_args()
    import compileall

    for package in ("expectations", "transforms"):
        compileall.compile_dir(Path(__file__).parents[2] / package, quiet=2)
    one = print_city(wanted.children, wanted.seed, wanted.repeats, wanted.openpyxl_share)
    if wanted.registry:
        print_registry(wanted.registry, wanted.repeats)
    if wanted.growth:
        ten = print_city(wanted.children * 10, wanted.seed, 1, 0)
        print(f"ten times the children: {ten.wall / one.wall:.1f}× the seconds, CPU {ten.cpu / one.cpu:.1f}×")


if __name__ == "__main__":
    main()

"""Runs the SQL files over the tables of one run and writes each result through its contract.

A run is a folder with one sub-folder a table and one Parquet file a district:
``<run>/<table>/<district_code>.parquet``. The only door to Parquet is `Engine.put`: it casts to the contract's
Arrow schema, demands what the contract demands, and orders by the key, so equal rows give equal bytes.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import sql
from expectations.catalog import TABLES
from expectations.contract import Column, Contract
from transforms.lake import linked
from transforms.reference import reference_file

SQL_FOLDER = Path(sql.__file__).parent
DUCKDB_TYPES = {
    "text": "varchar", "texts": "varchar[]", "int": "integer", "bigint": "bigint", "float": "double",
    "bool": "boolean", "date": "date", "timestamp": "timestamp",
}  # fmt: skip
SORTED_TOGETHER = 300_000
"""Rows put in order at once: many small districts cost a query each, and a city's millions need not be in memory together."""
_FINAL_ORDER = re.compile(r"\norder by [^\n]*\s*\Z")
_COMMENT = re.compile(r"--[^\n]*")
_CALL = re.compile(r"\b(\w+)\s*\(")
_PARAMETER = re.compile(r"\$([a-z_]\w*)")


class ContractBroken(Exception):
    """A table of ours breaks its own contract: a bug, named by table and column, never by value."""


@dataclass(frozen=True)
class Standing:
    """Rows that need not be made: those the run in ``folder`` kept of these deliveries."""

    folder: Path | None = None
    deliveries: frozenset[str] = frozenset()


NONE_STANDING = Standing()


def sql_file(table: str) -> Path:
    """The one file that holds the SELECT of ``table``."""
    return SQL_FOLDER / TABLES[table].stage / f"{table}.sql"


def inputs(text: str) -> list[str]:
    """The tables a SELECT reads, in alphabetical order; names it makes itself (CTEs) are not among them.

    DuckDB's own ``get_table_names`` binds the query and so fails on ``join … using`` before the tables are open.
    """
    code = _COMMENT.sub("", text)
    made_here = set(re.findall(r"\b(\w+)\s+as\s+(?:materialized\s+)?\(\s*(?:select|with|from|values)\b", code))
    return sorted(
        set(re.findall(r"\b(?:from|join)\s+([a-z_]\w*)\b(?!\s*\()", code)) - made_here - {"lateral", "unnest"}
    )


@cache
def macros() -> dict[str, str]:
    """The statement that makes each macro, by its name."""
    text = (SQL_FOLDER / "macros.sql").read_text(encoding="utf-8")
    found = re.split(
        r"^create or replace macro (\w+)", re.sub(r"^--.*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE
    )
    return {name: f"create or replace macro {name}{rest}" for name, rest in zip(found[1::2], found[2::2], strict=True)}


class Engine:
    """One DuckDB connection over the tables of one run.

    ``parameters`` are the named parameters SQL files may use (``$as_of``); each file gets those it names.
    Inputs are opened when first needed: a table of the run, else a table of ``data/reference``, else an empty
    table, so that a source nobody delivered is simply a table without rows. ``previous_<table>`` is the same table
    of the folder ``previous``, the run of the period before (empty when there is none). A ``scratch`` engine keeps
    nothing: its folder is only room to spill into.
    """

    def __init__(
        self,
        folder: Path,
        parameters: Mapping[str, object] | None = None,
        *,
        previous: Path | None = None,
        memory_limit: str | None = None,
        threads: int | None = None,
        scratch: bool = False,
    ) -> None:
        self.folder = folder
        self.previous = previous
        self.parameters = dict(parameters or {})
        folder.mkdir(parents=True, exist_ok=True)
        # One's own: an analyst may read a run while another does.
        self._temporary = Path(tempfile.mkdtemp(prefix=".tmp-", dir=folder))
        self._scratch = scratch
        # Where nothing is kept, rows need no order but the one a stage asks for: keeping it costs memory.
        settings: dict[str, Any] = {"temp_directory": str(self._temporary), "preserve_insertion_order": not scratch}
        # Nothing of it outlives the connection: DuckDB would put its tables in order for a file that is never written,
        # all else waiting.
        settings["checkpoint_threshold"] = "1TB"
        if memory_limit:
            settings["memory_limit"] = memory_limit
        if threads:
            settings["threads"] = threads
        self.con = duckdb.connect(":memory:", config=settings)
        self._macros: set[str] = set()
        self._open: set[str] = set()
        self._views: set[str] = set()
        self._dropped: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.con.close()
        shutil.rmtree(self._temporary, ignore_errors=True)

    def build(self, *tables: str, only: Sequence[str] | None = None, standing: Standing = NONE_STANDING) -> None:
        """Run the SQL file of each table in turn; keep the result unless its contract is temporary.

        Of deliveries that are ``standing`` an earlier run's rows are kept, whatever the SQL makes of them.

        With ``only``, what no later table of the list reads is dropped as soon as it is of no more use, these excepted:
        a large city's steps need not lie in memory together.
        """
        reads = [set(inputs(sql_file(table).read_text(encoding="utf-8"))) for table in tables]
        for turn, table in enumerate(tables):
            text, named = self._ready(table)
            if self._scratch or not TABLES[table].temporary:
                # The order of a kept table's last line is for its files, which are put in order one by one (`_keep`):
                # a million wide rows sorted in one piece take more memory than a run may hold.
                text = _FINAL_ORDER.sub("\n", text)
            if standing.deliveries:
                text = f"select * from ({text}\n) where delivery_id not in (select unnest($standing))"
                named = {**named, "standing": sorted(standing.deliveries)}
            self.forget(table)
            self.con.execute(f"create temp table {table} as {text}", named)
            self._open.add(table)
            self._dropped.discard(table)
            if not (TABLES[table].temporary or self._scratch):
                self._keep(TABLES[table], standing)
            if only is not None:
                for done in self._open.difference(only, *reads[turn + 1 :]):
                    self.forget(done)
                    if done in TABLES and (TABLES[done].temporary or self._scratch):
                        self._dropped.add(done)

    def write(self, table: str, path: Path) -> None:
        """Run the SQL file of ``table`` and leave its rows in the file ``path``: they need not be in memory together."""
        text, named = self._ready(table)
        path.touch(mode=0o600)
        # A SELECT may end in a comment.
        self.con.execute(
            f"copy ({text}\n) to '{_quoted(path)}' (format parquet, compression zstd, compression_level 1)", named
        )

    def terms(self, table: str) -> str:
        """A hash of all that decides what the SQL file of ``table`` makes of its rows: tables made by runs left out."""
        text = sql_file(table).read_text(encoding="utf-8")
        words = [
            reference_file(f"{name}.csv").read_bytes()
            for name in inputs(text)
            if name.removeprefix("previous_") not in TABLES
        ]
        macros = (SQL_FOLDER / "macros.sql").read_bytes()
        told = repr([duckdb.__version__, TABLES[table].schema.to_string(), text, sorted(self._named(text).items())])
        return hashlib.sha256(b"\0".join([told.encode(), macros, *words])).hexdigest()

    def files_read(self, tables: Sequence[str]) -> dict[str, list[Path]]:
        """The files of every table that the SQL files of ``tables`` read and do not make themselves, in order.

        Raises `ContractBroken` where one of them has rows in no file: these would not be seen.
        """
        read = {name for table in tables for name in inputs(sql_file(table).read_text(encoding="utf-8"))} - set(tables)
        for name in sorted((read & self._open) - self._views):
            if self.count(name):
                raise ContractBroken(f"{name} has rows in no file")
        return {name: self._files(name) for name in sorted(read)}

    def take_over(self, table: str, before: Path) -> None:
        """Have what the run ``before`` kept of ``table`` lie in this one too."""
        self.forget(table)
        (self.folder / table).mkdir(parents=True, exist_ok=True)
        for part in _parts(before, table).values():
            linked(part, self.folder / table / part.name)

    def need(self, *tables: str) -> None:
        """Open ``tables`` for SQL unless they are open already."""
        for table in tables:
            if table in self._open:
                continue
            if table in self._dropped:
                raise ContractBroken(f"{table} was dropped after the last table of its build that reads it")
            self._open.add(table)
            name = table.removeprefix("previous_")
            if parts := self._files(table):
                self._open_view(table, parts_as(name, parts))
            elif name in TABLES:
                columns = ", ".join(f"{c.name} {DUCKDB_TYPES[c.type]}" for c in TABLES[name].columns)
                self.con.execute(f"create temp table {table} ({columns})")
            else:
                path = _quoted(reference_file(f"{table}.csv"))
                # How ours are written is known: guessing it takes longer than reading.
                form = "all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"'"
                self.con.execute(f"create temp table {table} as from read_csv('{path}', {form})")

    def forget(self, table: str) -> None:
        """Close ``table`` if it is open, so that it can be made anew."""
        if table in self._open:
            self.con.execute(f"drop {'view' if table in self._views else 'table'} if exists {table}")
            self._open.discard(table)
            self._views.discard(table)

    def put(self, table: str, rows: pa.Table) -> None:
        """Take a table made in Python in through the door and open it for SQL."""
        self.forget(table)
        self.con.register("arriving_rows", rows)
        self.con.execute(f"create temp table {table} as from arriving_rows")
        self.con.unregister("arriving_rows")
        self._open.add(table)
        if not (TABLES[table].temporary or self._scratch):
            self._keep(TABLES[table])

    def open_files(self, table: str, files: Sequence[Path], deliveries: Sequence[str]) -> None:
        """Open the rows of some deliveries where they lie, so that a million need not be in memory."""
        self.forget(table)
        if not files:
            self.need(table)
            return
        wanted = pa.table({"delivery_id": pa.array(sorted(deliveries), pa.string())})
        self.con.register("arriving_rows", wanted)
        self.con.execute(f"create or replace temp table {table}_wanted as from arriving_rows")
        self.con.unregister("arriving_rows")
        listed = ", ".join(f"'{_quoted(file)}'" for file in sorted(files))
        self._open_view(
            table,
            f"select {', '.join(TABLES[table].names)} from read_parquet([{listed}]) "
            f"where delivery_id in (select delivery_id from {table}_wanted)",
        )

    def narrow(self, table: str, without: Collection[str]) -> None:
        """Have ``table`` hold from here on only the rows of other deliveries, and near at hand."""
        if not without:
            return
        self.need(table)
        self.con.execute(
            f"create temp table narrowed as from {table} where delivery_id not in (select unnest(?))", [sorted(without)]
        )
        self.forget(table)
        self.con.execute(f"alter table narrowed rename to {table}")
        self._open.add(table)

    def open_given(self, table: str, given: pa.Table | Path) -> dict[str, str]:
        """Open rows from outside under the contract of ``table``, as its types; columns they lack are null.

        ``row_no`` is the place of the row. Whole numbers beside blanks, which table programs hold as fractions, lose the
        point again. Returns the columns they have, each with DuckDB's name of its type. Raises `OSError` or `duckdb.Error` where a
        file cannot be read.
        """
        if isinstance(given, Path):
            source, place = f"read_parquet('{_quoted(given)}', file_row_number = true)", "file_row_number"
        else:
            source, place = f"{table}_as_given", "place_in_table"
            self.con.register(source, given.append_column(place, pa.array(range(given.num_rows), pa.int64())))
        described = self.con.execute(f"describe from {source}").fetchall()
        held = {name: kind for name, kind, *_ in described if name != place}

        def value(column: Column) -> str:
            if column.name == "row_no":
                return place
            if column.type == "text" and held.get(column.name) in ("FLOAT", "DOUBLE"):
                return f"regexp_replace(cast({column.name} as varchar), '[.]0$', '')"
            return column.name if column.name in held else "null"

        columns = ", ".join(f"cast({value(c)} as {DUCKDB_TYPES[c.type]}) as {c.name}" for c in TABLES[table].columns)
        self._open_view(table, f"select {columns} from {source}")
        return held

    def hold(self, size: int) -> None:
        """Hold no more than ``size`` bytes from now on: what does not fit is spilled beside the run."""
        self.con.execute(f"set memory_limit = '{size}B'")

    def repeats(self, table: str) -> int:
        """How many rows of ``table`` have no key of their own."""
        key = ", ".join(TABLES[table].key)
        [[rows]] = self.con.execute(f"select count(*) - count(distinct ({key})) from {table}").fetchall()
        return int(rows)

    def rows(self, table: str) -> pa.Table:
        """Every row of ``table`` in the order of its key."""
        self.need(table)
        contract = TABLES[table]
        fetched = self.con.sql(f"select {', '.join(contract.names)} from {table} order by {', '.join(contract.key)}")
        return conform(fetched.to_arrow_table(), contract)

    def result(self, table: str) -> pa.Table:
        """What the SQL file of ``table`` makes, in the order of its key: for a last table, which no other reads."""
        text, named = self._ready(table)
        contract = TABLES[table]
        made = self.con.sql(
            f"select {', '.join(contract.names)} from ({text}\n) order by {', '.join(contract.key)}", params=named
        )
        return conform(made.to_arrow_table(), contract)

    def counts(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """How many rows ``table`` has of each combination of ``columns``, in their order: (value, …, rows)."""
        self.need(table)
        return self.con.execute(
            f"select {', '.join(columns)}, count(*) from {table} group by all order by all"
        ).fetchall()

    def district_counts(self, table: str) -> dict[str, int]:
        """The districts ``table`` has rows of, in order, and how many."""
        return {code: int(rows) for code, rows in self.counts(table, "district_code")}

    def districts(self, table: str) -> list[str]:
        """The districts ``table`` has rows of, in order."""
        return list(self.district_counts(table))

    def part(self, table: str, columns: Sequence[str], *districts: str, **of: str) -> pa.Table:
        """Some columns of the rows of some districts, so that a million rows need not be in memory at once.

        ``of`` are the values other columns must have.
        """
        self.need(table)
        wanted = "".join(f" and {column} = ?" for column in of)
        return self.con.sql(
            f"select {', '.join(columns)} from {table} where list_contains(?, district_code){wanted} "
            f"order by {', '.join(TABLES[table].key)}",
            params=[list(districts), *of.values()],
        ).to_arrow_table()

    def of_deliveries(self, table: str, columns: Sequence[str], deliveries: Sequence[str]) -> pa.Table:
        """Some columns of the rows of some deliveries."""
        self.need(table)
        return self.con.sql(
            f"select {', '.join(columns)} from {table} where delivery_id in (select unnest(?)) "
            f"order by {', '.join(TABLES[table].key)}",
            params=[list(deliveries)],
        ).to_arrow_table()

    def count(self, table: str) -> int:
        """How many rows ``table`` has."""
        self.need(table)
        [[rows]] = self.con.execute(f"select count(*) from {table}").fetchall()
        return int(rows)

    def _files(self, table: str) -> list[Path]:
        """The files of a table of this run or, where it is called ``previous_…``, of the run of the period before."""
        name = table.removeprefix("previous_")
        folder = self.folder if name == table else self.previous
        return sorted((folder / name).glob("*.parquet")) if folder else []

    def _sorted_by_district(self, contract: Contract, districts: Sequence[str]) -> pa.Table:
        order = ", ".join(dict.fromkeys(("district_code", *contract.key)))
        return self.con.sql(
            f"select {', '.join(contract.names)} from {contract.name} where list_contains(?, district_code) order by {order}",
            params=[list(districts)],
        ).to_arrow_table()

    def _ready(self, table: str) -> tuple[str, dict[str, object]]:
        """The SELECT of ``table``, whose inputs are open now, and the parameters it names."""
        text = sql_file(table).read_text(encoding="utf-8")
        self.need(*inputs(text))
        self.need_macros(text)
        return text, self._named(text)

    def need_macros(self, text: str) -> None:
        """Make the macros ``text`` calls and those they call: to make all takes as long as a small city's whole step."""
        called = macros().keys() & set(_CALL.findall(text))
        for name in sorted(called - self._macros):
            # One that this one calls may have made it by now.
            if name not in self._macros:
                self._macros.add(name)
                self.need_macros(macros()[name])
                self.con.execute(macros()[name])

    def _named(self, text: str) -> dict[str, object]:
        # DuckDB could be asked as well, and would parse every statement twice.
        return {name: self.parameters[name] for name in set(_PARAMETER.findall(_COMMENT.sub("", text)))}

    def _open_view(self, table: str, rows: str) -> None:
        self.con.execute(f"create temp view {table} as {rows}")
        self._open.add(table)
        self._views.add(table)

    def _keep(self, contract: Contract, standing: Standing = NONE_STANDING) -> None:
        folder = self.folder / contract.name
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.parquet"):
            old.unlink()
        have = [row[0] for row in self.con.execute(f"describe {contract.name}").fetchall()]
        if set(have) != set(contract.names):
            wrong = sorted(set(have) ^ set(contract.names))
            raise ContractBroken(f"{contract.name}: columns {', '.join(wrong)} stand in only one of SQL and contract")
        key = ", ".join(contract.key)
        [[twice]] = self.con.execute(f"select count(*) - count(distinct ({key},)) from {contract.name}").fetchall()
        if twice:
            raise ContractBroken(f"{contract.name}: {twice} rows repeat the key ({key})")
        counts = self.district_counts(contract.name)
        if not all(re.fullmatch(r"\d{6}", district or "") for district in counts):
            raise ContractBroken(f"{contract.name}: a row has no district")
        before = _parts(standing.folder, contract.name) if standing.deliveries else {}

        def keep(district: str, rows: pa.Table) -> None:
            _kept(contract, rows, folder / f"{district}.parquet", before.get(district), standing.deliveries)

        with ThreadPoolExecutor() as pool:
            nothing_new = sorted(before.keys() - counts.keys())
            under_way = pool.map(keep, nothing_new, [contract.schema.empty_table()] * len(nothing_new))
            for districts in batches(counts, SORTED_TOGETHER):
                rows = conform(self._sorted_by_district(contract, districts), contract)
                starts = accumulate((counts[district] for district in districts), initial=0)
                parts = [rows.slice(at, counts[of]) for at, of in zip(starts, districts, strict=False)]
                # The next are put in order while these are written; more need not be in memory.
                list(under_way)
                under_way = pool.map(keep, districts, parts)
            list(under_way)
        # From here on it is read where it lies: what is kept need not stay in memory.
        self.forget(contract.name)


def _parts(folder: Path | None, table: str) -> dict[str, Path]:
    """The file of every district a run kept rows of ``table`` of."""
    return {part.stem: part for part in (folder / table).glob("*.parquet")} if folder else {}


def _kept(contract: Contract, rows: pa.Table, place: Path, before: Path | None, standing: Collection[str]) -> None:
    """Write one district's ``rows``, in order, and with them those that stand of its file ``before``.

    Where nothing but these is left the file itself lies at ``place`` too: nobody changes it where it lies.
    """
    if before is not None:
        with pq.ParquetFile(before) as file:
            stands = pc.is_in(file.read(["delivery_id"])["delivery_id"], value_set=pa.array(standing, pa.string()))
            if not rows.num_rows and pc.all(stands).as_py():
                linked(before, place)
                return
            rows = _in_order(contract, pa.concat_tables([rows, conform(file.read().filter(stands), contract)]))
    if rows.num_rows:
        # The bytes of a file must not tell in how many pieces its rows came.
        pq.write_table(rows.combine_chunks(), place, compression="zstd")


def _in_order(contract: Contract, rows: pa.Table) -> pa.Table:
    """``rows`` in the order of the contract's key; raises `ContractBroken` where one repeats."""
    ordered = rows.take(pc.sort_indices(rows, [(name, "ascending") for name in contract.key]))
    key = ordered.select(contract.key)
    if key.num_rows > key.group_by(contract.key).aggregate([]).num_rows:
        raise ContractBroken(f"{contract.name}: rows taken over repeat the key ({', '.join(contract.key)})")
    return ordered


def batches(counts: Mapping[str, int], most: int) -> list[list[str]]:
    """The districts in their order, as many together as have no more than ``most`` rows; at least one."""
    together: list[list[str]] = []
    rows = 0
    for district, count in counts.items():
        if not together or rows + count > most:
            together.append([])
            rows = 0
        together[-1].append(district)
        rows += count
    return together


def parts_as(table: str, parts: Sequence[Path]) -> str:
    """What opens the parts of a table, of whatever release: a column an older one did not have is empty.

    The parts of one run may be of several releases, since a run for one district takes over those of the others.
    """
    listed = ", ".join(f"'{_quoted(part)}'" for part in parts)
    wanted = {column.name: DUCKDB_TYPES[column.type] for column in TABLES[table].columns}
    have = [set(pq.read_schema(part).names) for part in parts] if table in TABLES else []
    if all(names == set(wanted) for names in have):
        return f"from read_parquet([{listed}])"
    known = set().union(*have)
    columns = ", ".join(name if name in known else f"cast(null as {kind}) as {name}" for name, kind in wanted.items())
    return f"select {columns} from read_parquet([{listed}], union_by_name = true)"


def conform(rows: pa.Table, contract: Contract) -> pa.Table:
    """``rows`` cast to the contract's schema; raises `ContractBroken` where a required value is missing."""
    for column in contract.columns:
        if column.required and rows.column(column.name).null_count:
            raise ContractBroken(f"{contract.name}.{column.name}: {rows.column(column.name).null_count} values missing")
    return rows.select(list(contract.names)).cast(contract.schema)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")

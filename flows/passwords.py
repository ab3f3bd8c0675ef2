"""The passwords of offices: made once each, kept beside the lake and never in the outbox."""

from __future__ import annotations

import csv
import secrets
from pathlib import Path

from transforms.lists.workbook import safe_name

HEADINGS = ("区县", "单位类别", "单位代码", "单位名称", "密码")
LETTERS = "23456789ABCDEFGHJKMNPQRSTWXYZabcdefghjkmnpqrstwxyz"  # none that is mistaken for another when read out
LENGTH = 12


class Passwords:
    """The table of passwords in ``path`` (CSV for Excel, 0600): an office keeps its password from period to period.

    A clerk may change one in the file; the next run closes with it. ``save`` writes what was made since.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: dict[tuple[str, str, str], tuple[str, str]] = {}
        if path.is_file():
            with path.open(encoding="utf-8-sig", newline="") as handle:
                for row in csv.DictReader(handle):
                    district, kind, code, name, password = (row[heading] for heading in HEADINGS)
                    if password:
                        self._rows[district, kind, code] = (name, password)

    def of(self, district: str, recipient: str, unit_code: str, unit_name: str) -> str:
        """The password of an office, made now if it has none."""
        key = (district, recipient, _text(unit_code))
        if key not in self._rows:
            self._rows[key] = (_text(unit_name), "".join(secrets.choice(LETTERS) for _ in range(LENGTH)))
        return self._rows[key][1]

    def by_file(self) -> dict[str, str]:
        """Each password by what the names of its office's files begin with, so that a returned one is opened at once."""
        return {_begins(district, name): password for (district, _, _), (name, password) in sorted(self._rows.items())}

    def save(self) -> None:
        """Write the table in one step."""
        fresh = self._path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        with fresh.open("w", encoding="utf-8-sig", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow(HEADINGS)
            writer.writerows((*key, *rest) for key, rest in sorted(self._rows.items()))
        fresh.replace(self._path)


def _begins(district: str, name: str) -> str:
    name = name.removeprefix("'")
    return f"{district}_{safe_name(name)}_"


def _text(value: str) -> str:
    """What Excel would take for a formula, as text."""
    return f"'{value}" if value[:1] in tuple("=+-@") else value

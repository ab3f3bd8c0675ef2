"""Set everything up in .venv with nothing but Python and pip, then run the demo or the tests.

    python bootstrap.py demo [--children 20000] [--seed 1]     the product on an invented city
    python bootstrap.py test [pytest's own arguments]          every check the project has
    python bootstrap.py COMMAND …                              any other command of `baoxue`

The packages are exactly those of requirements.txt (requirements-dev.txt for the tests), checked by hash.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def set_up(requirements: str) -> None:
    """Install what ``requirements`` names unless exactly that is installed already."""
    wanted = hashlib.sha256((HERE / requirements).read_bytes()).hexdigest()
    stamp = ENVIRONMENT / f"{requirements}.installed"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return
    print(f"setting up {ENVIRONMENT.name} from {requirements} …", file=sys.stderr, flush=True)
    if not PYTHON.is_file():
        venv.create(ENVIRONMENT, with_pip=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--require-hashes", "-r", str(HERE / requirements)], check=True)
    subprocess.run([*pip, "--no-build-isolation", "--editable", str(HERE)], check=True)
    stamp.write_text(wanted, encoding="ascii")


def main() -> int:
    """Set up, then hand over to `baoxue` or pytest."""
    if sys.version_info < (3, 11):
        print("baoxue needs Python 3.11 or newer", file=sys.stderr)
        return 2
    command, arguments = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("demo", [])
    if command in {"-h", "--help"}:
        print(__doc__)
        return 0
    set_up("requirements-dev.txt" if command == "test" else "requirements.txt")
    module = ["pytest"] if command == "test" else ["flows.command", command]
    return subprocess.run([str(PYTHON), "-m", *module, *arguments], cwd=HERE, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

"""Programs a bureau's computer has, where they are installed: a browser and an office suite."""

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SOFFICE = shutil.which("soffice")
needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium here (apt-get install chromium fonts-noto-cjk)"
)
needs_office = pytest.mark.skipif(
    SOFFICE is None, reason="no LibreOffice here (apt-get install libreoffice-calc libreoffice-writer)"
)


def browser(page: Path, folder: Path, *switches: str) -> str:
    """What chromium says of ``page`` with ``switches``, without a network."""
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND",
               f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=4000", *switches, page.as_uri()]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-500:]
    return done.stdout.decode("utf-8", errors="replace")


def answers_in_browser(page: Path, folder: Path, script: str) -> str:
    """What ``script`` (an expression) gives in ``page``, run in a real browser after the page's own script."""
    asked = folder / f"asked-{abs(hash(script))}.html"
    ending = f"<script>addEventListener('load',function(){{var said=String({script});document.title='said:'+said+':end';}});</script></body>"
    asked.write_text(page.read_text(encoding="utf-8").replace("</body>", ending), encoding="utf-8")
    dumped = browser(asked, folder, "--dump-dom")
    return html.unescape(re.search(r"<title>said:(.*?):end</title>", dumped, re.S).group(1))


def saved_again(path: Path, folder: Path, kind: str = "xlsx") -> Path:
    """``path`` opened and saved again by LibreOffice as ``kind``."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [SOFFICE, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", kind,
               "--outdir", str(folder), str(path)]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=1500, check=True)
    return folder / f"{path.stem}.{kind}"

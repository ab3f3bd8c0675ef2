"""Closes a file that holds personal data with its recipient's password: the encryption Office itself opens.

ECMA-376 agile encryption (AES-256, 100,000 rounds of SHA-512), so that Word, Excel and WPS ask for the password and a
file that goes astray says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile

PasswordOf = Callable[[str, str, str, str], str]
"""The password of an office: of district, kind of recipient, unit code and unit name."""


def protect(path: Path, password: str) -> None:
    """Encrypt the workbook or document at ``path`` in its place."""
    closed = BytesIO()
    OOXMLFile(BytesIO(path.read_bytes())).encrypt(password, closed)
    path.write_bytes(closed.getvalue())

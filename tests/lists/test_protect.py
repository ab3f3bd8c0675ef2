import hashlib
import io
import json

import docx
import msoffcrypto
import openpyxl
import pytest

from tests.lists.city import AS_OF, city
from transforms.lists.deliver import deliver_lists


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """The county's lists encrypted: the outbox and the password of each file's office."""
    asked = {}

    def password_of(district, recipient, unit_code, unit_name):
        asked[district, recipient, unit_code] = f"secret-{recipient}-{unit_code}"
        return asked[district, recipient, unit_code]

    outbox = tmp_path_factory.mktemp("outbox") / "staged"
    with city(tmp_path_factory.mktemp("run")) as engine:
        deliver_lists(engine, outbox, period="2026-09", as_of=AS_OF, password_of=password_of)
    listed = json.loads((outbox / "990101" / "manifest.json").read_text(encoding="utf-8"))["files"]
    return outbox / "990101", listed, asked


def opened(path, password):
    whole = io.BytesIO()
    with path.open("rb") as handle:
        book = msoffcrypto.OfficeFile(handle)
        book.load_key(password=password, verify_password=True)
        book.decrypt(whole)
    return whole


def test_every_file_with_personal_data_is_closed_and_opens_with_its_offices_password_only(closed):
    folder, listed, asked = closed
    kinds = set()
    for one in (one for one in listed if one["encrypted"]):
        path = folder / one["file"]
        with path.open("rb") as handle:
            assert msoffcrypto.OfficeFile(handle).is_encrypted()
        if path.suffix in kinds:
            continue  # the rounds of the key take time: one of each kind shows it
        kinds.add(path.suffix)
        whole = opened(path, asked["990101", one["recipient"], one["unit_code"]])
        assert openpyxl.load_workbook(whole) if path.suffix == ".xlsx" else docx.Document(whole)
        with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
            opened(path, "another")
    assert kinds == {".xlsx", ".docx"}


def test_the_manifest_says_which_are_closed_and_hashes_what_is_handed_out(closed):
    folder, listed, _ = closed
    assert {one["personal"] for one in listed if one["encrypted"]} == {True}
    assert not [one["file"] for one in listed if one["personal"] and not one["encrypted"]]
    assert [one for one in listed if not one["encrypted"] and one["kind"] == "看板"]
    for one in listed:
        assert one["sha256"] == hashlib.sha256((folder / one["file"]).read_bytes()).hexdigest()


def test_no_password_lies_in_the_outbox(closed):
    folder, _, asked = closed
    for path in folder.rglob("*"):
        assert path.is_dir() or not [p for p in asked.values() if p.encode() in path.read_bytes()]

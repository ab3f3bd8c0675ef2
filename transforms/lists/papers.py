"""Fills the Word templates a clerk may have edited: each is read once, however many documents are made from it.

docxtpl turns what Word saved into a template of its text; filling is then a matter of text and zip, some milliseconds
a document. What stands in a template can name values and repeat, nothing else: it runs in a sandbox.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from expectations.errors import BadTemplate
from transforms.lists.chart import KIND, RELATION, Chart, chart_part, placed
from transforms.reference import reference_file

FILLED = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_DECLARES = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)")
"""A document type or an entity in XML, also in UTF-16."""
MADE = (1980, 1, 1, 0, 0, 0)


def write_paper(path: Path, template: str, values: Mapping[str, Any]) -> None:
    """Fill the template named ``template`` with ``values`` and write it to ``path`` (0600); equal values, equal bytes.

    Raises `BadTemplate` where the template names something that is not there or cannot be read.
    """
    charts = [(name, value) for name, value in values.items() if isinstance(value, Chart) and value.drawn]
    shown = {name: placed(chart, number) for number, (name, chart) in enumerate(charts, start=1)}
    try:
        parts = [
            (name, part.render({**_printable(values), **shown}).encode("utf-8") if isinstance(part, Template) else part)
            for name, part in _parts(reference_file(f"templates/{template}.docx"))
        ]
    except TemplateError as error:
        raise BadTemplate(f"模板“{template}.docx”不能填写：{error.message}；请核对花括号中的名称") from None
    except (OSError, KeyError, zipfile.BadZipFile, ValueError):
        raise BadTemplate(f"模板“{template}.docx”打不开；请用 Word 另存为 docx 后放回") from None
    if charts:
        parts = [(name, _with_charts(name, part, len(charts))) for name, part in parts]
        parts += [(f"word/charts/chart{n}.xml", chart_part(chart)) for n, (_, chart) in enumerate(charts, start=1)]
    path.touch(mode=0o600)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name, MADE), content, zipfile.ZIP_DEFLATED)


def _with_charts(name: str, part: bytes, count: int) -> bytes:
    """A part of the archive that lists others, with the charts added."""
    if name == "[Content_Types].xml":
        told = "".join(
            f'<Override PartName="/word/charts/chart{n}.xml" ContentType="{KIND}"/>' for n in range(1, count + 1)
        )
        return part.replace(b"</Types>", told.encode() + b"</Types>")
    if name == "word/_rels/document.xml.rels":
        told = "".join(
            f'<Relationship Id="rIdChart{n}" Type="{RELATION}" Target="charts/chart{n}.xml"/>'
            for n in range(1, count + 1)
        )
        return part.replace(b"</Relationships>", told.encode() + b"</Relationships>")
    return part


def _parts(path: Path) -> list[tuple[str, bytes | Template]]:
    return _parts_of(path, path.stat().st_mtime_ns)


@cache
def _parts_of(path: Path, changed: int) -> list[tuple[str, bytes | Template]]:
    """The parts of a template's archive, those with text in them ready to be filled; anew once the file was ``changed``."""
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    patch = DocxTemplate(path).patch_xml
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if _DECLARES.search(archive.read(name)):  # Word never writes one; it would go out to every office
                raise ValueError(f"{name} declares a document type")
        return [
            (name, environment.from_string(patch(archive.read(name).decode("utf-8"))) if FILLED.fullmatch(name)
             else archive.read(name))
            for name in archive.namelist()
        ]  # fmt: skip


def _printable(value: Any) -> Any:
    """``value`` without what XML cannot hold; nothing is shown as nothing."""
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value)
    if isinstance(value, Mapping):
        return {name: _printable(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(one) for one in value]
    return "" if value is None or isinstance(value, Chart) else value

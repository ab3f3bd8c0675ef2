"""Every kind of file opened by a program that did not write it: a browser, an office suite, a library of another make."""

import json
import re
import struct
import zlib

import docx
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.lists.programs import answers_in_browser, browser, needs_browser, needs_office, saved_again
from transforms.lists.workbook import WIDEST

KINDS = {"核实名单", "核查台账", "工作台账", "控辍保学台账", "疑似同一人核对", "未报送考勤", "文件问题清单", "一个月报告表",
         "十五日报告表", "入学通知书", "劝返复学通知书", "疑似辍学学生情况通报", "看板", "关联质量"}  # fmt: skip


@pytest.fixture(scope="module")
def listed(delivered):
    """Each file with its line of the manifest."""
    return [
        (manifest.parent / line["file"], line)
        for manifest in delivered.outbox.glob("*/manifest.json")
        for line in json.loads(manifest.read_text(encoding="utf-8"))["files"]
    ]


@pytest.fixture(scope="module")
def page(delivered):
    return next(path for path in delivered.files if path.name == "看板_990101_2026-09.html")


def test_the_county_has_every_kind_there_is(listed):
    assert {line["kind"] for _, line in listed} == KINDS


def test_two_other_libraries_read_the_same_cells_from_every_workbook(listed):
    for path, line in listed:
        if path.suffix != ".xlsx":
            continue
        book, other = openpyxl.load_workbook(path), CalamineWorkbook.from_path(str(path))
        assert [sheet.title for sheet in book] == other.sheet_names
        for sheet in book:
            if sheet.title == "选项":
                assert sheet.sheet_state == "veryHidden"
                continue
            rows = other.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
            mine = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
            assert mine == {_same(cell) for row in rows for cell in row if cell not in ("", None)}, path.name
            _looks(sheet, line)


def _same(cell):
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _looks(sheet, line):
    """Whatever the kind: a title over the table, a frozen head repeated in print, A4 landscape one page wide, locked."""
    assert sheet["A1"].value and sheet["A1"].alignment.horizontal == "center", line["kind"]
    assert sheet.protection.sheet and sheet.freeze_panes and sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    shown = [
        place.width * (place.max - place.min + 1) for place in sheet.column_dimensions.values() if not place.hidden
    ]
    assert sum(shown) <= WIDEST, "printed in less than eight points"
    open_columns = {sheet.cell(4, cell.column).value for cell in sheet[5] if not cell.protection.locked} - {None}
    choices = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert bool(choices) == ("核实结果" in open_columns)
    for row in sheet.iter_rows(min_row=5):
        assert not [cell for cell in row if cell.data_type == "f"], "nothing is a formula"


def test_every_document_opens_and_says_its_title(listed):
    for path, line in listed:
        if path.suffix == ".docx":
            text = "\n".join(p.text for p in docx.Document(str(path)).paragraphs)
            assert line["kind"].removeprefix("疑似辍学学生") in text, path.name


@needs_office
def test_an_office_suite_prints_every_document_and_workbook(listed, tmp_path):
    seen = set()
    for path, line in listed:
        if line["kind"] in seen or path.suffix == ".html":
            continue
        seen.add(line["kind"])
        printed = saved_again(path, tmp_path, "pdf").read_bytes()
        assert printed[:5] == b"%PDF-" and len(printed) > 5_000, line["kind"]
        wide = [tuple(map(float, found)) for found in re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", printed)]
        turned = path.suffix == ".xlsx"
        assert wide and all(
            (w > h) == turned and abs(max(w, h) - 842) < 2 and abs(min(w, h) - 595) < 2 for w, h in wide
        ), line["kind"]
    assert seen == KINDS - {"看板", "关联质量"}


@needs_browser
def test_a_search_in_the_browser_leaves_the_rows_that_fit_and_says_how_many(page, tmp_path):
    asked = answers_in_browser(page, tmp_path, """(function(){var b=document.querySelector('input[data-table=units0]');
        b.value='第二';b.dispatchEvent(new Event('input'));
        return Array.from(document.querySelectorAll('#units0 tbody tr')).filter(r=>!r.hidden).map(r=>r.cells[0].textContent)
            +'|'+document.getElementById('units0-status').textContent})()""")  # fmt: skip
    assert asked == "第二中学|共 1 个"


@needs_browser
def test_columns_sort_with_the_keyboard_and_say_so(page, tmp_path):
    asked = answers_in_browser(page, tmp_path, """(function(){var h=document.querySelector('#units0 thead th:nth-child(5)');
        var b=h.querySelector('button');b.focus();var seen=document.activeElement===b;b.click();
        return seen+'|'+h.getAttribute('aria-sort')+'|'+document.querySelector('#units0 tbody tr').cells[0].textContent})()""")  # fmt: skip
    assert asked == "true|descending|第二中学"


@needs_browser
def test_everything_that_can_be_used_can_be_reached_with_the_tabulator_key(page, tmp_path):
    asked = answers_in_browser(page, tmp_path, """Array.from(document.querySelectorAll('a,button,input,.scroll'))
        .every(e=>e.tabIndex>=0)+'|'+document.querySelectorAll('a,button,input').length""")  # fmt: skip
    reached, count = asked.split("|")
    assert reached == "true" and int(count) > 12


@needs_browser
def test_the_page_asks_nothing_of_the_network_and_its_script_runs_without_an_error(page, tmp_path):
    asked = answers_in_browser(
        page, tmp_path, "performance.getEntriesByType('resource').length+'|'+document.fonts.status"
    )
    assert asked.startswith("0|")


@needs_browser
@pytest.mark.parametrize(("width", "columns"), [(1280, 6), (480, 2)])
def test_on_a_narrow_screen_the_cards_stand_in_two_columns_and_nothing_is_cut_off(page, tmp_path, width, columns):
    asked = answers_in_browser(page, tmp_path, f"""(function(){{var f=document.createElement('iframe');f.style.width='{width}px';
        f.style.border='0';document.body.appendChild(f);f.contentDocument.open();f.contentDocument.write(
        '<html lang=zh><head><style>'+document.querySelector('style').textContent+'</style></head><body>'
        +document.querySelector('main').outerHTML+'</body></html>');f.contentDocument.close();
        var d=f.contentDocument;var c=f.contentWindow.getComputedStyle(d.querySelector('.cards')).gridTemplateColumns.split(' ').length;
        return c+'|'+(d.documentElement.scrollWidth<={width})}})()""")  # fmt: skip
    assert asked == f"{columns}|true"


@needs_browser
def test_it_prints_on_a4_landscape(page, tmp_path):
    browser(page, tmp_path, f"--print-to-pdf={tmp_path / 'page.pdf'}", "--no-pdf-header-footer")
    printed = (tmp_path / "page.pdf").read_bytes()
    width, height = map(float, re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", printed).groups())
    assert abs(width - 842) < 2 and abs(height - 595) < 2


@needs_browser
def test_in_shades_of_grey_text_and_bars_stand_out_from_the_paper(page, tmp_path):
    picture = tmp_path / "page.png"
    browser(page, tmp_path, f"--screenshot={picture}", "--window-size=900,1200")
    shades = greys(picture.read_bytes())
    dark, light = sum(shades[:90]), sum(shades[230:])
    assert light > 0.6 * sum(shades) and dark > 0.004 * sum(shades)


def greys(png):
    """How many points of a picture (8 bits a colour, as chromium writes it) have each of 256 shades of grey."""
    width, height, _, colours = struct.unpack(">IIBB", png[16:26])
    step = {2: 3, 6: 4}[colours]
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    raw, counted = zlib.decompress(data), [0] * 256
    before = bytearray(width * step)
    for line in range(height):
        start = line * (width * step + 1)
        row = bytearray(raw[start + 1 : start + 1 + width * step])
        kind = raw[start]
        for i in range(len(row)):
            left = row[i - step] if i >= step else 0
            corner = before[i - step] if i >= step else 0
            guess = (0, left, before[i], (left + before[i]) // 2, _paeth(left, before[i], corner))[kind]
            row[i] = (row[i] + guess) & 255
        for i in range(0, len(row), step):
            counted[(299 * row[i] + 587 * row[i + 1] + 114 * row[i + 2]) // 1000] += 1
        before = row
    return counted


def _paeth(left, above, corner):
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))

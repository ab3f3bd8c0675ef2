import io
import re
import zipfile

import docx
import pytest

from expectations.errors import BadTemplate
from expectations.recipients import LETTERS, RECIPIENTS, letter_routes
from transforms.lists import papers
from transforms.lists.chart import Chart
from transforms.lists.letters import authority
from transforms.lists.offices import FULL_NUMBER
from transforms.lists.papers import write_paper
from transforms.reference import reference_file


def said(path):
    """Every paragraph and cell of a document, headers and footers included, as one text."""
    document = docx.Document(str(path))
    parts = [p.text for p in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for section in document.sections:
        parts += [p.text for part in (section.header, section.footer) for p in part.paragraphs]
    return "\n".join(parts)


def letter(delivered, part):
    [path] = [path for path in delivered.files if path.suffix == ".docx" and part in path.name]
    return path


def test_a_child_never_enrolled_gets_its_letter_from_the_township_that_visits(delivered):
    text = said(letter(delivered, "城西镇_入学通知书"))
    assert "王三的父母或者其他法定监护人（王大）：" in text
    assert "城西镇人民政府（盖章）" in text and "2026年9月30日" in text
    assert text.count("CASE-C1") == 4  # register, letter, slip, receipt
    assert "城西镇3号" in text


def test_a_suspected_dropout_gets_its_letter_from_its_school_which_knows_no_family(delivered):
    text = said(letter(delivered, "第一小学_劝返复学通知书"))
    assert "张一丰的父母或者其他法定监护人：" in text and "第一小学五年级(2)班" in text
    for hidden in ("张大", "城东街道", "13900000001", "低保", "2015"):
        assert hidden not in text


def test_one_register_line_letter_and_receipt_for_each_child(delivered):
    rows = delivered.engine.rows("letters").to_pylist()
    assert sorted(row["child_id"] for row in rows) == ["a", "c"]
    for path in (p for p in delivered.files if "通知书" in p.name):
        document = docx.Document(str(path))
        register, *receipts = document.tables
        assert len(register.rows) - 1 == len(receipts) == 1


def test_no_document_holds_a_whole_number_or_an_unfilled_place(delivered):
    for path in (p for p in delivered.files if p.suffix == ".docx"):
        text = said(path)
        assert not FULL_NUMBER.search(text)
        assert not re.search(r"[{}]|None|null", text)


def test_a_letter_says_no_more_than_its_sender_is_told():
    told = {r.code: {s.column for sheet in r.sheets for s in sheet.columns} for r in RECIPIENTS}
    named = {letter.code: {field.column for field in letter.fields} for letter in LETTERS}
    for code, _, sender, turn in letter_routes():
        if sender == "school":
            assert named[code] - told[sender] == {"case_no", "guardian_name", "address", "due_on", "school_name"}
        if turn == 1 and sender == "township":
            assert named[code] - told[sender] == {"case_no", "due_on"}


def test_papers_are_laid_out_on_the_standards_page():
    for kind in (*(letter.chinese for letter in LETTERS), "疑似辍学学生情况通报"):
        section = docx.Document(str(reference_file(f"templates/{kind}.docx"))).sections[0]
        margins = section.page_width, section.page_height, section.top_margin, section.left_margin, section.right_margin
        assert [round(length.mm) for length in margins] == [210, 297, 37, 28, 26]


def test_every_font_of_a_template_names_its_substitutes():
    for kind in (letter.chinese for letter in LETTERS):
        with zipfile.ZipFile(reference_file(f"templates/{kind}.docx")) as archive:
            used = set(re.findall(r'w:eastAsia="([^"]+)"', archive.read("word/document.xml").decode()))
            named = archive.read("word/fontTable.xml").decode()
        assert used and all(f'w:name="{font}"><w:altName' in named for font in used)


def test_the_authority_that_signs_is_the_townships():
    assert authority("城东街道") == "城东街道办事处"
    assert authority("城西镇") == "城西镇人民政府"
    assert authority("第一小学") == "第一小学"


def a_template(folder, monkeypatch, text):
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(folder / "t.docx"))
    monkeypatch.setattr(papers, "reference_file", lambda name: folder / "t.docx")


def test_what_a_name_holds_is_text_whatever_it_looks_like(tmp_path, monkeypatch):
    a_template(tmp_path, monkeypatch, "{{ 姓名 }}")
    write_paper(tmp_path / "out.docx", "t", {"姓名": "<w:p/>&{{ 1 }}\x07"})
    assert said(tmp_path / "out.docx").strip() == "<w:p/>&{{ 1 }}"


@pytest.mark.parametrize("text", ["{{ 性名 }}", "{% for x in 姓名 %}", "{{ 姓名.__class__.__mro__ }}"])
def test_a_template_that_names_what_is_not_there_is_refused_with_a_sentence(tmp_path, monkeypatch, text):
    a_template(tmp_path, monkeypatch, text)
    with pytest.raises(BadTemplate, match="模板"):
        write_paper(tmp_path / "out.docx", "t", {"姓名": "甲"})
    assert not (tmp_path / "out.docx").exists()


def test_a_template_that_is_no_word_file_is_refused_with_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "t.docx").write_bytes(io.BytesIO(b"no archive").read())
    monkeypatch.setattr(papers, "reference_file", lambda name: tmp_path / "t.docx")
    with pytest.raises(BadTemplate, match="打不开"):
        write_paper(tmp_path / "out.docx", "t", {})


def test_a_template_edited_in_word_keeps_its_places_though_word_cuts_them_in_pieces(tmp_path, monkeypatch):
    document = docx.Document(str(reference_file("templates/劝返复学通知书.docx")))
    [sentence] = [p for p in document.paragraphs if "尚未完成义务教育" in p.text]
    text = sentence.text
    for run in sentence.runs[1:]:
        run._r.getparent().remove(run._r)
    cut = text.index("{{") + 4  # Word ends a run in the middle of a name when its spelling or format changes
    sentence.runs[0].text = "【本县加印】" + text[:cut]
    sentence.add_run(text[cut:]).bold = True
    sentence._p.insert(2, docx.oxml.OxmlElement("w:proofErr"))
    document.add_paragraph("监督电话：0000-12345")
    document.save(str(tmp_path / "t.docx"))
    monkeypatch.setattr(papers, "reference_file", lambda name: tmp_path / "t.docx")
    letters = {
        "案号": "CASE-1",
        "姓名": "甲",
        "性别": "男",
        "监护人": "",
        "住址": "",
        "应答期限": "",
        "学校": "一小",
        "年级班级": "五年级",
    }
    values = {"期次": "2026年9月", "份数": 1, "制发日期": "2026年9月30日", "发文单位": "一小", "各份": [letters]}
    write_paper(tmp_path / "out.docx", "t", values)
    assert "【本县加印】您的孩子甲（学籍在一小五年级）尚未完成义务教育" in said(tmp_path / "out.docx")
    assert "监督电话：0000-12345" in said(tmp_path / "out.docx")


def test_a_charts_place_may_be_taken_out_of_the_bulletin(delivered, tmp_path, monkeypatch):
    path = next(path for path in delivered.files if "情况通报_990101" in path.name)
    assert path.read_bytes()
    a_template(tmp_path, monkeypatch, "{{ 地区 }}")
    chart = Chart("bar", ["一"], [("数", [7.0])], "图")
    write_paper(tmp_path / "out.docx", "t", {"地区": "城东", "图一": chart})
    assert said(tmp_path / "out.docx").strip() == "城东"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_template_that_declares_entities_is_refused(tmp_path, encoding):
    path = tmp_path / "劝返复学通知书.docx"
    with zipfile.ZipFile(reference_file("templates/劝返复学通知书.docx")) as given, zipfile.ZipFile(path, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            if name == "word/document.xml":
                head, end, rest = content.decode().partition("?>")
                declared = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
                content = f"{head}{end}{declared}{rest}".encode(encoding)
            made.writestr(name, content)
    with pytest.raises(ValueError, match="declares"):
        papers._parts(path)

"""Makes the templates of letters and bulletin once; afterwards a clerk edits them in Word and this is not run again.

    python data/reference/templates/make_templates.py

Layout after GB/T 9704: A4, top 37 mm, binding side 28 mm, type area 156 × 225 mm, title size 2, body size 3 on a pitch
of 22 lines, page numbers —1—. Each font names the fonts to take in its place where it is not installed.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

HERE = Path(__file__).parent
TITLE, BODY, HEAD, SUBHEAD = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
INSTEAD = {
    TITLE: "小标宋,FZXiaoBiaoSong-B05S,宋体,SimSun,Noto Serif CJK SC", BODY: "仿宋,FangSong,STFangsong,Noto Serif CJK SC",
    HEAD: "SimHei,Noto Sans CJK SC", SUBHEAD: "楷体,KaiTi,STKaiti,Noto Serif CJK SC",
}  # fmt: skip
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
BLANK = "　　　　　　"


def main() -> None:
    """Both letters and the bulletin."""
    letter(
        "入学通知书",
        [
            "您的孩子{{ 份.姓名 }}（{% if 份.性别 %}{{ 份.性别 }}，{% endif %}{% if 份.出生年月 %}{{ 份.出生年月 }}出生{% endif %}）已到法定入学年龄。"
            "经户籍、学籍和考勤资料比对，目前尚未查到其入学登记。《中华人民共和国义务教育法》第十一条规定："
            "凡年满六周岁的儿童，其父母或者其他法定监护人应当送其入学接受并完成义务教育；条件不具备的地区的儿童，可以推迟到七周岁。",
            "请您到[[" + BLANK + "　]]学校为孩子办理入学手续，带上户口簿，"
            "{% if 份.应答期限 %}于{{ 份.应答期限 }}前{% else %}自收到本通知书之日起七日内{% endif %}办理。",
            "孩子已在其他学校就读，或者因身体状况需要延缓入学、休学的，请在回执中填写并附证明材料。入学有困难的，请与我们联系，我们依法给予帮助。",
        ],
        ("出生年月", "{{ 份.出生年月 }}"),
    )
    letter(
        "劝返复学通知书",
        [
            "您的孩子{{ 份.姓名 }}（{% if 份.学校 %}学籍在{{ 份.学校 }}{% endif %}{% if 份.年级班级 %}{{ 份.年级班级 }}{% endif %}）尚未完成义务教育，"
            "据学籍和考勤资料比对，近期未到校学习，我们也没有收到其在别处就读的材料。《中华人民共和国义务教育法》第五条规定："
            "适龄儿童、少年的父母或者其他法定监护人应当依法保证其按时入学接受并完成义务教育。",
            "请您{% if 份.应答期限 %}于{{ 份.应答期限 }}前{% else %}自收到本通知书之日起七日内{% endif %}送孩子返校复学，并把回执交回。",
            "孩子已在其他学校就读，或者因病因残不能到校、已办理休学的，请在回执中填写并附证明材料。上学有困难的，请与我们联系，我们依法给予帮助。",
        ],
        ("年级班级", "{{ 份.年级班级 }}"),
    )
    bulletin()


def letter(kind: str, sentences: list[str], told: tuple[str, str]) -> None:
    """One kind of letter: the register of delivery, then for each child the letter, the reply slip and the receipt."""
    document = blank()
    line(document, f"{kind}送达登记表", TITLE, 22, CENTRE)
    line(document, "{{ 期次 }}　　{{ 发文单位 }}　　共 {{ 份数 }} 份", BODY, 14, CENTRE, 26)
    note = "送达前请逐份核对并盖章；已查明在校就读、依法延缓入学或休学的不再送达，只在核实名单中填写结果。"
    line(document, note, BODY, 12, indent=2, pitch=22).paragraph_format.space_after = Pt(8)
    grid(
        document, ["序号", "编号", "姓名", told[0], "送达日期", "送达方式", "签收人"],
        "份 in 各份", ["{{ loop.index }}", "{{ 份.案号 }}", "{{ 份.姓名 }}", told[1].replace("份.", "份."), "", "", ""],
        [13, 30, 24, 30, 21, 21, 17],
    )  # fmt: skip
    tag(document, "{%p for 份 in 各份 %}")
    line(document, "编号：{{ 份.案号 }}", BODY, 14, RIGHT, new_page=True)
    line(document, kind, TITLE, 22, CENTRE, pitch=44)
    line(document, "{{ 份.姓名 }}的父母或者其他法定监护人{% if 份.监护人 %}（{{ 份.监护人 }}）{% endif %}：")
    for sentence in sentences:
        line(document, sentence, indent=2)
    line(document, f"联系人：[[{BLANK}]]　联系电话：[[{BLANK}　　]]", indent=2)
    line(document, "")
    signed(document, "（盖章）")
    line(document, "编号：{{ 份.案号 }}", BODY, 14, RIGHT, new_page=True)
    line(document, "回　　执", TITLE, 18, CENTRE, 32)
    slip = {"size": 14, "indent": 2, "pitch": 24}
    line(document, f"{{{{ 发文单位 }}}}：已收到{{{{ 份.姓名 }}}}的《{kind}》。", **slip)
    line(document, "孩子现在的情况是（请打√）：", **slip)
    for choice in (
        "□ 将于[[　　]]月[[　　]]日到校",
        "□ 已在[[　　　　　　　]]（省、市、县）[[　　　　　　　]]学校就读",
        "□ 因病、因残不能到校，或者已办理延缓入学、休学（附证明）",
        "□ 其他：[[　　　　　　　　　　　　　　　　　　　　　　]]",
        "□ 需要帮助：[[　　　　　　　　　　　　　　　　　　　　]]",
    ):
        line(document, choice, size=14, indent=2, pitch=24)
    line(
        document,
        "监护人签名：[[　　　　　]]　电话：[[　　　　　　]]　　　年　　月　　日",
        size=14,
        align=RIGHT,
        pitch=26,
    )
    line(document, "— — — — — — — — — — — — 沿此线裁开 — — — — — — — — — — — —", BODY, 10.5, CENTRE, 26)
    line(document, "送达回证", TITLE, 18, CENTRE, 32)
    receipt = [
        ("送达文书", f"《{kind}》", "文书编号", "{{ 份.案号 }}"),
        ("受送达人", "{{ 份.姓名 }}的监护人{% if 份.监护人 %}{{ 份.监护人 }}{% endif %}", "送达方式", "□直接 □留置 □邮寄"),
        ("送达地点", "{{ 份.住址 }}", "送达时间", "　　年　月　日　时"),
        ("收件人签名", "", "代收人关系", ""),
        ("见证人签名", "", "送达人签名", ""),
        ("送达单位盖章", "", "备　　注", ""),
    ]  # fmt: skip
    form(document, receipt, [28, 48, 30, 50])
    tag(document, "{%p endfor %}")
    save(document, kind)


def bulletin() -> None:
    """The bulletin of a district or the city."""
    document = blank(numbered=True)
    line(document, "{{ 地区 }}疑似辍学学生情况通报", TITLE, 22, CENTRE, 36)
    line(document, "（{{ 期次 }}）", SUBHEAD, 16, CENTRE, 40)
    line(document, "{{ 主送 }}：")
    line(document, "现将{{ 期次 }}控辍保学比对核查情况通报如下。数据截至{{ 截至 }}。疑似辍学由学籍、考勤、户籍等资料比对提出，"
                   "须经学校和乡镇街道核实认定；没有报送考勤的班级未作判断。", indent=2)  # fmt: skip
    heading(document, "一、总体情况")
    paragraphs(document, "总体情况")
    caption(document, "表 1　主要指标")
    grid(document, ["指标", "本期", "上期", "较上期", "上年\n同期", "较上年\n同期"], "行 in 指标表",
         ["{{ 行.名称 }}", "{{ 行.本期 }}", "{{ 行.上期 }}", "{{ 行.增减 }}", "{{ 行.上年同期 }}", "{{ 行.较上年同期 }}"],
         [61, 19, 19, 19, 19, 19], left=1)  # fmt: skip
    picture(document, "图一", "图 1　主要问题人数")
    picture(document, "图二", "图 2　各期人数")
    paragraphs(document, "重点群体")
    heading(document, "二、{{ 分级 }}情况")
    paragraphs(document, "分级情况")
    picture(document, "图三", "图 3　疑似辍学人数较多的单位")
    tag(document, "{%p if 单位表 %}")
    caption(document, "表 2　{{ 分级 }}情况")
    grid(document, ["单位", "疑似辍学", "较上期", "适龄\n未入学", "在籍\n不在校", "已答复", "逾期\n未答复"], "行 in 单位表",
         ["{{ 行.单位 }}", "{{ 行.疑似辍学 }}", "{{ 行.较上期 }}", "{{ 行.适龄未入学 }}", "{{ 行.在籍不在校 }}",
          "{{ 行.已答复 }}", "{{ 行.逾期 }}"], [42, 19, 19, 19, 19, 19, 19], left=1)  # fmt: skip
    tag(document, "{%p endif %}")
    heading(document, "三、年辍学率、控制线与巩固率")
    paragraphs(document, "控制线")
    paragraphs(document, "巩固率")
    heading(document, "四、核实答复")
    paragraphs(document, "核实答复")
    heading(document, "五、考勤报送")
    paragraphs(document, "考勤报送")
    tag(document, "{%p if 未报表 %}")
    caption(document, "表 3　未报送考勤的单位")
    grid(document, ["单位", "应报班级", "已报班级", "未报班级"], "行 in 未报表",
         ["{{ 行.单位 }}", "{{ 行.应报 }}", "{{ 行.已报 }}", "{{ 行.未报 }}"], [66, 30, 30, 30], left=1)  # fmt: skip
    tag(document, "{%p endif %}")
    heading(document, "六、工作要求")
    line(
        document,
        "（一）各学校对疑似辍学学生逐人核实去向，{{ 学校上报期限 }}向县级教育行政部门和乡镇人民政府、街道办事处报告。",
        indent=2,
    )
    line(
        document,
        "（二）各乡镇、街道会同村（社区）入户核实，{{ 乡镇上报期限 }}报告核实后的人数、分布和需要帮助的情况，并落实劝返。",
        indent=2,
    )
    line(document, "（三）未报送考勤的班级尽快补报；逾期未答复的尽快答复。", indent=2)
    line(
        document,
        "注：小于{{ 不显示数 }}的数以及可以推算出它的数以“＊”代替；“–”表示没有数据。",
        BODY,
        12,
        indent=2,
        pitch=24,
    )
    line(document, "")
    signed(document)
    save(document, "疑似辍学学生情况通报")


def blank(*, numbered: bool = False) -> Any:
    """An empty A4 page with the standard's margins."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(26)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(16)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    document.core_properties.author = document.core_properties.comments = ""
    if numbered:
        foot = section.footer.paragraphs[0]
        foot.alignment = CENTRE
        run(foot, "— ", "宋体", 14)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        foot._p.append(field)
        number = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = "1"
        number.append(text)
        field.append(number)
        run(foot, " —", "宋体", 14)
    return document


def line(document: Any, text: str, font: str = BODY, size: float = 16, align: Any = LEFT, pitch: float = 28.9,
         *, indent: int = 0, new_page: bool = False) -> Any:  # fmt: skip
    """One paragraph; what stands in [[ ]] is underlined."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    shape.page_break_before = new_page or None
    if indent:
        shape.first_line_indent = Pt(size * indent)
    for number, part in enumerate(text.replace("]]", "[[").split("[[")):
        run(paragraph, part, font, size).font.underline = bool(number % 2) or None
    return paragraph


def run(paragraph: Any, text: str, font: str, size: float) -> Any:
    """A stretch of text: Chinese in ``font``, the rest in Times."""
    made = paragraph.add_run(text)
    made.font.size, made.font.name = Pt(size), "Times New Roman"
    made._r.rPr.rFonts.set(qn("w:eastAsia"), font)
    return made


def signed(document: Any, stamp: str = "") -> None:
    """The issuing office and the day at the lower right, kept together."""
    for text in ("{{ 发文单位 }}" + stamp, "{{ 制发日期 }}"):
        shape = line(document, text, align=RIGHT).paragraph_format
        shape.right_indent, shape.keep_with_next = Pt(32), text[3] == "发"


def heading(document: Any, text: str) -> None:
    """A heading of the first order."""
    line(document, text, HEAD, indent=2).paragraph_format.keep_with_next = True


def caption(document: Any, text: str) -> None:
    """What stands above a table."""
    line(document, text, HEAD, 12, CENTRE, 26).paragraph_format.keep_with_next = True


def paragraphs(document: Any, name: str) -> None:
    """The sentences of ``name``, one paragraph each."""
    tag(document, f"{{%p for 段 in {name} %}}")
    line(document, "{{ 段 }}", indent=2)
    tag(document, "{%p endfor %}")


def picture(document: Any, name: str, text: str) -> None:
    """A chart and what stands below it, where there is something to draw."""
    tag(document, f"{{%p if {name} %}}")
    place = document.add_paragraph()
    place.alignment, place.paragraph_format.keep_with_next = CENTRE, True
    place.paragraph_format.space_before = place.paragraph_format.space_after = Pt(4)
    run(place, f"{{{{r {name} }}}}", BODY, 12)
    line(document, text, HEAD, 12, CENTRE, 26)
    tag(document, "{%p endif %}")


def tag(document: Any, text: str) -> None:
    """A paragraph that only steers the filling and is gone afterwards."""
    document.add_paragraph(text)


def grid(document: Any, heads: list[str], loop: str, cells: list[str], widths: list[int], *, left: int = 0) -> None:
    """A table with one row for each of ``loop``; its heading is repeated on every page."""
    table = document.add_table(4, len(heads), style="Table Grid")
    table.alignment, table.autofit = 1, False
    for row, texts in enumerate((heads, [f"{{%tr for {loop} %}}"], cells, ["{%tr endfor %}"])):
        for column, text in enumerate(texts):
            cell(table.cell(row, column), text, HEAD if row == 0 else BODY, LEFT if row and column < left else CENTRE)
    widen(table, widths)
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
        row.height = Mm(9)


def form(document: Any, rows: list[tuple[str, ...]], widths: list[int]) -> None:
    """A form of labels and places to fill in."""
    table = document.add_table(len(rows), len(widths), style="Table Grid")
    table.alignment, table.autofit = 1, False
    for row, texts in zip(table.rows, rows, strict=True):
        row.height = Mm(12)
        for column, text in enumerate(texts):
            cell(row.cells[column], text, BODY, LEFT if column % 2 else CENTRE)
    widen(table, widths)


def widen(table: Any, widths: list[int]) -> None:
    """Column widths, in the grid and in every cell: Word reads the one, LibreOffice the other."""
    for column, width in enumerate(widths):
        table.columns[column].width = Mm(width)
        for row in table.rows:
            row.cells[column].width = Mm(width)


def cell(place: Any, text: str, font: str, align: Any) -> None:
    """What stands in one cell."""
    place.vertical_alignment = 1
    paragraph = place.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    run(paragraph, text, font, 10.5)


def save(document: Any, name: str) -> None:
    """Save with the fonts to take in place of those that are not installed."""
    path = HERE / f"{name}.docx"
    document.save(str(path))
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    fonts = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for font, others in INSTEAD.items()
    )
    table = parts["word/fontTable.xml"].decode("utf-8").replace("</w:fonts>", fonts + "</w:fonts>")
    parts["word/fontTable.xml"] = table.encode("utf-8")
    parts = {part: content for part, content in parts.items() if part != "docProps/thumbnail.jpeg"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            if part == "_rels/.rels":
                content = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", content)
            archive.writestr(zipfile.ZipInfo(part, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()

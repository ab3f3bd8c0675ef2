"""Every kind of thing that can be wrong with a delivery, its severity and the sentence a clerk reads.

``critical`` refuses the delivery, ``warning`` sets the row aside, ``info`` is only reported. A sentence may hold
``{detail}``: a heading, a sign, a sheet's name or a number, filled in where the issue is raised.
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.contract import Severity


@dataclass(frozen=True)
class IssueCode:
    """One kind of issue: its Chinese sentence says what to do, its English meaning what it is."""

    code: str
    severity: Severity
    sentence: str
    meaning: str

    def say(self, detail: str = "") -> str:
        """The sentence with ``detail`` filled in."""
        return self.sentence.replace("{detail}", detail)


READING: tuple[IssueCode, ...] = (
    # The whole file
    IssueCode("empty_file", "critical", "文件是空的，没有任何内容，请重新导出后再报送", "no byte, or only blanks"),
    IssueCode("unreadable", "critical", "文件已损坏或不完整，无法打开，请重新保存后再报送", "a known format that cannot be read"),
    IssueCode("unknown_format", "critical", "不是可以识别的表格文件，请另存为 .xlsx 后再报送", "neither workbook nor table of text"),
    IssueCode("password_needed", "critical", "文件有打开密码，请去掉密码，或把密码告知收表单位", "encrypted, and no password was given"),
    IssueCode("wrong_password", "critical", "所给密码打不开这个文件，请核对密码", "encrypted, and no given password opens it"),
    IssueCode("too_large", "critical", "文件解压后过大（{detail}），不予打开，请拆分或清除多余的空白行列后再报送",
              "larger, or expands to more, than the limit"),
    IssueCode("unsafe_name", "critical", "压缩包中含有不安全的文件路径，不予打开，请重新打包", "an archive member climbs out of its folder"),
    IssueCode("nested_archive", "critical", "压缩包里还有压缩包，请解压后直接报送", "an archive within an archive"),
    IssueCode("wrong_place", "critical", "文件放错了位置，应放在“区县代码/来源”文件夹之下", "not below <district>/<source>"),
    IssueCode("unknown_source", "critical", "文件夹“{detail}”不是可以识别的来源，应为学籍、考勤、户籍、中职、豁免、重点群体或核实反馈",
              "the source folder's name is not known"),
    IssueCode("wrong_source", "critical", "从表头看这是{detail}，放错了文件夹", "the headings are clearly another source's"),
    IssueCode("no_header", "critical", "没有找到表头（至少要有“姓名”一列），请补上表头行", "no row names the columns"),
    IssueCode("no_rows", "critical", "只有表头，没有数据行", "a header and nothing beneath"),
    IssueCode("no_day_columns", "critical", "考勤表只有合计、没有逐日记录，无法判断连续缺勤，请报送逐日考勤表",
              "attendance with totals only"),
    IssueCode("names_only", "critical", "只有名单、没有任何考勤记录，请报送逐日考勤表", "attendance without a day column or a total"),
    # Sheets and columns
    IssueCode("sheet_not_read", "info", "工作表“{detail}”没有表头，按说明页处理，未读入", "a sheet that holds no table"),
    IssueCode("header_by_similarity", "info", "表头{detail}是按相近名称识别的，请核对", "a heading understood by similarity"),
    IssueCode("column_twice", "info", "有两列都像“{detail}”，只取了第一列，请核对", "a second column for one field, left out"),
    IssueCode("column_not_understood", "info", "不认识的列：{detail}，未读入", "headings that belong to no field"),
    IssueCode("undecodable", "info", "有{detail}个字符无法解码，请用 UTF-8 或 GB18030 编码重新导出", "bytes that are no character"),
    IssueCode("hidden_rows", "info", "有{detail}个隐藏行，已照常读入，请核对", "hidden rows, read like the others"),
    IssueCode("struck_out", "info", "有带删除线的单元格，已照常读入，如该行已作废请删除后重报", "struck-out text, read like any other"),
    # Attendance
    IssueCode("school_contradiction", "info", "标题、工作表名、文件名中的学校不一致（{detail}），以标题为准，请核对", "two schools named"),
    IssueCode("grade_contradiction", "info", "标题、工作表名、文件名中的年级不一致（{detail}），以标题为准，请核对", "two grades named"),
    IssueCode("class_contradiction", "info", "标题、工作表名、文件名中的班级不一致（{detail}），以标题为准，请核对", "two classes named"),
    IssueCode("month_contradiction", "info", "表中写有不同的月份（{detail}），以先写的为准，请核对", "two months named"),
    IssueCode("month_unknown", "info", "没有写明是哪年哪月的考勤，请在标题中写明", "no month anywhere"),
    IssueCode("unknown_mark", "warning", "考勤符号“{detail}”在图例中没有说明，请补充图例或改用图例中的符号", "a mark no legend explains"),
    IssueCode("mark_outside_month", "info", "本月没有{detail}日，该列的符号未采用", "a mark on a day the month does not have"),
    IssueCode("totals_mismatch", "info", "{detail}与逐日符号不符，以逐日符号为准，请核对", "a written total that differs from the marks"),
    IssueCode("no_marks", "info", "整张表没有填写任何考勤符号，按未记录处理", "a grid nobody filled in"),
)  # fmt: skip

ISSUE_CODES: dict[str, IssueCode] = {issue.code: issue for issue in READING}

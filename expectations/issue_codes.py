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
    IssueCode("no_list", "critical", "这是说明、公函一类的文字材料，没有名单，未读入；这类材料请不要放进数据文件夹", "a letter or a note, no list"),
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
    IssueCode("absences_only", "critical", "只登记了缺勤的学生，看不出全班其他学生是否到校，请报送全班学生的逐日考勤表", "a journal of absences without those present"),
    IssueCode("week_without_dates", "critical", "考勤表只写了星期几，没有写日期，无法判断是哪几天，请在标题中写明起止日期（如9月7日—9月11日）后重新报送",
              "a week's sheet that does not say which week"),
    IssueCode("nothing_to_answer", "critical", "这是供查看的清单或盖章上报的报告表，系统不读取；核实结果请填在“核实名单”中交回", "our own list of issues or figures, or a stamped report, sent back"),
    IssueCode("reader_failed", "critical", "程序处理这个文件时出错（{detail}），未读入，请把文件和这句话转交系统维护人员",
              "a fault of ours met in one file; the others go on"),
    # Sheets and columns
    IssueCode("sheet_not_read", "info", "工作表“{detail}”没有表头，按说明页处理，未读入", "a sheet that holds no table"),
    IssueCode("header_by_similarity", "info", "表头{detail}是按相近名称识别的，请核对", "a heading understood by similarity"),
    IssueCode("column_by_content", "info", "表头{detail}是看列中的内容识别的，请核对，最好改用通用的列名", "an unknown heading understood by the cells beneath"),
    IssueCode("no_header_by_content", "info", "没有表头行，各列是看内容识别的（{detail}），请核对并补上表头行", "no header; the columns understood by their cells"),
    IssueCode("rows_not_understood", "warning", "工作表“{detail}行像是学生名单，但没有认出表头或逐日记录，没有采用，请补上“姓名”等表头后重新报送",
              "a sheet with rows of persons that could not be read beside others that could: its rows are set aside"),
    IssueCode("column_twice", "info", "有几列都像{detail}这一列，请核对", "more than one column for one field: the one that is taken"),
    IssueCode("column_not_understood", "info", "不认识的列：{detail}，未读入", "headings that belong to no field"),
    IssueCode("filled_down", "info", "“{detail}”一列每组只填了第一行（或为合并单元格），已按该组逐行补上，请核对", "a group's cell written once, given to each of its rows"),
    IssueCode("undecodable", "info", "有{detail}个字符无法解码，请用 UTF-8 或 GB18030 编码重新导出", "bytes that are no character"),
    IssueCode("hidden_sheet", "info", "工作表“{detail}”是隐藏的，已照常读入，如已作废请删除后重报", "a hidden sheet, read like the others"),
    IssueCode("hidden_rows", "info", "有{detail}个隐藏行，已照常读入，请核对", "hidden rows, read like the others"),
    IssueCode("struck_out", "info", "有带删除线的单元格，已照常读入，如该行已作废请删除后重报", "struck-out text, read like any other"),
    # Attendance
    IssueCode("school_contradiction", "info", "标题、工作表名、文件名中的学校不一致（{detail}），以标题为准，请核对", "two schools named"),
    IssueCode("grade_contradiction", "info", "标题、工作表名、文件名中的年级不一致（{detail}），以标题为准，请核对", "two grades named"),
    IssueCode("class_contradiction", "info", "标题、工作表名、文件名中的班级不一致（{detail}），以标题为准，请核对", "two classes named"),
    IssueCode("month_contradiction", "info", "表中写有不同的月份（{detail}），以先写的为准，请核对", "two months named"),
    IssueCode("month_unknown", "info", "没有写明是哪年哪月的考勤，请在标题中写明", "no month anywhere"),
    IssueCode("month_past", "info", "这份考勤是{detail}的，不是本期的，本期的考勤仍需报送", "sheets of past months alone"),
    IssueCode("unknown_mark", "warning", "考勤符号“{detail}”在图例中没有说明，请补充图例或改用图例中的符号", "a mark no legend explains"),
    IssueCode("never_clocked", "warning", "该生整月只有缺卡、未打卡记录，看不出是否到校，没有采用，请班主任核实后补报", "nothing but missing punches: neither present nor absent"),
    IssueCode("same_records", "info", "工作表“{detail}”是同一批考勤的另一种记录，已读其他工作表，不重复读入", "another view of what a sheet of the workbook already tells"),
    IssueCode("mark_outside_month", "info", "本月没有{detail}日，该列的符号未采用", "a mark on a day the month does not have"),
    IssueCode("totals_mismatch", "info", "{detail}与逐日符号不符，以逐日符号为准，请核对", "a written total that differs from the marks"),
    IssueCode("usual_sign_is_present", "info", "符号“{detail}”与缺勤符号出现在同一天，按出勤理解，请在图例中写明",
              "the default legend's sign of no school, written by most pupils on days others are absent"),
    IssueCode("no_marks", "info", "整张表没有填写任何考勤符号，按未记录处理", "a grid nobody filled in"),
)  # fmt: skip

VALUES: tuple[IssueCode, ...] = (
    # A value breaks its column's contract; the column's own sentence goes before these
    IssueCode("missing_value", "warning", "“{detail}”没有填写，请补填", "a required value is blank"),
    IssueCode("not_allowed", "info", "“{detail}”填写的内容不在规定范围内，请核对", "not one of the allowed values"),
    IssueCode("wrong_form", "warning", "“{detail}”的格式不对，请核对", "does not have the required form"),
    IssueCode("out_of_range", "info", "“{detail}”超出合理范围，未采用，请核对", "beyond its bounds"),
    IssueCode("not_understood", "info", "“{detail}”填写无法识别，未采用，请核对", "written, and not understood"),
    # Names
    IssueCode("name_unreadable", "info", "姓名中有无法显示的字（?、□等），请改用可以显示的字，或在备注中注明", "private-use or replacement characters"),
    IssueCode("name_decorated", "info", "姓名中夹有编号、符号或括注，已去掉后采用，请核对", "numbering, marks or a remark around the name"),
    IssueCode("name_spaced", "info", "姓名中有空格，已去掉后采用", "blanks within a Chinese name"),
    IssueCode("name_dot", "info", "姓名中的间隔点写法不统一，已按“·”采用", "another spelling of the name dot"),
    IssueCode("same_name", "info", "同一班有两名以上同名学生，又没有学籍号或身份证号，请补填以便区分", "namesakes in a class without numbers"),
    # Citizen numbers
    IssueCode("id_truncated", "info", "身份证号被 Excel 截断（末三位变成 000 或显示为 E+17），请把该列设为“文本”后重新填写", "cut off by Excel"),
    IssueCode("id_checksum", "info", "身份证号校验不通过，应有错字，请对照户口簿核对", "wrong check character or impossible birth day"),
    IssueCode("id_masked", "info", "身份证号带有星号等遮盖，请填写完整号码", "masked"),
    IssueCode("id_short15", "info", "身份证号只有15位，请填写18位号码", "15 digits"),
    IssueCode("id_short17", "info", "身份证号只有17位，缺一位，请核对", "17 digits"),
    IssueCode("id_several", "info", "一个单元格里有两个以上身份证号，请分开填写", "several numbers in a cell"),
    IssueCode("id_guardian", "info", "身份证号是家长（成年人）的，不是学生本人的，请改填学生本人的号码", "a guardian's number used for the child"),
    IssueCode("id_other", "info", "这不是居民身份证号，未采用，请核对证件类型和号码", "no citizen number"),
    IssueCode("number_cleaned", "info", "身份证号中夹有引号、空格、全角字符或小写 x，已按规范写法采用", "quotes, blanks, full-width characters or lower-case x"),
    IssueCode("id_from_pupil_no", "info", "身份证号未填，已从学籍号中取得，请核对", "taken from the registry number"),
    # Birth day and sex
    IssueCode("birth_from_number", "info", "出生日期未填或无法识别，已从身份证号取得", "taken from the number"),
    IssueCode("birth_differs_from_number", "info", "出生日期与身份证号中的不一致，请核对", "differs from the number's"),
    IssueCode("month_only", "info", "出生日期只有年月，没有日，请填写完整日期", "year and month only"),
    IssueCode("date_serial", "info", "日期写成了数字序号，已换算成日期，请核对", "an Excel serial"),
    IssueCode("sex_from_number", "info", "性别未填，已从身份证号取得", "taken from the number"),
    IssueCode("sex_differs_from_number", "info", "性别与身份证号中的不一致，请核对", "differs from the number's"),
    # Classes, reasons, groups
    IssueCode("class_not_numbered", "info", "班级名称中看不出班号，请写成“2班”的样式", "no number in the class's name"),
    IssueCode("reason_assumed", "info", "写了迁出/注销日期，没有写原因，按“迁出”处理，请核对", "a leaving date without a reason"),
    IssueCode("reason_from_remarks", "info", "迁出/注销原因取自备注，请核对", "reason found in the remarks"),
    IssueCode("group_from_title", "info", "群体类别未填，取自表名或文件名", "group named by the title only"),
    IssueCode("group_unknown", "info", "看不出属于哪类重点群体，按“其他”处理，请在表中注明", "no group anywhere"),
    IssueCode("kind_from_title", "info", "豁免类型未填，取自表名或文件名", "kind named by the title only"),
    # Rows and files
    IssueCode("grown_ups", "info", "表中有{detail}名成年人，不是适龄儿童，未计入", "adults of a household extract or a list of need by household, declared no data"),
    IssueCode("repeated_row", "warning", "同一学生在文件中重复填写，只采用第一行，请删除重复行", "one pupil entered twice in a file"),
    IssueCode("school_roll_unread", "critical",
              "已读入的学籍中没有这所学校：{detail}未能读取，该校学籍应在其中；请先更正学籍文件，更正后本考勤会自动采用，不必重报",
              "an attendance sheet whose school is on no roll while a roll of its district could not be read"),
    IssueCode("school_unknown", "critical", "本区县学籍中没有这所学校：{detail}", "an attendance sheet whose school is on no roll"),
    IssueCode("superseded", "info", "这份材料已由后来的“{detail}”更正，原有的相应数据不再采用", "replaced by a later delivery"),
    IssueCode("duplicate_file", "info", "与“{detail}”内容完全相同，不重复计入", "the same content delivered twice"),
)  # fmt: skip

ISSUE_CODES: dict[str, IssueCode] = {issue.code: issue for issue in (*READING, *VALUES)}

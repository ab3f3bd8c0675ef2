"""The tables of the clean stage: every accepted row of every kind of delivery.

From each contract here four tables derive: `<source>_rows` (text as delivered), `<source>_read` (interpreted, raw
text beside each value), the accepted table itself, and the suite that decides between accepting and setting aside.
"""

from __future__ import annotations

from dataclasses import replace

from expectations.contract import Column, Contract, Stage, relaxed, with_raw
from expectations.sources import BY_NAME, SOURCES

PERIOD = Column("period", "text", "the month the run is for, as 2026-09", "期次", required=True)
DISTRICT = Column("district_code", "text", "six-digit division code of the district (GB/T 2260)", "区县代码")
RECORD = Column(
    "record_id", "text", "one delivered row: delivery_id, sheet number and row number", "记录编号", required=True
)
PROVENANCE: tuple[Column, ...] = (
    PERIOD,
    replace(DISTRICT, required=True, description="the district whose folder the file lay in"),
    RECORD,
    Column("delivery_id", "text", "the file the row stood in", required=True),
    Column("sheet", "text", "the sheet's name", required=True),
    Column("row_no", "int", "the row's number on its sheet, counted from 1 as Excel shows it", required=True),
)

NAME = Column(
    "name", "text", "full name, spaces and decoration removed, one name dot (·)", "姓名",
    headers=("姓名", "学生姓名", "名字", "儿童姓名", "幼儿姓名", "孩子姓名", "学员姓名",
             "人员姓名", "本人姓名", "考生姓名", "新生姓名", "子女姓名", "少儿姓名", "适龄儿童姓名", "公民姓名", "姓名(中文)", "中文姓名", "XM", "XSXM"),
    required=True, personal=True, message="没有姓名，无法认定是哪个孩子，请补填姓名",
)  # fmt: skip
FORMER_NAME = Column(
    "former_name",
    "text",
    "a former name",
    "曾用名",
    headers=("曾用名", "别名", "原名", "曾用姓名", "原姓名", "CYM"),
    personal=True,
)
SEX = Column(
    "sex", "text", "男 or 女", "性别", headers=("性别", "学生性别", "性别码", "性别代码", "男/女", "XB", "XBM"), allowed=("男", "女"),
    severity="info", message="性别填写无法识别，请填“男”或“女”",
)  # fmt: skip
BIRTH_DATE = Column(
    "birth_date", "date", "date of birth", "出生日期",
    headers=("出生日期", "出生年月", "出生年月日", "生日", "出生时间", "出生", "出生日", "出生年月(日)", "生辰", "CSRQ", "CSNY"),
    at_least="1990-01-01", at_most="2035-12-31", personal=True, severity="info",
    message="出生日期无法识别或不合理，请按“2015-09-01”的样式填写",
)  # fmt: skip
BIRTH_MONTH_ONLY = Column(
    "birth_month_only",
    "bool",
    "only year and month of the birth date are known; its day stands as the first",
    "出生日期仅知年月",
)
ID_NUMBER = Column(
    "id_number", "text", "18-character citizen number (GB 11643) as understood; see id_kind for whether it is usable",
    "身份证号",
    headers=("身份证件号", "身份证号", "证件号码", "身份证号码", "公民身份号码", "身份证", "公民身份证号", "证件号",
             "身份号码", "学生身份证号", "身份证件号码", "居民身份证号", "居民身份证号码", "证照号码", "有效证件号码",
             "学生身份证件号", "学生身份证号码", "考生身份证号", "儿童身份证号", "本人身份证号", "身份证编号", "公民身份证号码", "SFZH", "SFZJH", "GMSFHM", "SFZHM", "SFZ"),
    personal=True,
)  # fmt: skip
ID_KIND = Column(
    "id_kind", "text",
    "what the written number is: valid, checksum (18 characters, wrong check digit), truncated (by Excel), masked, "
    "short15, short17, several (two in a cell), guardian (an adult's, unusable for the child), other, or blank",
    "身份证号判别",
)  # fmt: skip
ID_PREFIX = Column(
    "id_prefix", "text",
    "the first digits of the number that are certain, at most 15, also where Excel cut it off or a mask hides the rest",
    "身份证号可靠部分",
    personal=True,
)  # fmt: skip
ETHNICITY = Column("ethnicity", "text", "ethnic group as written", "民族", headers=("民族", "民族码", "MZ", "MZM"))
PHONE = Column(
    "phone", "text", "telephone, digits only", "联系电话", personal=True,
    headers=("联系电话", "电话", "手机", "手机号", "手机号码", "家长电话", "联系方式", "监护人电话",
             "电话号码", "联系手机", "家庭电话", "家长手机", "家长手机号", "联系人电话", "监护人手机", "LXDH", "DH", "SJH"),
)  # fmt: skip
ADDRESS = Column(
    "address", "text", "present address", "现住址", headers=("现住址", "家庭住址", "住址", "家庭地址", "居住地址", "现居住地", "现居住地址", "现住地", "居住地",
             "家庭详细地址", "通讯地址", "XZZ", "JTZZ", "JTDZ"),
    personal=True,
)  # fmt: skip
TOWNSHIP_CODE = Column(
    "township_code", "text",
    "nine-digit township code (county 6 + township 3); where only a name was ever delivered, that name",
    "乡镇街道代码",
)  # fmt: skip
SCHOOL_NAME = Column(
    "school_name", "text", "the school's name as delivered", "学校名称",
    headers=("学校名称", "学校", "所在学校", "就读学校", "学校全称", "单位名称", "校名", "所属学校", "就读学校名称",
             "现就读学校", "学籍学校", "所在学校名称", "XXMC"),
)  # fmt: skip
SCHOOL_CODE = Column(
    "school_code", "text",
    "ten-digit school code (学校标识码); where no register ever names one, the school's name", "学校标识码",
    headers=("学校标识码", "学校代码", "学校编码", "标识码", "学校标识", "学校识别码", "学校(机构)标识码", "机构标识码", "XXBSM", "XXDM", "XXBM"),
)  # fmt: skip
GRADE = Column(
    "grade", "int", "grade 1–12: 1–6 primary, 7–9 junior high, 10–12 senior", "年级",
    headers=("年级", "所在年级", "年级名称", "就读年级", "现就读年级", "年段", "所读年级", "现在年级", "级", "NJ", "NJMC"), at_least=1, at_most=12, severity="info",
    message="年级无法识别，请按“三年级”或“2023级”的样式填写",
)  # fmt: skip
CLASS_NO = Column("class_no", "int", "number of the class within its grade", "班号")
CLASS_NAME = Column(
    "class_name",
    "text",
    "the class as written",
    "班级",
    headers=(
        "班级",
        "班级名称",
        "班",
        "所在班级",
        "班号",
        "就读班级",
        "教学班",
        "行政班",
        "行政班级",
        "所属班级",
        "班别",
        "班次",
        "所在班",
        "年级班级",
        "班级全称",
        "班级简称",
        "BJ",
        "BJMC",
    ),
)


def _guardian(number: int, chinese: str, first: bool) -> tuple[Column, ...]:
    """The columns of one family member, as registry and household register name them."""
    parent = "父亲" if first else "母亲"
    plain = (
        (
            "监护人姓名",
            "家长姓名",
            "监护人",
            "父母或监护人",
            "父母或监护人姓名",
            "父母或其他监护人",
            "父母或其他监护人姓名",
            "父母姓名",
        )
        if first
        else ()
    )
    plain_id = (
        (
            "监护人身份证号",
            "监护人身份证件号",
            "监护人证件号码",
            "监护人身份号码",
            "监护人身份证号码",
            "监护人证件号",
            "家长身份证号",
            "家长身份证号码",
            "家长身份证件号",
            "家长身份证",
            "家长证件号",
            "家长证件号码",
        )
        if first
        else ()
    )
    plain_phone = ("监护人联系电话", "家长联系电话") if first else ()
    plain_relation = ("监护人关系", "与监护人关系") if first else ()
    return (
        Column(f"guardian{number}_name", "text", f"name of family member {number}", f"成员{number}姓名",
               headers=(f"成员{number}姓名", f"监护人{chinese}姓名", f"监护人{number}姓名", f"家长{number}姓名",
                        f"监护人{chinese}", f"监护人{number}", f"{parent}姓名", parent, f"家庭成员{number}", f"家庭成员{number}姓名",
                        f"家长{number}", *plain), personal=True),
        Column(f"guardian{number}_relation", "text", f"relation of family member {number}", f"成员{number}关系",
               headers=(f"成员{number}关系", f"监护人{chinese}关系", f"监护人{number}关系", f"关系{number}",
                        f"家庭成员{number}关系", *plain_relation)),
        Column(f"guardian{number}_id_number", "text", f"citizen number of family member {number}",
               f"成员{number}身份证件号",
               headers=(f"成员{number}身份证件号", f"成员{number}身份证号", f"监护人{chinese}身份证号",
                        f"监护人{chinese}号码", f"监护人{chinese}身份号码", f"监护人{chinese}公民身份号码",
                        f"监护人{number}身份证号", f"监护人{number}号码", f"{parent}身份证号", f"{parent}身份证号码",
                        f"{parent}身份证件号", f"家庭成员{number}身份证号", f"家庭成员{number}身份证件号", *plain_id), personal=True),
        Column(f"guardian{number}_phone", "text", f"telephone of family member {number}", f"成员{number}联系电话",
               headers=(f"成员{number}联系电话", f"监护人{chinese}电话", f"监护人{number}电话",
                        f"监护人{chinese}联系电话", f"监护人{number}联系电话", f"{parent}电话", f"{parent}联系电话",
                        f"{parent}手机", f"联系电话{number}", f"电话{number}", f"家庭成员{number}联系电话", f"家庭成员{number}电话",
                        *plain_phone), personal=True),
    )  # fmt: skip


def _head_of_household(member: tuple[Column, ...]) -> tuple[Column, ...]:
    """A family member's columns in a file that tells the head of the household where another tells a second parent."""
    heads = {
        "name": ("户主", "户主姓名"),
        "id_number": ("户主身份证号", "户主身份证件号"),
        "phone": ("户主电话", "户主联系电话"),
    }
    return tuple(
        replace(column, headers=(*column.headers, *heads.get(column.name.split("_", 1)[1], ()))) for column in member
    )


def _flag(name: str, description: str, label: str, *more: str) -> Column:
    return Column(name, "bool", description, label, headers=(label, *more))


STATUSES = ("在读", "休学", "转出", "退学", "毕业", "死亡", "失踪", "出国", "未到校", "其他")

REGISTRY_PUPILS = Contract(
    "registry_pupils", "clean", "学籍在册学生",
    "one accepted row of a school-registry export; a child on two rolls has two",
    (
        *PROVENANCE, SCHOOL_NAME, replace(SCHOOL_CODE, headers=SCHOOL_CODE.headers),
        Column("pupil_no", "text", "registry number (19 characters G/J/L + number), or the auxiliary one, as written",
               "学籍号", headers=("学籍号", "全国学籍号", "学籍号码", "学籍辅号", "全国学籍", "学籍编号",
                        "学生学籍号", "全国学籍号码", "学籍编码", "全国统一学籍号", "XJH", "QGXJH"), personal=True),
        NAME, FORMER_NAME, SEX, BIRTH_DATE, BIRTH_MONTH_ONLY, ETHNICITY,
        Column("nationality", "text", "nationality or region", "国籍/地区", headers=("国籍/地区", "国籍", "国籍地区")),
        Column("id_type", "text", "kind of identity document as written", "身份证件类型",
               headers=("身份证件类型", "证件类型", "身份证类型", "SFZJLX", "SFZJLXM")),
        ID_NUMBER, ID_KIND, ID_PREFIX,
        Column("hukou_code", "text", "division code of the household registration, 6, 9 or 12 digits",
               "户口所在地行政区划", headers=("户口所在地行政区划", "户口所在地", "户籍所在地行政区划", "户口所在地区划",
                                      "户口所在地行政区划码", "户籍所在地", "户籍区划", "户籍地区划", "户籍行政区划", "户籍地址", "户口地址",
                                      "户籍详细地址")),
        TOWNSHIP_CODE,
        Column("hukou_type", "text", "kind of household registration (农业, 非农业 …)", "户口性质",
               headers=("户口性质", "户口类型", "户籍性质")),
        Column("entered_on", "date", "date or month of entering the school", "入学年月",
               headers=("入学年月", "入学时间", "入学日期", "入学年份", "入学年度", "RXNY", "RXRQ")),
        Column("entry_mode", "text", "how the pupil entered", "入学方式", headers=("入学方式",)),
        Column("attend_mode", "text", "走读, 住校 or 送教上门 as written", "就读方式", headers=("就读方式", "寄宿情况", "住宿情况", "住宿", "住宿方式", "是否住宿", "是否住校", "是否寄宿", "走读/住校", "住校情况")),
        GRADE, CLASS_NO, CLASS_NAME,
        Column("pupil_origin", "text", "where the pupil came from", "学生来源", headers=("学生来源",)),
        ADDRESS, PHONE,
        _flag("left_behind", "left-behind child", "是否留守儿童", "留守儿童", "是否农村留守儿童"),
        _flag("migrant", "child of a migrant worker", "是否进城务工人员随迁子女", "是否随迁子女", "随迁子女", "进城务工人员随迁子女"),
        _flag("orphan", "orphan", "是否孤儿", "孤儿"),
        _flag("boarding_aid", "receives boarding aid", "是否享受一补", "享受一补"),
        _flag("aid_wanted", "applies for aid", "是否需要申请资助", "申请资助"),
        Column("inclusive", "text", "learning in a regular class", "随班就读", headers=("随班就读", "是否随班就读")),
        Column("disability", "text", "kind of disability as written", "残疾类型", headers=("残疾类型", "残疾类别", "是否残疾")),
        Column("status", "text", "state of the roll entry mapped from the vendor's word by data/reference/statuses.csv",
               "学生状态", headers=("学生状态", "就读状态", "学籍状态", "学生当前状态", "在校状态", "学生就读状态", "当前状态",
               "在籍状态", "在读状态", "学籍情况", "学生类型状态", "状态", "学生现状", "XSZT", "XSDQZTM", "XJZT"),
               allowed=STATUSES, severity="info", message="学生状态无法识别，按“其他”处理，请核对"),
        *_guardian(1, "一", True), *_head_of_household(_guardian(2, "二", False)),
        Column("remarks", "text", "remarks as written", "备注", headers=("备注", "说明")),
    ),
    ("record_id",),
)  # fmt: skip

OF_A_MEMBER = ("成员姓名", "家庭成员姓名")
"""Whom a file of whole households calls a member is a person of its own row; in the registry it is a parent."""
MEMBER_ID_NUMBER = replace(
    ID_NUMBER,
    headers=(*ID_NUMBER.headers, "成员身份证号", "成员身份证号码", "家庭成员身份证号", "家庭成员身份证号码", "成员公民身份号码",
             "成员证件号码", "家庭成员证件号码"),
)  # fmt: skip

HOUSEHOLD_CHILDREN = Contract(
    "household_children", "clean", "户籍登记儿童",
    "one accepted row of a police household extract; a child registered twice has two",
    (
        *PROVENANCE,
        Column("household_no", "text", "household number", "户号", headers=("户号", "户编号", "户口簿号", "HH"), personal=True),
        Column("head_name", "text", "head of the household", "户主姓名", headers=("户主姓名", "户主", "HZXM"), personal=True),
        Column("head_id_number", "text", "citizen number of the head", "户主身份号码",
               headers=("户主身份号码", "户主身份证号", "户主公民身份号码", "户主身份证号码", "HZSFZH", "HZGMSFHM"), personal=True),
        Column("relation", "text", "relation to the head", "与户主关系", headers=("与户主关系", "关系", "与户主的关系", "YHZGX")),
        replace(NAME, headers=(*NAME.headers, *OF_A_MEMBER)), FORMER_NAME, SEX, BIRTH_DATE, BIRTH_MONTH_ONLY, ETHNICITY,
        MEMBER_ID_NUMBER, ID_KIND, ID_PREFIX,
        replace(ADDRESS, label="户籍地址", headers=("户籍地址", "户籍地", "户口地址", "住址", "地址", "户籍住址", "户籍所在地址", "HJDZ", "ZZ", *ADDRESS.headers)),
        Column("township_name", "text", "township or street office", "乡镇街道",
               headers=("乡镇街道", "乡镇", "街道", "乡镇(街道)", "乡(镇、街道)", "街道乡镇", "所属乡镇", "乡镇/街道",
                        "户籍所在乡镇", "户籍所在乡镇(街道)", "户籍乡镇", "所在乡镇", "所属街道", "镇街", "街镇", "镇(街道)",
                        "街道(乡镇)", "乡镇(办事处)", "乡镇名称", "所属乡镇街道", "XZJD", "JDXZ")),
        Column("hukou_code", "text", "division code of the registration, 6, 9 or 12 digits", "户口所在地行政区划",
               headers=("户口所在地行政区划", "行政区划", "区划代码", "行政区划代码", "区划", "户籍地区划")),
        TOWNSHIP_CODE,
        Column("community", "text", "community or village", "社区/村", headers=("社区/村", "社区", "村", "村(社区)", "居委会", "村居", "社区(村)", "村(居)委会", "村(居)", "村委会",
                        "居(村)委会", "行政村", "村/社区", "社区(村委会)", "村居委会", "所属社区", "JWH", "SQCWH")),
        Column("police_station", "text", "police station", "派出所", headers=("派出所", "所属派出所", "派出所名称", "户籍派出所", "管辖派出所", "登记派出所", "PCS", "PCSMC")),
        *_guardian(1, "一", True), *_guardian(2, "二", False), PHONE,
        Column("left_on", "date", "date of moving away or of cancellation", "迁出/注销日期",
               headers=("迁出/注销日期", "迁出日期", "注销日期", "迁出注销日期", "变动日期", "迁出(注销)日期", "注销时间",
                        "迁出时间", "注销/迁出日期", "迁出/注销时间", "变更日期", "变动时间", "异动日期", "销户日期",
                        "QCRQ", "ZXRQ")),
        Column("left_reason", "text", "死亡, 出国, 迁出 or 重户, mapped from the words written", "迁出/注销原因",
               headers=("何时何因迁出", "何时何因迁往何地", "何时何因迁往", "迁出日期及原因",
                        "迁出/注销原因", "迁出原因", "注销原因", "原因", "变动原因", "迁出注销原因", "迁出(注销)原因",
                        "注销/迁出原因", "变更原因", "异动原因", "销户原因", "变动类型", "变动情况", "异动情况", "变更情况", "变动类别", "异动类型", "人员状态", "状态", "户口状态",
                        "户籍状态", "人口状态", "人员类别", "备注状态", "QCYY", "ZXYY"),
               allowed=("死亡", "出国", "迁出", "重户", "其他"), severity="info",
               message="迁出/注销原因无法识别；有迁出（注销）日期的按“其他”处理，没有日期的仍按在册处理，请核对"),
        Column("as_of", "date", "date of the extract", "数据日期", headers=("数据日期", "截止日期", "提取日期", "更新日期", "数据截止日期", "数据时间", "导出日期")),
        Column("remarks", "text", "remarks as written", "备注", headers=("备注", "说明", "何时何因注销", "注销日期及原因", "户口注销日期及原因", "何时何因注销户口")),
    ),
    ("record_id",),
)  # fmt: skip

ATTENDANCE_PUPILS = Contract(
    "attendance_pupils", "clean", "考勤学生",
    "one accepted row of an attendance grid: one pupil of one class in one month",
    (
        *PROVENANCE, SCHOOL_NAME, SCHOOL_CODE,
        replace(GRADE, message="考勤表没有写明年级，请在标题或工作表名中写明"), CLASS_NO,
        replace(CLASS_NAME, headers=(*CLASS_NAME.headers, "部门", "所属部门", "所在部门", "部门名称", "主部门")),
        Column("month", "text", "month of the marks, as 2026-09", "月份", headers=("月份", "年月"), required=True,
               pattern=r"\d{4}-(?:0[1-9]|1[0-2])", message="考勤表没有写明年月，请在标题、工作表名或文件名中写明"),
        Column("seat_no", "text", "number in the class list", "序号", headers=("序号", "编号", "座号", "号数", "班内序号", "学生序号")),
        Column("pupil_no", "text", "school or registry number as written", "学籍号",
               headers=("学籍号", "学号", "全国学籍号", "学籍辅号"), personal=True),
        NAME, SEX, ID_NUMBER, ID_KIND, ID_PREFIX,
        Column("marks", "text",
               "one letter for each day 1–31: P present, T late, E early, O official, S sick, L leave, A unexcused, "
               "X suspended (休学), M moved away (转); s l a the same for half a day (present the other half); "
               "- no school, . unrecorded",
               "考勤", required=True, pattern=r"[PTEOSLAXMsla.-]{31}",
               message="考勤符号在图例中没有说明，无法认定出勤，请补充图例或改用图例中的符号"),
        Column("remarks", "text", "remarks as written", "备注", headers=("备注", "说明", "原因")),
    ),
    ("record_id",),
)  # fmt: skip

VOCATIONAL_PUPILS = Contract(
    "vocational_pupils", "clean", "中职在校学生",
    "one accepted row of a vocational school's roster",
    (
        *PROVENANCE, SCHOOL_NAME, SCHOOL_CODE,
        Column("pupil_no", "text", "registry number as written", "学籍号",
               headers=("学籍号", "学号", "全国学籍号", "学籍辅号", "注册学籍号", "学籍号码", "国网学籍号"), personal=True),
        NAME, FORMER_NAME, SEX, BIRTH_DATE, BIRTH_MONTH_ONLY, ID_NUMBER, ID_KIND, ID_PREFIX,
        GRADE, CLASS_NAME,
        Column("programme", "text", "trade learned", "专业", headers=("专业", "专业名称", "所学专业")),
        Column("entered_on", "date", "date or month of entering", "入学年月", headers=("入学年月", "入学时间", "入学日期")),
        Column("status", "text", "state of the roll entry", "学生状态", headers=REGISTRY_PUPILS["status"].headers,
               allowed=STATUSES, severity="info", message="学生状态无法识别，按“其他”处理，请核对"),
        Column("arrival", "text", "whether the pupil came, as written", "报到情况",
               headers=("报到情况", "报到", "是否报到", "报到状态", "报到与否", "报到注册情况", "到校情况", "是否到校")),
        *_guardian(1, "一", True), PHONE, ADDRESS,
        Column("remarks", "text", "remarks as written", "备注", headers=("备注", "说明")),
    ),
    ("record_id",),
)  # fmt: skip

EXEMPT_CHILDREN = Contract(
    "exempt_children", "clean", "依法免予就学或暂缓就学儿童",
    "one accepted row of an approved exemption: postponed entry, suspension, home teaching, abroad …",
    (
        *PROVENANCE, NAME, SEX, BIRTH_DATE, BIRTH_MONTH_ONLY, ID_NUMBER, ID_KIND, ID_PREFIX, SCHOOL_NAME, GRADE, CLASS_NAME,
        Column("kind", "text", "kind of exemption as written, for instance 延缓入学, 休学, 送教上门, 出国", "豁免类型",
               headers=("豁免类型", "类型", "类别", "豁免类别", "情形", "申请类型", "种类", "豁免情形", "申请事项", "豁免事项",
                        "事项", "申请类别", "备案类型", "备案事项", "办理事项", "审批事项", "情况类别", "免缓学类型", "免学类型",
                        "特殊情况类别", "未入学类型")),
        Column("reason", "text", "reason as written", "原因", headers=("原因", "豁免原因", "事由", "申请原因", "申请理由", "申请事由", "事由说明", "具体原因", "原因说明")),
        Column("approved_on", "date", "date of approval", "批准日期", headers=("批准日期", "审批日期", "批准时间", "开始日期", "起始日期", "审批时间", "备案日期", "起始时间", "开始时间",
                        "生效日期", "休学日期", "起", "自")),
        Column("valid_until", "date", "last day of validity", "有效期至",
               headers=("有效期至", "截止日期", "有效期", "到期日期", "结束日期", "有效期截止", "期限", "终止日期", "结束时间",
                        "截止时间", "有效期限", "到期时间", "有效期止", "批准期限", "有效截止日期", "止", "截止", "至",
                        "起止时间", "起止日期", "休学起止时间", "休学起止日期", "休学期限", "休学期间", "延缓期限", "缓学期限", "延缓至", "缓学至", "休学至")),
        Column("approved_by", "text", "approving office", "批准单位", headers=("批准单位", "审批单位", "批准机关", "审批机关", "批准部门", "审批部门", "备案单位")),
        *_guardian(1, "一", True), PHONE, ADDRESS,
        Column("remarks", "text", "remarks as written", "备注", headers=("备注", "说明")),
    ),
    ("record_id",),
)  # fmt: skip

PRIORITY_GROUPS = ("脱贫户", "低保", "特困", "困难", "残疾", "留守", "随迁", "孤儿", "服刑人员子女", "其他")

PRIORITY_CHILDREN = Contract(
    "priority_children", "clean", "重点群体儿童",
    "one accepted row of a list of children who need help first",
    (
        *PROVENANCE, replace(NAME, headers=(*NAME.headers, *OF_A_MEMBER, "帮扶对象姓名", "对象姓名")), SEX, BIRTH_DATE,
        BIRTH_MONTH_ONLY, MEMBER_ID_NUMBER, ID_KIND, ID_PREFIX,
        Column("group_name", "text", "group, mapped from the words written, the sheet's or the file's title", "群体类别",
               headers=("群体类别", "类别", "群体", "人员类别", "重点群体", "类型", "困难类型", "救助类型", "家庭类型", "户类型",
                        "人群类别", "保障类别", "救助类别", "人群", "身份类别", "帮扶类别", "特殊群体类别", "认定类型",
                        "群体类型", "困难类别", "对象类别"), allowed=PRIORITY_GROUPS, severity="info",
               message="群体类别无法识别，按“其他”处理，请核对"),
        SCHOOL_NAME, GRADE, CLASS_NAME,
        Column("disability", "text", "kind of disability", "残疾类型", headers=("残疾类型", "残疾类别", "残疾等级")),
        Column("township_name", "text", "township or street office", "乡镇街道",
               headers=HOUSEHOLD_CHILDREN["township_name"].headers),
        *_guardian(1, "一", True), PHONE, ADDRESS,
        Column("remarks", "text", "remarks as written", "备注", headers=("备注", "说明")),
    ),
    ("record_id",),
)  # fmt: skip

ANSWERS = Contract(
    "answers", "clean", "核实反馈",
    "one accepted row of a returned list: what an office found out about one case",
    (
        *PROVENANCE,
        Column("case_no", "text", "the case's number with its check character", "案号",
               headers=("案号", "核查编号", "个案编号", "案件编号", "案号(勿改)", "个案号", "核对编号")),
        replace(NAME, required=False), SEX, BIRTH_DATE, BIRTH_MONTH_ONLY, ID_NUMBER, ID_KIND, ID_PREFIX,
        Column("code", "text", "outcome A1–E2 (data/reference/outcomes.csv), or a decision on a pair", "核实结果",
               headers=("核实结果", "核实代码", "结果", "核查结果", "核实情况", "答复代码", "反馈结果", "核实结论"), required=True,
               message="没有填写核实结果，请从下拉列表中选择"),
        Column("evidence", "text", "evidence named", "佐证材料", headers=("佐证材料", "佐证", "证明材料", "证据", "依据")),
        Column("answered_on", "date", "date of verification", "核实日期", headers=("核实日期", "日期", "核查日期", "填报日期", "反馈日期", "核实时间", "核查时间", "反馈时间", "填报时间", "答复日期", "答复时间", "回复日期",
                        "回复时间")),
        Column("answered_by", "text", "person or office that answers", "核实人", headers=("核实人", "填表人", "核实单位", "填报人", "核实人员", "核查人", "核查人员", "经办人", "反馈人")),
        Column("whereabouts", "text", "school or place the child is now at", "现就读学校或去向",
               headers=("现就读学校或去向", "去向", "现就读学校", "就读学校", "现去向", "具体去向", "儿童去向", "学生去向"), personal=True),
        Column("remarks", "text", "remarks as written", "备注", headers=("备注", "说明", "情况说明"), personal=True),
    ),
    ("record_id",),
)  # fmt: skip

ACCEPTED: tuple[Contract, ...] = (
    REGISTRY_PUPILS, HOUSEHOLD_CHILDREN, ATTENDANCE_PUPILS, VOCATIONAL_PUPILS, EXEMPT_CHILDREN, PRIORITY_CHILDREN,
    ANSWERS,
)  # fmt: skip
_BY_TABLE = {contract.name: contract for contract in ACCEPTED}

SHEET_FACTS: tuple[Column, ...] = (
    Column("sheet_title", "text", "the lines above the header, joined"),
    Column("file_name", "text", "the delivered file's name"),
)


def _rows(table: str) -> Contract:
    source = next(s for s in SOURCES if s.table == table)
    accepted = _BY_TABLE[table]
    columns = (*PROVENANCE, *SHEET_FACTS, *(replace(c, type="text") for c in _relaxed_delivered(accepted)))
    grain = f"one data row of a {source.name} delivery as text, under the name of the column it was understood as"
    return Contract(source.rows, "intake", f"{accepted.title}（原文）", grain, columns, ("record_id",), temporary=True)


def _relaxed_delivered(contract: Contract) -> tuple[Column, ...]:
    own = [c for c in contract.columns if c.delivered or (c.name == "marks" and contract is ATTENDANCE_PUPILS)]
    return tuple(relaxed(column) for column in own)


def _read(table: str) -> Contract:
    source = next(s for s in SOURCES if s.table == table)
    accepted = _BY_TABLE[table]
    own = tuple(c for c in accepted.columns if c not in PROVENANCE)
    notes = Column(
        "notes", "texts", "what was understood differently from what was written: column:code, see issue_codes"
    )
    grain = f"one data row of a {source.name} delivery, interpreted, the raw text beside each value"
    stage: Stage = "clean"
    return Contract(
        source.read, stage, f"{accepted.title}（判读）", grain, (*PROVENANCE, *with_raw(own), notes), ("record_id",),
        temporary=True,
    )  # fmt: skip


ROWS: dict[str, Contract] = {name: _rows(source.table) for name, source in BY_NAME.items()}
READ: dict[str, Contract] = {name: _read(source.table) for name, source in BY_NAME.items()}

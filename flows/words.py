"""The words of the command's help in the language of the machine: English as declared beside each verb, or Chinese.

There is one declaration, the parser; here stands what each of its sentences is in Chinese, and a test fails on a
sentence without one. Everything an office reads is Chinese in any case.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping

PRIMARY_LANGUAGE_CHINESE = 0x04  # Windows' number of the language

CHINESE: dict[str, str] = {
    "Find every child who should be in school and is not.": "控辍保学：找出每一个应当在校而不在校的孩子。",
    "show this help message and exit": "显示本帮助后退出",
    "data folder (BAOXUE_DATA, else data)": "数据目录（默认取环境变量 BAOXUE_DATA，没有则为 data）",
    "the month, as 2026-09": "月份，写作 2026-09",
    "the month, as 2026-09; default: the latest with results": "月份，写作 2026-09；默认为最近一个有结果的月份",
    "the month, as 2026-09; default: all": "月份，写作 2026-09；默认为全部",
    "default: the latest with results": "默认为最近一个有结果的月份",
    "an earlier run of the period; default: the one in force": "该月的某次早先运行；默认为现行的一次",
    "local policy laid over the default one": "本地参数文件，覆盖默认参数",
    "close files with personal data with each office's password": "含个人信息的文件用各单位的密码加密",
    # run
    "take in a period's deliveries, find the children, write the lists": "读入一个月的报送材料，比对找人，生成各单位名单",
    "publish only these districts (six digits)": "只发布这些区县（六位区划代码）",
    "judge deadlines as on this day (default: today)": "按这一天计算期限（默认今天）",
    "hand out the lists whose day has come, each once": "到期的名单各下发一次",
    "make the tables of an earlier run anew from what was kept of it, and say whether they are the same; nothing in force "
    "changes": "用留存的材料重做某次早先运行的各表，并说明是否一致；现行结果不变",
    "print nothing when all is well, for cron": "一切正常时不输出，供定时任务使用",
    # demo
    "invent a city, run it, and show what was found against the truth": "虚构一座城市并运行，把找到的与真实情况对照",
    "default 20000": "默认 20000",
    "campaigns lived through, answers included: the last of 2025-09, 2026-03, 2026-09": "连续演示几次核查（含答复）：2025-09、2026-03、2026-09 中最后几次",
    "default 1": "默认 1",
    # serve
    "keep the schedules: server, nightly and monthly runs, reminders, on this machine": "在本机值守：服务、每晚和每月的运行、每日催办",
    "default 4200, on 127.0.0.1 only": "默认 4200，只在 127.0.0.1 上监听",
    "end what serves this data folder, in order": "让正在值守这个数据目录的程序按次序停止",
    "local policy of every scheduled run": "所有定时运行使用的本地参数文件",
    # status
    "what is due, what is overdue, and who has not delivered": "哪些到期、哪些逾期、谁还没有报送",
    "stand on this day (default: today)": "以这一天为准（默认今天）",
    "default: the settings the results were made with": "默认用生成结果时的参数",
    "name every school that owes a sheet": "列出每一所未报送考勤的学校",
    # query, explain
    "ask the tables in SQL; every table is a view of its name": "用 SQL 查询各表，每张表以其名称为视图",
    "for instance: select finding, count(*) from findings group by all": "例如：select finding, count(*) from findings group by all",
    "every record, link, value and rule behind one child": "一个孩子背后的每条记录、关联、取值和规则",
    "a child_id or a case number": "child_id 或案号",
    # check, link
    "how files would be read, before they are sent: verdict and corrections": "报送之前先检查：文件能否读懂、哪里要改",
    "default: guessed from the headings": "默认按表头推断",
    "the month they are for (default: the present one)": "材料所属月份（默认本月）",
    "link any two Parquet tables of persons": "关联任意两张人员 Parquet 表",
    # send
    "send a period's closed files to their offices by mail, each only once": "把一个月已加密的文件用邮件发给各单位，每份只发一次",
    "print what would go where, and send nothing": "只列出哪份文件发往哪里，不发送",
    "only what lies in these districts' outbox": "只发送这些区县名单文件夹中的文件",
    "the mail server (BAOXUE_MAIL, else lake/mail.toml)": "邮件服务器（BAOXUE_MAIL，没有则为 lake/mail.toml）",
    "the offices' addresses (lake/addresses.csv)": "各单位的邮箱地址（lake/addresses.csv）",
    "the lists of the latest run, though others were handed out": "发最近一次运行的名单，即使已有下发的",
    "send too what nobody knows to have arrived": "不能确定是否送达的也再发一次",
    "go on though other accounts can read the data folder": "即使本机其他账户能读取数据目录也继续",
    # purge
    "remove what is past the policy's terms; counts and manifests stay": "删除超过保存期限的材料；统计数和运行记录保留",
    "show what would be removed, and remove nothing": "只列出将删除什么，不删除",
    "with --dry-run: what would be past its term on this day": "与 --dry-run 同用：到这一天将有什么超过期限",
    # runs, diff, audit
    "every run there has been, what it found and whether its tables are kept": "历次运行：各找到什么，各表是否仍留存",
    "what two runs of a period do not agree on, by district and finding": "同月两次运行的差异，按区县和问题列出",
    "the earlier run, as `baoxue runs` names it (its beginning will do)": "较早的一次，名称见 baoxue runs（写开头即可）",
    "the later run": "较晚的一次",
    "the case number of every child they differ in": "列出有差异的每个孩子的案号",
    "check that no line of the access log was changed or taken out": "核对访问日志没有一行被改动或抽走",
    "a head noted at an earlier audit, as LINES:HASH": "早先核对时记下的日志头，写作 行数:散列",
}

_FRAME = {"positional arguments": "参数", "options": "选项", "usage: ": "用法："}


def speaks_chinese(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the machine is set to Chinese: LC_ALL, LC_MESSAGES or LANG, whichever is set first; else Windows' own."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return environment[name].lower().startswith("zh")
    if sys.platform == "win32":
        import ctypes

        language: int = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return language & 0x3FF == PRIMARY_LANGUAGE_CHINESE
    return False


def in_chinese(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """``parser`` with every sentence of its help in Chinese; one that has none stays as it is."""
    for one in parsers(parser):
        one.formatter_class = _ChineseFormatter
        one.description = _chinese(one.description)
        for group in one._action_groups:
            group.title = _FRAME.get(group.title or "", group.title)
        for action in one._actions:
            action.help = _chinese(action.help)
            if isinstance(action, argparse._SubParsersAction):
                for listed in action._choices_actions:
                    listed.help = _chinese(listed.help)
    return parser


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of its verbs."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.values()


def sentences(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Every sentence of the help: of each verb and each argument."""
    for one in parsers(parser):
        yield from filter(None, [one.description, *(action.help for action in one._actions)])


def _chinese(text: str | None) -> str | None:
    if text is None:
        return None
    # A verb's description is its sentence with a capital and a full stop.
    inner = text[:1].lower() + text[1:].removesuffix(".")
    return CHINESE.get(text) or (f"{CHINESE[inner]}。" if inner in CHINESE else text)


class _ChineseFormatter(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, _FRAME["usage: "] if prefix is None else prefix)

"""One self-contained page for a district or the city: figures only, small ones withheld, nothing asked of any server.

Drawn with HTML, CSS and inline SVG so that it opens from a file share, prints, reads aloud and shows in black and
white; a few lines of script filter the tables and sort their columns, and without script everything still stands there.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from expectations.findings import FINDINGS

Figures = Mapping[tuple[str, str], Mapping[str, Any]]
WITHHELD = "＊"
STAGES = (("primary", "小学"), ("junior", "初中"))
COHORTS = {**dict(STAGES), "all": "九年义务教育"}
FUNNEL = (
    ("pupils", "在籍学生（一至九年级）"), ("pupils_delivered", "其中已报考勤、可以判断的"), ("children_found", "发现问题涉及儿童"),
    ("cases_asked", "本期下发个案"), ("cases_answered", "其中已答复"),
)  # fmt: skip
UNIT_COLUMNS = (
    ("pupils", "在籍学生"), ("delivered_share", "考勤报送率"), ("suspected_dropout", "疑似辍学"),
    ("absent_from_school", "在籍不在校"), ("not_enrolled", "适龄未入学"), ("dropout_risk", "有辍学倾向"),
    ("attends_elsewhere", "人籍分离"), ("attends_unregistered", "在校不在籍"), ("duplicate_registration", "重复学籍"),
    ("identity_mismatch", "信息有误"), ("missing_id_number", "无身份证号"), ("cases_answered", "已答复"),
    ("cases_overdue", "逾期"),
)  # fmt: skip
TREND = {
    "suspected_dropout": "疑似辍学", "not_enrolled": "适龄未入学", "absent_from_school": "在籍不在校", "dropout_risk": "有辍学倾向",
    "children_found": "发现问题涉及儿童", "cases_overdue": "逾期未答复个案", "delivered_share": "考勤报送率", "answered_share": "答复率",
}  # fmt: skip
DRAWN = ("suspected_dropout", "not_enrolled", "absent_from_school")
DIVISIONS = {"sex": "性别", "area": "城乡", "group": "重点群体"}
GROUPED = {"suspected_dropout": "疑似辍学", "not_enrolled": "适龄未入学", "dropout_risk": "有辍学倾向"}
SHARES = ("delivered_share", "answered_share", "overdue_share", "suspected_rate", "dropout_rate")


@dataclass(frozen=True)
class Unit:
    """One row of a table of units: code, name, figures of all stages by indicator."""

    code: str
    name: str
    figures: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Page:
    """What stands on one dashboard, and the folder of the outbox it lies in.

    ``figures`` by stage and indicator are the unit's own; ``tables`` its parts, each with a heading; ``off`` says
    which findings were not judged; ``not_judged`` are their codes. ``files`` counts deliveries by source: name, accepted, refused, read, accepted
    rows, rows set aside; ``lines`` are the control lines by stage. ``trend`` are the periods shown so far, ``groups`` figures
    by division and its members, ``retention`` and ``quality`` rows of those tables.
    """

    folder: str
    code: str
    title: str
    period: str
    small_cell: int
    figures: Figures
    tables: Sequence[tuple[str, Sequence[Unit]]]
    off: Sequence[str] = ()
    files: Sequence[tuple[str, int, int, int, int, int]] = ()
    lines: Mapping[str, float] = field(default_factory=dict)
    grid: Sequence[Unit] = ()
    not_judged: frozenset[str] = frozenset()
    trend: Sequence[tuple[str, Mapping[str, float | None]]] = ()
    groups: Sequence[tuple[str, str, Sequence[Mapping[str, Any]]]] = ()
    retention: Sequence[Mapping[str, Any]] = ()
    quality: Sequence[Mapping[str, Any]] = ()


def write_page(path: Path, page: Page, made_on: date) -> None:
    """Write the page to ``path`` (0600)."""
    path.touch(mode=0o600)
    path.write_text(dashboard(page, made_on), encoding="utf-8")


def dashboard(page: Page, made_on: date) -> str:
    """The page as HTML, as of the day its figures last changed."""
    year, month = page.period.split("-")
    parts = [
        _cards(page),
        '<div class="two">', _findings(page), _funnel(page), "</div>",
        '<div class="two">', _trend(page), "<div>", _rates(page), _kept(page), "</div>", "</div>",
        _grid(page),
        *(_units(number, heading, units) for number, (heading, units) in enumerate(page.tables) if units),
        '<div class="two">', _groups(page), _files(page), "</div>",
        _quality(page),
    ]  # fmt: skip
    title = html.escape(page.title)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        f"script-src 'unsafe-inline'; img-src data:\">\n"
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">跳到正文</a>\n<header><h1>{title}</h1>'
        f"<p>期次：{year}年{int(month)}月　制表日期：{made_on.isoformat()}，此后数字没有变化的不重新制作　"
        f"本页只有统计数，不含任何儿童信息；小于 {page.small_cell} 的数及可能推算出它的数以“{WITHHELD}”代替。</p></header>\n"
        f'<main id="main">\n' + "\n".join(part for part in parts if part) + "\n</main>\n"
        f"<footer>疑似辍学由系统比对提出，须由学校、乡镇核实认定；没有报送考勤的班级不作判断。</footer>\n"
        f"<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )


def number(row: Mapping[str, Any] | None, indicator: str = "") -> str:
    """A figure as it is shown: grouped thousands, shares in per cent, ＊ where withheld, – where there is none."""
    if row is None:
        return "–"
    if row["withheld"]:
        return WITHHELD
    value = row["value"]
    if value is None:
        return "–"
    if indicator in ("dropout_rate", "suspected_rate"):
        return f"{value:.2%}"
    if indicator in SHARES:
        return f"{value:.1%}"
    return f"{value:,.0f}"


def change(row: Mapping[str, Any] | None) -> str:
    """The difference to the period before in words, or nothing."""
    if row is None or row["value"] is None or row["previous_value"] is None:
        return ""
    difference = row["value"] - row["previous_value"]
    if not difference:
        return "与上期持平"
    return f"比上期{'增加' if difference > 0 else '减少'} {abs(difference):,.0f}"


def _cards(page: Page) -> str:
    cards = (
        ("在籍学生", "pupils"), ("疑似辍学", "suspected_dropout"), ("适龄未入学", "not_enrolled"),
        ("考勤报送率", "delivered_share"), ("答复率", "answered_share"), ("逾期未答复个案", "cases_overdue"),
    )  # fmt: skip
    shown = "".join(
        f"<li><span>{label}</span><strong>{number(page.figures.get(('all', name)), name)}</strong>"
        f"<small>{change(page.figures.get(('all', name))) if name not in SHARES else ''}</small></li>"
        for label, name in cards
    )
    return f'<ul class="cards" aria-label="主要数字">{shown}</ul>'


def _findings(page: Page) -> str:
    rows = [
        (kind.chinese, kind.meaning, None if kind.code in page.not_judged else page.figures.get(("all", kind.code)))
        for kind in FINDINGS
    ]
    greatest = max((row["value"] or 0 for _, _, row in rows if row), default=0) or 1
    body = "".join(
        f'<tr><th scope="row" title="{html.escape(meaning)}">{label}</th><td class="n">{number(row) if row else "未开展"}</td>'
        f"<td>{_bar((row['value'] or 0) / greatest if row else 0)}</td><td>{change(row)}</td></tr>"
        for label, meaning, row in rows
    )
    off = "".join(f"<li>{html.escape(text)}</li>" for text in page.off)
    return (
        f'<section><h2>九类问题</h2><table class="plain"><caption>人数，一个儿童可有多类问题</caption><thead><tr>'
        f'<th scope="col">问题</th><th scope="col" class="n">人数</th><th scope="col">比较</th><th scope="col">变化</th>'
        f"</tr></thead><tbody>{body}</tbody></table>"
        + (f'<p class="off">未开展的比对：</p><ul class="off">{off}</ul>' if off else "")
        + "</section>"
    )


def _bar(share: float) -> str:
    """A bar that prints: dark on light with an outline, its length the only message."""
    width = max(min(share, 1.0), 0.0) * 120
    return (
        f'<svg width="124" height="12" role="img" aria-hidden="true"><rect x="1" y="1" width="122" height="10" '
        f'class="rail"/><rect x="1" y="1" width="{width:.1f}" height="10" class="fill"/></svg>'
    )


def _funnel(page: Page) -> str:
    rows = [(label, page.figures.get(("all", name))) for name, label in FUNNEL]
    known = [(label, row) for label, row in rows if row is not None]
    if not known:
        return ""
    steps = "".join(
        f'<li><span class="step" style="--share:{100 - index * 11}%">{label}<strong>{number(row)}</strong></span></li>'
        for index, (label, row) in enumerate(known)
    )
    return f'<section><h2>从报送到答复</h2><ol class="funnel">{steps}</ol></section>'


def _rates(page: Page) -> str:
    body = ""
    for stage, label in STAGES:
        rate, over = page.figures.get((stage, "dropout_rate")), page.figures.get((stage, "over_line"))
        line = page.lines.get(stage)
        verdict = (
            "–"
            if over is None or over["value"] is None or (rate is not None and rate["withheld"])
            else ("▲ 超过，应约谈" if over["value"] else "未超过")
        )
        body += (
            f'<tr><th scope="row">{label}</th><td class="n">{number(page.figures.get((stage, "pupils")))}</td>'
            f'<td class="n">{number(page.figures.get((stage, "dropouts")))}</td>'
            f'<td class="n">{number(rate, "dropout_rate")}</td><td class="n">{"–" if line is None else f"{line:.2%}"}</td>'
            f"<td>{verdict}</td></tr>"
        )
    return (
        f'<section><h2>年辍学率与控制线</h2><table class="plain"><caption>辍学只由核实答复认定</caption><thead><tr>'
        f'<th scope="col">学段</th><th scope="col" class="n">在籍</th><th scope="col" class="n">辍学</th>'
        f'<th scope="col" class="n">辍学率</th><th scope="col" class="n">控制线</th><th scope="col">结论</th></tr></thead>'
        f"<tbody>{body}</tbody></table></section>"
    )


def month(period: str) -> str:
    """A period in words."""
    year, number_of_month = period.split("-")
    return f"{year}年{int(number_of_month)}月"


def _trend(page: Page) -> str:
    """The last periods as lines of their own stroke and mark, and below them as figures."""
    if not page.trend:
        return ""
    shown = page.trend[-8:]
    head = "".join(f'<th scope="col" class="n">{month(period)}</th>' for period, _ in shown)
    body = ""
    for name, label in TREND.items():
        cells = "".join(f'<td class="n">{_told(name, figures.get(name))}</td>' for _, figures in shown)
        body += f'<tr><th scope="row">{label}</th>{cells}</tr>'
    drawn = _lines(shown) if len(shown) > 1 else '<p class="off">只有本期数据，从下一期起显示走势。</p>'
    return (
        f'<section><h2>各期走势</h2>{drawn}<div class="scroll" tabindex="0"><table class="plain"><caption>“{WITHHELD}”为当期不显示的数</caption>'
        f'<thead><tr><th scope="col">指标</th>{head}</tr></thead><tbody>{body}</tbody></table></div></section>'
    )


def _told(indicator: str, value: float | None) -> str:
    return number({"value": value, "withheld": value is None}, indicator)


def _lines(shown: Sequence[tuple[str, Mapping[str, float | None]]]) -> str:
    width, height, left, foot = 520, 210, 46, 52
    greatest = max((figures.get(name) or 0 for _, figures in shown for name in DRAWN), default=0) or 1
    across = [left + at * (width - left - 24) / (len(shown) - 1) for at in range(len(shown))]
    parts = []
    for share in (0, 0.5, 1):
        y = 10 + (1 - share) * (height - foot - 10)
        parts.append(f'<line x1="{left}" y1="{y:.1f}" x2="{width - 16}" y2="{y:.1f}" class="rule"/>'
                     f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{greatest * share:,.0f}</text>')  # fmt: skip
    for x, (period, _) in zip(across, shown, strict=True):
        parts.append(f'<text x="{x:.1f}" y="{height - foot + 18}" text-anchor="middle">{period}</text>')
    for place, (name, dash, mark) in enumerate(zip(DRAWN, ("none", "8 4", "2 4"), ("●", "■", "▲"), strict=True)):
        points = [
            (x, 10 + (1 - value / greatest) * (height - foot - 10))
            for x, (_, figures) in zip(across, shown, strict=True)
            if (value := figures.get(name)) is not None
        ]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" class="line" stroke-dasharray="{dash}"/>')
        parts += [
            f'<text x="{x:.1f}" y="{y + 5:.1f}" text-anchor="middle" class="mark">{mark}</text>' for x, y in points
        ]
        at = left + place * 150
        parts.append(f'<line x1="{at}" y1="{height - 12}" x2="{at + 34}" y2="{height - 12}" class="line" stroke-dasharray="{dash}"/>'
                     f'<text x="{at + 17}" y="{height - 7}" text-anchor="middle" class="mark">{mark}</text>'
                     f'<text x="{at + 40}" y="{height - 8}">{TREND[name]}</text>')  # fmt: skip
    return f'<svg class="trend" viewBox="0 0 {width} {height}" role="img" aria-label="各期走势，数字见下表">{"".join(parts)}</svg>'


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.2%}"


def _kept(page: Page) -> str:
    """巩固率 by cohort, where the county wrote down its entrants."""
    if not page.retention:
        return ""
    body = ""
    for row in page.retention:
        rate = row["rate_adjusted"]
        verdict = "达到目标" if row["goal_met"] else "▼ 未达目标"
        if rate is None or not row["plausible"]:
            verdict = "–" if rate is None else f"数据有误（{too_many(row)}）"
        stage = COHORTS.get(row["stage"], row["stage"])
        body += (
            f'<tr><th scope="row">{stage} {row["entry_year"]}级</th><td class="n">{row["entrants"] or 0:,.0f}</td>'
            f'<td class="n">{_percent(row["rate_of_entrants"])}</td><td class="n">{_percent(rate)}</td><td>{verdict}</td></tr>'
        )
    return (
        f'<section><h2>巩固率</h2><table class="plain"><caption>两种算法：毕业÷入学；毕业÷（入学＋转入－转出）</caption><thead><tr>'
        f'<th scope="col">届别</th><th scope="col" class="n">入学</th><th scope="col" class="n">毕业÷入学</th>'
        f'<th scope="col" class="n">计入转入转出</th><th scope="col">结论</th></tr></thead><tbody>{body}</tbody></table></section>'
    )


def too_many(row: Mapping[str, Any]) -> str:
    """Why a cohort's 巩固率 cannot be: its own figures, or those of a county of the city."""
    return "超过100%" if row["rate_adjusted"] > 1 else "有区县超过100%"


def _groups(page: Page) -> str:
    """Who the children are: by sex, country or town, and priority group."""
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for division, name, rows in page.groups:
        for row in rows:
            cells.setdefault((division, row["member"]), {})[name] = number(row)
    if not cells:
        return ""
    order = list(DIVISIONS)
    body = "".join(
        f'<tr><th scope="row">{html.escape(member)}</th><td>{DIVISIONS[division]}</td>'
        + "".join(f'<td class="n">{told.get(name, "0")}</td>' for name in GROUPED) + "</tr>"
        for (division, member), told in sorted(cells.items(), key=lambda one: (order.index(one[0][0]), one[0][1]))
    )  # fmt: skip
    head = "".join(f'<th scope="col" class="n">{label}</th>' for label in GROUPED.values())
    return (
        f'<section><h2>性别、城乡与重点群体</h2><table class="plain"><caption>人数；一名儿童可属多个重点群体</caption><thead><tr>'
        f'<th scope="col">类别</th><th scope="col">划分</th>{head}</tr></thead><tbody>{body}</tbody></table></section>'
    )


def _quality(page: Page) -> str:
    """The state of the files every school handed in, the worst first."""
    if not page.quality:
        return ""
    ordered = sorted(
        page.quality, key=lambda r: (-r["to_correct"], -r["rows_set_aside"], -r["to_check"], r["school_name"])
    )
    names = ("files", "rows_read", "rows_set_aside", "to_correct", "to_check")
    labels = ("文件", "读入行", "搁置行", "须更正问题", "提示")
    return _searched(
        "quality", "各学校报送数据质量", labels,
        [(row["school_name"], [f"{row[name]:,}" for name in names]) for row in ordered],
        "只计各校自己报送的文件（多为考勤）；全区县汇总的学籍、户籍等见“数据报送与质量”",
    )  # fmt: skip


def _files(page: Page) -> str:
    if not page.files:
        return ""
    body = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th>'
        + "".join(f'<td class="n">{value:,}</td>' for value in values)
        + "</tr>"
        for name, *values in page.files
    )
    return (
        f'<section><h2>数据报送与质量</h2><table class="plain"><caption>文件与行数；搁置的行须报送单位更正</caption><thead><tr>'
        f'<th scope="col">来源</th><th scope="col" class="n">接收文件</th><th scope="col" class="n">退回文件</th>'
        f'<th scope="col" class="n">读入行</th><th scope="col" class="n">采用行</th><th scope="col" class="n">搁置行</th>'
        f"</tr></thead><tbody>{body}</tbody></table></section>"
    )


def _grid(page: Page) -> str:
    """Districts as tiles, the darker the higher the suspected rate; the figures stand in them for those who see no shade."""
    rates = {unit.code: unit.figures.get("suspected_rate") for unit in page.grid}
    greatest = max((rate["value"] or 0 for rate in rates.values() if rate), default=0) or 1
    tiles = ""
    for unit in page.grid:
        rate = rates[unit.code]
        depth = round(4 * ((rate["value"] or 0) / greatest)) if rate else 0
        tiles += (
            f'<li class="d{depth}"><b>{html.escape(unit.name)}</b><span>{number(rate, "suspected_rate")}</span>'
            f"<small>{number(unit.figures.get('suspected_dropout'))} 人</small></li>"
        )
    return (
        f'<section><h2>{"各区县" if "_" in page.folder else "各乡镇街道"}疑似辍学率</h2><ul class="grid">{tiles}</ul></section>'
        if tiles
        else ""
    )


def _units(at: int, heading: str, units: Sequence[Unit]) -> str:
    used = [(name, label) for name, label in UNIT_COLUMNS if any(name in unit.figures for unit in units)]
    rows = [(unit.name, [number(unit.figures.get(name), name) for name, _ in used]) for unit in units]
    return _searched(f"units{at}", heading, [label for _, label in used], rows)


def _searched(
    name: str, heading: str, labels: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], caption: str = ""
) -> str:
    """A table of units with a search of their names and columns that sort."""
    head = "".join(f'<th scope="col" class="n"><button type="button">{label}</button></th>' for label in labels)
    body = "".join(
        f'<tr><th scope="row">{html.escape(unit)}</th>'
        + "".join(f'<td class="n">{cell}</td>' for cell in cells)
        + "</tr>"
        for unit, cells in rows
    )
    told = f"<caption>{caption}</caption>" if caption else ""
    return (
        f'<section class="wide"><h2>{heading}</h2><p class="find"><label for="find-{name}">查找：</label>'
        f'<input id="find-{name}" type="search" data-table="{name}" placeholder="输入名称的一部分">'
        f'<span role="status" id="{name}-status">共 {len(rows)} 个</span></p>'
        f'<div class="scroll" tabindex="0"><table id="{name}" class="units">{told}<thead><tr>'
        f'<th scope="col"><button type="button">单位</button></th>{head}</tr></thead><tbody>{body}</tbody></table></div></section>'
    )


STYLE = """
:root{--ink:#1a1a1a;--line:#8a8a8a;--soft:#f2f2f2;--fill:#274b7a}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1180px;padding:16px 24px;color:var(--ink);background:#fff;
font:15px/1.55 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC","SimSun",sans-serif}
h1{font-size:26px;margin:0 0 4px}h2{font-size:18px;margin:0 0 8px;border-left:5px solid var(--fill);padding-left:8px}
header p,footer{color:#444;margin:0 0 16px}footer{border-top:1px solid var(--line);padding-top:8px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:#fff;padding:4px 8px}
.cards{list-style:none;margin:0 0 20px;padding:0;display:grid;gap:10px;grid-template-columns:repeat(6,1fr)}
.cards li{border:1px solid var(--line);border-radius:4px;padding:8px 12px;display:flex;flex-direction:column}
.cards strong{font-size:26px;line-height:1.3;font-variant-numeric:tabular-nums}.cards small{color:#444;min-height:1.5em}
.two{display:grid;grid-template-columns:1fr 1fr;gap:28px}section{margin:0 0 24px;break-inside:avoid}
section.wide{break-inside:auto}
table{border-collapse:collapse;width:100%}caption{text-align:left;color:#444;font-size:13px;padding-bottom:4px}
th,td{border-bottom:1px solid #c8c8c8;padding:4px 6px;text-align:left;font-weight:normal;vertical-align:middle}
thead th{border-bottom:2px solid var(--ink);font-weight:bold}.n{text-align:right;font-variant-numeric:tabular-nums}
tbody th{font-weight:600}.rail{fill:#fff;stroke:var(--line)}.fill{fill:var(--fill)}
.units tbody tr:nth-child(even){background:var(--soft)}.units{font-size:13px}.units td,.units tbody th{white-space:nowrap}.units thead th{vertical-align:bottom;white-space:nowrap}
.units button{all:unset;cursor:pointer;font-weight:bold}.units button:focus-visible,input:focus-visible,.scroll:focus-visible
{outline:3px solid #c77700;outline-offset:1px}
th[aria-sort=ascending] button::after{content:" ▲"}th[aria-sort=descending] button::after{content:" ▼"}
.scroll{overflow-x:auto}.find input{font:inherit;padding:3px 8px;border:1px solid var(--line);margin-right:12px}
.funnel{list-style:none;margin:0;padding:0}.funnel li{margin:0 0 6px}
.step{display:flex;justify-content:space-between;width:var(--share);margin:0 auto;border:1px solid var(--ink);
background:var(--soft);padding:7px 12px}
.trend{width:100%;height:auto;font-size:11px}.trend .rule{stroke:#c8c8c8}.trend .line{stroke:var(--ink);stroke-width:1.6;fill:none}
.trend .mark{font-size:12px}.step strong{font-size:17px}.off{color:#444;margin:6px 0 0}
.grid{list-style:none;padding:0;margin:0;display:grid;gap:8px;grid-template-columns:repeat(auto-fill,minmax(130px,1fr))}
.grid li{border:1px solid var(--ink);padding:8px 10px;display:flex;flex-direction:column}.grid span{font-size:20px}
.d0{background:#fff}.d1{background:#e3e8ef}.d2{background:#c3cedd}.d3{background:#8fa5c2}
.d4{background:#274b7a;color:#fff}
@media screen and (max-width:820px){.two{grid-template-columns:1fr}.cards{grid-template-columns:repeat(2,1fr)}}
@media print{@page{size:A4 landscape;margin:12mm}body{padding:0;max-width:none;font-size:11px}.find,.skip{display:none}
.scroll{overflow:visible}.units thead th{white-space:normal}thead{display:table-header-group}tr{break-inside:avoid}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
"""

SCRIPT = """
document.querySelectorAll('input[data-table]').forEach(function(box){
  var table=document.getElementById(box.dataset.table),status=document.getElementById(box.dataset.table+'-status');
  box.addEventListener('input',function(){
    var wanted=box.value.trim(),seen=0;
    Array.from(table.tBodies[0].rows).forEach(function(row){
      var fits=row.cells[0].textContent.indexOf(wanted)>=0;row.hidden=!fits;if(fits)seen++;});
    status.textContent='共 '+seen+' 个';});
});
document.querySelectorAll('table.units').forEach(function(table){
  Array.from(table.tHead.rows[0].cells).forEach(function(head,at){
    head.firstChild.addEventListener('click',function(){
      var down=head.getAttribute('aria-sort')!=='descending';
      Array.from(table.tHead.rows[0].cells).forEach(function(other){other.removeAttribute('aria-sort');});
      head.setAttribute('aria-sort',down?'descending':'ascending');
      var value=function(row){var text=row.cells[at].textContent;
        var figure=parseFloat(text.replace(/[,%]/g,''));return at===0?text:(isNaN(figure)?(text==='＊'?0.5:-1):figure);};
      var rows=Array.from(table.tBodies[0].rows);
      rows.sort(function(a,b){var x=value(a),y=value(b);
        var order=at===0?x.localeCompare(y,'zh'):x-y;return down?-order:order;});
      rows.forEach(function(row){table.tBodies[0].appendChild(row);});});});
});
"""

"""One self-contained page on how the records were linked: counts by stage, weights, m and u, what could not be linked.

For the county's analyst: figures and pictures only, no record and no child. Everything on it stands in the tables
`link_report` and `link_weights`; drawn with HTML and inline SVG, so that it opens from a file share and asks nothing
of any server.
"""

from __future__ import annotations

import html
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from expectations.sources import BY_NAME as SOURCES
from transforms.engine import Engine
from transforms.lists.dashboard import STYLE
from transforms.lists.workbook import ArrowRows

TIERS = {
    "number": ("证号相同", "身份证号有效且相同，姓名相符"),
    "number_conflict": ("证号相同、姓名不符", "同号异名，另有家庭信息等佐证才关联，否则交人核对"),
    "near_number": ("证号相近", "一方号码校验不符，只差一位或相邻两位颠倒"),
    "weight": ("综合比对", "没有可用号码，按姓名、出生日期、家庭、住地等加权判定"),
    "spelling": ("拼写姓名", "字母姓名，允许拼写和号码笔误，加权判定"),
    "class_name": ("班级姓名", "考勤表按本班、本年级、本校的姓名（含同音、形近）对应学籍"),
    "city_name": ("全市姓名", "本校没有，全市唯一同名、同年级、年龄相符且原校未见"),
    "duplicate": ("同一来源重复", "同一份名册中同一儿童的多条记录"),
    "answer": ("人工认定", "核对表交回的结论"),
}
FIELDS = {
    "name": "姓名", "id_number": "身份证号", "birth_date": "出生日期", "sex": "性别", "family": "家庭（监护人、电话、住址）",
    "place": "户籍地、住地", "school": "学校", "grade": "年级",
}  # fmt: skip
LEVELS = {
    "exact": "完全相同", "former": "曾用名相同", "sound": "同音", "alike": "形近或音近", "given": "名同姓异", "cut": "长名截断",
    "one_character": "差一字", "one_of_two": "两字差一字", "different": "不同", "same": "相同", "same_text": "文字相同（非有效号码）",
    "near": "相近（一处笔误）", "grade near": "相差一个年级", "near_text": "相差一个字符", "partly": "可见部分相同", "differ": "不同", "two_valid": "两个有效号码不同",
    "others_number": "其中一个是别人的号码", "number": "监护人证号相同", "two": "监护人与电话等两项相同", "guardian": "监护人姓名相同",
    "phone": "电话相同", "address": "住址相同", "township": "同乡镇街道", "district": "同区县",
}  # fmt: skip
MEASURES = ("records", "joined", "shown", "alone", "unlinkable")
Figures = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Part, name, measure: value."""


@dataclass(frozen=True)
class LinkPage:
    """What stands on one link report: figures by part, name and measure, and the weights of the run."""

    title: str
    folder: str
    code: str
    period: str
    figures: Figures
    weights: Sequence[Mapping[str, Any]]


def link_pages(engine: Engine, period: str) -> Iterator[LinkPage]:
    """The page of every district and every city."""
    weights = engine.rows("link_weights").to_pylist()
    names = {code: name for level in ("district", "city") for code, name in _named(engine, level)}
    rows = engine.rows("link_report").to_pylist()
    for district in sorted({row["district_code"] for row in rows}):
        own = [row for row in rows if row["district_code"] == district]
        title = f"{names.get(district, district)}记录关联质量报告"
        yield LinkPage(title, district, district, period, summed(own), weights)
    for city in sorted({row["district_code"][:4] for row in rows}):
        code = f"{city}00"
        own = [row for row in rows if row["district_code"][:4] == city]
        title = f"{names.get(code, code)}记录关联质量报告"
        yield LinkPage(title, f"全市_{code}", code, period, summed(own), weights)


def _named(engine: Engine, level: str) -> ArrowRows:
    every = engine.districts("dashboard_figures")
    return ArrowRows(engine.part("dashboard_figures", ("unit_code", "unit_name"), *every, level=level))


def summed(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Counter[str]]]:
    """The figures of several districts added up."""
    found: dict[str, dict[str, Counter[str]]] = {}
    for row in rows:
        figures = found.setdefault(row["part"], {}).setdefault(row["name"], Counter())
        figures[row["measure"]] += row["value"]
    return found


def write_link_page(path: Path, page: LinkPage, made_on: date) -> None:
    """Write the page to ``path`` (0600)."""
    path.touch(mode=0o600)
    path.write_text(link_report(page, made_on), encoding="utf-8")


def link_report(page: LinkPage, made_on: date) -> str:
    """The page as HTML, as of the day its figures last changed."""
    title = html.escape(page.title)
    year, month = page.period.split("-")
    parts = (_cards(page), _stages(page), _histogram(page), _sources(page), _weights(page))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{STYLE}{OWN_STYLE}</style>\n</head>\n<body>\n<header><h1>{title}</h1>"
        f"<p>期次：{year}年{int(month)}月　制表日期：{made_on.isoformat()}，此后数字没有变化的不重新制作　"
        f"供教育局数据人员查看比对质量；本页只有统计数，不含任何儿童信息。</p></header>\n<main>\n"
        + "\n".join(parts)
        + "\n</main>\n<footer>准确率、查全率是按每对记录的判定概率估计的，不是抽查结果；概率由本次数据学得的比对权重算出。"
        "“需人工核对”的记录对见各区县“疑似同一人核对”表，填回后以人工结论为准。</footer>\n</body>\n</html>\n"
    )


def estimated(figures: Mapping[str, float]) -> tuple[float | None, float | None]:
    """Precision and recall of links, as their probabilities and those of the pairs left to people say."""
    links, right = figures.get("links", 0), figures.get("links_expected", 0)
    missed = figures.get("reviews_expected", 0)
    return (right / links if links else None), (right / (right + missed) if right + missed else None)


def _cards(page: LinkPage) -> str:
    whole: dict[str, float] = defaultdict(float)
    for figures in page.figures.get("stage", {}).values():
        for measure, value in figures.items():
            whole[measure] += value
    records = sum(figures["records"] for figures in page.figures.get("source", {}).values())
    precision, recall = estimated(whole)
    cards = (
        ("记录", f"{records:,.0f}"), ("自动关联", f"{whole['links']:,.0f}"), ("需人工核对的记录对", f"{whole['reviews']:,.0f}"),
        ("估计准确率", _share(precision)), ("估计查全率", _share(recall)),
    )  # fmt: skip
    shown = "".join(f"<li><span>{label}</span><strong>{value}</strong></li>" for label, value in cards)
    return f'<ul class="cards five" aria-label="主要数字">{shown}</ul>'


def _stages(page: LinkPage) -> str:
    stages = page.figures.get("stage", {})
    greatest = max((figures["links"] for figures in stages.values()), default=0) or 1
    body = ""
    for tier in sorted(stages, key=lambda name: list(TIERS).index(name) if name in TIERS else len(TIERS)):
        label, meaning = TIERS.get(tier, (tier, ""))
        figures = stages[tier]
        precision, recall = estimated(figures)
        body += (
            f'<tr><th scope="row">{html.escape(label)}<small>{html.escape(meaning)}</small></th>'
            f'<td class="n">{figures["links"]:,.0f}</td><td>{_bar(figures["links"] / greatest)}</td>'
            f'<td class="n">{figures["reviews"]:,.0f}</td><td class="n">{_share(precision)}</td>'
            f'<td class="n">{_share(recall)}</td></tr>'
        )
    return (
        '<section><h2>各环节关联数</h2><table class="plain"><caption>一条记录只由最先成立的环节关联；查全率＝已关联÷（已关联＋待核对中估计为同一人的）'
        '</caption><thead><tr><th scope="col">环节</th><th scope="col" class="n">自动关联</th><th scope="col">比较</th>'
        '<th scope="col" class="n">需人工核对</th><th scope="col" class="n">估计准确率</th><th scope="col" class="n">估计查全率</th>'
        f"</tr></thead><tbody>{body}</tbody></table></section>"
    )


def _histogram(page: LinkPage) -> str:
    """Pairs by match weight: links dark upward, pairs for people light downward, both on a square-root scale."""
    weights = {int(name): figures for name, figures in page.figures.get("weight", {}).items()}
    if not weights:
        return ""
    first, last = min(weights), max(weights)
    most = {m: max(figures[m] for figures in weights.values()) or 1 for m in ("links", "reviews")}
    step = max(8.0, min(22.0, 1000 / (last - first + 1)))
    width = int(step * (last - first + 1)) + 50
    bars = ""
    for bits in range(first, last + 1):
        at = 40 + (bits - first) * step
        figures = weights.get(bits, {"links": 0.0, "reviews": 0.0})
        up, down = (110 * (figures[m] / most[m]) ** 0.5 for m in ("links", "reviews"))
        said = (
            f"{bits} 至 {bits + 1} 比特：自动关联 {figures['links']:,.0f} 对，需人工核对 {figures['reviews']:,.0f} 对"
        )
        bars += (
            f'<g><title>{said}</title><rect x="{at:.1f}" y="{130 - up:.1f}" width="{step - 2:.1f}" height="{up:.1f}" class="fill"/>'
            f'<rect x="{at:.1f}" y="130" width="{step - 2:.1f}" height="{down * 0.6:.1f}" class="people"/></g>'
        )
        if bits % 5 == 0:
            bars += f'<text x="{at:.1f}" y="216">{bits}</text>'
    return (
        '<section><h2>比对权重分布</h2><p class="key"><span class="dark"></span>自动关联（向上）　<span class="light"></span>需人工核对（向下）　'
        f"横轴：权重（比特，每多 1 比特，是同一人的可能增加一倍）；高度按平方根，最高 {most['links']:,.0f} 对、{most['reviews']:,.0f} 对</p>"
        f'<svg viewBox="0 0 {width} 224" width="{width}" height="224" role="img" aria-label="比对权重分布图">'
        f'<line x1="36" y1="130" x2="{width}" y2="130" class="axis"/>{bars}</svg></section>'
    )


def _sources(page: LinkPage) -> str:
    sources = page.figures.get("source", {})
    body = ""
    for name in (name for name in SOURCES if name in sources):
        figures = sources[name]
        cells = "".join(f'<td class="n">{figures[measure]:,.0f}</td>' for measure in MEASURES)
        joined = figures["joined"] / (figures["records"] or 1)
        body += f'<tr><th scope="row">{SOURCES[name].chinese}</th>{cells}<td>{_bar(joined)} {joined:.2%}</td></tr>'
    return (
        '<section><h2>各来源记录</h2><table class="plain"><caption>“无从关联”是其中既无可用身份证号，又无出生日期、监护人和电话的记录'
        '</caption><thead><tr><th scope="col">来源</th><th scope="col" class="n">记录</th><th scope="col" class="n">已关联</th>'
        '<th scope="col" class="n">只在核对表中</th><th scope="col" class="n">未关联</th><th scope="col" class="n">无从关联</th>'
        f'<th scope="col">已关联比例</th></tr></thead><tbody>{body}</tbody></table></section>'
    )


def _weights(page: LinkPage) -> str:
    greatest = max((abs(row["weight"]) for row in page.weights), default=0) or 1
    body = ""
    for field in (field for field in FIELDS if any(row["field"] == field for row in page.weights)):
        own = sorted((row for row in page.weights if row["field"] == field), key=lambda row: -row["weight"])
        for number, row in enumerate(own):
            head = f'<th scope="rowgroup" rowspan="{len(own)}">{FIELDS[field]}</th>' if not number else ""
            body += (
                f"<tr>{head}<td>{level_label(field, row['level'])}</td>"
                f'<td class="n">{row["m"]:.4f}</td><td class="n">{row["u"]:.7f}</td><td class="n">{row["weight"]:+.1f}</td>'
                f'<td>{_both_ways(row["weight"] / greatest)}</td><td class="n">{row["pairs_m"]:,}</td><td class="n">{row["pairs_u"]:,}</td>'
                f"<td>{'本次估计' if row['origin'] == 'estimated' else '预设'}</td></tr>"
            )
    return (
        '<section class="wide"><h2>比对权重（m、u）</h2><table class="plain"><caption>m：同一人的两条记录出现这种符合程度的比例；u：不同人的两条记录出现的比例；'
        "权重＝log2(m÷u)。m 由证号相同的记录对、u 由随机记录对学得；姓名另按其常见程度加减</caption><thead><tr>"
        '<th scope="col">字段</th><th scope="col">符合程度</th><th scope="col" class="n">m</th><th scope="col" class="n">u</th>'
        '<th scope="col" class="n">权重</th><th scope="col">方向</th><th scope="col" class="n">m 样本</th><th scope="col" class="n">u 样本</th>'
        f'<th scope="col">来历</th></tr></thead><tbody>{body}</tbody></table></section>'
    )


def level_label(field: str, level: str) -> str:
    """What a level of agreement of a field is called."""
    return LEVELS.get(f"{field} {level}", LEVELS.get(level, level))


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3%}"


def _bar(share: float) -> str:
    width = max(min(share, 1.0), 0.0) * 120
    return (
        '<svg width="124" height="12" aria-hidden="true"><rect x="1" y="1" width="122" height="10" class="rail"/>'
        f'<rect x="1" y="1" width="{width:.1f}" height="10" class="fill"/></svg>'
    )


def _both_ways(share: float) -> str:
    """A bar to the right of the middle for evidence of one child, to the left against it."""
    width = abs(share) * 70
    at = 72 if share >= 0 else 72 - width
    kind = "fill" if share >= 0 else "people"
    return (
        '<svg width="146" height="12" aria-hidden="true"><line x1="72" y1="0" x2="72" y2="12" class="axis"/>'
        f'<rect x="{at:.1f}" y="1" width="{width:.1f}" height="10" class="{kind}"/></svg>'
    )


OWN_STYLE = """
.cards.five{grid-template-columns:repeat(5,1fr)}.people{fill:#c9d4e3;stroke:#274b7a}.axis{stroke:#1a1a1a}
svg text{font-size:11px;fill:#1a1a1a}section th small{display:block;font-weight:normal;color:#444}
.key{margin:0 0 6px}.key span{display:inline-block;width:14px;height:10px;margin-right:5px;border:1px solid #274b7a}
.key .dark{background:#274b7a}.key .light{background:#c9d4e3}section>svg{max-width:100%;height:auto}
"""

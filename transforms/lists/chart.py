"""Charts of a Word document as Word's own: drawn by the program that opens it, in its fonts, sharp in print.

Bars and lines that differ in pattern and mark, not in colour alone, since papers are printed and copied in black.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from markupsafe import Markup

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
KIND = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
RELATION = f"{R}/chart"
EMU = 36_000  # a millimetre
FILLS = (
    '<a:solidFill><a:srgbClr val="1F3864"/></a:solidFill>',
    '<a:pattFill prst="ltUpDiag"><a:fgClr><a:srgbClr val="1F3864"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>',
    '<a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill>',
)
MARKS, DASHES = ("circle", "square", "triangle"), ("solid", "dash", "sysDot")
FONT = '<a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/>'
BLACK = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'


@dataclass(frozen=True)
class Chart:
    """One chart: how it is drawn, what stands below the axis, and each series' name and values; null is not drawn."""

    kind: str
    categories: Sequence[str]
    series: Sequence[tuple[str, Sequence[float | None]]]
    title: str

    @property
    def drawn(self) -> bool:
        """Whether there is anything to draw."""
        return any(value for _, values in self.series for value in values)


def placed(chart: Chart, number: int) -> Markup:
    """The run of text that shows the chart with the relation ``rIdChart<number>``."""
    height = min(max(34, 8 * len(chart.categories) + 20), 150) if chart.kind == "bar" else 60
    size = f'cx="{150 * EMU}" cy="{height * EMU}"'
    name = escape(chart.title, {'"': "&quot;"})
    return Markup(  # noqa: S704 - every text in it is escaped here
        f'<w:r xmlns:w="{W}"><w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{900 + number}" name="图{number}" descr="{name}"/><a:graphic xmlns:a="{A}"><a:graphicData uri="{C}">'
        f'<c:chart xmlns:c="{C}" xmlns:r="{R}" r:id="rIdChart{number}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def chart_part(chart: Chart) -> bytes:
    """The part of the archive that holds a chart."""
    series = "".join(_series(chart, number, *one) for number, one in enumerate(chart.series))
    labels = (
        '<c:dLbls><c:spPr><a:noFill/></c:spPr><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )
    if chart.kind == "bar":
        plot = f'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}{labels}<c:gapWidth val="60"/>'
        plot += '<c:axId val="1"/><c:axId val="2"/></c:barChart>'
    else:
        plot = f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}{labels}<c:marker val="1"/>'
        plot += '<c:axId val="1"/><c:axId val="2"/></c:lineChart>'
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if len(chart.series) > 1 else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}">'
        f'<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plot}{_axes(chart.kind)}</c:plotArea>{legend}'
        f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1000">{BLACK}{FONT}</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
        "</c:chartSpace>"
    ).encode()


def _series(chart: Chart, number: int, name: str, values: Sequence[float | None]) -> str:
    look = f'<c:spPr>{FILLS[number % 3]}<a:ln w="9525">{BLACK}</a:ln></c:spPr><c:invertIfNegative val="0"/>'
    if chart.kind == "line":
        look = (
            f'<c:spPr><a:ln w="22225">{BLACK}<a:prstDash val="{DASHES[number % 3]}"/></a:ln></c:spPr>'
            f'<c:marker><c:symbol val="{MARKS[number % 3]}"/><c:size val="7"/></c:marker>'
        )
    points = "".join(f'<c:pt idx="{at}"><c:v>{escape(text)}</c:v></c:pt>' for at, text in enumerate(chart.categories))
    told = "".join(f'<c:pt idx="{at}"><c:v>{v:.0f}</c:v></c:pt>' for at, v in enumerate(values) if v is not None)
    straight = (
        '<c:smooth val="0"/>' if chart.kind == "line" else ""
    )  # left out, it means curves: above what was counted
    count = f'<c:ptCount val="{len(chart.categories)}"/>'
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:v>{escape(name)}</c:v></c:tx>{look}'
        f"<c:cat><c:strLit>{count}{points}</c:strLit></c:cat>"
        f"<c:val><c:numLit><c:formatCode>#,##0</c:formatCode>{count}{told}</c:numLit></c:val>{straight}</c:ser>"
    )


def _axes(kind: str) -> str:
    """Categories from the top down, as in the table above; figures along the foot."""
    turned, low, side = ("maxMin", "l", "t") if kind == "bar" else ("minMax", "b", "l")
    line = f'<c:spPr><a:ln w="9525">{BLACK}</a:ln></c:spPr>'
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{turned}"/></c:scaling><c:delete val="0"/><c:axPos val="{low}"/>'
        f'<c:majorTickMark val="none"/><c:tickLblPos val="low"/>{line}<c:crossAx val="2"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling><c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="{side}"/>'
        f'<c:numFmt formatCode="#,##0" sourceLinked="0"/><c:crossAx val="1"/></c:valAx>'
    )

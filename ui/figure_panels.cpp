// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure_panels.h"

#include <qcustomplot.h>

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/colour_map.h"
#include "ui/text.h"

namespace ui {
namespace {

const QColor kInk(0x1c, 0x1f, 0x24);
const QColor kSoft(0x8a, 0x90, 0x99);
const QColor kGrid(0xe3, 0xe6, 0xea);

// Pixel sizes, because a point is another number of units on another screen.
QFont font(int pixels, QFont::Weight weight = QFont::Normal) {
    QFont made(QStringLiteral("DejaVu Sans"));
    made.setStyleHint(QFont::SansSerif);
    made.setPixelSize(pixels);
    made.setWeight(weight);
    return made;
}

QString tr(const char* text) {
    return QCoreApplication::translate("ui::FigurePanels", text);
}

/// Text that wraps to the width of its place.
class WrappedText : public QCPTextElement {
public:
    WrappedText(QCustomPlot* plot, const QString& text, const QFont& font)
        : QCPTextElement(plot, text, font) {
        setTextFlags(Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop);
        setTextColor(kInk);
        setMinimumSize(20, 20);        // else the unwrapped line would be asked for
        setMaximumSize(10000, 10000);  // else its place would be as low as one line
    }
};

void addTitle(QCustomPlot& plot, QCPLayoutGrid& place, const QString& title, const QString& note) {
    auto* text = new QCPTextElement(&plot, title, font(15, QFont::DemiBold));
    text->setTextColor(kInk);
    place.addElement(0, 0, text);
    auto* small = new QCPTextElement(&plot, note.isEmpty() ? QStringLiteral(" ") : note, font(11));
    small->setTextColor(kSoft.darker(130));
    place.addElement(1, 0, small);
    place.setRowSpacing(2);
}

QCPAxisRect* addAxes(QCustomPlot& plot, QCPLayoutGrid& place) {
    auto* rect = new QCPAxisRect(&plot, false);
    place.addElement(2, 0, rect);
    place.setRowStretchFactor(2, 1000);
    for (const QCPAxis::AxisType type : {QCPAxis::atBottom, QCPAxis::atLeft}) {
        QCPAxis* axis = rect->addAxis(type);
        axis->setLabelFont(font(13));
        axis->setTickLabelFont(font(12));
        axis->setLabelColor(kInk);
        axis->setTickLabelColor(kInk);
        for (const auto setPen : {&QCPAxis::setBasePen, &QCPAxis::setTickPen})
            (axis->*setPen)(QPen(kSoft, 1));
        axis->setSubTicks(false);
        axis->grid()->setPen(QPen(kGrid, 1));
        axis->grid()->setZeroLinePen(Qt::NoPen);
        axis->setLayer(QStringLiteral("axes"));
        axis->grid()->setLayer(QStringLiteral("grid"));
    }
    return rect;
}

QSharedPointer<QCPAxisTicker> ticksAt(const std::vector<double>& values) {
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (const double value : values) ticker->addTick(value, QString::number(value, 'g', 5));
    return ticker;
}

void setUpX(QCPAxis& axis, const FigurePanel& panel) {
    const double low = panel.ticks.empty() ? 0.0 : panel.ticks.front();
    const double high = panel.ticks.empty() ? 1.0 : panel.ticks.back();
    axis.setTicker(ticksAt(panel.ticks));
    if (panel.axis == PanelAxis::Length) {
        axis.setLabel(tr("sequence length L (tokens)"));
        axis.setScaleType(QCPAxis::stLogarithmic);
        axis.setRange(low / 1.25, high * 1.25);
        return;
    }
    axis.setLabel(tr("keep ratio k/L"));
    const double pad = high > low ? 0.08 * (high - low) : 0.1;
    axis.setRange(low - pad, high + pad);
}

/// Everything that is drawn lies inside, with room at both ends.
void setUpY(QCPAxis& axis, const FigurePanel& panel) {
    QCPRange range;
    bool any = false;
    const auto include = [&](double value) {
        if (!std::isfinite(value)) return;
        range = any ? range.expanded(QCPRange(value, value)) : QCPRange(value, value);
        any = true;
    };
    for (const FigureSeries& series : panel.series)
        for (const SeriesPoint& point : series.points)
            for (const double value : {point.y, point.low, point.high}) include(value);
    if (panel.level) include(*panel.level);
    axis.setLabel(panel.yTitle);
    if (panel.scale == PanelScale::Logarithmic) {
        std::vector<double> ticks;
        for (double tick = 1.0; tick <= 1e7; tick *= 2.0)
            if (tick >= range.lower / 2.0 && tick <= range.upper * 2.0) ticks.push_back(tick);
        axis.setScaleType(QCPAxis::stLogarithmic);
        axis.setTicker(ticksAt(ticks));
        axis.setRange(range.lower / 1.4, range.upper * 1.4);
        return;
    }
    axis.setNumberFormat(QStringLiteral("gb"));
    axis.setNumberPrecision(5);
    const double pad =
        range.size() > 0 ? 0.07 * range.size() : std::max(0.01, 0.05 * std::abs(range.upper));
    axis.setRange(range.lower - pad, range.upper + pad);
}

QCPScatterStyle markerOf(std::size_t index, const QColor& colour) {
    constexpr std::array kShapes = {QCPScatterStyle::ssDisc, QCPScatterStyle::ssSquare,
                                    QCPScatterStyle::ssTriangle, QCPScatterStyle::ssDiamond,
                                    QCPScatterStyle::ssTriangleInverted};
    return {kShapes[index % kShapes.size()], QPen(colour, 1), QBrush(colour), 7};
}

void addSeries(QCustomPlot& plot, QCPAxisRect& rect, const FigurePanel& panel, std::size_t index,
               std::size_t count) {
    const FigureSeries& series = panel.series[index];
    const bool isReference = series.style == SeriesStyle::Reference;
    const QColor colour = isReference ? neutralColour(Background::Light)
                                      : orderedColour(index, count, Background::Light);
    QCPAxis* const x = rect.axis(QCPAxis::atBottom);
    QCPAxis* const y = rect.axis(QCPAxis::atLeft);
    auto* graph = plot.addGraph(x, y);
    graph->setPen(QPen(colour, 1.5, isReference ? Qt::DashLine : Qt::SolidLine));
    if (!isReference) graph->setScatterStyle(markerOf(index, colour));
    // Lines side by side, so that the intervals of one value do not cover each other.
    const double step = panel.axis == PanelAxis::KeepRatio ? 0.008 * x->range().size() : 0.0;
    const double shift = step * (double(index) - double(count - 1) / 2.0);
    QVector<double> keys;
    QVector<double> values;
    QVector<double> below;
    QVector<double> above;
    for (const SeriesPoint& point : series.points) {
        keys << point.x + shift;
        values << point.y;
        below << (std::isfinite(point.low) ? point.y - point.low : 0.0);
        above << (std::isfinite(point.high) ? point.high - point.y : 0.0);
    }
    graph->setData(keys, values, true);
    if (isReference) {
        return;
    }
    auto* bars = new QCPErrorBars(x, y);
    bars->setDataPlottable(graph);
    bars->setData(below, above);
    bars->setPen(QPen(colour, 1.2));
    bars->setWhiskerWidth(6);
    bars->setSymbolGap(0);
}

void addLevel(QCustomPlot& plot, QCPAxisRect& rect, double level) {
    const QColor colour = neutralColour(Background::Light);
    auto* line = new QCPItemStraightLine(&plot);
    line->setClipAxisRect(&rect);
    for (QCPItemPosition* point : {line->point1, line->point2})
        point->setAxes(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
    const QCPRange range = rect.axis(QCPAxis::atBottom)->range();
    line->point1->setCoords(range.lower, level);
    line->point2->setCoords(range.upper, level);
    line->setPen(QPen(colour, 1.2, Qt::DashLine));
}

void addCell(QCustomPlot& plot, QCPAxisRect& rect, const QRectF& place, const QString& text,
             const QColor& fill, const QPen& outline) {
    QCPAxis* const x = rect.axis(QCPAxis::atBottom);
    QCPAxis* const y = rect.axis(QCPAxis::atLeft);
    auto* box = new QCPItemRect(&plot);
    box->setClipAxisRect(&rect);
    for (QCPItemPosition* corner : {box->topLeft, box->bottomRight}) corner->setAxes(x, y);
    box->topLeft->setCoords(place.left(), place.bottom());
    box->bottomRight->setCoords(place.right(), place.top());
    box->setBrush(fill);
    box->setPen(outline);
    auto* number = new QCPItemText(&plot);
    number->setClipAxisRect(&rect);
    number->position->setAxes(x, y);
    number->position->setCoords(place.center());
    number->setText(text);
    number->setFont(font(12));
    number->setColor(textColourOn(fill));
}

}  // namespace

void prepareFigure(QCustomPlot& plot) {
    plot.setBackground(Qt::white);
    plot.plotLayout()->clear();
    plot.setAutoAddPlottableToLegend(false);
}

void addPanel(QCustomPlot& plot, QCPLayoutGrid& place, const FigurePanel& panel) {
    if (!panel.empty.isEmpty()) {
        addTitle(plot, place, panel.title, {});
        auto* text = new WrappedText(&plot, panel.empty, font(13));
        text->setTextFlags(Qt::TextWordWrap | Qt::AlignCenter);
        text->setTextColor(kSoft.darker(130));
        place.addElement(2, 0, text);
        place.setRowStretchFactor(2, 1000);
        return;
    }
    addTitle(plot, place, panel.title, panel.note);
    QCPAxisRect* const rect = addAxes(plot, place);
    setUpX(*rect->axis(QCPAxis::atBottom), panel);
    setUpY(*rect->axis(QCPAxis::atLeft), panel);
    const auto count = static_cast<std::size_t>(std::count_if(
        panel.series.begin(), panel.series.end(),
        [](const FigureSeries& series) { return series.style == SeriesStyle::Measured; }));
    if (panel.level) addLevel(plot, *rect, *panel.level);
    for (std::size_t index = 0; index < panel.series.size(); ++index)
        addSeries(plot, *rect, panel, index, count);
}

void addLossMap(QCustomPlot& plot, QCPLayoutGrid& place, const FigureData& data) {
    const QString title = tr("Mean final validation loss (nats/token)");
    if (!data.analysis) {
        FigurePanel none;
        none.title = title;
        none.empty = tr("No run has finished yet.");
        addPanel(plot, place, none);
        return;
    }
    addTitle(plot, place, title, tr("outlined: smallest mean of its length"));
    QCPAxisRect* const rect = addAxes(plot, place);
    const auto& analysis = *data.analysis;
    double low = HUGE_VAL;
    double high = -HUGE_VAL;
    for (const stats::LengthAnalysis& length : analysis.perLength)
        for (const stats::CellSummary& cell : length.cells)
            if (cell.mean) {
                low = std::min(low, *cell.mean);
                high = std::max(high, *cell.mean);
            }
    auto columns = QSharedPointer<QCPAxisTickerText>::create();
    auto rows = QSharedPointer<QCPAxisTickerText>::create();
    std::vector<QRectF> outlined;
    for (std::size_t row = 0; row < analysis.perLength.size(); ++row) {
        const stats::LengthAnalysis& length = analysis.perLength[row];
        rows->addTick(double(row), QString::number(length.length));
        for (std::size_t column = 0; column < length.cells.size(); ++column) {
            const stats::CellSummary& cell = length.cells[column];
            columns->addTick(double(column), ratioText(cell.keepRatio));
            const QRectF box(double(column) - 0.5, double(row) - 0.5, 1.0, 1.0);
            const double share = cell.mean && high > low ? (*cell.mean - low) / (high - low) : 0.5;
            // Small losses are bright, as in the window's grid.
            const QColor fill =
                cell.mean ? colourAt(ColourMap::Viridis, 1.0 - share) : QColor(0xf3, 0xf4, 0xf6);
            addCell(plot, *rect, box, cell.mean ? significant(*cell.mean) : QStringLiteral("–"),
                    fill, QPen(Qt::white, 1));
            if (length.best && length.usedRatios[*length.best] == column) outlined.push_back(box);
        }
    }
    for (const QRectF& box : outlined)
        addCell(plot, *rect, box, {}, Qt::transparent, QPen(kInk, 2.5));
    QCPAxis* const x = rect->axis(QCPAxis::atBottom);
    QCPAxis* const y = rect->axis(QCPAxis::atLeft);
    x->setTicker(columns);
    y->setTicker(rows);
    x->setRange(-0.5, double(analysis.keepRatios.size()) - 0.5);
    y->setRange(-0.5, double(analysis.perLength.size()) - 0.5);
    y->setRangeReversed(true);
    for (QCPAxis* axis : {x, y}) axis->grid()->setVisible(false);
    x->setLabel(tr("keep ratio k/L"));
    y->setLabel(tr("sequence length L (tokens)"));
}

void addText(QCustomPlot& plot, QCPLayoutGrid& place, const QString& title,
             const QStringList& lines) {
    addTitle(plot, place, title, {});
    place.addElement(2, 0, new WrappedText(&plot, lines.join(QStringLiteral("\n\n")), font(13)));
    place.setRowStretchFactor(2, 1000);
}

void addLegend(QCustomPlot& plot, QCPLayoutGrid& place, const std::vector<LegendEntry>& entries,
               LegendShape shape) {
    auto* legend = new QCPLegend;
    legend->setFillOrder(shape == LegendShape::Row ? QCPLayoutGrid::foColumnsFirst
                                                   : QCPLayoutGrid::foRowsFirst);
    legend->setWrap(0);
    legend->setFont(font(13));
    legend->setTextColor(kInk);
    legend->setBorderPen(Qt::NoPen);
    legend->setBrush(Qt::NoBrush);
    legend->setColumnSpacing(24);
    legend->setRowSpacing(4);
    const bool isRow = shape == LegendShape::Row;
    place.addElement(isRow ? 0 : 1, isRow ? 1 : 0, legend);
    for (const int end : {0, 2})
        place.addElement(isRow ? 0 : end, isRow ? end : 0, new QCPLayoutElement(&plot));
    legend->setLayer(QStringLiteral("legend"));
    for (const LegendEntry& entry : entries) {
        // A legend names graphs; those of the panels are many for one name, so here is one without
        // data.
        QCPAxisRect* const rect = plot.axisRect(0);
        QCPGraph* graph = plot.addGraph(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
        graph->setName(entry.name);
        graph->setPen(QPen(entry.colour, entry.marker ? 1.5 : 2.2));
        if (entry.marker) graph->setScatterStyle(markerOf(*entry.marker, entry.colour));
        legend->addItem(new QCPPlottableLegendItem(legend, graph));
    }
    legend->setMaximumSize(legend->minimumOuterSizeHint());
}

std::vector<LegendEntry> legendOf(const FigurePanel& panel) {
    std::vector<LegendEntry> entries;
    for (std::size_t index = 0; index < panel.series.size(); ++index)
        if (panel.series[index].style == SeriesStyle::Measured)
            entries.push_back({panel.series[index].name,
                               orderedColour(index, panel.series.size(), Background::Light),
                               index});
    return entries;
}

}  // namespace ui

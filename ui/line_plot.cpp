// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/line_plot.h"

#include <qcustomplot.h>

#include <QEvent>
#include <algorithm>
#include <cmath>

#include "ui/colour_map.h"
#include "ui/figure_file.h"

namespace ui {
namespace {

QColor blended(const QColor& over, const QColor& under, double share) {
    const auto mix = [share](int a, int b) {
        return static_cast<int>(std::lround(a * share + b * (1.0 - share)));
    };
    return QColor(mix(over.red(), under.red()), mix(over.green(), under.green()),
                  mix(over.blue(), under.blue()));
}

QPalette lightPalette() {
    QPalette palette;
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Text, Qt::black);
    return palette;
}

void setScale(QCPAxis* axis, AxisScale scale) {
    if (scale == AxisScale::Logarithmic) {
        axis->setScaleType(QCPAxis::stLogarithmic);
        axis->setTicker(QSharedPointer<QCPAxisTickerLog>::create());
        axis->setNumberFormat(QStringLiteral("gb"));
    } else {
        axis->setScaleType(QCPAxis::stLinear);
        axis->setTicker(QSharedPointer<QCPAxisTicker>::create());
        axis->setNumberFormat(QStringLiteral("gb"));
    }
    axis->setNumberPrecision(5);
}

QCPRange padded(const QCPRange& range, AxisScale scale) {
    if (scale == AxisScale::Logarithmic) return {range.lower / 1.08, range.upper * 1.08};
    const double pad =
        range.size() > 0 ? 0.04 * range.size() : std::max(1e-9, std::abs(range.upper) * 0.05);
    return {range.lower - pad, range.upper + pad};
}

}  // namespace

LinePlot::LinePlot(QWidget* parent) : QWidget(parent), m_plot(new QCustomPlot(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setMinimumSize(260, 180);
    m_plot->setInteractions(QCP::iRangeZoom);
    m_plot->setSelectionRectMode(QCP::srmZoom);
    m_plot->setNoAntialiasingOnDrag(true);
    m_plot->setPlottingHint(QCP::phFastPolylines, true);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    m_plot->axisRect()->setupFullAxesBox(false);
    for (QCPAxis* axis : {m_plot->xAxis2, m_plot->yAxis2}) axis->setTicks(false);
    m_cursor = new QCPItemStraightLine(m_plot);
    m_cursor->setVisible(false);
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) setScale(axis, AxisScale::Linear);
    connect(m_plot, &QCustomPlot::mouseWheel, this, [this] { m_fit = Fit::ChosenByUser; });
    connect(m_plot->selectionRect(), &QCPSelectionRect::accepted, this,
            [this] { m_fit = Fit::ChosenByUser; });
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, &LinePlot::fit);
    connect(m_plot, &QCustomPlot::mouseMove, this,
            [this](QMouseEvent* event) { moveCursor(event->position()); });
    m_plot->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_plot, &QWidget::customContextMenuRequested, this, &LinePlot::exportRequested);
    applyColours(palette());
}

LinePlot::~LinePlot() = default;

void LinePlot::setTitles(const QString& x, const QString& y) {
    m_plot->xAxis->setLabel(x);
    m_plot->yAxis->setLabel(y);
    queueReplot();
}

void LinePlot::setScales(AxisScale x, AxisScale y) {
    setScale(m_plot->xAxis, x);
    setScale(m_plot->yAxis, y);
    fit();
}

void LinePlot::setLines(const std::vector<PlotLine>& lines) {
    QHash<QString, QCPGraph*> kept;
    for (const PlotLine& line : lines) {
        QCPGraph* graph = m_graphs.take(line.key);
        if (!graph) {
            graph = m_plot->addGraph();
            m_data.remove(line.key);
        }
        if (m_data.value(line.key) != line.data) {
            const auto size = static_cast<qsizetype>(line.data->x.size());
            graph->setData(QVector<double>(line.data->x.begin(), line.data->x.begin() + size),
                           QVector<double>(line.data->y.begin(), line.data->y.begin() + size),
                           true);
            m_data.insert(line.key, line.data);
        }
        graph->setName(line.name);
        QPen pen(line.colour, line.width, line.style);
        pen.setCosmetic(true);
        graph->setPen(pen);
        kept.insert(line.key, graph);
    }
    for (auto gone = m_graphs.begin(); gone != m_graphs.end(); ++gone) {
        m_data.remove(gone.key());
        m_plot->removeGraph(gone.value());
    }
    m_graphs = std::move(kept);
    follow();
    queueReplot();
}

void LinePlot::setReferences(const std::vector<ReferenceLine>& references) {
    for (QCPItemStraightLine* line : m_references) m_plot->removeItem(line);
    for (QCPItemText* text : m_referenceTexts) m_plot->removeItem(text);
    m_references.clear();
    m_referenceTexts.clear();
    m_referenceValues.clear();
    for (const ReferenceLine& reference : references) {
        auto* line = new QCPItemStraightLine(m_plot);
        line->point1->setCoords(0, reference.value);
        line->point2->setCoords(1, reference.value);
        auto* text = new QCPItemText(m_plot);
        text->setText(reference.name);
        text->setPositionAlignment(Qt::AlignRight | Qt::AlignTop);  // stands under its line
        text->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
        text->position->setTypeY(QCPItemPosition::ptPlotCoords);
        text->position->setCoords(0.99, reference.value);
        m_references.push_back(line);
        m_referenceTexts.push_back(text);
        m_referenceValues.push_back(reference.value);
    }
    applyColours(palette());
    follow();
}

void LinePlot::fit() {
    m_fit = Fit::Following;
    follow();
    queueReplot();
}

void LinePlot::follow() {
    if (m_fit == Fit::ChosenByUser) return;
    const auto scaleOf = [](const QCPAxis* axis) {
        return axis->scaleType() == QCPAxis::stLogarithmic ? AxisScale::Logarithmic
                                                           : AxisScale::Linear;
    };
    const auto domainOf = [&](const QCPAxis* axis) {
        return scaleOf(axis) == AxisScale::Logarithmic ? QCP::sdPositive : QCP::sdBoth;
    };
    QCPRange keys;
    QCPRange values;
    bool anyKeys = false;
    bool anyValues = false;
    for (const QCPGraph* graph : std::as_const(m_graphs)) {
        bool found = false;
        const QCPRange x = graph->data()->keyRange(found, domainOf(m_plot->xAxis));
        if (found) keys = anyKeys ? keys.expanded(x) : x;
        anyKeys = anyKeys || found;
        const QCPRange y = graph->data()->valueRange(found, domainOf(m_plot->yAxis));
        if (found) values = anyValues ? values.expanded(y) : y;
        anyValues = anyValues || found;
    }
    if (anyValues)
        for (const double reference : m_referenceValues) values.expand(reference);
    if (anyKeys) m_plot->xAxis->setRange(padded(keys, scaleOf(m_plot->xAxis)));
    if (anyValues) m_plot->yAxis->setRange(padded(values, scaleOf(m_plot->yAxis)));
}

void LinePlot::queueReplot() {
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LinePlot::moveCursor(const QPointF& position) {
    const bool inside = m_plot->axisRect()->rect().contains(position.toPoint());
    const double x = m_plot->xAxis->pixelToCoord(position.x());
    if (inside) {
        m_cursor->point1->setCoords(x, m_plot->yAxis->range().lower);
        m_cursor->point2->setCoords(x, m_plot->yAxis->range().upper);
    }
    m_cursor->setVisible(inside);
    emit cursorMoved(inside ? std::optional(x) : std::nullopt);
    queueReplot();
}

bool LinePlot::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_plot && event->type() == QEvent::Leave) {
        m_cursor->setVisible(false);
        emit cursorMoved(std::nullopt);
        queueReplot();
    }
    return QWidget::eventFilter(watched, event);
}

void LinePlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) applyColours(palette());
}

void LinePlot::applyColours(const QPalette& palette) {
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const QColor soft = blended(text, base, 0.55);
    m_plot->setBackground(base);
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis, m_plot->xAxis2, m_plot->yAxis2}) {
        axis->setBasePen(QPen(soft, 1));
        axis->setTickPen(QPen(soft, 1));
        axis->setSubTickPen(QPen(blended(text, base, 0.35), 1));
        axis->setTickLabelColor(text);
        axis->setLabelColor(text);
        axis->setLabelFont(font());
        axis->setTickLabelFont(font());
        axis->grid()->setPen(QPen(blended(text, base, 0.12), 1));
        axis->grid()->setZeroLinePen(QPen(blended(text, base, 0.2), 1));
        axis->grid()->setSubGridVisible(false);
    }
    m_cursor->setPen(QPen(soft, 1, Qt::DashLine));
    for (QCPItemStraightLine* line : m_references) line->setPen(QPen(soft, 1, Qt::DashDotLine));
    for (QCPItemText* label : m_referenceTexts) {
        label->setColor(soft);
        label->setFont(font());
    }
    m_plot->legend->setBrush(base);
    m_plot->legend->setTextColor(text);
    m_plot->legend->setBorderPen(QPen(blended(text, base, 0.2), 1));
    queueReplot();
}

QString LinePlot::saveFigure(const QString& path, double scale) {
    QString error;
    withFigure([&](const Figure& figure) { error = ui::saveFigure(figure, path, scale); });
    return error;
}

void LinePlot::copyFigure(double scale) {
    withFigure([&](const Figure& figure) { ui::copyFigure(figure, scale); });
}

void LinePlot::withFigure(const std::function<void(const Figure&)>& use) {
    applyColours(lightPalette());
    auto* legendSpace = new QCPLayoutGrid;
    m_plot->plotLayout()->addElement(0, 1, legendSpace);
    legendSpace->addElement(0, 0, m_plot->legend);
    m_plot->legend->setVisible(true);
    m_plot->plotLayout()->setColumnStretchFactor(1, 0.001);
    Figure figure;
    figure.size = m_plot->size().expandedTo({720, 440});
    figure.paint = [this, size = figure.size](QCPPainter& painter) {
        m_plot->toPainter(&painter, size.width(), size.height());
    };
    use(figure);
    m_plot->legend->setVisible(false);
    m_plot->axisRect()->insetLayout()->addElement(m_plot->legend, Qt::AlignTop | Qt::AlignRight);
    m_plot->plotLayout()->remove(legendSpace);
    m_plot->plotLayout()->simplify();
    applyColours(palette());
}

std::size_t LinePlot::lineCount() const {
    return static_cast<std::size_t>(m_graphs.size());
}

int LinePlot::pointCount(const QString& key) const {
    const QCPGraph* graph = m_graphs.value(key);
    return graph ? graph->dataCount() : 0;
}

}  // namespace ui

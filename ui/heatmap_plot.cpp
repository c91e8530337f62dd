// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/heatmap_plot.h"

#include <qcustomplot.h>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/heatmap_cells.h"
#include "ui/heatmap_legend.h"
#include "ui/plot_colours.h"
#include "ui/text.h"

namespace ui {
namespace {

constexpr int kBarWidth = 14;

QCPColorGradient gradientOf(const ColourScale& scale) {
    constexpr int kStops = 64;
    QCPColorGradient gradient;
    gradient.clearColorStops();
    for (int stop = 0; stop <= kStops; ++stop) {
        const double share = static_cast<double>(stop) / kStops;
        gradient.setColorStopAt(share,
                                scaleColour(scale, scale.low + share * (scale.high - scale.low)));
    }
    return gradient;
}

QString columnName(const CellKey& column) {
    return column.attention == experiment::AttentionKind::Dense ? HeatmapPlot::tr("dense")
                                                                : ratioText(column.keepRatio);
}

QString inWords(const Heatmap& heatmap) {
    QStringList words;
    for (const HeatmapCell& cell : heatmap.cells)
        words.push_back(QStringLiteral("%1: %2").arg(cellName(cell.key), cell.text));
    return words.join(QStringLiteral("; "));
}

}  // namespace

HeatmapPlot::HeatmapPlot(QWidget* parent)
    : QWidget(parent),
      m_plot(new QCustomPlot(this)),
      m_scale(new QCPColorScale(m_plot)),
      m_cells(new HeatmapCells(m_plot)),
      m_legend(new HeatmapLegend(m_plot)),
      m_heatmap(std::make_shared<Heatmap>()) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setMinimumSize(260, 200);
    setFocusPolicy(Qt::StrongFocus);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->installEventFilter(this);
    m_plot->setMouseTracking(true);
    m_plot->plotLayout()->addElement(0, 1, m_scale);
    m_scale->setType(QCPAxis::atRight);
    m_scale->setBarWidth(kBarWidth);
    auto* margins = new QCPMarginGroup(m_plot);
    m_plot->axisRect()->setMarginGroup(QCP::msBottom | QCP::msTop, margins);
    m_scale->setMarginGroup(QCP::msBottom | QCP::msTop, margins);
    // The legend has the whole width: map and bar share a layout of their own above it.
    auto* above = new QCPLayoutGrid;
    QCPAxisRect* axes = m_plot->axisRect();
    m_plot->plotLayout()->take(axes);
    m_plot->plotLayout()->take(m_scale);
    m_plot->plotLayout()->simplify();
    m_plot->plotLayout()->addElement(0, 0, above);
    above->addElement(0, 0, axes);
    above->addElement(0, 1, m_scale);
    m_plot->plotLayout()->addElement(1, 0, m_legend);
    m_plot->yAxis->setRangeReversed(true);  // the first length on top, as in the grid
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->grid()->setVisible(false);
        axis->setTickLength(0);
        axis->setSubTicks(false);
        axis->setBasePen(Qt::NoPen);
    }
    applyColours();
}

HeatmapPlot::~HeatmapPlot() = default;

void HeatmapPlot::setHeatmap(Heatmap heatmap) {
    m_heatmap = std::make_shared<const Heatmap>(std::move(heatmap));
    m_cells->setHeatmap(m_heatmap);
    m_legend->setHeatmap(*m_heatmap);
    setAccessibleName(tr("Heatmap: %1").arg(m_heatmap->title));
    setAccessibleDescription(inWords(*m_heatmap));
    labelAxes();
    fillColourBar();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void HeatmapPlot::labelAxes() {
    auto across = QSharedPointer<QCPAxisTickerText>::create();
    for (std::size_t at = 0; at < m_heatmap->columns.size(); ++at)
        across->addTick(static_cast<double>(at), columnName(m_heatmap->columns[at]));
    auto down = QSharedPointer<QCPAxisTickerText>::create();
    for (std::size_t at = 0; at < m_heatmap->lengths.size(); ++at)
        down->addTick(static_cast<double>(at), QString::number(m_heatmap->lengths[at]));
    m_plot->xAxis->setTicker(across);
    m_plot->yAxis->setTicker(down);
    m_plot->xAxis->setRange(-0.5, static_cast<double>(m_heatmap->columns.size()) - 0.5);
    m_plot->yAxis->setRange(-0.5, static_cast<double>(m_heatmap->lengths.size()) - 0.5);
    m_plot->xAxis->setLabel(tr("keep ratio k/L"));
    m_plot->yAxis->setLabel(tr("sequence length L (tokens)"));
}

void HeatmapPlot::fillColourBar() {
    const ColourScale& scale = m_heatmap->scale;
    const bool logarithmic = m_heatmap->axis == AxisScale::Logarithmic;
    m_scale->setVisible(scale.content == ColourScale::Content::Filled);
    if (scale.content == ColourScale::Content::Filled)
        m_scale->setDataRange({scale.low, scale.high});
    m_scale->setDataScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_scale->axis()->setTicker(logarithmic ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog)
                                           : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
    m_scale->axis()->setNumberFormat(QStringLiteral("gb"));
    m_scale->axis()->setNumberPrecision(logarithmic ? 1 : 5);
    m_scale->setGradient(gradientOf(scale));
    m_scale->axis()->setLabel(m_heatmap->title);
}

void HeatmapPlot::setSelection(std::vector<CellKey> selection) {
    if (selection == m_selection) return;
    m_selection = std::move(selection);
    m_cells->setSelection(m_selection);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void HeatmapPlot::paint(QCPPainter& painter, const QSize& size) {
    m_plot->toPainter(&painter, size.width(), size.height());
}

QStringList HeatmapPlot::legendTexts() const {
    return m_legend->texts();
}

std::pair<double, double> HeatmapPlot::colourRange() const {
    return {m_scale->dataRange().lower, m_scale->dataRange().upper};
}

QRectF HeatmapPlot::cellRect(const CellKey& key) const {
    const std::size_t columns = m_heatmap->columns.size();
    for (std::size_t at = 0; at < m_heatmap->cells.size(); ++at)
        if (m_heatmap->cells[at].key == key) return m_cells->cellRect(at / columns, at % columns);
    return {};
}

QWidget* HeatmapPlot::canvas() const {
    return m_plot;
}

const HeatmapCell* HeatmapPlot::cellAt(const QPointF& position) const {
    if (!m_plot->axisRect()->rect().contains(position.toPoint())) return nullptr;
    const auto column = std::lround(m_plot->xAxis->pixelToCoord(position.x()));
    const auto row = std::lround(m_plot->yAxis->pixelToCoord(position.y()));
    const auto columns = static_cast<long>(m_heatmap->columns.size());
    const auto rows = static_cast<long>(m_heatmap->lengths.size());
    if (column < 0 || column >= columns || row < 0 || row >= rows) return nullptr;
    return &m_heatmap->cells[static_cast<std::size_t>(row * columns + column)];
}

bool HeatmapPlot::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_plot) return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const HeatmapCell* cell = cellAt(mouse->position());
        if (cell && mouse->button() == Qt::LeftButton) {
            setFocus(Qt::MouseFocusReason);
            emit cellChosen(CellKey(cell->key), mouse->modifiers());
        }
    } else if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const HeatmapCell* cell = cellAt(help->pos());
        QToolTip::showText(help->globalPos(), cell ? cell->toolTip : QString(), m_plot,
                           cell ? cellRect(cell->key).toRect() : QRect());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void HeatmapPlot::keyPressEvent(QKeyEvent* event) {
    const auto columns = static_cast<long>(m_heatmap->columns.size());
    const auto cells = static_cast<long>(m_heatmap->cells.size());
    long across = 0;
    long down = 0;
    if (event->key() == Qt::Key_Left) across = -1;
    if (event->key() == Qt::Key_Right) across = 1;
    if (event->key() == Qt::Key_Up) down = -1;
    if (event->key() == Qt::Key_Down) down = 1;
    if (cells == 0 || (across == 0 && down == 0)) return QWidget::keyPressEvent(event);
    long at = 0;
    const auto chosen = std::find_if(
        m_heatmap->cells.begin(), m_heatmap->cells.end(), [this](const HeatmapCell& cell) {
            return !m_selection.empty() && cell.key == m_selection.front();
        });
    if (chosen != m_heatmap->cells.end()) {
        const long from = chosen - m_heatmap->cells.begin();
        const long column = std::clamp(from % columns + across, 0L, columns - 1);
        const long row = std::clamp(from / columns + down, 0L, cells / columns - 1);
        at = row * columns + column;
    }
    emit cellChosen(CellKey(m_heatmap->cells[static_cast<std::size_t>(at)].key), Qt::NoModifier);
}

void HeatmapPlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyColours();
}

void HeatmapPlot::applyColours() {
    const QColor base = palette().color(QPalette::Base);
    const QColor text = palette().color(QPalette::Text);
    m_plot->setBackground(base);
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis, m_scale->axis()}) {
        axis->setTickLabelColor(text);
        axis->setLabelColor(text);
        axis->setTickLabelFont(font());
        axis->setLabelFont(font());
    }
    const QPen soft(blended(text, base, 0.55), 1);
    m_scale->axis()->setBasePen(soft);
    m_scale->axis()->setTickPen(soft);
    m_scale->axis()->setSubTickPen(soft);
    m_cells->setLook(palette(), font());
    m_legend->setLook(palette(), font());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

Figure heatmapFigure(const Heatmap& heatmap) {
    const auto columns = static_cast<int>(heatmap.columns.size());
    const auto rows = static_cast<int>(heatmap.lengths.size());
    Figure figure;
    figure.size = QSize(std::max(560, 200 + 84 * columns), std::max(340, 150 + 62 * rows));
    // A plot is made when it is drawn: twenty of them at once would hold the window.
    figure.paint = [heatmap, size = figure.size](QCPPainter& painter) {
        HeatmapPlot plot;
        plot.setPalette(paperPalette());
        plot.setHeatmap(heatmap);
        plot.paint(painter, size);
    };
    return figure;
}

}  // namespace ui

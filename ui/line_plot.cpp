// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/line_plot.h"

#include <qcustomplot.h>

#include "ui/column_ink.h"
#include "ui/ink_graph.h"

namespace ui {
namespace {

constexpr int kMostDiscs = 40;  // a line of so few points shows each of them
const QString kBandLayer = QStringLiteral("bands");
const QString kBehindLayer = QStringLiteral("behind");
const QString kFrontLayer = QStringLiteral("main");
const QString kMarkLayer = QStringLiteral("marks");

}  // namespace

LinePlot::LinePlot(QWidget* parent)
    : QWidget(parent), m_plot(new QCustomPlot(this)), m_clippedText(new QCPItemText(m_plot)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setMinimumSize(260, 110);  // gives the panels below their room
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Plot"));
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setAutoAddPlottableToLegend(false);
    m_plot->setNoAntialiasingOnDrag(true);
    m_plot->setPlottingHint(QCP::phFastPolylines, true);
    m_plot->axisRect()->setupFullAxesBox(false);
    for (QCPAxis* axis : {m_plot->xAxis2, m_plot->yAxis2}) axis->setTicks(false);
    addLayers();
    m_cursor = new QCPItemStraightLine(m_plot);
    m_cursor->setVisible(false);
    m_cursor->setLayer(QStringLiteral("overlay"));  // drawn by itself: the lines stay as they are
    m_clippedText->setVisible(false);
    m_clippedText->position->setType(QCPItemPosition::ptAxisRectRatio);
    m_clippedText->position->setCoords(0.01, 0.01);
    m_clippedText->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    connectMouse();
    connect(m_plot, &QCustomPlot::afterLayout, this, &LinePlot::placeReferenceNames);
    setScales(AxisScale::Linear, AxisScale::Linear);
    applyColours(palette());
}

LinePlot::~LinePlot() = default;

void LinePlot::addLayers() {
    QCPLayer* main = m_plot->layer(kFrontLayer);
    m_plot->addLayer(kBandLayer, main, QCustomPlot::limBelow);
    m_plot->addLayer(kBehindLayer, main, QCustomPlot::limBelow);
    m_plot->addLayer(kMarkLayer, main, QCustomPlot::limAbove);
    for (const QString& layer : {kBandLayer, kBehindLayer, kFrontLayer, kMarkLayer})
        m_inks.insert(layer, new ColumnInk(m_plot->axisRect(), layer));
}

void LinePlot::connectMouse() {
    m_plot->setInteractions(QCP::iRangeZoom);
    m_plot->setSelectionRectMode(QCP::srmZoom);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    // This signal comes before the axes are zoomed.
    connect(m_plot, &QCustomPlot::mouseWheel, this, [this](QWheelEvent* event) {
        Qt::Orientations zoomed = Qt::Horizontal | Qt::Vertical;
        if (event->modifiers() & Qt::ControlModifier) zoomed = Qt::Horizontal;
        if (event->modifiers() & Qt::ShiftModifier) zoomed = Qt::Vertical;
        m_plot->axisRect()->setRangeZoom(zoomed);
        chooseView();
    });
    // QCustomPlot begins a box with any button, and this signal comes before it does.
    connect(m_plot, &QCustomPlot::mousePress, this, [this](const QMouseEvent* event) {
        m_plot->setSelectionRectMode(event->button() == Qt::LeftButton ? QCP::srmZoom
                                                                       : QCP::srmNone);
    });
    connect(m_plot->selectionRect(), &QCPSelectionRect::accepted, this, &LinePlot::chooseView);
    for (const QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis})
        connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this] {
            if (m_fit == Fit::ChosenByUser) emit viewChanged();
        });
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, &LinePlot::fit);
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](const QMouseEvent* event) {
        // A window that opened meanwhile has taken the release.
        if (!(event->buttons() & Qt::LeftButton)) cancelBox();
        moveCursor(event->position());
    });
    m_plot->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_plot, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& position) { emit menuRequested(m_plot->mapToGlobal(position)); });
}

void LinePlot::cancelBox() {
    if (m_plot->selectionRect()->isActive()) m_plot->selectionRect()->cancel();
}

void LinePlot::setTitles(const QString& x, const QString& y) {
    m_plot->xAxis->setLabel(x);
    m_plot->yAxis->setLabel(y);
    queueReplot();
}

PlotGraph LinePlot::addGraph(const QString& layer) {
    ColumnInk* ink = m_inks.value(layer);
    auto* graph = new InkGraph(m_plot->xAxis, m_plot->yAxis, ink);  // the plot owns it
    graph->setLayer(layer);
    ink->moveToEnd();
    return PlotGraph(graph);
}

void LinePlot::remove(QHash<QString, Drawn>& drawings) {
    for (const Drawn& gone : std::as_const(drawings))
        for (QCPGraph* graph : {gone.upper.graph(), gone.line.graph()})
            if (graph) m_plot->removeGraph(graph);
}

void LinePlot::setContent(const PlotContent& content) {
    QHash<QString, Drawn> lines;
    m_listed.clear();
    for (const PlotLine& line : content.lines) {
        if (line.listing == LineListing::InLegend) m_listed.push_back(line.key);
        Drawn drawn = m_lines.take(line.key);
        drawLine(line, drawn);
        lines.insert(line.key, drawn);
    }
    QHash<QString, Drawn> bands;
    for (const PlotBand& band : content.bands) {
        Drawn drawn = m_bands.take(band.key);
        drawBand(band, drawn);
        bands.insert(band.key, drawn);
    }
    remove(m_lines);
    remove(m_bands);
    m_lines = std::move(lines);
    m_bands = std::move(bands);
    drawMarks(content.marks);
    follow();
    queueReplot();
}

void LinePlot::drawLine(const PlotLine& line, Drawn& drawn) {
    const QString layer = line.depth == LineDepth::Front ? kFrontLayer : kBehindLayer;
    if (!drawn.line.graph()) drawn.line = addGraph(layer);
    QCPGraph* graph = drawn.line.graph();
    drawn.line.follow(line.data, line.data->x, line.data->y);
    graph->setName(line.name);
    QPen pen(line.colour, line.width, line.style);
    pen.setCosmetic(true);
    graph->setPen(pen);
    const bool discs = line.depth == LineDepth::Front && graph->dataCount() <= kMostDiscs;
    graph->setScatterStyle(discs ? QCPScatterStyle(QCPScatterStyle::ssDisc, line.width + 3)
                                 : QCPScatterStyle());
}

void LinePlot::drawBand(const PlotBand& band, Drawn& drawn) {
    if (!drawn.line.graph()) {
        drawn.line = addGraph(kBandLayer);
        drawn.upper = addGraph(kBandLayer);
        drawn.line.graph()->setPen(Qt::NoPen);
        drawn.upper.graph()->setPen(Qt::NoPen);
        drawn.upper.graph()->setChannelFillGraph(drawn.line.graph());
    }
    drawn.line.follow(band.data, band.data->x, band.data->lower);
    drawn.upper.follow(band.data, band.data->x, band.data->upper);
    drawn.upper.graph()->setBrush(band.colour);
}

void LinePlot::drawMarks(const std::vector<PlotMark>& marks) {
    for (; m_marks.size() > marks.size(); m_marks.pop_back())
        m_plot->removeGraph(m_marks.back().graph());
    while (m_marks.size() < marks.size()) {
        m_marks.push_back(addGraph(kMarkLayer));
        m_marks.back().graph()->setLineStyle(QCPGraph::lsNone);
    }
    for (std::size_t at = 0; at < marks.size(); ++at) {
        QCPGraph* graph = m_marks[at].graph();
        graph->setData({marks[at].x}, {marks[at].y}, true);
        graph->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(marks[at].colour, 2), Qt::NoBrush, 10));
    }
}

void LinePlot::setReferences(const std::vector<ReferenceLine>& references) {
    if (references == m_references) return;
    for (QCPItemStraightLine* line : m_referenceLines) m_plot->removeItem(line);
    for (QCPItemText* text : m_referenceTexts) m_plot->removeItem(text);
    m_referenceLines.clear();
    m_referenceTexts.clear();
    m_references = references;
    for (const ReferenceLine& reference : references) {
        auto* line = new QCPItemStraightLine(m_plot);
        line->point1->setCoords(0, reference.value);
        line->point2->setCoords(1, reference.value);
        auto* text = new QCPItemText(m_plot);
        text->setText(reference.name);
        text->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
        text->position->setTypeY(QCPItemPosition::ptPlotCoords);
        text->position->setCoords(0.99, reference.value);
        m_referenceLines.push_back(line);
        m_referenceTexts.push_back(text);
    }
    applyColours(palette());
    follow();
}

/// A name stands under its line, above it where the axis is too near.
void LinePlot::placeReferenceNames() {
    const double room = QFontMetricsF(font()).height() + 4.0;
    const double bottom = m_plot->axisRect()->bottom();
    for (QCPItemText* text : m_referenceTexts) {
        const double line = m_plot->yAxis->coordToPixel(text->position->value());
        text->setPositionAlignment(Qt::AlignRight |
                                   (bottom - line < room ? Qt::AlignBottom : Qt::AlignTop));
    }
}

void LinePlot::queueReplot() {
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LinePlot::moveCursor(const QPointF& position) {
    const bool inside = m_plot->axisRect()->rect().contains(position.toPoint());
    setCursorX(inside ? std::optional(m_plot->xAxis->pixelToCoord(position.x())) : std::nullopt);
}

void LinePlot::setCursorX(std::optional<double> x) {
    if (x) {
        m_cursor->point1->setCoords(*x, m_plot->yAxis->range().lower);
        m_cursor->point2->setCoords(*x, m_plot->yAxis->range().upper);
    }
    m_cursor->setVisible(x.has_value());
    emit cursorMoved(x);
    m_cursor->layer()->replot();
}

bool LinePlot::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_plot && event->type() == QEvent::MouseButtonPress) setFocus();
    if (watched == m_plot && event->type() == QEvent::Leave) setCursorX(std::nullopt);
    return QWidget::eventFilter(watched, event);
}

void LinePlot::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    applyColours(palette());
}

void LinePlot::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    applyColours(palette());
}

void LinePlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) applyColours(palette());
}

std::size_t LinePlot::lineCount() const {
    return static_cast<std::size_t>(m_lines.size());
}

std::size_t LinePlot::bandCount() const {
    return static_cast<std::size_t>(m_bands.size());
}

int LinePlot::pointCount(const QString& key) const {
    const QCPGraph* graph = m_lines.value(key).line.graph();
    return graph ? graph->dataCount() : 0;
}

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
// The plot on paper: light colours, and the names of its lines below.
#include <qcustomplot.h>

#include <algorithm>

#include "ui/figure_file.h"
#include "ui/ink_graph.h"
#include "ui/line_plot.h"
#include "ui/plot_colours.h"

namespace ui {
namespace {

constexpr QSize kSmallestFigure(720, 440);
constexpr int kColumnSpacing = 18;

QPalette paperWithoutFocus() {
    QPalette paper = paperPalette();
    paper.setColor(QPalette::Highlight,
                   blended(paper.color(QPalette::Text), paper.color(QPalette::Base), 0.55));
    return paper;
}

/// Puts the names into as many columns as fit side by side.
void arrange(QCPLegend& legend, int width) {
    int widest = 1;
    for (int at = 0; at < legend.itemCount(); ++at)
        widest = std::max(widest, legend.item(at)->minimumOuterSizeHint().width());
    const QMargins margins = legend.margins();
    const int room = width - margins.left() - margins.right() + kColumnSpacing;
    legend.setColumnSpacing(kColumnSpacing);
    legend.setWrap(std::max(1, room / (widest + kColumnSpacing)));
    legend.setFillOrder(QCPLayoutGrid::foColumnsFirst, true);
    legend.setMaximumSize(QWIDGETSIZE_MAX, legend.minimumOuterSizeHint().height());
}

}  // namespace

void LinePlot::fillLegend() {
    for (const QString& key : m_listed) m_lines[key].line.graph()->addToLegend();
}

Figure LinePlot::figure() {
    const QSize plot = m_plot->size().expandedTo(kSmallestFigure);
    fillLegend();
    arrange(*m_plot->legend, plot.width());
    const int names = m_plot->legend->minimumOuterSizeHint().height();
    m_plot->legend->clearItems();
    // A legend higher than the plot would be the figure.
    const auto legend = names > plot.height() ? FigureLegend::LeftOut : FigureLegend::Below;
    const QSize size(plot.width(), plot.height() + (legend == FigureLegend::Below ? names : 0));
    return {size, [this, size, legend](QCPPainter& painter) { paint(painter, size, legend); }};
}

void LinePlot::paint(QCPPainter& painter, const QSize& size, FigureLegend shape) {
    QCPLegend* legend = m_plot->legend;
    QCPLayoutElement* below = legend;
    if (shape == FigureLegend::Below) {
        fillLegend();
        arrange(*legend, size.width());
        legend->setVisible(true);
    } else {
        below = new QCPTextElement(
            m_plot, tr("%1 lines have no room for their names.").arg(m_listed.size()), font());
    }
    m_plot->plotLayout()->addElement(1, 0, below);
    applyColours(paperWithoutFocus());
    cancelBox();
    m_cursor->setVisible(false);
    m_plot->toPainter(&painter, size.width(), size.height());
    legend->setVisible(false);
    if (shape == FigureLegend::Below) {
        m_plot->axisRect()->insetLayout()->addElement(legend, Qt::AlignTop | Qt::AlignRight);
        legend->clearItems();
    } else {
        m_plot->plotLayout()->remove(below);
    }
    m_plot->plotLayout()->simplify();
    applyColours(palette());
}

}  // namespace ui

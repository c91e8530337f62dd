// SPDX-License-Identifier: GPL-3.0-or-later
// The colours of the plot, on the screen and on paper.
#include <qcustomplot.h>

#include "ui/figure_file.h"
#include "ui/line_plot.h"
#include "ui/plot_colours.h"

namespace ui {
void LinePlot::applyColours(const QPalette& palette) {
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const QColor soft = blended(text, base, 0.55);
    m_plot->setBackground(base);
    const QColor frame = hasFocus() ? palette.color(QPalette::Highlight) : soft;
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis, m_plot->xAxis2, m_plot->yAxis2}) {
        axis->setBasePen(QPen(frame, 1));
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
    for (QCPItemStraightLine* line : m_referenceLines) line->setPen(QPen(soft, 1, Qt::DashDotLine));
    for (QCPItemText* label : m_referenceTexts) {
        label->setColor(soft);
        label->setFont(font());
    }
    m_clippedText->setColor(soft);
    m_clippedText->setFont(font());
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
    QPalette paper = paperPalette();
    paper.setColor(QPalette::Highlight, blended(paper.color(QPalette::Text),
                                                paper.color(QPalette::Base), 0.55));  // no focus
    applyColours(paper);
    cancelBox();
    m_cursor->setVisible(false);
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

}  // namespace ui

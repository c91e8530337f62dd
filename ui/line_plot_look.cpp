// SPDX-License-Identifier: GPL-3.0-or-later
// The colours of the plot.
#include <qcustomplot.h>

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
    m_plot->legend->setFont(font());
    m_plot->legend->setBrush(base);
    m_plot->legend->setTextColor(text);
    m_plot->legend->setBorderPen(Qt::NoPen);
    queueReplot();
}

}  // namespace ui

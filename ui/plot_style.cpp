// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot_style.h"

#include <qcustomplot.h>

#include "ui/plot_colours.h"

namespace ui {

void stylePlot(QCustomPlot& plot, const QPalette& palette, const QFont& font) {
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const QColor soft = blended(text, base, 0.55);
    plot.setBackground(base);
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis, plot.xAxis2, plot.yAxis2}) {
        axis->setBasePen(QPen(soft, 1));
        axis->setTickPen(QPen(soft, 1));
        axis->setSubTickPen(QPen(blended(text, base, 0.35), 1));
        axis->setTickLabelColor(text);
        axis->setLabelColor(text);
        axis->setLabelFont(font);
        axis->setTickLabelFont(font);
        axis->grid()->setPen(QPen(blended(text, base, 0.12), 1));
        axis->grid()->setZeroLinePen(QPen(blended(text, base, 0.2), 1));
        axis->grid()->setSubGridVisible(false);
    }
    plot.legend->setBrush(base);
    plot.legend->setTextColor(text);
    plot.legend->setBorderPen(QPen(blended(text, base, 0.2), 1));
}

}  // namespace ui

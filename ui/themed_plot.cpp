// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/themed_plot.h"

#include <qcustomplot.h>

#include <QEvent>
#include <QVBoxLayout>

#include "ui/plot_colours.h"

namespace ui {

ThemedPlot::ThemedPlot(QWidget* parent) : QWidget(parent), m_plot(new QCustomPlot(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_plot->installEventFilter(this);
}

Figure ThemedPlot::figure() {
    const QSize size = m_plot->size().expandedTo({480, 320});
    return {size, [this, size](QCPPainter& painter) {
                applyColours(paperPalette());
                m_plot->toPainter(&painter, size.width(), size.height());
                applyColours(palette());
            }};
}

bool ThemedPlot::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::Wheel) return QWidget::eventFilter(watched, event);
    event->ignore();
    return true;
}

void ThemedPlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) applyColours(palette());
}

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ink_graph.h"

namespace ui {

void InkGraph::draw(QCPPainter* painter) {
    if (lineStyle() != lsLine || !m_ink->isFor(*painter)) return QCPGraph::draw(painter);
    if (data()->isEmpty()) return;
    const PixelMap map = pixelMap(*keyAxis(), *valueAxis(), m_ink->scale());
    m_changed = m_spans.follow(*data(), map);
    // The lower edge was drawn, without a pen, just before.
    if (const auto* lower = dynamic_cast<const InkGraph*>(channelFillGraph());
        lower && brush().style() != Qt::NoBrush)
        m_ink->add({.line = &m_spans, .lower = &lower->m_spans, .colour = brush().color()},
                   m_changed.united(lower->m_changed));
    if (pen().style() != Qt::NoPen)
        m_ink->add({.line = &m_spans,
                    .colour = pen().color(),
                    .width = pen().widthF() * m_ink->scale(),
                    .style = pen().style(),
                    .cap = pen().capStyle()},
                   m_changed);
    if (scatterStyle().isNone()) return;
    QVector<QPointF> discs;
    getScatters(&discs, QCPDataRange(0, dataCount()));
    drawScatterPlot(painter, discs, scatterStyle());
}

}  // namespace ui

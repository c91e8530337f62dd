// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/colour_bar.h"

#include <QLinearGradient>
#include <QPainter>

#include "ui/text.h"

namespace ui {

ColourBar::ColourBar(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ColourBar::setScale(const ColourScale& scale) {
    m_scale = scale;
    const bool filled = scale.content == ColourScale::Content::Filled;
    setAccessibleName(filled
                          ? tr("Colour scale: %1, from %2 to %3")
                                .arg(scale.title, significant(scale.low), significant(scale.high))
                          : tr("Colour scale: %1, no run is done yet").arg(scale.title));
    update();
}

QSize ColourBar::sizeHint() const {
    return {320, fontMetrics().height() + 10};
}

void ColourBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    const QRect area = rect().adjusted(0, 2, 0, -2);
    if (m_scale.content == ColourScale::Content::Empty) {
        painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                         tr("Colour: %1, once a run is done").arg(m_scale.title));
        return;
    }
    const bool differences = m_scale.kind == ColourScale::Kind::Signed;
    const QString low = differences ? signedNumber(m_scale.low) : significant(m_scale.low);
    const QString high = differences ? signedNumber(m_scale.high) : significant(m_scale.high);
    const int lowWidth = fontMetrics().horizontalAdvance(low) + 8;
    const int highWidth = fontMetrics().horizontalAdvance(high) + 8;
    const int barWidth = qMin(180, width() / 3);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter, low);
    const QRect bar(area.left() + lowWidth, area.center().y() - 6, barWidth, 12);
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    constexpr int kStops = 16;
    for (int stop = 0; stop <= kStops; ++stop) {
        const double share = static_cast<double>(stop) / kStops;
        gradient.setColorAt(
            share, scaleColour(m_scale, m_scale.low + share * (m_scale.high - m_scale.low)));
    }
    painter.fillRect(bar, gradient);
    painter.drawText(QRect(bar.right() + 8, area.top(), highWidth, area.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, high);
    if (differences) {  // the centre is no difference
        painter.fillRect(QRect(bar.center().x(), bar.top() - 3, 1, bar.height() + 6),
                         palette().color(QPalette::WindowText));
    }
    const QRect rest(bar.right() + 8 + highWidth + 8, area.top(),
                     width() - bar.right() - highWidth - 16, area.height());
    painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(m_scale.title, Qt::ElideRight, rest.width()));
}

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench_style.h"

#include <QPainter>
#include <QStyleOption>

#include "ui/plot_colours.h"

namespace ui {
namespace {

constexpr int kFusionDarkens = 140;  // an outline of Fusion is the window's colour, so much darker
constexpr int kTabLine = 3;

void drawTabLine(QPainter& painter, const QStyleOptionTab& tab) {
    QRect line = tab.rect.adjusted(1, 0, -1, 0);
    if (tab.shape == QTabBar::RoundedSouth || tab.shape == QTabBar::TriangularSouth) {
        line.setTop(line.bottom() - kTabLine + 1);
    } else {
        line.setHeight(kTabLine);
    }
    const QColor colour = tab.palette.color(QPalette::Highlight);
    painter.fillRect(line, colour);
    if (!(tab.state & QStyle::State_HasFocus)) return;
    painter.save();
    painter.setPen(QPen(colour, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(tab.rect.adjusted(4, kTabLine + 2, -5, -kTabLine - 3));
    painter.restore();
}

bool isUpright(QTabBar::Shape shape) {
    return shape == QTabBar::RoundedNorth || shape == QTabBar::RoundedSouth ||
           shape == QTabBar::TriangularNorth || shape == QTabBar::TriangularSouth;
}

}  // namespace

void WorkbenchStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                   QPainter* painter, const QWidget* widget) const {
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    if (!button || (element != PE_IndicatorCheckBox && element != PE_IndicatorRadioButton))
        return QProxyStyle::drawPrimitive(element, option, painter, widget);
    QStyleOptionButton visible(*button);
    const QPalette& palette = button->palette;
    const QColor outline =
        blended(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.55);
    visible.palette.setColor(QPalette::Window, outline.lighter(kFusionDarkens));
    QProxyStyle::drawPrimitive(element, &visible, painter, widget);
}

void WorkbenchStyle::drawControl(ControlElement element, const QStyleOption* option,
                                 QPainter* painter, const QWidget* widget) const {
    QProxyStyle::drawControl(element, option, painter, widget);
    if (element != CE_TabBarTabShape || !(option->state & State_Selected)) return;
    const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option);
    if (tab && isUpright(tab->shape)) drawTabLine(*painter, *tab);
}

}  // namespace ui

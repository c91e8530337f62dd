// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot_colours.h"

#include <cmath>

namespace ui {

QColor blended(const QColor& over, const QColor& under, double share) {
    const auto mix = [share](int a, int b) {
        return static_cast<int>(std::lround(a * share + b * (1.0 - share)));
    };
    return QColor(mix(over.red(), under.red()), mix(over.green(), under.green()),
                  mix(over.blue(), under.blue()));
}

QPalette paperPalette() {
    QPalette palette;
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Text, Qt::black);
    palette.setColor(QPalette::Highlight, QColor(0x1f, 0x6f, 0xd0));
    return palette;
}

Background backgroundOf(const QPalette& palette) {
    return palette.color(QPalette::Base).lightness() < 128 ? Background::Dark : Background::Light;
}

}  // namespace ui

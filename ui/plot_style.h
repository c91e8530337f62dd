// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCustomPlot;
class QFont;
class QPalette;

namespace ui {

/// Background, axes, grid and legend in the colours and the font of the window.
void stylePlot(QCustomPlot& plot, const QPalette& palette, const QFont& font);

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

#include "ui/colour_map.h"

namespace ui {

/// A share of the first colour over the second one.
QColor blended(const QColor& over, const QColor& under, double share);

/// The palette of figures that are saved, whatever the theme of the window.
QPalette paperPalette();

/// Whether this palette's plots are drawn on a dark ground.
Background backgroundOf(const QPalette& palette);

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <cstddef>

namespace ui {

/// Perceptually uniform or diverging maps that colour-blind readers can tell apart.
enum class ColourMap {
    Viridis,  ///< magnitude; Smith and van der Walt, 2015
    Cividis,  ///< magnitude; Nunez et al., 2018
    PuOr,     ///< signed difference, centre 0; ColorBrewer
};

/// Colour at this position, clamped to 0..1.
QColor colourAt(ColourMap map, double position);

/// Black or white, whichever contrasts more with the background (WCAG relative luminance).
QColor textColourOn(const QColor& background);

enum class Background { Light, Dark };

/// Colour of the index-th of count ordered keep ratios: samples of viridis without the end that
/// vanishes on this background.
QColor orderedColour(std::size_t index, std::size_t count, Background background);

/// A neutral grey for the dense reference and reference lines.
QColor neutralColour(Background background);

}  // namespace ui

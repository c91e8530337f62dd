// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/colour_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace ui {
namespace {

// Equidistant samples of the published tables, interpolated linearly in between.
constexpr std::array<QRgb, 16> kViridis = {
    0x440154, 0x481a6c, 0x472f7d, 0x414487, 0x39568c, 0x31688e, 0x2a788e, 0x23888e,
    0x1f988b, 0x22a884, 0x35b779, 0x54c568, 0x7ad151, 0xa5db36, 0xd2e21b, 0xfde725};
constexpr std::array<QRgb, 10> kCividis = {0x00204d, 0x00336f, 0x39486b, 0x575c6d, 0x707173,
                                           0x8a8779, 0xa69d75, 0xc4b56c, 0xe4cf5b, 0xffea46};
constexpr std::array<QRgb, 11> kPuOr = {0x7f3b08, 0xb35806, 0xe08214, 0xfdb863, 0xfee0b6, 0xf7f7f7,
                                        0xd8daeb, 0xb2abd2, 0x8073ac, 0x542788, 0x2d004b};

std::span<const QRgb> table(ColourMap map) {
    switch (map) {
        case ColourMap::Viridis:
            return kViridis;
        case ColourMap::Cividis:
            return kCividis;
        case ColourMap::PuOr:
            return kPuOr;
    }
    return kViridis;
}

int mixed(int from, int to, double share) {
    return static_cast<int>(std::lround(from + (to - from) * share));
}

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

}  // namespace

QColor colourAt(ColourMap map, double position) {
    const std::span<const QRgb> anchors = table(map);
    const double clamped = std::isfinite(position) ? std::clamp(position, 0.0, 1.0) : 0.0;
    const double at = clamped * static_cast<double>(anchors.size() - 1);
    const auto low = std::min(static_cast<std::size_t>(at), anchors.size() - 2);
    const double share = at - static_cast<double>(low);
    const QRgb from = anchors[low];
    const QRgb to = anchors[low + 1];
    return QColor(mixed(qRed(from), qRed(to), share), mixed(qGreen(from), qGreen(to), share),
                  mixed(qBlue(from), qBlue(to), share));
}

QColor textColourOn(const QColor& background) {
    const double light = luminance(background);
    const double againstWhite = 1.05 / (light + 0.05);
    const double againstBlack = (light + 0.05) / 0.05;
    return againstWhite > againstBlack ? QColor(Qt::white) : QColor(Qt::black);
}

QColor orderedColour(std::size_t index, std::size_t count, Background background) {
    const double share =
        count > 1 ? static_cast<double>(index) / static_cast<double>(count - 1) : 0.5;
    const bool dark = background == Background::Dark;
    return colourAt(ColourMap::Viridis, dark ? 0.32 + 0.68 * share : 0.82 * share);
}

QColor neutralColour(Background background) {
    return background == Background::Dark ? QColor(0xa0, 0xa0, 0xa0) : QColor(0x70, 0x70, 0x70);
}

}  // namespace ui

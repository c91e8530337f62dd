// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cell_view.h"

#include "ui/text.h"

namespace ui {

CellKey cellOf(const experiment::RunSpec& spec) {
    return {spec.length, spec.keepRatio, spec.attention};
}

QString cellName(const CellKey& key) {
    if (key.attention == experiment::AttentionKind::Dense)
        return QStringLiteral("L %1 · dense").arg(key.length);
    return QStringLiteral("L %1 · k/L %2").arg(key.length).arg(ratioText(key.keepRatio));
}

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "engine/runs/events.h"
#include "engine/runs/study.h"

namespace ui {

/// Everything that is known of one run, as rich text: state, result, layers, checks, environment,
/// messages about it, settings.
QString runReport(const runs::RunView& run, const runs::RunInspection& inspection,
                  const std::vector<runs::Message>& messages);

/// In what two runs differ, as rich text with one row per setting.
QString differenceReport(const experiment::RunSpec& left, const runs::RunInspection& leftRead,
                         const experiment::RunSpec& right, const runs::RunInspection& rightRead);

}  // namespace ui

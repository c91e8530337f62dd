// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "engine/result.h"
#include "engine/runs/study.h"
#include "engine/runs/study_export.h"
#include "stats/grid_analysis.h"

namespace ui {

/// Writes every figure of a study below `folder` (made if missing) from a program without a window;
/// needs neither a display nor an X server. `analysis` is nullptr before the first finished run.
/// Call it from the main thread of a process that has no QApplication. Error: Io.
engine::Result<std::vector<runs::ExportedFigure>> writeFiguresOffscreen(
    const runs::Study& study, const stats::GridAnalysis* analysis,
    const std::filesystem::path& folder, const runs::ExportChoice& choice);

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "stats/grid_length.h"

namespace app {

enum class AnalysisFormat { Text, Json };

/// Names of the columns in the CSV file.
struct ColumnNames {
    std::string length = "length";
    std::string ratio =
        "ratio";  ///< keep ratio k/L; "1-NAME" where the column holds the share dropped
    std::string seed = "seed";
    std::string loss = "loss";
};

struct AnalyseRequest {
    std::string path;  ///< CSV file; "-" reads standard input
    ColumnNames columns;
    AnalysisFormat format = AnalysisFormat::Text;
    stats::GridAnalysisOptions options;
};

/// Reads "length=L,ratio=s,seed=run,loss=val_loss" (any subset) into `columns`; returns what is
/// wrong with it, or nothing.
std::optional<std::string> parseColumnNames(std::string_view text, ColumnNames& columns);

/// The whole analysis of anybody's table of final losses, on `out`; messages on `err`. Nothing is
/// trained. One row per run; an empty, NaN or infinite loss counts as a failed run; a row whose
/// ratio is 1 or more, or whose ratio is written "dense", is the dense reference. Returns the exit
/// code: 0, 2 (usage), 3 (bad data), 74 (cannot be read).
int runAnalyse(const AnalyseRequest& request, std::ostream& out, std::ostream& err);

}  // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

#include "app/analysis_text.h"
#include "app/loss_columns.h"
#include "stats/grid_length.h"

namespace app {

enum class AnalysisFormat { Text, Json };

struct AnalyseRequest {
    std::string path;  ///< CSV file; "-" reads `in`
    ColumnNames columns;
    AnalysisFormat format = AnalysisFormat::Text;
    AnalysisDetail detail = AnalysisDetail::Summary;  ///< of the text; JSON holds everything
    std::size_t width = 80;                           ///< of the text, in characters
    stats::GridAnalysisOptions options;
};

/// The whole analysis of anybody's table of final losses (readLossTable() says what it may look
/// like), on `out`; messages on `err`. Nothing is trained. Returns the exit code: 0, 3 (bad data),
/// 74 (cannot be read or written).
int runAnalyse(const AnalyseRequest& request, std::istream& in, std::ostream& out,
               std::ostream& err);

}  // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

#include "stats/grid_analysis.h"

namespace app {

/// How much of an analysis is told.
enum class AnalysisDetail {
    Answer,   ///< the answers and the hypotheses
    Summary,  ///< and the tables that a reader asks for first
    Full,     ///< and every other test
};

/// An analysis for the terminal: first the answers in words, then the tables, in lines of at most
/// `width` characters (80 or more).
std::string analysisText(const stats::GridAnalysis& analysis, AnalysisDetail detail,
                         std::size_t width);

}  // namespace app

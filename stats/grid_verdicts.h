// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "stats/grid_analysis.h"

/// Included by .cpp files of this folder only.
namespace stats {

/// The three hypotheses about short, medium and long sequences, each a planned contrast within
/// seeds: mean loss of one class of keep ratios minus mean loss of the others, averaged over the
/// lengths of the class, tested against 0 by t over the seeds. Then the falling optimum. level: p
/// below it counts as significant.
std::vector<Verdict> judgeHypotheses(const GridTable& table, const GridAnalysis& analysis,
                                     double level);

}  // namespace stats

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "stats/grid_analysis.h"

/// Included by .cpp files of this folder only.
namespace stats {

/// The three hypotheses about short, medium and long sequences: planned contrasts within seeds,
/// mean loss of the favoured class of keep ratios (low, moderate, high) minus that of each other
/// class, averaged over the lengths concerned, t over the seeds; the strongest competitor decides.
/// Then the falling optimum. At an interim look each is judged by the look at the lengths that it
/// concerns.
std::vector<Verdict> judgeHypotheses(const GridTable& table, const GridAnalysis& analysis);

}  // namespace stats

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "stats/grid_analysis.h"

/// The answer so far in one or two lines each; the long sentences are in grid_sentences.h.
/// Included by .cpp files of this folder only.
namespace stats {

/// What the planned runs will tell, before any is finished.
std::string planAnswer(const GridTable& table, const GridAnalysisOptions& options);

/// The best keep ratio of this length, its interval, its rivals, the test, alpha and n; whether
/// that is an interim look.
std::string lengthAnswer(const LengthAnalysis& length, const GridAnalysisOptions& options);

/// The best keep ratio of every length with finished runs; empty without one.
std::string gridAnswer(const GridAnalysis& analysis);

/// "Falling optimum: ..." from the verdict; empty where there is no such verdict.
std::string fallingAnswer(const GridAnalysis& analysis);

}  // namespace stats

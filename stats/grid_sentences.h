// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "stats/grid_analysis.h"

/// Findings in plain words; included by .cpp files of this folder only.
namespace stats {

/// level: p below it counts as significant (alpha, or the interim boundary).
std::string lengthSentence(const LengthAnalysis& analysis, double level);

std::string interactionSentence(const GridAnalysis& analysis, double level);

}  // namespace stats

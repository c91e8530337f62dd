// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "stats/grid_analysis.h"

/// Findings in plain words; included by .cpp files of this folder only.
namespace stats {

/// At an interim look it says so, with the look of the tests it rests on.
std::string lengthSentence(const LengthAnalysis& analysis);

std::string interactionSentence(const GridAnalysis& analysis);

/// Every boundary of this look; empty once nothing is missing.
std::string interimSentence(const GridAnalysis& analysis);

}  // namespace stats

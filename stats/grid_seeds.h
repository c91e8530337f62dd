// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "stats/argmin_trend.h"
#include "stats/computed.h"

namespace stats {

struct GridAnalysisOptions;
struct LengthAnalysis;

/// Seeds per cell that settle an open question with the target power.
struct SeedsNeeded {
    std::size_t now = 0;     ///< complete seeds so far
    std::size_t needed = 0;  ///< in every cell concerned, those so far included
    std::string basis;       ///< what the number rests on, in words

    std::size_t more() const { return needed > now ? needed - now : 0; }
};

/// Plans beyond this many seeds per cell are refused as impracticable.
inline constexpr double kMostSeeds = 1000;

/// Seeds that tell a difference of options.smallestEffect between two keep ratios of this length
/// from none (paired t, Bonferroni over the rivals of one ratio, spread of the block model);
/// without a stated effect those that find options.mediumF over all ratios. Never rests on the
/// difference observed.
Computed<SeedsNeeded> seedsToSeparateRatios(const LengthAnalysis& length,
                                            const GridAnalysisOptions& options);

/// Seeds for a contrast whose values over the `n` seeds have this sd: to tell
/// options.smallestEffect from none where it is stated, else the observed `estimate`, taken as the
/// true one.
Computed<SeedsNeeded> seedsForContrast(double estimate, double sd, std::size_t n,
                                       const GridAnalysisOptions& options);

/// Seeds that show the fall if later ones follow it as those so far do: its z grows with the square
/// root of their number (normal approximation).
Computed<SeedsNeeded> seedsToShowFall(const ArgminTrend& trend, std::size_t n,
                                      const GridAnalysisOptions& options);

}  // namespace stats

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "stats/anova_twoway.h"
#include "stats/least_squares.h"

namespace stats {

/// Numbers of levels (and blocks) of a factorial data set.
struct FactorialSize {
    std::size_t a = 0;
    std::size_t b = 0;
    std::size_t blocks = 0;
    std::size_t n = 0;
};

/// Checks lengths, finite responses, two levels or more per factor and that every combination
/// occurs (with blocks: every block, too). Throws std::domain_error.
FactorialSize checkedSize(const char* function, const Factorial& data);

/// Sum-to-zero contrasts of a factor, one column per level but the last.
DesignColumns sumContrasts(std::span<const std::size_t> levels, std::size_t count);

/// Products of every column of one term with every column of the other.
DesignColumns interactionOf(const DesignColumns& left, const DesignColumns& right);

/// y minus its first value, then minus the mean of that; sets ssTotal to its sum of squares.
std::vector<double> centredResponse(Sample y, double& ssTotal);

/// Fills ms, F, p and the effect sizes of an effect whose df, ss and error term are set.
void finishEffect(FactorialEffect& effect, double n, double ssTotal);

/// Throws where the error sum of squares is rounding noise.
void requireError(const char* function, double ssError, const Factorial& data);

}  // namespace stats

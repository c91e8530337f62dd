// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "stats/data_views.h"

namespace stats {

/// Exact p values of a rank correlation: greater = P(at least observed), two = min(1, 2 min).
struct CorrelationP {
    double greater = 1;
    double less = 1;
    double two = 1;
};

struct Spearman {
    double rho = 0;                     ///< Pearson correlation of the midranks
    double s = 0;                       ///< sum of squared rank differences
    std::optional<double> pStudent;     ///< two-sided, t with n - 2 df; empty for n = 2
    std::optional<CorrelationP> exact;  ///< without ties, n <= 14
};

/// x, y: equal lengths >= 2, neither constant, else std::domain_error.
/// Source: Spearman, Amer. J. Psychol. 15 (1904) 72-101; exact null by our own counting.
Spearman spearman(Sample x, Sample y);

struct Kendall {
    double tauB = 0;
    double s = 0;  ///< concordant - discordant
    double z = 0;  ///< s over its tie-corrected standard deviation, no continuity correction
    double pAsymptotic = 1;             ///< two-sided
    std::optional<CorrelationP> exact;  ///< without ties, n <= 100
};

/// Like spearman. Source: Kendall, Rank Correlation Methods (1970).
Kendall kendall(Sample x, Sample y);

/// P(S <= s) for s = 0, 1, 2, ..., largest without ties; 2 <= n <= 14, else std::domain_error.
std::vector<double> spearmanNullCdf(std::size_t n);
/// P(concordant pairs <= c) for c = 0, 1, ..., n (n-1)/2 without ties; 2 <= n <= 100.
std::vector<double> kendallNullCdf(std::size_t n);

}  // namespace stats

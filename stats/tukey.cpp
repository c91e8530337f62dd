// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/tukey.h"

#include <cmath>

#include "stats/arguments.h"
#include "stats/error_term.h"
#include "stats/studentized_range.h"

namespace stats {
namespace {

constexpr double kSqrt2 = 1.41421356237309504880;

PairComparisons tukeyFrom(const ErrorTerm& term, double alpha) {
    const auto groups = static_cast<double>(term.means.size());
    PairComparisons result;
    result.errorMeanSquare = term.meanSquare;
    result.df = term.df;
    const StudentizedRange range(groups, term.df);
    result.criticalValue = range.quantileUpper(alpha);
    for (std::size_t i = 0; i < term.means.size(); ++i) {
        for (std::size_t j = i + 1; j < term.means.size(); ++j) {
            PairComparison pair{.i = i, .j = j, .diff = term.means[j] - term.means[i]};
            pair.se = std::sqrt(term.meanSquare * (1 / term.sizes[i] + 1 / term.sizes[j]));
            pair.df = term.df;
            pair.statistic = std::abs(pair.diff) / pair.se * kSqrt2;
            pair.p = range.sf(pair.statistic);
            const double half = result.criticalValue / kSqrt2 * pair.se;
            pair.lo = pair.diff - half;
            pair.hi = pair.diff + half;
            result.pairs.push_back(pair);
        }
    }
    return result;
}

}  // namespace

PairComparisons tukeyHsd(Groups groups, double alpha) {
    requireInsideUnit("tukeyHsd", "alpha", alpha);
    requireRangeGroups("tukeyHsd", "groups", groups.size());
    return tukeyFrom(withinGroups("tukeyHsd", groups), alpha);
}

PairComparisons tukeyHsdOnBlocks(Blocks blocks, double alpha) {
    requireInsideUnit("tukeyHsdOnBlocks", "alpha", alpha);
    const ErrorTerm term = withinBlocks("tukeyHsdOnBlocks", blocks);
    requireRangeGroups("tukeyHsdOnBlocks", "cells", term.means.size());
    return tukeyFrom(term, alpha);
}

PairComparisons gamesHowell(Groups groups, double alpha) {
    requireInsideUnit("gamesHowell", "alpha", alpha);
    requireGroups("gamesHowell", groups, 2, 2);
    requireRangeGroups("gamesHowell", "groups", groups.size());
    std::vector<Moments> moments;
    for (const auto& group : groups) moments.push_back(momentsAround(groups[0][0], group));
    const auto count = static_cast<double>(groups.size());
    PairComparisons result;
    for (std::size_t i = 0; i < moments.size(); ++i) {
        for (std::size_t j = i + 1; j < moments.size(); ++j) {
            const double a = moments[i].variance / moments[i].n;
            const double b = moments[j].variance / moments[j].n;
            if (!(a + b > 0))
                refuse("gamesHowell", "groups", "must not both be constant in a pair");
            PairComparison pair{.i = i, .j = j, .diff = moments[j].mean - moments[i].mean};
            pair.se = std::sqrt(a + b);
            pair.df = welchDf(a, moments[i].n - 1, b, moments[j].n - 1);
            pair.statistic = std::abs(pair.diff) / pair.se * kSqrt2;
            const StudentizedRange range(count, pair.df);
            pair.p = range.sf(pair.statistic);
            const double half = range.quantileUpper(alpha) / kSqrt2 * pair.se;
            pair.lo = pair.diff - half;
            pair.hi = pair.diff + half;
            result.pairs.push_back(pair);
        }
    }
    return result;
}

}  // namespace stats

// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/pairwise_t.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/error_term.h"

namespace stats {
namespace {

/// diff, se and df are set; fills t, p and the interval. critical: t of the interval.
void finish(PairComparison& pair, double critical) {
    pair.statistic = pair.diff / pair.se;
    pair.p = studentTTwoSided(pair.statistic, pair.df);
    const double half = critical * pair.se;
    pair.lo = pair.diff - half;
    pair.hi = pair.diff + half;
}

[[noreturn]] void refusePair(std::string_view function, std::size_t i, std::size_t j) {
    refuse(function, "cells " + std::to_string(i) + " and " + std::to_string(j),
           "must vary, but have no variance (0/0)");
}

}  // namespace

PairComparisons pairwiseTPooled(Groups groups, double confidence) {
    requireInsideUnit("pairwiseTPooled", "confidence", confidence);
    const ErrorTerm term = withinGroups("pairwiseTPooled", groups);
    PairComparisons result;
    result.errorMeanSquare = term.meanSquare;
    result.df = term.df;
    result.criticalValue = studentTQuantileUpper((1 - confidence) / 2, term.df);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        for (std::size_t j = i + 1; j < groups.size(); ++j) {
            PairComparison pair{.i = i, .j = j, .diff = term.means[j] - term.means[i]};
            pair.se = std::sqrt(term.meanSquare * (1 / term.sizes[i] + 1 / term.sizes[j]));
            pair.df = term.df;
            finish(pair, result.criticalValue);
            result.pairs.push_back(pair);
        }
    }
    return result;
}

PairComparisons pairwiseTWelch(Groups groups, double confidence) {
    requireInsideUnit("pairwiseTWelch", "confidence", confidence);
    requireGroups("pairwiseTWelch", groups, 2, 2);
    std::vector<Moments> moments;
    for (const auto& group : groups) moments.push_back(momentsAround(groups[0][0], group));
    PairComparisons result;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        for (std::size_t j = i + 1; j < groups.size(); ++j) {
            const double a = moments[i].variance / moments[i].n;
            const double b = moments[j].variance / moments[j].n;
            if (!(a + b > 0)) refusePair("pairwiseTWelch", i, j);
            PairComparison pair{.i = i, .j = j, .diff = moments[j].mean - moments[i].mean};
            pair.se = std::sqrt(a + b);
            pair.df = welchDf(a, moments[i].n - 1, b, moments[j].n - 1);
            finish(pair, studentTQuantileUpper((1 - confidence) / 2, pair.df));
            result.pairs.push_back(pair);
        }
    }
    return result;
}

PairComparisons pairwiseTPaired(Blocks blocks, double confidence) {
    requireInsideUnit("pairwiseTPaired", "confidence", confidence);
    requireBlocks("pairwiseTPaired", blocks, 2, 2);
    const std::size_t cells = blocks[0].size();
    const double critical =
        studentTQuantileUpper((1 - confidence) / 2, static_cast<double>(blocks.size() - 1));
    PairComparisons result;
    std::vector<double> differences(blocks.size());
    for (std::size_t i = 0; i < cells; ++i) {
        for (std::size_t j = i + 1; j < cells; ++j) {
            double scale = 0;
            for (std::size_t row = 0; row < blocks.size(); ++row) {
                differences[row] = blocks[row][j] - blocks[row][i];
                scale = std::max({scale, std::abs(blocks[row][i]), std::abs(blocks[row][j])});
            }
            const Moments moments = momentsAround(0, differences);
            if (isNoise(moments.variance * (moments.n - 1), scale, moments.n)) {
                refusePair("pairwiseTPaired", i, j);
            }
            PairComparison pair{.i = i, .j = j, .diff = moments.mean};
            pair.se = std::sqrt(moments.variance / moments.n);
            pair.df = moments.n - 1;
            finish(pair, critical);
            result.pairs.push_back(pair);
        }
    }
    return result;
}

std::vector<double> adjustedP(const PairComparisons& comparisons, Adjustment adjustment) {
    std::vector<double> raw;
    for (const PairComparison& pair : comparisons.pairs) raw.push_back(pair.p);
    return adjustP(raw, adjustment);
}

}  // namespace stats

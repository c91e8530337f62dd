// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/error_term.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/arguments.h"

namespace stats {
namespace {

double largestSize(Groups groups) {
    double largest = 0;
    for (const auto& group : groups) {
        for (const double value : group) largest = std::max(largest, std::abs(value));
    }
    return largest;
}

}  // namespace

bool isNoise(double sumOfSquares, double scale, double n) {
    const double resolution = 2 * std::numeric_limits<double>::epsilon() * scale;
    return sumOfSquares <= n * resolution * resolution;
}

double welchDf(double a, double dfA, double b, double dfB) {
    const double share = a / (a + b);  // not a * a, which may leave the range of a double
    return 1 / (share * share / dfA + (1 - share) * (1 - share) / dfB);
}

Moments momentsAround(double shift, Sample values) {
    Moments moments;
    moments.n = static_cast<double>(values.size());
    for (const double value : values) moments.mean += value - shift;
    moments.mean /= moments.n;
    double squares = 0;
    double drift = 0;  // rounding of the mean, second pass
    for (const double value : values) {
        const double deviation = value - shift - moments.mean;
        squares += deviation * deviation;
        drift += deviation;
    }
    moments.variance = (squares - drift * drift / moments.n) / (moments.n - 1);
    return moments;
}

ErrorTerm withinGroups(std::string_view function, Groups groups) {
    requireGroups(function, groups, 2, 1);
    ErrorTerm term;
    term.shift = groups[0][0];
    double squares = 0;
    double total = 0;
    for (const auto& group : groups) {
        const Moments moments = momentsAround(term.shift, group);
        term.means.push_back(moments.mean);
        term.sizes.push_back(moments.n);
        total += moments.n;
        if (group.size() > 1) squares += moments.variance * (moments.n - 1);
    }
    term.df = total - static_cast<double>(groups.size());
    if (term.df < 1) {
        refuse(function, "groups", "must leave residual degrees of freedom (N > number of groups)");
    }
    if (isNoise(squares, largestSize(groups), total)) {
        refuse(function, "groups", "must vary within the groups, but do not");
    }
    term.meanSquare = squares / term.df;
    return term;
}

ErrorTerm withinBlocks(std::string_view function, Blocks blocks) {
    requireBlocks(function, blocks, 2, 2);
    const std::size_t k = blocks[0].size();
    ErrorTerm term;
    term.shift = blocks[0][0];
    term.means.assign(k, 0.0);
    term.sizes.assign(k, static_cast<double>(blocks.size()));
    std::vector<double> rowMeans;
    double grand = 0;
    for (const auto& block : blocks) {
        double sum = 0;
        for (std::size_t j = 0; j < k; ++j) {
            term.means[j] += block[j] - term.shift;
            sum += block[j] - term.shift;
        }
        rowMeans.push_back(sum / static_cast<double>(k));
        grand += rowMeans.back();
    }
    grand /= static_cast<double>(blocks.size());
    for (double& mean : term.means) mean /= static_cast<double>(blocks.size());
    double squares = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        for (std::size_t j = 0; j < k; ++j) {
            const double residual =
                (blocks[i][j] - term.shift) - rowMeans[i] - term.means[j] + grand;
            squares += residual * residual;
        }
    }
    term.df = static_cast<double>((k - 1) * (blocks.size() - 1));
    if (isNoise(squares, largestSize(blocks), term.df)) {
        refuse(function, "blocks", "must not be exactly additive (no residual variance)");
    }
    term.meanSquare = squares / term.df;
    return term;
}

}  // namespace stats

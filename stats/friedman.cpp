// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/friedman.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/friedman_enumeration.h"
#include "stats/number_text.h"
#include "stats/ranks.h"

namespace stats {
namespace {

struct RowRanks {
    std::vector<std::vector<std::int64_t>> centred;  // 2 x midrank - (k + 1), rows sum to 0
    std::int64_t between = 0;                        // sum over columns of (column sum)^2
    std::int64_t within = 0;                         // sum of all squares
};

RowRanks rankRows(std::string_view function, Blocks blocks) {
    requireBlocks(function, blocks, 2, 2);
    const std::size_t k = blocks[0].size();
    RowRanks rows;
    std::vector<std::int64_t> sums(k, 0);
    for (const auto& block : blocks) {
        std::vector<std::int64_t> centred = midranks(block).doubled;
        for (std::size_t j = 0; j < k; ++j) {
            centred[j] -= static_cast<std::int64_t>(k) + 1;
            sums[j] += centred[j];
            rows.within += centred[j] * centred[j];
        }
        rows.centred.push_back(std::move(centred));
    }
    if (rows.within == 0) refuse(function, "blocks", "must not be fully tied in every row");
    for (const std::int64_t sum : sums) rows.between += sum * sum;
    return rows;
}

double qOf(const RowRanks& rows) {
    const auto cells = static_cast<double>(rows.centred[0].size());
    return (cells - 1) * static_cast<double>(rows.between) / static_cast<double>(rows.within);
}

/// P that all rows have the ranks of the first, when each is permuted: the exact p of Q where they
/// do, for any number of rows.
double agreementP(Blocks blocks) {
    double permutations = std::tgamma(static_cast<double>(blocks[0].size()) + 1);
    for (const std::int64_t tied : midranks(blocks[0]).tieCounts)
        permutations /= std::tgamma(static_cast<double>(tied) + 1);
    return std::pow(permutations, 1 - static_cast<double>(blocks.size()));
}

}  // namespace

Friedman friedman(Blocks blocks) {
    const RowRanks rows = rankRows("friedman", blocks);
    const auto n = static_cast<std::int64_t>(blocks.size());
    const auto k = static_cast<double>(blocks[0].size());
    const auto count = static_cast<double>(n);
    Friedman result;
    result.q = qOf(rows);
    result.df = k - 1;
    result.p = chiSquaredSf(result.q, result.df);
    result.kendallW = result.q / (count * (k - 1));
    const std::int64_t residual = n * rows.within - rows.between;
    if (residual == 0) {
        result.imanDavenport.whyNot =
            "all " + std::to_string(n) +
            " blocks rank the cells alike, so the denominator of F is zero; Friedman's exact " +
            pText(agreementP(blocks)) + " stands in its place";
    } else {
        const double f =
            (count - 1) * static_cast<double>(rows.between) / static_cast<double>(residual);
        const double df2 = (k - 1) * (count - 1);
        result.imanDavenport.value = {f, result.df, df2, fisherFSf(f, result.df, df2)};
    }
    return result;
}

bool friedmanExactIsFeasible(std::size_t blocks, std::size_t cells) {
    return ColumnSumNull::isFeasible(blocks, cells);
}

FriedmanExact friedmanExact(Blocks blocks) {
    const RowRanks rows = rankRows("friedmanExact", blocks);
    if (!ColumnSumNull::isFeasible(blocks.size(), blocks[0].size())) {
        refuse("friedmanExact", "blocks", "must be few enough to enumerate; use friedman");
    }
    return {qOf(rows), columnSumNull(rows.centred)->upperTail(rows.between)};
}

}  // namespace stats

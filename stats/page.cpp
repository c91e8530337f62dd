// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/page.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/ranks.h"
#include "stats/row_permutation.h"

namespace stats {
namespace {

std::vector<std::vector<std::int64_t>> untiedRows(std::size_t cells, std::size_t rows) {
    std::vector<std::int64_t> row;
    for (std::size_t j = 1; j <= cells; ++j) row.push_back(static_cast<std::int64_t>(j));
    return {rows, row};
}

/// Kept per design for the life of the program, because every length of a grid asks for the same;
/// thread-safe. rows: feasible, as from untiedRows.
std::shared_ptr<const RowPermutationNull> keptNull(
    const std::vector<std::vector<std::int64_t>>& rows) {
    constexpr std::size_t kDesignsKept = 64;
    static std::mutex mutex;
    static std::map<std::pair<std::size_t, std::size_t>, std::shared_ptr<const RowPermutationNull>>
        kept;
    const auto key = std::make_pair(rows.size(), rows[0].size());
    const std::lock_guard lock(mutex);
    if (const auto found = kept.find(key); found != kept.end()) return found->second;
    if (kept.size() >= kDesignsKept) kept.clear();
    return kept[key] = std::make_shared<const RowPermutationNull>(rows);
}

}  // namespace

Page page(Blocks blocks) {
    requireBlocks("page", blocks, 1, 2);
    const std::size_t cells = blocks[0].size();
    const auto k = static_cast<double>(cells);
    const auto n = static_cast<double>(blocks.size());
    std::vector<std::vector<std::int64_t>> rows;
    std::int64_t doubledL = 0;
    Page result;
    for (const auto& block : blocks) {
        Midranks ranks = midranks(block);
        result.tied = result.tied || ranks.hasTies();
        for (std::size_t j = 0; j < cells; ++j) {
            doubledL += static_cast<std::int64_t>(j + 1) * ranks.doubled[j];
        }
        rows.push_back(std::move(ranks.doubled));
    }
    result.l = static_cast<double>(doubledL) / 2;
    const double mean = n * k * (k + 1) * (k + 1) / 4;
    const double variance = n * k * k * (k + 1) * (k * k - 1) / 144;
    result.z = (result.l - mean) / std::sqrt(variance);
    result.pAsymptotic = normalSf(result.z);
    const auto untied = untiedRows(cells, blocks.size());
    if (result.tied && RowPermutationNull::isFeasible(rows)) {
        result.pExact = RowPermutationNull(rows).atLeast(doubledL);
    }
    if (doubledL % 2 == 0 && RowPermutationNull::isFeasible(untied)) {
        result.pIgnoringTies = keptNull(untied)->atLeast(doubledL / 2);
        if (!result.tied) result.pExact = result.pIgnoringTies;
    }
    return result;
}

double pageNullSf(std::size_t cells, std::size_t blocks, double l) {
    requireFinite("pageNullSf", "l", l);
    if (cells < 2 || blocks < 1) {
        refuse("pageNullSf", "cells and blocks", "must be at least 2 and 1");
    }
    const auto untied = untiedRows(cells, blocks);
    if (!RowPermutationNull::isFeasible(untied)) {
        refuse("pageNullSf", "cells and blocks", "must be small enough to count (12 cells)");
    }
    return RowPermutationNull(untied).atLeast(
        static_cast<std::int64_t>(std::ceil(std::clamp(l, -1e15, 1e15))));
}

}  // namespace stats

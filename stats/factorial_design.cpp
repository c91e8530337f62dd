// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/factorial_design.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/error_term.h"

namespace stats {
namespace {

/// Number of levels; each must occur, so there are no more than runs.
std::size_t checkedLevels(const char* function, const char* factor,
                          std::span<const std::size_t> indices, std::size_t n) {
    if (indices.size() != n) {
        refuse(function, factor, "must hold one index per value of y");
    }
    std::vector<bool> seen(n, false);  // n runs cannot use more than n levels
    for (const std::size_t level : indices) {
        requireIndex(function, factor, level, n);
        seen[level] = true;
    }
    const auto levels = static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
    if (levels < 2) refuse(function, factor, "must have at least two levels, but has one");
    if (std::find(seen.begin(), seen.end(), false) !=
        seen.begin() + static_cast<std::ptrdiff_t>(levels)) {
        refuse(function, factor, "must use every index from 0 to its largest");
    }
    return levels;
}

}  // namespace

FactorialSize checkedSize(const char* function, const Factorial& data) {
    requireCount(function, "y", data.y.size(), 1, "values");
    requireFinite(function, "y", data.y);
    FactorialSize size;
    size.n = data.y.size();
    size.a = checkedLevels(function, "a", data.a, size.n);
    size.b = checkedLevels(function, "b", data.b, size.n);
    if (!data.block.empty()) size.blocks = checkedLevels(function, "block", data.block, size.n);
    if (size.a * size.b > size.n) {
        refuse(function, "y", "must have a run in every cell, but has fewer runs than cells");
    }
    std::vector<std::size_t> counts(size.a * size.b, 0);
    for (std::size_t i = 0; i < size.n; ++i) ++counts[data.a[i] * size.b + data.b[i]];
    for (std::size_t cell = 0; cell < counts.size(); ++cell) {
        if (counts[cell] == 0) {
            refuse(function, "y",
                   "must have a run in every cell, but a = " + std::to_string(cell / size.b) +
                       ", b = " + std::to_string(cell % size.b) + " has none");
        }
    }
    return size;
}

DesignColumns sumContrasts(std::span<const std::size_t> levels, std::size_t count) {
    DesignColumns columns(count - 1, std::vector<double>(levels.size(), 0.0));
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (levels[i] + 1 < count) {
            columns[levels[i]][i] = 1;
        } else {
            for (std::vector<double>& column : columns) column[i] = -1;
        }
    }
    return columns;
}

DesignColumns interactionOf(const DesignColumns& left, const DesignColumns& right) {
    DesignColumns products;
    for (const std::vector<double>& l : left) {
        for (const std::vector<double>& r : right) {
            std::vector<double>& product = products.emplace_back(l);
            for (std::size_t i = 0; i < product.size(); ++i) product[i] *= r[i];
        }
    }
    return products;
}

std::vector<double> centredResponse(Sample y, double& ssTotal) {
    const Moments moments = momentsAround(y[0], y);
    std::vector<double> centred;
    centred.reserve(y.size());
    ssTotal = 0;
    for (const double value : y) {
        centred.push_back(value - y[0] - moments.mean);
        ssTotal += centred.back() * centred.back();
    }
    return centred;
}

void finishEffect(FactorialEffect& effect, double n, double ssTotal) {
    const double msError = effect.ssError / effect.dfError;
    effect.ms = effect.ss / effect.df;
    effect.f = effect.ms / msError;
    effect.p = fisherFSf(effect.f, effect.df, effect.dfError);
    effect.eta2 = effect.ss / ssTotal;
    effect.partialEta2 = effect.ss / (effect.ss + effect.ssError);
    effect.partialOmega2 =
        effect.df * (effect.ms - msError) / (effect.df * effect.ms + (n - effect.df) * msError);
}

void requireError(const char* function, double ssError, const Factorial& data) {
    double largest = 0;
    for (const double value : data.y) largest = std::max(largest, std::abs(value));
    if (isNoise(ssError, largest, static_cast<double>(data.y.size()))) {
        refuse(function, "y", "must vary beyond the effects of the model (error term above 0)");
    }
}

}  // namespace stats

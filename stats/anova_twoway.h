// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "stats/data_views.h"

namespace stats {

/// One entry per run: its levels of the factors a and b (0-based) and its response y.
/// `block` is empty for designs without blocks, else the 0-based block of each run.
struct Factorial {
    std::span<const std::size_t> a;
    std::span<const std::size_t> b;
    Sample y;
    std::span<const std::size_t> block;
};

/// How a main effect is adjusted for the others.
enum class SumOfSquares {
    Sequential,  ///< type I: a, then b, then a:b
    Marginal,    ///< type II: each main effect adjusted for the other
    Partial,     ///< type III: each effect adjusted for all others, sum-to-zero contrasts
};

struct FactorialEffect {
    std::string name;  ///< "a", "b", "a:b", "s" (block)
    double df = 0;
    double ss = 0;
    double ms = 0;
    double f = 0;
    double p = 1;
    double dfError = 0;
    double ssError = 0;  ///< of the error term this effect is tested against
    double eta2 = 0;     ///< SS / SStotal
    double partialEta2 = 0;
    double partialOmega2 = 0;  ///< df (MS - MSe) / (df MS + (N - df) MSe); may be negative
};

struct FactorialAnova {
    std::size_t n = 0;
    std::vector<FactorialEffect> effects;
    double ssTotal = 0;  ///< around the grand mean
};

/// y ~ a * b; effects a, b, a:b. Every combination of levels must hold a run and at least one run
/// must be left over. Throws std::domain_error.
FactorialAnova twoWayAnova(const Factorial& data, SumOfSquares type);

/// y ~ block + a * b with one common error term; effects s, a, b, a:b, sequential.
FactorialAnova twoWayBlockAnova(const Factorial& data);

/// Both factors within block (one run per block, a and b): each effect is tested against its own
/// interaction with the block; effects a, b, a:b.
FactorialAnova twoWayWithinAnova(const Factorial& data);

}  // namespace stats

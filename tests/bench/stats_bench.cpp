// SPDX-License-Identifier: GPL-3.0-or-later
#include <benchmark/benchmark.h>

#include "stats/studentized_range.h"

namespace {

/// groups, df: the smallest df that Games-Howell meets up to the block model of a full grid.
void studentizedRangeCdf(benchmark::State& state) {
    const auto groups = static_cast<double>(state.range(0));
    const auto df = static_cast<double>(state.range(1));
    double q = 0.5;
    for (auto _ : state) {
        q = q > 8 ? 0.5 : q + 0.37;
        benchmark::DoNotOptimize(stats::studentizedRangeCdf(q, groups, df));
    }
}
BENCHMARK(studentizedRangeCdf)
    ->ArgsProduct({{2, 3, 6, 10, 50}, {1, 2, 5, 12, 50, 1000}})
    ->Unit(benchmark::kMicrosecond);

}  // namespace

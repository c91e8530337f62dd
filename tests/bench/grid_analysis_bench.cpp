// SPDX-License-Identifier: GPL-3.0-or-later
// Limits on one core: 30 cells x 10 runs within 10 ms without the bootstrap, 50 ms with it.
#include <benchmark/benchmark.h>

#include <cmath>

#include "stats/grid_analysis.h"

namespace stats {
namespace {

GridTable gridOf(std::size_t runs) {
    std::vector<std::int64_t> seeds;
    for (std::size_t s = 0; s < runs; ++s) seeds.push_back(42 + static_cast<std::int64_t>(s));
    GridTable table = GridTable::planned({64, 128, 256, 512, 1024},
                                         {0.25, 0.33, 0.5, 0.67, 0.75, 0.9}, seeds);
    std::uint32_t state = 1;
    for (std::size_t i = 0; i < table.runs.size(); ++i) {
        state = state * 1664525U + 1013904223U;
        const double noise = static_cast<double>(state >> 8U) / 16777216.0;
        const auto cell = static_cast<double>(i / runs);
        table.runs[i] = {RunState::Done, 1.9 + 0.01 * std::sin(cell) + 0.02 * noise};
    }
    return table;
}

void analyse(benchmark::State& state, Bootstrapping bootstrapping) {
    const GridTable table = gridOf(static_cast<std::size_t>(state.range(0)));
    GridAnalysisOptions options;
    options.bootstrapping = bootstrapping;
    for (auto _ : state) benchmark::DoNotOptimize(analyseGrid(table, options));
}

BENCHMARK_CAPTURE(analyse, withoutBootstrap, Bootstrapping::Off)
    ->Arg(3)
    ->Arg(5)
    ->Arg(10)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(analyse, withBootstrap, Bootstrapping::On)
    ->Arg(3)
    ->Arg(10)
    ->Arg(30)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace stats

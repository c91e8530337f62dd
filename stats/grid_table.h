// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace stats {

enum class RunState {
    Missing,  ///< planned, not finished yet
    Done,
    Failed,     ///< failed or diverged: counted, never analysed as a number
    Unplanned,  ///< this cell has no run with this seed, and none is expected
};

struct GridRun {
    RunState state = RunState::Missing;
    double loss = 0;  ///< final validation loss in nats per token; only when Done
};

/// Final losses of lengths x keep ratios x seeds, optionally with the dense reference of each
/// length.
struct GridTable {
    std::vector<double> lengths;      ///< tokens, ascending
    std::vector<double> keepRatios;   ///< k/L, ascending, without the dense reference
    std::vector<std::int64_t> seeds;  ///< the blocks
    std::vector<GridRun> runs;        ///< [length][ratio][seed]
    std::vector<GridRun> dense;       ///< [length][seed]; empty without a dense reference

    enum class Dense { Without, With };
    /// A table of missing runs.
    static GridTable planned(std::vector<double> lengths, std::vector<double> keepRatios,
                             std::vector<std::int64_t> seeds, Dense dense = Dense::Without);

    bool hasDense() const { return !dense.empty(); }
    GridRun& at(std::size_t length, std::size_t ratio, std::size_t seed) {
        return runs[(length * keepRatios.size() + ratio) * seeds.size() + seed];
    }
    const GridRun& at(std::size_t length, std::size_t ratio, std::size_t seed) const {
        return runs[(length * keepRatios.size() + ratio) * seeds.size() + seed];
    }
    GridRun& denseAt(std::size_t length, std::size_t seed) {
        return dense[length * seeds.size() + seed];
    }
    const GridRun& denseAt(std::size_t length, std::size_t seed) const {
        return dense[length * seeds.size() + seed];
    }
    /// All runs of one cell, in the order of the seeds.
    std::span<const GridRun> cell(std::size_t length, std::size_t ratio) const {
        return {&at(length, ratio, 0), seeds.size()};
    }
    std::span<const GridRun> denseCell(std::size_t length) const {
        return {&denseAt(length, 0), seeds.size()};
    }
};

}  // namespace stats

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/experiment/settings.h"

namespace experiment {

std::int64_t keepCount(std::int64_t length, double keepRatio) {
    const double kept = std::floor(static_cast<double>(length) * keepRatio + 1e-9);
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(kept));
}

double pairsKept(std::int64_t length, std::int64_t keep) {
    const std::int64_t k = std::min(keep, length);
    // The first k queries keep t + 1 keys each, the other length - k keep k.
    const double kept = static_cast<double>(k) * static_cast<double>(k + 1) / 2.0 +
                        static_cast<double>(length - k) * static_cast<double>(k);
    return kept / (static_cast<double>(length) * static_cast<double>(length + 1) / 2.0);
}

std::int64_t batchSequences(const TrainingSettings& training, std::int64_t length) {
    if (training.batchUnit == BatchUnit::Sequences)
        return std::max<std::int64_t>(1, training.batch);
    return std::max<std::int64_t>(1, training.batch / length);
}

std::vector<RunSpec> plannedRuns(const ExperimentSettings& settings) {
    const GridSettings& grid = settings.grid;
    std::vector<RunSpec> runs;
    runs.reserve(grid.lengths.size() * (grid.keepRatios.size() + 1) * grid.seeds.size());
    for (const std::int64_t length : grid.lengths) {
        for (const double ratio : grid.keepRatios) {
            for (const std::int64_t seed : grid.seeds) {
                runs.push_back({.length = length,
                                .keepRatio = ratio,
                                .keep = keepCount(length, ratio),
                                .attention = AttentionKind::Sparse,
                                .selector = grid.selector,
                                .seed = seed});
            }
        }
        if (!grid.denseReference) continue;
        for (const std::int64_t seed : grid.seeds) {
            runs.push_back({.length = length,
                            .keepRatio = 1.0,
                            .keep = length,
                            .attention = AttentionKind::Dense,
                            .selector = grid.selector,
                            .seed = seed});
        }
    }
    return runs;
}

const char* name(AttentionKind kind) {
    switch (kind) {
        case AttentionKind::Dense:
            return "dense";
        case AttentionKind::Sparse:
            return "sparse";
    }
    return "?";
}

const char* name(Selector selector) {
    switch (selector) {
        case Selector::Aligned:
            return "aligned";
        case Selector::Frozen:
            return "frozen";
        case Selector::Oracle:
            return "oracle";
        case Selector::Local:
            return "local";
        case Selector::Random:
            return "random";
    }
    return "?";
}

const char* name(Precision precision) {
    switch (precision) {
        case Precision::Fp32:
            return "fp32";
        case Precision::Bf16:
            return "bf16";
    }
    return "?";
}

const char* name(CorpusKind kind) {
    switch (kind) {
        case CorpusKind::File:
            return "file";
        case CorpusKind::TinyShakespeare:
            return "tinyshakespeare";
        case CorpusKind::LaggedCopy:
            return "lagged-copy";
        case CorpusKind::UniformRandom:
            return "uniform-random";
    }
    return "?";
}

}  // namespace experiment

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/experiment/settings.h"
#include "engine/result.h"

namespace data {

/// Byte tokens of a corpus, split into one training and one validation region that do not touch.
/// Windows of L tokens need L + 1 bytes (targets are one to the right) and never cross a region's
/// end.
class Corpus {
public:
    virtual ~Corpus() = default;
    virtual std::span<const std::uint8_t> training() const = 0;
    virtual std::span<const std::uint8_t> validation() const = 0;
    virtual std::int64_t vocabulary() const = 0;  // 256 for bytes, the alphabet for made corpora
    virtual std::string sha256() const = 0;  // of all bytes, lower-case hex; part of a run's key
    virtual std::string description() const = 0;  // "tinyshakespeare, 1 115 394 bytes"
};

/// Opens (memory-maps) or makes the corpus. Errors name the path and the remedy.
engine::Result<std::shared_ptr<const Corpus>> openCorpus(const experiment::DataSettings& settings);

/// Whether both regions hold at least one window of each length. The error (Data) names corpus,
/// region and remedy.
engine::Result<void> checkWindows(const Corpus& corpus, std::span<const std::int64_t> lengths);

/// Entropy in nats of the distribution of single tokens in this region: no model that ignores the
/// context can reach a smaller mean loss on it. 0 for an empty region.
double unigramEntropy(std::span<const std::uint8_t> region);

/// Windows of `length` tokens in a region of `tokens`: floor((tokens - 1) / length).
std::int64_t windowCount(std::int64_t tokens, std::int64_t length);

/// The windows of one batch as a pure function of (seed, step): epochs are seeded permutations of
/// all windows, laid one after the other, cut into batches of `sequences`. The same for every cell
/// with this length and seed.
class BatchOrder {
public:
    BatchOrder(std::int64_t windows, std::int64_t sequences, std::int64_t seed);
    /// Window numbers of this 0-based step, [sequences].
    std::vector<std::int64_t> batch(std::int64_t step) const;

private:
    const std::vector<std::int32_t>& epoch(std::int64_t number) const;
    std::int64_t m_windows;
    std::int64_t m_sequences;
    std::int64_t m_seed;
    mutable std::int64_t m_cachedEpoch[2] = {-1, -1};
    mutable std::vector<std::int32_t> m_cache[2];
};

/// Steps of one run: epochs = ceil(epochs * windows / sequences), tokens = ceil(tokens / (sequences
/// * length)).
std::int64_t totalSteps(const experiment::TrainingSettings& training, std::int64_t length,
                        std::int64_t trainingTokens);

}  // namespace data

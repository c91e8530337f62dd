// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "engine/data/corpus.h"
#include "engine/data/random.h"

namespace data {

std::int64_t windowCount(std::int64_t tokens, std::int64_t length) {
    if (tokens < 1 || length < 1) return 0;
    return (tokens - 1) / length;
}

BatchOrder::BatchOrder(std::int64_t windows, std::int64_t sequences, std::int64_t seed)
    : m_windows(windows), m_sequences(sequences), m_seed(seed) {
    if (windows < 1 || windows > std::numeric_limits<std::int32_t>::max()) {
        throw std::logic_error("BatchOrder: windows must be 1 to 2^31 - 1");
    }
    if (sequences < 1) throw std::logic_error("BatchOrder: sequences must be at least 1");
}

std::vector<std::int64_t> BatchOrder::batch(std::int64_t step) const {
    if (step < 0) throw std::logic_error("BatchOrder: step must not be negative");
    std::vector<std::int64_t> windows(static_cast<std::size_t>(m_sequences));
    std::int64_t position = step * m_sequences;
    for (std::int64_t& window : windows) {
        window = epoch(position / m_windows)[static_cast<std::size_t>(position % m_windows)];
        ++position;
    }
    return windows;
}

const std::vector<std::int32_t>& BatchOrder::epoch(std::int64_t number) const {
    const auto slot = static_cast<std::size_t>(number % 2);  // a batch may lie across two epochs
    if (m_cachedEpoch[slot] == number) return m_cache[slot];
    std::vector<std::int32_t>& order = m_cache[slot];
    order.resize(static_cast<std::size_t>(m_windows));
    std::iota(order.begin(), order.end(), 0);
    Generator generator(static_cast<std::uint64_t>(m_seed), static_cast<std::uint64_t>(number));
    for (std::size_t i = order.size() - 1; i > 0; --i) {  // Fisher-Yates
        std::swap(order[i], order[static_cast<std::size_t>(generator.below(i + 1))]);
    }
    m_cachedEpoch[slot] = number;
    return order;
}

std::int64_t totalSteps(const experiment::TrainingSettings& training, std::int64_t length,
                        std::int64_t trainingTokens) {
    const auto sequences = static_cast<double>(experiment::batchSequences(training, length));
    double steps = training.budget;
    switch (training.budgetUnit) {
        case experiment::BudgetUnit::Epochs:
            steps *= static_cast<double>(windowCount(trainingTokens, length)) / sequences;
            break;
        case experiment::BudgetUnit::Tokens:
            steps /= sequences * static_cast<double>(length);
            break;
        case experiment::BudgetUnit::Steps:
            break;
    }
    // Decimal budgets are not exact in binary: 0.9 of 1000 windows must not become 901 steps.
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(steps * (1.0 - 1e-12))));
}

}  // namespace data

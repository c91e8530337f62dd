// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/made_corpora.h"

#include <cmath>

#include "engine/data/random.h"

namespace data {
namespace {

// Streams of corpusSeed, so that the two corpora of one seed have nothing in common.
constexpr std::uint64_t kLaggedCopyStream = 1;
constexpr std::uint64_t kUniformStream = 2;

std::uint8_t drawSymbol(Generator& generator, std::int64_t alphabet) {
    return static_cast<std::uint8_t>(generator.below(static_cast<std::uint64_t>(alphabet)));
}

}  // namespace

std::vector<std::uint8_t> makeLaggedCopy(const experiment::DataSettings& settings) {
    Generator generator(static_cast<std::uint64_t>(settings.corpusSeed), kLaggedCopyStream);
    const auto lag = static_cast<std::size_t>(settings.lag);
    std::vector<std::uint8_t> symbols(static_cast<std::size_t>(settings.tokens));
    for (std::size_t t = 0; t < symbols.size(); ++t) {
        const bool isNew = t < lag || generator.unit() < settings.noise;
        symbols[t] = isNew ? drawSymbol(generator, settings.alphabet) : symbols[t - lag];
    }
    return symbols;
}

std::vector<std::uint8_t> makeUniformRandom(const experiment::DataSettings& settings) {
    Generator generator(static_cast<std::uint64_t>(settings.corpusSeed), kUniformStream);
    std::vector<std::uint8_t> symbols(static_cast<std::size_t>(settings.tokens));
    for (std::uint8_t& symbol : symbols) symbol = drawSymbol(generator, settings.alphabet);
    return symbols;
}

double laggedCopyOptimum(const experiment::DataSettings& settings, std::int64_t length) {
    const auto alphabet = static_cast<double>(settings.alphabet);
    if (length <= settings.lag) return std::log(alphabet);
    const double other = settings.noise / alphabet;    // u: each symbol that is not the copy
    const double copy = 1.0 - settings.noise + other;  // q: the copy, by intent or by chance
    double entropy = -copy * std::log(copy);           // H
    if (other > 0.0) entropy -= (alphabet - 1.0) * other * std::log(other);
    const double blind = static_cast<double>(settings.lag) / static_cast<double>(length);
    return blind * std::log(alphabet) + (1.0 - blind) * entropy;
}

}  // namespace data

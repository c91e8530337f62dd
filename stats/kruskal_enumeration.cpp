// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/kruskal_enumeration.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <mutex>
#include <numeric>
#include <utility>

namespace stats {
namespace {

constexpr double kStepLimit = 1e8;
constexpr std::size_t kMaxItems = 60;
constexpr std::size_t kMaxGroups = 16;

double binomial(std::size_t n, std::size_t k) {
    double value = 1;
    for (std::size_t i = 1; i <= std::min(k, n - k); ++i) {
        value = value * static_cast<double>(n - i + 1) / static_cast<double>(i);
    }
    return value;
}

/// Ways to deal the items to the groups, and the same with equal groups interchangeable.
struct Ways {
    double labelled = 1;
    double distinct = 1;
};

Ways waysToDeal(std::span<const std::size_t> sizes) {
    Ways ways;
    std::size_t items = 0;
    for (const std::size_t size : sizes) {
        items += size;
        ways.labelled *= binomial(items, size);
    }
    ways.distinct = ways.labelled;
    for (std::size_t g = 0; g < sizes.size(); ++g) {
        const auto last = sizes.begin() + static_cast<std::ptrdiff_t>(g) + 1;
        ways.distinct /= static_cast<double>(std::count(sizes.begin(), last, sizes[g]));
    }
    return ways;
}

struct Halves {
    std::vector<std::size_t> first;  // group sizes, sorted
    std::vector<std::size_t> second;
    double steps = std::numeric_limits<double>::infinity();
};

std::size_t total(std::span<const std::size_t> sizes) {
    return std::accumulate(sizes.begin(), sizes.end(), std::size_t{0});
}

/// The split of the groups into two halves that needs the fewest steps.
Halves bestHalves(std::span<const std::size_t> sizes) {
    Halves best;
    const std::size_t items = total(sizes);
    for (std::uint32_t chosen = 1; chosen + 1 < (1U << sizes.size()); ++chosen) {
        Halves halves;
        for (std::size_t g = 0; g < sizes.size(); ++g) {
            ((chosen >> g & 1U) != 0 ? halves.first : halves.second).push_back(sizes[g]);
        }
        std::sort(halves.first.begin(), halves.first.end());
        std::sort(halves.second.begin(), halves.second.end());
        const double splits = binomial(items, total(halves.first));
        halves.steps =
            splits * (waysToDeal(halves.first).distinct + waysToDeal(halves.second).distinct + 10);
        if (halves.steps < best.steps) best = halves;
    }
    return best;
}

/// All ways to deal the items of one half to its groups, as lists of item subsets.
class HalfPlan {
public:
    HalfPlan(std::span<const std::size_t> sizes, std::int64_t multiple) : m_parts(sizes.size()) {
        m_chosen.resize(m_parts);
        m_subsetOf.assign(std::size_t{1} << total(sizes), kNone);
        const std::uint32_t all = (1U << total(sizes)) - 1;
        deal(sizes, 0, all, multiple);
    }

    /// Appends nothing, overwrites `values`: the weighted sum of squared rank sums of each way.
    void evaluate(std::span<const std::int64_t> ranks, std::vector<std::int64_t>& values) const {
        thread_local std::vector<std::int64_t> squares;
        squares.resize(m_subsets.size());
        for (std::size_t s = 0; s < m_subsets.size(); ++s) {
            std::int64_t sum = 0;
            for (std::uint32_t rest = m_subsets[s].items; rest != 0; rest &= rest - 1) {
                sum += ranks[static_cast<std::size_t>(std::countr_zero(rest))];
            }
            squares[s] = sum * sum * m_subsets[s].weight;
        }
        values.clear();
        for (std::size_t way = 0; way < m_ways.size(); way += m_parts) {
            std::int64_t sum = 0;
            for (std::size_t part = 0; part < m_parts; ++part) sum += squares[m_ways[way + part]];
            values.push_back(sum);
        }
    }

private:
    struct Subset {
        std::uint32_t items = 0;
        std::int64_t weight = 0;
    };
    static constexpr std::uint32_t kNone = 0xffffffffU;

    void deal(std::span<const std::size_t> sizes, std::size_t part, std::uint32_t rest,
              std::int64_t multiple) {
        if (part == sizes.size()) {
            m_ways.insert(m_ways.end(), m_chosen.begin(), m_chosen.end());
            return;
        }
        const std::size_t size = sizes[part];
        // sizes are sorted: once first and last are equal, all that remain are interchangeable
        const bool interchangeable = size == sizes.back();
        const std::uint32_t lowest = rest & (~rest + 1);
        for (std::uint32_t subset = rest; subset != 0; subset = (subset - 1) & rest) {
            if (static_cast<std::size_t>(std::popcount(subset)) != size) continue;
            if (interchangeable && (subset & lowest) == 0) continue;
            m_chosen[part] = idOf(subset, multiple / static_cast<std::int64_t>(size));
            deal(sizes, part + 1, rest & ~subset, multiple);
        }
    }

    std::uint32_t idOf(std::uint32_t items, std::int64_t weight) {
        std::uint32_t& id = m_subsetOf[items];
        if (id == kNone) {
            id = static_cast<std::uint32_t>(m_subsets.size());
            m_subsets.push_back({items, weight});
        }
        return id;
    }

    std::size_t m_parts;
    std::vector<Subset> m_subsets;
    std::vector<std::uint32_t> m_subsetOf;  // by item mask
    std::vector<std::uint32_t> m_ways;      // m_parts subset ids per way
    std::vector<std::uint32_t> m_chosen;
};

/// Counts pairs (a, b) with a + b >= bound.
class PairCounter {
public:
    double count(const std::vector<std::int64_t>& a, std::vector<std::int64_t>& b,
                 std::int64_t bound) {
        const auto [low, high] = std::minmax_element(b.begin(), b.end());
        if (*high - *low >= kHistogramWidth) return countSorted(a, b, bound);
        const std::int64_t lowest = *low;
        m_atLeast.assign(static_cast<std::size_t>(*high - lowest) + 2, 0);
        for (const std::int64_t value : b) ++m_atLeast[static_cast<std::size_t>(value - lowest)];
        for (std::size_t i = m_atLeast.size() - 1; i-- > 0;) m_atLeast[i] += m_atLeast[i + 1];
        const auto last = static_cast<std::int64_t>(m_atLeast.size()) - 1;
        std::uint64_t pairs = 0;
        for (const std::int64_t value : a) {
            const std::int64_t needed = std::clamp<std::int64_t>(bound - value - lowest, 0, last);
            pairs += m_atLeast[static_cast<std::size_t>(needed)];
        }
        return static_cast<double>(pairs);
    }

private:
    static constexpr std::int64_t kHistogramWidth = 16384;

    static double countSorted(const std::vector<std::int64_t>& a, std::vector<std::int64_t>& b,
                              std::int64_t bound) {
        std::sort(b.begin(), b.end());
        std::uint64_t pairs = 0;
        for (const std::int64_t value : a) {
            const auto from = std::lower_bound(b.begin(), b.end(), bound - value);
            pairs += static_cast<std::uint64_t>(b.end() - from);
        }
        return static_cast<double>(pairs);
    }

    std::vector<std::uint32_t> m_atLeast;
};

std::int64_t commonMultiple(std::span<const std::size_t> sizes) {
    std::int64_t multiple = 1;
    for (const std::size_t size : sizes) {
        multiple = std::lcm(multiple, static_cast<std::int64_t>(size));
    }
    return multiple;
}

std::uint64_t reversedBits(std::uint64_t mask, std::size_t bits) {
    std::uint64_t reversed = 0;
    for (std::size_t i = 0; i < bits; ++i) reversed |= (mask >> i & 1U) << (bits - 1 - i);
    return reversed;
}

enum class Ranks { Any, Symmetric };

/// How often a split counts: 0 where its mirror image in reversed ranks (same distribution of the
/// statistic when the ranks are symmetric) or the exchange of two equal halves stands for it.
double splitWeight(std::uint64_t mask, std::size_t items, bool equalHalves, Ranks symmetry) {
    if (equalHalves && (mask & 1U) == 0) return 0;
    if (symmetry == Ranks::Any) return 1;
    std::uint64_t image = reversedBits(mask, items);
    if (equalHalves && (image & 1U) == 0) image ^= (std::uint64_t{1} << items) - 1;
    return mask == image ? 1 : mask < image ? 2 : 0;
}

/// Calls visit(values of the first half, values of the second half, weight) for the choices of the
/// ranks of the first half that are needed.
template <typename Visit>
void forEachSplit(std::span<const std::size_t> sizes, const std::vector<std::int64_t>& ranks,
                  Ranks symmetry, Visit visit) {
    const Halves halves = bestHalves(sizes);
    const std::int64_t multiple = commonMultiple(sizes);
    const HalfPlan firstPlan(halves.first, multiple);
    const HalfPlan secondPlan(halves.second, multiple);
    const bool equalHalves = halves.first == halves.second;
    std::vector<std::int64_t> first, second, firstValues, secondValues;
    const std::uint64_t end = std::uint64_t{1} << ranks.size();
    for (std::uint64_t mask = (std::uint64_t{1} << total(halves.first)) - 1; mask < end;) {
        const double weight = splitWeight(mask, ranks.size(), equalHalves, symmetry);
        if (weight > 0) {
            first.clear();
            second.clear();
            for (std::size_t i = 0; i < ranks.size(); ++i) {
                ((mask >> i & 1U) != 0 ? first : second).push_back(ranks[i]);
            }
            firstPlan.evaluate(first, firstValues);
            secondPlan.evaluate(second, secondValues);
            visit(firstValues, secondValues, weight);
        }
        // next larger mask with as many bits
        const std::uint64_t lowest = mask & (~mask + 1);
        const std::uint64_t ripple = mask + lowest;
        mask = (((ripple ^ mask) >> 2U) / lowest) | ripple;
    }
}

/// P(weighted sum of squared rank sums >= observed) over all ways to deal the ranks.
double countedTail(std::span<const std::size_t> sizes, const std::vector<std::int64_t>& ranks,
                   Ranks symmetry, std::int64_t observed) {
    PairCounter counter;
    double extreme = 0;
    double all = 0;
    forEachSplit(sizes, ranks, symmetry,
                 [&](const std::vector<std::int64_t>& first, std::vector<std::int64_t>& second,
                     double weight) {
                     extreme += weight * counter.count(first, second, observed);
                     all += weight * static_cast<double>(first.size()) *
                            static_cast<double>(second.size());
                 });
    return extreme / all;
}

/// The tail without ties depends on the sizes and the observed value alone. Kept, because a study
/// that grows run by run asks for its finished lengths again and again; thread-safe.
double untiedTail(std::vector<std::size_t> sizes, std::int64_t observed) {
    constexpr std::size_t kMostKept = 1024;
    std::sort(sizes.begin(), sizes.end());
    static std::mutex mutex;
    static std::map<std::pair<std::vector<std::size_t>, std::int64_t>, double> kept;
    const auto key = std::make_pair(sizes, observed);
    {
        const std::lock_guard lock(mutex);
        if (const auto found = kept.find(key); found != kept.end()) return found->second;
    }
    std::vector<std::int64_t> ranks(total(sizes));
    std::iota(ranks.begin(), ranks.end(), std::int64_t{1});
    const double tail = countedTail(sizes, ranks, Ranks::Symmetric, observed);
    const std::lock_guard lock(mutex);
    if (kept.size() >= kMostKept) kept.clear();
    return kept[key] = tail;
}

}  // namespace

bool RankArrangements::isFeasible(std::span<const std::size_t> sizes) {
    if (sizes.size() < 2 || sizes.size() > kMaxGroups || total(sizes) > kMaxItems) return false;
    const Halves halves = bestHalves(sizes);
    // the plans index item subsets by mask
    if (std::max(total(halves.first), total(halves.second)) > 20) return false;
    return halves.steps <= kStepLimit;
}

RankArrangements::RankArrangements(std::span<const std::size_t> sizes,
                                   std::vector<std::int64_t> doubledRanks)
    : m_sizes(sizes.begin(), sizes.end()), m_ranks(std::move(doubledRanks)) {
    std::sort(m_ranks.begin(), m_ranks.end());
}

double RankArrangements::upperTail(std::span<const std::int64_t> doubledSums) const {
    const std::int64_t multiple = commonMultiple(m_sizes);
    std::int64_t observed = 0;
    for (std::size_t g = 0; g < m_sizes.size(); ++g) {
        observed +=
            doubledSums[g] * doubledSums[g] * (multiple / static_cast<std::int64_t>(m_sizes[g]));
    }
    const bool tied = std::adjacent_find(m_ranks.begin(), m_ranks.end()) != m_ranks.end();
    return tied ? countedTail(m_sizes, m_ranks, Ranks::Any, observed)
                : untiedTail(m_sizes, observed / 4);  // of ranks that are not doubled
}

double RankArrangements::count() const {
    const Ways ways = waysToDeal(m_sizes);
    return ways.labelled > 1e9 ? ways.distinct : ways.labelled;
}

}  // namespace stats

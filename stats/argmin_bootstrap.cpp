// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/argmin_bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/arguments.h"

namespace stats {
namespace {

/// SplitMix64: portable, so the same seed gives the same resamples everywhere.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}

    std::size_t below(std::size_t bound) {
        m_state += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        z ^= z >> 31U;
        return static_cast<std::size_t>((z >> 32U) * bound >> 32U);
    }

private:
    std::uint64_t m_state;
};

/// Multisets of n out of n.
double distinctResamples(std::size_t n) {
    double value = 1;
    for (std::size_t i = 1; i < n; ++i) {
        value = value * static_cast<double>(n + i) / static_cast<double>(i);
    }
    return value;
}

double tieSlack(Groups groups) {
    double largest = 0;
    for (const auto& group : groups) {
        for (const double value : group) largest = std::max(largest, std::abs(value));
    }
    return 8 * std::numeric_limits<double>::epsilon() * largest;  // of a mean
}

/// Adds `weight` to the cells whose sum is smallest, shared equally.
void creditSmallest(const std::vector<double>& sums, double slack, double weight,
                    std::vector<double>& credit) {
    const double bound = *std::min_element(sums.begin(), sums.end()) + slack;
    const auto winners =
        std::count_if(sums.begin(), sums.end(), [&](double sum) { return sum <= bound; });
    for (std::size_t j = 0; j < sums.size(); ++j) {
        if (sums[j] <= bound) credit[j] += weight / static_cast<double>(winners);
    }
}

/// Every multiset of rows once, with its multinomial weight.
class RowMultisets {
public:
    RowMultisets(const std::vector<std::vector<double>>& rows, double slack)
        : m_rows(rows),
          m_slack(slack * static_cast<double>(rows.size())),
          m_sums(rows.size() + 1, std::vector<double>(rows[0].size(), 0.0)),
          m_credit(rows[0].size(), 0.0) {
        const auto n = static_cast<double>(rows.size());
        visit(0, rows.size(), std::exp(std::lgamma(n + 1) - n * std::log(n)));
    }

    /// Shares that sum to 1.
    std::vector<double> shares() const {
        double total = 0;
        for (const double value : m_credit) total += value;
        std::vector<double> result = m_credit;
        for (double& value : result) value /= total;
        return result;
    }

private:
    void visit(std::size_t row, std::size_t remaining, double weight) {
        std::vector<double>& next = m_sums[row + 1];
        next = m_sums[row];
        const bool last = row + 1 == m_rows.size();
        for (std::size_t count = 0; count <= remaining; ++count) {
            if (count > 0) {
                weight /= static_cast<double>(count);
                for (std::size_t j = 0; j < next.size(); ++j) next[j] += m_rows[row][j];
            }
            if (count == remaining) {
                creditSmallest(next, m_slack, weight, m_credit);
            } else if (!last) {
                visit(row + 1, remaining - count, weight);
            }
        }
    }

    const std::vector<std::vector<double>>& m_rows;
    double m_slack;
    std::vector<std::vector<double>> m_sums;  // after each row
    std::vector<double> m_credit;
};

struct MeanAtom {
    double mean = 0;
    double weight = 0;
    std::size_t group = 0;
};

void appendMeans(const std::vector<double>& values, std::size_t group, double shift,
                 std::vector<MeanAtom>& atoms) {
    const auto n = static_cast<double>(values.size());
    struct Visitor {
        const std::vector<double>& values;
        double shift;
        std::vector<MeanAtom>& atoms;
        std::size_t group;
        void visit(std::size_t at, std::size_t remaining, double sum, double weight) {
            for (std::size_t count = 0; count <= remaining; ++count) {
                if (count > 0) {
                    weight /= static_cast<double>(count);
                    sum += values[at] - shift;
                }
                if (count == remaining) {
                    atoms.push_back({sum / static_cast<double>(values.size()), weight, group});
                } else if (at + 1 < values.size()) {
                    visit(at + 1, remaining - count, sum, weight);
                }
            }
        }
    };
    Visitor{values, shift, atoms, group}.visit(0, values.size(), 0,
                                               std::exp(std::lgamma(n + 1) - n * std::log(n)));
}

/// P(group j smallest), ties shared: sweep over all means in rising order, keeping for every group
/// the probability of lying above the current value.
std::vector<double> sweepMeans(std::vector<MeanAtom> atoms, std::size_t groups, double slack) {
    std::sort(atoms.begin(), atoms.end(),
              [](const MeanAtom& a, const MeanAtom& b) { return a.mean < b.mean; });
    std::vector<double> above(groups, 0.0);
    for (const MeanAtom& atom : atoms) above[atom.group] += atom.weight;
    const std::vector<double> all = above;
    std::vector<double> credit(groups, 0.0);
    std::vector<double> here(groups);
    std::vector<double>
        ties;  // ties[t]: probability that t of the other groups lie here, none below
    for (std::size_t first = 0; first < atoms.size();) {
        std::size_t last = first;
        std::fill(here.begin(), here.end(), 0.0);
        for (; last < atoms.size() && atoms[last].mean - atoms[first].mean <= slack; ++last) {
            here[atoms[last].group] += atoms[last].weight;
        }
        for (std::size_t g = 0; g < groups; ++g) above[g] = std::max(0.0, above[g] - here[g]);
        for (std::size_t j = 0; j < groups; ++j) {
            if (here[j] == 0) continue;
            ties.assign(1, 1.0);
            for (std::size_t i = 0; i < groups; ++i) {
                if (i == j) continue;
                ties.push_back(0.0);
                for (std::size_t t = ties.size(); t-- > 0;) {
                    ties[t] = ties[t] * above[i] + (t > 0 ? ties[t - 1] * here[i] : 0.0);
                }
            }
            for (std::size_t t = 0; t < ties.size(); ++t) {
                credit[j] += here[j] * ties[t] / static_cast<double>(t + 1);
            }
        }
        first = last;
    }
    double scale = 1;
    for (const double weight : all) scale *= weight;
    for (double& value : credit) value /= scale;
    return credit;
}

}  // namespace

ArgminBootstrap bootstrapArgmin(Blocks blocks, const BootstrapOptions& options) {
    requireBlocks("bootstrapArgmin", blocks, 1, 2);
    // a row's own level does not move its argmin; without it sums stay small
    std::vector<std::vector<double>> rows(blocks.begin(), blocks.end());
    for (auto& row : rows) {
        const double level = row[0];
        for (double& value : row) value -= level;
    }
    const double slack = tieSlack(blocks);
    const std::size_t n = rows.size();
    ArgminBootstrap result;
    if (distinctResamples(n) <= options.exactUpTo) {
        result.pBest = RowMultisets(rows, slack).shares();
        result.resamples = std::pow(static_cast<double>(n), static_cast<double>(n));
        return result;
    }
    requireCount("bootstrapArgmin", "resamples", options.resamples, 1, "resamples");
    result.exactness = Exactness::MonteCarlo;
    result.resamples = options.resamples;
    result.pBest.assign(rows[0].size(), 0.0);
    Random random(options.seed);
    std::vector<double> sums(rows[0].size());
    for (std::uint32_t draw = 0; draw < options.resamples; ++draw) {
        std::fill(sums.begin(), sums.end(), 0.0);
        for (std::size_t i = 0; i < n; ++i) {
            const auto& row = rows[random.below(n)];
            for (std::size_t j = 0; j < sums.size(); ++j) sums[j] += row[j];
        }
        creditSmallest(sums, slack * static_cast<double>(n), 1 / result.resamples, result.pBest);
    }
    return result;
}

ArgminBootstrap bootstrapArgminIndependent(Groups groups, const BootstrapOptions& options) {
    requireGroups("bootstrapArgminIndependent", groups, 2, 1);
    const double shift = groups[0][0];
    const double slack = tieSlack(groups);
    ArgminBootstrap result;
    result.resamples = 1;
    double largest = 0;
    for (const auto& group : groups) {
        largest = std::max(largest, distinctResamples(group.size()));
        const auto n = static_cast<double>(group.size());
        result.resamples *= std::pow(n, n);
    }
    if (largest <= options.exactUpTo) {
        std::vector<MeanAtom> atoms;
        for (std::size_t g = 0; g < groups.size(); ++g) appendMeans(groups[g], g, shift, atoms);
        result.pBest = sweepMeans(std::move(atoms), groups.size(), slack);
        return result;
    }
    requireCount("bootstrapArgminIndependent", "resamples", options.resamples, 1, "resamples");
    result.exactness = Exactness::MonteCarlo;
    result.resamples = options.resamples;
    result.pBest.assign(groups.size(), 0.0);
    Random random(options.seed);
    std::vector<double> means(groups.size());
    for (std::uint32_t draw = 0; draw < options.resamples; ++draw) {
        for (std::size_t g = 0; g < groups.size(); ++g) {
            double sum = 0;
            for (std::size_t i = 0; i < groups[g].size(); ++i) {
                sum += groups[g][random.below(groups[g].size())] - shift;
            }
            means[g] = sum / static_cast<double>(groups[g].size());
        }
        creditSmallest(means, slack, 1 / result.resamples, result.pBest);
    }
    return result;
}

}  // namespace stats

// SPDX-License-Identifier: GPL-3.0-or-later
// Rank tests, trends, bootstrap and adjustments: cases checkable by hand, then properties on random
// data with a fixed seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "stats/argmin_bootstrap.h"
#include "stats/argmin_trend.h"
#include "stats/friedman.h"
#include "stats/jonckheere.h"
#include "stats/kruskal.h"
#include "stats/p_adjust.h"
#include "stats/page.h"
#include "stats/rank_correlation.h"
#include "stats/two_sample_ranks.h"

namespace stats {
namespace {

using Table = std::vector<std::vector<double>>;

class Random {
public:
    double uniform() { return static_cast<double>(m_engine()) / 4294967296.0; }
    /// Rounded to tenths, so ties occur.
    double coarse() { return std::floor(uniform() * 10) / 10; }
    std::vector<double> sample(std::size_t n) {
        std::vector<double> values(n);
        for (double& value : values) value = uniform();
        return values;
    }

private:
    std::mt19937 m_engine{20};
};

TEST(KruskalExact, ThreePairsHaveFifteenthsAsProbabilities) {
    // complete separation of 2 + 2 + 2: 3! of 90 arrangements reach the largest H
    const Table groups{{1, 2}, {3, 4}, {5, 6}};
    const auto exact = kruskalWallisExact(groups);
    EXPECT_DOUBLE_EQ(exact.p, 6.0 / 90);
    EXPECT_DOUBLE_EQ(exact.arrangements, 90);
}

TEST(KruskalExact, AgreesWithEnumerationOnTiedUnequalGroups) {
    Random random;
    for (int trial = 0; trial < 5; ++trial) {
        Table groups{{}, {}, {}};
        for (std::size_t i = 0; i < 9; ++i)
            groups[i < 2 ? 0 : i < 5 ? 1 : 2].push_back(random.coarse());
        std::vector<double> pooled;
        for (const auto& group : groups) pooled.insert(pooled.end(), group.begin(), group.end());
        if (std::all_of(pooled.begin(), pooled.end(), [&](double v) { return v == pooled[0]; })) {
            continue;
        }
        const double observed = kruskalWallis(groups).h;
        std::vector<std::size_t> labels{0, 0, 1, 1, 1, 2, 2, 2, 2};
        double extreme = 0;
        double all = 0;
        do {
            Table dealt{{}, {}, {}};
            for (std::size_t i = 0; i < 9; ++i) dealt[labels[i]].push_back(pooled[i]);
            if (kruskalWallis(dealt).h >= observed - 1e-9) ++extreme;
            ++all;
        } while (std::next_permutation(labels.begin(), labels.end()));
        EXPECT_NEAR(kruskalWallisExact(groups).p, extreme / all, 1e-14);
    }
}

TEST(KruskalExact, LargeDesignIsRefusedNotApproximated) {
    const Table groups(6, std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    EXPECT_FALSE(kruskalWallisExactIsFeasible(groups));
    EXPECT_THROW(kruskalWallisExact(groups), std::domain_error);
}

TEST(FriedmanExact, AgreesWithEnumerationOnTiedBlocks) {
    Random random;
    for (int trial = 0; trial < 5; ++trial) {
        Table blocks(3, std::vector<double>(3));
        for (auto& row : blocks) {
            for (double& value : row) value = std::floor(random.uniform() * 4);
        }
        blocks[0] = {1, 2, 3};
        const double observed = friedman(blocks).q;
        double extreme = 0;
        double all = 0;
        std::vector<std::size_t> second{0, 1, 2};
        do {
            std::vector<std::size_t> third{0, 1, 2};
            do {
                Table permuted = blocks;
                for (std::size_t j = 0; j < 3; ++j) {
                    permuted[1][j] = blocks[1][second[j]];
                    permuted[2][j] = blocks[2][third[j]];
                }
                if (friedman(permuted).q >= observed - 1e-9) ++extreme;
                ++all;
            } while (std::next_permutation(third.begin(), third.end()));
        } while (std::next_permutation(second.begin(), second.end()));
        EXPECT_NEAR(friedmanExact(blocks).p, extreme / all, 1e-14);
    }
}

TEST(MannWhitney, FloorIsReachedBySeparatedSamples) {
    const auto result = mannWhitney(std::vector<double>{1, 2, 3}, std::vector<double>{4, 5, 6});
    EXPECT_DOUBLE_EQ(result.p, 0.1);
    EXPECT_DOUBLE_EQ(result.floorP, 0.1);
    EXPECT_EQ(result.exactness, Exactness::Exact);
}

TEST(WilcoxonSigned, FloorIsReachedByOneSidedPairs) {
    const auto result = wilcoxonSigned(std::vector<double>{2, 4, 6}, std::vector<double>{1, 2, 3});
    EXPECT_DOUBLE_EQ(result.p, 0.25);
    EXPECT_DOUBLE_EQ(result.floorP, 0.25);
}

TEST(MannWhitney, SwappingTheSamplesMirrorsUAndKeepsP) {
    Random random;
    for (int trial = 0; trial < 20; ++trial) {
        std::vector<double> x(4), y(6);
        for (double& value : x) value = random.coarse();
        for (double& value : y) value = random.coarse();
        const auto forward = mannWhitney(x, y);
        const auto backward = mannWhitney(y, x);
        EXPECT_DOUBLE_EQ(forward.u + backward.u, 24);
        EXPECT_NEAR(forward.p, backward.p, 1e-14);
    }
}

/// About 60 values on a grid of tenths, so that many tie.
std::vector<double> tiedSample(Random& random, double shift) {
    std::vector<double> values(60);
    for (double& value : values) value = random.coarse() + shift;
    return values;
}

TEST(MannWhitney, LargeTiedSamplesFollowTheKruskalWallisTest) {
    // H of two groups is z^2 without continuity correction, both with the correction for ties
    Random random;
    for (int trial = 0; trial < 10; ++trial) {
        const auto x = tiedSample(random, 0);
        const auto y = tiedSample(random, 0.1);
        const auto got = mannWhitney(x, y);
        EXPECT_EQ(got.exactness, Exactness::Asymptotic);
        const double deviation = std::abs(got.u - 1800);
        const double z = std::sqrt(kruskalWallis(Table{x, y}).h);
        const double corrected = z * std::max(0.0, deviation - 0.5) / deviation;
        EXPECT_NEAR(got.p, std::erfc(corrected / std::sqrt(2.0)), 1e-12);
    }
}

TEST(WilcoxonSigned, LargeTiedSamplesUseTheVarianceOfTheirRanks) {
    // the signs are fair coins, so the variance of V is a quarter of the sum of squared ranks
    Random random;
    for (int trial = 0; trial < 10; ++trial) {
        const std::vector<double> zeros(60, 0.0);
        std::vector<double> x(60);
        for (double& value : x) value = (1 + std::floor(random.uniform() * 8)) / 8;
        for (std::size_t i = 0; i < x.size(); i += 3) x[i] = -x[i];
        double squares = 0;
        double sum = 0;
        for (const double value : x) {
            double below = 0;
            double ties = 0;
            for (const double other : x) {
                below += std::abs(other) < std::abs(value) ? 1 : 0;
                ties += std::abs(other) == std::abs(value) ? 1 : 0;
            }
            const double rank = below + (ties + 1) / 2;
            squares += rank * rank;
            sum += rank;
        }
        const auto got = wilcoxonSigned(x, zeros);
        EXPECT_EQ(got.exactness, Exactness::Asymptotic);
        const double z = (std::abs(got.v - sum / 2) - 0.5) / std::sqrt(squares / 4);
        EXPECT_NEAR(got.p, std::erfc(z / std::sqrt(2.0)), 1e-12);
    }
}

TEST(AdjustP, AdjustedValuesAreMonotoneAndNeverBelowRaw) {
    Random random;
    for (int trial = 0; trial < 50; ++trial) {
        std::vector<double> p = random.sample(1 + static_cast<std::size_t>(trial) % 12);
        std::sort(p.begin(), p.end());
        for (const Adjustment how :
             {Adjustment::Bonferroni, Adjustment::Holm, Adjustment::Hochberg, Adjustment::Hommel,
              Adjustment::BenjaminiHochberg, Adjustment::BenjaminiYekutieli}) {
            const auto adjusted = adjustP(p, how);
            EXPECT_TRUE(std::is_sorted(adjusted.begin(), adjusted.end())) << toText(how);
            for (std::size_t i = 0; i < p.size(); ++i) {
                EXPECT_GE(adjusted[i], p[i]) << toText(how);
                EXPECT_LE(adjusted[i], 1) << toText(how);
            }
        }
        const auto bonferroni = adjustP(p, Adjustment::Bonferroni);
        const auto holm = adjustP(p, Adjustment::Holm);
        const auto hochberg = adjustP(p, Adjustment::Hochberg);
        const auto hommel = adjustP(p, Adjustment::Hommel);
        for (std::size_t i = 0; i < p.size();
             ++i) {  // each is at least as powerful as the one before
            EXPECT_GE(bonferroni[i], holm[i]);
            EXPECT_GE(holm[i], hochberg[i]);
            EXPECT_GE(hochberg[i] * (1 + 1e-14), hommel[i]);
        }
    }
}

TEST(Page, ReversingTheColumnsMirrorsTheTest) {
    Random random;
    Table blocks, reversed;
    for (int row = 0; row < 4; ++row) {
        blocks.push_back(random.sample(5));
        reversed.emplace_back(blocks.back().rbegin(), blocks.back().rend());
    }
    const auto forward = page(blocks);
    const auto backward = page(reversed);
    EXPECT_NEAR(forward.z, -backward.z, 1e-12);
    const double atObserved = *forward.pExact + *backward.pExact - 1;  // P(L = observed)
    EXPECT_GT(atObserved, 0);
    EXPECT_LT(atObserved, 0.1);
}

TEST(Jonckheere, TwoGroupsAreMannWhitney) {
    Random random;
    const auto x = random.sample(5);
    const auto y = random.sample(7);
    const auto trend = jonckheere(Table{x, y});
    EXPECT_DOUBLE_EQ(trend.j, mannWhitney(y, x).u);
    EXPECT_NEAR(trend.exact->two, mannWhitney(y, x).p, 1e-14);
}

TEST(RankCorrelation, NegatedSampleSwapsTheTails) {
    Random random;
    const auto x = random.sample(9);
    const auto y = random.sample(9);
    std::vector<double> negated;
    for (const double value : y) negated.push_back(-value);
    EXPECT_NEAR(spearman(x, y).exact->greater, spearman(x, negated).exact->less, 1e-14);
    EXPECT_NEAR(kendall(x, y).exact->greater, kendall(x, negated).exact->less, 1e-14);
    EXPECT_DOUBLE_EQ(spearman(x, y).rho, -spearman(x, negated).rho);
}

TEST(ArgminTrend, PerfectFallOfOneSeedHasProbabilityOneInFactorial) {
    const auto result = argminTrend({{8, 6, 4, 2}});
    EXPECT_DOUBLE_EQ(result.pFalling, 1.0 / 24);
    EXPECT_DOUBLE_EQ(result.floorP, 1.0 / 24);
    EXPECT_DOUBLE_EQ(result.pRising, 1);
    EXPECT_TRUE(result.exact);
}

TEST(ArgminTrend, ConstantOptimumSaysNothing) {
    const auto result = argminTrend({{4, 4, 4}, {4, 4, 4}});
    EXPECT_DOUBLE_EQ(result.pFalling, 1);
    EXPECT_DOUBLE_EQ(result.pTwo, 1);
    EXPECT_DOUBLE_EQ(result.floorP, 1);
}

TEST(ArgminTrend, NormalApproximationIsCloseToTheExactNull) {
    const std::vector<std::vector<std::int64_t>> rows(12, {8, 6, 6, 4, 7});
    const auto exact = argminTrend(rows);
    ASSERT_TRUE(exact.exact);
    const double z = (exact.statistic - exact.mean) / std::sqrt(exact.variance);
    EXPECT_NEAR(exact.pFalling, 0.5 * std::erfc(-z / std::sqrt(2.0)), 0.01);
}

TEST(ArgminBootstrap, SharesSumToOneAndMonteCarloAgreesWithEnumeration) {
    Random random;
    Table blocks;
    for (int row = 0; row < 6; ++row) blocks.push_back(random.sample(4));
    const auto exact = bootstrapArgmin(blocks, {});
    EXPECT_EQ(exact.exactness, Exactness::Exact);
    EXPECT_NEAR(std::accumulate(exact.pBest.begin(), exact.pBest.end(), 0.0), 1, 1e-12);
    const auto drawn = bootstrapArgmin(blocks, {.exactUpTo = 1, .resamples = 40000, .seed = 5});
    EXPECT_EQ(drawn.exactness, Exactness::MonteCarlo);
    Table columns(4);
    for (const auto& row : blocks) {
        for (std::size_t j = 0; j < 4; ++j) columns[j].push_back(row[j]);
    }
    const auto independent = bootstrapArgminIndependent(columns, {});
    const auto independentDrawn =
        bootstrapArgminIndependent(columns, {.exactUpTo = 1, .resamples = 40000, .seed = 5});
    for (std::size_t j = 0; j < 4; ++j) {  // five standard errors
        EXPECT_NEAR(drawn.pBest[j], exact.pBest[j], 0.0125);
        EXPECT_NEAR(independentDrawn.pBest[j], independent.pBest[j], 0.0125);
    }
}

TEST(ArgminBootstrap, IdenticalColumnsShareEqually) {
    const Table blocks{{2.4, 2.4, 2.4}, {1.1, 1.1, 1.1}};
    for (const double share : bootstrapArgmin(blocks, {}).pBest) EXPECT_DOUBLE_EQ(share, 1.0 / 3);
}

}  // namespace
}  // namespace stats

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/stats/function_families.h"

#include "stats/anova_block.h"
#include "stats/anova_oneway.h"
#include "stats/anova_twoway.h"
#include "stats/argmin_bootstrap.h"
#include "stats/bootstrap_interval.h"
#include "stats/descriptives.h"
#include "stats/dunnett.h"
#include "stats/effect_size.h"
#include "stats/equivalence.h"
#include "stats/friedman.h"
#include "stats/hsu_mcb.h"
#include "stats/jonckheere.h"
#include "stats/kruskal.h"
#include "stats/nemenyi.h"
#include "stats/page.h"
#include "stats/pairwise_t.h"
#include "stats/qq_points.h"
#include "stats/rank_correlation.h"
#include "stats/shapiro_wilk.h"
#include "stats/tukey.h"
#include "stats/two_sample_ranks.h"
#include "stats/variance_tests.h"

namespace families {
namespace {

using namespace stats;

Numbers pairNumbers(const PairComparisons& comparisons) {
    Numbers numbers;
    for (const PairComparison& pair : comparisons.pairs) {
        numbers.unitFree.insert(numbers.unitFree.end(), {pair.statistic, pair.df, pair.p});
        numbers.inUnits.insert(numbers.inUnits.end(), {pair.diff, pair.se, pair.lo, pair.hi});
    }
    return numbers;
}

Numbers controlNumbers(const Dunnett& comparisons) {
    Numbers numbers{{comparisons.criticalValue, comparisons.df}, {}};
    for (const ControlComparison& one : comparisons.comparisons) {
        numbers.unitFree.insert(numbers.unitFree.end(), {one.t, one.p});
        numbers.inUnits.insert(numbers.inUnits.end(), {one.diff, one.lo, one.hi});
    }
    return numbers;
}

Numbers bestNumbers(const HsuMcb& best) {
    Numbers numbers{{best.criticalValue, best.df}, {best.margin}};
    for (std::size_t i = 0; i < best.lo.size(); ++i) {
        numbers.unitFree.push_back(best.candidate[i] ? 1 : 0);
        numbers.inUnits.insert(numbers.inUnits.end(),
                               {best.diffToBestOther[i], best.lo[i], best.hi[i]});
    }
    return numbers;
}

Numbers standardized(const StandardizedDifference& effect) {
    return {{effect.t, effect.p, effect.d, effect.g, effect.dInterval.lower, effect.dInterval.upper,
             effect.gInterval.lower, effect.gInterval.upper},
            {effect.meanDifference, effect.sd}};
}

Numbers factorialNumbers(const FactorialAnova& anova) {
    Numbers numbers;
    for (const FactorialEffect& effect : anova.effects) {
        numbers.unitFree.insert(numbers.unitFree.end(), {effect.f, effect.p, effect.partialEta2,
                                                         effect.partialOmega2, effect.eta2});
    }
    return numbers;
}

/// The rows as cells of a factorial with two levels of a, the columns as blocks.
struct Cells {
    std::vector<std::size_t> a, b, block;
    std::vector<double> y;

    void add(std::size_t cell, std::size_t cells, std::size_t blockIndex, double value) {
        const std::size_t levels = (cells + 1) / 2;
        a.push_back(cell / levels);
        b.push_back(cell % levels);
        block.push_back(blockIndex);
        y.push_back(value);
    }
};

Cells cellsOfGroups(const Table& groups) {
    Cells cells;
    for (std::size_t g = 0; g < groups.size(); ++g)
        for (std::size_t i = 0; i < groups[g].size(); ++i)
            cells.add(g, groups.size(), i, groups[g][i]);
    return cells;
}

Cells cellsOfBlocks(const Table& blocks) {
    Cells cells;
    for (std::size_t s = 0; s < blocks.size(); ++s)
        for (std::size_t c = 0; c < blocks[s].size(); ++c)
            cells.add(c, blocks[s].size(), s, blocks[s][c]);
    return cells;
}

Function twoWay(SumOfSquares type) {
    return {"twoWayAnova", [type](const Table& groups) {
                const Cells cells = cellsOfGroups(groups);
                return factorialNumbers(twoWayAnova({cells.a, cells.b, cells.y, {}}, type));
            }};
}

Numbers trendNumbers(const Jonckheere& trend) {
    Numbers numbers{{trend.j, trend.z, trend.asymptotic.two}, {}};
    if (trend.exact) numbers.unitFree.push_back(trend.exact->two);
    return numbers;
}

Numbers descriptiveNumbers(const Descriptives& got) {
    Numbers numbers{{},
                    {got.sd, got.standardError, got.medianAbsoluteDeviation,
                     got.meanInterval.upper - got.mean, got.upperQuartile - got.median}};
    for (const auto& moment :
         {got.skewness, got.excessKurtosis, got.unbiasedSkewness, got.unbiasedExcessKurtosis}) {
        if (moment) numbers.unitFree.push_back(*moment);
    }
    return numbers;
}

using Functions = std::vector<Function>;

Functions anovasOfGroups() {
    return {
        {"oneWayAnova",
         [](const Table& groups) {
             const OneWayAnova got = oneWayAnova(groups, 0.9);
             return Numbers{{got.f, got.p, got.eta2, got.omega2, got.epsilon2, got.cohenF,
                             got.ncp.lower, got.ncp.upper},
                            {got.residualSd}};
         }},
        {"welchAnova",
         [](const Table& groups) {
             const auto got = welchAnova(groups);
             return Numbers{{got.f, got.df1, got.df2, got.p}, {}};
         }},
        {"brownForsytheMeans",
         [](const Table& groups) {
             const auto got = brownForsytheMeans(groups);
             return Numbers{{got.f, got.df1, got.df2, got.p}, {}};
         }},
        twoWay(SumOfSquares::Sequential),
        twoWay(SumOfSquares::Marginal),
        twoWay(SumOfSquares::Partial),
    };
}

Functions assumptionTests() {
    return {
        {"leveneTest",
         [](const Table& groups) {
             const auto mean = leveneTest(groups, Centre::Mean);
             const auto median = leveneTest(groups, Centre::Median);
             return Numbers{{mean.f, mean.p, median.f, median.p}, {}};
         }},
        {"bartlettTest",
         [](const Table& groups) {
             const auto got = bartlettTest(groups);
             return Numbers{{got.k2, got.p}, {}};
         }},
        {"shapiroWilkOfResiduals",
         [](const Table& groups) {
             const auto got = shapiroWilkOfResiduals(groups);
             return Numbers{{got.w, got.p}, {}};
         }},
    };
}

Functions rankTestsOfGroups() {
    return {
        {"kruskalWallis",
         [](const Table& groups) {
             const auto got = kruskalWallis(groups);
             return Numbers{{got.h, got.p, got.epsilonSquared, got.etaSquaredH}, {}};
         }},
        {"kruskalWallisExact",
         [](const Table& groups) {
             const auto got = kruskalWallisExact(groups);
             return Numbers{{got.h, got.p}, {}};
         }},
        {"jonckheere", [](const Table& groups) { return trendNumbers(jonckheere(groups)); }},
    };
}

Functions comparisonsOfGroups() {
    return {
        {"tukeyHsd", [](const Table& groups) { return pairNumbers(tukeyHsd(groups, 0.05)); }},
        {"gamesHowell", [](const Table& groups) { return pairNumbers(gamesHowell(groups, 0.05)); }},
        {"pairwiseTPooled",
         [](const Table& groups) { return pairNumbers(pairwiseTPooled(groups, 0.95)); }},
        {"pairwiseTWelch",
         [](const Table& groups) { return pairNumbers(pairwiseTWelch(groups, 0.95)); }},
        {"dunnett",
         [](const Table& groups) { return controlNumbers(dunnett(groups, 0, Sides::Two, 0.05)); }},
        {"hsuMcb",
         [](const Table& groups) { return bestNumbers(hsuMcb(groups, Best::Smallest, 0.05)); }},
        {"bootstrapArgminIndependent",
         [](const Table& groups) {
             return Numbers{bootstrapArgminIndependent(groups, {.resamples = 500}).pBest, {}};
         }},
    };
}

Functions anovasOfBlocks() {
    return {
        {"blockAnova",
         [](const Table& blocks) {
             const BlockAnova got = blockAnova(blocks);
             return Numbers{
                 {got.f, got.p, got.fBlocks, got.pBlocks, got.greenhouseGeisser,
                  got.pGreenhouseGeisser, got.huynhFeldt.value_or(1), got.pHuynhFeldt.value_or(1),
                  got.partialEta2, got.generalizedEta2, got.relativeEfficiency},
                 {}};
         }},
        {"twoWayBlockAnova",
         [](const Table& blocks) {
             const Cells cells = cellsOfBlocks(blocks);
             return factorialNumbers(twoWayBlockAnova({cells.a, cells.b, cells.y, cells.block}));
         }},
        {"twoWayWithinAnova",
         [](const Table& blocks) {
             const Cells cells = cellsOfBlocks(blocks);
             return factorialNumbers(twoWayWithinAnova({cells.a, cells.b, cells.y, cells.block}));
         }},
    };
}

Functions rankTestsOfBlocks() {
    return {
        {"friedman",
         [](const Table& blocks) {
             const Friedman got = friedman(blocks);
             Numbers numbers{{got.q, got.p, got.kendallW}, {}};
             if (const auto& iman = got.imanDavenport) {  // none where all rows agree
                 numbers.unitFree.push_back(iman->f);
                 numbers.unitFree.push_back(iman->p);
             }
             return numbers;
         }},
        {"friedmanExact",
         [](const Table& blocks) {
             const auto got = friedmanExact(blocks);
             return Numbers{{got.q, got.p}, {}};
         }},
        {"page",
         [](const Table& blocks) {
             const Page got = page(blocks);
             return Numbers{{got.l, got.z, got.pAsymptotic, got.pExact.value_or(-1)}, {}};
         }},
        {"nemenyi",
         [](const Table& blocks) {
             Numbers numbers = pairNumbers(nemenyi(blocks, 0.05).comparisons);
             numbers.inUnits.clear();  // mean ranks have no units
             return numbers;
         }},
    };
}

Functions comparisonsOfBlocks() {
    return {
        {"tukeyHsdOnBlocks",
         [](const Table& blocks) { return pairNumbers(tukeyHsdOnBlocks(blocks, 0.05)); }},
        {"pairwiseTPaired",
         [](const Table& blocks) { return pairNumbers(pairwiseTPaired(blocks, 0.95)); }},
        {"dunnettOnBlocks",
         [](const Table& blocks) {
             return controlNumbers(dunnettOnBlocks(blocks, 1, Sides::Two, 0.05));
         }},
        {"hsuMcbOnBlocks",
         [](const Table& blocks) {
             return bestNumbers(hsuMcbOnBlocks(blocks, Best::Smallest, 0.05));
         }},
        {"bootstrapArgmin",
         [](const Table& blocks) {
             return Numbers{bootstrapArgmin(blocks, {.resamples = 500}).pBest, {}};
         }},
    };
}

Functions joined(const std::vector<Functions>& lists) {
    Functions all;
    for (const Functions& list : lists) all.insert(all.end(), list.begin(), list.end());
    return all;
}

}  // namespace

const std::vector<Function>& onGroups() {
    static const Functions functions =
        joined({anovasOfGroups(), assumptionTests(), rankTestsOfGroups(), comparisonsOfGroups()});
    return functions;
}

const std::vector<Function>& onBlocks() {
    static const Functions functions =
        joined({anovasOfBlocks(), rankTestsOfBlocks(), comparisonsOfBlocks()});
    return functions;
}

const std::vector<Function>& onPairs() {
    static const std::vector<Function> functions{
        {"cohensD", [](const Table& two) { return standardized(cohensD(two[0], two[1], 0.95)); }},
        {"cohensDPaired",
         [](const Table& two) { return standardized(cohensDPaired(two[0], two[1], 0.95)); }},
        {"mannWhitney",
         [](const Table& two) {
             const auto got = mannWhitney(two[0], two[1]);
             return Numbers{{got.u, got.p, got.floorP}, {}};
         }},
        {"wilcoxonSigned",
         [](const Table& two) {
             const auto got = wilcoxonSigned(two[0], two[1]);
             return Numbers{{got.v, got.p, got.floorP}, {}};
         }},
        {"spearman",
         [](const Table& two) {
             const auto got = spearman(two[0], two[1]);
             return Numbers{{got.rho, got.s, got.pStudent.value_or(-1)}, {}};
         }},
        {"kendall",
         [](const Table& two) {
             const auto got = kendall(two[0], two[1]);
             return Numbers{{got.tauB, got.s, got.z, got.pAsymptotic}, {}};
         }},
        {"tostIndependent",
         [](const Table& two) {
             const auto got = tostIndependent(two[0], two[1], -1e-9, 1e-9, 0.05);
             return Numbers{{got.df}, {got.diff, got.se, got.lo, got.hi}};
         }},
        {"tostPaired", [](const Table& two) {
             const auto got = tostPaired(two[0], two[1], -1e-9, 1e-9, 0.05);
             return Numbers{{got.df}, {got.diff, got.se, got.lo, got.hi}};
         }}};
    return functions;
}

const std::vector<Function>& onSamples() {
    static const std::vector<Function> functions{
        {"describe", [](const Table& one) { return descriptiveNumbers(describe(one[0], 0.95)); }},
        {"shapiroWilk",
         [](const Table& one) {
             const auto got = shapiroWilk(one[0]);
             return Numbers{{got.w, got.p}, {}};
         }},
        {"bootstrapIntervals",
         [](const Table& one) {
             const auto got = bootstrapMean(one[0], {0.9, 200, 7});
             // not BCa: whether a resample ties with the estimate is a matter of rounding
             return Numbers{
                 {got.acceleration},
                 {got.percentile.lower - got.estimate, got.percentile.upper - got.estimate}};
         }},
        {"normalQqPoints", [](const Table& one) {
             const auto got = normalQqPoints(one[0]);
             return Numbers{got.theoretical, {got.slope}};
         }}};
    return functions;
}

std::vector<Function> all() {
    return joined({onGroups(), onBlocks(), onPairs(), onSamples()});
}

}  // namespace families

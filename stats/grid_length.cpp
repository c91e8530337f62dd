// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_length.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "stats/distributions.h"
#include "stats/grid_answers.h"
#include "stats/grid_cells.h"
#include "stats/grid_power.h"
#include "stats/grid_sentences.h"

namespace stats {
namespace {

using Table = std::vector<std::vector<double>>;

/// Simultaneous intervals by Bonferroni's inequality, each at 1 - alpha / number of pairs.
std::vector<Interval> bonferroniIntervals(const PairComparisons& comparisons, double alpha) {
    const double share = alpha / static_cast<double>(comparisons.pairs.size());
    std::vector<Interval> intervals;
    double df = 0;
    double critical = 0;
    for (const PairComparison& pair : comparisons.pairs) {
        if (pair.df != df) critical = studentTQuantileUpper(share / 2, pair.df);
        df = pair.df;
        const double half = critical * pair.se;
        intervals.push_back({pair.diff - half, pair.diff + half});
    }
    return intervals;
}

Computed<AdjustedPairs> adjusted(Computed<PairComparisons> pairs, double alpha) {
    Computed<AdjustedPairs> result;
    result.whyNot = std::move(pairs.whyNot);
    if (!pairs) return result;
    AdjustedPairs all;
    all.bonferroni = adjustedP(*pairs, Adjustment::Bonferroni);
    all.holm = adjustedP(*pairs, Adjustment::Holm);
    all.hochberg = adjustedP(*pairs, Adjustment::Hochberg);
    all.hommel = adjustedP(*pairs, Adjustment::Hommel);
    all.benjaminiHochberg = adjustedP(*pairs, Adjustment::BenjaminiHochberg);
    all.benjaminiYekutieli = adjustedP(*pairs, Adjustment::BenjaminiYekutieli);
    all.bonferroniIntervals = bonferroniIntervals(*pairs, alpha);
    all.comparisons = std::move(*pairs.value);
    result.value = std::move(all);
    return result;
}

RatioTrend predictedTrend(double length, const GridAnalysisOptions& options) {
    if (length <= options.shortUpTo) return RatioTrend::Falling;
    return length > options.mediumUpTo ? RatioTrend::Rising : RatioTrend::None;
}

void describeCells(const GridTable& table, std::size_t length, const GridAnalysisOptions& options,
                   LengthAnalysis& result) {
    for (std::size_t r = 0; r < table.keepRatios.size(); ++r) {
        result.cells.push_back(
            summariseCell(table.cell(length, r), table.keepRatios[r], options.confidence));
    }
    if (table.hasDense()) {
        result.dense = summariseCell(table.denseCell(length), 1, options.confidence);
        result.dense->dense = true;
    }
    const CellSummary* baseline = nullptr;
    for (const CellSummary& cell : result.cells) {
        if (std::abs(cell.keepRatio - options.baselineRatio) < 1e-9) baseline = &cell;
    }
    const auto improve = [](const CellSummary& cell, const CellSummary* from) {
        std::optional<double> improvement;
        if (from != nullptr && from->mean && cell.mean && *from->mean != 0) {
            improvement = (*from->mean - *cell.mean) / *from->mean;
        }
        return improvement;
    };
    for (CellSummary& cell : result.cells) {
        cell.improvement = improve(cell, baseline);
        if (result.dense) cell.improvementOverDense = improve(cell, &*result.dense);
    }
    if (result.dense) result.dense->improvement = improve(*result.dense, baseline);
}

void lookAtLength(const GridTable& table, std::size_t length, const GridAnalysisOptions& options,
                  LengthAnalysis& result) {
    if (options.missingRuns == MissingRuns::Expected)
        result.looks = interimLooks(table, std::array{length}, options.alpha);
    result.level = levelAt(result.looks.runs, options.alpha);
    result.blockedLevel = levelAt(result.looks.blocks, options.alpha);
}

void testIndependent(const Table& groups, const GridAnalysisOptions& options,
                     LengthAnalysis& result) {
    result.oneWay = computed([&] { return oneWayAnova(groups, 1 - 2 * options.alpha); });
    result.welch = computed([&] { return welchAnova(groups); });
    result.brownForsythe = computed([&] { return brownForsytheMeans(groups); });
    result.kruskal = computed([&] { return kruskalWallis(groups); });
    result.kruskalExact = computed([&] { return kruskalWallisExact(groups); });
    result.tukey = computed([&] { return tukeyHsd(groups, options.alpha); });
    result.gamesHowell = computed([&] { return gamesHowell(groups, options.alpha); });
    result.pooledT = adjusted(computed([&] { return pairwiseTPooled(groups, options.confidence); }),
                              options.alpha);
    result.welchT = adjusted(computed([&] { return pairwiseTWelch(groups, options.confidence); }),
                             options.alpha);
    result.mcb = computed([&] { return hsuMcb(groups, Best::Smallest, options.alpha); });
    result.shapiro = computed([&] { return shapiroWilkOfResiduals(groups); });
    result.jonckheere = computed([&] { return jonckheere(groups); });
    result.equalVariances = computed([&] { return leveneTest(groups, Centre::Median); });
    result.leveneMean = computed([&] { return leveneTest(groups, Centre::Mean); });
    result.bartlett = computed([&] { return bartlettTest(groups); });
    const bool balanced = std::all_of(groups.begin(), groups.end(), [&](const auto& group) {
        return group.size() == groups[0].size();
    });
    if (!balanced) {
        result.bayes.whyNot = "needs equally many runs in every cell";
    } else if (!result.oneWay) {
        result.bayes.whyNot = result.oneWay.whyNot;
    } else {
        result.bayes = computed([&] {
            return bayesFactorAnova(result.oneWay->f, static_cast<double>(groups[0].size()),
                                    static_cast<double>(groups.size()), 0.5);
        });
    }
}

void testBlocked(const Table& blocks, const GridAnalysisOptions& options, LengthAnalysis& result) {
    result.blocked = computed([&] { return blockAnova(blocks); });
    result.friedman = computed([&] { return friedman(blocks); });
    result.friedmanExact = computed([&] { return friedmanExact(blocks); });
    Table reversed = blocks;
    for (auto& row : reversed) std::reverse(row.begin(), row.end());
    result.pageRising = computed([&] { return page(blocks); });
    result.pageFalling = computed([&] { return page(reversed); });
    result.nemenyi = computed([&] { return nemenyi(blocks, options.alpha); });
    result.tukeyBlocked = computed([&] { return tukeyHsdOnBlocks(blocks, options.alpha); });
    result.pairedT = adjusted(computed([&] { return pairwiseTPaired(blocks, options.confidence); }),
                              options.alpha);
    result.mcbBlocked =
        computed([&] { return hsuMcbOnBlocks(blocks, Best::Smallest, options.alpha); });
    if (options.bootstrapping == Bootstrapping::Off) {
        result.probabilityOfBest.whyNot = "the bootstrap is switched off";
    } else {
        result.probabilityOfBest =
            computed([&] { return bootstrapArgmin(blocks, options.bootstrap); });
    }
}

void compareWithControls(const GridTable& table, std::size_t length, const Table& groups,
                         const Table& blocks, const GridAnalysisOptions& options,
                         LengthAnalysis& result) {
    if (!result.baseline) {
        result.dunnett.whyNot = "the baseline ratio has no finished run at this length";
        result.dunnettBlocked.whyNot = result.dunnett.whyNot;
        result.dunnettSmaller.whyNot = result.dunnett.whyNot;
    } else {
        const std::size_t control = *result.baseline;
        result.dunnett =
            computed([&] { return dunnett(groups, control, Sides::Two, options.alpha); });
        result.dunnettBlocked =
            computed([&] { return dunnettOnBlocks(blocks, control, Sides::Two, options.alpha); });
        result.dunnettSmaller =
            computed([&] { return dunnett(groups, control, Sides::Less, options.alpha); });
    }
    if (!result.dense || result.dense->done == 0) {
        result.dunnettDense.whyNot = "there is no finished dense reference at this length";
        result.dunnettDenseBlocked.whyNot = result.dunnettDense.whyNot;
        return;
    }
    Table withDense = groups;
    withDense.push_back(result.dense->losses);
    const auto seeds = completeSeeds(table, length, result.usedRatios, GridTable::Dense::With);
    const Table denseBlocks =
        blocksOf(table, length, result.usedRatios, seeds, GridTable::Dense::With);
    const std::size_t control = groups.size();
    result.dunnettDense =
        computed([&] { return dunnett(withDense, control, Sides::Two, options.alpha); });
    result.dunnettDenseBlocked =
        computed([&] { return dunnettOnBlocks(denseBlocks, control, Sides::Two, options.alpha); });
}

void measureEffects(const Table& groups, const Table& blocks, const GridAnalysisOptions& options,
                    LengthAnalysis& result) {
    const auto column = [&](std::size_t cell) {
        std::vector<double> values;
        for (const auto& row : blocks) values.push_back(row[cell]);
        return values;
    };
    for (std::size_t i = 0; i < groups.size(); ++i) {
        for (std::size_t j = i + 1; j < groups.size(); ++j) {
            PairEffect effect{.i = i, .j = j, .independent = {}, .paired = {}};
            effect.independent =
                computed([&] { return cohensD(groups[j], groups[i], options.confidence); });
            effect.paired =
                computed([&] { return cohensDPaired(column(j), column(i), options.confidence); });
            result.effects.push_back(std::move(effect));
        }
    }
}

void findBest(LengthAnalysis& result) {
    for (std::size_t u = 0; u < result.usedRatios.size(); ++u) {
        const double loss = *result.cells[result.usedRatios[u]].mean;
        if (!result.best || loss < *result.cells[result.usedRatios[*result.best]].mean) {
            result.best = u;
        }
    }
    if (!result.best) return;
    const std::size_t best = result.usedRatios[*result.best];
    result.bestOnEdge = result.cells.size() > 2 && (best == 0 || best + 1 == result.cells.size());
}

/// Tukey's p of this position against the best; 1 for the best itself.
double separationP(const LengthAnalysis& result, std::size_t position) {
    for (const PairComparison& pair : result.tukey->pairs)
        if ((pair.i == position && pair.j == *result.best) ||
            (pair.j == position && pair.i == *result.best))
            return pair.p;
    return 1;
}

/// The ratios that may still be the best at the level of this look: those that Hsu's comparisons on
/// the block model, else plain, do not exclude, else those that Tukey's do not separate from the
/// smallest mean.
void findBestSet(LengthAnalysis& result) {
    findBest(result);
    if (!result.best) return;
    const Computed<HsuMcb>& mcb = result.mcbBlocked ? result.mcbBlocked : result.mcb;
    if (mcb) {
        result.bestSetMethod = result.mcbBlocked
                                   ? "Hsu's comparisons with the best on the block model"
                                   : "Hsu's comparisons with the best";
        const double level = result.mcbBlocked ? result.blockedLevel : result.level;
        for (std::size_t u = 0; u < mcb->p.size(); ++u) {
            if (mcb->p[u] >= level || u == *result.best) result.notDistinguishable.push_back(u);
        }
    } else if (result.tukey) {
        result.bestSetMethod = "Tukey-Kramer comparisons with the smallest mean";
        for (std::size_t u = 0; u < result.usedRatios.size(); ++u) {
            if (separationP(result, u) >= result.level) result.notDistinguishable.push_back(u);
        }
    } else {
        result.bestSetMethod = "none: too few runs to separate any ratio";
        for (std::size_t u = 0; u < result.usedRatios.size(); ++u) {
            result.notDistinguishable.push_back(u);
        }
    }
}

void compareBestWithBaseline(const Table& blocks, const GridAnalysisOptions& options,
                             LengthAnalysis& result) {
    Computed<Tost>& test = result.equivalenceToBaseline;
    if (!options.smallestEffect) {
        test.whyNot = "no smallest effect of interest is stated";
    } else if (!result.baseline || !result.best) {
        test.whyNot = "the baseline ratio has no finished run at this length";
    } else if (*result.baseline == *result.best) {
        test.whyNot = "the baseline itself has the smallest mean";
    } else {
        std::vector<double> best;
        std::vector<double> baseline;
        for (const auto& row : blocks) {
            best.push_back(row[*result.best]);
            baseline.push_back(row[*result.baseline]);
        }
        test = computed([&] {
            return tostPaired(best, baseline, -*options.smallestEffect, *options.smallestEffect,
                              options.alpha);
        });
    }
}

}  // namespace

LengthAnalysis analyseLength(const GridTable& table, std::size_t length,
                             const GridAnalysisOptions& options) {
    LengthAnalysis result;
    result.length = table.lengths[length];
    result.predictedTrend = predictedTrend(result.length, options);
    describeCells(table, length, options, result);
    result.usedRatios = finishedRatios(table, length);
    const auto seeds = result.usedRatios.empty() ? std::vector<std::size_t>{}
                                                 : completeSeeds(table, length, result.usedRatios);
    result.blockSeeds = seedNames(table, seeds);
    for (std::size_t u = 0; u < result.usedRatios.size(); ++u) {
        const double ratio = table.keepRatios[result.usedRatios[u]];
        if (std::abs(ratio - options.baselineRatio) < 1e-9) result.baseline = u;
    }
    lookAtLength(table, length, options, result);
    const Table groups = groupsOf(table, length, result.usedRatios);
    const Table blocks = blocksOf(table, length, result.usedRatios, seeds);
    testIndependent(groups, options, result);
    testBlocked(blocks, options, result);
    compareWithControls(table, length, groups, blocks, options, result);
    measureEffects(groups, blocks, options, result);
    result.residuals = computed([&] { return residualPlot(table, length, result.usedRatios); });
    findBestSet(result);
    result.power = powerOfCells(groups, options);
    result.seeds = seedsToSeparateRatios(result, options);
    compareBestWithBaseline(blocks, options, result);
    result.sentence = lengthSentence(result);
    result.answer = lengthAnswer(result, options);
    return result;
}

}  // namespace stats

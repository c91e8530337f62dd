// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_analysis.h"

#include <algorithm>

#include "stats/arguments.h"
#include "stats/grid_answers.h"
#include "stats/grid_cells.h"
#include "stats/grid_sentences.h"
#include "stats/grid_verdicts.h"

namespace stats {
namespace {

void checkOptions(const GridAnalysisOptions& options) {
    requireInsideUnit("analyseGrid", "alpha", options.alpha);
    if (options.alpha >= 0.5) refuse("analyseGrid", "alpha", "must be below 0.5");
    requireInsideUnit("analyseGrid", "confidence", options.confidence);
    requireInsideUnit("analyseGrid", "targetPower", options.targetPower);
    requirePositive("analyseGrid", "mediumF", options.mediumF);
    if (options.smallestEffect) {
        requirePositive("analyseGrid", "smallestEffect", *options.smallestEffect);
    }
}

GridCounts countRuns(const std::vector<GridRun>& runs) {
    GridCounts counts;
    for (const GridRun& run : runs) {
        if (run.state != RunState::Unplanned) ++counts.planned;
        if (run.state == RunState::Done) ++counts.done;
        if (run.state == RunState::Failed) ++counts.failed;
        if (run.state == RunState::Missing) ++counts.missing;
    }
    return counts;
}

void lookAtGrid(const GridTable& table, GridAnalysis& result) {
    std::vector<std::size_t> lengths(table.lengths.size());
    for (std::size_t l = 0; l < lengths.size(); ++l) lengths[l] = l;
    if (result.options.missingRuns == MissingRuns::Expected) {
        result.looks = interimLooks(table, lengths, result.options.alpha);
    }
    result.interim = result.looks.runs;
    result.level = levelAt(result.looks.runs, result.options.alpha);
    result.blockedLevel = levelAt(result.looks.blocks, result.options.alpha);
}

void findCommonCells(const GridTable& table, GridAnalysis& result) {
    std::vector<std::size_t> ratios(table.keepRatios.size());
    for (std::size_t r = 0; r < ratios.size(); ++r) ratios[r] = r;
    for (std::size_t l = 0; l < table.lengths.size(); ++l) {
        const auto finished = finishedRatios(table, l);
        if (finished.empty()) continue;
        result.usedLengths.push_back(l);
        std::erase_if(ratios, [&](std::size_t r) {
            return std::find(finished.begin(), finished.end(), r) == finished.end();
        });
    }
    if (!result.usedLengths.empty()) result.usedRatios = ratios;
}

std::vector<std::size_t> seedsCompleteEverywhere(const GridTable& table,
                                                 const GridAnalysis& analysis) {
    std::vector<std::size_t> seeds;
    if (analysis.usedRatios.empty()) return seeds;
    for (std::size_t s = 0; s < table.seeds.size(); ++s) seeds.push_back(s);
    for (const std::size_t l : analysis.usedLengths) {
        const auto here = completeSeeds(table, l, analysis.usedRatios);
        std::erase_if(seeds, [&](std::size_t s) {
            return std::find(here.begin(), here.end(), s) == here.end();
        });
    }
    return seeds;
}

/// One entry per run; owns what the Factorial view points at.
struct FactorialRuns {
    std::vector<std::size_t> a, b, block;
    std::vector<double> y;

    Factorial view() const { return {a, b, y, {}}; }
    Factorial blocked() const { return {a, b, y, block}; }
};

FactorialRuns collectRuns(const GridTable& table, const GridAnalysis& analysis,
                          std::span<const std::size_t> seeds) {
    FactorialRuns runs;
    for (std::size_t l = 0; l < analysis.usedLengths.size(); ++l) {
        for (std::size_t r = 0; r < analysis.usedRatios.size(); ++r) {
            for (std::size_t s = 0; s < seeds.size(); ++s) {
                const GridRun& run =
                    table.at(analysis.usedLengths[l], analysis.usedRatios[r], seeds[s]);
                if (run.state != RunState::Done) continue;
                runs.a.push_back(l);
                runs.b.push_back(r);
                runs.block.push_back(s);
                runs.y.push_back(run.loss);
            }
        }
    }
    return runs;
}

void analyseFactors(const GridTable& table, std::span<const std::size_t> completed,
                    GridAnalysis& result) {
    std::vector<std::size_t> everySeed(table.seeds.size());
    for (std::size_t s = 0; s < everySeed.size(); ++s) everySeed[s] = s;
    const FactorialRuns all = collectRuns(table, result, everySeed);
    const auto ofType = [&](SumOfSquares type) {
        return computed([&] { return twoWayAnova(all.view(), type); });
    };
    result.twoWaySequential = ofType(SumOfSquares::Sequential);
    result.twoWayMarginal = ofType(SumOfSquares::Marginal);
    result.twoWayPartial = ofType(SumOfSquares::Partial);
    const FactorialRuns complete = collectRuns(table, result, completed);
    if (completed.size() < 2) {
        result.twoWayBlocked.whyNot =
            "needs two seeds complete in every cell, has " + std::to_string(completed.size());
        result.twoWayWithin.whyNot = result.twoWayBlocked.whyNot;
        return;
    }
    result.twoWayBlocked = computed([&] { return twoWayBlockAnova(complete.blocked()); });
    result.twoWayWithin = computed([&] { return twoWayWithinAnova(complete.blocked()); });
}

/// Twice the index of the smallest loss over the used ratios; the middle of first and last for
/// ties.
std::int64_t doubledBestIndex(const GridTable& table, const GridAnalysis& analysis,
                              std::size_t length, std::size_t seed) {
    std::size_t first = 0;
    std::size_t last = 0;
    double smallest = 0;
    for (std::size_t r = 0; r < analysis.usedRatios.size(); ++r) {
        const double loss = table.at(length, analysis.usedRatios[r], seed).loss;
        if (r == 0 || loss < smallest) {
            first = last = r;
            smallest = loss;
        } else if (loss == smallest) {
            last = r;
        }
    }
    return static_cast<std::int64_t>(first + last);
}

void analyseTrend(const GridTable& table, std::span<const std::size_t> completed,
                  GridAnalysis& result) {
    OptimumTrend& trend = result.trend;
    trend.seeds = result.blockSeeds;
    if (completed.empty() || result.usedLengths.size() < 2 || result.usedRatios.size() < 2) {
        trend.page.whyNot =
            "needs a seed that is complete in every cell, two lengths and two ratios";
        trend.permutation.whyNot = trend.page.whyNot;
        return;
    }
    std::vector<std::vector<double>> fromLongest;  // Page predicts an increase in this order
    for (const std::size_t s : completed) {
        auto& row = trend.doubledBestIndex.emplace_back();
        for (const std::size_t l : result.usedLengths) {
            row.push_back(doubledBestIndex(table, result, l, s));
        }
        fromLongest.emplace_back(row.rbegin(), row.rend());
    }
    trend.page = computed([&] { return page(fromLongest); });
    trend.permutation = computed([&] { return argminTrend(trend.doubledBestIndex); });
}

}  // namespace

GridAnalysis analyseGrid(const GridTable& table, const GridAnalysisOptions& options) {
    checkTable(table);
    checkOptions(options);
    GridAnalysis result;
    result.options = options;
    result.lengths = table.lengths;
    result.keepRatios = table.keepRatios;
    result.counts = countRuns(table.runs);
    result.denseCounts = countRuns(table.dense);
    lookAtGrid(table, result);
    for (std::size_t l = 0; l < table.lengths.size(); ++l) {
        result.perLength.push_back(analyseLength(table, l, options));
    }
    findCommonCells(table, result);
    const auto completed = seedsCompleteEverywhere(table, result);
    result.blockSeeds = seedNames(table, completed);
    analyseFactors(table, completed, result);
    analyseTrend(table, completed, result);
    result.verdicts = judgeHypotheses(table, result);
    result.interactionSentence = interactionSentence(result);
    result.interimSentence = interimSentence(result);
    result.plan = planAnswer(table, options);
    result.answer = gridAnswer(result);
    result.fallingAnswer = fallingAnswer(result);
    return result;
}

}  // namespace stats

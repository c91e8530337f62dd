// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stats/anova_block.h"
#include "stats/anova_oneway.h"
#include "stats/argmin_bootstrap.h"
#include "stats/bayes_factors.h"
#include "stats/computed.h"
#include "stats/descriptives.h"
#include "stats/dunnett.h"
#include "stats/effect_size.h"
#include "stats/equivalence.h"
#include "stats/friedman.h"
#include "stats/grid_interim.h"
#include "stats/grid_residuals.h"
#include "stats/grid_seeds.h"
#include "stats/grid_table.h"
#include "stats/hsu_mcb.h"
#include "stats/jonckheere.h"
#include "stats/kruskal.h"
#include "stats/nemenyi.h"
#include "stats/page.h"
#include "stats/pairwise_t.h"
#include "stats/shapiro_wilk.h"
#include "stats/tukey.h"
#include "stats/variance_tests.h"

namespace stats {

enum class Bootstrapping { Off, On };

/// What a missing run means: the study goes on (an interim look), or there will be no such run.
enum class MissingRuns { Expected, Absent };

/// How the stated hypotheses expect the loss of one length to move with the keep ratio: short
/// sequences favour a high ratio (the loss falls), long ones a low ratio (it rises), medium ones a
/// moderate ratio (no trend).
enum class RatioTrend { None, Falling, Rising };

struct GridAnalysisOptions {
    double alpha = 0.05;
    double confidence = 0.95;    ///< of means, pairwise t and effect sizes
    double baselineRatio = 0.5;  ///< the earlier experiments' fixed keep ratio
    double targetPower = 0.8;
    double mediumF = 0.25;    ///< Cohen's medium effect
    double shortUpTo = 128;   ///< lengths of the first hypothesis (tokens)
    double mediumUpTo = 512;  ///< lengths above shortUpTo of the second; longer: the third
    double lowBelow = 0.4;    ///< keep ratios below it count as low
    double highAbove = 0.7;   ///< above it as high; between them as moderate
    /// Smallest difference of mean loss that matters (nats per token); without it no equivalence
    /// test.
    std::optional<double> smallestEffect;
    MissingRuns missingRuns = MissingRuns::Expected;
    Bootstrapping bootstrapping = Bootstrapping::On;
    BootstrapOptions bootstrap;
};

/// One cell, every planned run accounted for.
struct CellSummary {
    double keepRatio = 1;
    bool dense = false;
    std::size_t planned = 0;
    std::size_t done = 0;
    std::size_t failed = 0;
    std::size_t missing = 0;
    std::vector<double> losses;          ///< finished runs, in the order of the seeds
    std::optional<double> mean;          ///< with at least one finished run
    Computed<Descriptives> description;  ///< with at least two
    /// (baseline mean - mean) / baseline mean; above 0: better than the baseline.
    std::optional<double> improvement;
    std::optional<double> improvementOverDense;
};

/// t tests of all pairs with every adjustment, in the order of the pairs.
struct AdjustedPairs {
    PairComparisons comparisons;
    std::vector<double> bonferroni;
    std::vector<double> holm;
    std::vector<double> hochberg;
    std::vector<double> hommel;
    std::vector<double> benjaminiHochberg;
    std::vector<double> benjaminiYekutieli;
    /// Simultaneous 1 - alpha intervals: one excludes 0 exactly where bonferroni is below alpha.
    /// The other adjustments have no intervals that agree with them.
    std::vector<Interval> bonferroniIntervals;
};

/// Standardised difference of a pair of cells: mean_j - mean_i, positive where j has the larger
/// loss.
struct PairEffect {
    std::size_t i = 0;  ///< positions in LengthAnalysis::usedRatios
    std::size_t j = 0;
    Computed<StandardizedDifference> independent;  ///< d and g
    Computed<StandardizedDifference> paired;       ///< dz over the complete seeds
};

/// What the present number of runs can show; the same for every length of equal n.
struct LengthPower {
    std::size_t groups = 0;
    std::size_t n = 0;                 ///< runs per cell (smallest used cell)
    Computed<double> smallestF;        ///< one-way, at options.targetPower
    Computed<double> smallestD;        ///< two cells, independent runs
    Computed<double> smallestDz;       ///< two cells, paired by seed
    Computed<double> powerForMediumF;  ///< at the present n
    Computed<double> runsForMediumF;   ///< runs per cell for the target power
};

/// Everything about one sequence length. Indices i, j, group of the results are positions in
/// usedRatios; the dense reference, where it is the control, has the position after the last.
struct LengthAnalysis {
    double length = 0;
    std::vector<CellSummary> cells;  ///< one per keep ratio of the table
    std::optional<CellSummary> dense;
    std::vector<std::size_t> usedRatios;   ///< cells with at least one finished run
    std::vector<std::int64_t> blockSeeds;  ///< seeds finished in every used cell
    std::optional<std::size_t> baseline;   ///< position of the baseline in usedRatios
    InterimLooks looks;                    ///< while runs of this length are missing
    double level = 0.05;                   ///< p below it counts now: tests of single runs
    double blockedLevel = 0.05;            ///< the same for tests blocked on seed

    Computed<OneWayAnova> oneWay;
    Computed<BlockAnova> blocked;  ///< the default for verdicts
    Computed<UnequalVarianceAnova> welch;
    Computed<UnequalVarianceAnova> brownForsythe;
    Computed<Friedman> friedman;
    Computed<FriedmanExact> friedmanExact;
    Computed<KruskalWallis> kruskal;
    Computed<KruskalWallisExact> kruskalExact;
    Computed<BayesFactor> bayes;  ///< JZS, balanced one-way, scale 1/2

    RatioTrend predictedTrend = RatioTrend::None;
    Computed<Jonckheere> jonckheere;  ///< increasing: the loss rises with the keep ratio
    Computed<Page> pageRising;        ///< the same within seeds
    Computed<Page> pageFalling;       ///< columns from the largest to the smallest ratio

    Computed<PairComparisons> tukey;
    Computed<PairComparisons> tukeyBlocked;
    Computed<PairComparisons> gamesHowell;
    Computed<Nemenyi> nemenyi;
    Computed<AdjustedPairs> pooledT;
    Computed<AdjustedPairs> welchT;
    Computed<AdjustedPairs> pairedT;
    Computed<Dunnett> dunnett;  ///< against the baseline
    Computed<Dunnett> dunnettBlocked;
    Computed<Dunnett> dunnettSmaller;  ///< one-sided: a smaller loss than the baseline
    Computed<Dunnett> dunnettDense;    ///< against the dense reference
    Computed<Dunnett> dunnettDenseBlocked;
    Computed<HsuMcb> mcb;
    Computed<HsuMcb> mcbBlocked;
    std::vector<PairEffect> effects;  ///< of every pair, in the order of the pairs

    Computed<ShapiroWilk> shapiro;        ///< of the one-way residuals
    Computed<ResidualPlot> residuals;     ///< the same residuals, run by run
    Computed<LeveneTest> equalVariances;  ///< Brown-Forsythe (median)
    Computed<LeveneTest> leveneMean;      ///< about the mean
    Computed<BartlettTest> bartlett;
    LengthPower power;

    std::optional<std::size_t> best;              ///< position of the smallest mean
    Computed<ArgminBootstrap> probabilityOfBest;  ///< over complete seeds, per used ratio
    bool bestOnEdge = false;  ///< the best of three or more ratios is the grid's first or last
    /// Positions that may be the best at this look's level, best included.
    std::vector<std::size_t> notDistinguishable;
    std::string bestSetMethod;
    Computed<SeedsNeeded> seeds;           ///< that tell the ratios apart
    Computed<Tost> equivalenceToBaseline;  ///< best against baseline, paired by seed
    std::string sentence;                  ///< the finding in plain words
    std::string answer;                    ///< the same in a line or two; empty without a result
};

/// Analyses one length of a well-formed table.
LengthAnalysis analyseLength(const GridTable& table, std::size_t length,
                             const GridAnalysisOptions& options);

}  // namespace stats

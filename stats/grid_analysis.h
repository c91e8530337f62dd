// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stats/anova_twoway.h"
#include "stats/argmin_bootstrap.h"
#include "stats/argmin_trend.h"
#include "stats/computed.h"
#include "stats/grid_interim.h"
#include "stats/grid_length.h"
#include "stats/grid_seeds.h"
#include "stats/grid_table.h"
#include "stats/page.h"

namespace stats {

/// State of a hypothesis stated beforehand.
enum class VerdictState {
    Supported,
    Equivalent,          ///< the difference is smaller than the stated smallest effect
    Refuted,             ///< the opposite is significant
    NotDistinguishable,  ///< the data do not decide
    NotTestable,         ///< not enough runs, or no such length in the grid
};

const char* toText(VerdictState state);

/// Verdict on one hypothesis, with everything needed to report it.
struct Verdict {
    std::string id;  ///< "short", "medium", "long", "falling"
    std::string statement;
    std::string metric;     ///< what is measured, with its unit
    std::string direction;  ///< what the statement predicts of it
    VerdictState state = VerdictState::NotTestable;
    std::string method;
    std::size_t n = 0;  ///< seeds (blocks) used
    std::optional<double> df;
    std::string statisticName;
    std::optional<double> statistic;
    std::optional<double> p;             ///< two-sided for the contrasts, one-sided for the trend
    double level = 0.05;                 ///< p below it counts now: alpha, or the interim boundary
    std::optional<InterimLook> interim;  ///< while runs of the lengths concerned are missing
    std::optional<double> estimate;      ///< nats per token for the contrasts
    std::optional<Interval> interval;    ///< of the estimate, level 1 - alpha
    std::string sentence;         ///< plain words; says "not distinguishable" where that is so
    std::string whyNot;           ///< why it is not testable
    Computed<SeedsNeeded> seeds;  ///< that would decide it; none where it is decided
};

/// Where the optimum lies, seed by seed.
struct OptimumTrend {
    std::vector<std::int64_t> seeds;  ///< complete in every cell used
    /// [seed][length]: twice the index of the best ratio (first + last where several tie).
    std::vector<std::vector<std::int64_t>> doubledBestIndex;
    Computed<Page> page;  ///< columns from the longest to the shortest length
    Computed<ArgminTrend> permutation;
};

struct GridCounts {
    std::size_t planned = 0;
    std::size_t done = 0;
    std::size_t failed = 0;
    std::size_t missing = 0;
};

/// Everything that the workbench shows about a table of final losses.
struct GridAnalysis {
    GridAnalysisOptions options;
    std::vector<double> lengths;
    std::vector<double> keepRatios;
    GridCounts counts;  ///< sparse cells only
    GridCounts denseCounts;
    /// Looks at the tests over the whole grid; each length and verdict has its own.
    InterimLooks looks;
    std::optional<InterimLook> interim;  ///< looks.runs: present while any run is missing
    double level = 0.05;                 ///< p below it counts now: tests of all runs of the grid
    double blockedLevel = 0.05;          ///< the same for tests blocked on seed
    std::vector<LengthAnalysis> perLength;

    std::vector<std::size_t> usedLengths;       ///< lengths with any finished run
    std::vector<std::size_t> usedRatios;        ///< ratios with finished runs at each of them
    std::vector<std::int64_t> blockSeeds;       ///< seeds finished in every cell used
    Computed<FactorialAnova> twoWaySequential;  ///< a = length, b = keep ratio
    Computed<FactorialAnova> twoWayMarginal;
    Computed<FactorialAnova> twoWayPartial;
    Computed<FactorialAnova> twoWayBlocked;  ///< seed as block, one error term
    Computed<FactorialAnova> twoWayWithin;   ///< both factors within seed
    OptimumTrend trend;
    std::vector<Verdict> verdicts;  ///< short, medium, long, falling
    std::string interactionSentence;
    std::string interimSentence;  ///< every boundary of this look; empty once nothing is missing
    std::string plan;             ///< what the planned runs will tell
    std::string answer;           ///< the best ratio of every length; empty without a result
    std::string fallingAnswer;    ///< the verdict on the falling optimum in one line
};

/// Analyses the table; deterministic for a given options.bootstrap.seed. Failed and missing runs
/// are counted and left out; block methods use the seeds that are complete, and say how many.
/// Throws std::domain_error only where the table itself is malformed (sizes, order, values).
GridAnalysis analyseGrid(const GridTable& table, const GridAnalysisOptions& options);

}  // namespace stats

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "stats/grid_length.h"
#include "stats/p_adjust.h"

namespace ui {

/// How the keep ratios of one length are compared with one another.
enum class PairTest {
    TukeyBlocked,
    Tukey,
    GamesHowell,
    PairedT,
    PooledT,
    WelchT,
    DunnettBlocked,
    Dunnett,
    DunnettSmaller,  // one-sided
    DunnettDenseBlocked,
    DunnettDense,
    Nemenyi,
    HsuBlocked,
    Hsu,
};
std::span<const PairTest> allPairTests();
QString title(PairTest test);

/// For the t tests, which are adjusted afterwards for the number of pairs.
std::span<const stats::Adjustment> allAdjustments();
QString title(stats::Adjustment adjustment);
bool isAdjusted(PairTest test);
/// Whether the test compares all pairs; others compare every ratio with one control.
bool comparesAllPairs(PairTest test);
/// The test that says which ratios may be the best (LengthAnalysis::notDistinguishable).
PairTest bestSetTest(const stats::LengthAnalysis& length);

/// Stands for the dense reference or the best other ratio, whichever is the control.
inline constexpr std::size_t kOutsideRatios = static_cast<std::size_t>(-1);

/// mean(second) - mean(first), for Nemenyi of mean ranks; positions in LengthAnalysis::usedRatios.
struct PairRow {
    std::size_t first = 0;
    std::size_t second = 0;
    double difference = 0;
    std::optional<stats::Interval> interval;  // none where none agrees with p
    std::optional<double> statistic;
    std::optional<double> df;  // none: asymptotic
    std::optional<double> p;
    std::optional<bool> mayBeBest;  // Hsu's test only
};

struct PairRows {
    std::vector<PairRow> rows;
    std::string whyNot;        // why there are none
    std::optional<double> df;  // where all rows share it
    QString control;           // name of what kOutsideRatios stands for
};

/// p below it counts as significant at this look of the length: depends on whether the test is
/// blocked on seed.
double levelOf(const stats::LengthAnalysis& length, PairTest test);

PairRows pairRows(const stats::LengthAnalysis& length, PairTest test, stats::Adjustment adjustment);

/// What the test assumes and what its intervals hold for.
QString assumptions(PairTest test, stats::Adjustment adjustment);

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
// Looks at a study before all its runs are in: whose boundary is whose.
#include "stats/grid_interim.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "stats/alpha_spending.h"
#include "stats/grid_sheets.h"
#include "stats/number_text.h"
#include "tests/stats/made_grid.h"

namespace stats {
namespace {

constexpr std::size_t kRatios = 6;

void takeAway(GridTable& table, std::size_t length, std::size_t seed) {
    for (std::size_t r = 0; r < kRatios; ++r) table.at(length, r, seed).state = RunState::Missing;
}

double boundaryAt(double fraction) {
    const std::array times{fraction, 1.0};
    return alphaSpending(times, 0.05, LookSides::Two, Spending::OBrienFleming).nominalP[0];
}

bool says(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(GridInterim, EachLengthHasTheBoundaryOfItsOwnRuns) {
    GridTable table = makeGrid({64, 128, 256}, 4, 0.004, falling);
    takeAway(table, 1, 3);
    takeAway(table, 2, 2);
    takeAway(table, 2, 3);
    const GridAnalysis analysis = analyseGrid(table, {});
    EXPECT_FALSE(analysis.perLength[0].looks.runs) << "this length is finished";
    EXPECT_DOUBLE_EQ(analysis.perLength[0].level, 0.05);
    EXPECT_DOUBLE_EQ(analysis.perLength[1].looks.runs->informationFraction, 0.75);
    EXPECT_DOUBLE_EQ(analysis.perLength[2].looks.runs->informationFraction, 0.5);
    EXPECT_DOUBLE_EQ(analysis.perLength[1].level, boundaryAt(0.75));
    EXPECT_DOUBLE_EQ(analysis.perLength[2].level, boundaryAt(0.5));
    EXPECT_LT(analysis.perLength[2].level, analysis.perLength[1].level);
    EXPECT_DOUBLE_EQ(analysis.interim->informationFraction, 0.75);  // 54 of 72 in the grid
    EXPECT_DOUBLE_EQ(analysis.looks.blocks->informationFraction, 0.5);
    EXPECT_DOUBLE_EQ(analysis.blockedLevel, boundaryAt(0.5));
}

TEST(GridInterim, TestsWithSeedAsBlockCountCompleteSeeds) {
    GridTable table = makeGrid({64}, 3, 0.004, falling);
    table.at(0, 4, 2).state = RunState::Missing;
    const LengthAnalysis length = analyseGrid(table, {}).perLength[0];
    EXPECT_DOUBLE_EQ(length.looks.runs->informationFraction, 17.0 / 18);
    EXPECT_DOUBLE_EQ(length.looks.blocks->informationFraction, 2.0 / 3);
    EXPECT_EQ(length.blocked->blocks, 2U);
    EXPECT_LT(length.blockedLevel, length.level);
}

TEST(GridInterim, ARatioWithoutARunYetIsStillExpected) {
    GridTable table = makeGrid({64}, 3, 0.004, falling);
    for (std::size_t r = 2; r < kRatios; ++r)
        for (std::size_t s = 0; s < 3; ++s) table.at(0, r, s).state = RunState::Missing;
    const LengthAnalysis length = analyseGrid(table, {}).perLength[0];
    EXPECT_EQ(length.blockSeeds.size(), 3U) << "every seed is complete in the two ratios so far";
    EXPECT_DOUBLE_EQ(length.looks.blocks->informationFraction, 1.0 / 3);
}

TEST(GridInterim, AFailedOrUnplannedRunIsNotWaitedFor) {
    GridTable table = makeGrid({64}, 4, 0.004, falling);
    table.at(0, 1, 0).state = RunState::Failed;
    table.at(0, 2, 1).state = RunState::Unplanned;
    EXPECT_FALSE(analyseGrid(table, {}).interim);
    takeAway(table, 0, 3);
    const LengthAnalysis length = analyseGrid(table, {}).perLength[0];
    EXPECT_DOUBLE_EQ(length.looks.runs->informationFraction, 16.0 / 22);
    EXPECT_DOUBLE_EQ(length.looks.blocks->informationFraction, 0.5)
        << "seeds 0 and 1 can never be complete, so one of two is";
}

TEST(GridInterim, WithoutACompleteSeedNoBlockedPCounts) {
    GridTable table = makeGrid({64}, 2, 0.004, falling);
    table.at(0, 0, 0).state = RunState::Missing;
    table.at(0, 1, 1).state = RunState::Missing;
    const LengthAnalysis length = analyseGrid(table, {}).perLength[0];
    EXPECT_EQ(length.looks.blocks->nominalP, 0);
    EXPECT_EQ(length.blockedLevel, 0);
    EXPECT_EQ(interimText(*length.looks.blocks),
              "interim look at 0 % of the planned runs, no p counts yet");
}

TEST(GridInterim, AVerdictWaitsForTheRunsOfItsLengthsOnly) {
    GridTable table = makeGrid(kLengths, 4, 0.004, falling);
    takeAway(table, 4, 2);
    takeAway(table, 4, 3);
    const GridAnalysis analysis = analyseGrid(table, {});
    EXPECT_FALSE(verdictOf(analysis, "short").interim);
    EXPECT_DOUBLE_EQ(verdictOf(analysis, "short").level, 0.05);
    for (const char* id : {"long", "falling"}) {
        const Verdict& verdict = verdictOf(analysis, id);
        ASSERT_TRUE(verdict.interim) << id;
        EXPECT_DOUBLE_EQ(verdict.level, boundaryAt(0.5)) << id;
        EXPECT_EQ(verdict.p < verdict.level, verdict.state == VerdictState::Supported) << id;
        EXPECT_TRUE(says(verdict.sentence, "interim look at 50 %")) << verdict.sentence;
    }
    EXPECT_FALSE(says(verdictOf(analysis, "short").sentence, "interim"));
}

/// Ratios that Hsu's p excludes at alpha but not at the boundary of the look.
std::size_t keptByTheBoundary(const LengthAnalysis& length) {
    std::size_t kept = 0;
    for (std::size_t u = 0; u < kRatios; ++u) {
        const auto& set = length.notDistinguishable;
        const bool inSet = std::find(set.begin(), set.end(), u) != set.end();
        EXPECT_EQ(inSet, length.mcbBlocked->p[u] >= length.blockedLevel || u == *length.best);
        if (inSet && !length.mcbBlocked->candidate[u]) ++kept;
    }
    return kept;
}

TEST(GridInterim, TheBestSetIsThatOfTheBoundaryAndTheSentenceSaysSo) {
    std::size_t kept = 0;
    for (const double noise : {0.01, 0.03, 0.06, 0.1}) {
        GridTable table = makeGrid({64}, 8, noise, falling);
        for (std::size_t s = 4; s < 8; ++s) takeAway(table, 0, s);
        const LengthAnalysis length = analyseGrid(table, {}).perLength[0];
        ASSERT_TRUE(length.mcbBlocked);
        kept += keptByTheBoundary(length);
        const std::string look = "interim look at 50 % of the planned runs, only p below " +
                                 pValueText(boundaryAt(0.5)) + " counts";
        EXPECT_TRUE(says(length.sentence, look)) << length.sentence;
        EXPECT_TRUE(says(length.answer, look)) << length.answer;
    }
    EXPECT_GT(kept, 0U) << "alpha itself would have excluded some ratio";
}

TEST(GridInterim, AFinishedStudyHasTheBestSetOfAlphaAndNoWordOfALook) {
    for (const double noise : {0.01, 0.03, 0.06, 0.1}) {
        const GridAnalysis analysis = analyseGrid(makeGrid({64}, 4, noise, falling), {});
        EXPECT_EQ(keptByTheBoundary(analysis.perLength[0]), 0U);
        EXPECT_FALSE(says(analysis.perLength[0].sentence, "look"));
        EXPECT_TRUE(analysis.interimSentence.empty());
    }
}

TEST(GridInterim, UnequalRunsFallBackToTukeyAtTheBoundary) {
    GridTable table = makeGrid({64}, 3, 0.02, falling);
    table.at(0, 0, 1).state = RunState::Missing;
    table.at(0, 0, 2).state = RunState::Missing;
    const LengthAnalysis length = analyseGrid(table, {}).perLength[0];
    ASSERT_FALSE(length.mcbBlocked);
    ASSERT_FALSE(length.mcb);
    for (const PairComparison& pair : length.tukey->pairs) {
        if (pair.i != *length.best && pair.j != *length.best) continue;
        const std::size_t other = pair.i == *length.best ? pair.j : pair.i;
        const auto& set = length.notDistinguishable;
        EXPECT_EQ(std::find(set.begin(), set.end(), other) != set.end(), pair.p >= length.level);
    }
}

TEST(GridInterim, EveryBoundaryIsNamedAndExported) {
    GridTable table = makeGrid({64, 128}, 4, 0.004, falling);
    takeAway(table, 1, 3);
    const GridAnalysis analysis = analyseGrid(table, {});
    EXPECT_TRUE(says(analysis.interimSentence, "L 64 0.05 (all done), L 128 "))
        << analysis.interimSentence;
    EXPECT_TRUE(says(analysis.interimSentence, pValueText(boundaryAt(0.75))));
    const Sheet sheet = hypothesesSheet(analysis);
    std::size_t rows = 0;
    for (const auto& row : sheet.rows) {
        if (row[sheet.column("id")] != SheetCell(std::string("interim_L128"))) continue;
        ++rows;
        EXPECT_EQ(row[sheet.column("significant_below")], SheetCell(boundaryAt(0.75)));
    }
    EXPECT_EQ(rows, 2U) << "tests of all runs, tests with seed as block";
}

}  // namespace
}  // namespace stats

// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_analysis.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <limits>

#include "stats/grid_sheets.h"
#include "stats/number_text.h"
#include "tests/stats/made_grid.h"

namespace stats {
namespace {

TEST(GridAnalysis, FallingOptimumIsRecognised) {
    const auto table = makeGrid(kLengths, 5, 0.004, falling);
    const auto analysis = analyseGrid(table, {});
    for (const char* id : {"short", "long", "falling"}) {
        const Verdict& verdict = verdictOf(analysis, id);
        EXPECT_EQ(verdict.state, VerdictState::Supported) << verdict.sentence;
        EXPECT_LT(*verdict.p, 0.05);
        EXPECT_EQ(verdict.n, 5U);
    }
    EXPECT_LT(analysis.twoWayBlocked->effects.back().p, 1e-6);
    EXPECT_EQ(*analysis.perLength.front().best, 5U);
    EXPECT_EQ(*analysis.perLength.back().best, 0U);
}

TEST(GridAnalysis, RisingOptimumRefutesTheFallingTrend) {
    const auto table = makeGrid(kLengths, 5, 0.004,
                                [](std::size_t l, std::size_t r) { return falling(4 - l, r); });
    const auto analysis = analyseGrid(table, {});
    EXPECT_EQ(verdictOf(analysis, "falling").state, VerdictState::Refuted);
    EXPECT_EQ(verdictOf(analysis, "short").state, VerdictState::Refuted);
}

TEST(GridAnalysis, PureNoiseIsNotDistinguishableInWords) {
    const auto table = makeGrid(kLengths, 4, 0.05, [](std::size_t, std::size_t) { return 0.0; });
    const auto analysis = analyseGrid(table, {});
    for (const Verdict& verdict : analysis.verdicts) {
        EXPECT_EQ(verdict.state, VerdictState::NotDistinguishable) << verdict.sentence;
        EXPECT_NE(verdict.sentence.find("Not distinguishable"), std::string::npos);
    }
}

TEST(GridAnalysis, MediumHypothesisNeedsToBeatBothOtherClasses) {
    // loss falls steadily with the ratio: moderate beats low but not high
    const auto table = makeGrid(kLengths, 4, 0.004, [](std::size_t, std::size_t r) {
        return -0.03 * static_cast<double>(r);
    });
    EXPECT_EQ(verdictOf(analyseGrid(table, {}), "medium").state, VerdictState::Refuted);
}

TEST(GridAnalysis, FailedRunsAreCountedAndTheirSeedLeavesTheBlocks) {
    auto table = makeGrid(kLengths, 4, 0.004, falling);
    table.at(1, 2, 3).state = RunState::Failed;
    table.at(1, 2, 3).loss = std::numeric_limits<double>::quiet_NaN();
    const auto analysis = analyseGrid(table, {});
    EXPECT_EQ(analysis.counts.failed, 1U);
    EXPECT_EQ(analysis.counts.done, 119U);
    EXPECT_EQ(analysis.perLength[1].cells[2].failed, 1U);
    EXPECT_EQ(analysis.perLength[1].cells[2].done, 3U);
    EXPECT_EQ(analysis.perLength[1].blockSeeds, (std::vector<std::int64_t>{42, 43, 44}));
    EXPECT_EQ(analysis.perLength[0].blockSeeds.size(), 4U);
    EXPECT_EQ(analysis.blockSeeds.size(), 3U);
    EXPECT_EQ(analysis.perLength[1].blocked->blocks, 3U);
    EXPECT_EQ(analysis.perLength[1].oneWay->n, 23U);
    EXPECT_FALSE(analysis.perLength[1].mcb);  // unbalanced
    EXPECT_FALSE(analysis.perLength[1].mcb.whyNot.empty());
    EXPECT_NE(analysis.perLength[1].sentence.find("1 failed"), std::string::npos);
}

TEST(GridAnalysis, SingleRunsGiveReasonsInsteadOfNumbers) {
    const auto table = makeGrid(kLengths, 1, 0.004, falling);
    const auto analysis = analyseGrid(table, {});
    const LengthAnalysis& length = analysis.perLength[0];
    EXPECT_FALSE(length.oneWay);
    EXPECT_FALSE(length.blocked);
    EXPECT_FALSE(length.tukey);
    EXPECT_FALSE(length.power.smallestF);
    for (const std::string& why :
         {length.oneWay.whyNot, length.blocked.whyNot, length.tukey.whyNot,
          length.power.smallestF.whyNot, length.cells[0].description.whyNot}) {
        EXPECT_FALSE(why.empty());
    }
    EXPECT_EQ(verdictOf(analysis, "short").state, VerdictState::NotTestable);
    EXPECT_EQ(length.notDistinguishable.size(), 6U);
}

TEST(GridAnalysis, EmptyTableIsDescribedWithoutANumber) {
    const GridTable table = GridTable::planned(kLengths, {0.25, 0.5}, {42, 43});
    const auto analysis = analyseGrid(table, {});
    EXPECT_EQ(analysis.counts.missing, 20U);
    EXPECT_FALSE(analysis.interim);
    EXPECT_EQ(verdictOf(analysis, "falling").state, VerdictState::NotTestable);
    EXPECT_NE(analysis.perLength[0].sentence.find("no run has finished"), std::string::npos);
}

TEST(GridAnalysis, UnfinishedStudyIsInterimWithAStricterBoundary) {
    auto table = makeGrid(kLengths, 4, 0.004, falling);
    for (std::size_t l = 0; l < 5; ++l) {
        for (std::size_t r = 0; r < 6; ++r) {
            table.at(l, r, 2).state = RunState::Missing;
            table.at(l, r, 3).state = RunState::Missing;
        }
    }
    const auto analysis = analyseGrid(table, {});
    ASSERT_TRUE(analysis.interim);
    EXPECT_DOUBLE_EQ(analysis.interim->informationFraction, 0.5);
    EXPECT_NEAR(analysis.interim->z, 2.96259, 1e-5);  // Lan-DeMets, O'Brien-Fleming type, t = 1/2
    EXPECT_LT(analysis.interim->nominalP, 0.01);
    EXPECT_LT(analysis.interim->finalNominalP, 0.05);
    GridAnalysisOptions options;
    options.missingRuns = MissingRuns::Absent;
    EXPECT_FALSE(analyseGrid(table, options).interim);
}

TEST(GridAnalysis, SameSeedGivesTheSameBootstrapBeyondEnumeration) {
    const auto table = makeGrid({64}, 20, 0.05, falling);
    const auto first = analyseGrid(table, {});
    const auto second = analyseGrid(table, {});
    ASSERT_TRUE(first.perLength[0].probabilityOfBest);
    EXPECT_EQ(first.perLength[0].probabilityOfBest->exactness, Exactness::MonteCarlo);
    EXPECT_EQ(first.perLength[0].probabilityOfBest->pBest,
              second.perLength[0].probabilityOfBest->pBest);
}

TEST(GridAnalysis, DenseReferenceIsAControlOfItsOwn) {
    auto table = makeGrid({64}, 3, 0.004, falling);
    table.dense.resize(3);
    for (std::size_t s = 0; s < 3; ++s) {
        table.denseAt(0, s) = {RunState::Done, 1.5 + 0.001 * static_cast<double>(s)};
    }
    const auto analysis = analyseGrid(table, {});
    const LengthAnalysis& length = analysis.perLength[0];
    ASSERT_TRUE(length.dunnettDense);
    ASSERT_TRUE(length.dunnettDenseBlocked);
    EXPECT_EQ(length.dunnettDense->comparisons.size(), 6U);
    EXPECT_EQ(length.dunnett->comparisons.size(), 5U);
    for (const ControlComparison& one : length.dunnettDense->comparisons) {
        EXPECT_GT(one.diff, 0);
        EXPECT_LT(one.p, 1e-6);
    }
    EXPECT_LT(*length.cells[0].improvementOverDense, 0);
}

TEST(GridAnalysis, EquivalenceIsJudgedOnlyAgainstAStatedEffect) {
    const auto table = makeGrid(kLengths, 8, 0.001, [](std::size_t, std::size_t) { return 0.0; });
    GridAnalysisOptions options;
    options.smallestEffect = 0.05;
    EXPECT_EQ(verdictOf(analyseGrid(table, options), "short").state, VerdictState::Equivalent);
    EXPECT_NE(verdictOf(analyseGrid(table, {}), "short").state, VerdictState::Equivalent);
}

TEST(GridAnalysis, SheetsHoldNoNaNAndNoZeroProbability) {
    auto table = makeGrid(kLengths, 3, 0.004, falling);
    table.at(0, 0, 0).state = RunState::Failed;
    const auto analysis = analyseGrid(table, {});
    auto sheets = exportSheets(analysis);
    sheets.push_back(cellsSheet(analysis));
    for (const Sheet& sheet : sheets) {
        EXPECT_FALSE(sheet.rows.empty()) << sheet.name;
        for (const auto& row : sheet.rows) {
            ASSERT_EQ(row.size(), sheet.columns.size());
            for (std::size_t c = 0; c < row.size(); ++c) {
                const auto* number = std::get_if<double>(&row[c]);
                if (number == nullptr) continue;
                EXPECT_FALSE(std::isnan(*number)) << sheet.name << " " << sheet.columns[c];
                if (sheet.columns[c][0] == 'p' && sheet.columns[c].size() == 1) {
                    EXPECT_GT(*number, 0) << sheet.name;
                }
            }
        }
    }
}

TEST(GridAnalysis, MalformedTableIsRefused) {
    auto table = makeGrid({64}, 2, 0.004, falling);
    table.lengths = {64, 32};
    EXPECT_THROW(analyseGrid(table, {}), std::domain_error);
    auto wrong = makeGrid({64}, 2, 0.004, falling);
    wrong.at(0, 0, 0).loss = std::numeric_limits<double>::infinity();
    EXPECT_THROW(analyseGrid(wrong, {}), std::domain_error);
    GridAnalysisOptions options;
    options.alpha = 0.7;
    EXPECT_THROW(analyseGrid(makeGrid({64}, 2, 0.004, falling), options), std::domain_error);
}

TEST(GridSentences, NumbersHaveThreeDigitsAndWholeOnesNoPoint) {
    EXPECT_EQ(briefText(-0.00881976), "-0.00882");
    EXPECT_EQ(briefText(1.35456), "1.35");
    EXPECT_EQ(briefText(20.0), "20");
    EXPECT_EQ(briefText(1234.4), "1234");
    EXPECT_EQ(briefText(6.3e-06), "6.3e-06");
    EXPECT_EQ(briefText(2e20), "2e+20");
}

TEST(GridSentences, AMultipliedPIsCalledAdjusted) {
    const auto said = [](const GridAnalysis& analysis, const char* id) {
        return verdictOf(analysis, id).sentence.find("adjusted p") != std::string::npos;
    };
    const auto analysis = analyseGrid(makeGrid(kLengths, 5, 0.004, falling), {});
    ASSERT_EQ(verdictOf(analysis, "short").state, VerdictState::Supported);
    EXPECT_FALSE(said(analysis, "short"));  // the strongest competitor decides alone
    const auto rising = [](std::size_t l, std::size_t r) { return falling(4 - l, r); };
    const auto turned = analyseGrid(makeGrid(kLengths, 5, 0.004, rising), {});
    ASSERT_EQ(verdictOf(turned, "short").state, VerdictState::Refuted);
    EXPECT_TRUE(said(turned, "short"));
}

}  // namespace
}  // namespace stats

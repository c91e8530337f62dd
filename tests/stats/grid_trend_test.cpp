// SPDX-License-Identifier: GPL-3.0-or-later
// Ranks and spreads of one length: trends over the ordered ratios, full agreement, assumptions.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "stats/grid_sheets.h"
#include "stats/number_text.h"
#include "tests/stats/made_grid.h"

namespace stats {
namespace {

std::vector<std::vector<SheetCell>> rowsOf(const Sheet& sheet, double length,
                                           const std::string& method) {
    std::vector<std::vector<SheetCell>> rows;
    for (const auto& row : sheet.rows)
        if (row[sheet.column("length")] == SheetCell(length) &&
            row[sheet.column("method")] == SheetCell(method))
            rows.push_back(row);
    return rows;
}

bool isEmpty(const SheetCell& cell) {
    return std::holds_alternative<std::monostate>(cell);
}

TEST(GridTrend, SeedsThatAllRankTheRatiosAlikeGiveAReasonInsteadOfAnInfiniteF) {
    for (const std::size_t runs : {3U, 9U}) {  // the exact null is enumerated for 3 only
        const GridTable table = makeGrid({64}, runs, 0.0001, falling);
        const GridAnalysis analysis = analyseGrid(table, {});
        const Computed<Friedman>& friedman = analysis.perLength[0].friedman;
        ASSERT_TRUE(friedman);
        EXPECT_DOUBLE_EQ(friedman->kendallW, 1);
        ASSERT_FALSE(friedman->imanDavenport);
        const double exact = std::pow(720, 1 - static_cast<double>(runs));
        EXPECT_EQ(friedman->imanDavenport.whyNot,
                  "all " + std::to_string(runs) +
                      " blocks rank the cells alike, so the denominator of F is zero; Friedman's "
                      "exact " +
                      pText(exact) + " stands in its place");
        if (const auto& friedmanExact = analysis.perLength[0].friedmanExact) {
            EXPECT_NEAR(friedmanExact->p, exact, 1e-12 * exact);
        }
        const Sheet sheet = anovaSheet(analysis);
        const auto rows = rowsOf(sheet, 64, "Friedman, Iman-Davenport");
        ASSERT_EQ(rows.size(), 1U);
        for (const char* column : {"statistic", "p", "df1", "df2"})
            EXPECT_TRUE(isEmpty(rows[0][sheet.column(column)])) << column;
        EXPECT_EQ(rows[0][sheet.column("note")], SheetCell(friedman->imanDavenport.whyNot));
    }
}

TEST(GridTrend, TheStatedHypothesesPredictTheDirectionFromTheLength) {
    const GridAnalysis analysis = analyseGrid(makeGrid(kLengths, 3, 0.004, falling), {});
    const RatioTrend predicted[] = {RatioTrend::Falling, RatioTrend::Falling, RatioTrend::None,
                                    RatioTrend::None, RatioTrend::Rising};
    for (std::size_t l = 0; l < kLengths.size(); ++l)
        EXPECT_EQ(analysis.perLength[l].predictedTrend, predicted[l]) << kLengths[l];
    const LengthAnalysis& shortest = analysis.perLength.front();
    ASSERT_TRUE(shortest.jonckheere);
    EXPECT_LT(shortest.jonckheere->exact->decreasing, 1e-6);
    EXPECT_GT(shortest.jonckheere->exact->increasing, 0.999);
    EXPECT_LT(*shortest.pageFalling->pExact, 1e-6);
    EXPECT_GT(*shortest.pageRising->pExact, 0.999);
    const LengthAnalysis& longest = analysis.perLength.back();
    EXPECT_LT(longest.jonckheere->exact->increasing, 1e-6);
    EXPECT_LT(*longest.pageRising->pExact, 1e-6);
}

TEST(GridTrend, TheSheetMarksThePredictedDirectionOnly) {
    const GridAnalysis analysis = analyseGrid(makeGrid(kLengths, 3, 0.004, falling), {});
    const Sheet sheet = anovaSheet(analysis);
    const auto marked = [&](double length, const std::string& method) {
        const auto rows = rowsOf(sheet, length, method);
        EXPECT_EQ(rows.size(), 2U) << method << ": asymptotic and exact";
        return std::all_of(rows.begin(), rows.end(), [&](const auto& row) {
            return row[sheet.column("note")] == SheetCell(std::string("the predicted direction"));
        });
    };
    const std::string falls = "Jonckheere-Terpstra, loss falls with the keep ratio";
    const std::string rises = "Jonckheere-Terpstra, loss rises with the keep ratio";
    EXPECT_TRUE(marked(64, falls));
    EXPECT_FALSE(marked(64, rises));
    EXPECT_FALSE(marked(256, falls));
    EXPECT_FALSE(marked(256, rises));
    EXPECT_TRUE(marked(1024, rises));
    EXPECT_FALSE(marked(1024, "Jonckheere-Terpstra, two-sided"));
    EXPECT_TRUE(marked(1024, "Page within seeds, loss rises with the keep ratio"));
}

TEST(GridTrend, EqualVariancesAreTestedThreeWays) {
    GridTable table = makeGrid({64}, 6, 0.02, falling);
    for (std::size_t s = 0; s < 6; ++s)  // one ratio scatters far more than the others
        table.at(0, 3, s).loss += 0.4 * (s % 2 == 0 ? 1 : -1) * (1 + 0.1 * static_cast<double>(s));
    const GridAnalysis analysis = analyseGrid(table, {});
    const LengthAnalysis& length = analysis.perLength[0];
    ASSERT_TRUE(length.equalVariances);
    ASSERT_TRUE(length.leveneMean);
    ASSERT_TRUE(length.bartlett);
    EXPECT_EQ(length.leveneMean->centre, Centre::Mean);
    EXPECT_LT(length.equalVariances->p, 1e-3);
    EXPECT_LT(length.leveneMean->p, 1e-3);
    EXPECT_LT(length.bartlett->p, 1e-6);
    const Sheet sheet = assumptionsSheet(analysis);
    const auto p = [&](const std::string& method) {
        const auto rows = rowsOf(sheet, 64, method);
        return rows.size() == 1 ? rows[0][sheet.column("p")] : SheetCell();
    };
    EXPECT_EQ(p("Brown-Forsythe (Levene about the median)"), SheetCell(length.equalVariances->p));
    EXPECT_EQ(p("Levene about the mean"), SheetCell(length.leveneMean->p));
    EXPECT_EQ(p("Bartlett (needs normal residuals)"), SheetCell(length.bartlett->p));
}

}  // namespace
}  // namespace stats

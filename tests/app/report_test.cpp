// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report.h"

#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

#include <functional>

#include "app/export.h"
#include "app/latex.h"
#include "app/results_sheet.h"
#include "app/text.h"
#include "stats/number_text.h"
#include "tests/app/small_table.h"

namespace {

using LossOf = std::function<double(std::int64_t length, double ratio, std::int64_t seed)>;

/// Keep ratios 0.25, 0.5 and 0.75 with three seeds at each of these lengths.
runs::ResultsTable table(const std::vector<std::int64_t>& lengths, const LossOf& loss) {
    runs::ResultsTable table;
    table.name = "small";
    table.lengths = lengths;
    table.keepRatios = {0.25, 0.5, 0.75};
    table.seeds = {42, 43, 44};
    for (const std::int64_t length : lengths) {
        for (const double ratio : table.keepRatios) {
            runs::CellOutcome cell = small::cell(
                ratio, {loss(length, ratio, 42), loss(length, ratio, 43), loss(length, ratio, 44)});
            cell.length = length;
            cell.keep = experiment::keepCount(length, ratio);
            table.cells.push_back(std::move(cell));
        }
    }
    return table;
}

/// Seeds and cells differ by less than a thousandth.
double noise(std::int64_t length, double ratio, std::int64_t seed) {
    return 0.0001 * static_cast<double>((seed * 7 + length + static_cast<int>(ratio * 8)) % 5);
}

/// 0.5 is far better than the others.
double clearWinner(std::int64_t length, double ratio, std::int64_t seed) {
    return (ratio == 0.5 ? 1.8 : 2.0) + noise(length, ratio, seed);
}

struct Made {
    runs::ResultsTable table;
    std::optional<stats::GridAnalysis> analysis;
    std::string markdown;
    std::string html;
};

Made made(runs::ResultsTable table, std::vector<runs::RunDescription> started = {},
          std::vector<runs::ExportedFigure> figures = {},
          std::vector<experiment::RunSpec> added = {}) {
    Made made{std::move(table), std::nullopt, {}, {}};
    made.analysis = app::analysisOf(made.table);
    const auto summary = app::summarise(made.table);
    experiment::ExperimentSettings settings;
    settings.name = "Small study";
    const runs::CorpusIdentity corpus{"0a1b2c", "a small text", 256, 900, 100, {}};
    const app::Document document = app::report(
        {settings, corpus, made.table, summary, made.analysis ? &*made.analysis : nullptr,
         std::move(started), std::move(figures), std::move(added)});
    made.markdown = app::toMarkdown(document);
    made.html = app::toHtml(document);
    return made;
}

void expectSays(const Made& made, std::initializer_list<std::string> texts) {
    for (const std::string& text : texts)
        EXPECT_NE(made.markdown.find(text), std::string::npos) << text << " is missing in:\n"
                                                               << made.markdown;
}

void expectNotSays(const Made& made, std::initializer_list<std::string> texts) {
    for (const std::string& text : texts)
        EXPECT_EQ(made.markdown.find(text), std::string::npos) << made.markdown;
}

TEST(Report, ClearWinnerIsNamedWithItsTest) {
    const Made report = made(table({64, 128}, clearWinner));
    const stats::LengthAnalysis& length = report.analysis->perLength[0];
    expectSays(report, {"# Small study: optimal keep ratio by sequence length",
                        "18 of 18 planned runs finished.",
                        "L = 64: k/L = 0.5 (k = 32) is best (" +
                            app::fixedText(*length.cells[1].mean, 4) + " nats/token)",
                        "every other finished ratio is distinguishable", length.sentence,
                        "The smallest mean is the baseline's own."});
    expectNotSays(report, {"undecided", "Interim"});
}

TEST(Report, NoDifferenceIsCalledUndecided) {
    const Made report = made(table({64}, [](auto, double ratio, std::int64_t seed) {
        // The order of the ratios changes with the seed.
        return 2.0 + 0.05 * double((seed + std::int64_t(ratio * 4)) % 3);
    }));
    expectSays(report, {"L = 64: undecided.", "cannot be told from it",
                        "the keep ratios are not distinguishable",
                        "no single step down to the next smaller ratio raises the loss"});
    expectNotSays(report, {" is best ("});
}

TEST(Report, BetterThanTheBaselineIsClaimedOnlyWithDunnettBehindIt) {
    const Made report = made(table({64}, [](std::int64_t length, double ratio, std::int64_t seed) {
        return (ratio == 0.75 ? 1.5 : 2.0) + noise(length, ratio, seed);
    }));
    const auto test = app::baselineTest(report.analysis->perLength[0], 2);
    ASSERT_TRUE(test);
    ASSERT_LT(test->p, 0.05);
    expectSays(report, {"The smallest mean is distinguishable from the baseline k/L = 0.5",
                        fmt::format("t({}) = {:.3f}, {}", stats::numberText(test->df), test->t,
                                    stats::pText(test->p)),
                        "| 64 | 0.75 | 48 |", stats::pValueText(test->p),
                        "The smallest mean stands at the edge of the grid (L = 64, k/L = 0.75)"});
}

TEST(Report, NumbersOfTheTableAreThoseOfTheAnalysis) {
    const Made report = made(small::table());
    const stats::LengthAnalysis& length = report.analysis->perLength[0];
    const stats::CellSummary& best = length.cells[2];
    expectSays(report, {fmt::format("{:.4f} [{:.4f}, {:.4f}]", *best.mean,
                                    best.description->meanInterval.lower,
                                    best.description->meanInterval.upper),
                        fmt::format("{:+.2f} %", 100.0 * *best.improvement),
                        fmt::format("{:+.2f} %", 100.0 * *best.improvementOverDense)});
}

TEST(Report, DivergedRunsAreCountedAndNamed) {
    const Made report = made(small::table());
    expectSays(report, {"11 of 12 planned runs finished, 1 diverged.",
                        "L = 64, k/L = 0.75, seed 43: diverged (loss is not finite, \"nan\")",
                        "left out of every mean and test", "| 2/3 |"});
}

TEST(Report, DenseReferenceIsComparedWhereItIsThere) {
    expectSays(made(small::table()), {"from the dense reference", "| 64 | dense |"});
    expectNotSays(made(table({64}, clearWinner)), {"from the dense reference"});
}

TEST(Report, MissingRunsMakeItInterim) {
    runs::ResultsTable half = table({64}, clearWinner);
    for (runs::CellOutcome& cell : half.cells) {
        cell.runs[2].result.reset();
        cell.runs[2].status = runs::RunStatus::Empty;
    }
    const Made report = made(std::move(half));
    ASSERT_TRUE(report.analysis->interim);
    expectSays(report,
               {"> Interim report: 67 % of the planned runs are finished",
                "L 64 " + stats::pValueText(report.analysis->perLength[0].looks.runs->nominalP)});
}

TEST(Report, OneLengthAndOneRatioMakeNoComparison) {
    runs::ResultsTable one = table({64}, clearWinner);
    one.keepRatios = {0.5};
    one.cells = {one.cells[1]};
    const Made report = made(std::move(one));
    expectSays(report, {"only k/L = 0.5 (k = 32) has finished runs", "nothing to compare with",
                        "No length has two comparable keep ratios yet."});
    expectNotSays(report, {"is best", "every other"});
}

TEST(Report, NothingFinishedSaysSo) {
    runs::ResultsTable none = table({64}, clearWinner);
    for (runs::CellOutcome& cell : none.cells)
        for (runs::RunOutcome& run : cell.runs) {
            run.result.reset();
            run.status = runs::RunStatus::Empty;
        }
    const Made report = made(std::move(none));
    expectSays(report, {"0 of 9 planned runs finished.", "No run has finished yet"});
    expectNotSays(report, {"Key findings"});
}

TEST(Report, EfficiencyComesFromTheTimingPassAlone) {
    runs::ResultsTable timed = table({64}, clearWinner);
    expectSays(made(timed), {"Not measured."});
    for (const double ratio : timed.keepRatios)
        timed.timing.push_back({.length = 64,
                                .keepRatio = ratio,
                                .device = "cpu",
                                .medianMs = 10.0 + 10.0 * ratio,
                                .lowerQuartileMs = 14.0,
                                .upperQuartileMs = 16.0,
                                .roundMediansMs = {15.0, 15.0, 15.0},
                                .stepsPerRound = 20,
                                .tokensPerSecond = 68000.0,
                                .peakBytes = 1500000});
    const Made report = made(timed);
    expectSays(report, {"From the timing pass", "medians of 3 rounds", "| 15.00 | 14.00 to 16.00 |",
                        "| 1.000 x |", "1.5 MB"});
    expectNotSays(report, {"Not measured."});
}

TEST(Report, FlagsNameTheirCells) {
    runs::ResultsTable flagged = table({64}, clearWinner);
    expectSays(made(flagged), {"None: no finished run was still falling"});
    flagged.cells[0].runs[0].result->fallingSteeply = true;
    flagged.cells[2].runs[1].result->roseAfterMinimum = true;
    expectSays(made(flagged), {"Still falling", "1 of 3 cells with finished runs: L = 64, k/L 0.25",
                               "Rose after its minimum", "L = 64, k/L 0.75"});
}

TEST(Report, SaysWhatItWasMadeWith) {
    runs::RunDescription run;
    run.device = "cpu";
    run.environment = "AVX2, 4 threads";
    run.engineVersion = "9.9";
    run.gates = {{"future leak", true, "0 of 64 logits moved"}};
    const Made report = made(table({64}, clearWinner), {run},
                             {{{"figures/loss map.png", "figures/loss map.pdf"}, "Loss."}});
    expectSays(report, {"SHA-256 0a1b2c", "AVX2, 4 threads", "| future leak | 1 | 0 | 0 of 64",
                        "training.learningRate", "--settings settings.json",
                        "![Loss.](figures/loss%20map.png)", "| 64 | 9 | 10 240 |"});
    EXPECT_NE(report.html.find("<img src=\"figures/loss%20map.png\" alt=\"Loss.\">"),
              std::string::npos);
}

TEST(Report, SaysWhereOnlyCompleteSeedsCount) {
    runs::ResultsTable unequal = table({64}, clearWinner);
    auto& runs = unequal.cells[0].runs;
    runs.erase(runs.begin());  // seed 42 has no run in the smallest ratio
    expectSays(made(unequal),
               {"Only the seeds that are complete in every ratio count here", "(2 seeds)"});
    expectNotSays(made(table({64}, clearWinner)), {"Only the seeds that are complete"});
}

TEST(Report, ItsCommandPlansTheRunsBesidesTheGridToo) {
    experiment::RunSpec one{.length = 64, .keepRatio = 0.5, .keep = 32, .seed = 45};
    experiment::RunSpec dense = one;
    dense.attention = experiment::AttentionKind::Dense;
    experiment::RunSpec other = one;
    other.learningRateFactor = 2.0;
    const Made report = made(table({64}, clearWinner), {}, {}, {one, dense, other});
    expectSays(report, {"--add-runs 64:0.5:45,64:dense:45 ",
                        "1 run with another selector or learning rate was added by hand"});
    expectNotSays(made(table({64}, clearWinner)), {"--add-runs"});
}

TEST(Document, BothLanguagesEscapeWhatMeansSomethingToThem) {
    app::Document document;
    document.add(app::Paragraph{"a <b> & *c* k_t a|b p < 0.05"});
    document.add(app::TextTable{{{"x|y"}}, {{"1 < 2"}}});
    EXPECT_EQ(app::toMarkdown(document),
              "a \\<b> & \\*c\\* k_t a\\|b p \\< 0.05\n\n| x\\|y |\n|---:|\n| 1 \\< 2 |\n");
    const std::string html = app::toHtml(document);
    EXPECT_NE(html.find("a &lt;b&gt; &amp; *c* k_t"), std::string::npos);
    EXPECT_NE(html.find("<td class=\"right\">1 &lt; 2</td>"), std::string::npos);
}

TEST(Latex, EscapesAndAligns) {
    const app::TextTable table{{{"keep_ratio"}, {"note", app::Align::Left}},
                               {{"0.5", "5 % ± 1 & <x>"}, {"[1, 2]", ""}}};
    EXPECT_EQ(app::toLatex(table),
              "\\begin{tabular}{rl}\n\\hline\nkeep\\_ratio & note \\\\\n\\hline\n"
              "0.5 & 5 \\% $\\pm$ 1 \\& $<$x$>$ \\\\\n{[1, 2]} &  \\\\\n\\hline\n\\end{tabular}\n");
}

TEST(Latex, LongTablesAreSplitWithTheirHeading) {
    app::TextTable table{{{"n"}}, {}};
    for (int row = 0; row < 81; ++row) table.rows.push_back({std::to_string(row)});
    const std::string text = app::toLatex(table);
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find("\\begin{tabular}", at)) != std::string::npos; ++at)
        ++count;
    EXPECT_EQ(count, 3U);
}

TEST(ResultsSheet, HasARowPerLengthWithEveryDigit) {
    const auto analysis = app::analysisOf(table({64, 128}, clearWinner));
    ASSERT_TRUE(analysis);
    const stats::Sheet sheet = app::resultsSheet(*analysis);
    ASSERT_EQ(sheet.rows.size(), 2U);
    for (const auto& row : sheet.rows) EXPECT_EQ(row.size(), sheet.columns.size());
    EXPECT_EQ(sheet.rows[0][sheet.column("validation_loss")],
              stats::SheetCell(*analysis->perLength[0].cells[1].mean));
    EXPECT_EQ(sheet.rows[1][sheet.column("k")], stats::SheetCell(64.0));
    EXPECT_EQ(sheet.rows[0][sheet.column("interim")], stats::SheetCell(std::string("no")));
}

}  // namespace

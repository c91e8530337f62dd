// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "engine/runs/results_table.h"
#include "stats/grid_analysis.h"
#include "ui/pair_tests.h"
#include "ui/statistics_table.h"

namespace ui {

/// What a tab shows: a table and, under it, the methods by name and what they assume.
struct StatisticsTable {
    std::vector<TableColumn> columns;
    std::vector<std::vector<TableCell>> rows;
    QString note;
};

/// The experiment's table: one row per length. `results` are the runs that were analysed: their
/// flags stand next to the numbers.
StatisticsTable resultsTable(const stats::GridAnalysis& analysis,
                             const runs::ResultsTable& results);

/// Which rows of the tests are shown beside those of the whole grid.
struct AnovaScope {
    enum class Of { Everything, Length, WholeGrid } of = Of::Everything;
    std::size_t length = 0;  // place in GridAnalysis::perLength
};
StatisticsTable anovaTable(const stats::GridAnalysis& analysis, const AnovaScope& scope);
StatisticsTable assumptionsTable(const stats::GridAnalysis& analysis);
StatisticsTable powerTable(const stats::GridAnalysis& analysis);
/// `stated`: when the hypotheses were stated, in words.
StatisticsTable hypothesesTable(const stats::GridAnalysis& analysis, const QString& stated);

struct PairChoice {
    PairTest test = PairTest::TukeyBlocked;
    stats::Adjustment adjustment = stats::Adjustment::Bonferroni;  // of the t tests
};
/// `length`: place in GridAnalysis::perLength.
StatisticsTable pairsTable(const stats::GridAnalysis& analysis, std::size_t length,
                           const PairChoice& choice);
/// Ratio by ratio: p below the diagonal, row minus column above it, mean loss on it.
StatisticsTable pairMatrix(const stats::GridAnalysis& analysis, std::size_t length,
                           const PairChoice& choice);
StatisticsTable effectsTable(const stats::GridAnalysis& analysis, std::size_t length);

}  // namespace ui

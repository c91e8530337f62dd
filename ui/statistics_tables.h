// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "stats/grid_analysis.h"
#include "ui/statistics_table.h"

namespace ui {

/// What a tab shows: a table and, under it, the methods by name and what they assume.
struct StatisticsTable {
    std::vector<TableColumn> columns;
    std::vector<std::vector<TableCell>> rows;
    QString note;
};

/// The experiment's table: one row per length.
StatisticsTable resultsTable(const stats::GridAnalysis& analysis);
StatisticsTable anovaTable(const stats::GridAnalysis& analysis);
StatisticsTable assumptionsTable(const stats::GridAnalysis& analysis);
StatisticsTable powerTable(const stats::GridAnalysis& analysis);
StatisticsTable hypothesesTable(const stats::GridAnalysis& analysis);

/// How the pairs of one length are compared.
enum class PairMethod {
    TukeyBlocked,
    Tukey,
    GamesHowell,
    PairedBonferroni,
    PairedHolm,
    PairedBenjaminiHochberg,
    DunnettBlocked,
    Effects,
};
std::span<const PairMethod> allPairMethods();
QString title(PairMethod method);
StatisticsTable pairsTable(const stats::GridAnalysis& analysis, std::size_t length,
                           PairMethod method);

}  // namespace ui

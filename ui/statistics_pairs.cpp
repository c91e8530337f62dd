// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of pairs: post-hoc tests as a list or a matrix, and effect sizes, of one length.
#include <QObject>
#include <algorithm>
#include <cmath>

#include "ui/statistics_cells.h"
#include "ui/statistics_tables.h"
#include "ui/text.h"

namespace ui {
namespace {

constexpr int kLossDecimals = 4;
constexpr int kRankDecimals = 2;

int decimalsOf(PairTest test) {
    return test == PairTest::Nemenyi ? kRankDecimals : kLossDecimals;
}

QString nameAt(const stats::GridAnalysis& analysis, const stats::LengthAnalysis& length,
               const PairRows& pairs, std::size_t position) {
    return position == kOutsideRatios ? pairs.control : ratioAt(analysis, length, position);
}

/// The p that counts by itself, and at this look.
struct Levels {
    double alpha = 0.05;
    double now = 0.05;
};

QString decision(const Levels& levels, const PairRow& row) {
    if (row.mayBeBest && *row.mayBeBest) return QObject::tr("may be the best");
    const bool oneSided = row.interval && std::isinf(row.interval->lower);
    if (oneSided && (!row.p || *row.p >= levels.alpha))
        return QObject::tr("not shown to be smaller");
    if (!row.p || *row.p >= levels.alpha) return QObject::tr("not distinguishable");
    if (*row.p >= levels.now) return QObject::tr("not yet (interim)");
    if (row.mayBeBest) return QObject::tr("is not the best");
    return row.difference < 0 ? QObject::tr("smaller") : QObject::tr("larger");
}

QString noteOf(const stats::GridAnalysis& analysis, const stats::LengthAnalysis& length,
               const PairRows& pairs, const PairChoice& choice) {
    if (!pairs.whyNot.empty())
        return QObject::tr("%1 is not computed yet: %2.")
            .arg(title(choice.test), QString::fromStdString(pairs.whyNot));
    QString note = QObject::tr("%1, n = %2 runs per cell, %3 complete seeds")
                       .arg(title(choice.test))
                       .arg(length.power.n)
                       .arg(length.blockSeeds.size());
    if (pairs.df) note += QObject::tr(", df %1").arg(brief(*pairs.df));
    note += QObject::tr(", α %1. ").arg(brief(analysis.options.alpha));
    return note + assumptions(choice.test, choice.adjustment);
}

TableCell intervalCell(const PairRow& row, int places) {
    return row.interval ? number(row.interval->lower, between(*row.interval, places)) : missing({});
}

void listRows(StatisticsTable& table, const stats::GridAnalysis& analysis,
              const stats::LengthAnalysis& length, const PairRows& pairs, PairTest test) {
    const Levels levels{analysis.options.alpha, levelOf(length, test)};
    const int places = decimalsOf(test);
    const auto common = std::any_of(pairs.rows.begin(), pairs.rows.end(), [](const PairRow& row) {
        return row.df && *row.df != std::floor(*row.df);
    });
    for (const PairRow& row : pairs.rows)
        table.rows.push_back(
            {words(QStringLiteral("%1 − %2").arg(nameAt(analysis, length, pairs, row.second),
                                                 nameAt(analysis, length, pairs, row.first))),
             decimals(row.difference, places), intervalCell(row, places),
             row.statistic ? decimals(*row.statistic, 3) : missing({}),
             row.df ? decimals(*row.df, common ? 2 : 0) : missing({}),
             row.p ? pCell(*row.p) : missing({}), words(decision(levels, row))});
}

/// Stronger for smaller p: none at 1, full at 1e-4.
double shadeOf(double p) {
    return std::clamp(-std::log10(std::max(p, 1e-4)) / 4.0, 0.0, 1.0);
}

TableCell matrixP(const Levels& levels, const PairRow& row, const QString& pair) {
    TableCell cell = row.p ? pCell(*row.p) : missing({});
    if (!row.p) return cell;
    cell.shade = shadeOf(*row.p);
    if (*row.p < levels.now) cell.weight = TableCell::Weight::Strong;
    cell.toolTip = QObject::tr("%1: p %2, %3").arg(pair, cell.text, decision(levels, row));
    return cell;
}

TableCell matrixDifference(const Levels& levels, const PairRow& row, int places,
                           const QString& pair) {
    QString text =
        (row.difference < 0 ? QString() : QStringLiteral("+")) + fixed(row.difference, places);
    if (row.interval) text += QLatin1Char('\n') + between(*row.interval, places);
    TableCell cell = number(row.difference, text);
    if (row.p && *row.p < levels.now) cell.weight = TableCell::Weight::Strong;
    text.replace(QLatin1Char('\n'), QLatin1Char(' '));
    cell.toolTip = QObject::tr("%1: %2, %3").arg(pair, text, decision(levels, row));
    return cell;
}

}  // namespace

StatisticsTable pairsTable(const stats::GridAnalysis& analysis, std::size_t at,
                           const PairChoice& choice) {
    const stats::LengthAnalysis& length = analysis.perLength[at];
    const PairRows pairs = pairRows(length, choice.test, choice.adjustment);
    StatisticsTable table;
    const bool ranks = choice.test == PairTest::Nemenyi;
    table.columns = {
        {QObject::tr("Pair"),
         QObject::tr("Keep ratios k/L; a negative difference means that the first has the smaller "
                     "loss.")},
        {QObject::tr("Difference"), ranks ? QObject::tr("Of the mean ranks within seeds.")
                                          : QObject::tr("Of the mean losses, nats per token.")},
        {QObject::tr("%1 % interval").arg(brief(100 * (1 - analysis.options.alpha))),
         QObject::tr("Simultaneous interval of the difference: excludes 0 exactly where p is below "
                     "alpha.")},
        {QObject::tr("Statistic"), QObject::tr("q of the studentized range, or t.")},
        {QObject::tr("df"), QObject::tr("Degrees of freedom of the error.")},
        {QObject::tr("p"), QObject::tr("Chance of such a difference if there were none, adjusted "
                                       "for the number of comparisons.")},
        {QObject::tr("Verdict"), QObject::tr("Whether the loss of the first is smaller or larger, "
                                             "or not distinguishable at alpha.")}};
    listRows(table, analysis, length, pairs, choice.test);
    table.note = noteOf(analysis, length, pairs, choice);
    return table;
}

StatisticsTable pairMatrix(const stats::GridAnalysis& analysis, std::size_t at,
                           const PairChoice& choice) {
    const stats::LengthAnalysis& length = analysis.perLength[at];
    const PairRows pairs = pairRows(length, choice.test, choice.adjustment);
    const std::size_t count = length.usedRatios.size();
    const int places = decimalsOf(choice.test);
    const Levels levels{analysis.options.alpha, levelOf(length, choice.test)};
    StatisticsTable table;
    table.columns.push_back(
        {QObject::tr("k/L"),
         QObject::tr("Rows and columns are keep ratios: p below the diagonal, row minus column "
                     "above it, mean loss on it.")});
    for (std::size_t column = 0; column < count; ++column)
        table.columns.push_back(
            {ratioAt(analysis, length, column), QObject::tr("Keep ratio k/L.")});
    for (std::size_t row = 0; row < count; ++row) {
        std::vector<TableCell> cells(count + 1, missing({}));
        cells[0] = words(ratioAt(analysis, length, row));
        cells[0].weight = TableCell::Weight::Strong;
        cells[row + 1] = decimals(*length.cells[length.usedRatios[row]].mean, kLossDecimals);
        cells[row + 1].toolTip =
            QObject::tr("Mean loss of k/L %1, nats per token").arg(ratioAt(analysis, length, row));
        table.rows.push_back(std::move(cells));
    }
    for (const PairRow& pair : pairs.rows) {
        if (pair.first >= count || pair.second >= count) continue;
        const auto [low, high] = std::minmax(pair.first, pair.second);
        PairRow upper = pair;  // row minus column: the smaller position minus the larger
        upper.difference = pair.second == low ? pair.difference : -pair.difference;
        if (pair.interval && pair.second != low)
            upper.interval = stats::Interval{-pair.interval->upper, -pair.interval->lower};
        const QString name = QStringLiteral("%1 − %2").arg(ratioAt(analysis, length, low),
                                                           ratioAt(analysis, length, high));
        table.rows[low][high + 1] = matrixDifference(levels, upper, places, name);
        table.rows[high][low + 1] = matrixP(levels, upper, name);
    }
    table.note = noteOf(analysis, length, pairs, choice);
    if (pairs.whyNot.empty())
        table.note.prepend(
            QObject::tr("Below the diagonal p (bold: below alpha, darker: smaller), "
                        "above it row − column. "));
    return table;
}

StatisticsTable effectsTable(const stats::GridAnalysis& analysis, std::size_t at) {
    const stats::LengthAnalysis& length = analysis.perLength[at];
    const QString level = brief(100 * analysis.options.confidence);
    const auto interval = [&](const QString& of) {
        return TableColumn{QObject::tr("%1 % interval of %2").arg(level, of),
                           QObject::tr("Noncentral t; excludes 0 exactly where the t test is "
                                       "significant at this level.")};
    };
    StatisticsTable table;
    table.columns = {
        {QObject::tr("Pair"),
         QObject::tr("Keep ratios k/L; negative: the first has the smaller loss.")},
        {QObject::tr("d"), QObject::tr("Cohen's d: difference of the means in units of the pooled "
                                       "standard deviation between runs.")},
        interval(QStringLiteral("d")),
        {QObject::tr("g"), QObject::tr("Hedges' g: d corrected for its bias at few runs.")},
        interval(QStringLiteral("g")),
        {QObject::tr("dz"), QObject::tr("Mean difference within seeds in units of the standard "
                                        "deviation of these differences.")},
        interval(QStringLiteral("dz"))};
    const auto add = [](std::vector<TableCell>& row, const auto& effect, double value,
                        const stats::Interval& of) {
        row.push_back(effect ? decimals(value, 2) : missing({}));
        row.push_back(effect ? number(of.lower, between(of, 2)) : missing({}));
        if (!effect) row.back().toolTip = QString::fromStdString(effect.whyNot);
    };
    for (const stats::PairEffect& pair : length.effects) {
        std::vector<TableCell> row = {words(QStringLiteral("%1 − %2").arg(
            ratioAt(analysis, length, pair.j), ratioAt(analysis, length, pair.i)))};
        const stats::StandardizedDifference none;
        const auto& apart = pair.independent ? *pair.independent : none;
        const auto& paired = pair.paired ? *pair.paired : none;
        add(row, pair.independent, apart.d, apart.dInterval);
        add(row, pair.independent, apart.g, apart.gInterval);
        add(row, pair.paired, paired.d, paired.dInterval);
        table.rows.push_back(std::move(row));
    }
    table.note = QObject::tr(
                     "Cohen's d and Hedges' g take the runs as independent, dz pairs them by seed; "
                     "n = %1 runs per cell, %2 complete seeds. Intervals of single pairs by the "
                     "noncentral t, %3 %. Assumes normal residuals; d and g equal variances.")
                     .arg(length.power.n)
                     .arg(length.blockSeeds.size())
                     .arg(level);
    return table;
}

}  // namespace ui

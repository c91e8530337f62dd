// SPDX-License-Identifier: GPL-3.0-or-later
// The experiment's table: the best keep ratio of each length, and what to know about its runs.
#include <QObject>
#include <algorithm>

#include "engine/experiment/settings.h"
#include "stats/descriptives.h"
#include "ui/statistics_cells.h"
#include "ui/statistics_tables.h"
#include "ui/text.h"

namespace ui {
namespace {

using Row = std::vector<TableCell>;

constexpr std::ptrdiff_t kAgainstDense = 5;  // columns
constexpr std::ptrdiff_t kPAgainstDense = 8;
constexpr int kLossDecimals = 4;

const stats::CellSummary& bestCell(const stats::LengthAnalysis& length) {
    return length.cells[length.usedRatios[*length.best]];
}

QString meanAndInterval(const stats::CellSummary& cell) {
    QString text = QString::number(*cell.mean, 'f', kLossDecimals);
    if (cell.description)
        text += QLatin1Char(' ') + between(cell.description->meanInterval, kLossDecimals);
    return text;
}

TableCell percentage(const std::optional<double>& share) {
    return share ? number(*share, QStringLiteral("%1 %").arg(fixed(100.0 * *share, 2)))
                 : missing({});
}

TableCell pAgainst(const stats::Computed<stats::Dunnett>& blocked,
                   const stats::Computed<stats::Dunnett>& plain, std::size_t best) {
    const auto& test = blocked ? blocked : plain;
    TableCell cell = missing({});
    if (!test) {
        cell.toolTip = QString::fromStdString(test.whyNot);
        return cell;
    }
    for (const stats::ControlComparison& comparison : test->comparisons)
        if (comparison.group == best) return pCell(comparison.p);
    cell.toolTip = QObject::tr("The baseline itself has the smallest loss.");
    return cell;
}

/// What the finished runs of the best cell say besides their losses.
struct RunFlags {
    std::vector<double> minima;  // smallest validation loss on the way, over the curve's tokens
    std::size_t falling = 0;
    std::size_t risen = 0;
};

RunFlags flagsOf(const runs::CellOutcome* cell) {
    RunFlags flags;
    if (!cell) return flags;
    for (const runs::RunOutcome& run : cell->runs) {
        if (!run.result) continue;
        if (!run.result->curve.empty()) flags.minima.push_back(run.result->minCurveLoss);
        if (run.result->fallingSteeply) ++flags.falling;
        if (run.result->roseAfterMinimum) ++flags.risen;
    }
    return flags;
}

QString flagText(const stats::LengthAnalysis& length, const RunFlags& flags) {
    const stats::CellSummary& best = bestCell(length);
    const auto of = [&](std::size_t runs) {
        return QObject::tr("%1 of %2 runs").arg(runs).arg(best.done);
    };
    QStringList texts;
    if (flags.falling > 0)
        texts.push_back(QObject::tr("still falling steeply (%1)").arg(of(flags.falling)));
    if (flags.risen > 0)
        texts.push_back(QObject::tr("rose after the minimum (%1)").arg(of(flags.risen)));
    if (length.bestOnEdge) texts.push_back(QObject::tr("best at the edge of the grid"));
    std::size_t failed = 0;
    for (const stats::CellSummary& cell : length.cells) failed += cell.failed;
    if (failed > 0)
        texts.push_back(counted(static_cast<std::int64_t>(failed), QObject::tr("failed run"),
                                QObject::tr("failed runs")));
    return texts.join(QStringLiteral("; "));
}

TableCell flagCell(const QString& flags) {
    if (flags.isEmpty()) return words(QObject::tr("none"));
    TableCell cell = words(QStringLiteral("⚑ ") + flags);
    cell.weight = TableCell::Weight::Strong;
    return cell;
}

Row resultRow(const stats::GridAnalysis& analysis, const stats::LengthAnalysis& length,
              const runs::ResultsTable& results) {
    const stats::CellSummary& best = bestCell(length);
    QStringList equal;
    for (const std::size_t position : length.notDistinguishable)
        if (position != *length.best) equal.push_back(ratioAt(analysis, length, position));
    const auto tokens = static_cast<std::int64_t>(length.length);
    const RunFlags flags = flagsOf(results.cell(tokens, best.keepRatio));
    const QString doubts = flagText(length, flags);
    TableCell loss = number(*best.mean, meanAndInterval(best));
    if (!doubts.isEmpty()) {
        loss.text += QStringLiteral(" ⚑");
        loss.toolTip = doubts;
    }
    return {wholeNumber(length.length),
            number(best.keepRatio, ratioText(best.keepRatio)),
            wholeNumber(static_cast<double>(experiment::keepCount(tokens, best.keepRatio))),
            loss,
            percentage(best.improvement),
            percentage(best.improvementOverDense),
            pAgainst(length.dunnettBlocked, length.dunnett, *length.best),
            words(equal.isEmpty() ? QObject::tr("none") : equal.join(QStringLiteral(", "))),
            pAgainst(length.dunnettDenseBlocked, length.dunnettDense, *length.best),
            wholeNumber(static_cast<double>(best.done)),
            flags.minima.empty() ? missing({}) : decimals(stats::mean(flags.minima), kLossDecimals),
            flagCell(doubts)};
}

std::vector<TableColumn> columns(const stats::GridAnalysisOptions& options) {
    const QString baseline = ratioText(options.baselineRatio);
    return {
        {QObject::tr("L"), QObject::tr("Sequence length in tokens.")},
        {QObject::tr("Best k/L"), QObject::tr("Keep ratio with the smallest mean loss.")},
        {QObject::tr("k"), QObject::tr("Tokens that each token may attend to.")},
        {QObject::tr("Validation loss"),
         QObject::tr("Mean final loss in nats per token over the whole validation split, with "
                     "its %1 % t interval. ⚑: see the flags.")
             .arg(brief(100 * options.confidence))},
        {QObject::tr("vs baseline"),
         QObject::tr("(loss of k/L %1 − loss) / loss of k/L %1; above 0: better.").arg(baseline)},
        {QObject::tr("vs dense"), QObject::tr("The same against dense attention.")},
        {QObject::tr("p vs baseline"),
         QObject::tr("Dunnett against k/L %1, adjusted for all ratios.").arg(baseline)},
        {QObject::tr("Not distinguishable"),
         QObject::tr("Other keep ratios that may be the best.")},
        {QObject::tr("p vs dense"),
         QObject::tr("Dunnett against dense attention, adjusted for all ratios.")},
        {QObject::tr("n"), QObject::tr("Finished runs of that cell.")},
        {QObject::tr("Minimum"),
         QObject::tr("Mean over the runs of the smallest validation loss on the way, read on "
                     "the first part of the split.")},
        {QObject::tr("Flags"), QObject::tr("What makes the loss doubtful.")}};
}

bool hasDense(const stats::GridAnalysis& analysis) {
    return std::any_of(
        analysis.perLength.begin(), analysis.perLength.end(),
        [](const stats::LengthAnalysis& length) { return length.dense && length.dense->done > 0; });
}

/// Without the two columns that nothing stands in.
void withoutDense(StatisticsTable& table) {
    for (const std::ptrdiff_t column : {kPAgainstDense, kAgainstDense}) {
        table.columns.erase(table.columns.begin() + column);
        for (Row& row : table.rows) row.erase(row.begin() + column);
    }
}

}  // namespace

StatisticsTable resultsTable(const stats::GridAnalysis& analysis,
                             const runs::ResultsTable& results) {
    StatisticsTable table;
    table.columns = columns(analysis.options);
    QString methods;
    bool blocked = false;
    for (const stats::LengthAnalysis& length : analysis.perLength) {
        if (!length.best || !bestCell(length).mean) continue;
        table.rows.push_back(resultRow(analysis, length, results));
        methods = QString::fromStdString(length.bestSetMethod);
        blocked = blocked || bool(length.dunnettBlocked);
    }
    if (!hasDense(analysis)) withoutDense(table);
    table.note = QObject::tr(
                     "Intervals of means: Student's t, %1 %. p: two-sided Dunnett test%2, "
                     "α %3. Not distinguishable: %4.")
                     .arg(brief(100 * analysis.options.confidence),
                          blocked ? QObject::tr(" with seed as block") : QString(),
                          brief(analysis.options.alpha), methods);
    return table;
}

}  // namespace ui

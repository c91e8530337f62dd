// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of pairs: post-hoc tests and effect sizes of one length.
#include <QObject>
#include <array>

#include "ui/statistics_cells.h"
#include "ui/statistics_tables.h"
#include "ui/text.h"

namespace ui {
namespace {

using Row = std::vector<TableCell>;

void addPairs(StatisticsTable& table, const stats::GridAnalysis& analysis,
              const stats::LengthAnalysis& length, const stats::PairComparisons& comparisons,
              const std::vector<double>* adjusted) {
    for (std::size_t at = 0; at < comparisons.pairs.size(); ++at) {
        const stats::PairComparison& pair = comparisons.pairs[at];
        table.rows.push_back(
            {words(QStringLiteral("%1 − %2").arg(ratioAt(analysis, length, pair.j),
                                                 ratioAt(analysis, length, pair.i))),
             decimals(pair.diff, 5), words(between({pair.lo, pair.hi}, 5)),
             decimals(pair.statistic, 3), number(pair.df, significant(pair.df, 3)),
             pCell(adjusted ? (*adjusted)[at] : pair.p)});
    }
}

void addDunnett(StatisticsTable& table, const stats::GridAnalysis& analysis,
                const stats::LengthAnalysis& length, const stats::Dunnett& test) {
    for (const stats::ControlComparison& one : test.comparisons)
        table.rows.push_back(
            {words(QStringLiteral("%1 − %2").arg(ratioAt(analysis, length, one.group),
                                                 ratioAt(analysis, length, test.control))),
             decimals(one.diff, 5), words(between({one.lo, one.hi}, 5)), decimals(one.t, 3),
             number(test.df, significant(test.df, 3)), pCell(one.p)});
}

void addEffects(StatisticsTable& table, const stats::GridAnalysis& analysis,
                const stats::LengthAnalysis& length) {
    for (const stats::PairEffect& effect : length.effects) {
        Row row = {words(QStringLiteral("%1 − %2").arg(ratioAt(analysis, length, effect.j),
                                                       ratioAt(analysis, length, effect.i)))};
        for (const auto* one : {&effect.independent, &effect.paired}) {
            const bool is = bool(*one);
            row.push_back(is ? decimals((*one)->d, 3) : missing({}));
            row.push_back(
                words(is ? between((*one)->dInterval, 3) : QString::fromStdString(one->whyNot)));
        }
        row.push_back(effect.independent ? decimals(effect.independent->g, 3) : missing({}));
        table.rows.push_back(std::move(row));
    }
}

const stats::PairComparisons* comparisonsOf(const stats::LengthAnalysis& length, PairMethod method,
                                            std::string& whyNot) {
    const auto& chosen = method == PairMethod::TukeyBlocked ? length.tukeyBlocked
                         : method == PairMethod::Tukey      ? length.tukey
                                                            : length.gamesHowell;
    whyNot = chosen.whyNot;
    return chosen ? &*chosen : nullptr;
}

const std::vector<double>& adjustedP(const stats::AdjustedPairs& pairs, PairMethod method) {
    if (method == PairMethod::PairedBonferroni) return pairs.bonferroni;
    return method == PairMethod::PairedHolm ? pairs.holm : pairs.benjaminiHochberg;
}

QString pairNote(PairMethod method) {
    switch (method) {
        case PairMethod::TukeyBlocked:
            return QObject::tr(
                "Tukey's HSD on the randomised-block model, seeds complete in every "
                "cell; intervals hold for all pairs together. Assumes normal "
                "residuals, equal variances and no seed-by-ratio interaction.");
        case PairMethod::Tukey:
            return QObject::tr(
                "Tukey-Kramer on independent groups; intervals hold for all pairs "
                "together. Assumes normal residuals and equal variances.");
        case PairMethod::GamesHowell:
            return QObject::tr(
                "Games-Howell: each pair has its own variances and Welch degrees of "
                "freedom. Assumes normal residuals.");
        case PairMethod::DunnettBlocked:
            return QObject::tr(
                "Dunnett against the baseline keep ratio on the randomised-block "
                "model, two-sided; intervals hold for all comparisons together.");
        case PairMethod::Effects:
            return QObject::tr(
                "Difference of mean losses in standard deviations: Cohen's d with "
                "independent runs, dz paired by seed, Hedges' g corrected for small "
                "samples; noncentral-t intervals.");
        default:
            return QObject::tr(
                "t tests paired by seed with p values adjusted for all pairs; the "
                "intervals are those of the single pair. Assumes normal differences.");
    }
}

}  // namespace

std::span<const PairMethod> allPairMethods() {
    static constexpr std::array kMethods = {
        PairMethod::TukeyBlocked,     PairMethod::Tukey,      PairMethod::GamesHowell,
        PairMethod::PairedBonferroni, PairMethod::PairedHolm, PairMethod::PairedBenjaminiHochberg,
        PairMethod::DunnettBlocked,   PairMethod::Effects};
    return kMethods;
}

QString title(PairMethod method) {
    switch (method) {
        case PairMethod::TukeyBlocked:
            return QObject::tr("Tukey HSD, seed as block");
        case PairMethod::Tukey:
            return QObject::tr("Tukey HSD");
        case PairMethod::GamesHowell:
            return QObject::tr("Games-Howell");
        case PairMethod::PairedBonferroni:
            return QObject::tr("Paired t, Bonferroni");
        case PairMethod::PairedHolm:
            return QObject::tr("Paired t, Holm");
        case PairMethod::PairedBenjaminiHochberg:
            return QObject::tr("Paired t, Benjamini-Hochberg");
        case PairMethod::DunnettBlocked:
            return QObject::tr("Dunnett against the baseline");
        case PairMethod::Effects:
            return QObject::tr("Effect sizes");
    }
    return {};
}

StatisticsTable pairsTable(const stats::GridAnalysis& analysis, std::size_t at, PairMethod method) {
    const stats::LengthAnalysis& length = analysis.perLength[at];
    StatisticsTable table;
    const TableColumn pair{QObject::tr("Pair"), QObject::tr("Keep ratios; negative: the first is "
                                                            "better.")};
    table.note = pairNote(method);
    if (method == PairMethod::Effects) {
        table.columns = {pair,
                         {QObject::tr("d"), QObject::tr("Cohen's d, independent runs.")},
                         {QObject::tr("interval of d"), QObject::tr("Noncentral t.")},
                         {QObject::tr("dz"), QObject::tr("Paired by seed.")},
                         {QObject::tr("interval of dz"), QObject::tr("Noncentral t.")},
                         {QObject::tr("g"), QObject::tr("Hedges' g.")}};
        addEffects(table, analysis, length);
        return table;
    }
    table.columns = {pair,
                     {QObject::tr("Difference"), QObject::tr("Of mean losses, nats per token.")},
                     {QObject::tr("Interval"), QObject::tr("See below for what it holds for.")},
                     {QObject::tr("Statistic"), QObject::tr("q of the studentized range, or t.")},
                     {QObject::tr("df"), QObject::tr("Degrees of freedom of the error.")},
                     {QObject::tr("p"), QObject::tr("Adjusted for the number of pairs.")}};
    std::string whyNot;
    if (method == PairMethod::DunnettBlocked) {
        whyNot = length.dunnettBlocked.whyNot;
        if (length.dunnettBlocked) addDunnett(table, analysis, length, *length.dunnettBlocked);
    } else if (method == PairMethod::TukeyBlocked || method == PairMethod::Tukey ||
               method == PairMethod::GamesHowell) {
        if (const auto* pairs = comparisonsOf(length, method, whyNot))
            addPairs(table, analysis, length, *pairs, nullptr);
    } else {
        whyNot = length.pairedT.whyNot;
        if (length.pairedT)
            addPairs(table, analysis, length, length.pairedT->comparisons,
                     &adjustedP(*length.pairedT, method));
    }
    if (!whyNot.empty())
        table.note = QObject::tr("Not computed yet: %1").arg(QString::fromStdString(whyNot));
    return table;
}

}  // namespace ui

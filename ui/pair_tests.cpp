// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pair_tests.h"

#include <QObject>
#include <array>

namespace ui {
namespace {

PairRows refused(const std::string& whyNot) {
    PairRows rows;
    rows.whyNot = whyNot;
    return rows;
}

PairRow rowOf(const stats::PairComparison& pair) {
    return {.first = pair.i,
            .second = pair.j,
            .difference = pair.diff,
            .interval = stats::Interval{pair.lo, pair.hi},
            .statistic = pair.statistic,
            .df = pair.df,
            .p = pair.p,
            .mayBeBest = {}};
}

PairRows allPairs(const stats::Computed<stats::PairComparisons>& comparisons) {
    if (!comparisons) return refused(comparisons.whyNot);
    PairRows rows;
    if (comparisons->df > 0) rows.df = comparisons->df;
    for (const stats::PairComparison& pair : comparisons->pairs) rows.rows.push_back(rowOf(pair));
    return rows;
}

const std::vector<double>& adjustedP(const stats::AdjustedPairs& pairs,
                                     stats::Adjustment adjustment) {
    switch (adjustment) {
        case stats::Adjustment::Holm:
            return pairs.holm;
        case stats::Adjustment::Hochberg:
            return pairs.hochberg;
        case stats::Adjustment::Hommel:
            return pairs.hommel;
        case stats::Adjustment::BenjaminiHochberg:
            return pairs.benjaminiHochberg;
        case stats::Adjustment::BenjaminiYekutieli:
            return pairs.benjaminiYekutieli;
        default:
            return pairs.bonferroni;
    }
}

PairRows adjustedPairs(const stats::Computed<stats::AdjustedPairs>& pairs,
                       stats::Adjustment adjustment) {
    if (!pairs) return refused(pairs.whyNot);
    PairRows rows;
    if (pairs->comparisons.df > 0) rows.df = pairs->comparisons.df;
    const std::vector<double>& p = adjustedP(*pairs, adjustment);
    const bool simultaneous = adjustment == stats::Adjustment::Bonferroni;
    for (std::size_t at = 0; at < p.size(); ++at) {
        PairRow row = rowOf(pairs->comparisons.pairs[at]);
        row.p = p[at];
        row.interval = simultaneous ? std::optional(pairs->bonferroniIntervals[at]) : std::nullopt;
        rows.rows.push_back(row);
    }
    return rows;
}

PairRows againstControl(const stats::LengthAnalysis& length,
                        const stats::Computed<stats::Dunnett>& dunnett) {
    if (!dunnett) return refused(dunnett.whyNot);
    PairRows rows;
    rows.df = dunnett->df;
    rows.control = QObject::tr("dense");
    const bool inside = dunnett->control < length.usedRatios.size();
    for (const stats::ControlComparison& one : dunnett->comparisons)
        rows.rows.push_back({.first = inside ? dunnett->control : kOutsideRatios,
                             .second = one.group,
                             .difference = one.diff,
                             .interval = stats::Interval{one.lo, one.hi},
                             .statistic = one.t,
                             .df = dunnett->df,
                             .p = one.p,
                             .mayBeBest = {}});
    return rows;
}

PairRows againstBest(const stats::Computed<stats::HsuMcb>& mcb) {
    if (!mcb) return refused(mcb.whyNot);
    PairRows rows;
    rows.df = mcb->df;
    rows.control = QObject::tr("best other");
    for (std::size_t at = 0; at < mcb->candidate.size(); ++at)
        rows.rows.push_back({.first = kOutsideRatios,
                             .second = at,
                             .difference = mcb->diffToBestOther[at],
                             .interval = stats::Interval{mcb->lo[at], mcb->hi[at]},
                             .statistic = {},
                             .df = mcb->df,
                             .p = mcb->p[at],
                             .mayBeBest = bool(mcb->candidate[at])});
    return rows;
}

PairRows ofMeanRanks(const stats::Computed<stats::Nemenyi>& nemenyi) {
    if (!nemenyi) return refused(nemenyi.whyNot);
    PairRows rows;
    for (const stats::PairComparison& pair : nemenyi->comparisons.pairs) {
        PairRow row = rowOf(pair);
        row.df = {};
        // The critical difference of mean ranks decides exactly as p does.
        row.interval = stats::Interval{pair.diff - nemenyi->criticalDifference,
                                       pair.diff + nemenyi->criticalDifference};
        rows.rows.push_back(row);
    }
    return rows;
}

QString adjustmentNote(stats::Adjustment adjustment) {
    switch (adjustment) {
        case stats::Adjustment::Bonferroni:
            return QObject::tr(
                "Bonferroni: p times the number of pairs; the intervals hold for all pairs "
                "together and exclude 0 exactly where p is below alpha.");
        case stats::Adjustment::BenjaminiHochberg:
        case stats::Adjustment::BenjaminiYekutieli:
            return QObject::
                tr("%1 bounds the expected share of false discoveries, not the chance of any. No "
                   "interval agrees with these p values, so none is shown.")
                    .arg(title(adjustment));
        default:
            return QObject::
                tr("%1 bounds the chance of any false difference. No interval agrees with these p "
                   "values, so none is shown.")
                    .arg(title(adjustment));
    }
}

QString assumptionsOf(PairTest test) {
    switch (test) {
        case PairTest::TukeyBlocked:
            return QObject::tr(
                "Tukey's HSD with the residual of the randomised-block model; intervals hold for "
                "all pairs together. Assumes normal residuals, equal variances and no "
                "seed-by-ratio interaction.");
        case PairTest::Tukey:
            return QObject::tr(
                "Tukey-Kramer on independent groups; intervals hold for all pairs together. "
                "Assumes normal residuals and equal variances.");
        case PairTest::GamesHowell:
            return QObject::tr(
                "Games-Howell: each pair has its own variances and Welch degrees of freedom; "
                "intervals hold for all pairs together. Assumes normal residuals.");
        case PairTest::PairedT:
            return QObject::tr(
                "t tests on the differences within seeds; assume normal differences.");
        case PairTest::PooledT:
            return QObject::tr(
                "t tests with the pooled variance of all ratios; assume normal residuals and equal "
                "variances.");
        case PairTest::WelchT:
            return QObject::tr("Welch's t tests; assume normal residuals.");
        case PairTest::DunnettBlocked:
        case PairTest::DunnettDenseBlocked:
            return QObject::tr(
                "Dunnett's many-to-one comparisons with the residual of the randomised-block "
                "model, two-sided; intervals hold for all comparisons together. Assumes normal "
                "residuals, equal variances and no seed-by-ratio interaction.");
        case PairTest::Dunnett:
        case PairTest::DunnettDense:
            return QObject::tr(
                "Dunnett's many-to-one comparisons on independent groups, two-sided; intervals "
                "hold for all comparisons together. Assumes normal residuals and equal variances.");
        case PairTest::DunnettSmaller:
            return QObject::tr(
                "Dunnett's many-to-one comparisons on independent groups, one-sided: only a loss "
                "below the baseline's counts; upper bounds hold for all comparisons together. "
                "Assumes normal residuals and equal variances.");
        case PairTest::Nemenyi:
            return QObject::tr(
                "Nemenyi's test on the mean ranks within seeds, asymptotic; differences are of "
                "mean ranks (1 is the smallest loss). Assumes nothing of the distribution.");
        case PairTest::HsuBlocked:
            return QObject::tr(
                "Hsu's comparisons with the best of the others, residual of the randomised-block "
                "model. A ratio is not the best where its interval lies above 0. Assumes normal "
                "residuals, equal variances and no seed-by-ratio interaction.");
        case PairTest::Hsu:
            return QObject::tr(
                "Hsu's comparisons with the best of the others on independent, equally many runs. "
                "A ratio is not the best where its interval lies above 0. Assumes normal residuals "
                "and equal variances.");
    }
    return {};
}

}  // namespace

std::span<const PairTest> allPairTests() {
    static constexpr std::array kTests = {PairTest::TukeyBlocked,
                                          PairTest::Tukey,
                                          PairTest::GamesHowell,
                                          PairTest::PairedT,
                                          PairTest::PooledT,
                                          PairTest::WelchT,
                                          PairTest::DunnettBlocked,
                                          PairTest::Dunnett,
                                          PairTest::DunnettSmaller,
                                          PairTest::DunnettDenseBlocked,
                                          PairTest::DunnettDense,
                                          PairTest::HsuBlocked,
                                          PairTest::Hsu,
                                          PairTest::Nemenyi};
    return kTests;
}

QString title(PairTest test) {
    switch (test) {
        case PairTest::TukeyBlocked:
            return QObject::tr("Tukey HSD, seed as block");
        case PairTest::Tukey:
            return QObject::tr("Tukey HSD");
        case PairTest::GamesHowell:
            return QObject::tr("Games-Howell");
        case PairTest::PairedT:
            return QObject::tr("t, paired by seed");
        case PairTest::PooledT:
            return QObject::tr("t, pooled variance");
        case PairTest::WelchT:
            return QObject::tr("t, Welch");
        case PairTest::DunnettBlocked:
            return QObject::tr("Dunnett against the baseline, seed as block");
        case PairTest::Dunnett:
            return QObject::tr("Dunnett against the baseline");
        case PairTest::DunnettSmaller:
            return QObject::tr("Dunnett, below the baseline (one-sided)");
        case PairTest::DunnettDenseBlocked:
            return QObject::tr("Dunnett against dense, seed as block");
        case PairTest::DunnettDense:
            return QObject::tr("Dunnett against dense");
        case PairTest::Nemenyi:
            return QObject::tr("Nemenyi on mean ranks");
        case PairTest::HsuBlocked:
            return QObject::tr("Hsu, against the best, seed as block");
        case PairTest::Hsu:
            return QObject::tr("Hsu, against the best");
    }
    return {};
}

std::span<const stats::Adjustment> allAdjustments() {
    static constexpr std::array kAdjustments = {
        stats::Adjustment::Bonferroni,        stats::Adjustment::Holm,
        stats::Adjustment::Hochberg,          stats::Adjustment::Hommel,
        stats::Adjustment::BenjaminiHochberg, stats::Adjustment::BenjaminiYekutieli};
    return kAdjustments;
}

QString title(stats::Adjustment adjustment) {
    switch (adjustment) {
        case stats::Adjustment::None:
            return QObject::tr("unadjusted");
        case stats::Adjustment::Bonferroni:
            return QObject::tr("Bonferroni");
        case stats::Adjustment::Holm:
            return QObject::tr("Holm");
        case stats::Adjustment::Hochberg:
            return QObject::tr("Hochberg");
        case stats::Adjustment::Hommel:
            return QObject::tr("Hommel");
        case stats::Adjustment::BenjaminiHochberg:
            return QObject::tr("Benjamini-Hochberg");
        case stats::Adjustment::BenjaminiYekutieli:
            return QObject::tr("Benjamini-Yekutieli");
    }
    return {};
}

bool isAdjusted(PairTest test) {
    return test == PairTest::PairedT || test == PairTest::PooledT || test == PairTest::WelchT;
}

bool comparesAllPairs(PairTest test) {
    return isAdjusted(test) || test == PairTest::TukeyBlocked || test == PairTest::Tukey ||
           test == PairTest::GamesHowell || test == PairTest::Nemenyi;
}

double levelOf(const stats::LengthAnalysis& length, PairTest test) {
    switch (test) {
        case PairTest::TukeyBlocked:
        case PairTest::PairedT:
        case PairTest::DunnettBlocked:
        case PairTest::DunnettDenseBlocked:
        case PairTest::HsuBlocked:
        case PairTest::Nemenyi:
            return length.blockedLevel;
        default:
            return length.level;
    }
}

PairTest bestSetTest(const stats::LengthAnalysis& length) {
    if (length.mcbBlocked) return PairTest::HsuBlocked;
    return length.mcb || !length.tukey ? PairTest::Hsu : PairTest::Tukey;
}

PairRows pairRows(const stats::LengthAnalysis& length, PairTest test,
                  stats::Adjustment adjustment) {
    switch (test) {
        case PairTest::TukeyBlocked:
            return allPairs(length.tukeyBlocked);
        case PairTest::Tukey:
            return allPairs(length.tukey);
        case PairTest::GamesHowell:
            return allPairs(length.gamesHowell);
        case PairTest::PairedT:
            return adjustedPairs(length.pairedT, adjustment);
        case PairTest::PooledT:
            return adjustedPairs(length.pooledT, adjustment);
        case PairTest::WelchT:
            return adjustedPairs(length.welchT, adjustment);
        case PairTest::DunnettBlocked:
            return againstControl(length, length.dunnettBlocked);
        case PairTest::Dunnett:
            return againstControl(length, length.dunnett);
        case PairTest::DunnettSmaller:
            return againstControl(length, length.dunnettSmaller);
        case PairTest::DunnettDenseBlocked:
            return againstControl(length, length.dunnettDenseBlocked);
        case PairTest::DunnettDense:
            return againstControl(length, length.dunnettDense);
        case PairTest::Nemenyi:
            return ofMeanRanks(length.nemenyi);
        case PairTest::HsuBlocked:
            return againstBest(length.mcbBlocked);
        case PairTest::Hsu:
            return againstBest(length.mcb);
    }
    return {};
}

QString assumptions(PairTest test, stats::Adjustment adjustment) {
    if (!isAdjusted(test)) return assumptionsOf(test);
    return assumptionsOf(test) + QLatin1Char(' ') + adjustmentNote(adjustment);
}

}  // namespace ui

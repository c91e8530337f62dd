// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statistics_tables.h"

#include <QObject>
#include <QRegularExpression>
#include <cmath>

#include "ui/statistics_cells.h"
#include "ui/text.h"

namespace ui {
namespace {

using Row = std::vector<TableCell>;

void addAssumption(StatisticsTable& table, double length, const QString& assumption,
                   const QString& test, const std::string& whyNot) {
    table.rows.push_back({wholeNumber(length), words(assumption), words(test), missing({}),
                          missing({}), missing({}), words(QString::fromStdString(whyNot))});
}

void judge(Row& row, double n, double statistic, double p, double alpha) {
    row[3] = wholeNumber(n);
    row[4] = decimals(statistic, 4);
    row[5] = pCell(p);
    row[6] = words(p < alpha ? QObject::tr("doubtful") : QObject::tr("no sign against it"));
}

void addVariances(StatisticsTable& table, const stats::LengthAnalysis& length, double alpha) {
    const auto add = [&](const QString& name, const auto& test, auto statistic) {
        addAssumption(table, length.length, QObject::tr("equal variances"), name, test.whyNot);
        if (test)
            judge(table.rows.back(), static_cast<double>(test->n), (*test).*statistic, test->p,
                  alpha);
    };
    add(QObject::tr("Brown-Forsythe (Levene about the median)"), length.equalVariances,
        &stats::LeveneTest::f);
    add(QObject::tr("Levene about the mean"), length.leveneMean, &stats::LeveneTest::f);
    add(QObject::tr("Bartlett (needs normal residuals)"), length.bartlett,
        &stats::BartlettTest::k2);
}

/// The sentences of stats write a hyphen for minus.
QString withMinusSigns(QString sentence) {
    static const QRegularExpression minus(QStringLiteral("(?<=[ (])-(?=[0-9])"));
    return sentence.replace(minus, QStringLiteral("−"));
}

/// "33 more", "enough", or why there is no number.
TableCell seedsCell(const stats::Computed<stats::SeedsNeeded>& seeds) {
    if (!seeds) {
        TableCell cell = missing({});
        cell.toolTip = QString::fromStdString(seeds.whyNot);
        return cell;
    }
    TableCell cell = wholeNumber(static_cast<double>(seeds->more()));
    cell.toolTip = QObject::tr("%1 seeds per cell: %2")
                       .arg(seeds->needed)
                       .arg(QString::fromStdString(seeds->basis));
    return cell;
}

}  // namespace

StatisticsTable assumptionsTable(const stats::GridAnalysis& analysis) {
    StatisticsTable table;
    table.columns = {
        {QObject::tr("L"), QObject::tr("Sequence length in tokens.")},
        {QObject::tr("Assumption"), QObject::tr("What the tests of this length rest on.")},
        {QObject::tr("Test"), QObject::tr("Exact name of the test.")},
        {QObject::tr("n"), QObject::tr("Runs used; complete seeds for sphericity.")},
        {QObject::tr("Statistic"), QObject::tr("W, F, chi-square, or epsilon (1: spherical).")},
        {QObject::tr("p"), QObject::tr("Chance of such a departure if the assumption held.")},
        {QObject::tr("Verdict"), QObject::tr("Doubtful where p is below alpha.")}};
    for (const stats::LengthAnalysis& length : analysis.perLength) {
        if (length.usedRatios.empty()) continue;
        addAssumption(table, length.length, QObject::tr("normal residuals"),
                      QObject::tr("Shapiro-Wilk"), length.shapiro.whyNot);
        if (length.shapiro)
            judge(table.rows.back(), static_cast<double>(length.shapiro->n), length.shapiro->w,
                  length.shapiro->p, analysis.options.alpha);
        addVariances(table, length, analysis.options.alpha);
        addAssumption(table, length.length, QObject::tr("sphericity"),
                      QObject::tr("Greenhouse-Geisser epsilon"), length.blocked.whyNot);
        if (!length.blocked) continue;
        table.rows.back()[3] = wholeNumber(static_cast<double>(length.blocked->blocks));
        table.rows.back()[4] = decimals(length.blocked->greenhouseGeisser, 4);
        table.rows.back()[6] = words(QObject::tr("corrected p in the ANOVA tab"));
    }
    table.note = QObject::tr(
        "Residuals of the one-way model: loss minus the mean of its cell. With few runs these "
        "tests "
        "notice gross departures only; the rank tests and Welch's tests need less.");
    return table;
}

StatisticsTable powerTable(const stats::GridAnalysis& analysis) {
    const QString target = brief(100 * analysis.options.targetPower);
    StatisticsTable table;
    table.columns = {
        {QObject::tr("L"), QObject::tr("Sequence length in tokens.")},
        {QObject::tr("Ratios"), QObject::tr("Keep ratios with finished runs.")},
        {QObject::tr("n"), QObject::tr("Finished runs per cell, the smallest cell.")},
        {QObject::tr("Smallest f"),
         QObject::tr(
             "Smallest effect over all ratios (one-way ANOVA) that the present n finds with "
             "%1 % power.")
             .arg(target)},
        {QObject::tr("Smallest d"),
         QObject::tr("The same for two ratios with independent runs, in standard deviations "
                     "between runs.")},
        {QObject::tr("Smallest dz"),
         QObject::tr("The same for two ratios paired by seed, in standard deviations of the "
                     "differences.")},
        {QObject::tr("Power, medium f"),
         QObject::tr("Chance to find a medium effect (f = %1) at the present n.")
             .arg(brief(analysis.options.mediumF))},
        {QObject::tr("n for medium f"),
         QObject::tr("Runs per cell that find a medium effect with %1 % power.").arg(target)},
        {QObject::tr("More seeds"),
         QObject::tr("Per cell, to tell the smallest effect of interest, or without one a medium "
                     "effect, from none with %1 % power.")
             .arg(target)}};
    const auto cell = [](const stats::Computed<double>& value, int places) {
        return value ? decimals(*value, places) : missing({});
    };
    for (const stats::LengthAnalysis& length : analysis.perLength) {
        const stats::LengthPower& power = length.power;
        if (power.groups < 2) continue;
        table.rows.push_back(
            {wholeNumber(length.length), wholeNumber(static_cast<double>(power.groups)),
             wholeNumber(static_cast<double>(power.n)), cell(power.smallestF, 2),
             cell(power.smallestD, 2), cell(power.smallestDz, 2), cell(power.powerForMediumF, 3),
             cell(power.runsForMediumF, 0), seedsCell(length.seeds)});
    }
    table.note =
        QObject::tr(
            "Sensitivity of the planned tests at %1 % power, α %2; effects in units of the "
            "standard deviation between seeds. Power at the observed effect is left out on "
            "purpose: it repeats the p value.")
            .arg(target, brief(analysis.options.alpha));
    return table;
}

StatisticsTable hypothesesTable(const stats::GridAnalysis& analysis, const QString& stated) {
    StatisticsTable table;
    const auto sentences = TableColumn::Wrap::On;
    table.columns = {
        {QObject::tr("Hypothesis"), QObject::tr("As stated beforehand."), sentences},
        {QObject::tr("Verdict"), QObject::tr("What the finished runs say about it.")},
        {QObject::tr("In words"), QObject::tr("The verdict as a sentence."), sentences},
        {QObject::tr("More seeds"),
         QObject::tr("In every cell concerned, to decide it; the tooltip tells what the number "
                     "rests on.")},
        {QObject::tr("p"), QObject::tr("Of the test named under Method.")},
        {QObject::tr("n"), QObject::tr("Complete seeds used.")},
        {QObject::tr("Metric"), QObject::tr("What is measured."), sentences},
        {QObject::tr("Direction"), QObject::tr("What the hypothesis predicts."), sentences},
        {QObject::tr("Method"), QObject::tr("Exact name of the test."), sentences}};
    for (const stats::Verdict& verdict : analysis.verdicts)
        table.rows.push_back({words(QString::fromStdString(verdict.statement)),
                              words(QString::fromLatin1(stats::toText(verdict.state))),
                              words(withMinusSigns(QString::fromStdString(verdict.sentence))),
                              seedsCell(verdict.seeds), verdict.p ? pCell(*verdict.p) : missing({}),
                              wholeNumber(static_cast<double>(verdict.n)),
                              words(QString::fromStdString(verdict.metric)),
                              words(QString::fromStdString(verdict.direction)),
                              words(QString::fromStdString(verdict.method))});
    const auto& effect = analysis.options.smallestEffect;
    table.note = QObject::tr("α %1, smallest effect of interest %2. %3 %4")
                     .arg(brief(analysis.options.alpha),
                          effect ? QObject::tr("%1 nats per token").arg(brief(*effect))
                                 : QObject::tr("not stated, so nothing is called equivalent"),
                          stated, QString::fromStdString(analysis.interactionSentence));
    return table;
}

}  // namespace ui

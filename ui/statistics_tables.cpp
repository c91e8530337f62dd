// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statistics_tables.h"

#include <QObject>
#include <array>
#include <cmath>

#include "engine/experiment/settings.h"
#include "ui/statistics_cells.h"
#include "ui/text.h"

namespace ui {
namespace {

using Row = std::vector<TableCell>;

TableCell count(double value) {
    return number(value, counted(static_cast<std::int64_t>(std::llround(value))));
}

const stats::CellSummary& bestCell(const stats::LengthAnalysis& length) {
    return length.cells[length.usedRatios[*length.best]];
}

QString meanAndInterval(const stats::CellSummary& cell) {
    QString text = QString::number(*cell.mean, 'f', 4);
    if (cell.description) text += QLatin1Char(' ') + between(cell.description->meanInterval, 4);
    return text;
}

TableCell percentage(const std::optional<double>& share) {
    return share ? number(*share, QStringLiteral("%1 %").arg(100.0 * *share, 0, 'f', 2))
                 : missing({});
}

TableCell dunnettP(const stats::LengthAnalysis& length) {
    const auto& test = length.dunnettBlocked ? length.dunnettBlocked : length.dunnett;
    if (!test) return missing({});
    for (const stats::ControlComparison& comparison : test->comparisons)
        if (comparison.group == *length.best) return pCell(comparison.p);
    return words(QObject::tr("is the baseline"));
}

Row resultRow(const stats::GridAnalysis& analysis, const stats::LengthAnalysis& length) {
    const stats::CellSummary& best = bestCell(length);
    QStringList equal;
    for (const std::size_t position : length.notDistinguishable)
        if (position != *length.best) equal.push_back(ratioAt(analysis, length, position));
    const auto tokens = static_cast<std::int64_t>(length.length);
    return {count(length.length),
            number(best.keepRatio, ratioText(best.keepRatio)),
            count(static_cast<double>(experiment::keepCount(tokens, best.keepRatio))),
            number(*best.mean, meanAndInterval(best)),
            count(static_cast<double>(best.done)),
            percentage(best.improvement),
            percentage(best.improvementOverDense),
            dunnettP(length),
            words(equal.isEmpty() ? QObject::tr("none") : equal.join(QStringLiteral(", ")))};
}

Row testRow(const QString& where, const QString& test, const QString& df, double statistic,
            double p, const QString& effect) {
    return {words(where), words(test), words(df), decimals(statistic, 3), pCell(p), words(effect)};
}

QString degrees(double first, double second) {
    return QStringLiteral("%1, %2").arg(significant(first, 3), significant(second, 3));
}

void addLengthTests(std::vector<Row>& rows, const stats::LengthAnalysis& length) {
    const QString where = QStringLiteral("L %1").arg(length.length);
    if (const auto& test = length.blocked)
        rows.push_back(testRow(
            where, QObject::tr("randomised-block ANOVA"), degrees(test->dfCells, test->dfError),
            test->f, test->p, QObject::tr("partial η² %1").arg(significant(test->partialEta2, 3))));
    if (const auto& test = length.oneWay)
        rows.push_back(testRow(where, QObject::tr("one-way ANOVA"),
                               degrees(test->dfBetween, test->dfWithin), test->f, test->p,
                               QObject::tr("η² %1, ω² %2")
                                   .arg(significant(test->eta2, 3), significant(test->omega2, 3))));
    if (const auto& test = length.welch)
        rows.push_back(testRow(where, QObject::tr("Welch ANOVA"), degrees(test->df1, test->df2),
                               test->f, test->p, {}));
    if (const auto& test = length.friedman) {
        const bool exact = bool(length.friedmanExact);
        rows.push_back(testRow(
            where, exact ? QObject::tr("Friedman, exact") : QObject::tr("Friedman, asymptotic"),
            significant(test->df, 3), test->q, exact ? length.friedmanExact->p : test->p,
            QObject::tr("Kendall's W %1").arg(significant(test->kendallW, 3))));
    }
    if (const auto& test = length.kruskal) {
        const bool exact = bool(length.kruskalExact);
        rows.push_back(testRow(where,
                               exact ? QObject::tr("Kruskal-Wallis, exact")
                                     : QObject::tr("Kruskal-Wallis, asymptotic"),
                               significant(test->df, 3), test->h,
                               exact ? length.kruskalExact->p : test->p,
                               QObject::tr("ε² %1").arg(significant(test->epsilonSquared, 3))));
    }
}

QString effectName(const std::string& name) {
    if (name == "a") return QObject::tr("length");
    if (name == "b") return QObject::tr("keep ratio");
    if (name == "a:b") return QObject::tr("length x keep ratio");
    return name == "s" ? QObject::tr("seed") : QString::fromStdString(name);
}

}  // namespace

StatisticsTable resultsTable(const stats::GridAnalysis& analysis) {
    StatisticsTable table;
    table.columns = {
        {QObject::tr("L"), QObject::tr("Sequence length in tokens.")},
        {QObject::tr("Best k/L"), QObject::tr("Keep ratio with the lowest mean loss.")},
        {QObject::tr("k"), QObject::tr("Tokens that each token may attend to.")},
        {QObject::tr("Validation loss"),
         QObject::tr("Mean in nats per token with its t interval.")},
        {QObject::tr("n"), QObject::tr("Finished runs of that cell.")},
        {QObject::tr("vs baseline"), QObject::tr("(baseline loss - loss) / baseline loss; the "
                                                 "baseline keeps half.")},
        {QObject::tr("vs dense"), QObject::tr("The same against dense attention.")},
        {QObject::tr("p vs baseline"), QObject::tr("Dunnett, adjusted for all ratios.")},
        {QObject::tr("Not distinguishable"), QObject::tr("Other ratios that may be the best.")}};
    QString methods;
    for (const stats::LengthAnalysis& length : analysis.perLength) {
        if (!length.best || !bestCell(length).mean) continue;
        table.rows.push_back(resultRow(analysis, length));
        if (!length.bestSetMethod.empty()) methods = QString::fromStdString(length.bestSetMethod);
    }
    table.note =
        methods.isEmpty()
            ? QObject::tr("Intervals: Student's t, %1 %.").arg(100.0 * analysis.options.confidence)
            : QObject::tr("Intervals: Student's t, %1 %. Not distinguishable: %2.")
                  .arg(100.0 * analysis.options.confidence)
                  .arg(methods);
    return table;
}

StatisticsTable anovaTable(const stats::GridAnalysis& analysis) {
    StatisticsTable table;
    table.columns = {
        {QObject::tr("Where"), QObject::tr("Length, or an effect over the whole grid.")},
        {QObject::tr("Test"), QObject::tr("Exact name of the test.")},
        {QObject::tr("df"), QObject::tr("Degrees of freedom: effect, error.")},
        {QObject::tr("Statistic"), QObject::tr("F, or Q and H of the rank tests.")},
        {QObject::tr("p"), QObject::tr("Chance of a statistic this large if no ratio "
                                       "differed.")},
        {QObject::tr("Effect size"), QObject::tr("Share of the variation explained.")}};
    for (const stats::LengthAnalysis& length : analysis.perLength)
        addLengthTests(table.rows, length);
    if (analysis.twoWayBlocked)
        for (const stats::FactorialEffect& effect : analysis.twoWayBlocked->effects)
            table.rows.push_back(
                testRow(effectName(effect.name), QObject::tr("two-way ANOVA, seed as block"),
                        degrees(effect.df, effect.dfError), effect.f, effect.p,
                        QObject::tr("partial η² %1").arg(significant(effect.partialEta2, 3))));
    table.note = QObject::tr(
        "The randomised-block ANOVA with seed as block is the default of the "
        "verdicts. The ANOVAs assume normal residuals; all but Welch's assume "
        "equal variances. The rank tests assume neither.");
    return table;
}

StatisticsTable assumptionsTable(const stats::GridAnalysis& analysis) {
    StatisticsTable table;
    table.columns = {{QObject::tr("L"), QObject::tr("Sequence length in tokens.")},
                     {QObject::tr("Test"), QObject::tr("Exact name of the test.")},
                     {QObject::tr("Statistic"), QObject::tr("W, or F.")},
                     {QObject::tr("p"), QObject::tr("Small: the assumption is doubtful.")}};
    for (const stats::LengthAnalysis& length : analysis.perLength) {
        if (length.shapiro)
            table.rows.push_back({count(length.length),
                                  words(QObject::tr("Shapiro-Wilk, residuals")),
                                  decimals(length.shapiro->w, 4), pCell(length.shapiro->p)});
        if (length.equalVariances)
            table.rows.push_back(
                {count(length.length), words(QObject::tr("Brown-Forsythe, equal variances")),
                 decimals(length.equalVariances->f, 4), pCell(length.equalVariances->p)});
    }
    table.note = QObject::tr("With few runs these tests notice gross departures only.");
    return table;
}

StatisticsTable powerTable(const stats::GridAnalysis& analysis) {
    StatisticsTable table;
    table.columns = {
        {QObject::tr("L"), QObject::tr("Sequence length in tokens.")},
        {QObject::tr("Ratios"), QObject::tr("Keep ratios with finished runs.")},
        {QObject::tr("n"), QObject::tr("Runs per cell, the smallest cell.")},
        {QObject::tr("Smallest f"),
         QObject::tr("Smallest effect over all ratios that the present n "
                     "finds with the target power.")},
        {QObject::tr("Smallest d"), QObject::tr("The same for two ratios, independent runs.")},
        {QObject::tr("Smallest dz"), QObject::tr("The same for two ratios, paired by seed.")},
        {QObject::tr("Power, medium f"),
         QObject::tr("Chance to find a medium effect at the present "
                     "n.")},
        {QObject::tr("Runs needed"), QObject::tr("Runs per cell to find a medium effect with the "
                                                 "target power.")}};
    const auto cell = [](const stats::Computed<double>& value, int places) {
        return value ? decimals(*value, places) : missing({});
    };
    for (const stats::LengthAnalysis& length : analysis.perLength) {
        const stats::LengthPower& power = length.power;
        if (power.groups < 2) continue;
        table.rows.push_back({count(length.length), count(static_cast<double>(power.groups)),
                              count(static_cast<double>(power.n)), cell(power.smallestF, 3),
                              cell(power.smallestD, 3), cell(power.smallestDz, 3),
                              cell(power.powerForMediumF, 3), cell(power.runsForMediumF, 0)});
    }
    table.note = QObject::tr(
                     "Target power %1, alpha %2, medium effect f = %3. Effects are in units "
                     "of the standard deviation between seeds.")
                     .arg(analysis.options.targetPower)
                     .arg(analysis.options.alpha)
                     .arg(analysis.options.mediumF);
    return table;
}

StatisticsTable hypothesesTable(const stats::GridAnalysis& analysis) {
    StatisticsTable table;
    table.columns = {{QObject::tr("Hypothesis"), QObject::tr("As stated beforehand.")},
                     {QObject::tr("Verdict"), QObject::tr("What the finished runs say about it.")},
                     {QObject::tr("p"), QObject::tr("Of the test named under Method.")},
                     {QObject::tr("n"), QObject::tr("Seeds used.")},
                     {QObject::tr("In words"), QObject::tr("The verdict as a sentence.")},
                     {QObject::tr("Method"), QObject::tr("Exact name of the test.")}};
    for (const stats::Verdict& verdict : analysis.verdicts)
        table.rows.push_back({words(QString::fromStdString(verdict.statement)),
                              words(QString::fromLatin1(stats::toText(verdict.state))),
                              verdict.p ? pCell(*verdict.p) : missing({}),
                              count(static_cast<double>(verdict.n)),
                              words(QString::fromStdString(verdict.sentence)),
                              words(QString::fromStdString(verdict.method))});
    table.note = QString::fromStdString(analysis.interactionSentence);
    return table;
}

}  // namespace ui

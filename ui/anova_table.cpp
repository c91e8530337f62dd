// SPDX-License-Identifier: GPL-3.0-or-later
// The table of tests over all keep ratios: per length and over the whole grid.
#include <QObject>
#include <cmath>

#include "ui/statistics_cells.h"
#include "ui/statistics_tables.h"
#include "ui/text.h"

namespace ui {
namespace {

/// One test: what it says, or why it says nothing.
struct Test {
    QString name;
    QString df;
    double firstDf = 0;
    double statistic = 0;
    std::optional<double> p;
    QString effect;
};

QString degrees(double value) {
    return QString::number(value, 'f', value == std::floor(value) ? 0 : 2);
}

QString degrees(double first, double second) {
    return QStringLiteral("%1, %2").arg(degrees(first), degrees(second));
}

QString share(const char* symbol, double value) {
    return QStringLiteral("%1 %2").arg(QString::fromUtf8(symbol)).arg(value, 0, 'f', 3);
}

class Rows {
public:
    explicit Rows(StatisticsTable& table) : m_table(table) {}
    void setPlace(const QString& place, std::size_t n) {
        m_place = place;
        m_n = static_cast<double>(n);
    }
    void add(const Test& test) {
        m_table.rows.push_back({words(m_place), words(test.name), wholeNumber(m_n),
                                test.df.isEmpty() ? missing({}) : number(test.firstDf, test.df),
                                decimals(test.statistic, 3), test.p ? pCell(*test.p) : missing({}),
                                words(test.effect)});
    }
    void refuse(const QString& name, const std::string& whyNot) {
        m_table.rows.push_back({words(m_place), words(name), wholeNumber(m_n), missing({}),
                                missing({}), missing({}), words(QString::fromStdString(whyNot))});
    }

private:
    StatisticsTable& m_table;
    QString m_place;
    double m_n = 0;
};

void addBlocked(Rows& rows, const stats::LengthAnalysis& length) {
    const QString name = QObject::tr("randomised-block ANOVA, seed as block");
    if (!length.blocked) return rows.refuse(name, length.blocked.whyNot);
    const stats::BlockAnova& test = *length.blocked;
    rows.add({name, degrees(test.dfCells, test.dfError), test.dfCells, test.f, test.p,
              share("partial η²", test.partialEta2)});
    const auto corrected = [&](const QString& correction, double epsilon, double p) {
        rows.add({QObject::tr("the same, %1").arg(correction),
                  degrees(test.dfCells * epsilon, test.dfError * epsilon), test.dfCells * epsilon,
                  test.f, p, share("ε", epsilon)});
    };
    corrected(QObject::tr("Greenhouse-Geisser"), test.greenhouseGeisser, test.pGreenhouseGeisser);
    if (test.huynhFeldt) corrected(QObject::tr("Huynh-Feldt"), *test.huynhFeldt, *test.pHuynhFeldt);
}

void addIndependent(Rows& rows, const stats::LengthAnalysis& length) {
    const QString oneWay = QObject::tr("one-way ANOVA");
    if (length.oneWay) {
        const stats::OneWayAnova& test = *length.oneWay;
        rows.add({oneWay, degrees(test.dfBetween, test.dfWithin), test.dfBetween, test.f, test.p,
                  share("η²", test.eta2) +
                      QStringLiteral(" [%1, %2], ")
                          .arg(test.eta2Interval.lower, 0, 'f', 3)
                          .arg(test.eta2Interval.upper, 0, 'f', 3) +
                      share("ω²", test.omega2)});
    } else {
        rows.refuse(oneWay, length.oneWay.whyNot);
    }
    const auto unequal = [&](const QString& name,
                             const stats::Computed<stats::UnequalVarianceAnova>& test) {
        if (!test) return rows.refuse(name, test.whyNot);
        rows.add({name, degrees(test->df1, test->df2), test->df1, test->f, test->p, {}});
    };
    unequal(QObject::tr("Welch ANOVA"), length.welch);
    unequal(QObject::tr("Brown-Forsythe test of means"), length.brownForsythe);
}

void addRanks(Rows& rows, const stats::LengthAnalysis& length) {
    const QString friedman = QObject::tr("Friedman");
    if (!length.friedman) {
        rows.refuse(friedman, length.friedman.whyNot);
    } else {
        const stats::Friedman& test = *length.friedman;
        const QString effect = share("Kendall's W", test.kendallW);
        if (length.friedmanExact)
            rows.add({friedman + QObject::tr(", exact"),
                      {},
                      0,
                      length.friedmanExact->q,
                      length.friedmanExact->p,
                      effect});
        rows.add({friedman + QObject::tr(", asymptotic"), degrees(test.df), test.df, test.q, test.p,
                  effect});
        const QString iman = friedman + QObject::tr(", Iman-Davenport");
        if (test.imanDavenport)
            rows.add({iman, degrees(test.imanDavenport->df1, test.imanDavenport->df2),
                      test.imanDavenport->df1, test.imanDavenport->f, test.imanDavenport->p,
                      effect});
        else
            rows.refuse(iman, test.imanDavenport.whyNot);
    }
    const QString kruskal = QObject::tr("Kruskal-Wallis");
    if (!length.kruskal) return rows.refuse(kruskal, length.kruskal.whyNot);
    const QString effect = share("ε²", length.kruskal->epsilonSquared);
    if (length.kruskalExact)
        rows.add({kruskal + QObject::tr(", exact"),
                  {},
                  0,
                  length.kruskalExact->h,
                  length.kruskalExact->p,
                  effect});
    rows.add({kruskal + QObject::tr(", asymptotic"), degrees(length.kruskal->df),
              length.kruskal->df, length.kruskal->h, length.kruskal->p, effect});
}

QString trendNote(const stats::LengthAnalysis& length, stats::RatioTrend trend) {
    return trend != stats::RatioTrend::None && trend == length.predictedTrend
               ? QObject::tr("predicted for this length")
               : QString();
}

void addJonckheere(Rows& rows, const stats::LengthAnalysis& length) {
    const QString name = QObject::tr("Jonckheere-Terpstra trend over the ratios");
    if (!length.jonckheere) return rows.refuse(name, length.jonckheere.whyNot);
    const stats::Jonckheere& test = *length.jonckheere;
    const QString exactness = test.exact ? QObject::tr("exact") : QObject::tr("asymptotic");
    const stats::TrendP& p = test.exact ? *test.exact : test.asymptotic;
    const auto add = [&](const QString& direction, double of, stats::RatioTrend trend) {
        rows.add({QStringLiteral("%1, %2, %3").arg(name, direction, exactness),
                  {},
                  0,
                  test.j,
                  of,
                  trendNote(length, trend)});
    };
    add(QObject::tr("two-sided"), p.two, stats::RatioTrend::None);
    add(QObject::tr("loss rises with k/L"), p.increasing, stats::RatioTrend::Rising);
    add(QObject::tr("loss falls with k/L"), p.decreasing, stats::RatioTrend::Falling);
}

void addPage(Rows& rows, const stats::LengthAnalysis& length) {
    const QString name = QObject::tr("Page's trend within seeds");
    const auto add = [&](const QString& direction, const stats::Computed<stats::Page>& test,
                         stats::RatioTrend trend) {
        if (!test) return rows.refuse(name + QStringLiteral(", ") + direction, test.whyNot);
        rows.add({QStringLiteral("%1, %2, %3")
                      .arg(name, direction,
                           test->pExact ? QObject::tr("exact") : QObject::tr("asymptotic")),
                  {},
                  0,
                  test->l,
                  test->pExact.value_or(test->pAsymptotic),
                  trendNote(length, trend)});
    };
    add(QObject::tr("loss rises with k/L"), length.pageRising, stats::RatioTrend::Rising);
    add(QObject::tr("loss falls with k/L"), length.pageFalling, stats::RatioTrend::Falling);
}

void addBayes(Rows& rows, const stats::LengthAnalysis& length) {
    const QString name = QObject::tr("Bayes factor BF₀₁, no difference over a difference");
    if (!length.bayes) return rows.refuse(name, length.bayes.whyNot);
    rows.add({name,
              {},
              0,
              std::exp(-length.bayes->logBf10),
              {},
              QString::fromStdString(stats::evidenceInWords(*length.bayes))});
}

QString effectName(const std::string& name) {
    if (name == "a") return QObject::tr("length");
    if (name == "b") return QObject::tr("keep ratio");
    if (name == "a:b") return QObject::tr("length × keep ratio");
    return name == "s" ? QObject::tr("seed") : QString::fromStdString(name);
}

void addFactorial(Rows& rows, const QString& name,
                  const stats::Computed<stats::FactorialAnova>& anova) {
    rows.setPlace(QObject::tr("grid"), anova ? anova->n : 0);
    if (!anova) return rows.refuse(name, anova.whyNot);
    for (const stats::FactorialEffect& effect : anova->effects)
        rows.add({QStringLiteral("%1: %2").arg(name, effectName(effect.name)),
                  degrees(effect.df, effect.dfError), effect.df, effect.f, effect.p,
                  share("partial η²", effect.partialEta2)});
}

void addGrid(Rows& rows, const stats::GridAnalysis& analysis) {
    addFactorial(rows, QObject::tr("two-way ANOVA, seed as block"), analysis.twoWayBlocked);
    addFactorial(rows, QObject::tr("two-way ANOVA within seeds"), analysis.twoWayWithin);
    addFactorial(rows, QObject::tr("two-way ANOVA, type I"), analysis.twoWaySequential);
    addFactorial(rows, QObject::tr("two-way ANOVA, type II"), analysis.twoWayMarginal);
    addFactorial(rows, QObject::tr("two-way ANOVA, type III"), analysis.twoWayPartial);
}

std::vector<TableColumn> columns() {
    return {{QObject::tr("Where"), QObject::tr("Sequence length, or the whole grid.")},
            {QObject::tr("Test"), QObject::tr("Exact name of the test.")},
            {QObject::tr("n"), QObject::tr("Runs that the test used.")},
            {QObject::tr("df"), QObject::tr("Degrees of freedom: effect, error.")},
            {QObject::tr("Statistic"),
             QObject::tr("F; Q, H, J and L of the rank tests; the Bayes factor itself.")},
            {QObject::tr("p"),
             QObject::tr("Chance of a statistic at least this large if no keep ratio differed.")},
            {QObject::tr("Effect size"),
             QObject::tr("Share of the variation that the keep ratio explains, or why there is no "
                         "result.")}};
}

}  // namespace

StatisticsTable anovaTable(const stats::GridAnalysis& analysis, const AnovaScope& scope) {
    StatisticsTable table;
    table.columns = columns();
    Rows rows(table);
    for (std::size_t at = 0; at < analysis.perLength.size(); ++at) {
        const bool wanted = scope.of == AnovaScope::Of::Everything ||
                            (scope.of == AnovaScope::Of::Length && scope.length == at);
        const stats::LengthAnalysis& length = analysis.perLength[at];
        if (!wanted || length.usedRatios.empty()) continue;
        std::size_t runs = 0;
        for (const std::size_t ratio : length.usedRatios) runs += length.cells[ratio].done;
        const QString place = QStringLiteral("L %1").arg(length.length);
        rows.setPlace(place, length.blockSeeds.size() * length.usedRatios.size());
        addBlocked(rows, length);
        rows.setPlace(place, runs);
        addIndependent(rows, length);
        addRanks(rows, length);
        addJonckheere(rows, length);
        rows.setPlace(place, length.blockSeeds.size() * length.usedRatios.size());
        addPage(rows, length);
        rows.setPlace(place, runs);
        addBayes(rows, length);
    }
    addGrid(rows, analysis);
    table.note =
        QObject::tr(
            "The randomised-block ANOVA with seed as block decides the verdicts (α %1). "
            "The ANOVAs assume normal residuals, all but Welch's and Brown-Forsythe's equal "
            "variances, the blocked ones no seed-by-ratio interaction; the rank tests "
            "assume none of these. Bayes factor: JZS prior, scale 1/2, balanced one-way.")
            .arg(brief(analysis.options.alpha));
    return table;
}

}  // namespace ui

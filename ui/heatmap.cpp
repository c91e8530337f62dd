// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/heatmap.h"

#include <QCoreApplication>
#include <QMap>
#include <QRegularExpression>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "ui/heatmap_cell.h"
#include "ui/text.h"

namespace ui {
namespace {

constexpr double kSmallestP = 1e-6;  // the colour bar's end; the numbers go further
const QString kNothing = QStringLiteral("–");

QString tr(const char* text) {
    return QCoreApplication::translate("Heatmap", text);
}

/// Decimals that show a hundredth of this spread, five significant digits at most.
int decimalsFor(double low, double high) {
    const double largest = std::max(std::abs(low), std::abs(high));
    const double spread = high > low ? high - low : largest;
    if (!(spread > 0.0)) return 2;
    const int wanted = 2 - static_cast<int>(std::floor(std::log10(spread)));
    const int allowed = 4 - static_cast<int>(std::floor(std::log10(largest)));
    return std::clamp(std::min(wanted, allowed), 0, 6);
}

QString signedDecimals(double value, int decimals) {
    const QString digits = QString::number(std::abs(value), 'f', decimals);
    if (digits.toDouble() == 0.0) return digits;
    return (value < 0.0 ? QChar(0x2212) : QLatin1Char('+')) + digits;
}

RowRank rankOf(const CellSource& cell) {
    if (!cell.position || cell.length->usedRatios.size() < 2) return RowRank::Other;
    if (cell.length->best && *cell.length->best == *cell.position) return RowRank::Best;
    const auto& equal = cell.length->notDistinguishable;
    return std::find(equal.begin(), equal.end(), *cell.position) != equal.end()
               ? RowRank::NotDistinguishable
               : RowRank::Other;
}

Doubt doubtOf(const CellSource& cell, const std::optional<ComparisonWithControl>& compared) {
    if (cell.failed() > 0) return Doubt::Failed;
    if (cell.done() == 0) return Doubt::None;
    if (cell.done() == 1) return Doubt::TooFewRuns;
    if (compared && compared->numbers.p >= compared->level) return Doubt::Undecided;
    return Doubt::None;
}

void showMetric(HeatmapCell& shown, const CellSource& cell, Metric metric) {
    if (!cell.outcome) return;
    if (metric == Metric::StepTime) {
        if (cell.timing) shown.value = cell.timing->medianMs;
        return;
    }
    const double confidence = cell.analysis ? cell.analysis->options.confidence : 0.95;
    const auto summary = summarise(*cell.outcome, metric, confidence);
    if (!summary) return;
    shown.value = summary->mean;
    if (summary->halfWidth)
        shown.detail = QStringLiteral("± ") + significant(*summary->halfWidth, 2);
}

void showImprovement(HeatmapCell& shown, const CellSource& cell, Control control) {
    if (!cell.summary) return;
    const auto& improvement = control == Control::Baseline ? cell.summary->improvement
                                                           : cell.summary->improvementOverDense;
    if (!improvement) return;
    shown.value = 100.0 * *improvement;
    if (const auto compared = comparisonWith(control, cell)) {
        shown.detail = QStringLiteral("p ") + probability(compared->numbers.p);
    } else if (cell.isBaseline() && control == Control::Baseline) {
        shown.detail = tr("baseline");
    }
}

void showStatistic(HeatmapCell& shown, const CellSource& cell, HeatmapKind kind) {
    if (kind == HeatmapKind::PAgainstBaseline) {
        if (const auto compared = comparisonWith(Control::Baseline, cell))
            shown.value = compared->numbers.p;
        if (cell.isBaseline()) shown.detail = tr("baseline");
    } else if (cell.position && cell.length->probabilityOfBest) {
        shown.value = cell.length->probabilityOfBest->pBest[*cell.position];
    }
}

HeatmapCell makeCell(const CellSource& source, const HeatmapQuantity& quantity) {
    HeatmapCell cell;
    cell.key = source.key;
    cell.keep = source.outcome ? source.outcome->keep : 0;
    std::optional<ComparisonWithControl> compared;
    switch (quantity.kind) {
        case HeatmapKind::Metric:
            showMetric(cell, source, quantity.metric);
            break;
        case HeatmapKind::ImprovementOverBaseline:
            showImprovement(cell, source, Control::Baseline);
            compared = comparisonWith(Control::Baseline, source);
            break;
        case HeatmapKind::ImprovementOverDense:
            showImprovement(cell, source, Control::Dense);
            compared = comparisonWith(Control::Dense, source);
            break;
        case HeatmapKind::PAgainstBaseline:
            compared = comparisonWith(Control::Baseline, source);
            [[fallthrough]];
        case HeatmapKind::ProbabilityOfBest:
            showStatistic(cell, source, quantity.kind);
            break;
    }
    cell.rank = rankOf(source);
    const bool timed = quantity == HeatmapQuantity{HeatmapKind::Metric, Metric::StepTime};
    if (!timed) cell.doubt = doubtOf(source, compared);
    cell.toolTip =
        cellToolTip(source, quantity.kind == HeatmapKind::Metric ? std::optional(quantity.metric)
                                                                 : std::nullopt);
    return cell;
}

bool isSigned(HeatmapKind kind) {
    return kind == HeatmapKind::ImprovementOverBaseline ||
           kind == HeatmapKind::ImprovementOverDense;
}

void setScale(Heatmap& map) {
    double low = HUGE_VAL;
    double high = -HUGE_VAL;
    for (const HeatmapCell& cell : map.cells) {
        if (!cell.value) continue;
        low = std::min(low, *cell.value);
        high = std::max(high, *cell.value);
    }
    map.scale.title = map.title;
    map.scale.kind = map.quantity.kind == HeatmapKind::Metric ? scaleKind(map.quantity.metric)
                                                              : ColourScale::Kind::LargerIsBetter;
    if (!(low <= high)) return;
    map.scale.content = ColourScale::Content::Filled;
    if (isSigned(map.quantity.kind)) {
        map.scale.kind = ColourScale::Kind::Signed;
        high = std::max({std::abs(low), std::abs(high), 1e-9});
        low = -high;
    } else if (map.quantity.kind == HeatmapKind::PAgainstBaseline) {
        map.scale.kind = ColourScale::Kind::SmallerIsBetter;
        map.axis = AxisScale::Logarithmic;
        low = std::clamp(std::pow(10.0, std::floor(std::log10(std::max(low, 1e-300)))), kSmallestP,
                         0.01);
        high = 1.0;
    } else if (map.quantity.kind == HeatmapKind::ProbabilityOfBest) {
        low = 0.0;
        high = 1.0;
    } else if (low == high) {  // one colour needs a range around it, too
        const double pad = low != 0.0 ? 0.01 * std::abs(low) : 1.0;
        low -= pad;
        high += pad;
    }
    map.scale.low = low;
    map.scale.high = high;
}

void writeNumbers(Heatmap& map) {
    const int decimals = decimalsFor(map.scale.low, map.scale.high);
    for (HeatmapCell& cell : map.cells) {
        if (!cell.value) {
            cell.text = cell.detail.isEmpty() ? kNothing : std::exchange(cell.detail, QString());
        } else if (isSigned(map.quantity.kind)) {
            cell.text = signedDecimals(*cell.value, std::min(decimals, 2));
        } else if (map.quantity.kind == HeatmapKind::PAgainstBaseline) {
            cell.text = probability(*cell.value);
        } else {
            cell.text = QString::number(*cell.value, 'f', decimals);
        }
    }
}

/// "Dunnett's test on blocks (seeds) for L 64, 128; Dunnett's test for L 256".
QString dunnettNote(Control control, const stats::GridAnalysis& analysis) {
    QMap<QString, QStringList> lengths;
    for (const stats::LengthAnalysis& length : analysis.perLength) {
        const QString name = dunnettName(control, length);
        if (!name.isEmpty()) lengths[name].push_back(QString::number(length.length));
    }
    if (lengths.isEmpty()) return tr("No test yet: it needs two runs in two cells of a length.");
    if (lengths.size() == 1) return tr("p: %1, two-sided").arg(lengths.firstKey());
    QStringList parts;
    for (auto one = lengths.cbegin(); one != lengths.cend(); ++one)
        parts.push_back(tr("%1 for L %2").arg(one.key(), one.value().join(QStringLiteral(", "))));
    return tr("p: %1, two-sided").arg(parts.join(QStringLiteral("; ")));
}

QString metricNote(Metric metric, double confidence) {
    if (metric == Metric::StepTime)
        return tr("Median step of one run that has the device for itself, all cells in turn.");
    QString note =
        tr("Mean of the finished runs; ± half of Student's %1 % interval.").arg(100.0 * confidence);
    if (metric == Metric::ElapsedTime || metric == Metric::TokensPerSecond ||
        metric == Metric::PeakMemory)
        note += QLatin1Char(' ') +
                tr("As the runs went: what trained beside a run counts too. Charts has time and "
                   "memory of each cell alone, once speed and memory are measured.");
    return note;
}

QString bestNote(const stats::GridAnalysis& analysis) {
    const stats::BootstrapOptions& options = analysis.options.bootstrap;
    const bool exact =
        std::all_of(analysis.perLength.begin(), analysis.perLength.end(), [](const auto& length) {
            return !length.probabilityOfBest ||
                   length.probabilityOfBest->exactness == stats::Exactness::Exact;
        });
    return exact ? tr("Share of the bootstrap resamples of the seeds in which a keep ratio has the "
                      "lowest mean loss of its length; every resample is counted.")
                 : tr("Share of %1 bootstrap resamples of the seeds in which a keep ratio has the "
                      "lowest mean loss of its length.")
                       .arg(counted(options.resamples));
}

QString noteOf(const HeatmapQuantity& quantity, const stats::GridAnalysis* analysis) {
    if (quantity.kind == HeatmapKind::Metric)
        return metricNote(quantity.metric, analysis ? analysis->options.confidence : 0.95);
    if (!analysis) return {};
    const QString baseline = ratioText(analysis->options.baselineRatio);
    switch (quantity.kind) {
        case HeatmapKind::ImprovementOverBaseline:
            return tr("(loss of k/L %1 − loss) / loss of k/L %1; above 0: better than k/L %1. %2, "
                      "adjusted for all ratios of a length.")
                .arg(baseline, dunnettNote(Control::Baseline, *analysis));
        case HeatmapKind::ImprovementOverDense:
            return tr("(loss of dense attention − loss) / loss of dense attention; above 0: better "
                      "than dense. %1, adjusted for all ratios of a length.")
                .arg(dunnettNote(Control::Dense, *analysis));
        case HeatmapKind::PAgainstBaseline:
            return tr("%1, mean loss against that of k/L %2, adjusted for all ratios of a length.")
                .arg(dunnettNote(Control::Baseline, *analysis), baseline);
        default:
            return bestNote(*analysis);
    }
}

void explain(Heatmap& map, const stats::GridAnalysis* analysis) {
    map.note = noteOf(map.quantity, analysis);
    if (!analysis) return;
    if (analysis->interim)
        map.note.prepend(tr("Interim: %1 % of the planned runs are done. ")
                             .arg(100.0 * analysis->interim->informationFraction, 0, 'f', 0));
    map.undecidedMeans = analysis->interim
                             ? tr("not significant at this interim look of its length")
                             : tr("not significant (p ≥ %1)").arg(analysis->options.alpha);
    for (const stats::LengthAnalysis& length : analysis->perLength)
        if (length.usedRatios.size() > 1)
            map.equalMeans = tr("not distinguishable from it (%1)")
                                 .arg(QString::fromStdString(length.bestSetMethod));
}

}  // namespace

std::vector<HeatmapQuantity> heatmapQuantities(const runs::ResultsTable& results) {
    std::vector<HeatmapQuantity> all;
    for (const Metric metric : allMetrics())
        if (metric != Metric::Improvement) all.push_back({HeatmapKind::Metric, metric});
    const auto loss = std::find(all.begin(), all.end(), HeatmapQuantity{});
    std::vector<HeatmapQuantity> made{{HeatmapKind::ImprovementOverBaseline}};
    if (results.hasDense) made.push_back({HeatmapKind::ImprovementOverDense});
    made.push_back({HeatmapKind::PAgainstBaseline});
    made.push_back({HeatmapKind::ProbabilityOfBest});
    all.insert(loss == all.end() ? loss : loss + 1, made.begin(), made.end());
    return all;
}

QString title(const HeatmapQuantity& quantity) {
    const QString baseline = ratioText(stats::GridAnalysisOptions{}.baselineRatio);
    switch (quantity.kind) {
        case HeatmapKind::Metric:
            return title(quantity.metric);
        case HeatmapKind::ImprovementOverBaseline:
            return tr("improvement over k/L %1 (% of its loss)").arg(baseline);
        case HeatmapKind::ImprovementOverDense:
            return tr("improvement over dense attention (% of its loss)");
        case HeatmapKind::PAgainstBaseline:
            return tr("p value against k/L %1").arg(baseline);
        case HeatmapKind::ProbabilityOfBest:
            return tr("probability of being best");
    }
    return {};
}

QString fileName(const HeatmapQuantity& quantity) {
    switch (quantity.kind) {
        case HeatmapKind::Metric:
            break;
        case HeatmapKind::ImprovementOverBaseline:
            return QStringLiteral("improvement_over_baseline");
        case HeatmapKind::ImprovementOverDense:
            return QStringLiteral("improvement_over_dense");
        case HeatmapKind::PAgainstBaseline:
            return QStringLiteral("p_against_baseline");
        case HeatmapKind::ProbabilityOfBest:
            return QStringLiteral("probability_of_best");
    }
    QString words = title(quantity.metric).section(QLatin1Char('('), 0, 0).trimmed().toLower();
    return words.replace(QRegularExpression(QStringLiteral("[^a-z0-9]+")), QStringLiteral("_"));
}

Heatmap makeHeatmap(const runs::ResultsTable& results, const stats::GridAnalysis* analysis,
                    const HeatmapQuantity& quantity) {
    Heatmap map;
    map.quantity = quantity;
    map.title = title(quantity);
    map.lengths = results.lengths;
    for (const double ratio : results.keepRatios)
        map.columns.push_back({0, ratio, experiment::AttentionKind::Sparse});
    const bool dense = results.hasDense && (quantity.kind == HeatmapKind::Metric ||
                                            quantity.kind == HeatmapKind::ImprovementOverBaseline);
    if (dense) map.columns.push_back({0, 1.0, experiment::AttentionKind::Dense});
    for (const std::int64_t length : map.lengths) {
        for (CellKey key : map.columns) {
            key.length = length;
            map.cells.push_back(makeCell(cellSource(results, analysis, key), quantity));
        }
    }
    setScale(map);
    writeNumbers(map);
    explain(map, analysis);
    return map;
}

QColor heatmapColour(const Heatmap& map, double value) {
    if (map.axis == AxisScale::Linear) return scaleColour(map.scale, value);
    const double clamped = std::clamp(value, map.scale.low, map.scale.high);
    const double share =
        std::log(clamped / map.scale.low) / std::log(map.scale.high / map.scale.low);
    return scaleColour(map.scale, map.scale.low + share * (map.scale.high - map.scale.low));
}

}  // namespace ui

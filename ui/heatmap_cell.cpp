// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/heatmap_cell.h"

#include <QCoreApplication>
#include <cmath>

#include "ui/text.h"

namespace ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("Heatmap", text);
}

QString row(const QString& name, const QString& value) {
    return QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td align='right'>%2</td></tr>")
        .arg(name, value.toHtmlEscaped());
}

QString percent(double share, int decimals) {
    return QStringLiteral("%1 %").arg(100.0 * share, 0, 'f', decimals);
}

QString interval(double lower, double upper) {
    return QStringLiteral("[%1, %2]").arg(significant(lower, 5), significant(upper, 5));
}

QString lossRows(const CellSource& cell) {
    if (!cell.summary || !cell.summary->mean) return {};
    QString rows = row(tr("mean loss (nats/token)"), significant(*cell.summary->mean, 6));
    if (const auto& spread = cell.summary->description) {
        rows += row(tr("%1 % interval (Student's t)").arg(100.0 * spread->conf),
                    interval(spread->meanInterval.lower, spread->meanInterval.upper));
        rows += row(tr("standard deviation"), significant(spread->sd, 3));
    }
    return rows;
}

QString comparisonRows(Control control, const CellSource& cell) {
    const bool baseline = control == Control::Baseline;
    const std::optional<double>& improvement =
        baseline ? cell.summary->improvement : cell.summary->improvementOverDense;
    if (!improvement) return {};
    const QString against =
        baseline ? tr("k/L %1").arg(ratioText(cell.analysis->options.baselineRatio)) : tr("dense");
    QString rows = row(tr("improvement over %1").arg(against), percent(*improvement, 2));
    const auto compared = comparisonWith(control, cell);
    if (!compared) return rows;
    rows += row(tr("difference of means"),
                QStringLiteral("%1 %2").arg(significant(compared->numbers.diff, 3),
                                            interval(compared->numbers.lo, compared->numbers.hi)));
    rows += row(QStringLiteral("p"), probability(compared->numbers.p));
    rows += row(tr("method"), compared->method);
    return rows;
}

QString analysisRows(const CellSource& cell) {
    if (!cell.summary) return {};
    QString rows = lossRows(cell);
    if (!cell.isBaseline()) rows += comparisonRows(Control::Baseline, cell);
    if (!cell.isDense()) rows += comparisonRows(Control::Dense, cell);
    if (cell.position && cell.length->probabilityOfBest) {
        const stats::ArgminBootstrap& best = *cell.length->probabilityOfBest;
        const bool exact = best.exactness == stats::Exactness::Exact;
        rows += row(tr("probability of being best"), percent(best.pBest[*cell.position], 1));
        rows += row(tr("method"), (exact ? tr("bootstrap of the seeds, all resamples, n = %1")
                                         : tr("bootstrap of the seeds, random resamples, n = %1"))
                                      .arg(cell.length->blockSeeds.size()));
    }
    return rows;
}

}  // namespace

bool CellSource::isBaseline() const {
    return position && length->baseline && *position == *length->baseline;
}

std::size_t CellSource::done() const {
    return outcome ? outcome->count(runs::RunStatus::Done) : 0;
}

std::size_t CellSource::failed() const {
    return outcome ? outcome->count(runs::RunStatus::Failed) +
                         outcome->count(runs::RunStatus::Diverged) +
                         outcome->count(runs::RunStatus::Damaged)
                   : 0;
}

CellSource cellSource(const runs::ResultsTable& results, const stats::GridAnalysis* analysis,
                      const CellKey& key) {
    CellSource source;
    source.key = key;
    const bool dense = source.isDense();
    source.outcome =
        dense ? results.denseCell(key.length) : results.cell(key.length, key.keepRatio);
    if (source.outcome) source.timing = results.cellTiming(*source.outcome);
    if (!analysis) return source;
    for (const stats::LengthAnalysis& length : analysis->perLength) {
        if (length.length != static_cast<double>(key.length)) continue;
        source.analysis = analysis;
        source.length = &length;
        if (dense && length.dense) source.summary = &*length.dense;
        for (std::size_t at = 0; !dense && at < length.cells.size(); ++at)
            if (length.cells[at].keepRatio == key.keepRatio) source.summary = &length.cells[at];
        for (std::size_t at = 0; !dense && at < length.usedRatios.size(); ++at)
            if (analysis->keepRatios[length.usedRatios[at]] == key.keepRatio) source.position = at;
    }
    return source;
}

QString dunnettName(Control control, const stats::LengthAnalysis& length) {
    const bool baseline = control == Control::Baseline;
    if (baseline ? length.dunnettBlocked : length.dunnettDenseBlocked)
        return tr("Dunnett's test on blocks (seeds)");
    if (baseline ? length.dunnett : length.dunnettDense) return tr("Dunnett's test");
    return {};
}

std::optional<ComparisonWithControl> comparisonWith(Control control, const CellSource& cell) {
    if (!cell.position) return std::nullopt;
    const stats::LengthAnalysis& length = *cell.length;
    const bool baseline = control == Control::Baseline;
    const auto& blocked = baseline ? length.dunnettBlocked : length.dunnettDenseBlocked;
    const auto& plain = baseline ? length.dunnett : length.dunnettDense;
    const auto& used = blocked ? blocked : plain;
    if (!used) return std::nullopt;
    for (const stats::ControlComparison& comparison : used->comparisons)
        if (comparison.group == *cell.position)
            return ComparisonWithControl{comparison, dunnettName(control, length),
                                         blocked ? length.blockedLevel : length.level};
    return std::nullopt;
}

std::optional<MetricSummary> summarise(const runs::CellOutcome& cell, Metric metric,
                                       double confidence) {
    std::vector<double> values;
    for (const runs::RunOutcome& run : cell.runs) {
        if (!run.result) continue;
        const double value = valueOf(metric, *run.result);
        if (std::isfinite(value)) values.push_back(value);
    }
    if (values.empty()) return std::nullopt;
    MetricSummary summary;
    summary.runs = values.size();
    summary.mean = stats::mean(values);
    if (values.size() > 1)
        summary.halfWidth = stats::describe(values, confidence).meanInterval.upper - summary.mean;
    return summary;
}

QString cellToolTip(const CellSource& cell, std::optional<Metric> shown) {
    QString rows;
    if (cell.outcome) {
        rows += row(QStringLiteral("k"), counted(cell.outcome->keep));
        const std::size_t failed = cell.failed();
        QString runs = tr("%1 of %2 done").arg(cell.done()).arg(cell.outcome->runs.size());
        if (failed > 0) runs += tr(", %1 failed").arg(failed);
        rows += row(tr("runs"), runs);
        const double confidence = cell.analysis ? cell.analysis->options.confidence : 0.95;
        if (shown && *shown != Metric::FinalLoss) {
            if (const auto summary = summarise(*cell.outcome, *shown, confidence))
                rows += row(title(*shown),
                            summary->halfWidth
                                ? QStringLiteral("%1 ± %2").arg(significant(summary->mean, 5),
                                                                significant(*summary->halfWidth, 2))
                                : significant(summary->mean, 5));
        }
    }
    if (cell.timing)
        rows += row(
            tr("step alone on %1, quartiles (ms)").arg(QString::fromStdString(cell.timing->device)),
            QStringLiteral("%1 %2").arg(
                significant(cell.timing->medianMs),
                interval(cell.timing->lowerQuartileMs, cell.timing->upperQuartileMs)));
    rows += analysisRows(cell);
    return QStringLiteral("<b>%1</b><table>%2</table>").arg(cellName(cell.key), rows);
}

}  // namespace ui

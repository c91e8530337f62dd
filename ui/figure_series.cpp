// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure_series.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <functional>

#include "stats/descriptives.h"
#include "stats/number_text.h"
#include "ui/text.h"

namespace ui {
namespace {

using stats::LengthAnalysis;

QString tr(const char* text) {
    return QCoreApplication::translate("ui::FigureSeries", text);
}

QString lengthName(double length) {
    return QStringLiteral("L = %1").arg(length);
}

/// The mean and one standard deviation to both sides.
SeriesPoint meanAndSpread(double x, const std::vector<double>& values) {
    SeriesPoint point{x};
    if (values.empty()) return point;
    point.y = stats::mean(values);
    if (values.size() > 1) {
        const double sd = stats::describe(values, 0.95).sd;
        point.low = point.y - sd;
        point.high = point.y + sd;
    }
    return point;
}

std::vector<double> ascending(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values;
}

using PointOf = std::function<SeriesPoint(const runs::CellOutcome& cell)>;

/// One series per length over the keep ratios of the grid.
std::vector<FigureSeries> seriesByLength(const FigureData& data, const PointOf& pointOf) {
    std::vector<FigureSeries> series;
    for (const std::int64_t length : data.table.lengths) {
        FigureSeries one{lengthName(static_cast<double>(length)), {}, SeriesStyle::Measured};
        for (const double ratio : ascending(data.table.keepRatios))
            if (const runs::CellOutcome* cell = data.table.cell(length, ratio))
                one.points.push_back(pointOf(*cell));
        series.push_back(std::move(one));
    }
    return series;
}

bool hasValues(const std::vector<FigureSeries>& series) {
    return std::any_of(series.begin(), series.end(), [](const FigureSeries& one) {
        return std::any_of(one.points.begin(), one.points.end(),
                           [](const SeriesPoint& point) { return std::isfinite(point.y); });
    });
}

std::vector<double> resultsOf(const runs::CellOutcome& cell,
                              const std::function<double(const runs::RunResult&)>& value) {
    std::vector<double> values;
    for (const runs::RunOutcome& run : cell.runs) {
        if (!run.result) continue;
        const double one = value(*run.result);
        if (std::isfinite(one)) values.push_back(one);
    }
    return values;
}

FigurePanel ratioPanel(const FigureData& data, const QString& title, const QString& yTitle) {
    FigurePanel panel;
    panel.title = title;
    panel.yTitle = yTitle;
    panel.ticks = ascending(data.table.keepRatios);
    return panel;
}

FigurePanel meanPanel(const FigureData& data, const QString& title, const QString& yTitle,
                      const std::function<double(const runs::RunResult&)>& value) {
    FigurePanel panel = ratioPanel(data, title, yTitle);
    panel.series = seriesByLength(data, [&](const runs::CellOutcome& cell) {
        return meanAndSpread(cell.keepRatio, resultsOf(cell, value));
    });
    panel.note = tr("means; bars: one standard deviation over seeds");
    if (!hasValues(panel.series)) panel.empty = tr("No run has finished yet.");
    return panel;
}

FigurePanel lengthPanel(const FigureData& data, const QString& title, const QString& yTitle) {
    FigurePanel panel;
    panel.title = title;
    panel.yTitle = yTitle;
    panel.axis = PanelAxis::Length;
    panel.ticks.assign(data.table.lengths.begin(), data.table.lengths.end());
    panel.ticks = ascending(panel.ticks);
    return panel;
}

/// The best ratio of each length and the range of those not distinguishable from it, as `value`
/// shows a ratio at a length.
FigureSeries optimum(const FigureData& data,
                     const std::function<double(double length, double ratio)>& value) {
    FigureSeries series{tr("smallest mean loss"), {}, SeriesStyle::Measured};
    if (!data.analysis) return series;
    for (const LengthAnalysis& length : data.analysis->perLength) {
        if (!length.best || length.usedRatios.size() < 2) continue;
        const auto at = [&](std::size_t position) {
            return value(length.length, length.cells[length.usedRatios[position]].keepRatio);
        };
        SeriesPoint point{length.length, at(*length.best), at(*length.best), at(*length.best)};
        for (const std::size_t position : length.notDistinguishable) {
            point.low = std::min(point.low, at(position));
            point.high = std::max(point.high, at(position));
        }
        series.points.push_back(point);
    }
    return series;
}

const char* const kNothingToCompare =
    QT_TRANSLATE_NOOP("ui::FigureSeries", "No length has two keep ratios with finished runs.");
const char* const kNoBaseline = QT_TRANSLATE_NOOP(
    "ui::FigureSeries", "Needs finished runs at the baseline and at another keep ratio.");

}  // namespace

FigurePanel lossPanel(const FigureData& data) {
    return meanPanel(data, tr("Final validation loss"), tr("validation loss (nats/token)"),
                     [](const runs::RunResult& result) { return result.finalLoss; });
}

FigurePanel accuracyPanel(const FigureData& data) {
    return meanPanel(data, tr("Validation accuracy"), tr("accuracy (% of tokens)"),
                     [](const runs::RunResult& result) { return 100.0 * result.finalAccuracy; });
}

FigurePanel timePanel(const FigureData& data) {
    if (!data.table.timing.empty()) {
        FigurePanel panel =
            ratioPanel(data, tr("Time per step, timing pass"), tr("time per step (ms)"));
        panel.series = seriesByLength(data, [&](const runs::CellOutcome& cell) {
            SeriesPoint point{cell.keepRatio};
            if (const runs::CellTiming* timing = data.table.cellTiming(cell))
                point = {cell.keepRatio, timing->medianMs, timing->lowerQuartileMs,
                         timing->upperQuartileMs};
            return point;
        });
        panel.note = tr("medians; bars: quartiles; each cell alone on the machine");
        return panel;
    }
    FigurePanel panel =
        ratioPanel(data, tr("Time per step as it ran, side by side"), tr("time per step (ms)"));
    panel.series = seriesByLength(data, [](const runs::CellOutcome& cell) {
        return meanAndSpread(
            cell.keepRatio, resultsOf(cell, [](const runs::RunResult& result) {
                const bool known = result.steps > 0 && result.tokensPerSecond > 0.0;
                return known ? 1000.0 * static_cast<double>(result.tokensSeen) /
                                   static_cast<double>(result.steps) / result.tokensPerSecond
                             : kNoValue;
            }));
    });
    panel.note = tr("means; bars: one standard deviation; the runs shared the machine");
    if (!hasValues(panel.series)) panel.empty = tr("Not measured: no timing pass has been run.");
    return panel;
}

FigurePanel optimalRatioPanel(const FigureData& data) {
    FigurePanel panel = lengthPanel(data, tr("Optimal keep ratio"), tr("keep ratio k/L"));
    panel.series = {optimum(data, [](double, double ratio) { return ratio; })};
    panel.level = data.analysis ? data.analysis->options.baselineRatio : 0.5;
    panel.note = tr("bars: ratios that may be the best; dashed: baseline %1").arg(*panel.level);
    if (!hasValues(panel.series)) panel.empty = tr(kNothingToCompare);
    return panel;
}

FigurePanel optimalKeepPanel(const FigureData& data) {
    FigurePanel panel = lengthPanel(data, tr("Optimal k"), tr("k (tokens kept)"));
    panel.scale = PanelScale::Logarithmic;
    panel.note = tr("bars: from the least to the largest k that may be the best; dashed: L/2");
    panel.series = {optimum(data, [](double length, double ratio) {
        return static_cast<double>(experiment::keepCount(static_cast<std::int64_t>(length), ratio));
    })};
    if (!hasValues(panel.series)) {
        panel.empty = tr(kNothingToCompare);
        return panel;
    }
    FigureSeries half{QStringLiteral("k = L/2"), {}, SeriesStyle::Reference};
    for (const double length : panel.ticks) half.points.push_back({length, length / 2.0});
    panel.series.push_back(std::move(half));
    return panel;
}

FigurePanel improvementPanel(const FigureData& data) {
    FigurePanel panel =
        ratioPanel(data, tr("Improvement against the baseline"), tr("improvement (%)"));
    panel.level = 0.0;
    panel.note = tr("of mean losses; bars: simultaneous 95 % intervals, Dunnett");
    if (!data.analysis) {
        panel.empty = tr(kNoBaseline);
        return panel;
    }
    for (const LengthAnalysis& length : data.analysis->perLength) {
        FigureSeries series{lengthName(length.length), {}, SeriesStyle::Measured};
        const auto& test = length.dunnettBlocked ? length.dunnettBlocked : length.dunnett;
        for (std::size_t position = 0; position < length.usedRatios.size(); ++position) {
            const stats::CellSummary& cell = length.cells[length.usedRatios[position]];
            if (!cell.improvement || position == length.baseline) continue;
            SeriesPoint point{cell.keepRatio, 100.0 * *cell.improvement};
            const double baseline = *length.cells[length.usedRatios[*length.baseline]].mean;
            if (test)
                for (const stats::ControlComparison& each : test->comparisons)
                    if (each.group == position) {
                        point.low = -100.0 * each.hi / baseline;
                        point.high = -100.0 * each.lo / baseline;
                    }
            series.points.push_back(point);
        }
        panel.series.push_back(std::move(series));
    }
    if (!hasValues(panel.series)) panel.empty = tr(kNoBaseline);
    return panel;
}

FigurePanel effectPanel(const FigureData& data) {
    FigurePanel panel = ratioPanel(data, tr("Effect size against the baseline"), tr("Hedges' g"));
    panel.level = 0.0;
    panel.note = tr("above 0: larger loss than the baseline; bars: 95 % intervals");
    if (!data.analysis) {
        panel.empty = tr(kNoBaseline);
        return panel;
    }
    for (const LengthAnalysis& length : data.analysis->perLength) {
        FigureSeries series{lengthName(length.length), {}, SeriesStyle::Measured};
        for (const stats::PairEffect& pair : length.effects) {
            if (!length.baseline || !pair.independent) continue;
            const bool isFirst = pair.i == *length.baseline;
            if (!isFirst && pair.j != *length.baseline) continue;
            const stats::StandardizedDifference& effect = *pair.independent;
            const double sign = isFirst ? 1.0 : -1.0;  // loss of the ratio minus the baseline's
            const double low = sign * effect.gInterval.lower;
            const double high = sign * effect.gInterval.upper;
            const std::size_t other = isFirst ? pair.j : pair.i;
            series.points.push_back({length.cells[length.usedRatios[other]].keepRatio,
                                     sign * effect.g, std::min(low, high), std::max(low, high)});
        }
        panel.series.push_back(std::move(series));
    }
    if (!hasValues(panel.series)) panel.empty = tr(kNoBaseline);
    return panel;
}

QStringList summaryLines(const FigureData& data) {
    const auto done = data.table.count(runs::RunStatus::Done);
    QStringList lines;
    lines << tr("%1 of %2 planned runs finished.").arg(done).arg(data.table.planned());
    if (!data.analysis) return lines;
    if (data.analysis->interim) lines << QString::fromStdString(data.analysis->interimSentence);
    for (const LengthAnalysis& length : data.analysis->perLength) {
        if (!length.best) continue;
        const stats::CellSummary& best = length.cells[length.usedRatios[*length.best]];
        QStringList others;
        for (const std::size_t position : length.notDistinguishable)
            if (position != *length.best)
                others << ratioText(length.cells[length.usedRatios[position]].keepRatio);
        const QString head =
            tr("%1: smallest mean loss %2 at k/L %3")
                .arg(lengthName(length.length), significant(*best.mean), ratioText(best.keepRatio));
        if (length.usedRatios.size() < 2)
            lines << head + tr("; nothing to compare with.");
        else if (others.isEmpty())
            lines << head + tr("; distinguishable from all others.");
        else
            lines << head + tr("; not distinguishable from %1.").arg(others.join(", "));
    }
    for (const stats::Verdict& verdict : data.analysis->verdicts)
        if (verdict.id == "falling")
            lines << QString::fromStdString(verdict.statement) + QStringLiteral(": ") +
                         QString::fromLatin1(stats::toText(verdict.state)) +
                         (verdict.p ? QStringLiteral(" (p ") + probability(*verdict.p) + ')'
                                    : QString());
    return lines;
}

}  // namespace ui

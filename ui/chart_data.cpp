// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chart_data.h"

#include <QCoreApplication>
#include <algorithm>
#include <set>

#include "engine/experiment/settings.h"
#include "stats/pareto_front.h"
#include "ui/heatmap_cell.h"
#include "ui/text.h"

namespace ui {
namespace {

ChartRatio ratioOf(double keepRatio, bool dense, std::vector<double> all) {
    std::sort(all.begin(), all.end());
    const auto place = std::find(all.begin(), all.end(), keepRatio);
    return {keepRatio, static_cast<std::size_t>(place - all.begin()), all.size(), dense};
}

/// Cells of one length: its ratios ascending, the dense reference last.
std::vector<CellSource> sourcesOf(const runs::ResultsTable& results,
                                  const stats::GridAnalysis* analysis, std::int64_t length) {
    std::vector<double> ratios = results.keepRatios;
    std::sort(ratios.begin(), ratios.end());
    std::vector<CellSource> sources;
    for (const double ratio : ratios)
        sources.push_back(cellSource(results, analysis, {length, ratio}));
    if (results.hasDense)
        sources.push_back(
            cellSource(results, analysis, {length, 1.0, experiment::AttentionKind::Dense}));
    std::erase_if(sources, [](const CellSource& source) { return !source.outcome; });
    return sources;
}

EfficiencyPoint efficiencyOf(const runs::ResultsTable& results, const CellSource& source) {
    const runs::CellTiming& timing = *source.timing;
    return {ratioOf(source.key.keepRatio, source.isDense(), results.keepRatios),
            source.outcome->keep,
            timing.medianMs,
            timing.lowerQuartileMs,
            timing.upperQuartileMs,
            static_cast<double>(timing.peakBytes)};
}

QString devicesOf(const runs::ResultsTable& results) {
    std::set<std::string> names;
    for (const runs::CellTiming& timing : results.timing) names.insert(timing.device);
    QStringList all;
    for (const std::string& name : names) all.push_back(QString::fromStdString(name));
    return all.join(QStringLiteral(", "));
}

}  // namespace

QString nameOf(const ChartRatio& ratio) {
    return ratio.dense ? QCoreApplication::translate("Charts", "dense")
                       : ratioText(ratio.keepRatio);
}

BoxPlotData boxPlotData(const runs::ResultsTable& results, const stats::GridAnalysis* analysis,
                        std::int64_t length) {
    BoxPlotData data{length, {}};
    for (const CellSource& source : sourcesOf(results, analysis, length)) {
        BoxData box;
        box.ratio = ratioOf(source.key.keepRatio, source.isDense(), results.keepRatios);
        box.keep = source.outcome->keep;
        for (const runs::RunOutcome& run : source.outcome->runs) {
            if (!run.result) continue;
            box.losses.push_back(run.result->finalLoss);
            box.seeds.push_back(run.seed);
        }
        const double confidence = analysis ? analysis->options.confidence : 0.95;
        if (box.losses.size() > 1) box.description = stats::describe(box.losses, confidence);
        if (!box.losses.empty()) data.boxes.push_back(std::move(box));
    }
    return data;
}

OptimalRatioData optimalRatioData(const stats::GridAnalysis* analysis) {
    OptimalRatioData data;
    if (!analysis) return data;
    data.baseline = analysis->options.baselineRatio;
    data.level = analysis->options.confidence;
    for (const stats::LengthAnalysis& length : analysis->perLength) {
        if (!length.best || length.usedRatios.size() < 2) continue;
        const auto ratioAt = [&](std::size_t position) {
            return analysis->keepRatios[length.usedRatios[position]];
        };
        OptimumData optimum;
        optimum.length = static_cast<std::int64_t>(length.length);
        optimum.best = ratioOf(ratioAt(*length.best), false, analysis->keepRatios);
        optimum.keep = experiment::keepCount(optimum.length, optimum.best.keepRatio);
        optimum.meanLoss = *length.cells[length.usedRatios[*length.best]].mean;
        for (const std::size_t position : length.notDistinguishable)
            if (position != *length.best) optimum.equal.push_back(ratioAt(position));
        optimum.seeds = length.blockSeeds.size();
        // One seed resampled is always itself: that is no interval.
        if (length.probabilityOfBest && optimum.seeds > 1) {
            const stats::ArgminInterval interval =
                stats::argminInterval(length.probabilityOfBest->pBest, data.level);
            optimum.lower = ratioAt(interval.lower);
            optimum.upper = ratioAt(interval.upper);
            optimum.covered = interval.covered;
        }
        data.lengths.push_back(std::move(optimum));
    }
    return data;
}

EfficiencyData efficiencyData(const runs::ResultsTable& results) {
    EfficiencyData data;
    data.device = devicesOf(results);
    std::vector<std::int64_t> lengths = results.lengths;
    std::sort(lengths.begin(), lengths.end());
    for (const std::int64_t length : lengths) {
        EfficiencyLine line{length, {}};
        for (const CellSource& source : sourcesOf(results, nullptr, length))
            if (source.timing) line.points.push_back(efficiencyOf(results, source));
        if (!line.points.empty()) data.lines.push_back(std::move(line));
    }
    return data;
}

ParetoData paretoData(const runs::ResultsTable& results, const stats::GridAnalysis* analysis,
                      std::int64_t length) {
    ParetoData data;
    data.length = length;
    data.device = devicesOf(results);
    std::vector<stats::Tradeoff> choices;
    for (const CellSource& source : sourcesOf(results, analysis, length)) {
        if (!source.timing || !source.summary || !source.summary->mean) continue;
        ParetoPoint point;
        point.time = efficiencyOf(results, source);
        point.loss = *source.summary->mean;
        point.description = source.summary->description.value;
        choices.push_back({point.time.medianMs, point.loss});
        data.points.push_back(std::move(point));
    }
    data.front = stats::paretoFront(choices);
    for (const std::size_t position : data.front) data.points[position].onFront = true;
    return data;
}

}  // namespace ui

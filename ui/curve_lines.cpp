// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curve_lines.h"

#include <QCoreApplication>
#include <QTextStream>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace ui {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr float kSeedAlpha = 0.4F;
constexpr float kRawAlpha = 0.28F;
constexpr float kTrainingAlpha = 0.65F;
constexpr float kBandAlpha = 0.18F;

double xOf(const runs::MetricPoint& point, CurveAxis axis) {
    switch (axis) {
        case CurveAxis::Step:
            return static_cast<double>(point.step);
        case CurveAxis::Tokens:
            return static_cast<double>(point.tokens);
        case CurveAxis::Time:
            return point.elapsedSeconds;
    }
    return kMissing;
}

std::optional<double> trainingValue(const runs::MetricPoint& point, Quantity quantity) {
    switch (quantity) {
        case Quantity::Loss:
            return point.trainLoss;
        case Quantity::Perplexity:
            return std::exp(point.trainLoss);
        case Quantity::LearningRate:
            return point.learningRate;
        case Quantity::GradientNorm:
            return point.gradientNorm;
        case Quantity::IndexGradientNorm:
            return point.indexGradientNorm;
        case Quantity::IndexLoss:
            return point.indexLoss;
        case Quantity::TokensPerSecond:
            return point.tokensPerSecond;
        case Quantity::Accuracy:
        case Quantity::Recall:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<double> validationValue(const runs::MetricPoint& point, Quantity quantity) {
    if (quantity == Quantity::Accuracy) return point.validationAccuracy;
    if (quantity == Quantity::Recall) return point.recall;
    if (quantity == Quantity::Perplexity && point.validationLoss)
        return std::exp(*point.validationLoss);
    return point.validationLoss;
}

QColor faded(QColor colour, float alpha) {
    colour.setAlphaF(alpha);
    return colour;
}

QColor colourOf(const runs::Study& study, const CellKey& cell, Background background) {
    const std::vector<double>& ratios = study.settings().grid.keepRatios;
    const auto found = std::find(ratios.begin(), ratios.end(), cell.keepRatio);
    if (cell.attention == experiment::AttentionKind::Dense || found == ratios.end())
        return neutralColour(background);
    return orderedColour(static_cast<std::size_t>(found - ratios.begin()), ratios.size(),
                         background);
}

/// The length's place in the study decides, so that a dash pattern means the same in every view.
Qt::PenStyle styleOf(const runs::Study& study, const CellKey& cell) {
    constexpr std::array kStyles = {Qt::SolidLine, Qt::DashLine, Qt::DashDotLine, Qt::DotLine,
                                    Qt::DashDotDotLine};
    const std::vector<std::int64_t>& lengths = study.settings().grid.lengths;
    const auto at = std::find(lengths.begin(), lengths.end(), cell.length) - lengths.begin();
    return kStyles[static_cast<std::size_t>(at) % kStyles.size()];
}

/// Of these quantities the validation line is the one that matters, and training stands behind it.
bool isMain(Quantity quantity, Split split) {
    return split == Split::Validation || !isMeasured(quantity, Split::Validation);
}

QString tr(const char* text) {
    return QCoreApplication::translate("ui::CurveLines", text);
}

/// Which seeds the values of a cell are of; empty for the only one.
QString seedsInWords(const SeedCount& training, const SeedCount& validation) {
    const SeedCount& most = validation.averaged > training.averaged ? validation : training;
    QString words;
    if (most.averaged < most.drawn) {
        words = most.averaged == 1 ? tr(", the finished seed")
                                   : tr(", mean of the %1 finished seeds").arg(most.averaged);
    } else if (most.averaged > 1) {
        words = tr(", mean of %1 seeds").arg(most.averaged);
    }
    if (validation.averaged > 0 && validation.averaged < training.averaged)
        words += tr(" (validation: of %1)").arg(validation.averaged);
    return words;
}

}  // namespace

void extendLine(RunLine& line, std::size_t& read, const std::vector<runs::MetricPoint>& points,
                Quantity quantity, Split split, CurveAxis axis) {
    for (; read < points.size(); ++read) {
        const runs::MetricPoint& point = points[read];
        const std::optional<double> value = split == Split::Training
                                                ? trainingValue(point, quantity)
                                                : validationValue(point, quantity);
        if (!value) continue;
        line.steps.push_back(point.step);
        line.data->x.push_back(xOf(point, axis));
        line.data->y.push_back(*value);
    }
}

void CurveLines::forget() {
    m_read.clear();
    m_means.clear();
    m_smoothed.clear();
    m_content = {};
    m_series.clear();
}

void CurveLines::build(const runs::Study& study, const CurveSource& curves,
                       const std::vector<CellKey>& cells, const CurveChoice& choice) {
    if (choice.quantity != m_choice.quantity || choice.axis != m_choice.axis) forget();
    if (choice.band != m_choice.band) m_means.clear();
    if (choice.halfLife != m_choice.halfLife) m_smoothed.clear();
    m_choice = choice;
    m_content = {};
    m_series.clear();
    std::map<CellKey, Runs> byCell;
    for (const runs::RunView& run : study.runs())
        byCell[{run.spec.length, run.spec.keepRatio, run.spec.attention}].push_back(&run);
    for (const CellKey& cell : cells)
        addCell(byCell[cell], curves, cell, colourOf(study, cell, choice.background),
                styleOf(study, cell));
}

std::shared_ptr<const RunLine> CurveLines::lineOf(const CurveSource& curves, const runs::RunId& id,
                                                  Split split) {
    const RunCurve* curve = curves(id);
    if (!curve || curve->points.empty()) return {};
    Read& read = m_read[{id, split}];
    if (!read.line || read.rewrites != curve->rewrites || read.points > curve->points.size())
        read = {curve->rewrites, 0, std::make_shared<RunLine>()};
    extendLine(*read.line, read.points, curve->points, m_choice.quantity, split, m_choice.axis);
    return read.line->steps.empty() ? nullptr : read.line;
}

void CurveLines::addCell(const Runs& runs, const CurveSource& curves, const CellKey& cell,
                         QColor colour, Qt::PenStyle style) {
    CurveSeries series;
    series.name = cellName(cell);
    series.colour = colour;
    series.style = style;
    SeedCount training;
    SeedCount validation;
    if (isMeasured(m_choice.quantity, Split::Training))
        series.training = addSplit(runs, curves, Split::Training, series, cell, training);
    if (isMeasured(m_choice.quantity, Split::Validation))
        series.validation = addSplit(runs, curves, Split::Validation, series, cell, validation);
    const std::size_t shown = std::max(training.averaged, validation.averaged);
    if (shown == 0) return;
    series.name += seedsInWords(training, validation);
    if (shown > 1 && m_choice.band != SeedBand::EachSeed)
        series.name += QStringLiteral(", ") + title(m_choice.band);
    if (m_choice.halfLife > 0 && series.training.mean) {
        series.name += tr(", smoothed with weights 2^(−age/%1)").arg(m_choice.halfLife);
        series.comment = smoothingFormula(m_choice.halfLife);
    }
    addBest(series);
    for (PlotLine& line : m_content.lines)
        if (line.name == cellName(cell)) line.name = series.name;
    m_series.push_back(std::move(series));
}

CurveValues CurveLines::addSplit(const Runs& runs, const CurveSource& curves, Split split,
                                 const CurveSeries& series, const CellKey& cell, SeedCount& count) {
    std::vector<Seed> seeds;
    for (const runs::RunView* run : runs)
        if (auto line = lineOf(curves, run->id, split)) seeds.push_back({run, std::move(line)});
    const auto isDone = [](const Seed& seed) { return seed.run->status == runs::RunStatus::Done; };
    const bool anyDone = std::any_of(seeds.begin(), seeds.end(), isDone);
    const bool allDone = std::all_of(seeds.begin(), seeds.end(), isDone);
    std::vector<std::shared_ptr<const RunLine>> averaged;
    for (const Seed& seed : seeds) {
        // One that has just begun would cut the mean of those that are done.
        const bool isAveraged = isDone(seed) || !anyDone;
        const bool isDrawn =
            m_choice.band == SeedBand::EachSeed && (isMain(m_choice.quantity, split) || !allDone);
        if (runs.size() > 1 && (isDrawn || !isAveraged)) addSeed(seed, split, series, cell);
        if (isAveraged) averaged.push_back(seed.line);
    }
    if (averaged.empty()) return {};
    count = {averaged.size(), seeds.size()};
    const QString key = cellName(cell) + (split == Split::Training ? "/training" : "/validation");
    std::unique_ptr<SeedMean>& mean = m_means[key];
    if (!mean || mean->runs() != averaged)
        mean = std::make_unique<SeedMean>(std::move(averaged), m_choice.band);
    mean->extend();
    addMean(key, *mean, split, series);
    return {mean->mean(), mean->band()};
}

void CurveLines::addSeed(const Seed& seed, Split split, const CurveSeries& series,
                         const CellKey& cell) {
    m_content.lines.push_back(
        {QString::fromStdString(seed.run->id) + (split == Split::Training ? "/t" : "/v"),
         tr("%1, seed %2").arg(cellName(cell)).arg(seed.run->spec.seed),
         faded(series.colour, kSeedAlpha), series.style, 1.0, seed.line->data, LineDepth::Behind,
         LineListing::Silent});
}

void CurveLines::addMean(const QString& key, const SeedMean& mean, Split split,
                         const CurveSeries& series) {
    const bool main = isMain(m_choice.quantity, split);
    const QColor colour = main ? series.colour : faded(series.colour, kTrainingAlpha);
    const double width = main ? 2.0 : 1.0;
    // Two bands over each other would hide both.
    if (main && mean.band())
        m_content.bands.push_back({key, faded(series.colour, kBandAlpha), mean.band()});
    PlotLine line{key,
                  main ? series.name : series.name + tr(", training"),
                  colour,
                  series.style,
                  width,
                  mean.mean(),
                  main ? LineDepth::Front : LineDepth::Behind};
    line.listing = main ? LineListing::InLegend : LineListing::Silent;
    if (split == Split::Training && m_choice.halfLife > 0) {
        std::unique_ptr<SmoothedLine>& smoothed = m_smoothed[key];
        if (!smoothed || smoothed->raw() != mean.mean())
            smoothed = std::make_unique<SmoothedLine>(mean.mean(), m_choice.halfLife);
        smoothed->extend();
        PlotLine raw = line;
        raw.key += QStringLiteral("/raw");
        raw.name += tr(", as measured");
        raw.colour = faded(series.colour, kRawAlpha);
        raw.width = 1.0;
        raw.depth = LineDepth::Behind;
        raw.listing = LineListing::Silent;
        m_content.lines.push_back(raw);
        line.data = smoothed->data();
    }
    m_content.lines.push_back(std::move(line));
}

/// Outlines the smallest loss, or the largest accuracy, of the validation line.
void CurveLines::addBest(const CurveSeries& series) {
    const LineData* line = series.validation.mean.get();
    if (!line || m_choice.quantity == Quantity::Recall) return;
    const bool largest = m_choice.quantity == Quantity::Accuracy;
    std::ptrdiff_t best = -1;
    for (std::size_t at = 0; at < line->y.size(); ++at) {
        if (!std::isfinite(line->y[at])) continue;
        const double previous = best < 0 ? 0.0 : line->y[static_cast<std::size_t>(best)];
        if (best < 0 || (largest ? line->y[at] > previous : line->y[at] < previous))
            best = static_cast<std::ptrdiff_t>(at);
    }
    if (best < 0) return;
    const auto at = static_cast<std::size_t>(best);
    m_content.marks.push_back({line->x[at], line->y[at], series.colour});
}

QString valuesAsTsv(const std::vector<CurveSeries>& series, CurveAxis axis) {
    QString text;
    QTextStream out(&text);
    out.setRealNumberPrecision(17);
    out << "curve\tsplit\t" << title(axis) << "\tmean\tlower\tupper\n";
    for (const CurveSeries& one : series) {
        for (const auto& [name, values] :
             {std::pair("training", &one.training), std::pair("validation", &one.validation)}) {
            if (!values->mean) continue;
            for (std::size_t at = 0; at < values->mean->x.size(); ++at) {
                out << one.name << '\t' << name << '\t' << values->mean->x[at] << '\t'
                    << values->mean->y[at] << '\t';
                if (values->band)
                    out << values->band->lower[at] << '\t' << values->band->upper[at] << '\n';
                else
                    out << "\t\n";
            }
        }
    }
    return text;
}

}  // namespace ui

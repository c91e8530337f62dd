// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curve_lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "stats/descriptives.h"

namespace ui {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

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

double trainingValue(const runs::MetricPoint& point, Quantity quantity) {
    switch (quantity) {
        case Quantity::Loss:
            return point.trainLoss;
        case Quantity::LearningRate:
            return point.learningRate;
        case Quantity::GradientNorm:
            return point.gradientNorm;
        case Quantity::IndexLoss:
            return point.indexLoss;
        case Quantity::TokensPerSecond:
            return point.tokensPerSecond;
        case Quantity::Accuracy:
            return kMissing;
    }
    return kMissing;
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

}  // namespace

QString title(Quantity quantity) {
    switch (quantity) {
        case Quantity::Loss:
            return QStringLiteral("Loss (nats/token)");
        case Quantity::Accuracy:
            return QStringLiteral("Validation accuracy");
        case Quantity::LearningRate:
            return QStringLiteral("Learning rate");
        case Quantity::GradientNorm:
            return QStringLiteral("Gradient norm");
        case Quantity::IndexLoss:
            return QStringLiteral("Indexer loss (nats)");
        case Quantity::TokensPerSecond:
            return QStringLiteral("Speed (tokens/s)");
    }
    return {};
}

QString title(CurveAxis axis) {
    switch (axis) {
        case CurveAxis::Step:
            return QStringLiteral("Optimiser step");
        case CurveAxis::Tokens:
            return QStringLiteral("Tokens seen");
        case CurveAxis::Time:
            return QStringLiteral("Training time (s)");
    }
    return {};
}

bool isMeasured(Quantity quantity, Split split) {
    if (quantity == Quantity::Loss) return true;
    return (quantity == Quantity::Accuracy) == (split == Split::Validation);
}

LineData lineOf(const std::vector<runs::MetricPoint>& points, Quantity quantity, Split split,
                CurveAxis axis) {
    LineData line;
    for (const runs::MetricPoint& point : points) {
        if (split == Split::Validation) {
            const auto& value =
                quantity == Quantity::Accuracy ? point.validationAccuracy : point.validationLoss;
            if (!value) continue;
            line.y.push_back(*value);
        } else {
            line.y.push_back(trainingValue(point, quantity));
        }
        line.x.push_back(xOf(point, axis));
    }
    return line;
}

LineData meanLine(std::span<const std::shared_ptr<const LineData>> lines) {
    LineData mean;
    if (lines.empty()) return mean;
    std::size_t shared = lines.front()->y.size();
    for (const auto& line : lines) shared = std::min(shared, line->y.size());
    std::vector<double> values(lines.size());
    for (std::size_t at = 0; at < shared; ++at) {
        for (std::size_t run = 0; run < lines.size(); ++run) values[run] = lines[run]->y[at];
        mean.x.push_back(lines.front()->x[at]);
        // A run that is not finite here breaks the mean as it breaks its own line.
        const bool finite = std::all_of(values.begin(), values.end(),
                                        [](double value) { return std::isfinite(value); });
        mean.y.push_back(finite ? stats::mean(values) : kMissing);
    }
    return mean;
}

double valueAt(const LineData& line, double x) {
    const auto after = std::upper_bound(line.x.begin(), line.x.end(), x);
    if (after == line.x.begin()) return kMissing;
    return line.y[static_cast<std::size_t>(after - line.x.begin()) - 1];
}

void CurveLines::build(const runs::Study& study, const CurveStore& curves,
                       std::vector<CellKey> cells, const CurveChoice& choice) {
    if (choice.quantity != m_choice.quantity || choice.axis != m_choice.axis) {
        m_cache.clear();
        m_means.clear();
    }
    m_choice = choice;
    m_lines.clear();
    m_series.clear();
    std::vector<std::int64_t> lengths;
    for (const CellKey& cell : cells)
        if (std::find(lengths.begin(), lengths.end(), cell.length) == lengths.end())
            lengths.push_back(cell.length);
    constexpr std::array kStyles = {Qt::SolidLine, Qt::DashLine, Qt::DashDotLine, Qt::DotLine,
                                    Qt::DashDotDotLine};
    for (const CellKey& cell : cells) {
        const auto at = std::find(lengths.begin(), lengths.end(), cell.length) - lengths.begin();
        addCell(study, curves, cell, kStyles[static_cast<std::size_t>(at) % kStyles.size()]);
    }
}

std::shared_ptr<const LineData> CurveLines::lineFor(const CurveStore& curves, const runs::RunId& id,
                                                    Split split) {
    const RunCurve* curve = curves.find(id);
    if (!curve || curve->points.empty()) return {};
    Cached& cached = m_cache[{id, split}];
    if (!cached.data || cached.revision != curve->revision) {
        LineData line = lineOf(curve->points, m_choice.quantity, split, m_choice.axis);
        // A validation line changes far less often than its run.
        if (!cached.data || cached.data->x != line.x || cached.data->y != line.y)
            cached.data = std::make_shared<const LineData>(std::move(line));
        cached.revision = curve->revision;
    }
    return cached.data->x.empty() ? nullptr : cached.data;
}

void CurveLines::addCell(const runs::Study& study, const CurveStore& curves, const CellKey& cell,
                         Qt::PenStyle style) {
    const QColor colour = colourOf(study, cell, m_choice.background);
    CurveSeries series{cellName(cell), colour, style, {}, {}};
    std::size_t shown = 0;
    for (const Split split : {Split::Training, Split::Validation}) {
        if (!isMeasured(m_choice.quantity, split)) continue;
        const bool main = split == Split::Validation || m_choice.quantity != Quantity::Loss;
        std::vector<std::shared_ptr<const LineData>> seeds;
        for (const runs::RunView& run : study.runs()) {
            if (CellKey{run.spec.length, run.spec.keepRatio, run.spec.attention} != cell) continue;
            auto line = lineFor(curves, run.id, split);
            if (!line) continue;
            seeds.push_back(line);
            if (main && m_choice.seeds == SeedLines::Shown)
                m_lines.push_back(
                    {QString::fromStdString(run.id) + (main ? "/m" : "/t"),
                     QStringLiteral("%1, seed %2").arg(cellName(cell)).arg(run.spec.seed),
                     faded(colour, 0.4F), style, 1.0, line});
        }
        if (seeds.empty()) continue;
        shown = std::max(shown, seeds.size());
        const QString key =
            cellName(cell) + (split == Split::Training ? "/training" : "/validation");
        auto& [sources, mean] = m_means[key];
        if (!mean || sources != seeds) {
            mean = seeds.size() == 1 ? seeds.front()
                                     : std::make_shared<const LineData>(meanLine(seeds));
            sources = seeds;
        }
        m_lines.push_back({key, cellName(cell) + (main ? QString() : QStringLiteral(", training")),
                           main ? colour : faded(colour, 0.65F), style, main ? 2.0 : 1.0, mean});
        (split == Split::Training ? series.training : series.validation) = mean;
    }
    if (shown == 0) return;
    if (shown > 1) series.name += QStringLiteral(", mean of %1 seeds").arg(shown);
    m_series.push_back(std::move(series));
}

}  // namespace ui

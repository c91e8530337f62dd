// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/results_table.h"

#include <algorithm>

namespace runs {

using experiment::AttentionKind;

std::size_t CellOutcome::count(RunStatus status) const {
    return static_cast<std::size_t>(
        std::count_if(runs.begin(), runs.end(),
                      [status](const RunOutcome& run) { return run.status == status; }));
}

std::vector<double> CellOutcome::finalLosses() const {
    std::vector<double> losses;
    for (const RunOutcome& run : runs) {
        if (run.result) losses.push_back(run.result->finalLoss);
    }
    return losses;
}

const CellOutcome* ResultsTable::cell(std::int64_t length, double keepRatio) const {
    const auto found = std::find_if(cells.begin(), cells.end(), [=](const CellOutcome& candidate) {
        return candidate.attention == AttentionKind::Sparse && candidate.length == length &&
               candidate.keepRatio == keepRatio;
    });
    return found == cells.end() ? nullptr : &*found;
}

const CellOutcome* ResultsTable::denseCell(std::int64_t length) const {
    const auto found =
        std::find_if(cells.begin(), cells.end(), [length](const CellOutcome& candidate) {
            return candidate.attention == AttentionKind::Dense && candidate.length == length;
        });
    return found == cells.end() ? nullptr : &*found;
}

const CellTiming* ResultsTable::cellTiming(const CellOutcome& cell) const {
    const auto found =
        std::find_if(timing.begin(), timing.end(), [&cell](const CellTiming& candidate) {
            return candidate.attention == cell.attention && candidate.length == cell.length &&
                   candidate.keepRatio == cell.keepRatio;
        });
    return found == timing.end() ? nullptr : &*found;
}

std::vector<std::vector<std::optional<double>>> ResultsTable::finalLosses(
    std::int64_t length) const {
    std::vector<std::vector<std::optional<double>>> losses;
    for (const double ratio : keepRatios) {
        std::vector<std::optional<double>> row(seeds.size());
        if (const CellOutcome* found = cell(length, ratio)) {
            for (const RunOutcome& run : found->runs) {
                const auto seed = std::find(seeds.begin(), seeds.end(), run.seed);
                if (run.result && seed != seeds.end())
                    row[static_cast<std::size_t>(seed - seeds.begin())] = run.result->finalLoss;
            }
        }
        losses.push_back(std::move(row));
    }
    return losses;
}

std::size_t ResultsTable::planned() const {
    std::size_t total = 0;
    for (const CellOutcome& cell : cells) total += cell.runs.size();
    return total;
}

std::size_t ResultsTable::count(RunStatus status) const {
    std::size_t total = 0;
    for (const CellOutcome& cell : cells) total += cell.count(status);
    return total;
}

bool ResultsTable::complete() const {
    return count(RunStatus::Done) + count(RunStatus::Failed) + count(RunStatus::Diverged) ==
           planned();
}

std::optional<CurvePoint> firstAtOrBelow(std::span<const CurvePoint> curve, double loss) {
    const auto found = std::find_if(curve.begin(), curve.end(), [loss](const CurvePoint& point) {
        return point.validationLoss <= loss;
    });
    if (found == curve.end()) return std::nullopt;
    return *found;
}

}  // namespace runs

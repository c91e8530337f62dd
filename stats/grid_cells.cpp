// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_cells.h"

#include <algorithm>
#include <cmath>

#include "stats/arguments.h"

namespace stats {
namespace {

bool isDone(const GridRun& run) {
    return run.state == RunState::Done;
}

void requireAscending(const char* argument, const std::vector<double>& values) {
    requireCount("analyseGrid", argument, values.size(), 1, "values");
    for (std::size_t i = 0; i < values.size(); ++i) {
        requirePositive("analyseGrid", argument, values[i]);
        if (i > 0 && !(values[i] > values[i - 1])) {
            refuse("analyseGrid", argument, "must rise without repetition");
        }
    }
}

}  // namespace

void checkTable(const GridTable& table) {
    requireAscending("lengths", table.lengths);
    requireAscending("keepRatios", table.keepRatios);
    requireCount("analyseGrid", "seeds", table.seeds.size(), 1, "seeds");
    const std::size_t rows = table.lengths.size() * table.seeds.size();
    if (table.runs.size() != rows * table.keepRatios.size()) {
        refuse("analyseGrid", "runs", "must hold lengths x ratios x seeds entries");
    }
    if (!table.dense.empty() && table.dense.size() != rows) {
        refuse("analyseGrid", "dense", "must be empty or hold lengths x seeds entries");
    }
    for (const auto* runs : {&table.runs, &table.dense}) {
        for (const GridRun& run : *runs) {
            if (isDone(run)) requireFinite("analyseGrid", "loss of a finished run", run.loss);
        }
    }
}

CellSummary summariseCell(std::span<const GridRun> runs, double keepRatio, double confidence) {
    CellSummary cell;
    cell.keepRatio = keepRatio;
    for (const GridRun& run : runs) {
        if (run.state != RunState::Unplanned) ++cell.planned;
        if (isDone(run)) cell.losses.push_back(run.loss);
        if (run.state == RunState::Failed) ++cell.failed;
        if (run.state == RunState::Missing) ++cell.missing;
    }
    cell.done = cell.losses.size();
    if (cell.done > 0) cell.mean = mean(cell.losses);
    if (cell.done < 2) {
        cell.description.whyNot =
            "needs two finished runs for a spread, has " + std::to_string(cell.done);
    } else {
        cell.description = computed([&] { return describe(cell.losses, confidence); });
    }
    return cell;
}

std::vector<std::size_t> finishedRatios(const GridTable& table, std::size_t length) {
    std::vector<std::size_t> ratios;
    for (std::size_t r = 0; r < table.keepRatios.size(); ++r) {
        const auto cell = table.cell(length, r);
        if (std::any_of(cell.begin(), cell.end(), isDone)) ratios.push_back(r);
    }
    return ratios;
}

std::vector<std::size_t> completeSeeds(const GridTable& table, std::size_t length,
                                       std::span<const std::size_t> ratios,
                                       GridTable::Dense dense) {
    std::vector<std::size_t> seeds;
    for (std::size_t s = 0; s < table.seeds.size(); ++s) {
        const bool complete =
            std::all_of(ratios.begin(), ratios.end(),
                        [&](std::size_t r) { return isDone(table.at(length, r, s)); }) &&
            (dense == GridTable::Dense::Without || isDone(table.denseAt(length, s)));
        if (complete) seeds.push_back(s);
    }
    return seeds;
}

std::vector<std::vector<double>> groupsOf(const GridTable& table, std::size_t length,
                                          std::span<const std::size_t> ratios) {
    std::vector<std::vector<double>> groups;
    for (const std::size_t r : ratios) {
        std::vector<double>& group = groups.emplace_back();
        for (const GridRun& run : table.cell(length, r)) {
            if (isDone(run)) group.push_back(run.loss);
        }
    }
    return groups;
}

std::vector<std::vector<double>> blocksOf(const GridTable& table, std::size_t length,
                                          std::span<const std::size_t> ratios,
                                          std::span<const std::size_t> seeds,
                                          GridTable::Dense dense) {
    std::vector<std::vector<double>> blocks;
    for (const std::size_t s : seeds) {
        std::vector<double>& row = blocks.emplace_back();
        for (const std::size_t r : ratios) row.push_back(table.at(length, r, s).loss);
        if (dense == GridTable::Dense::With) row.push_back(table.denseAt(length, s).loss);
    }
    return blocks;
}

std::vector<std::int64_t> seedNames(const GridTable& table, std::span<const std::size_t> seeds) {
    std::vector<std::int64_t> names;
    for (const std::size_t s : seeds) names.push_back(table.seeds[s]);
    return names;
}

}  // namespace stats

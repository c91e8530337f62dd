// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/seed_plan.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/runs/forecast.h"

namespace runs {
namespace {

/// Runs of one cell by seed.
struct Cell {
    experiment::RunSpec spec;  // of any of its runs
    std::map<std::int64_t, const RunView*> runs;
};

bool hasFailed(const RunView& run) {
    return run.status == RunStatus::Failed || run.status == RunStatus::Diverged ||
           run.status == RunStatus::Damaged;
}

std::vector<Cell> cellsOf(const Study& study, std::span<const std::int64_t> lengths) {
    const experiment::GridSettings& grid = study.settings().grid;
    std::map<std::pair<std::int64_t, double>, Cell> cells;
    for (const RunView& run : study.runs()) {
        const experiment::RunSpec& spec = run.spec;
        const bool ours = spec.attention == experiment::AttentionKind::Sparse &&
                          spec.selector == grid.selector && spec.learningRateFactor == 1.0 &&
                          std::find(lengths.begin(), lengths.end(), spec.length) != lengths.end();
        if (!ours) continue;
        Cell& cell = cells[{spec.length, spec.keepRatio}];
        cell.spec = spec;
        cell.runs.emplace(spec.seed, &run);
    }
    std::vector<Cell> list;
    for (auto& [key, cell] : cells) list.push_back(std::move(cell));
    return list;
}

/// The grid's seeds, then others in use, then new ones; without those that failed somewhere.
std::vector<std::int64_t> blockSeeds(const Study& study, const std::vector<Cell>& cells,
                                     std::size_t wanted) {
    std::vector<std::int64_t> order = study.settings().grid.seeds;
    std::set<std::int64_t> used(order.begin(), order.end());
    std::set<std::int64_t> failed;
    for (const Cell& cell : cells) {
        for (const auto& [seed, run] : cell.runs) {
            if (used.insert(seed).second) order.push_back(seed);
            if (hasFailed(*run)) failed.insert(seed);
        }
    }
    std::erase_if(order, [&](std::int64_t seed) { return failed.contains(seed); });
    std::int64_t next = used.empty() ? 42 : *used.rbegin() + 1;
    while (order.size() < wanted) order.push_back(next++);
    order.resize(wanted);
    return order;
}

/// Adds up what runs cost by the step times measured so far.
class Price {
public:
    explicit Price(const Study& study) : m_study(study), m_cost(study.runs()) {}
    void add(const experiment::RunSpec& spec, std::int64_t stepsDone) {
        const std::optional<double> perToken = m_cost.secondsPerToken(spec.length);
        if (!perToken) {
            m_known = false;
            return;
        }
        const experiment::TrainingSettings& training = m_study.settings().training;
        const std::int64_t steps =
            data::totalSteps(training, spec.length, m_study.corpus().trainingTokens) - stepsDone;
        const std::int64_t perStep =
            experiment::batchSequences(training, spec.length) * spec.length;
        m_seconds += *perToken * static_cast<double>(std::max<std::int64_t>(0, steps)) *
                     static_cast<double>(perStep);
    }
    std::optional<double> seconds() const {
        return m_known ? std::optional(m_seconds) : std::nullopt;
    }

private:
    const Study& m_study;
    LaneCost m_cost;
    double m_seconds = 0.0;
    bool m_known = true;
};

}  // namespace

SeedPlan planSeeds(const Study& study, std::span<const std::int64_t> lengths,
                   std::size_t seedsPerCell) {
    const std::vector<Cell> cells = cellsOf(study, lengths);
    const std::vector<std::int64_t> seeds = blockSeeds(study, cells, seedsPerCell);
    SeedPlan plan;
    Price price(study);
    std::size_t idle = 0;
    for (const std::int64_t seed : seeds) {
        for (const Cell& cell : cells) {
            const auto planned = cell.runs.find(seed);
            if (planned == cell.runs.end()) {
                experiment::RunSpec spec = cell.spec;
                spec.seed = seed;
                price.add(spec, 0);
                plan.added.push_back(spec);
            } else if (planned->second->status != RunStatus::Done) {
                price.add(planned->second->spec, planned->second->step);
                plan.waiting.push_back(planned->second->id);
                const RunStatus status = planned->second->status;
                if (status == RunStatus::Empty || status == RunStatus::Paused) ++idle;
            }
        }
    }
    plan.unqueued = plan.added.size() + idle;
    plan.laneSeconds = price.seconds();
    return plan;
}

}  // namespace runs

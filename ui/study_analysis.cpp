// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study_analysis.h"

#include <QtConcurrent>
#include <algorithm>

#include "ui/workbench.h"

namespace ui {
namespace {

constexpr int kGatherMs = 50;

template <class Value>
std::size_t placeOf(const std::vector<Value>& values, Value value) {
    return static_cast<std::size_t>(std::find(values.begin(), values.end(), value) -
                                    values.begin());
}

stats::GridRun gridRun(const runs::RunOutcome& run) {
    switch (run.status) {
        case runs::RunStatus::Done:
            return run.result ? stats::GridRun{stats::RunState::Done, run.result->finalLoss}
                              : stats::GridRun{};
        case runs::RunStatus::Failed:
        case runs::RunStatus::Diverged:
            return {stats::RunState::Failed, 0.0};
        default:
            return {};
    }
}

}  // namespace

stats::GridTable gridTable(const runs::ResultsTable& results) {
    std::vector<double> lengths(results.lengths.begin(), results.lengths.end());
    std::vector<double> ratios = results.keepRatios;
    std::vector<std::int64_t> seeds = results.seeds;
    std::sort(lengths.begin(), lengths.end());
    std::sort(ratios.begin(), ratios.end());
    std::sort(seeds.begin(), seeds.end());
    stats::GridTable table = stats::GridTable::planned(
        lengths, ratios, seeds,
        results.hasDense ? stats::GridTable::Dense::With : stats::GridTable::Dense::Without);
    for (const runs::CellOutcome& cell : results.cells) {
        const std::size_t length = placeOf(lengths, static_cast<double>(cell.length));
        const std::size_t ratio = placeOf(ratios, cell.keepRatio);
        const bool dense = cell.attention == experiment::AttentionKind::Dense;
        if (length == lengths.size() || (!dense && ratio == ratios.size())) continue;
        for (const runs::RunOutcome& run : cell.runs) {
            const std::size_t seed = placeOf(seeds, run.seed);
            if (seed == seeds.size()) continue;
            stats::GridRun& place =
                dense ? table.denseAt(length, seed) : table.at(length, ratio, seed);
            place = gridRun(run);
        }
    }
    return table;
}

StudyAnalysis::StudyAnalysis(Workbench& workbench, QObject* parent)
    : QObject(parent), m_workbench(workbench) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(kGatherMs);
    connect(&m_timer, &QTimer::timeout, this, &StudyAnalysis::compute);
    connect(&m_workbench, &Workbench::changed, this, &StudyAnalysis::onChange);
}

void StudyAnalysis::onChange(const Change& change) {
    if (change.aspects & Aspect::Experiment) {
        ++m_newest;
        m_computing = false;
        m_endedRuns = 0;
        m_current.reset();
        emit updated();
    }
    if (!(change.aspects & (Aspect::Runs | Aspect::Plan)) || !m_workbench.study()) return;
    const auto runs = m_workbench.study()->runs();
    const auto ended = static_cast<std::size_t>(
        std::count_if(runs.begin(), runs.end(), [](const runs::RunView& run) {
            return run.status == runs::RunStatus::Done || run.status == runs::RunStatus::Failed ||
                   run.status == runs::RunStatus::Diverged;
        }));
    if (ended == m_endedRuns && !(change.aspects & Aspect::Plan)) return;
    m_endedRuns = ended;
    if (!m_computing) m_timer.start();
}

void StudyAnalysis::compute() {
    const runs::Study* study = m_workbench.study();
    if (!study || study->withStatus(runs::RunStatus::Done).empty()) return;
    m_computing = true;
    const auto results = std::make_shared<const runs::ResultsTable>(study->results());
    using Answer = std::shared_ptr<const stats::GridAnalysis>;
    QtConcurrent::run([results]() -> Answer {
        try {
            return std::make_shared<const stats::GridAnalysis>(
                stats::analyseGrid(gridTable(*results), {}));
        } catch (const std::domain_error&) {
            return nullptr;  // the table is malformed: nothing can be said about it
        }
    }).then(this, [this, asked = ++m_newest, ended = m_endedRuns](Answer answer) {
        if (asked != m_newest) return;
        m_computing = false;
        m_current = std::move(answer);
        emit updated();
        if (ended != m_endedRuns) m_timer.start();
    });
}

}  // namespace ui

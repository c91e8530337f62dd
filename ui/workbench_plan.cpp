// SPDX-License-Identifier: GPL-3.0-or-later
// The plan edits of the workbench.
#include <algorithm>
#include <optional>

#include "ui/text.h"
#include "ui/undoable_edit.h"
#include "ui/workbench.h"

namespace ui {

void Workbench::changePlan(const runs::StudyPlan& wanted, const QString& text) {
    if (!m_study) return;
    PlanState before{runs::planOf(*m_study), m_queue->items()};
    if (before.plan == wanted || applyPlan({wanted, before.queue}) == Outcome::Refused) return;
    PlanState after{wanted, m_queue->items()};
    m_undo.push(new UndoableEdit<PlanState>(text, std::move(before), std::move(after),
                                            [this](const PlanState& state) { applyPlan(state); }));
}

Workbench::Outcome Workbench::applyPlan(const PlanState& state) {
    if (!m_study) return Outcome::Refused;
    const auto change = runs::compare(*m_study, state.plan);
    if (!change) {
        refuse(change.error());
        return Outcome::Refused;
    }
    const auto saved =
        m_study->setPlan(m_study->settings().name, state.plan.grid, state.plan.added);
    if (!saved) {
        refuse(saved.error());
        return Outcome::Refused;
    }
    followPlan(change->removed, state.queue);
    return Outcome::Done;
}

/// Brings what hangs on the plan in line with it. `removed` has left the plan.
void Workbench::followPlan(const std::vector<runs::RunId>& removed,
                           const std::vector<runs::QueueItem>& queue) {
    cancel(removed);
    m_control.follow(*m_study);
    std::erase_if(m_selection, [this](const CellKey& key) { return runsOf({key}).empty(); });
    m_queue->replace(trainable(queue));
    syncQueue({Aspect::Plan | Aspect::Selection, {}});
    rescan();  // runs that were trained under an earlier plan have their results on disk
}

/// The study has taken over a plan that another process saved.
void Workbench::tellOtherPlan() {
    std::vector<runs::RunId> removed = m_control.training();
    std::erase_if(removed, [this](const runs::RunId& id) { return m_study->find(id) != nullptr; });
    m_undo.clear();  // would put back a plan that is not the one before this
    followPlan(removed, m_queue->items());
    notify({runs::Severity::Info,
            tr("Another process has changed the plan: %1 are planned now.")
                .arg(runsCounted(static_cast<std::int64_t>(m_study->runs().size()))),
            {},
            {}});
}

void Workbench::addSeed(const std::vector<CellKey>& cells) {
    if (!m_study) return;
    runs::StudyPlan plan = runs::planOf(*m_study);
    for (const CellKey& key : cells) {
        std::optional<experiment::RunSpec> last;
        for (const runs::RunView& run : m_study->runs())
            if (cellOf(run.spec) == key && (!last || run.spec.seed > last->seed)) last = run.spec;
        if (!last) continue;
        ++last->seed;
        plan.added.push_back(*last);
    }
    changePlan(plan, cells.size() == 1 ? tr("add a seed to %1").arg(cellName(cells.front()))
                                       : tr("add a seed to %1 cells").arg(cells.size()));
}

void Workbench::queueSeeds(const std::vector<std::int64_t>& lengths, std::size_t seedsPerCell) {
    if (!m_study) return;
    const runs::SeedPlan seeds = runs::planSeeds(*m_study, lengths, seedsPerCell);
    if (seeds.runs() == 0) return;
    PlanState before{runs::planOf(*m_study), m_queue->items()};
    runs::StudyPlan wanted = before.plan;
    wanted.added.insert(wanted.added.end(), seeds.added.begin(), seeds.added.end());
    if (applyPlan({wanted, before.queue}) == Outcome::Refused) return;
    // Planned by now, all of them wait.
    const runs::SeedPlan planned = runs::planSeeds(*m_study, lengths, seedsPerCell);
    m_queue->add(trainable(m_study->queueItems(planned.waiting)));
    PlanState after{std::move(wanted), m_queue->items()};
    const QString what = runsCounted(static_cast<std::int64_t>(seeds.runs()));
    m_undo.push(new UndoableEdit<PlanState>(tr("queue %1 for more seeds").arg(what),
                                            std::move(before), std::move(after),
                                            [this](const PlanState& state) { applyPlan(state); }));
    syncQueue({Aspect::Plan, {}});
}

}  // namespace ui

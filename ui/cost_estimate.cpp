// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cost_estimate.h"

#include "ui/background.h"
#include "ui/text.h"

namespace ui {
namespace {

using Outcome = engine::Result<runs::PlanEstimate>;

Outcome estimated(const experiment::ExperimentSettings& settings, const LaneChoice& lanes,
                  const runs::TrainingPorts& ports) {
    const auto corpus = data::openCorpus(settings.data);
    if (!corpus) return corpus.error();
    if (const auto fits = data::checkWindows(**corpus, settings.grid.lengths); !fits)
        return fits.error();
    std::vector<runs::RunView> planned;
    for (const experiment::RunSpec& spec : experiment::plannedRuns(settings)) {
        runs::RunView run;
        run.spec = spec;
        planned.push_back(std::move(run));
    }
    runs::SchedulerSettings plan;
    plan.lanes.assign(static_cast<std::size_t>(std::max(1, lanes.lanes)), {lanes.device, 1});
    plan.runsPerCohort = lanes.runsPerCohort;
    return runs::estimatePlan(settings, planned, *corpus, plan, ports);
}

}  // namespace

QString costText(const runs::PlanEstimate& estimate, int lanes) {
    return QObject::tr("about %1 on %2, %3 of disk")
        .arg(duration(estimate.secondsLeft),
             lanes == 1 ? QObject::tr("1 lane") : QObject::tr("%1 lanes").arg(lanes),
             dataSize(estimate.diskBytes));
}

void CostEstimate::measure(const experiment::ExperimentSettings& settings,
                           const LaneChoice& lanes) {
    const auto work = [settings, lanes, ports = m_ports] {
        return std::make_shared<Outcome>(estimated(settings, lanes, ports));
    };
    inBackground(this, work, [this, number = ++m_number](std::shared_ptr<Outcome> outcome) {
        if (number != m_number) return;
        if (*outcome) {
            emit measured(**outcome);
        } else {
            emit failed(QString::fromStdString(outcome->error().message));
        }
    });
}

}  // namespace ui

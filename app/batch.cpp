// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/batch.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <ostream>
#include <thread>

#include "app/batch_progress.h"
#include "app/batch_report.h"
#include "app/batch_study.h"
#include "app/export.h"
#include "app/lane_plan.h"
#include "app/stop_signals.h"
#include "app/text.h"
#include "engine/runs/inbox.h"
#include "engine/runs/plan_estimate.h"
#include "engine/runs/queue.h"
#include "engine/runs/scheduler.h"

namespace app {
namespace {

using engine::ErrorKind;
using runs::RunStatus;

/// How training ended: by itself or by a signal, and with which errors on the way.
struct TrainingOutcome {
    int signal = 0;
    std::vector<ErrorKind> failures;
};

int dryRun(const CommandLine& line, const BatchSurroundings& surroundings,
           const PreparedStudy& prepared, const std::string& device, BatchProgress& progress) {
    const auto planned = previewRuns(line, prepared);
    if (!planned) {
        progress.complain(planned.error().message);
        return engine::exitCode(planned.error().kind);
    }
    const auto waiting = static_cast<std::size_t>(
        std::count_if(planned->begin(), planned->end(),
                      [](const runs::RunView& run) { return run.status != RunStatus::Done; }));
    const auto lanes =
        planLanes(device, line.lanes, waiting, surroundings.cores, prepared.settings);
    if (waiting > 0) progress.say("measuring a few steps of each length");
    const auto estimate =
        runs::estimatePlan(prepared.settings, *planned, prepared.corpus, lanes, surroundings.ports);
    if (!estimate) {
        progress.complain(estimate.error().message);
        return engine::exitCode(estimate.error().kind);
    }
    const PlanView plan{line.experiment, prepared.settings, prepared.identity.description,
                        *planned};
    surroundings.results << (line.format == OutputFormat::Json ? planJson(plan, *estimate, lanes)
                                                               : planText(plan, *estimate, lanes));
    return 0;
}

/// Follows the events until every lane is idle or a signal asks to stop.
TrainingOutcome train(runs::Study& study, const std::vector<runs::RunId>& ids,
                      const PreparedStudy& prepared, const runs::SchedulerSettings& settings,
                      const BatchSurroundings& surroundings, BatchProgress& progress) {
    const auto queue = std::make_shared<runs::Queue>();
    const auto inbox = std::make_shared<runs::Inbox>();
    queue->add(study.queueItems(ids));
    study.markQueued(*queue);
    TrainingOutcome outcome;
    const auto follow = [&](const std::vector<runs::Event>& events) {
        for (const runs::Event& event : events) {
            study.apply(event);
            progress.follow(event, study);
            if (const auto* failed = std::get_if<runs::RunFailed>(&event)) {
                outcome.failures.push_back(failed->error.kind);
            }
        }
    };

    runs::Scheduler scheduler(study, prepared.corpus, queue, inbox, settings, surroundings.ports);
    scheduler.start();
    if (ids.empty()) scheduler.requestTiming();
    std::atomic<bool> isIdle = false;
    std::jthread waiter([&] {
        scheduler.waitUntilIdle();
        isIdle = true;
    });
    const auto lanes = static_cast<std::int64_t>(settings.lanes.size());
    while (!isIdle) {
        follow(inbox->drainWithin(std::chrono::milliseconds(100)));
        progress.refresh(study, lanes);
        outcome.signal = surroundings.stopSignal();
        if (outcome.signal == 0) continue;
        progress.say(
            "stopping: every run in training is saved first; a second signal ends at once");
        break;
    }
    scheduler.stop();
    waiter.join();
    follow(inbox->drain());
    return outcome;
}

/// "1 run", "2 runs".
std::string countOf(std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

void sayWhatIsLeft(const runs::Study& study, BatchProgress& progress) {
    const auto damaged = study.withStatus(RunStatus::Damaged);
    for (const runs::RunId& id : damaged) {
        const runs::RunView* const run = study.find(id);
        progress.complain("run " + id + " is damaged: " + run->message);
    }
    const std::size_t failed = study.withStatus(RunStatus::Failed).size();
    const std::size_t diverged = study.withStatus(RunStatus::Diverged).size();
    if (failed + diverged > 0) {
        progress.complain(countOf(failed, "failed run") + " and " +
                          countOf(diverged, "diverged run") +
                          " are kept as they are; delete their folders below " +
                          (study.folder() / "runs").string() + " to train them again");
    }
    const std::size_t elsewhere = study.withStatus(RunStatus::RunningElsewhere).size();
    if (elsewhere > 0) {
        progress.say("another process trains " + countOf(elsewhere, "run") + " of this experiment");
    }
}

/// Runs to train now. Damaged ones are left alone: a person decides what becomes of their records.
std::vector<runs::RunId> runsToTrain(const runs::Study& study) {
    std::vector<runs::RunId> ids = study.unfinished();
    std::erase_if(
        ids, [&](const runs::RunId& id) { return study.find(id)->status == RunStatus::Damaged; });
    return ids;
}

/// As --help lists them: one reason of all failures gives its own code only if nothing else was
/// reached.
int exitCodeOf(const runs::Study& study, const TrainingOutcome& outcome) {
    const auto happened = [&](ErrorKind kind) {
        return std::find(outcome.failures.begin(), outcome.failures.end(), kind) !=
               outcome.failures.end();
    };
    if (happened(ErrorKind::Io)) return engine::exitCode(ErrorKind::Io);
    if (outcome.signal != 0) return stopExitCode(outcome.signal);
    // Lanes that went idle by themselves leave runs behind only if nothing can be saved any more.
    if (!runsToTrain(study).empty()) return engine::exitCode(ErrorKind::Io);
    if (happened(ErrorKind::Superseded)) return engine::exitCode(ErrorKind::Superseded);
    const std::size_t failed =
        study.withStatus(RunStatus::Failed).size() + study.withStatus(RunStatus::Damaged).size();
    const std::size_t diverged = study.withStatus(RunStatus::Diverged).size();
    if (failed + diverged == 0) return 0;
    if (study.withStatus(RunStatus::Done).empty()) {
        if (failed == 0) return engine::exitCode(ErrorKind::Diverged);
        const bool onlyMemory =
            !outcome.failures.empty() &&
            std::all_of(outcome.failures.begin(), outcome.failures.end(),
                        [](ErrorKind kind) { return kind == ErrorKind::OutOfMemory; });
        if (diverged == 0 && onlyMemory) return engine::exitCode(ErrorKind::OutOfMemory);
    }
    return engine::exitCode(ErrorKind::Data);
}

/// Whether the timing pass has measured every cell.
bool isTimed(const runs::Study& study) {
    const runs::ResultsTable table = study.results();
    return std::all_of(table.cells.begin(), table.cells.end(), [&](const runs::CellOutcome& cell) {
        return table.cellTiming(cell) != nullptr;
    });
}

/// Everything that can be exported, figures first because the report shows them.
engine::Result<std::size_t> exportEverything(const CommandLine& line,
                                             const BatchSurroundings& surroundings,
                                             const runs::Study& study, BatchProgress& progress) {
    const runs::ExportChoice choice;
    std::vector<runs::ExportedFigure> figures;
    if (surroundings.figures) {
        const auto choices = runs::readAnalysisChoices(study.folder());
        const auto analysis =
            analysisOf(study.results(), choices ? *choices : runs::AnalysisChoices{});
        auto drawn =
            surroundings.figures(study, analysis ? &*analysis : nullptr, line.exportFolder, choice);
        if (!drawn) return drawn.error();
        figures = std::move(*drawn);
    } else {
        progress.say(
            "figures need the full build (SPARSITY_GUI=ON); tables, JSON and report are written");
    }
    const auto written = exportStudy(study, line.exportFolder, choice, figures);
    if (!written) return written.error();
    std::size_t count = written->size();
    for (const runs::ExportedFigure& figure : figures) count += figure.files.size();
    return count;
}

int finish(const CommandLine& line, const BatchSurroundings& surroundings, const runs::Study& study,
           int code, BatchProgress& progress) {
    sayWhatIsLeft(study, progress);
    if (!line.exportFolder.empty()) {
        const auto written = exportEverything(line, surroundings, study, progress);
        if (!written) {
            progress.complain(written.error().message);
            code = code == 0 ? engine::exitCode(written.error().kind) : code;
        } else {
            progress.say("exported " + std::to_string(*written) + " files into " +
                         line.exportFolder);
        }
    }
    surroundings.results << (line.format == OutputFormat::Json ? resultsJson(study, code)
                                                               : resultsText(study))
                         << std::flush;
    if (!surroundings.results && code == 0) code = engine::exitCode(ErrorKind::Io);
    return code;
}

int trainAndReport(const CommandLine& line, const BatchSurroundings& surroundings,
                   const PreparedStudy& prepared, const std::string& device,
                   BatchProgress& progress) {
    auto study = openStudy(line, prepared);
    if (!study) {
        progress.complain(study.error().message);
        return engine::exitCode(study.error().kind);
    }
    const std::vector<runs::RunId> ids = runsToTrain(*study);
    TrainingOutcome outcome;
    if (ids.empty()) {
        const std::size_t done = study->withStatus(RunStatus::Done).size();
        progress.say(done == study->runs().size()
                         ? "Nothing to do: all " + std::to_string(done) + " runs are finished"
                         : "Nothing to train: " + std::to_string(done) + " of " +
                               std::to_string(study->runs().size()) + " runs are finished");
    }
    const bool wantsTiming = ids.empty() && study->withStatus(RunStatus::Done).size() > 0 &&
                             study->access() == runs::Access::ReadWrite && !isTimed(*study);
    if (!ids.empty() || wantsTiming) {
        const auto lanes =
            planLanes(device, line.lanes, ids.size(), surroundings.cores, prepared.settings);
        progress.say((ids.empty() ? "measuring the steps of each cell"
                                  : "training " + countOf(ids.size(), "run")) +
                     " on " + device + ", " + std::to_string(lanes.lanes.size()) + " side by side" +
                     ", in " + line.experiment);
        outcome = train(*study, ids, prepared, lanes, surroundings, progress);
        study->rescan();
    }
    return finish(line, surroundings, *study, exitCodeOf(*study, outcome), progress);
}

}  // namespace

int runBatch(const CommandLine& line, const BatchSurroundings& surroundings) {
    BatchProgress progress(surroundings.messages,
                           progressStyle(line.verbosity, surroundings.messagesOnTerminal),
                           line.verbosity, line.colour);
    const auto device = resolveDevice(line.device, surroundings.devices);
    if (!device) {
        progress.complain(device.error().message);
        return engine::exitCode(device.error().kind);
    }
    const auto prepared = prepareStudy(line);
    if (!prepared) {
        progress.complain(prepared.error().message);
        return engine::exitCode(prepared.error().kind);
    }
    if (line.dryRun) return dryRun(line, surroundings, *prepared, *device, progress);
    return trainAndReport(line, surroundings, *prepared, *device, progress);
}

int runExport(const CommandLine& line, const BatchSurroundings& surroundings) {
    BatchProgress progress(surroundings.messages,
                           progressStyle(line.verbosity, surroundings.messagesOnTerminal),
                           line.verbosity, line.colour);
    auto study = runs::Study::open(line.experiment, runs::Access::ReadOnly);
    if (!study) {
        progress.complain(study.error().message);
        return engine::exitCode(study.error().kind);
    }
    study->rescan();
    return finish(line, surroundings, *study, 0, progress);
}

}  // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench.h"

#include <QDir>
#include <QElapsedTimer>
#include <algorithm>
#include <thread>
#include <utility>

#include "ui/background.h"
#include "ui/recent_experiments.h"

namespace ui {
namespace {

constexpr int kDrainMs = 40;   // 25 frames per second at most
constexpr int kScanMs = 2000;  // how often folders written by others are looked at

int defaultLanes() {
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

}  // namespace

WorkbenchPorts defaultWorkbenchPorts() {
    const auto monitor =
        std::make_shared<machine::DeviceMonitor>(machine::openNvml(), machine::openProc());
    WorkbenchPorts ports{runs::defaultPorts(), [] { return training::availableDevices(); }};
    ports.load = [monitor](const std::string& device) { return monitor->read(device); };
    return ports;
}

Workbench::Workbench(WorkbenchPorts ports, QObject* parent)
    : QObject(parent), m_ports(std::move(ports)), m_control(m_ports.training) {
    m_lanes.lanes = defaultLanes();
    m_drainTimer.setInterval(kDrainMs);
    connect(&m_drainTimer, &QTimer::timeout, this, &Workbench::drain);
    m_scanTimer.setInterval(kScanMs);
    connect(&m_scanTimer, &QTimer::timeout, this, &Workbench::rescan);
    connect(&m_control, &TrainingControl::stateChanged, this, &Workbench::trainingChanged);
    connect(&m_control, &TrainingControl::failed, this, [this](const QString& message) {
        notify({runs::Severity::Error, message, {}, {}, Lasts::UntilStart});
    });
    connect(&m_curves, &CurveStore::loaded, this, [this](const std::vector<runs::RunId>& ids) {
        emit changed({Aspect::Curves, ids});
    });
    inBackground(this, m_ports.devices, [this](std::vector<std::string> devices) {
        m_devices = std::move(devices);
        emit changed({Aspect::Devices, {}});
    });
}

Workbench::~Workbench() {
    rememberQueue();
}

void Workbench::createExperiment(const QString& folder, experiment::ExperimentSettings settings,
                                 AfterCreate then) {
    using Opened = engine::Result<std::shared_ptr<const data::Corpus>>;
    const auto wanted = std::make_shared<const experiment::ExperimentSettings>(std::move(settings));
    const auto open = [wanted] { return std::make_shared<Opened>(data::openCorpus(wanted->data)); };
    inBackground(this, open, [this, folder, wanted, then](std::shared_ptr<Opened> corpus) {
        if (!*corpus) return refuse(corpus->error());
        if (const auto fits = data::checkWindows(***corpus, wanted->grid.lengths); !fits)
            return refuse(fits.error());
        auto study =
            runs::Study::create(folder.toStdString(), *wanted, runs::identityOf(***corpus));
        if (!study) return refuse(study.error());
        adopt(std::move(study).value());
        m_queueRestored = true;  // a new experiment has no earlier queue
        if (then == AfterCreate::StartTraining) start();
    });
}

void Workbench::openExperiment(const QString& folder) {
    const runs::Access wanted =
        isOfExamples(folder) ? runs::Access::ReadOnly : runs::Access::ReadWrite;
    auto study = runs::Study::open(folder.toStdString(), wanted);
    if (!study) return refuse(study.error());
    const bool locked = study->access() != wanted;
    adopt(std::move(study).value());
    if (locked)
        notify({runs::Severity::Warning,
                tr("The folder %1 cannot be written to: the experiment is shown read-only. Copy it "
                   "to a place of yours to train it.")
                    .arg(QDir::toNativeSeparators(folder)),
                {},
                {}});
}

void Workbench::adopt(runs::Study study) {
    if (!isAtRest())
        return refuse({engine::ErrorKind::Usage,
                       "Another experiment can be opened once this one does not train: pause it "
                       "first."});
    closeExperiment();
    m_study = std::move(study);
    m_queue = std::make_shared<runs::Queue>();
    m_inbox = std::make_shared<runs::Inbox>();
    m_finishTold = true;  // what is finished when it is opened is no news
    m_queueRestored = false;
    emit changed({Aspect::Experiment | Aspect::Runs | Aspect::Queue | Aspect::Plan, {}});
    rescan();
    m_scanTimer.start();
}

void Workbench::closeExperiment() {
    m_control.rest();
    if (m_control.state() != TrainingState::Stopped || !m_study) return;
    rememberQueue();
    m_control.release();
    m_scanTimer.stop();
    ++m_generation;
    m_scanning = false;
    m_undo.clear();
    m_curves.clear();
    m_selection.clear();
    m_study.reset();
    m_queue.reset();
    m_inbox.reset();
    emit changed({Aspect::Experiment | Aspect::Runs | Aspect::Queue | Aspect::Selection, {}});
}

void Workbench::setLaneChoice(const LaneChoice& choice) {
    m_control.rest();  // they begin anew, as many as are chosen now
    m_lanes = choice;
    if (m_lanes.lanes <= 0) m_lanes.lanes = defaultLanes();
    emit changed({Aspect::Devices, {}});
}

std::vector<runs::RunId> Workbench::runsOf(const std::vector<CellKey>& cells) const {
    std::vector<runs::RunId> ids;
    if (!m_study) return ids;
    for (const runs::RunView& run : m_study->runs()) {
        if (std::find(cells.begin(), cells.end(), cellOf(run.spec)) != cells.end())
            ids.push_back(run.id);
    }
    return ids;
}

void Workbench::select(std::vector<CellKey> cells) {
    if (cells == m_selection) return;
    m_selection = std::move(cells);
    requestCurves(m_selection);
    emit changed({Aspect::Selection, {}});
}

void Workbench::requestCurves(const std::vector<CellKey>& cells) {
    if (m_study) m_curves.request(*m_study, runsOf(cells));
}

void Workbench::start() {
    if (!m_study) return;
    m_control.rest();
    if (m_control.state() != TrainingState::Stopped) return;
    if (m_study->access() == runs::Access::ReadOnly)
        return refuse({engine::ErrorKind::Io,
                       "This experiment is read-only: copy its folder to a "
                       "place that can be written to, and open the copy."});
    if (m_queue->size() == 0) queueEverything();
    if (m_queue->size() == 0) {
        notify({runs::Severity::Info,
                tr("Nothing is left to train: every planned run is done or has failed."),
                {},
                {},
                Lasts::WhileComplete});
        return;
    }
    m_afterPause = AfterPause::KeepQueue;
    m_finishTold = false;
    m_control.start(*m_study, m_queue, m_inbox, m_lanes);
}

void Workbench::pause(runs::PauseAt at) {
    m_afterPause = AfterPause::KeepQueue;
    m_control.pause(at);
}

void Workbench::stop() {
    m_afterPause = AfterPause::ClearQueue;
    if (m_control.state() == TrainingState::Stopped) {
        trainingChanged();
    } else {
        m_control.pause(runs::PauseAt::NextStep);
    }
}

void Workbench::cancel(const std::vector<runs::RunId>& ids) {
    for (const runs::RunId& id : ids) m_control.cancel(id);
}

void Workbench::requestTiming() {
    if (m_control.state() == TrainingState::Running) return m_control.requestTiming();
    if (!m_study || m_control.state() != TrainingState::Stopped) return;
    m_started = Started::ToMeasure;
    m_finishTold = true;
    // A queue of its own: what waits in the real one would be trained first.
    m_control.start(*m_study, std::make_shared<runs::Queue>(), m_inbox, m_lanes);
}

void Workbench::trainingChanged() {
    const TrainingState state = m_control.state();
    if (state == TrainingState::Running && m_started == Started::ToMeasure)
        m_control.requestTiming();
    if (state == TrainingState::Stopped) {
        m_started = Started::ToTrain;
        m_timingProgress.reset();
        drain();
        m_drainTimer.stop();
        const bool clear =
            std::exchange(m_afterPause, AfterPause::KeepQueue) == AfterPause::ClearQueue;
        if (clear && m_queue && m_queue->size() > 0)
            editQueue(tr("stop"), [](runs::Queue& queue) { queue.clear(); });
        rememberQueue();
    } else {
        m_drainTimer.start();
    }
    emit changed({Aspect::Training | Aspect::Queue, {}});
}

void Workbench::refuse(const engine::Error& error) {
    notify({runs::Severity::Error, QString::fromStdString(error.message), {}, {}});
}

void Workbench::drain() {
    if (!m_study || !m_inbox) return;
    Change change;
    for (const runs::Event& event : m_inbox->drain()) follow(event, change);
    std::sort(change.runs.begin(), change.runs.end());
    change.runs.erase(std::unique(change.runs.begin(), change.runs.end()), change.runs.end());
    if (change.aspects & Aspect::Queue) {
        syncQueue(change);
    } else if (change.aspects) {
        emit changed(change);
    }
    const bool idle = m_queue->size() == 0 && m_control.training().empty();
    const bool atRest = isAtRest();
    if (std::exchange(m_wasAtRest, atRest) != atRest) emit changed({Aspect::Training, {}});
    if (idle && !m_finishTold && m_study->unfinished().empty()) {
        m_finishTold = true;
        const runs::StudyProgress progress = m_study->progress(m_lanes.lanes);
        emit studyFinished(progress.done, progress.failed);
    }
    m_control.poll();
}

void Workbench::follow(const runs::Event& event, Change& change) {
    const runs::RunId id = m_study->apply(event);
    if (!id.empty()) {
        change.aspects |= Aspect::Runs;
        change.runs.push_back(id);
    }
    if (const auto* started = std::get_if<runs::RunStarted>(&event)) {
        change.aspects |= Aspect::Queue | Aspect::Curves;
        m_finishTold = false;  // also lanes that were done take up more
        if (started->step == 0) m_curves.beginLive(id);
        if (started->step > 0) m_curves.request(*m_study, {id});
    } else if (const auto* step = std::get_if<runs::StepProgress>(&event)) {
        change.aspects |= Aspect::Curves;
        m_curves.append(id, step->point);
        if (step->coalesced > 0) m_curves.refresh(*m_study, {id});
    } else if (const auto* evaluated = std::get_if<runs::EvaluationDone>(&event)) {
        change.aspects |= Aspect::Curves;
        m_curves.append(id, evaluated->point);
    } else if (const auto* failure = std::get_if<runs::RunFailed>(&event)) {
        tellFailure(*failure);
    } else if (const auto* message = std::get_if<runs::Message>(&event)) {
        m_messages.add(*message);
    } else if (const auto* timed = std::get_if<runs::TimingFinished>(&event)) {
        change.aspects |= Aspect::Training;
        finishTiming(timed->outcome);
    } else if (const auto* timing = std::get_if<runs::TimingProgress>(&event)) {
        m_timingProgress.emplace(timing->done, timing->planned);
        change.aspects |= Aspect::Training;
    }
    const bool queueTouched = std::holds_alternative<runs::QueueChanged>(event) ||
                              std::holds_alternative<runs::RunPaused>(event) ||
                              std::holds_alternative<runs::LaneIdle>(event);
    if (queueTouched) change.aspects |= Aspect::Queue;
}

void Workbench::finishTiming(const engine::Result<void>& outcome) {
    m_timingProgress.reset();
    if (m_started == Started::ToMeasure) m_control.pause(runs::PauseAt::NextStep);
    if (outcome) {
        const QString done = tr("Speed and memory of every cell are measured.");
        m_messages.add({runs::Severity::Info, done.toStdString(), {}});
        if (m_started == Started::ToMeasure) emit noticed({runs::Severity::Info, done, {}, {}});
        rescan();
    } else if (outcome.error().kind != engine::ErrorKind::Stopped) {
        refuse(outcome.error());
    }
}

void Workbench::rescan() {
    if (!m_study || m_scanning) return;
    m_scanning = true;
    const auto look = [request = m_study->scanRequest()] {
        QElapsedTimer clock;
        clock.start();
        auto scan = std::make_shared<runs::StudyScan>(runs::scanRuns(request));
        return std::pair(scan, clock.elapsed());
    };
    using Found = std::pair<std::shared_ptr<runs::StudyScan>, qint64>;
    inBackground(this, look, [this, generation = m_generation](Found found) {
        if (generation != m_generation || !m_study) return;
        m_scanning = false;
        // A tenth of the time at most goes into looking.
        m_scanTimer.setInterval(static_cast<int>(std::max<qint64>(kScanMs, 10 * found.second)));
        takeScan(std::move(*found.first));
    });
}

void Workbench::takeScan(runs::StudyScan scan) {
    const QString trouble = QString::fromStdString(scan.message);
    // Those that have just ended elsewhere have a last stretch of curve to read.
    std::vector<runs::RunId> watched = m_study->withStatus(runs::RunStatus::RunningElsewhere);
    const bool replanned = m_study->adoptPlan(scan);
    const bool fresh = m_study->merge(std::move(scan));
    if (!trouble.isEmpty()) notify({runs::Severity::Warning, trouble, {}, {}});
    restoreQueue();
    if (replanned) tellOtherPlan();
    if (!fresh) return;
    m_study->markQueued(*m_queue);
    for (runs::RunId& id : m_study->withStatus(runs::RunStatus::RunningElsewhere))
        if (std::find(watched.begin(), watched.end(), id) == watched.end())
            watched.push_back(std::move(id));
    m_curves.refresh(*m_study, watched);
    emit changed({Aspect::Runs, {}});
}

}  // namespace ui

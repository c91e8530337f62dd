// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <QUndoStack>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/machine/device_monitor.h"
#include "engine/runs/inbox.h"
#include "engine/runs/plan_change.h"
#include "engine/runs/queue.h"
#include "engine/runs/seed_plan.h"
#include "engine/runs/study.h"
#include "ui/cell_view.h"
#include "ui/change.h"
#include "ui/curve_store.h"
#include "ui/message_model.h"
#include "ui/study_exporter.h"
#include "ui/training_control.h"

namespace ui {

/// What the window calls to compute; tests put their own here.
struct WorkbenchPorts {
    runs::TrainingPorts training;
    std::function<std::vector<std::string>()> devices;
    ExportStudy exportStudy = {};  // empty: exports have figures only
    /// How busy a training device is; called on any thread, one call at a time. May be empty.
    std::function<std::optional<machine::DeviceLoad>(const std::string&)> load = {};
};
WorkbenchPorts defaultWorkbenchPorts();

enum class AfterCreate { Wait, StartTraining };

/// The one owner of the open experiment, its queue, curves, undo stack and selection. Lives in the
/// GUI thread and never blocks it; everything that shows something listens to changed().
class Workbench : public QObject {
    Q_OBJECT
public:
    explicit Workbench(WorkbenchPorts ports, QObject* parent = nullptr);
    ~Workbench() override;

    /// Opens the corpus off the GUI thread, makes the folder, then opens the experiment.
    void createExperiment(const QString& folder, experiment::ExperimentSettings settings,
                          AfterCreate then);
    void openExperiment(const QString& folder);
    /// Opens the finished experiment that the program carries, read-only.
    void openExample();
    bool isExample() const;
    /// Only while the lanes are at rest.
    void closeExperiment();

    const runs::Study* study() const { return m_study ? &*m_study : nullptr; }
    const runs::Queue* queue() const { return m_queue.get(); }
    const CurveStore& curves() const { return m_curves; }
    MessageModel& messages() { return m_messages; }
    const ExportStudy& exportPort() const { return m_ports.exportStudy; }
    QUndoStack& undoStack() { return m_undo; }
    const WorkbenchPorts& ports() const { return m_ports; }
    /// The command line that makes or continues the open experiment; empty when none is open.
    QString experimentCommand() const;
    /// The command line that trains this run again, alone, in a folder of its own.
    QString commandFor(const runs::RunId& id) const;
    /// Keeps a notice among the messages and shows it.
    void notify(const Notice& notice);
    /// Whether a notice still says something true.
    bool isTrue(const Notice& notice) const;
    TrainingState trainingState() const { return m_control.state(); }
    /// No lane trains, measures or has anything to take up: another experiment may be opened.
    bool isAtRest() const {
        return m_control.state() == TrainingState::Stopped || m_control.isIdle();
    }
    std::vector<runs::RunId> training() const { return m_control.training(); }
    const std::vector<std::string>& devices() const { return m_devices; }
    const LaneChoice& laneChoice() const { return m_lanes; }
    void setLaneChoice(const LaneChoice& choice);

    /// Planned runs of these cells, in the order of the plan.
    std::vector<runs::RunId> runsOf(const std::vector<CellKey>& cells) const;
    const std::vector<CellKey>& selection() const { return m_selection; }
    void select(std::vector<CellKey> cells);
    /// Reads the curves of these cells that are not in curves() yet; Aspect::Curves follows.
    void requestCurves(const std::vector<CellKey>& cells);

    // Queue edits; each can be undone.
    void queueCells(const std::vector<CellKey>& cells);
    void queueEverything();
    void removeCells(const std::vector<CellKey>& cells);
    void removeRuns(const std::vector<runs::RunId>& ids);
    void shiftRuns(const std::vector<runs::RunId>& ids, runs::Direction direction);
    /// Puts the runs together before this one; at the end where `before` does not wait.
    void placeRuns(const std::vector<runs::RunId>& ids, const runs::RunId& before);
    void setPriority(const std::vector<runs::RunId>& ids, int priority);
    void setHold(const std::vector<runs::RunId>& ids, runs::Hold hold);
    /// Makes failed, diverged and damaged runs trainable again and queues them; their old records
    /// stay. Only the queueing can be undone.
    void retryRuns(const std::vector<runs::RunId>& ids);
    void retryFailed();
    std::vector<runs::RunId> failedRuns() const;

    // Edits of the plan; each can be undone. Runs that leave it keep what they have trained, and
    // those in training stop with a checkpoint.
    void changePlan(const runs::StudyPlan& wanted, const QString& text);
    /// Plans one more seed in each of these cells.
    void addSeed(const std::vector<CellKey>& cells);
    /// Plans and queues what brings every cell at these lengths to `seedsPerCell` runs. Undoable.
    void queueSeeds(const std::vector<std::int64_t>& lengths, std::size_t seedsPerCell);

    /// Whether Start has something to train: a run that waits and is not held or, with an empty
    /// queue, one that is missing.
    bool hasWork() const;
    /// Empties the queue into run folders; an empty queue is first filled with all that is missing.
    void start();
    void pause(runs::PauseAt at);
    /// Checkpoints and takes everything out of the queue.
    void stop();
    void cancel(const std::vector<runs::RunId>& ids);
    /// Times every cell alone: after the training, or at once while nothing trains. What waits in
    /// the queue then waits on.
    void requestTiming();
    /// Measurements done and planned of the timing pass that runs now.
    std::optional<std::pair<qint64, qint64>> timingProgress() const { return m_timingProgress; }

signals:
    void changed(const ui::Change& change);
    void noticed(const ui::Notice& notice);
    void studyFinished(qint64 done, qint64 failed);

private:
    enum class AfterPause { KeepQueue, ClearQueue };
    enum class Started { ToTrain, ToMeasure };
    void adopt(runs::Study study);
    void drain();
    void follow(const runs::Event& event, Change& change);
    void finishTiming(const engine::Result<void>& outcome);
    void rescan();
    void takeScan(runs::StudyScan scan);
    void editQueue(const QString& text, const std::function<void(runs::Queue&)>& edit);
    /// Of these, what still has to be trained and is in no lane.
    std::vector<runs::QueueItem> trainable(const std::vector<runs::QueueItem>& items) const;
    void replaceQueue(const std::vector<runs::QueueItem>& items);
    struct PlanState {
        runs::StudyPlan plan;
        std::vector<runs::QueueItem> queue;
    };
    enum class Outcome { Done, Refused };
    Outcome applyPlan(const PlanState& state);
    void followPlan(const std::vector<runs::RunId>& removed,
                    const std::vector<runs::QueueItem>& queue);
    void tellOtherPlan();
    void queueRuns(const std::vector<runs::RunId>& ids, const QString& text);
    void syncQueue(Change change);
    void rememberQueue() const;
    void restoreQueue();
    void tellFailure(const runs::RunFailed& failure);
    void tellWhatWasLeft(const std::vector<runs::QueueItem>& waiting);
    void trainingChanged();
    void refuse(const engine::Error& error);
    QString queueKey() const;
    QString trainingKey() const;

    WorkbenchPorts m_ports;
    std::optional<runs::Study> m_study;
    std::shared_ptr<runs::Queue> m_queue;
    std::shared_ptr<runs::Inbox> m_inbox;
    CurveStore m_curves;
    MessageModel m_messages;
    QUndoStack m_undo;
    TrainingControl m_control;
    QTimer m_drainTimer;
    QTimer m_scanTimer;
    std::vector<std::string> m_devices;
    LaneChoice m_lanes;
    std::vector<CellKey> m_selection;
    std::optional<std::pair<qint64, qint64>> m_timingProgress;
    AfterPause m_afterPause = AfterPause::KeepQueue;
    quint64 m_generation = 0;  // scans begun for another experiment are dropped
    bool m_scanning = false;
    Started m_started = Started::ToTrain;
    bool m_finishTold = false;
    bool m_wasAtRest = true;
    bool m_queueRestored = false;
};

}  // namespace ui

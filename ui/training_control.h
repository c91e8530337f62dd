// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <string>
#include <vector>

#include "engine/data/corpus.h"
#include "engine/runs/scheduler.h"
#include "engine/runs/study.h"

namespace ui {

/// Where and how many at a time.
struct LaneChoice {
    std::string device = "cpu";
    int lanes = 1;
    int runsPerCohort = 1;
    bool operator==(const LaneChoice&) const = default;
};

enum class TrainingState {
    Stopped,
    Starting,  ///< the corpus is being opened
    Running,
    Pausing,  ///< lanes finish their step and save
};

/// Starts and stops the engine's lanes without ever waiting for them.
class TrainingControl : public QObject {
    Q_OBJECT
public:
    explicit TrainingControl(runs::TrainingPorts ports, QObject* parent = nullptr);
    ~TrainingControl() override;

    /// Opens the corpus, checks that it is the study's, then starts the lanes.
    void start(const runs::Study& study, std::shared_ptr<runs::Queue> queue,
               std::shared_ptr<runs::Inbox> inbox, const LaneChoice& choice);
    void pause(runs::PauseAt at);
    void cancel(const runs::RunId& id);
    void requestTiming();
    /// The plan has changed: what the timing pass measures follows it.
    void follow(const runs::Study& study);
    /// Looks whether the lanes have come to rest; emits stateChanged() when they have.
    void poll();
    /// Running, but everything that was queued is trained: the lanes wait for more.
    bool isIdle() const;
    /// Stops lanes that are idle, at once.
    void rest();
    /// The lanes of the experiment that was open; call when Stopped only.
    void release();

    TrainingState state() const { return m_state; }
    std::vector<runs::RunId> training() const;

signals:
    void stateChanged();
    void failed(const QString& message);

private:
    void open(const runs::Study& study, engine::Result<std::shared_ptr<const data::Corpus>> opened);
    void setState(TrainingState state);

    runs::TrainingPorts m_ports;
    std::shared_ptr<const data::Corpus> m_corpus;
    std::shared_ptr<runs::Queue> m_queue;
    std::shared_ptr<runs::Inbox> m_inbox;
    LaneChoice m_choice;
    std::unique_ptr<runs::Scheduler> m_scheduler;
    TrainingState m_state = TrainingState::Stopped;
};

}  // namespace ui

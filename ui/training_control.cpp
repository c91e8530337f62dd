// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training_control.h"

#include <algorithm>
#include <utility>

#include "ui/background.h"

namespace ui {

using OpenedCorpus = engine::Result<std::shared_ptr<const data::Corpus>>;

TrainingControl::TrainingControl(runs::TrainingPorts ports, QObject* parent)
    : QObject(parent), m_ports(std::move(ports)) {}

TrainingControl::~TrainingControl() = default;

void TrainingControl::start(const runs::Study& study, std::shared_ptr<runs::Queue> queue,
                            std::shared_ptr<runs::Inbox> inbox, const LaneChoice& choice) {
    if (m_state != TrainingState::Stopped) return;
    m_queue = std::move(queue);
    m_inbox = std::move(inbox);
    m_choice = choice;
    setState(TrainingState::Starting);
    const auto copy = std::make_shared<const runs::Study>(study);
    const auto corpus = m_corpus;
    const auto work = [copy, corpus] {
        return std::make_shared<OpenedCorpus>(corpus ? OpenedCorpus(corpus)
                                                     : data::openCorpus(copy->settings().data));
    };
    inBackground(this, work, [this, copy](std::shared_ptr<OpenedCorpus> opened) {
        open(*copy, std::move(*opened));
    });
}

void TrainingControl::open(const runs::Study& study, OpenedCorpus opened) {
    if (m_state != TrainingState::Starting) return;
    if (!opened) {
        setState(TrainingState::Stopped);
        emit failed(QString::fromStdString(opened.error().message));
        return;
    }
    if (runs::identityOf(**opened).sha256 != study.corpus().sha256) {
        setState(TrainingState::Stopped);
        emit failed(tr("The text is no longer the one this experiment was made with (%1). Put the "
                       "original file back, or create a new experiment with the changed text.")
                        .arg(QString::fromStdString(study.corpus().description)));
        return;
    }
    m_corpus = std::move(opened).value();
    runs::SchedulerSettings settings;
    settings.lanes.assign(static_cast<std::size_t>(std::max(1, m_choice.lanes)),
                          runs::LaneSettings{m_choice.device, 1});
    settings.runsPerCohort = m_choice.runsPerCohort;
    m_scheduler = std::make_unique<runs::Scheduler>(study, m_corpus, m_queue, m_inbox,
                                                    std::move(settings), m_ports);
    m_scheduler->start();
    setState(TrainingState::Running);
}

void TrainingControl::pause(runs::PauseAt at) {
    if (m_state == TrainingState::Starting) {
        setState(TrainingState::Stopped);
        return;
    }
    if (!m_scheduler || m_state == TrainingState::Stopped) return;
    m_scheduler->pause(at);
    setState(TrainingState::Pausing);
}

void TrainingControl::cancel(const runs::RunId& id) {
    if (m_scheduler) m_scheduler->cancel(id);
}

void TrainingControl::requestTiming() {
    if (m_scheduler) m_scheduler->requestTiming();
}

void TrainingControl::follow(const runs::Study& study) {
    if (m_scheduler) m_scheduler->follow(study);
}

void TrainingControl::poll() {
    if (!m_scheduler) return;
    const runs::SchedulerState lanes = m_scheduler->state();
    // They pause by themselves where nothing can be saved.
    if (m_state == TrainingState::Running && lanes != runs::SchedulerState::Running)
        setState(TrainingState::Pausing);
    if (m_state != TrainingState::Pausing || lanes != runs::SchedulerState::Stopped) return;
    m_scheduler.reset();
    setState(TrainingState::Stopped);
}

bool TrainingControl::isIdle() const {
    return m_state == TrainingState::Running && m_scheduler->isIdle();
}

void TrainingControl::rest() {
    if (!isIdle()) return;
    pause(runs::PauseAt::NextStep);
    poll();
}

void TrainingControl::release() {
    m_scheduler.reset();
    m_corpus.reset();
    m_queue.reset();
    m_inbox.reset();
}

std::vector<runs::RunId> TrainingControl::training() const {
    return m_scheduler ? m_scheduler->training() : std::vector<runs::RunId>();
}

void TrainingControl::setState(TrainingState state) {
    if (state == m_state) return;
    m_state = state;
    emit stateChanged();
}

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
// The menu Run: what starts, pauses and stops the training, and when it can.
#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

#include "ui/window_actions.h"
#include "ui/workbench.h"

namespace ui {

void WindowActions::addRunMenu() {
    QMenu* menu = m_window.menuBar()->addMenu(tr("&Run"));
    const auto verb = [&](const QString& name, const QString& text, const QKeySequence& keys,
                          auto&& act, const QString& toolTip) {
        connect(add(menu, name, text, keys, toolTip), &QAction::triggered, this, act);
    };
    verb(
        QStringLiteral("start"), tr("&Start"), QKeySequence(Qt::Key_F5),
        [this] { m_workbench.start(); }, startTip());
    verb(
        QStringLiteral("pause"), tr("&Pause"), QKeySequence(Qt::Key_F6),
        [this] { m_workbench.pause(runs::PauseAt::NextStep); },
        tr("Save checkpoints now and keep the queue (F6)"));
    verb(
        QStringLiteral("pauseAfterRun"), tr("Pause &after these runs"), {},
        [this] { m_workbench.pause(runs::PauseAt::EndOfRun); },
        tr("Finish what is in training, then pause"));
    verb(
        QStringLiteral("stop"), tr("St&op"), QKeySequence(Qt::SHIFT | Qt::Key_F5),
        [this] { m_workbench.stop(); }, tr("Save checkpoints now and empty the queue (Shift+F5)"));
    menu->addSeparator();
    verb(
        QStringLiteral("timing"), tr("&Measure speed and memory"), {},
        [this] { m_workbench.requestTiming(); },
        tr("Time every cell alone on the device, once nothing trains"));
}

QString WindowActions::startTip() const {
    const runs::Study* study = m_workbench.study();
    const bool writable = study && study->access() == runs::Access::ReadWrite;
    if (study && !writable) return tr("Nothing can be trained: this experiment is read-only");
    if (writable && m_workbench.isAtRest() && !m_workbench.hasWork())
        return m_workbench.queue()->size() > 0
                   ? tr("Every run that waits is held: release it to train it")
                   : tr("Nothing is left to train: every planned run is done or has failed");
    return tr("Train what is queued; with an empty queue, everything that is missing (F5)");
}

void WindowActions::enableRunVerbs() {
    const runs::Study* study = m_workbench.study();
    const bool writable = study && study->access() == runs::Access::ReadWrite;
    const TrainingState state = m_workbench.trainingState();
    const bool atRest = m_workbench.isAtRest();
    const bool busy = !atRest && state != TrainingState::Pausing;
    const bool queued = m_workbench.queue() && m_workbench.queue()->size() > 0;
    QAction* start = find(QStringLiteral("start"));
    start->setEnabled(atRest && m_workbench.hasWork());
    start->setToolTip(startTip());
    find(QStringLiteral("pause"))->setEnabled(busy);
    // The timing pass has no run that could end first.
    find(QStringLiteral("pauseAfterRun"))->setEnabled(busy && !m_workbench.timingProgress());
    find(QStringLiteral("stop"))->setEnabled(!atRest || queued);
    find(QStringLiteral("timing"))
        ->setEnabled(writable &&
                     (state == TrainingState::Running || state == TrainingState::Stopped));
}

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTemporaryDir>
#include <atomic>
#include <memory>
#include <semaphore>

#include "tests/engine/runs/fake_trainer.h"
#include "ui/main_window.h"
#include "ui/workbench.h"

/// Lets the fake trainers go on step by step; open() lets them run freely.
class StepGate {
public:
    void wait();
    void allow(int steps);
    void open();
    void close();

private:
    std::counting_semaphore<1 << 20> m_steps{0};
    std::atomic<bool> m_open{true};
};

/// A window over a study of 2 lengths x 3 ratios x 2 seeds in a temporary folder; fake trainers.
class WindowFixture {
public:
    WindowFixture();
    ~WindowFixture();

    static experiment::ExperimentSettings settings();
    /// Makes the study and waits until its grid stands in the window.
    void openStudy();
    void reopen();
    /// Makes the study and trains its first cell this many steps; it then waits at the gate.
    void startFirstCell(int steps);
    /// Makes the study and trains its first cell until both seeds have ended, well or not.
    void trainFirstCell();
    /// Stops the lanes, also those that only wait for more.
    void comeToRest();
    QModelIndex cell(int row, int column);
    void click(int row, int column, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void trigger(const QString& action);
    std::size_t queued() const { return workbench->queue()->size(); }
    std::size_t count(runs::RunStatus status) const;
    QString folder() const { return m_folder.path() + QStringLiteral("/study"); }

    StepGate gate;
    std::shared_ptr<fake::Behaviour> behaviour = std::make_shared<fake::Behaviour>();
    std::unique_ptr<ui::Workbench> workbench;
    std::unique_ptr<ui::MainWindow> window;

private:
    void makeWindow();
    QTemporaryDir m_folder;
};

/// Settings of the user that belong to this test run only.
void isolateUserSettings();

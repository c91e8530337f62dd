// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"

#include <QAction>
#include <QApplication>
#include <QSettings>
#include <QTest>

#include "ui/grid_model.h"
#include "ui/grid_page.h"
#include "ui/grid_view.h"
#include "ui/window_actions.h"

void StepGate::wait() {
    if (!m_open) m_steps.acquire();
}

void StepGate::allow(int steps) {
    m_steps.release(steps);
}

void StepGate::open() {
    m_open = true;
    m_steps.release(1 << 16);
}

void StepGate::close() {
    m_open = false;
}

WindowFixture::WindowFixture() {
    QSettings().clear();
    behaviour->afterStep = [this](const training::CohortTrainer&) { gate.wait(); };
    makeWindow();
}

WindowFixture::~WindowFixture() {
    gate.open();
    window.reset();
    workbench.reset();
}

void WindowFixture::makeWindow() {
    workbench = std::make_unique<ui::Workbench>(
        ui::WorkbenchPorts{fake::ports(behaviour), [] { return std::vector<std::string>{"cpu"}; }});
    workbench->setLaneChoice({"cpu", 1, 1});
    window = std::make_unique<ui::MainWindow>(*workbench);
    window->resize(1280, 800);
    window->show();
    QVERIFY(QTest::qWaitForWindowExposed(window.get()));
}

experiment::ExperimentSettings WindowFixture::settings() {
    experiment::ExperimentSettings settings = fake::settings();
    settings.grid.lengths = {64, 128};
    settings.grid.keepRatios = {0.25, 0.5, 0.75};
    settings.grid.seeds = {1, 2};
    settings.data.kind = experiment::CorpusKind::UniformRandom;
    settings.data.tokens = 20000;
    settings.model.vocabulary = settings.data.alphabet;
    return settings;
}

void WindowFixture::openStudy() {
    workbench->createExperiment(folder(), settings(), ui::AfterCreate::Wait);
    QTRY_VERIFY(workbench->study() != nullptr);
    QTRY_COMPARE(window->gridPage().model().rowCount(), 2);
    QTRY_VERIFY(window->gridPage().view().viewport()->width() > 100);
}

void WindowFixture::reopen() {
    window.reset();
    workbench.reset();
    makeWindow();
    workbench->openExperiment(folder());
    QTRY_COMPARE(window->gridPage().model().rowCount(), 2);
}

void WindowFixture::startFirstCell(int steps) {
    gate.close();
    openStudy();
    click(0, 0);
    trigger(QStringLiteral("start"));
    gate.allow(steps);
    QTRY_COMPARE(count(runs::RunStatus::Running), std::size_t(1));
}

void WindowFixture::trainFirstCell() {
    openStudy();
    click(0, 0);
    trigger(QStringLiteral("start"));
    QTRY_COMPARE_WITH_TIMEOUT(count(runs::RunStatus::Done) + count(runs::RunStatus::Failed) +
                                  count(runs::RunStatus::Diverged),
                              std::size_t(2), 30000);
}

void WindowFixture::comeToRest() {
    workbench->pause(runs::PauseAt::NextStep);
    QTRY_COMPARE_WITH_TIMEOUT(workbench->trainingState(), ui::TrainingState::Stopped, 30000);
}

QModelIndex WindowFixture::cell(int row, int column) {
    return window->gridPage().model().index(row, column);
}

void WindowFixture::click(int row, int column, Qt::KeyboardModifiers modifiers) {
    ui::GridView& view = window->gridPage().view();
    QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers,
                      view.visualRect(cell(row, column)).center());
}

void WindowFixture::trigger(const QString& action) {
    QAction* found = window->actions().find(action);
    QVERIFY2(found, qPrintable(action));
    QVERIFY2(found->isEnabled(), qPrintable(action));
    found->trigger();
}

std::size_t WindowFixture::count(runs::RunStatus status) const {
    return workbench->study()->withStatus(status).size();
}

void isolateUserSettings() {
    static QTemporaryDir folder;
    QApplication::setOrganizationName(QStringLiteral("sparsity-test"));
    QApplication::setApplicationName(QStringLiteral("sparsity-test"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder.path());
}

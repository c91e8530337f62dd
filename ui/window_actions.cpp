// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window_actions.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QEvent>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QSettings>
#include <QSpinBox>
#include <QToolBar>

#include "ui/opening_verbs.h"
#include "ui/recent_experiments.h"
#include "ui/session.h"
#include "ui/workbench.h"

namespace ui {
namespace {

QIcon stopIcon(const QPalette& palette) {
    QPixmap pixmap(32, 32);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.fillRect(7, 7, 18, 18, palette.color(QPalette::ButtonText));
    painter.end();
    pixmap.setDevicePixelRatio(2);
    return QIcon(pixmap);
}

}  // namespace

WindowActions::WindowActions(Workbench& workbench, QMainWindow& window)
    : QObject(&window),
      m_workbench(workbench),
      m_window(window),
      m_opening(new OpeningVerbs(workbench, window)) {
    addFileMenu();
    addExperimentMenu();
    addRunMenu();
    addViewMenu();
    addHelpMenu();
    addToolBar();
    updateIcons();
    for (const char* name :
         {"newExperiment", "quickStudy", "openExperiment", "openExample", "closeExperiment"})
        m_opening->add(find(QLatin1String(name)));
    m_opening->add(m_recentMenu->menuAction());
    connect(&m_workbench, &Workbench::changed, this, [this](const Change& change) {
        if (change.aspects & Aspect::Devices) fillDevices();
        if (change.aspects & ~Aspects(Aspect::Curves)) enable();
    });
    m_window.installEventFilter(this);
    fillDevices();
    enable();
}

bool WindowActions::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::PaletteChange) updateIcons();
    return QObject::eventFilter(watched, event);
}

QAction* WindowActions::find(const QString& name) const {
    for (QAction* action : m_actions)
        if (action->objectName() == name) return action;
    return nullptr;
}

QList<QAction*> WindowActions::cellActions() const {
    QList<QAction*> actions;
    for (const char* name : {"queueSelected", "removeSelected", "retrySelected", "cancelSelected",
                             "addSeed", "inspectSelected", "copyCells", "editPlan"})
        actions.push_back(find(QLatin1String(name)));
    return actions;
}

QList<QAction*> WindowActions::trainingActions() const {
    return {find(QStringLiteral("pause")), find(QStringLiteral("pauseAfterRun")),
            find(QStringLiteral("stop"))};
}

QAction* WindowActions::add(QMenu* menu, const QString& name, const QString& text,
                            const QKeySequence& keys, const QString& toolTip) {
    auto* action = new QAction(text, &m_window);
    action->setObjectName(name);
    action->setShortcut(keys);
    if (!toolTip.isEmpty()) action->setToolTip(toolTip);
    menu->addAction(action);
    m_actions.push_back(action);
    return action;
}

void WindowActions::addFileMenu() {
    QMenu* menu = m_window.menuBar()->addMenu(tr("&File"));
    menu->setToolTipsVisible(true);  // say why a verb is grey
    QAction* create =
        add(menu, QStringLiteral("newExperiment"), tr("&New experiment…"), QKeySequence::New);
    connect(create, &QAction::triggered, this, &WindowActions::newRequested);
    QAction* quick = add(menu, QStringLiteral("quickStudy"), tr("Run the &quick study"), {});
    quick->setStatusTip(
        tr("The whole grid on a built-in text with a small model: 30 cells, 3 seeds."));
    connect(quick, &QAction::triggered, this, &WindowActions::quickStudyRequested);
    QAction* open =
        add(menu, QStringLiteral("openExperiment"), tr("&Open experiment…"), QKeySequence::Open);
    open->setStatusTip(
        tr("A folder with the runs of this program, also one that --batch writes "
           "now. It may be dropped on the window."));
    connect(open, &QAction::triggered, this, &WindowActions::openRequested);
    m_recentMenu = menu->addMenu(tr("&Recent"));
    connect(m_recentMenu, &QMenu::aboutToShow, this, &WindowActions::fillRecent);
    QAction* example = add(menu, QStringLiteral("openExample"), tr("&Look at the example"), {},
                           tr("A finished quick study with curves and significance, read-only"));
    example->setStatusTip(
        tr("The quick study as it came out: 90 runs with curves, best ratios and "
           "significance. Nothing is trained."));
    connect(example, &QAction::triggered, &m_workbench, &Workbench::openExample);
    QAction* reopen = add(menu, QStringLiteral("reopenLast"),
                          tr("Open the &last experiment at the next start"), {});
    reopen->setCheckable(true);
    reopen->setChecked(atStart() == AtStart::ReopenLastExperiment);
    connect(reopen, &QAction::toggled, this, [](bool wanted) {
        setAtStart(wanted ? AtStart::ReopenLastExperiment : AtStart::ShowStartPage);
    });
    menu->addSeparator();
    add(menu, QStringLiteral("export"), tr("&Export…"), QKeySequence(Qt::CTRL | Qt::Key_E),
        tr("Tables, figures and report of this experiment (Ctrl+E)"));
    add(menu, QStringLiteral("openExportFolder"), tr("Open export &folder"), {});
    menu->addSeparator();
    QAction* close =
        add(menu, QStringLiteral("closeExperiment"), tr("&Close experiment"), QKeySequence::Close);
    connect(close, &QAction::triggered, &m_workbench, &Workbench::closeExperiment);
    menu->addSeparator();
    QAction* quit =
        add(menu, QStringLiteral("quit"), tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q));
    connect(quit, &QAction::triggered, &m_window, &QWidget::close);
    QMenu* edit = m_window.menuBar()->addMenu(tr("&Edit"));
    QAction* undo = m_workbench.undoStack().createUndoAction(&m_window);
    undo->setObjectName(QStringLiteral("undo"));
    undo->setShortcut(QKeySequence::Undo);
    QAction* redo = m_workbench.undoStack().createRedoAction(&m_window);
    redo->setObjectName(QStringLiteral("redo"));
    redo->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
    edit->addActions({undo, redo});
    m_actions << undo << redo;
}

void WindowActions::addExperimentMenu() {
    QMenu* menu = m_window.menuBar()->addMenu(tr("E&xperiment"));
    const auto verb = [&](const QString& name, const QString& text, const QKeySequence& keys,
                          auto&& act, const QString& toolTip = {}) {
        connect(add(menu, name, text, keys, toolTip), &QAction::triggered, this, act);
    };
    verb(
        QStringLiteral("queueAll"), tr("Queue &all"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A), [this] { m_workbench.queueEverything(); },
        tr("Queue every run that is missing"));
    verb(
        QStringLiteral("retryFailed"), tr("Re&try failed"), {},
        [this] { m_workbench.retryFailed(); },
        tr("Make failed and diverged runs trainable again and queue them"));
    menu->addSeparator();
    addCellVerbs(menu);
    menu->addSeparator();
    QAction* plan =
        add(menu, QStringLiteral("editPlan"), tr("&Edit plan…"), QKeySequence(Qt::Key_F2),
            tr("Lengths, keep ratios, seeds, dense reference, selector"));
    connect(plan, &QAction::triggered, this, &WindowActions::editPlanRequested);
}

void WindowActions::addCellVerbs(QMenu* menu) {
    const auto verb = [&](const QString& name, const QString& text, auto&& act,
                          const QString& toolTip = {}) {
        connect(add(menu, name, text, {}, toolTip), &QAction::triggered, this, act);
    };
    const auto runs = [this] { return m_workbench.runsOf(m_workbench.selection()); };
    verb(QStringLiteral("queueSelected"), tr("&Queue selected cells"),
         [this] { m_workbench.queueCells(m_workbench.selection()); });
    verb(QStringLiteral("removeSelected"), tr("&Remove selected cells from the queue"),
         [this] { m_workbench.removeCells(m_workbench.selection()); });
    verb(
        QStringLiteral("retrySelected"), tr("Retry failed runs of selected cells"),
        [this, runs] { m_workbench.retryRuns(runs()); },
        tr("Make their failed and diverged runs trainable again and queue them"));
    verb(
        QStringLiteral("cancelSelected"), tr("&Cancel running runs of selected cells"),
        [this, runs] { m_workbench.cancel(runs()); },
        tr("They leave their lane with a checkpoint and are not queued again"));
    verb(
        QStringLiteral("addSeed"), tr("Add a &seed to selected cells"),
        [this] { m_workbench.addSeed(m_workbench.selection()); },
        tr("Plan one more run in each selected cell"));
    verb(QStringLiteral("inspectSelected"), tr("Show selected cells in the &inspector"),
         [this] { emit inspectRequested(); });
    verb(QStringLiteral("copyCells"), tr("Copy values of selected cells"),
         [this] { emit copyCellsRequested(); });
    menu->addSeparator();
    verb(
        QStringLiteral("copyCommand"), tr("C&opy as command"),
        [this] { emit copyCommandRequested(); },
        tr("Copy the command line that makes this experiment, or continues it in its folder"));
    find(QStringLiteral("copyCommand"))
        ->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
}

void WindowActions::addToolBar() {
    m_toolBar = m_window.addToolBar(tr("Training"));
    m_toolBar->setObjectName(QStringLiteral("trainingToolBar"));
    m_toolBar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toolBar->setIconSize({16, 16});
    m_toolBar->addActions({find(QStringLiteral("start")), find(QStringLiteral("pause")),
                           find(QStringLiteral("stop"))});
    m_toolBar->addSeparator();
    m_toolBar->addActions({find(QStringLiteral("queueAll")), find(QStringLiteral("retryFailed"))});
    m_toolBar->addSeparator();
    m_toolBar->addWidget(new QLabel(tr(" Colour by ")));
    m_metric = new QComboBox;
    m_metric->setAccessibleName(tr("Colour by"));
    m_metric->setObjectName(QStringLiteral("metricChoice"));
    for (const Metric metric : allMetrics()) m_metric->addItem(title(metric), int(metric));
    m_metric->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_metric->setMinimumContentsLength(26);
    m_toolBar->addWidget(m_metric);
    connect(m_metric, &QComboBox::currentIndexChanged, this,
            [this] { emit metricChosen(static_cast<Metric>(m_metric->currentData().toInt())); });
    m_toolBar->addSeparator();
    addLaneChoices();
}

void WindowActions::addLaneChoices() {
    m_device = new QComboBox;
    m_device->setAccessibleName(tr("Device"));
    m_device->setToolTip(tr("Where the runs are trained"));
    m_device->setProperty(kForgotten, true);
    m_lanes = new QSpinBox;
    m_lanes->setProperty(kForgotten, true);
    m_lanes->setRange(1, 256);
    m_lanes->setAccessibleName(tr("Lanes"));
    m_lanes->setToolTip(tr("Trainings side by side; on a processor one per core is fastest"));
    m_stack = new QSpinBox;
    m_stack->setProperty(kForgotten, true);
    m_stack->setRange(1, 64);
    m_stack->setAccessibleName(tr("Runs stacked in a lane"));
    m_stack->setToolTip(tr("Runs that train together in one model; 3 to 18 on a GPU"));
    m_toolBar->addWidget(new QLabel(tr(" Device ")));
    m_toolBar->addWidget(m_device);
    m_toolBar->addWidget(new QLabel(tr(" Lanes ")));
    m_toolBar->addWidget(m_lanes);
    m_toolBar->addWidget(new QLabel(tr(" Stack ")));
    m_toolBar->addWidget(m_stack);
    const auto choose = [this] {
        m_workbench.setLaneChoice(
            {m_device->currentText().toStdString(), m_lanes->value(), m_stack->value()});
    };
    connect(m_device, &QComboBox::activated, this, choose);
    connect(m_lanes, &QSpinBox::editingFinished, this, choose);
    connect(m_stack, &QSpinBox::editingFinished, this, choose);
}

void WindowActions::fillRecent() {
    m_recentMenu->clear();
    const QStringList folders = recentExperiments();
    for (const QString& folder : folders) {
        QAction* action = m_recentMenu->addAction(folder);
        connect(action, &QAction::triggered, this,
                [this, folder] { emit recentRequested(folder); });
        if (isThere(folder)) continue;
        action->setEnabled(false);
        action->setText(tr("%1 (not there now)").arg(folder));
    }
    if (folders.isEmpty()) m_recentMenu->addAction(tr("None yet"))->setEnabled(false);
}

void WindowActions::fillDevices() {
    const LaneChoice& chosen = m_workbench.laneChoice();
    const QString device = QString::fromStdString(chosen.device);
    m_device->clear();
    for (const std::string& one : m_workbench.devices())
        m_device->addItem(QString::fromStdString(one));
    if (m_device->findText(device) < 0) m_device->addItem(device);
    m_device->setCurrentText(device);
    m_lanes->setValue(chosen.lanes);
    m_stack->setValue(chosen.runsPerCohort);
}

void WindowActions::updateIcons() {
    QPalette palette = QApplication::palette();
    palette.setColor(QPalette::Text, palette.color(QPalette::ButtonText));
    find(QStringLiteral("start"))->setIcon(stateIcon(CellState::Running, palette));
    find(QStringLiteral("pause"))->setIcon(stateIcon(CellState::Paused, palette));
    find(QStringLiteral("stop"))->setIcon(stopIcon(palette));
}

void WindowActions::enable() {
    const runs::Study* study = m_workbench.study();
    const bool open = study != nullptr;
    const bool writable = open && study->access() == runs::Access::ReadWrite;
    const auto failed = [&](runs::RunStatus status) { return !study->withStatus(status).empty(); };
    const bool anyFailed =
        writable && (failed(runs::RunStatus::Failed) || failed(runs::RunStatus::Diverged) ||
                     failed(runs::RunStatus::Damaged));
    const bool idle = m_workbench.isAtRest();
    enableRunVerbs();
    find(QStringLiteral("queueAll"))->setEnabled(writable);
    find(QStringLiteral("editPlan"))->setEnabled(writable);
    enableCellVerbs();
    find(QStringLiteral("retryFailed"))->setEnabled(anyFailed);
    for (const char* name : {"newExperiment", "quickStudy", "openExperiment", "openExample"})
        find(QLatin1String(name))->setEnabled(idle);
    m_recentMenu->setEnabled(idle);
    m_opening->update();
    find(QStringLiteral("copyCommand"))->setEnabled(open);
    find(QStringLiteral("closeExperiment"))->setEnabled(open && idle);
    find(QStringLiteral("export"))->setEnabled(open);
    for (QWidget* widget : {static_cast<QWidget*>(m_device), static_cast<QWidget*>(m_lanes),
                            static_cast<QWidget*>(m_stack)})
        widget->setEnabled(idle);
}

void WindowActions::enableCellVerbs() {
    const runs::Study* study = m_workbench.study();
    const bool selected = study && !m_workbench.selection().empty();
    const bool writable = selected && study->access() == runs::Access::ReadWrite;
    bool failed = false;
    bool running = false;
    if (writable) {
        for (const runs::RunId& id : m_workbench.runsOf(m_workbench.selection())) {
            const runs::RunView* run = study->find(id);
            failed = failed || stateOf(*run) == CellState::Failed ||
                     stateOf(*run) == CellState::Diverged;
            running = running || run->status == runs::RunStatus::Running;
        }
    }
    for (const char* name : {"queueSelected", "removeSelected", "addSeed"})
        find(QLatin1String(name))->setEnabled(writable);
    find(QStringLiteral("retrySelected"))->setEnabled(failed);
    find(QStringLiteral("cancelSelected"))->setEnabled(running);
    for (const char* name : {"inspectSelected", "copyCells"})
        find(QLatin1String(name))->setEnabled(selected);
}

}  // namespace ui

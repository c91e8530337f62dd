// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QProgressBar>
#include <QScreen>
#include <QScrollArea>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>
#include <QToolBar>
#include <QUrl>
#include <QVBoxLayout>

#include "engine/experiment/presets.h"
#include "ui/answer_strip.h"
#include "ui/charts_page.h"
#include "ui/command_palette.h"
#include "ui/curves_page.h"
#include "ui/desktop_notification.h"
#include "ui/experiment_folder.h"
#include "ui/export_control.h"
#include "ui/grid_page.h"
#include "ui/grid_view.h"
#include "ui/guide.h"
#include "ui/heatmap_page.h"
#include "ui/inspector_page.h"
#include "ui/messages_page.h"
#include "ui/new_experiment_dialog.h"
#include "ui/notice_bar.h"
#include "ui/queue_page.h"
#include "ui/quick_study_price.h"
#include "ui/recent_experiments.h"
#include "ui/results_page.h"
#include "ui/session.h"
#include "ui/significance_page.h"
#include "ui/start_page.h"
#include "ui/statistics_panel.h"
#include "ui/status_line.h"
#include "ui/study_analysis.h"
#include "ui/window_actions.h"
#include "ui/workbench.h"

namespace ui {
namespace {

constexpr int kStartIndex = 0;
constexpr int kGridIndex = 1;
constexpr int kMessageMs = 4000;
constexpr int kSaveLayoutMs = 1000;
constexpr int kPriceDelayMs = 500;  // the window comes first

}  // namespace

MainWindow::MainWindow(Workbench& workbench, QWidget* parent)
    : QMainWindow(parent),
      m_workbench(workbench),
      m_analysis(new StudyAnalysis(workbench, this)),
      m_actions(new WindowActions(workbench, *this)),
      m_price(new QuickStudyPrice(workbench, *m_actions->find(QStringLiteral("quickStudy")), this)),
      m_home(new QStackedWidget),
      m_start(new StartPage({m_actions->find(QStringLiteral("quickStudy")),
                             m_actions->find(QStringLiteral("openExperiment")),
                             m_actions->find(QStringLiteral("openExample"))},
                            {m_actions->find(QStringLiteral("newExperiment")),
                             m_actions->find(QStringLiteral("guide"))})),
      m_grid(new GridPage(workbench, *m_analysis)),
      m_curves(new CurvesPage(workbench)),
      m_heatmap(new HeatmapPage(workbench, *m_analysis)),
      m_charts(new ChartsPage(workbench, *m_analysis)),
      m_queue(new QueuePage(workbench)),
      m_answer(new AnswerStrip(workbench, *m_analysis)),
      m_notice(new NoticeBar(workbench)) {
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    auto* startArea = new QScrollArea;  // lets the window be lower than the start page
    startArea->setWidget(m_start);
    startArea->setWidgetResizable(true);
    startArea->setFocusPolicy(Qt::NoFocus);
    startArea->setFrameShape(QFrame::NoFrame);
    m_home->addWidget(startArea);
    m_home->addWidget(m_grid);
    auto* centre = new QWidget;
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_home, 1);
    setCentralWidget(centre);
    m_layoutTimer.setSingleShot(true);
    m_layoutTimer.setInterval(kSaveLayoutMs);
    connect(&m_layoutTimer, &QTimer::timeout, this, &MainWindow::saveLayout);
    addDocks();
    arrange();
    statusBar()->addWidget(new StatusLine(workbench), 1);
    statusBar()->setSizeGripEnabled(false);
    connectActions();
    new Session(m_workbench, *m_grid, *this);
    new ExportControl(workbench, *m_actions, *this);
    connect(&m_workbench, &Workbench::changed, this, &MainWindow::onChange);
    restoreSize();
    showStage(Stage::Start);
}

MainWindow::~MainWindow() {
    // The panels go after the timer that their hiding would start.
    for (QDockWidget* dock : m_docks) dock->disconnect(this);
}

void MainWindow::connectActions() {
    connect(m_actions, &WindowActions::newRequested, this, [this] { newExperiment(m_dataPath); });
    connect(m_actions, &WindowActions::quickStudyRequested, this, &MainWindow::runQuickStudy);
    connect(m_actions, &WindowActions::openRequested, this, &MainWindow::chooseExperiment);
    connect(m_actions, &WindowActions::recentRequested, &m_workbench, &Workbench::openExperiment);
    connect(m_start, &StartPage::openRequested, &m_workbench, &Workbench::openExperiment);
    connect(m_actions, &WindowActions::gridRequested, this,
            [this] { m_grid->view().setFocus(Qt::ShortcutFocusReason); });
    connect(m_actions, &WindowActions::resetLayoutRequested, this, &MainWindow::arrange);
    connect(m_actions, &WindowActions::themeChosen, this, &MainWindow::chooseTheme);
    connect(m_actions, &WindowActions::metricChosen, m_grid, &GridPage::setMetric);
    connect(m_actions, &WindowActions::guideRequested, this, [this] { showGuide(this); });
    connect(m_actions, &WindowActions::aboutRequested, this, [this] { showAbout(this); });
    connect(m_actions, &WindowActions::paletteRequested, this, [this] {
        auto* commands = new CommandPalette(m_actions->all(), this);
        commands->setAttribute(Qt::WA_DeleteOnClose);
        commands->open();
    });
    connect(m_actions, &WindowActions::copyCommandRequested, this, [this] {
        QApplication::clipboard()->setText(m_workbench.experimentCommand());
        statusBar()->showMessage(tr("The command is in the clipboard."), kMessageMs);
    });
    connect(m_notice, &NoticeBar::actionRequested, this, [this](const QString& name) {
        if (QAction* action = m_actions->find(name)) action->trigger();
    });
    connect(&m_workbench, &Workbench::noticed, this, [this](const Notice& notice) {
        const QAction* action = m_actions->find(notice.action);
        m_notice->add(notice, action ? action->text().remove(QLatin1Char('&')) : QString());
    });
    connect(&m_workbench, &Workbench::studyFinished, this, &MainWindow::tellFinished);
    connect(m_answer, &AnswerStrip::proofWanted, this, &MainWindow::showProof);
    m_grid->setMenuActions(m_actions->cellActions());
    m_queue->setTrainingActions(m_actions->trainingActions());
    connect(m_queue, &QueuePage::dockWanted, this, &MainWindow::showDock);
    connect(m_actions, &WindowActions::editPlanRequested, this, [this] { m_grid->editPlan(); });
    connect(m_actions, &WindowActions::copyCellsRequested, m_grid, &GridPage::copySelected);
    connect(m_actions, &WindowActions::inspectRequested, this,
            [this] { showDock(QStringLiteral("inspectorDock")); });
}

void MainWindow::showProof(const Proof& proof) {
    const bool results = proof.table == Proof::Table::Results;
    auto* dock = findChild<QDockWidget*>(results ? QStringLiteral("resultsDock")
                                                 : QStringLiteral("significanceDock"));
    dock->show();
    dock->raise();
    if (!results) m_significance->showProof(proof);
}

void MainWindow::onChange(const Change& change) {
    if (change.aspects & Aspect::Experiment) {
        const runs::Study* study = m_workbench.study();
        m_notice->clear();
        if (study && !m_workbench.isExample())
            rememberExperiment(QString::fromStdString(study->folder().string()));
        showStage(study ? Stage::Experiment : Stage::Start);
    }
    if (m_waiting && m_workbench.trainingState() == TrainingState::Stopped) {
        m_waiting->deleteLater();
        m_waiting = nullptr;
        close();
    }
}

void MainWindow::showStage(Stage stage) {
    const runs::Study* study = m_workbench.study();
    QString title = study ? QString::fromStdString(study->settings().name)
                          : QApplication::applicationDisplayName();
    if (study && study->access() == runs::Access::ReadOnly) title = tr("%1 (read-only)").arg(title);
    setWindowTitle(title);
    if (stage == Stage::Start) {
        m_start->setRecent(recentExperiments());
        QTimer::singleShot(kPriceDelayMs, m_price, &QuickStudyPrice::find);
    }
    if (stage == m_stage) return;
    if (m_stage == Stage::Experiment) saveLayout();
    const bool experiment = stage == Stage::Experiment;
    m_stage = stage;
    m_home->setCurrentIndex(experiment ? kGridIndex : kStartIndex);
    m_actions->toolBar()->setVisible(experiment);
    showPanels(experiment);
    if (experiment) m_grid->view().setFocus();
}

void MainWindow::newExperiment(const QString& dataPath) {
    auto* dialog = new NewExperimentDialog(m_workbench, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (!dataPath.isEmpty()) dialog->setDataPath(dataPath);
    connect(dialog, &NewExperimentDialog::experimentWanted, this,
            [this](const QString& folder, const experiment::ExperimentSettings& settings,
                   const LaneChoice& lanes) {
                m_workbench.setLaneChoice(lanes);
                m_workbench.createExperiment(folder, settings, AfterCreate::Wait);
            });
    dialog->open();
}

void MainWindow::runQuickStudy() {
    auto settings = experiment::preset("quick");
    if (!settings) return;
    settings->name = tr("Quick study").toStdString();
    if (!m_dataPath.isEmpty()) {
        settings->data.kind = experiment::CorpusKind::File;
        settings->data.path = QDir(m_dataPath).absolutePath().toStdString();
    }
    const QString folder =
        unusedFolder(defaultExperimentsFolder() + QStringLiteral("/quick study"));
    m_workbench.createExperiment(folder, std::move(settings).value(), AfterCreate::StartTraining);
}

void MainWindow::chooseExperiment() {
    auto* dialog =
        new QFileDialog(this, tr("Open experiment"), nearestFolder(defaultExperimentsFolder()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, &m_workbench, &Workbench::openExperiment);
    dialog->open();
}

void MainWindow::chooseTheme(Theme theme) {
    QSettings().setValue(QStringLiteral("theme"), themeName(theme));
    applyTheme(theme);
}

void MainWindow::tellFinished(qint64 done, qint64 failed) {
    const QString text =
        failed == 0 ? tr("The study is complete: %1 runs are done.").arg(done)
                    : tr("The study has ended: %1 runs are done, %2 failed.").arg(done).arg(failed);
    const auto severity = failed == 0 ? runs::Severity::Info : runs::Severity::Warning;
    m_workbench.notify({severity, text, {}, {}, Lasts::WhileComplete});
    notifyDesktop(*this, windowTitle(), text);
}

void MainWindow::waitAndClose() {
    if (m_waiting) return;
    auto* dialog = new QDialog(this);
    dialog->setWindowTitle(tr("Saving"));
    auto* bar = new QProgressBar;
    bar->setRange(0, 0);
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(
        new QLabel(tr("The runs in training finish their step and save a checkpoint.\n"
                      "The window then closes by itself.")));
    layout->addWidget(bar);
    connect(dialog, &QDialog::rejected, this, [this] { m_waiting = nullptr; });
    m_waiting = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    m_workbench.pause(runs::PauseAt::NextStep);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!m_workbench.isAtRest()) {
        event->ignore();
        waitAndClose();
        return;
    }
    saveLayout();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls() && m_workbench.isAtRest()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.isEmpty() || !urls.front().isLocalFile()) return;
    const QString path = urls.front().toLocalFile();
    if (runs::Study::isExperiment(path.toStdString())) {
        m_workbench.openExperiment(path);
    } else {
        newExperiment(path);
    }
}

}  // namespace ui

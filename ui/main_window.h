// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <QTimer>

#include "ui/change.h"
#include "ui/new_experiment_dialog.h"
#include "ui/theme.h"

class QDockWidget;
class QStackedWidget;

namespace ui {

class AnswerStrip;
class ChartsPage;
class CurvesPage;
class GridPage;
class HeatmapPage;
class NoticeBar;
class QueuePage;
class QuickStudyPrice;
class SignificancePage;
class StartPage;
class StudyAnalysis;
class WindowActions;
class Workbench;
struct Proof;

/// The one window: grid at home, everything else in docks around it.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(Workbench& workbench, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Offered as the text of new experiments.
    void setDataPath(const QString& path) { m_dataPath = path; }
    WindowActions& actions() { return *m_actions; }
    GridPage& gridPage() { return *m_grid; }
    QueuePage& queuePage() { return *m_queue; }
    CurvesPage& curvesPage() { return *m_curves; }
    ChartsPage& chartsPage() { return *m_charts; }
    HeatmapPage& heatmapPage() { return *m_heatmap; }
    NoticeBar& noticeBar() { return *m_notice; }
    StudyAnalysis& analysis() { return *m_analysis; }
    AnswerStrip& answerStrip() { return *m_answer; }
    SignificancePage& significancePage() { return *m_significance; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    enum class Stage { Unknown, Start, Experiment };
    QDockWidget* addDock(const QString& name, const QString& title, QWidget* page,
                         Qt::DockWidgetArea area);
    void addDocks();
    void connectActions();
    void showProof(const Proof& proof);
    void restoreSize();
    void showPanels(bool visible);
    void arrange();
    void onChange(const Change& change);
    void showStage(Stage stage);
    void saveLayout();
    /// Brings this dock to the front; without a name, the grid gets the focus.
    void showDock(const QString& name);
    void newExperiment(const QString& dataPath);
    void runQuickStudy();
    void chooseExperiment();
    void chooseTheme(Theme theme);
    void tellFinished(qint64 done, qint64 failed);
    void waitAndClose();

    Workbench& m_workbench;
    StudyAnalysis* m_analysis;
    WindowActions* m_actions;
    QuickStudyPrice* m_price;
    QStackedWidget* m_home;
    StartPage* m_start;
    GridPage* m_grid;
    CurvesPage* m_curves;
    HeatmapPage* m_heatmap;
    ChartsPage* m_charts;
    QueuePage* m_queue;
    AnswerStrip* m_answer;
    SignificancePage* m_significance = nullptr;
    NoticeBar* m_notice;
    QList<QDockWidget*> m_docks;
    QTimer m_layoutTimer;  // saves it a moment after the last change
    QString m_dataPath;
    Stage m_stage = Stage::Unknown;
    QWidget* m_waiting = nullptr;
};

}  // namespace ui

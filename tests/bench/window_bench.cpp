// SPDX-License-Identifier: GPL-3.0-or-later
// The promises of the window: its first paint with ninety finished runs of 10 000 points, the
// frames per second of their curves while points come in, and its longest turn while training.
#include <benchmark/benchmark.h>
#include <qcustomplot.h>

#include <QDockWidget>
#include <QElapsedTimer>
#include <QLayout>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QThread>
#include <algorithm>
#include <cstdio>
#include <map>

#include "tests/engine/runs/fake_trainer.h"
#include "tests/ui/gui_watchdog.h"
#include "tests/ui/made_study.h"
#include "tests/ui/timed_application.h"
#include "ui/curves_page.h"
#include "ui/grid_model.h"
#include "ui/grid_page.h"
#include "ui/grid_view.h"
#include "ui/main_window.h"
#include "ui/series_model.h"
#include "ui/workbench.h"

namespace {

constexpr std::int64_t kPoints = 10000;

experiment::GridSettings thirtyCells() {
    experiment::GridSettings grid;  // 5 lengths, 6 ratios, 3 seeds: 90 runs
    return grid;
}

QString finishedFolder() {
    static QTemporaryDir folder;
    static const QString path = [] {
        const QString study = folder.filePath(QStringLiteral("study"));
        made::finishedStudy(study.toStdString(), thirtyCells(), kPoints);
        return study;
    }();
    return path;
}

ui::WorkbenchPorts benchPorts(std::shared_ptr<fake::Behaviour> behaviour) {
    return {fake::ports(std::move(behaviour)), [] { return std::vector<std::string>{"cpu"}; }};
}

/// Turns of the event loop until `done` says so; false after a minute.
template <class Done>
bool turnUntil(const Done& done) {
    QElapsedTimer clock;
    clock.start();
    while (!done()) {
        if (clock.elapsed() > 60000) return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 50);
    }
    return true;
}

class PaintProbe : public QObject {
public:
    explicit PaintProbe(QWidget& watched) { watched.installEventFilter(this); }
    int paints = 0;

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint) ++paints;
        return false;
    }
};

bool everyCellIsDone(const ui::GridModel& model) {
    if (model.rowCount() != 5) return false;
    for (int row = 0; row < model.rowCount(); ++row)
        for (int column = 0; column < model.columnCount(); ++column)
            if (model.cell(model.index(row, column)).done != 3) return false;
    return true;
}

void firstPaint(benchmark::State& state) {
    const QString folder = finishedFolder();
    double filled = 0.0;
    for ([[maybe_unused]] const auto turn : state) {
        QElapsedTimer clock;
        clock.start();
        ui::Workbench workbench(benchPorts(std::make_shared<fake::Behaviour>()));
        ui::MainWindow window(workbench);
        PaintProbe probe(*window.gridPage().view().viewport());
        window.show();
        workbench.openExperiment(folder);
        if (!turnUntil([&] { return probe.paints > 0; })) state.SkipWithError("never painted");
        state.SetIterationTime(double(clock.nsecsElapsed()) * 1e-9);
        const int before = probe.paints;
        if (!turnUntil([&] {
                return everyCellIsDone(window.gridPage().model()) && probe.paints > before;
            }))
            state.SkipWithError("the grid was never filled");
        filled += double(clock.nsecsElapsed()) * 1e-9;
    }
    state.counters["filled_s"] = filled / double(state.iterations());
}
BENCHMARK(firstPaint)->UseManualTime()->Iterations(5)->Unit(benchmark::kMillisecond);

/// Everything that the page does between new points and the pixels, in a window of its own.
class CurveWindow {
public:
    CurveWindow(const runs::Study& study, QSize size) : m_study(study) {
        for (const runs::RunView& run : study.runs()) {
            ui::RunCurve& curve = m_curves[run.id];
            curve.points = *study.metrics(run.id);
            const ui::CellKey cell{run.spec.length, run.spec.keepRatio, run.spec.attention};
            if (m_cells.empty() || m_cells.back() != cell) m_cells.push_back(cell);
        }
        m_table.setModel(&m_series);
        auto* layout = new QVBoxLayout(&m_window);
        layout->addWidget(&m_plot, 4);
        layout->addWidget(&m_table, 1);
        m_window.resize(size);
        m_window.show();
    }
    /// The next point of each of these runs.
    void append(std::size_t runs) {
        for (std::size_t at = 0; at < runs; ++at) {
            const runs::RunView& run = m_study.runs()[at * m_study.runs().size() / runs];
            auto& points = m_curves[run.id].points;
            points.push_back(made::pointOf(run.spec, points.back().step + 1));
        }
    }
    void draw(const ui::CurveChoice& choice) {
        m_lines.build(
            m_study, [this](const runs::RunId& id) { return &m_curves.at(id); }, m_cells, choice);
        m_plot.setContent(m_lines.content());
        m_series.setSeries(m_lines.series());
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
    std::size_t cells() const { return m_cells.size(); }
    ui::LinePlot& plot() { return m_plot; }
    const ui::CurveLines& lines() const { return m_lines; }

private:
    const runs::Study& m_study;
    std::map<runs::RunId, ui::RunCurve> m_curves;
    std::vector<ui::CellKey> m_cells;
    QWidget m_window;
    ui::LinePlot m_plot;
    QTableView m_table;
    ui::SeriesModel m_series;
    ui::CurveLines m_lines;
};

ui::CurveChoice choiceOf(const benchmark::State& state) {
    ui::CurveChoice choice;
    choice.band = ui::SeedBand(state.range(2));
    choice.quantity = ui::Quantity(state.range(3));
    return choice;
}

void tellFrames(benchmark::State& state, std::size_t frames, const ui::CurveChoice& choice) {
    state.counters["frames/s"] = benchmark::Counter(double(frames), benchmark::Counter::kIsRate);
    state.SetLabel(
        (ui::title(choice.quantity) + QStringLiteral(", ") + ui::title(choice.band)).toStdString());
}

void curveFrames(benchmark::State& state) {
    auto study = runs::Study::open(finishedFolder().toStdString());
    study->rescan();
    CurveWindow window(*study, QSize(int(state.range(0)), int(state.range(1))));
    const ui::CurveChoice choice = choiceOf(state);
    window.draw(choice);
    constexpr std::size_t kGrowing = 12;
    std::size_t frames = 0;
    PaintProbe probe(window.plot().canvas());
    for ([[maybe_unused]] const auto turn : state) {
        window.append(kGrowing);
        window.draw(choice);
        ++frames;
    }
    if (window.lines().series().size() != 30) state.SkipWithError("curves are missing");
    if (choice.band == ui::SeedBand::EachSeed) {
        std::size_t points = 0;
        for (const ui::PlotLine& line : window.lines().content().lines)
            if (line.name.contains(QStringLiteral(", seed ")))
                points += std::size_t(window.plot().pointCount(line.key));
        state.counters["points"] = double(points);
        if (choice.quantity == ui::Quantity::GradientNorm &&
            points != 90 * kPoints + kGrowing * frames)
            state.SkipWithError("points are missing");
    }
    if (std::size_t(probe.paints) < frames) state.SkipWithError("frames were dropped");
    tellFrames(state, frames, choice);
}
void curveShapes(benchmark::internal::Benchmark* bench) {
    using ui::Quantity;
    for (const auto& [width, height] : {std::pair(1280, 1100), std::pair(2560, 1440)})
        for (const ui::SeedBand band : {ui::SeedBand::EachSeed, ui::SeedBand::TInterval})
            for (const Quantity quantity : ui::allQuantities())
                bench->Args({width, height, int(band), int(quantity)});
}
BENCHMARK(curveFrames)
    ->Apply(curveShapes)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// The same lines under the user's hand: each frame shows another part of the axis, so that every
/// line is looked at anew.
void curvePanning(benchmark::State& state) {
    auto study = runs::Study::open(finishedFolder().toStdString());
    study->rescan();
    CurveWindow window(*study, QSize(int(state.range(0)), int(state.range(1))));
    const ui::CurveChoice choice = choiceOf(state);
    window.draw(choice);
    double share = 0.001;
    for ([[maybe_unused]] const auto turn : state) {
        QCPAxis* axis = window.plot().canvas().xAxis;
        axis->moveRange(share * axis->range().size());
        share = -share;
        window.plot().canvas().replot(QCustomPlot::rpImmediateRefresh);
        QCoreApplication::processEvents();
    }
    tellFrames(state, std::size_t(state.iterations()), choice);
}
BENCHMARK(curvePanning)
    ->Apply(curveShapes)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// A study of 30 cells with three seeds trains from its start to its end, every page visible.
void longestTurn(benchmark::State& state) {
    for ([[maybe_unused]] const auto turn : state) {
        QTemporaryDir folder;
        auto behaviour = std::make_shared<fake::Behaviour>();
        behaviour->steps = 200;
        behaviour->afterStep = [](const training::CohortTrainer&) { QThread::usleep(500); };
        ui::Workbench workbench(benchPorts(behaviour));
        workbench.setLaneChoice({"cpu", 2, 3});
        ui::MainWindow window(workbench);
        window.resize(2560, 1440);
        window.show();
        experiment::ExperimentSettings settings = fake::settings();
        settings.grid = thirtyCells();
        settings.data.kind = experiment::CorpusKind::UniformRandom;
        settings.data.tokens = 20000;
        settings.model.vocabulary = settings.data.alphabet;
        settings.training.budget = 200;
        settings.training.checkpointSeconds = 60;
        workbench.createExperiment(folder.filePath(QStringLiteral("study")), settings,
                                   ui::AfterCreate::Wait);
        if (!turnUntil([&] { return workbench.study() != nullptr; })) return;
        for (QDockWidget* dock : window.findChildren<QDockWidget*>()) {
            window.addDockWidget(window.dockWidgetArea(dock), dock);
            dock->show();
        }
        turnUntil([&] { return window.gridPage().model().rowCount() == 5; });
        window.gridPage().view().selectAll();
        auto& application = static_cast<TimedApplication&>(*qApp);
        GuiWatchdog watchdog;
        application.watch();
        QElapsedTimer clock;
        clock.start();
        workbench.queueEverything();
        workbench.start();
        if (!turnUntil([&] { return everyCellIsDone(window.gridPage().model()); }))
            state.SkipWithError("the study did not end");
        state.SetIterationTime(double(clock.nsecsElapsed()) * 1e-9);
        const auto turns = application.stop();
        const std::vector<double> waits = watchdog.stop();
        state.counters["longest_turn_ms"] =
            std::max_element(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) {
                return a.wallMs < b.wallMs;
            })->wallMs;
        state.counters["longest_turn_cpu_ms"] = turns.front().processorMs;
        state.counters["longest_wait_ms"] = *std::max_element(waits.begin(), waits.end());
        state.counters["questions"] = double(waits.size());
        for (std::size_t at = 0; at < std::min<std::size_t>(12, turns.size()); ++at)
            std::fprintf(stderr, "%8.1f ms (processor %.1f ms)  %s\n", turns[at].wallMs,
                         turns[at].processorMs, turns[at].name.constData());
    }
}
BENCHMARK(longestTurn)->UseManualTime()->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    TimedApplication application(argc, argv);
    QTemporaryDir settings;
    QApplication::setOrganizationName(QStringLiteral("sparsity-bench"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QTest>
#include <cmath>
#include <functional>

#include "engine/runs/run_folder.h"
#include "tests/ui/window_fixture.h"
#include "ui/significance_page.h"
#include "ui/statistics_panel.h"
#include "ui/study_analysis.h"

/// Smallest at 0.5 for L 64 and at 0.25 for L 128; the spread between seeds is of their size.
inline double lossOf(const experiment::RunSpec& spec) {
    if (spec.attention == experiment::AttentionKind::Dense) return 1.98;
    const double best = spec.length == 64 ? 0.5 : 0.25;
    const double wave = std::sin(static_cast<double>(3 * spec.seed) + 17.0 * spec.keepRatio +
                                 0.1 * static_cast<double>(spec.length));
    return 2.0 + 0.04 * std::abs(spec.keepRatio - best) + 0.01 * wave;
}

inline runs::RunResult resultOf(const experiment::RunSpec& spec) {
    runs::RunResult result;
    result.finalLoss = lossOf(spec);
    result.minCurveLoss = result.finalLoss - 0.125;
    result.curve = {{.step = 12, .validationLoss = result.minCurveLoss}};
    result.roseAfterMinimum = spec.length == 64 && spec.seed == 1;
    result.tokensSeen = 12 * 4 * spec.length;
    result.elapsedSeconds = 60.0;
    result.cohortSize = 1;
    return result;
}

inline experiment::ExperimentSettings studySettings() {
    experiment::ExperimentSettings settings = WindowFixture::settings();
    settings.grid.seeds = {1, 2, 3};
    settings.grid.denseReference = true;
    return settings;
}

/// A window over runs that are done, all but those that `missing` names.
class Finished : public WindowFixture {
public:
    using Which = std::function<bool(const experiment::RunSpec&)>;
    explicit Finished(const Which& missing = [](const auto&) { return false; }) {
        const auto corpus = data::openCorpus(studySettings().data);
        if (!corpus) qFatal("%s", corpus.error().message.c_str());
        auto study = runs::Study::create(folder().toStdString(), studySettings(),
                                         runs::identityOf(**corpus));
        if (!study) qFatal("%s", study.error().message.c_str());
        for (const runs::RunView& run : study->runs())
            if (!missing(run.spec)) finish(*study, run);
        workbench->openExperiment(folder());
        [&] { QTRY_VERIFY(window->analysis().current() != nullptr); }();
    }
    static void finish(const runs::Study& study, const runs::RunView& run) {
        auto writer = runs::RunWriter::open(study.runFolder(run.id));
        if (!writer || !writer->saveResult(resultOf(run.spec))) qFatal("no result");
    }
    const stats::GridAnalysis& analysis() { return *window->analysis().current(); }
    ui::SignificancePage& page() { return window->significancePage(); }
    ui::StatisticsPanel& panel(ui::SignificanceTab tab) {
        page().showTab(tab);
        return page().panel(tab);
    }
    template <class Widget>
    Widget* child(const char* name) {
        return window->findChild<Widget*>(QLatin1String(name));
    }
    void choose(const char* combo, const QString& text) {
        auto* box = child<QComboBox>(combo);
        const int at = box->findText(text);
        QVERIFY2(at >= 0, qPrintable(text));
        box->setCurrentIndex(at);
        emit box->activated(at);
    }
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/known_results.h"

#include <QFile>
#include <QTest>
#include <QXmlStreamReader>
#include <cmath>

#include "engine/runs/grid_table.h"
#include "tests/ui/window_fixture.h"
#include "ui/study_analysis.h"

using runs::RunStatus;

runs::ResultsTable knownResults() {
    runs::ResultsTable results;
    results.lengths = {64, 128};
    results.keepRatios = {0.25, 0.5, 0.75};
    results.seeds = {1, 2, 3};
    for (const std::int64_t length : results.lengths) {
        for (const double ratio : results.keepRatios) {
            runs::CellOutcome cell;
            cell.length = length;
            cell.keepRatio = ratio;
            cell.keep = static_cast<std::int64_t>(static_cast<double>(length) * ratio);
            for (const std::int64_t seed : results.seeds) {
                runs::RunOutcome run;
                run.seed = seed;
                run.status = RunStatus::Done;
                run.result.emplace();
                run.result->finalLoss = 2.0 + 0.1 * static_cast<double>(seed) +
                                        (ratio == 0.25 ? 0.3 : 0.0) +
                                        0.01 * std::sin(7.0 * static_cast<double>(seed) * ratio);
                run.result->perplexity = std::exp(run.result->finalLoss);
                cell.runs.push_back(run);
            }
            results.cells.push_back(cell);
        }
    }
    return results;
}

stats::GridAnalysis analysisOf(const runs::ResultsTable& results) {
    return stats::analyseGrid(runs::gridTable<stats::GridTable>(results), {});
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString svgText(const QString& path) {
    QXmlStreamReader reader(contentOf(path));
    QString text;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isCharacters()) text += reader.text();
    }
    return reader.hasError() ? QString() : text;
}

void trainEverything(WindowFixture& fixture) {
    fixture.openStudy();
    fixture.trigger("start");
    QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(12), 30000);
    QTRY_VERIFY(fixture.window->analysis().current() &&
                !fixture.window->analysis().current()->interim);
}

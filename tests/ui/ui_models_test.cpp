// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <limits>

#include "stats/grid_analysis.h"
#include "ui/colour_map.h"
#include "ui/figure_file.h"
#include "ui/grid_model.h"
#include "ui/line_plot.h"
#include "ui/message_model.h"
#include "ui/series_model.h"
#include "ui/statistics_tables.h"
#include "ui/text.h"

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<ui::CellView> cells(double first) {
    std::vector<ui::CellView> result(2);
    for (std::size_t at = 0; at < 2; ++at) {
        result[at].key = {64, at == 0 ? 0.25 : 0.5, experiment::AttentionKind::Sparse};
        result[at].planned = 3;
        result[at].done = 3;
        result[at].metric = at == 0 ? first : 2.0;
        result[at].meanLoss = result[at].metric;
    }
    return result;
}

const std::vector<ui::CellKey> kColumns = {{0, 0.25, experiment::AttentionKind::Sparse},
                                           {0, 0.5, experiment::AttentionKind::Sparse}};

/// Two lengths, three ratios, three seeds; at 64 the ratio 0.5 is far better than the others.
stats::GridAnalysis analysis() {
    stats::GridTable table = stats::GridTable::planned({64, 128}, {0.25, 0.5, 0.75}, {1, 2, 3});
    for (std::size_t length = 0; length < 2; ++length)
        for (std::size_t ratio = 0; ratio < 3; ++ratio)
            for (std::size_t seed = 0; seed < 3; ++seed) {
                const double best = ratio == 1 ? -0.5 : 0.0;
                const double jitter = 0.001 * double((seed * 7 + ratio * 3 + length) % 5);
                table.at(length, ratio, seed) = {stats::RunState::Done, 2.0 + best + jitter};
            }
    stats::GridAnalysisOptions options;
    options.bootstrap.resamples = 200;
    return stats::analyseGrid(table, options);
}

}  // namespace

class ModelsTest : public QObject {
    Q_OBJECT
private slots:
    void numbersHaveFourDigitsAndNoExponent() {
        QCOMPARE(ui::significant(2.01449), "2.014");
        QCOMPARE(ui::significant(0.031234), "0.03123");
        QCOMPARE(ui::significant(12345.6), "12346");
        QCOMPARE(ui::significant(kNan), "–");
        QCOMPARE(ui::counted(1115394), QString("1\u2009115\u2009394"));
    }

    void timesSizesAndProbabilitiesAreInWords() {
        QCOMPARE(ui::duration(700), "11 min 40 s");
        QCOMPARE(ui::duration(4200), "1 h 10 min");
        QCOMPARE(ui::duration(59.7), "1 min");
        QCOMPARE(ui::duration(-1), "–");
        QCOMPARE(ui::dataSize(53.2e9), "53.2 GB");
        QCOMPARE(ui::tokenRate(41200), "41.2 k tok/s");
        QCOMPARE(ui::probability(0.03121), "0.0312");
        QCOMPARE(ui::probability(1e-9), "< 1e-6");
    }

    void textContrastsWithEveryColourOfTheMaps() {
        for (const ui::ColourMap map :
             {ui::ColourMap::Viridis, ui::ColourMap::Cividis, ui::ColourMap::PuOr})
            for (int step = 0; step <= 100; ++step) {
                const QColor colour = ui::colourAt(map, step / 100.0);
                const QColor text = ui::textColourOn(colour);
                QVERIFY(std::abs(text.lightnessF() - colour.lightnessF()) > 0.3);
            }
        QCOMPARE(ui::colourAt(ui::ColourMap::Viridis, 0.0), QColor(0x44, 0x01, 0x54));
        QCOMPARE(ui::colourAt(ui::ColourMap::Viridis, 1.0), QColor(0xfd, 0xe7, 0x25));
    }

    void gridModelKeepsItsContract() {
        ui::GridModel model;
        QAbstractItemModelTester tester(&model);
        model.setCells({64}, kColumns, cells(1.5), "loss", ui::ColourScale::Kind::SmallerIsBetter);
        QCOMPARE(model.scale().low, 1.5);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setCells({64}, kColumns, cells(1.5), "loss", ui::ColourScale::Kind::SmallerIsBetter);
        QCOMPARE(changed.size(), 0);
        model.setCells({64}, kColumns, cells(1.6), "loss", ui::ColourScale::Kind::SmallerIsBetter);
        QCOMPARE(changed.size(), 1);
        model.setCells({}, {}, {}, "loss", ui::ColourScale::Kind::SmallerIsBetter);
        QCOMPARE(model.rowCount(), 0);
    }

    void messagesStandNewestFirstAndAreBounded() {
        ui::MessageModel model;
        const auto add = [&](int number) {
            model.add({runs::Severity::Info, std::to_string(number), {}});
        };
        for (int at = 0; at < ui::MessageModel::kMostMessages; ++at) add(at);
        // Attached late: it looks at every row at each change.
        QAbstractItemModelTester tester(&model);
        add(ui::MessageModel::kMostMessages);
        QCOMPARE(model.rowCount(), ui::MessageModel::kMostMessages);
        QCOMPARE(model.data(model.index(0, ui::MessageModel::Text), Qt::DisplayRole).toString(),
                 QString::number(ui::MessageModel::kMostMessages));
    }

    void theCursorReadsTheLastRecordedValue() {
        const ui::LineData line{{10, 20, 30}, {1, 2, 3}};
        QCOMPARE(ui::valueAt(line, 25), 2.0);
        QCOMPARE(ui::valueAt(line, 30), 3.0);
        QVERIFY(std::isnan(ui::valueAt(line, 5)));
        ui::SeriesModel model;
        QAbstractItemModelTester tester(&model);
        ui::CurveSeries series;
        series.name = "one";
        series.validation.mean = std::make_shared<const ui::LineData>(line);
        series.validation.band = std::make_shared<const ui::BandData>(
            ui::BandData{{10, 20, 30}, {0.5, 1.5, 2.5}, {1.5, 2.5, 3.5}});
        model.setSeries({series});
        const auto shown = [&](int column) {
            return model.data(model.index(0, column), Qt::DisplayRole).toString();
        };
        QCOMPARE(shown(ui::SeriesModel::Validation), "3.000");
        model.setCursor(21.0);
        QCOMPARE(shown(ui::SeriesModel::Validation), "2.000");
        QCOMPARE(shown(ui::SeriesModel::Band), "1.500 to 2.500");
        model.setCursor(1.0);
        QCOMPARE(shown(ui::SeriesModel::Band), ui::significant(kNan));
    }

    void aFigureIsWrittenInEveryFormat() {
        ui::LinePlot plot;
        plot.resize(500, 300);
        auto data = std::make_shared<ui::LineData>();
        for (int at = 0; at < 1000; ++at) {
            data->x.push_back(at);
            data->y.push_back(at == 500 ? kNan : std::exp(-0.01 * at));
        }
        plot.setLines({{"a", "a line", Qt::blue, Qt::SolidLine, 1.5, data}});
        QCOMPARE(plot.pointCount("a"), 1000);
        QTemporaryDir folder;
        const std::pair<const char*, QByteArray> formats[] = {
            {"png", "\x89PNG"}, {"svg", "<?xml"}, {"pdf", "%PDF"}};
        for (const auto& [ending, start] : formats) {
            const QString path = folder.filePath(QString("figure.") + ending);
            QCOMPARE(ui::saveFigure(plot.figure(), path, 2.0), QString());
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(file.read(16).startsWith(start));
            QVERIFY(file.size() > 1000);
        }
        QVERIFY(ui::saveFigure(plot.figure(), "/nowhere/figure.png", 1.0)
                    .contains("/nowhere/figure.png"));
    }

    void tablesSayWhatTheAnalysisFound() {
        const stats::GridAnalysis grid = analysis();
        ui::StatisticsModel model;
        QAbstractItemModelTester tester(&model);
        ui::StatisticsTable results = ui::resultsTable(grid, {});
        model.setTable(results.columns, results.rows);
        QCOMPARE(model.rowCount(), 2);
        for (const ui::TableColumn& column : results.columns)
            QVERIFY2(!column.title.contains("dense"), qPrintable(column.title));  // none trained
        QCOMPARE(model.data(model.index(0, 1), Qt::DisplayRole).toString(), "0.5");
        QCOMPARE(model.data(model.index(0, 2), Qt::DisplayRole).toString(), "32");
        model.sort(0, Qt::DescendingOrder);
        QCOMPARE(model.data(model.index(0, 0), Qt::DisplayRole).toString(), "128");
        QVERIFY(model.toLatex().contains("\\begin{tabular}"));
        QCOMPARE(model.toSeparated(',').count('\n'), 3);
        QVERIFY(ui::anovaTable(grid, {}).rows.size() >= 10);
        QCOMPARE(ui::hypothesesTable(grid, {}).rows.size(), grid.verdicts.size());
        QCOMPARE(ui::powerTable(grid).rows.size(), std::size_t(2));
        QVERIFY(!ui::assumptionsTable(grid).rows.empty());
        for (const ui::PairTest test : ui::allPairTests()) {
            const ui::StatisticsTable pairs = ui::pairsTable(grid, 0, {test});
            const bool baseline = test == ui::PairTest::DunnettBlocked ||
                                  test == ui::PairTest::Dunnett ||
                                  test == ui::PairTest::DunnettSmaller;
            const bool dense =
                test == ui::PairTest::DunnettDenseBlocked || test == ui::PairTest::DunnettDense;
            QCOMPARE(pairs.rows.size(), std::size_t(dense ? 0 : baseline ? 2 : 3));
            QVERIFY(!dense || pairs.note.contains("no finished dense reference"));
            for (const auto& row : pairs.rows) QCOMPARE(row.size(), pairs.columns.size());
        }
    }
};

QTEST_MAIN(ModelsTest)
#include "ui_models_test.moc"

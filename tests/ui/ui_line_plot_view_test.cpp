// SPDX-License-Identifier: GPL-3.0-or-later
// Which part of the lines a plot shows: by itself, as asked, without outliers.
#include <qcustomplot.h>

#include <QTest>
#include <limits>
#include <optional>

#include "tests/ui/drawn_line.h"
#include "ui/figure_file.h"

namespace {

void moveMouse(QWidget& widget, const QPoint& to, Qt::MouseButtons held) {
    QMouseEvent move(QEvent::MouseMove, to, widget.mapToGlobal(to), Qt::NoButton, held, {});
    QApplication::sendEvent(&widget, &move);
}

}  // namespace

class LinePlotViewTest : public QObject {
    Q_OBJECT
private slots:
    void anAxisMovesOnlyWhenItsRoomIsUsedUp() {
        auto data = line(1000, [](double x) { return x; });
        ui::LinePlot plot;
        drawLine(plot, data);
        int moves = 0;
        QObject::connect(plot.canvas().xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged),
                         &plot, [&moves] { ++moves; });
        for (int at = 1000; at < 2000; ++at) {
            data->x.push_back(at);
            data->y.push_back(at);
            plot.setContent({{{"line", "a line", Qt::red, Qt::SolidLine, 2.0, data}}, {}, {}});
            QVERIFY(plot.canvas().xAxis->range().contains(at));
            QVERIFY(plot.canvas().yAxis->range().contains(at));
        }
        QVERIFY2(moves > 10 && moves < 60, qPrintable(QString::number(moves)));
    }

    void aViewThatTheAxesCannotShowIsIgnored() {
        ui::LinePlot plot;
        drawLine(plot, line(100, [](double x) { return x + 1; }));
        plot.setScales(ui::AxisScale::Logarithmic, ui::AxisScale::Linear);
        plot.setView({-1.0, 10.0, 0.0, 1.0});
        QVERIFY(!plot.view());
        plot.setView({1.0, std::numeric_limits<double>::quiet_NaN(), 0.0, 1.0});
        QVERIFY(!plot.view());
        plot.setView({1.0, 10.0, 0.0, 1.0});
        QCOMPARE(plot.view(), std::optional(ui::PlotView{1.0, 10.0, 0.0, 1.0}));
    }

    void outliersAreShownUntilAskedOtherwiseAndThenCounted() {
        auto data = std::make_shared<ui::LineData>();
        for (int at = 0; at < 1000; ++at) {
            data->x.push_back(at);
            data->y.push_back(at == 500 ? 1000.0 : at % 10);
        }
        ui::LinePlot plot;
        drawLine(plot, data);
        QVERIFY(plot.canvas().yAxis->range().upper > 1000);
        QCOMPARE(plot.clippedCount(), std::size_t(0));
        plot.setValueFit(ui::ValueFit::WithoutOutliers);
        QVERIFY(plot.canvas().yAxis->range().upper < 20);
        QCOMPARE(plot.clippedCount(), std::size_t(1));
        QTest::keyClick(&plot, Qt::Key_Plus);
        QCOMPARE(plot.clippedCount(), std::size_t(0));  // the zoom hides more, as it should
        plot.fit();
        QCOMPARE(plot.clippedCount(), std::size_t(1));
    }

    void theNameOfAReferenceStandsAboveItsLineWhereTheAxisIsNear() {
        ui::LinePlot plot;
        drawLine(plot, line(100, [](double x) { return x; }));
        plot.setReferences({{"low", 0.0}, {"high", 50.0}});
        plot.canvas().replot(QCustomPlot::rpImmediateRefresh);
        for (int at = 0; at < plot.canvas().itemCount(); ++at) {
            const auto* text = qobject_cast<const QCPItemText*>(plot.canvas().item(at));
            if (!text || text->text().isEmpty() || !text->visible()) continue;
            const bool isLow = text->text() == "low";
            QCOMPARE(bool(text->positionAlignment() & Qt::AlignBottom), isLow);
            QVERIFY(text->bottom->pixelPosition().y() < plot.canvas().axisRect()->bottom() + 1);
        }
    }

    void keysMoveTheCursorFromPointToPoint() {
        auto rare = std::make_shared<ui::LineData>();
        rare->x = {2.5, 50.0};
        rare->y = {1.0, 2.0};
        ui::LinePlot plot;
        drawLine(plot, line(100, [](double x) { return x; }));
        plot.setLines(
            {{"all", "all", Qt::red, Qt::SolidLine, 2.0, line(100, [](double x) { return x; })},
             {"rare", "rare", Qt::blue, Qt::SolidLine, 2.0, rare}});
        std::optional<double> cursor;
        QObject::connect(&plot, &ui::LinePlot::cursorMoved, &plot,
                         [&cursor](std::optional<double> x) { cursor = x; });
        for (const double x : {0.0, 1.0, 2.0, 2.5, 3.0}) {
            QTest::keyClick(&plot, Qt::Key_Period);
            QCOMPARE(cursor, std::optional(x));
        }
        QTest::keyClick(&plot, Qt::Key_Comma);
        QCOMPARE(cursor, std::optional(2.5));
        QVERIFY2(!plot.view(), "a cursor is no zoom");
        plot.setView({10.2, 20.8, 0.0, 100.0});
        QTest::keyClick(&plot, Qt::Key_Comma);
        QCOMPARE(cursor, std::optional(20.0));
        QTest::keyClick(&plot, Qt::Key_Period);
        QCOMPARE(cursor, std::optional(20.0));  // what is not shown is not read
    }

    void onlyTheLeftButtonDrawsABox() {
        ui::LinePlot plot;
        drawLine(plot, line(100, [](double x) { return x; }));
        QCustomPlot& canvas = plot.canvas();
        const QPoint from = canvas.axisRect()->center();
        const QPoint to = from + QPoint(80, 40);
        for (const Qt::MouseButton button : {Qt::RightButton, Qt::MiddleButton}) {
            QTest::mousePress(&canvas, button, {}, from);
            moveMouse(canvas, to, button);
            QVERIFY(!canvas.selectionRect()->isActive());
            QTest::mouseRelease(&canvas, button, {}, to);
            QVERIFY(!plot.view());
        }
        QTest::mousePress(&canvas, Qt::LeftButton, {}, from);
        moveMouse(canvas, to, Qt::LeftButton);
        QVERIFY(canvas.selectionRect()->isActive());
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, to);
        QVERIFY(plot.view());
        QVERIFY(plot.view()->xUpper < 90.0);
    }

    void aBoxEndsWhenItsReleaseWentElsewhereOrAFigureIsSaved() {
        ui::LinePlot plot;
        drawLine(plot, line(100, [](double x) { return x; }));
        QCustomPlot& canvas = plot.canvas();
        const QPoint from = canvas.axisRect()->center();
        const auto begin = [&] {
            QTest::mousePress(&canvas, Qt::LeftButton, {}, from);
            moveMouse(canvas, from + QPoint(80, 40), Qt::LeftButton);
            QVERIFY(canvas.selectionRect()->isActive());
        };
        begin();
        moveMouse(canvas, from + QPoint(90, 50), Qt::NoButton);
        QVERIFY(!canvas.selectionRect()->isActive());
        begin();
        ui::copyFigure(plot.figure(), 1.0);
        QVERIFY(!canvas.selectionRect()->isActive());
        QVERIFY(!plot.view());
    }
};

QTEST_MAIN(LinePlotViewTest)
#include "ui_line_plot_view_test.moc"

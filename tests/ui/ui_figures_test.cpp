// SPDX-License-Identifier: GPL-3.0-or-later
#include <qcustomplot.h>

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QMimeData>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/drawn_line.h"
#include "ui/figure_file.h"

namespace {

/// A red square of 50 units in the lower right corner of 200 x 100, with a word.
ui::Figure square() {
    return {QSize(200, 100), [](QCPPainter& painter) {
                painter.fillRect(150, 50, 50, 50, Qt::red);
                painter.drawText(10, 30, QStringLiteral("words"));
            }};
}

QImage rendered(const QByteArray& svg, const QSize& size) {
    QSvgRenderer renderer(svg);
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    renderer.render(&painter);
    return image;
}

int rightmost(const QImage& image, const QColor& colour) {
    for (int x = image.width() - 1; x >= 0; --x)
        for (int y = 0; y < image.height(); ++y)
            if (image.pixelColor(x, y) == colour) return x;
    return -1;
}

/// A plot of so many lines of three points, every second one without a name in the legend.
void drawLines(ui::LinePlot& plot, int count) {
    plot.resize(kPlotSize);
    std::vector<ui::PlotLine> lines;
    for (int at = 0; at < count; ++at) {
        const QString name = QStringLiteral("curve %1, mean of 3 seeds").arg(at);
        lines.push_back(
            {name, name, Qt::red, Qt::SolidLine, 2.0, line(3, [at](double x) { return x + at; })});
        if (at % 2 == 1) lines.back().listing = ui::LineListing::Silent;
    }
    plot.setLines(lines);
}

}  // namespace

class FiguresTest : public QObject {
    Q_OBJECT
private slots:
    void endingChoosesTheFormat() {
        QCOMPARE(ui::figureFormat("a/b.SVG"), ui::FigureFormat::Svg);
        QCOMPARE(ui::figureFormat("a/b.pdf"), ui::FigureFormat::Pdf);
        QCOMPARE(ui::figureFormat("a/b.png"), ui::FigureFormat::Png);
        QCOMPARE(ui::figureFormat("a/b"), ui::FigureFormat::Png);
    }

    void scaleMultipliesThePixelsOfAnImage() {
        for (const double scale : {1.0, 2.0, 3.0}) {
            const auto image =
                QImage::fromData(ui::DrawnFigure(square(), ui::FigureFormat::Png, scale).bytes());
            QCOMPARE(image.size(), QSize(200, 100) * scale);
            QCOMPARE(image.pixelColor(QPoint(175, 75) * scale), QColor(Qt::red));
            QCOMPARE(image.pixelColor(QPoint(145, 75) * scale), QColor(Qt::white));
        }
    }

    void drawingsKeepTheirSizeAndTheirText() {
        const QByteArray svg = ui::DrawnFigure(square(), ui::FigureFormat::Svg, 2.0).bytes();
        QVERIFY(svg.contains(">words</text>"));
        const QImage image = rendered(svg, {200, 100});
        QCOMPARE(image.pixelColor(175, 75), QColor(Qt::red));
        QCOMPARE(image.pixelColor(145, 75), QColor(Qt::white));
        const QByteArray pdf = ui::DrawnFigure(square(), ui::FigureFormat::Pdf, 2.0).bytes();
        QVERIFY(pdf.startsWith("%PDF"));
        QVERIFY2(pdf.contains("/MediaBox [0 0 150"), "200 units of 1/96 inch are 150 points");
    }

    void failedFigureLeavesTheOldFileAndNothingBeside() {
        QTemporaryDir folder;
        QDir().mkpath(folder.filePath("figure.png/inside"));  // a folder cannot be replaced
        const QString error = ui::saveFigure(square(), folder.filePath("figure.png"), 1.0);
        QVERIFY(error.contains(folder.filePath("figure.png")));
        QVERIFY2(error.contains("directory"), qPrintable(error));
        QVERIFY(error.contains("Choose a folder"));
        QCOMPARE(
            QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
            QStringList("figure.png"));
        QVERIFY(ui::saveFigure(square(), folder.filePath("huge.png"), 1e5).contains("smaller"));
        QVERIFY(!QFile::exists(folder.filePath("huge.png")));
    }

    void savedFigureIsTheWholeFile() {
        QTemporaryDir folder;
        for (const char* ending : {"png", "svg", "pdf"}) {
            const QString path = folder.filePath(QString("figure.") + ending);
            QCOMPARE(ui::saveFigure(square(), path, 1.0), QString());
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(file.size() > 200);
        }
        QVERIFY(!QImage(folder.filePath("figure.png")).isNull());
    }

    void clipboardHasImageAndDrawing() {
        ui::copyFigure(square(), 2.0);
        const QMimeData* content = QApplication::clipboard()->mimeData();
        QVERIFY(content->hasImage());
        QCOMPARE(qvariant_cast<QImage>(content->imageData()).size(), QSize(400, 200));
        QVERIFY(content->data("image/svg+xml").contains("words"));
    }

    void thePlotKeepsItsSizeAndTheNamesOfItsLinesStandBelowInColumns() {
        ui::LinePlot plot;
        drawLines(plot, 2);
        const ui::Figure few = plot.figure();
        QVERIFY(few.size.height() < 440 + 60);
        drawLines(plot, 60);
        const ui::Figure many = plot.figure();
        QCOMPARE(many.size.width(), few.size.width());
        QVERIFY2(many.size.height() < 440 + 30 * 14, "30 names in more than one column");
        const QByteArray svg = ui::DrawnFigure(many, ui::FigureFormat::Svg, 1.0).bytes();
        QVERIFY(svg.contains(">curve 0, mean of 3 seeds</text>"));
        QVERIFY(svg.contains(">curve 58, mean of 3 seeds</text>"));
        QVERIFY(!svg.contains(">curve 1, mean of 3 seeds</text>"));
        QCOMPARE(ui::DrawnFigure(many, ui::FigureFormat::Svg, 1.0).bytes(), svg);
        const QImage image = ui::DrawnFigure(many, ui::FigureFormat::Png, 1.0).image();
        QVERIFY2(rightmost(image, Qt::red) > 0.9 * image.width(), "the plot has the whole width");
    }

    void moreNamesThanThePlotIsHighAreLeftOut() {
        ui::LinePlot plot;
        drawLines(plot, 400);
        const ui::Figure figure = plot.figure();
        QCOMPARE(figure.size.height(), 440);
        const QByteArray svg = ui::DrawnFigure(figure, ui::FigureFormat::Svg, 1.0).bytes();
        QVERIFY(svg.contains(">200 lines have no room for their names.</text>"));
        QVERIFY(!svg.contains(">curve 0, mean of 3 seeds</text>"));
    }
};

QTEST_MAIN(FiguresTest)
#include "ui_figures_test.moc"

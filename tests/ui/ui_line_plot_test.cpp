// SPDX-License-Identifier: GPL-3.0-or-later
// What lines and bands look like: as a plain painter draws them, with their spikes and breaks.
#include <qcustomplot.h>

#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "tests/ui/drawn_line.h"

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kFew = 0.002;  // share of the pixels that may be rounded otherwise

/// Whether a pixel of about this colour lies within the rectangle.
bool hasColour(const QImage& image, const QRect& rectangle, const QColor& colour) {
    for (int y = rectangle.top(); y <= rectangle.bottom(); ++y)
        for (int x = rectangle.left(); x <= rectangle.right(); ++x) {
            const QColor at = image.pixelColor(x, y);
            if (std::abs(at.red() - colour.red()) + std::abs(at.green() - colour.green()) +
                    std::abs(at.blue() - colour.blue()) <
                90)
                return true;
        }
    return false;
}

QRect around(const QCustomPlot& canvas, double x, double y, int reach) {
    const int left = int(std::lround(canvas.xAxis->coordToPixel(x)));
    const int top = int(std::lround(canvas.yAxis->coordToPixel(y)));
    return QRect(left - reach, top - reach, 2 * reach + 1, 2 * reach + 1)
        .intersected(canvas.axisRect()->rect());
}

/// What a screen shows.
QImage onScreen(ui::LinePlot& plot) {
    plot.canvas().replot(QCustomPlot::rpImmediateRefresh);
    return plot.canvas().toPixmap().toImage().convertToFormat(QImage::Format_RGB32);
}

/// The same plot by QCustomPlot's own drawing, which knows nothing of columns.
QImage byPainter(ui::LinePlot& plot) {
    QImage image(plot.canvas().size(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QCPPainter painter(&image);
    painter.setMode(QCPPainter::pmNoCaching);  // else lines in pieces, that cover each other
    plot.canvas().toPainter(&painter, image.width(), image.height());
    painter.end();
    return image;
}

using Channels = std::array<int, 3>;

Channels channels(const QImage& image, int x, int y) {
    const QRgb pixel = image.pixel(x, y);
    return {qRed(pixel), qGreen(pixel), qBlue(pixel)};
}

/// Pixels of `image` that have a colour which the other picture has nowhere within a pixel of
/// there: what is more than another rounding of the same edge.
int strangePixels(const QImage& image, const QImage& other, const QRect& area) {
    constexpr int kTolerance = 48;
    int strange = 0;
    for (int y = area.top() + 1; y < area.bottom(); ++y)
        for (int x = area.left() + 1; x < area.right(); ++x) {
            Channels low{255, 255, 255};
            Channels high{};
            for (int dy = -1; dy <= 1; ++dy)
                for (int dx = -1; dx <= 1; ++dx) {
                    const Channels near = channels(other, x + dx, y + dy);
                    for (std::size_t at = 0; at < 3; ++at) {
                        low[at] = std::min(low[at], near[at]);
                        high[at] = std::max(high[at], near[at]);
                    }
                }
            const Channels here = channels(image, x, y);
            for (std::size_t at = 0; at < 3; ++at)
                if (here[at] < low[at] - kTolerance || here[at] > high[at] + kTolerance) {
                    ++strange;
                    break;
                }
        }
    return strange;
}

double noise(double x) {
    const double at = std::sin(x * 12.9898) * 43758.5453;
    return at - std::floor(at);
}

ui::PlotLine drawn(const QString& key, const QColor& colour, double width, Qt::PenStyle style,
                   std::shared_ptr<const ui::LineData> data) {
    return {key, key, colour, style, width, std::move(data), ui::LineDepth::Behind};
}

const QColor kBlue(20, 60, 200);
const QColor kGreen(20, 140, 60);
const QColor kFaint(200, 30, 30, 102);

ui::PlotContent picture(const QString& name) {
    using ui::PlotContent;
    if (name == "few points")
        return {{drawn("a", kBlue, 2.0, Qt::SolidLine, line(9, [](double x) { return noise(x); })),
                 drawn("b", kGreen, 2.0, Qt::DashLine, line(9, [](double x) { return x / 9; })),
                 drawn("c", kFaint, 1.0, Qt::DashDotLine,
                       line(9, [](double x) { return 1 - noise(x + 1); }))},
                {},
                {}};
    if (name == "steep, then flat")
        return {{drawn("a", kBlue, 2.0, Qt::SolidLine,
                       line(5000, [](double x) { return std::exp(-x / 60); })),
                 drawn("b", kGreen, 1.0, Qt::SolidLine,
                       line(5000, [](double x) { return 0.8 * std::exp(-x / 20); })),
                 drawn("c", kFaint, 2.0, Qt::DashLine,
                       line(5000, [](double x) { return 1.0 - std::exp(-x / 300); }))},
                {},
                {}};
    if (name == "waves")
        return {{drawn("a", kBlue, 2.0, Qt::DotLine,
                       line(3000, [](double x) { return std::sin(x / 100); })),
                 drawn("b", kFaint, 1.0, Qt::SolidLine,
                       line(3000, [](double x) { return std::cos(x / 170); }))},
                {},
                {}};
    if (name == "breaks")
        return {{drawn("a", kBlue, 2.0, Qt::SolidLine,
                       line(200, [](double x) { return int(x) % 20 < 4 ? kNan : x; })),
                 drawn("b", kGreen, 2.0, Qt::DashLine,
                       line(5000, [](double x) { return x > 2000 && x < 2500 ? kNan : x / 40; }))},
                {},
                {}};
    PlotContent content;
    auto band = std::make_shared<ui::BandData>();
    for (int at = 0; at < 4000; ++at) {
        band->x.push_back(at);
        band->lower.push_back(at > 3000 && at < 3100 ? kNan : std::exp(-at / 300.0) - 0.1);
        band->upper.push_back(at > 3000 && at < 3100 ? kNan : std::exp(-at / 300.0) + 0.1);
    }
    content.bands.push_back({"band", QColor(200, 30, 30, 90), band});
    content.lines.push_back(drawn("a", kBlue, 2.0, Qt::SolidLine,
                                  line(4000, [](double x) { return std::exp(-x / 300.0) + 0.1; })));
    return content;
}

ui::PlotView seen(ui::LinePlot& plot) {
    const QCPRange x = plot.canvas().xAxis->range();
    const QCPRange y = plot.canvas().yAxis->range();
    return ui::PlotView{x.lower, x.upper, y.lower, y.upper};
}

void show(ui::LinePlot& plot, const ui::PlotContent& content) {
    plot.resize(kPlotSize);
    plot.show();
    plot.setContent(content);
}

}  // namespace

class LinePlotTest : public QObject {
    Q_OBJECT
private slots:
    void theFastPictureIsThePlainOne_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("logarithmic");
        for (const char* name : {"few points", "steep, then flat", "waves", "breaks", "bands"})
            QTest::newRow(name) << QString(name) << false;
        QTest::newRow("steep on logarithmic axes") << QString("steep, then flat") << true;
        QTest::newRow("breaks on logarithmic axes") << QString("breaks") << true;
    }

    void theFastPictureIsThePlainOne() {
        QFETCH(QString, name);
        QFETCH(bool, logarithmic);
        ui::LinePlot plot;
        const auto scale = logarithmic ? ui::AxisScale::Logarithmic : ui::AxisScale::Linear;
        plot.setScales(scale, scale);
        show(plot, picture(name));
        const QRect area = plot.canvas().axisRect()->rect();
        for (const double part : {1.0, 0.35}) {  // all of it, then from the middle
            QCPAxis* x = plot.canvas().xAxis;
            if (part < 1.0) x->scaleRange(part);
            const QImage fast = onScreen(plot);
            const QImage plain = byPainter(plot);
            const int some = int(kFew * area.width() * area.height());
            const int missing = strangePixels(plain, fast, area);
            const int added = strangePixels(fast, plain, area);
            if (missing > some || added > some) {
                const QString path = QDir::tempPath() + "/line_plot_" + name + "_";
                fast.save(path + "fast.png");
                plain.save(path + "plain.png");
            }
            QVERIFY2(missing <= some && added <= some,
                     qPrintable(QString("%1 pixels missing, %2 added").arg(missing).arg(added)));
            QVERIFY(strangePixels(fast, QImage(fast.size(), fast.format()), area) > some);
        }
    }

    void noiseReachesFromItsSmallestToItsLargestValue() {
        constexpr double kFirst = 500;
        constexpr double kLast = 19500;
        auto band = std::make_shared<ui::BandData>();
        const auto rough = line(20000, [](double x) { return 3.0 + noise(x + 0.3); });
        for (int at = 0; at < 20000; ++at) {
            band->x.push_back(at);
            band->lower.push_back(-0.1 - noise(at));
            band->upper.push_back(0.1 + noise(at + 0.5));
        }
        ui::LinePlot plot;
        show(plot, {{drawn("a", kBlue, 1.0, Qt::DashLine, rough)}, {{"band", Qt::red, band}}, {}});
        plot.setView({-100.0, 20100.0, -2.0, 5.0});
        const QImage image = onScreen(plot);
        const QCustomPlot& canvas = plot.canvas();
        for (int x = int(canvas.xAxis->coordToPixel(kFirst)); x < canvas.xAxis->coordToPixel(kLast);
             ++x) {
            // A coordinate is the middle of its pixel.
            const auto first = std::ptrdiff_t(std::ceil(canvas.xAxis->pixelToCoord(x - 0.5)));
            const auto end = std::ptrdiff_t(canvas.xAxis->pixelToCoord(x + 0.5));
            const auto verify = [&](const std::vector<double>& lower,
                                    const std::vector<double>& upper, const QColor& colour) {
                // With `more` points on each side, from which lines come in and go out.
                const auto top = [&](int more) {
                    return canvas.yAxis->coordToPixel(*std::max_element(
                        upper.begin() + first - more, upper.begin() + end + more));
                };
                const auto bottom = [&](int more) {
                    return canvas.yAxis->coordToPixel(*std::min_element(
                        lower.begin() + first - more, lower.begin() + end + more));
                };
                for (int y = int(std::ceil(top(0))) + 1; y < int(bottom(0)); ++y)
                    QCOMPARE(image.pixelColor(x, y), colour);
                for (const int y : {int(top(1)) - 3, int(std::ceil(bottom(1))) + 3})
                    QVERIFY(image.pixelColor(x, y) != colour);
            };
            verify(rough->y, rough->y, kBlue);
            verify(band->lower, band->upper, Qt::red);
        }
    }

    void manyFaintLinesOverEachOtherAreBlendedInTheirOrder() {
        constexpr int kLines = 24;
        ui::PlotContent content;
        for (int at = 0; at < kLines; ++at)
            content.lines.push_back(drawn(
                QString::number(at), QColor::fromHsv(15 * at, 200, 200, 102), 1.0, Qt::SolidLine,
                line(2400, [at](double x) { return noise(x + 0.01 * at) + 0.02 * at; })));
        ui::LinePlot plot;
        show(plot, content);
        const QRect area = plot.canvas().axisRect()->rect();
        const QImage fast = onScreen(plot);
        const QImage plain = byPainter(plot);
        // Between the strokes of noise a painter leaves slits narrower than a pixel.
        const int some = int(0.06 * area.width() * area.height());
        const int missing = strangePixels(plain, fast, area);
        const int added = strangePixels(fast, plain, area);
        QVERIFY2(missing <= some && added <= some,
                 qPrintable(QString("%1 pixels missing, %2 added").arg(missing).arg(added)));
        std::reverse(content.lines.begin(), content.lines.end());
        ui::LinePlot reversed;
        show(reversed, content);
        QVERIFY(strangePixels(onScreen(reversed), plain, area) > some);
    }

    void aLineThatGrewLooksAsIfItHadBeenThereAtOnce() {
        const auto value = [](double x) { return x > 700 && x < 720 ? kNan : noise(x) + x / 500; };
        auto smooth = line(1, [](double x) { return x; });
        auto noisy = line(1, value);
        ui::PlotContent content{{drawn("a", kFaint, 1.0, Qt::DashLine, noisy),
                                 drawn("b", kBlue, 2.0, Qt::DashLine, smooth)},
                                {},
                                {}};
        ui::LinePlot grown;
        show(grown, content);
        for (int at = 1; at < 3000; ++at) {
            for (auto& [data, y] :
                 {std::pair(smooth, double(at) / 1000), std::pair(noisy, value(at))}) {
                data->x.push_back(at);
                data->y.push_back(y);
            }
            if (at % 17 != 0) continue;
            grown.setContent(content);
            grown.canvas().replot(QCustomPlot::rpImmediateRefresh);
        }
        grown.setContent(content);
        ui::LinePlot atOnce;
        show(atOnce, content);
        atOnce.setView(seen(grown));
        QVERIFY(onScreen(grown) == onScreen(atOnce));
    }

    void aSpikeOfOnePointIsDrawn() {
        auto data = std::make_shared<ui::LineData>();
        for (int at = 0; at < 20000; ++at) {
            data->x.push_back(at);
            data->y.push_back(at == 12345 ? 1.0 : 0.0);
        }
        ui::LinePlot plot;
        drawLine(plot, data);
        const QImage image = plot.canvas().toPixmap().toImage();
        QVERIFY(hasColour(image, around(plot.canvas(), 12345, 0.98, 2), Qt::red));
        QVERIFY(!hasColour(image, around(plot.canvas(), 11000, 0.98, 2), Qt::red));
    }

    void aSpikeOfOnePointStandsOutOfNoise() {
        auto data = std::make_shared<ui::LineData>();
        for (int at = 0; at < 20000; ++at) {
            data->x.push_back(at);
            data->y.push_back(at == 12345 ? 1.0
                                          : (at == 16000 ? kNan : 0.4 * ((at * 7919) % 13) / 12.0));
        }
        ui::LinePlot plot;
        drawLine(plot, data);
        const QImage image = plot.canvas().toPixmap().toImage();
        QVERIFY(hasColour(image, around(plot.canvas(), 12345, 0.98, 2), Qt::red));
        QVERIFY(hasColour(image, around(plot.canvas(), 12345, 0.7, 2), Qt::red));
        QVERIFY(!hasColour(image, around(plot.canvas(), 12345, -0.03, 2), Qt::red));
        QVERIFY(!hasColour(image, around(plot.canvas(), 11000, 0.5, 2), Qt::red));
        for (const double x : {100.0, 5000.0, 19900.0})
            QVERIFY(hasColour(image, around(plot.canvas(), x, 0.2, 0), Qt::red));
    }

    void aValueThatIsNotFiniteIsAVisibleBreak() {
        auto data = std::make_shared<ui::LineData>();
        for (int at = 0; at <= 100; ++at) {
            data->x.push_back(at);
            data->y.push_back(at > 40 && at < 60
                                  ? (at % 2 ? kNan : std::numeric_limits<double>::infinity())
                                  : 1.0);
        }
        ui::LinePlot plot;
        drawLine(plot, data);
        const QImage image = plot.canvas().toPixmap().toImage();
        QVERIFY(hasColour(image, around(plot.canvas(), 20, 1.0, 2), Qt::red));
        QVERIFY(!hasColour(image, around(plot.canvas(), 50, 1.0, 2), Qt::red));
        QVERIFY(hasColour(image, around(plot.canvas(), 80, 1.0, 2), Qt::red));
    }
};

QTEST_MAIN(LinePlotTest)
#include "ui_line_plot_test.moc"

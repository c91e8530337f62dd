// SPDX-License-Identifier: GPL-3.0-or-later
// The real window on a real X server, driven by real key presses and clicks. Starts an Xvfb of its
// own before Qt looks for a display.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QAction>
#include <QGuiApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QProcess>
#include <QPushButton>
#include <QScreen>
#include <QStandardPaths>
#include <QTest>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/ui/window_fixture.h"
#include "ui/command_palette.h"
#include "ui/grid_model.h"
#include "ui/grid_page.h"
#include "ui/grid_view.h"
#include "ui/notice_bar.h"
#include "ui/theme.h"

using runs::RunStatus;

namespace {

constexpr int kSkipped = 77;  // ctest's SKIP_RETURN_CODE

/// An X server that tells through a pipe on which display it listens, once it does.
class XServer {
public:
    explicit XServer(const char* screen) {
        int ends[2];
        if (::pipe(ends) != 0) return;
        m_process = ::fork();
        if (m_process == 0) {
            ::close(ends[0]);
            ::execlp("Xvfb", "Xvfb", "-displayfd", std::to_string(ends[1]).c_str(), "-screen", "0",
                     screen, "-nolisten", "tcp", nullptr);
            ::_exit(127);
        }
        ::close(ends[1]);
        if (FILE* const pipe = ::fdopen(ends[0], "r")) {
            int number = -1;
            if (std::fscanf(pipe, "%d", &number) == 1) m_display = ":" + std::to_string(number);
            std::fclose(pipe);
        }
    }
    ~XServer() {
        if (m_process <= 0) return;
        ::kill(m_process, SIGTERM);
        ::waitpid(m_process, nullptr, 0);
    }
    XServer(const XServer&) = delete;
    XServer& operator=(const XServer&) = delete;
    const std::string& display() const { return m_display; }  // empty: it did not start

private:
    pid_t m_process = -1;
    std::string m_display;
};

/// Sends input through the X server while the window goes on handling events.
void input(const QStringList& arguments) {
    QProcess tool;
    tool.start(QStringLiteral("xdotool"), arguments);
    QTRY_COMPARE(tool.state(), QProcess::NotRunning);
    QCOMPARE(tool.exitCode(), 0);
}

void clickAt(const QWidget& widget, const QPoint& place) {
    const QPoint at = widget.mapToGlobal(place);
    input({"mousemove", QString::number(at.x()), QString::number(at.y()), "click", "1"});
}

void press(const char* keys) {
    input({"key", QLatin1String(keys)});
}

/// The share of a screenshot's pixels that differ from its most frequent colour.
double inkOf(const QImage& image) {
    QHash<QRgb, int> counts;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) ++counts[image.pixel(x, y)];
    const int most = *std::max_element(counts.begin(), counts.end());
    return 1.0 - double(most) / double(image.width() * image.height());
}

}  // namespace

class XvfbTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        isolateUserSettings();
        QCOMPARE(QGuiApplication::platformName(), "xcb");
    }

    void aStudyIsQueuedTrainedAndReadWithMouseAndKeys() {
        WindowFixture fixture;
        fixture.openStudy();
        activate(*fixture.window);
        ui::GridView& view = fixture.window->gridPage().view();
        clickAt(*view.viewport(), view.visualRect(fixture.cell(0, 1)).center());
        QTRY_COMPARE(fixture.queued(), std::size_t(2));
        press("Down");
        press("Return");
        QTRY_COMPARE(fixture.queued(), std::size_t(4));
        press("ctrl+z");
        QTRY_COMPARE(fixture.queued(), std::size_t(2));
        press("F5");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(2), 30000);
        QTRY_COMPARE(fixture.window->gridPage().model().cell(fixture.cell(0, 1)).done, 2);

        press("ctrl+k");
        QTRY_VERIFY(fixture.window->findChild<ui::CommandPalette*>());
        auto* search = fixture.window->findChild<ui::CommandPalette*>()->findChild<QLineEdit*>();
        QTRY_VERIFY(search->hasFocus());
        input({"type", "queue all"});
        QTRY_COMPARE(search->text(), "queue all");
        press("Return");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(12), 30000);
        QTRY_VERIFY(fixture.window->noticeBar().text().contains("12 runs"));
    }

    void bothThemesArePaintedOnTheScreen() {
        for (const ui::Theme theme : {ui::Theme::Light, ui::Theme::Dark}) {
            ui::applyTheme(theme);
            WindowFixture fixture;
            fixture.openStudy();
            activate(*fixture.window);
            const auto shot = [&] {
                return fixture.window->screen()->grabWindow(fixture.window->winId()).toImage();
            };
            QTRY_VERIFY(inkOf(shot()) > 0.05);
            const QColor corner = shot().pixelColor(2, shot().height() - 3);
            QCOMPARE(corner.lightness() < 128, theme == ui::Theme::Dark);
        }
        ui::applyTheme(ui::Theme::Light);
    }

    void theWindowFitsTheScreen() {
        WindowFixture fixture;
        fixture.openStudy();
        QCOMPARE(fixture.window->size(), QSize(1280, 800));
        fixture.trigger("resetLayout");
        QCoreApplication::processEvents();
        QCOMPARE(fixture.window->size(), QSize(1280, 800));
        const QSize least = fixture.window->minimumSizeHint();
        QVERIFY2(least.width() <= 1280 && least.height() <= 700,
                 qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
    }

private:
    static void activate(QWidget& window) {
        // There is no window manager that would give the focus.
        input({"windowfocus", QString::number(window.winId())});
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }
};

int main(int argc, char** argv) {
    for (const char* tool : {"Xvfb", "xdotool"}) {
        if (!QStandardPaths::findExecutable(QLatin1String(tool)).isEmpty()) continue;
        std::printf("SKIP: %s is not installed (apt-get install xvfb xdotool)\n", tool);
        return kSkipped;
    }
    const XServer server("1280x800x24");
    if (server.display().empty()) {
        std::printf("FAIL: Xvfb did not start\n");
        return 1;
    }
    ::setenv("DISPLAY", server.display().c_str(), 1);
    ::setenv("QT_QPA_PLATFORM", "xcb", 1);
    QApplication application(argc, argv);
    XvfbTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "ui_xvfb_test.moc"

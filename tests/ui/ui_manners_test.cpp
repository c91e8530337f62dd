// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractSpinBox>
#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabBar>
#include <QTest>
#include <QTextBrowser>

#include "tests/ui/window_fixture.h"
#include "ui/answer_strip.h"
#include "ui/command_palette.h"
#include "ui/curves_page.h"
#include "ui/grid_model.h"
#include "ui/grid_page.h"
#include "ui/grid_view.h"
#include "ui/new_experiment_dialog.h"
#include "ui/notice_bar.h"
#include "ui/recent_experiments.h"
#include "ui/start_page.h"
#include "ui/study_analysis.h"
#include "ui/theme.h"
#include "ui/window_actions.h"
#include "ui/workbench_style.h"

using runs::RunStatus;

namespace {

/// What a screen reader would say of a widget.
QString spokenName(const QWidget& widget) {
    if (!widget.accessibleName().isEmpty()) return widget.accessibleName();
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) return button->text();
    if (const auto* box = qobject_cast<const QGroupBox*>(&widget)) return box->title();
    for (const QLabel* label : widget.window()->findChildren<QLabel*>())
        if (label->buddy() == &widget) return label->text();
    return {};
}

/// Widgets below `root` that the Tab key reaches and that have nothing to say.
QStringList silentWidgets(const QWidget& root) {
    QStringList silent;
    for (const QWidget* widget : root.findChildren<QWidget*>()) {
        if (!(widget->focusPolicy() & Qt::TabFocus) || widget->isHidden()) continue;
        // Parts of a named whole: the editor of a spin box, the viewport of a table, tabs of docks.
        const bool part = widget->objectName().startsWith("qt_") || widget->focusProxy() ||
                          qobject_cast<const QTabBar*>(widget) ||
                          qobject_cast<const QAbstractSpinBox*>(widget->parentWidget()) ||
                          widget->inherits("QComboBoxListView");
        if (!part && spokenName(*widget).isEmpty())
            silent << QStringLiteral("%1 \"%2\" in %3")
                          .arg(QLatin1String(widget->metaObject()->className()),
                               widget->objectName(),
                               QLatin1String(widget->parentWidget()->metaObject()->className()));
    }
    return silent;
}

QString report(const WindowFixture& fixture) {
    return fixture.window->findChild<QDockWidget*>("inspectorDock")
        ->findChild<QTextBrowser*>()
        ->toPlainText();
}

void press(const WindowFixture& fixture, const char* button) {
    auto* found = fixture.window->findChild<QPushButton*>(QLatin1String(button));
    QVERIFY2(found && found->isEnabled(), button);
    found->click();
}

}  // namespace

/// Inspector, start page, example, dialog, notices, palette, accessibility.
class MannersTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        isolateUserSettings();
        QStandardPaths::setTestModeEnabled(true);
    }

    void everyTabStopOfTheStartPageIsOneOfItsButtons() {
        WindowFixture fixture;
        fixture.window->activateWindow();
        QTRY_VERIFY(QApplication::focusWidget() != nullptr);
        const QWidget* first = QApplication::focusWidget();
        int stops = 0;
        do {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            ++stops;
            const QWidget* at = QApplication::focusWidget();
            QVERIFY2(qobject_cast<const QPushButton*>(at), at->metaObject()->className());
        } while (QApplication::focusWidget() != first && stops < 50);
        QCOMPARE(stops, 5);
        QTest::keyClick(fixture.window->findChild<QPushButton*>("openExampleButton"),
                        Qt::Key_Return);
        QTRY_VERIFY(fixture.workbench->study() != nullptr);
    }

    void everyPanelTakesTheFocusByItsKey() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(0, 0);  // an empty queue has nothing for the keyboard
        fixture.window->activateWindow();
        for (QDockWidget* dock : fixture.window->findChildren<QDockWidget*>()) {
            if (dock->objectName() == "answerDock") continue;  // a line of words
            fixture.trigger(dock->objectName() + "Go");
            QTRY_VERIFY2(dock->isAncestorOf(QApplication::focusWidget()),
                         qPrintable(dock->objectName()));
            QVERIFY(QApplication::focusWidget()->isVisible());
        }
        fixture.trigger("gridGo");
        QTRY_COMPARE(QApplication::focusWidget(),
                     static_cast<QWidget*>(&fixture.window->gridPage().view()));
    }

    void theInspectorTellsResultLayersChecksAndSettings() {
        WindowFixture fixture;
        fixture.trainFirstCell();
        QCOMPARE(fixture.count(RunStatus::Done), std::size_t(2));
        QTRY_VERIFY(report(fixture).contains("final validation loss"));
        for (const char* part :
             {"recall of dense attention", "90.00 %", "overlap with the oracle", "future leak",
              "passed", "peak memory", "Environment", "\"learningRate\""})
            QVERIFY2(report(fixture).contains(QLatin1String(part)), part);
    }

    void theInspectorNamesWhatDiffersBetweenTwoRuns() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(0, 0);
        fixture.click(1, 2);
        fixture.trigger("start");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.count(RunStatus::Done), std::size_t(4), 30000);
        fixture.click(0, 0, Qt::ControlModifier);
        fixture.window->findChild<QComboBox*>("inspectorRun")->setCurrentIndex(0);
        auto* other = fixture.window->findChild<QComboBox*>("inspectorOther");
        other->setCurrentIndex(other->findText("L 128 · k/L 0.75 · seed 2"));
        QTRY_VERIFY2(report(fixture).contains("run.length"), qPrintable(report(fixture)));
        for (const char* key : {"run.keepRatio", "run.keep", "run.seed"})
            QVERIFY2(report(fixture).contains(QLatin1String(key)), key);
        QVERIFY(!report(fixture).contains("training.learningRate"));
        other->setCurrentIndex(other->findText("L 64 · k/L 0.75 · seed 1"));
        QTRY_VERIFY(report(fixture).contains("has not been started"));
        other->setCurrentIndex(other->findText("L 64 · k/L 0.25 · seed 1"));  // itself
        QCOMPARE(other->currentIndex(), 0);
        QTRY_VERIFY(report(fixture).contains("final validation loss"));
    }

    void aFailedRunShowsItsReasonInTheInspector() {
        WindowFixture fixture;
        fixture.behaviour->notFiniteAt = {{2, 5}};
        fixture.trainFirstCell();
        QCOMPARE(fixture.count(RunStatus::Diverged), std::size_t(1));
        auto* runs = fixture.window->findChild<QComboBox*>("inspectorRun");
        runs->setCurrentIndex(1);
        QTRY_VERIFY(report(fixture).contains("failed at step"));
        QVERIFY(report(fixture).contains("Messages"));
    }

    void copyAsCommandNamesTheRunAndTheExperiment() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.click(1, 2, Qt::ControlModifier);
        press(fixture, "inspectorCommand");
        const QString one = QApplication::clipboard()->text();
        for (const char* part :
             {"--batch", "--experiment", "--lengths 128", "--ratios 0.75", "--seeds 1", "/study-"})
            QVERIFY2(one.contains(QLatin1String(part)), qPrintable(one));
        fixture.trigger("copyCommand");
        const QString all = QApplication::clipboard()->text();
        QVERIFY2(all.contains("--lengths 64,128") && all.contains("--device cpu"), qPrintable(all));
        QTRY_VERIFY(report(fixture).contains("L 128 · k/L 0.75 · seed 1"));
        press(fixture, "inspectorCopy");
        QCOMPARE(QApplication::clipboard()->text(), report(fixture));
    }

    void theExampleOpensFinishedAndReadOnly() {
        WindowFixture fixture;
        fixture.trigger("openExample");
        QTRY_VERIFY(fixture.workbench->study() != nullptr);
        QTRY_COMPARE(fixture.count(RunStatus::Done), fixture.workbench->study()->runs().size());
        QCOMPARE(fixture.count(RunStatus::Done), std::size_t(90));
        QCOMPARE(fixture.workbench->study()->access(), runs::Access::ReadOnly);
        QCOMPARE(fixture.workbench->study()->strangers(), std::int64_t(0));
        QVERIFY(fixture.window->windowTitle().contains("read-only"));
        QTRY_VERIFY(fixture.window->analysis().current() != nullptr);
        QTRY_COMPARE(fixture.window->analysis().current()->counts.done, std::size_t(90));
        fixture.click(0, 0, Qt::ControlModifier);
        QTRY_VERIFY(fixture.window->curvesPage().plot().lineCount() > 0);
        QVERIFY(!fixture.window->actions().find("start")->isEnabled());
        QVERIFY(ui::recentExperiments().isEmpty());
    }

    void theStartPageSaysHowLongTheQuickStudyTakes() {
        WindowFixture fixture;
        auto* button = fixture.window->findChild<QPushButton*>("quickStudyButton");
        QVERIFY(button);
        QTRY_VERIFY_WITH_TIMEOUT(button->text().contains(" min"), 15000);
        for (const char* name : {"openExperimentButton", "openExampleButton"})
            QVERIFY2(fixture.window->findChild<QPushButton*>(QLatin1String(name)), name);
    }

    void recentFoldersThatAreGoneAreGreyed() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.trigger("closeExperiment");
        auto* page = fixture.window->findChild<ui::StartPage*>();
        const auto link = [&]() -> QPushButton* {
            for (QPushButton* button : page->findChildren<QPushButton*>())
                if (button->text() == fixture.folder()) return button;
            return nullptr;
        };
        QVERIFY(link() && link()->isEnabled());
        QVERIFY(QFile::rename(fixture.folder(), fixture.folder() + "-moved"));
        page->setRecent(ui::recentExperiments());
        QVERIFY(link() && !link()->isEnabled());
    }

    void theDialogNamesWhatIsInTheWay() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.trigger("newExperiment");
        auto* dialog = fixture.window->findChild<ui::NewExperimentDialog*>();
        auto* create = dialog->findChild<QPushButton*>("createButton");
        auto* amount = dialog->findChild<QLabel*>("experimentAmount");
        auto* folder = dialog->findChild<QLineEdit*>("experimentFolder");
        folder->setText(fixture.folder());
        QVERIFY(!create->isEnabled());
        QVERIFY(amount->text().contains("already"));
        folder->setText(fixture.folder() + "-2");
        QVERIFY(create->isEnabled());
        dialog->setDataPath("/nowhere/text.txt");
        QVERIFY(!create->isEnabled());
        QVERIFY(amount->text().contains("/nowhere/text.txt"));
        QTemporaryDir place;
        QFile text(place.filePath("short.txt"));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write(QByteArray(5000, 'a'));
        text.close();
        dialog->setDataPath(text.fileName());
        QVERIFY(!create->isEnabled());
        QVERIFY(amount->text().contains("1" + QString(QChar(0x2009)) + "024"));
        dialog->findChild<QLineEdit*>("experimentLengths")->setText("64");
        QVERIFY(create->isEnabled());
        folder->setText(text.fileName() + "/study");
        QVERIFY(!create->isEnabled());
        QVERIFY(amount->text().contains("cannot be made"));
        folder->setText(place.path());
        QVERIFY(!create->isEnabled());
        QVERIFY2(amount->text().contains("holds other files"), qPrintable(amount->text()));
        folder->setText("some/where");
        QVERIFY(!create->isEnabled());
        QVERIFY2(amount->text().contains("not a whole path"), qPrintable(amount->text()));
        folder->setText(place.path() + "/new");
        QVERIFY(create->isEnabled());
        dialog->findChild<QLineEdit*>("experimentLengths")->clear();
        QVERIFY2(amount->text().startsWith("Lengths L"), qPrintable(amount->text()));
    }

    void theDialogMeasuresWhatAStudyCosts() {
        WindowFixture fixture;
        fixture.trigger("newExperiment");
        auto* dialog = fixture.window->findChild<ui::NewExperimentDialog*>();
        auto* cost = dialog->findChild<QLabel*>("experimentCost");
        dialog->findChild<QPushButton*>("measureButton")->click();
        QTRY_VERIFY_WITH_TIMEOUT(cost->text().contains("This will take about"), 15000);
        QVERIFY(cost->text().contains("of disk"));
    }

    void thePaletteListsPanelsColoursAndThemes() {
        WindowFixture fixture;
        fixture.openStudy();
        fixture.trigger("commandPalette");
        auto* palette = fixture.window->findChild<ui::CommandPalette*>();
        auto* search = palette->findChild<QLineEdit*>();
        auto* list = palette->findChild<QListWidget*>();
        for (const char* text : {"show or hide queue", "go to curves", "colour by accuracy",
                                 "dark theme", "copy as command", "look at the example"}) {
            search->setText(text);
            QVERIFY2(list->count() >= 1, text);
        }
        search->setText("about");
        QCOMPARE(list->currentItem()->text(), "About");
        search->setText("colour by perplexity");
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(fixture.window->findChild<QComboBox*>("metricChoice")->currentText(),
                 ui::title(ui::Metric::Perplexity));
    }

    void everyMenuEntryIsInThePalette() {
        WindowFixture fixture;
        fixture.openStudy();
        const QList<QAction*> listed = fixture.window->actions().all();
        for (QMenu* menu : fixture.window->menuBar()->findChildren<QMenu*>())
            for (QAction* action : menu->actions()) {
                const bool command =
                    !action->isSeparator() && !action->menu() && !action->objectName().isEmpty();
                QVERIFY2(!command || listed.contains(action), qPrintable(action->text()));
            }
    }

    void noFocusableWidgetIsSilent() {
        WindowFixture fixture;
        fixture.openStudy();
        QCOMPARE(silentWidgets(*fixture.window).join("\n"), QString());
        for (const char* name : {"newExperiment", "commandPalette", "guide", "about"}) {
            const QList<QDialog*> before = fixture.window->findChildren<QDialog*>();
            fixture.trigger(name);
            for (QDialog* dialog : fixture.window->findChildren<QDialog*>()) {
                if (before.contains(dialog)) continue;
                QCOMPARE(silentWidgets(*dialog).join("\n"), QString());
                dialog->close();
            }
        }
    }

    void aboutNamesEveryLibraryWithItsVersion() {
        WindowFixture fixture;
        fixture.trigger("about");
        QString text;
        for (QDialog* dialog : fixture.window->findChildren<QDialog*>())
            if (auto* page = dialog->findChild<QTextBrowser*>()) text = page->toPlainText();
        for (const char* name : {"Qt", "QCustomPlot", "LibTorch", "Boost.Math", "json", "CLI11",
                                 "spdlog", "GNU General Public License"})
            QVERIFY2(text.contains(QLatin1String(name)), name);
        QVERIFY2(text.contains(QLatin1String(qVersion())), qPrintable(text));
    }

    void theStatusBarTellsTheLoadOfTheDevice() {
        ui::WorkbenchPorts ports{fake::ports(std::make_shared<fake::Behaviour>()), [] {
                                     return std::vector<std::string>{"cpu", "cuda:0"};
                                 }};
        ports.load = [](const std::string& device) -> std::optional<machine::DeviceLoad> {
            if (device == "cpu") return std::nullopt;
            return machine::DeviceLoad{0.93, 21'000'000'000, 80'000'000'000, 61};
        };
        ui::Workbench workbench(std::move(ports));
        workbench.setLaneChoice({"cuda:0", 1, 18});
        ui::MainWindow window(workbench);
        window.show();
        QTemporaryDir place;
        workbench.createExperiment(place.filePath("study"), WindowFixture::settings(),
                                   ui::AfterCreate::Wait);
        auto* device = window.findChild<QLabel*>("statusDevice");
        QTRY_COMPARE_WITH_TIMEOUT(device->text(),
                                  "cuda:0 · 1 lane · 93 % busy · 21.0 GB of 80.0 GB · 61 °C", 5000);
        workbench.setLaneChoice({"cpu", 2, 1});
        QTRY_COMPARE_WITH_TIMEOUT(device->text(), "cpu · 2 lanes", 5000);
    }

    void anEmptyCheckBoxAndTheChosenTabAreSeenInTheDarkTheme() {
        ui::applyTheme(ui::Theme::Dark);
        ui::WorkbenchStyle style;
        QCheckBox box;
        box.setStyle(&style);
        const QPalette palette = QApplication::palette();
        QVERIFY(palette.color(QPalette::Window).lightness() < 60);
        box.resize(40, 40);
        const QImage image = box.grab().toImage();
        int lightest = 0;
        for (int x = 0; x < image.width(); ++x)
            lightest = std::max(lightest, image.pixelColor(x, image.height() / 2).lightness());
        QVERIFY2(lightest > 110, qPrintable(QString::number(lightest)));
        QTabBar tabs;
        tabs.setStyle(&style);
        tabs.addTab("first");
        tabs.addTab("second");
        const QImage bar = tabs.grab().toImage();
        const QColor mark = palette.color(QPalette::Highlight);
        const QPoint chosen = tabs.tabRect(0).center();
        const QPoint other = tabs.tabRect(1).center();
        QCOMPARE(bar.pixelColor(chosen.x(), tabs.tabRect(0).top() + 1), mark);
        QVERIFY(bar.pixelColor(other.x(), tabs.tabRect(1).top() + 1) != mark);
        ui::applyTheme(ui::Theme::System);
    }
};

QTEST_MAIN(MannersTest)
#include "ui_manners_test.moc"

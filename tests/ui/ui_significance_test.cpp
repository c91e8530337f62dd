// SPDX-License-Identifier: GPL-3.0-or-later
// Significance and results over runs with known losses.
#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

#include "tests/ui/finished_study.h"
#include "ui/analysis_options_dialog.h"
#include "ui/effect_plot.h"
#include "ui/qq_plot.h"
#include "ui/results_page.h"
#include "ui/text.h"

using ui::SignificanceTab;

namespace {

QString cell(ui::StatisticsPanel& panel, int row, int column) {
    return panel.model().index(row, column).data().toString();
}

int rowWith(ui::StatisticsPanel& panel, int column, const QString& text) {
    for (int row = 0; row < panel.model().rowCount(); ++row)
        if (cell(panel, row, column).contains(text)) return row;
    return -1;
}

}  // namespace

class SignificanceTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { isolateUserSettings(); }

    void everyTestOverTheRatiosStandsInTheTable() {
        Finished fixture;
        ui::StatisticsPanel& panel = fixture.panel(SignificanceTab::Anova);
        QAbstractItemModelTester tester(&panel.model());
        const stats::LengthAnalysis& length = fixture.analysis().perLength[0];
        const int blocked = rowWith(panel, 1, "randomised-block");
        QCOMPARE(cell(panel, blocked, 0), "L 64");
        QCOMPARE(cell(panel, blocked, 3), "2, 4");
        QCOMPARE(cell(panel, blocked, 4), ui::fixed(length.blocked->f, 3));
        QCOMPARE(cell(panel, blocked, 5), ui::probability(length.blocked->p));
        for (const char* test :
             {"one-way ANOVA", "Welch ANOVA", "Brown-Forsythe", "Greenhouse-Geisser", "Friedman",
              "Kruskal-Wallis", "Bayes factor", "two-way ANOVA, seed as block: length × keep ratio",
              "two-way ANOVA within seeds", "two-way ANOVA, type III"})
            QVERIFY2(rowWith(panel, 1, test) >= 0, test);
        fixture.choose("anovaScope", "grid only");
        QCOMPARE(rowWith(panel, 0, "L 64"), -1);
        QVERIFY(rowWith(panel, 0, "grid") >= 0);
    }

    void theMatrixHoldsPBelowAndDifferencesAboveItsDiagonal() {
        Finished fixture;
        ui::StatisticsPanel& panel = fixture.panel(SignificanceTab::Pairs);
        QAbstractItemModelTester tester(&panel.model());
        const stats::LengthAnalysis& length = fixture.analysis().perLength[0];
        QCOMPARE(panel.model().rowCount(), 3);
        QCOMPARE(panel.model().columnCount(), 4);
        const stats::PairComparison& pair = length.tukeyBlocked->pairs[1];  // 0.25 and 0.75
        QCOMPARE(cell(panel, 2, 1), ui::probability(pair.p));
        const QString above = cell(panel, 0, 3);
        QVERIFY2(above.startsWith(pair.diff > 0 ? QStringLiteral("−") : QStringLiteral("+")),
                 qPrintable(above));  // row minus column
        QVERIFY(above.contains(ui::fixed(std::abs(pair.diff), 4)));
        QVERIFY(above.contains(ui::fixed(-pair.hi, 4)));
        QCOMPARE(cell(panel, 1, 2), ui::fixed(*length.cells[1].mean, 4));
        QVERIFY(panel.model().index(2, 1).data(Qt::BackgroundRole).isValid());
        QVERIFY(panel.note().contains("Tukey HSD, seed as block, n = 3"));
    }

    void methodsAndAdjustmentsChangeTheList() {
        Finished fixture;
        ui::StatisticsPanel& panel = fixture.panel(SignificanceTab::Pairs);
        const stats::LengthAnalysis& length = fixture.analysis().perLength[0];
        fixture.choose("pairView", "list");
        QCOMPARE(panel.model().rowCount(), 3);
        QCOMPARE(cell(panel, 0, 0), "0.5 − 0.25");
        fixture.choose("pairTest", "t, paired by seed");
        QCOMPARE(cell(panel, 0, 5), ui::probability(length.pairedT->bonferroni[0]));
        QVERIFY(
            cell(panel, 0, 2).contains(ui::fixed(length.pairedT->bonferroniIntervals[0].lower, 4)));
        const std::vector<std::pair<QString, const std::vector<double>*>> adjusted = {
            {"Holm", &length.pairedT->holm},
            {"Hochberg", &length.pairedT->hochberg},
            {"Hommel", &length.pairedT->hommel},
            {"Benjamini-Hochberg", &length.pairedT->benjaminiHochberg},
            {"Benjamini-Yekutieli", &length.pairedT->benjaminiYekutieli}};
        for (const auto& [name, p] : adjusted) {
            fixture.choose("pairAdjustment", name);
            for (int row = 0; row < 3; ++row)
                QCOMPARE(cell(panel, row, 5), ui::probability((*p)[static_cast<std::size_t>(row)]));
            QCOMPARE(cell(panel, 0, 2), "–");  // no interval agrees with a stepwise p
        }
        fixture.choose("pairTest", "Dunnett against dense");
        QCOMPARE(cell(panel, 0, 0), "0.25 − dense");
        QCOMPARE(cell(panel, 0, 5), ui::probability(length.dunnettDense->comparisons[0].p));
        fixture.choose("pairTest", "Hsu, against the best, seed as block");
        QCOMPARE(panel.model().rowCount(), 3);
        QCOMPARE(cell(panel, 1, 6) == "may be the best", bool(length.mcbBlocked->candidate[1]));
        QVERIFY(fixture.child<QComboBox>("pairView")->isHidden());
        fixture.choose("pairTest", "Dunnett, below the baseline (one-sided)");
        const stats::ControlComparison& below = length.dunnettSmaller->comparisons[0];
        QCOMPARE(cell(panel, 0, 5), ui::probability(below.p));
        QCOMPARE(cell(panel, 0, 2), "(−∞, " + ui::fixed(below.hi, 4) + "]");
    }

    void effectSizesAreListedAndDrawn() {
        Finished fixture;
        ui::StatisticsPanel& panel = fixture.panel(SignificanceTab::Effects);
        const stats::PairEffect& effect = fixture.analysis().perLength[0].effects[0];
        QCOMPARE(cell(panel, 0, 1), ui::fixed(effect.independent->d, 2));
        QCOMPARE(cell(panel, 0, 3), ui::fixed(effect.independent->g, 2));
        QCOMPARE(cell(panel, 0, 5), ui::fixed(effect.paired->d, 2));
        QCOMPARE(fixture.page().effectPlot().effectCount(), 3);
    }

    void everyResidualIsAPointThatNamesItsRun() {
        Finished fixture;
        ui::StatisticsPanel& panel = fixture.panel(SignificanceTab::Assumptions);
        QVERIFY(rowWith(panel, 2, "Shapiro-Wilk") >= 0);
        QVERIFY(rowWith(panel, 2, "Brown-Forsythe") >= 0);
        QVERIFY(rowWith(panel, 2, "Greenhouse-Geisser") >= 0);
        ui::QqPlot& plot = fixture.page().qqPlot();
        QCOMPARE(plot.pointCount(), 9);
        const stats::ResidualPoint& last = fixture.analysis().perLength[0].residuals->points.back();
        const QString named = plot.pointAt(plot.placeOf(8));
        QVERIFY2(named.contains(QStringLiteral("seed %1").arg(last.seed)), qPrintable(named));
        QVERIFY(plot.pointAt({-500, -500}).isEmpty());
    }

    void theLengthFollowsTheGrid() {
        Finished fixture;
        fixture.page().showTab(SignificanceTab::Effects);
        fixture.click(1, 0, Qt::ControlModifier);
        QCOMPARE(fixture.child<QComboBox>("significanceLength")->currentText(), "L 128");
        QCOMPARE(cell(fixture.page().panel(SignificanceTab::Effects), 0, 1),
                 ui::fixed(fixture.analysis().perLength[1].effects[0].independent->d, 2));
    }

    void resultsShowTheMinimumAndWhatIsDoubtful() {
        Finished fixture;
        auto* page = fixture.window->findChild<ui::ResultsPage*>();
        ui::StatisticsPanel& panel = page->panel();
        QAbstractItemModelTester tester(&panel.model());
        QCOMPARE(panel.model().rowCount(), 2);
        const stats::LengthAnalysis& length = fixture.analysis().perLength[0];
        const stats::CellSummary& best = length.cells[*length.best];
        QCOMPARE(cell(panel, 0, 1), ui::ratioText(best.keepRatio));
        QVERIFY(cell(panel, 0, 3).startsWith(ui::fixed(*best.mean, 4) + " ["));
        QVERIFY(cell(panel, 0, 3).endsWith("⚑"));
        QCOMPARE(cell(panel, 0, 10), ui::fixed(*best.mean - 0.125, 4));
        QVERIFY(cell(panel, 0, 11).contains("rose after the minimum (1 of 3 runs)"));
        QCOMPARE(cell(panel, 0, 5), ui::fixed(100 * *best.improvementOverDense, 2) + " %");
        for (int column = 0; column < panel.model().columnCount(); ++column)
            QVERIFY(!panel.model()
                         .headerData(column, Qt::Horizontal, Qt::ToolTipRole)
                         .toString()
                         .isEmpty());
    }

    void aClickOnAHeaderSortsNumbersAndAnUpdateKeepsTheOrder() {
        Finished fixture([](const auto& spec) { return spec.seed == 3 && spec.length == 128; });
        ui::StatisticsPanel& panel = fixture.panel(SignificanceTab::Anova);
        panel.view().sortByColumn(5, Qt::DescendingOrder);
        const QString first = cell(panel, 0, 5);
        QCOMPARE(first, "–");  // what has no p comes last, and first in reverse
        panel.view().sortByColumn(4, Qt::AscendingOrder);
        const double least = cell(panel, 0, 4).toDouble();
        QVERIFY(least <= cell(panel, 1, 4).toDouble());
        const auto before = fixture.window->analysis().current();
        for (const runs::RunView& run : fixture.workbench->study()->runs())
            if (run.status != runs::RunStatus::Done)
                Finished::finish(*fixture.workbench->study(), run);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.window->analysis().current() != before, 10000);
        QTRY_VERIFY(!fixture.analysis().interim);
        for (int row = 1; row < panel.model().rowCount(); ++row) {
            const QString text = cell(panel, row, 4);
            if (text != "–") QVERIFY(cell(panel, row - 1, 4).toDouble() <= text.toDouble());
        }
    }

    void tablesAreCopiedAndSaved() {
        Finished fixture;
        ui::StatisticsPanel& panel = fixture.panel(SignificanceTab::Power);
        QVERIFY(panel.findChild<QToolButton*>("copyTable")->menu()->actions().size() == 3);
        for (QAction* action : panel.findChild<QToolButton*>("copyTable")->menu()->actions()) {
            action->trigger();
            const QString text = QApplication::clipboard()->text();
            QVERIFY(text.contains("Smallest f"));
            QVERIFY(text.contains(cell(panel, 0, 3)));
        }
        const QString path = fixture.folder() + "/power.tex";
        panel.findChild<QToolButton*>("saveTable")->click();
        auto* dialog = panel.findChild<QFileDialog*>();
        QVERIFY(dialog);
        emit dialog->fileSelected(path);
        dialog->reject();
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString latex = QString::fromUtf8(file.readAll());
        QVERIFY(latex.startsWith("\\begin{tabular}{"));
        QVERIFY(latex.contains("L & Ratios & n"));
    }

    void theButtonPlansAndQueuesSeedsAndUndoTakesThemBack() {
        Finished fixture;
        ui::StatisticsPanel& panel = fixture.panel(SignificanceTab::Power);
        QVERIFY(panel.isVisible());
        fixture.choose("powerPlace", "L 128");
        auto* seeds = fixture.child<QSpinBox>("powerSeeds");
        QCOMPARE(static_cast<std::size_t>(seeds->value()),
                 fixture.analysis().perLength[1].seeds->needed);
        seeds->setValue(5);
        // Two more seeds in three cells, a minute each.
        QVERIFY(fixture.child<QLabel>("powerPrice")->text().contains("6 runs, about 6 min"));
        const std::size_t planned = fixture.workbench->study()->runs().size();
        QTest::mouseClick(fixture.child<QPushButton>("queueSeeds"), Qt::LeftButton);
        QCOMPARE(fixture.queued(), std::size_t(6));
        QCOMPARE(fixture.workbench->study()->runs().size(), planned + 6);
        QVERIFY(!fixture.child<QPushButton>("queueSeeds")->isEnabled());
        for (const runs::QueueItem& item : fixture.workbench->queue()->items()) {
            QCOMPARE(item.spec.length, 128);
            QVERIFY(item.spec.seed == 4 || item.spec.seed == 5);
        }
        fixture.trigger("undo");
        QCOMPARE(fixture.queued(), std::size_t(0));
        QCOMPARE(fixture.workbench->study()->runs().size(), planned);
        fixture.trigger("redo");
        QCOMPARE(fixture.queued(), std::size_t(6));
        QCOMPARE(fixture.workbench->study()->runs().size(), planned + 6);
    }

    void optionsChangeTheTestsAreRememberedAndUndone() {
        Finished fixture;
        const auto before = fixture.window->analysis().current();
        fixture.child<QToolButton>("analysisOptions")->click();
        auto* dialog = fixture.window->findChild<ui::AnalysisOptionsDialog*>();
        QVERIFY(dialog);
        dialog->findChild<QDoubleSpinBox*>("alpha")->setValue(0.01);
        dialog->findChild<QCheckBox*>("effectStated")->setChecked(true);
        dialog->findChild<QDoubleSpinBox*>("smallestEffect")->setValue(0.02);
        dialog->findChild<QComboBox*>("baseline")->setCurrentIndex(0);
        dialog->accept();
        QTRY_VERIFY(fixture.window->analysis().current() != before);
        QCOMPARE(fixture.analysis().options.alpha, 0.01);
        QCOMPARE(*fixture.analysis().options.smallestEffect, 0.02);
        QCOMPARE(fixture.analysis().options.baselineRatio, 0.25);
        ui::StatisticsPanel& panel = fixture.panel(SignificanceTab::Hypotheses);
        QVERIFY(panel.note().contains("0.02 nats per token"));
        QVERIFY(panel.note().contains("analysis options were last changed"));
        fixture.reopen();
        QTRY_VERIFY(fixture.window->analysis().current() != nullptr);
        QCOMPARE(fixture.analysis().options.alpha, 0.01);
        fixture.child<QToolButton>("analysisOptions")->click();
        dialog = fixture.window->findChild<ui::AnalysisOptionsDialog*>();
        dialog->findChild<QDoubleSpinBox*>("alpha")->setValue(0.1);
        dialog->accept();
        QTRY_COMPARE(fixture.analysis().options.alpha, 0.1);
        fixture.trigger("undo");
        QTRY_COMPARE(fixture.analysis().options.alpha, 0.01);
    }

    void hypothesesCarryVerdictAndTime() {
        Finished fixture;
        ui::StatisticsPanel& panel = fixture.panel(SignificanceTab::Hypotheses);
        QAbstractItemModelTester tester(&panel.model());
        QCOMPARE(panel.model().rowCount(), 4);
        const stats::Verdict& falling = fixture.analysis().verdicts.back();
        QCOMPARE(cell(panel, 3, 1), stats::toText(falling.state));
        QCOMPARE(cell(panel, 3, 2), QString::fromStdString(falling.sentence));
        QVERIFY(panel.note().contains("with the experiment"));
        QVERIFY(panel.note().contains("α 0.05"));
    }
};

QTEST_MAIN(SignificanceTest)
#include "ui_significance_test.moc"

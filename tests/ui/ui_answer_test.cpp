// SPDX-License-Identifier: GPL-3.0-or-later
// The answer strip over runs with known losses: its sentences, what they rest on, what is interim.
#include <QDockWidget>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabWidget>
#include <optional>

#include "stats/number_text.h"
#include "tests/ui/finished_study.h"
#include "ui/answer_strip.h"
#include "ui/results_page.h"

using ui::SignificanceTab;

namespace {

/// Where the sentences of the answer lead, in their order.
QStringList sentenceLinks(Finished& fixture) {
    QStringList links;
    static const QRegularExpression anchor(QStringLiteral("<a href=\"([^\"]+)\">proof</a>"));
    auto found = anchor.globalMatch(fixture.child<QLabel>("answerText")->text());
    while (found.hasNext()) links.push_back(found.next().captured(1));
    return links;
}

void follow(Finished& fixture, const QString& link) {
    emit fixture.child<QLabel>("answerText")->linkActivated(link);
}

}  // namespace

class AnswerTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { isolateUserSettings(); }

    void theAnswerLinksToItsProofAndOffersSeeds() {
        Finished fixture;
        ui::AnswerStrip& strip = fixture.window->answerStrip();
        const QString answer = QString::fromStdString(fixture.analysis().answer);
        QVERIFY2(strip.text().startsWith(answer), qPrintable(strip.text()));
        QVERIFY(strip.text().contains("Falling optimum: "));
        auto* text = fixture.child<QLabel>("answerText");
        emit text->linkActivated("hypotheses");
        QVERIFY(fixture.page().isVisible());
        QCOMPARE(&fixture.page().panel(SignificanceTab::Hypotheses),
                 fixture.page().tabs().currentWidget());
        emit text->linkActivated("results");
        QVERIFY(fixture.window->findChild<ui::ResultsPage*>()->isVisible());
        fixture.click(1, 0, Qt::ControlModifier);
        QVERIFY(strip.text().startsWith(
            QString::fromStdString(fixture.analysis().perLength[1].answer)));
        QVERIFY(text->text().contains("pairs:128"));
        emit text->linkActivated("pairs:128");
        QCOMPARE(fixture.child<QComboBox>("pairTest")->currentText(),
                 "Hsu, against the best, seed as block");
        auto* queue = fixture.child<QPushButton>("answerQueue");
        const stats::LengthAnalysis& length = fixture.analysis().perLength[1];
        QVERIFY(length.notDistinguishable.size() > 1);
        QVERIFY(queue->isVisible());
        QTest::mouseClick(queue, Qt::LeftButton);
        QCOMPARE(fixture.queued(), 3 * length.seeds->more());
        QVERIFY(!queue->isVisible());
        QVERIFY(strip.text().contains("queued"));
    }

    void eachSentenceOpensTheTableThatItRestsOn() {
        Finished fixture;
        const auto fromOutside = [&] {  // every sentence is followed from the curves
            fixture.page().showTab(SignificanceTab::Anova);
            fixture.window->findChild<QDockWidget*>("curvesDock")->raise();
        };
        const auto inFront = [&](SignificanceTab tab) {
            return fixture.page().isVisible() &&
                   fixture.page().tabs().currentIndex() == static_cast<int>(tab);
        };
        const QStringList grid = sentenceLinks(fixture);
        QCOMPARE(grid.size(), 2);
        fromOutside();
        follow(fixture, grid[0]);
        QTRY_VERIFY(fixture.window->findChild<ui::ResultsPage*>()->isVisible());
        fromOutside();
        follow(fixture, grid[1]);
        QTRY_VERIFY(inFront(SignificanceTab::Hypotheses));

        fixture.click(1, 0, Qt::ControlModifier);
        const QStringList length = sentenceLinks(fixture);
        QCOMPARE(length.size(), 2);
        fixture.choose("significanceLength", "L 64");
        fromOutside();
        follow(fixture, length[0]);
        QTRY_VERIFY(inFront(SignificanceTab::Pairs));
        QCOMPARE(fixture.child<QComboBox>("significanceLength")->currentText(), "L 128");
        QCOMPARE(fixture.child<QComboBox>("pairTest")->currentText(),
                 "Hsu, against the best, seed as block");
        fromOutside();
        follow(fixture, length[1]);
        QTRY_VERIFY(inFront(SignificanceTab::Power));
        QCOMPARE(fixture.child<QComboBox>("powerPlace")->currentText(), "L 128");
    }

    void theAnswerFitsItsLines() {
        Finished fixture;
        auto* text = fixture.child<QLabel>("answerText");
        for (const int width : {1024, 1280, 2560}) {
            fixture.window->resize(width, 800);
            QTRY_COMPARE(fixture.window->width(), width);
            QTRY_VERIFY2(text->heightForWidth(text->width()) <= text->height(),
                         qPrintable(text->text()));
            if (width > 1024)
                QVERIFY2(text->heightForWidth(text->width()) <=
                             3 * text->fontMetrics().lineSpacing() + 8,
                         qPrintable(text->text()));
        }
    }

    void anUnfinishedStudyIsCalledInterimWithItsBoundary() {
        Finished fixture([](const auto& spec) { return spec.seed == 3; });
        QVERIFY(fixture.analysis().interim);
        auto* state = fixture.child<QLabel>("interimState");
        fixture.panel(SignificanceTab::Pairs);
        QVERIFY(state->isVisible());
        const auto& looks = fixture.analysis().perLength[0].looks;
        for (const std::string& boundary :
             {stats::pValueText(looks.runs->nominalP), stats::pValueText(looks.blocks->nominalP)})
            QVERIFY2(state->text().contains(QString::fromStdString(boundary)),
                     qPrintable(state->text()));
        QVERIFY(
            fixture.window->findChild<ui::ResultsPage*>()->panel().note().startsWith("Interim"));
    }

    void theEndOfTheLastRunTurnsTheInterimAnswerIntoTheFinalOne() {
        Finished fixture([](const auto& spec) { return spec.seed == 3 && spec.keepRatio == 0.75; });
        QVERIFY(fixture.analysis().interim);
        fixture.behaviour->steps = 12;
        fixture.workbench->queueEverything();
        fixture.workbench->start();
        QElapsedTimer ended;
        std::optional<qint64> analysedMs;
        const QObject listener;
        QObject::connect(fixture.workbench.get(), &ui::Workbench::changed, &listener,
                         [&](const ui::Change& change) {
                             const auto* study = fixture.workbench->study();
                             if ((change.aspects & ui::Aspect::Runs) && !ended.isValid() &&
                                 study->unfinished().empty())
                                 ended.start();
                         });
        QObject::connect(&fixture.window->analysis(), &ui::StudyAnalysis::updated, &listener, [&] {
            if (!analysedMs && !fixture.analysis().interim) analysedMs = ended.elapsed();
        });
        QTRY_VERIFY_WITH_TIMEOUT(ended.isValid(), 20000);
        QTRY_VERIFY(analysedMs);
        qInfo("from the end of the last run to its analysis: %lld ms", *analysedMs);
        QCOMPARE(fixture.analysis().counts.done, std::size_t(18));
        QTRY_VERIFY(fixture.window->answerStrip().text().startsWith(
            QString::fromStdString(fixture.analysis().answer)));
    }
};

QTEST_MAIN(AnswerTest)
#include "ui_answer_test.moc"

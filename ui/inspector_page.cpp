// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector_page.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTextBrowser>
#include <QUrl>
#include <QtConcurrent>
#include <algorithm>

#include "ui/cell_summary.h"
#include "ui/text.h"
#include "ui/workbench.h"

namespace ui {
namespace {

QString escaped(const std::string& text) {
    return QString::fromStdString(text).toHtmlEscaped();
}

QString line(const QString& name, const QString& value) {
    return QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td>%2</td></tr>").arg(name, value);
}

QString resultRows(const runs::RunResult& result) {
    QString rows = line(QObject::tr("final validation loss"),
                        QStringLiteral("%1 nats/token").arg(result.finalLoss, 0, 'f', 6));
    rows += line(
        QObject::tr("lowest of the curve"),
        QObject::tr("%1 at step %2").arg(result.minCurveLoss, 0, 'f', 6).arg(result.minCurveStep));
    rows += line(QObject::tr("accuracy"), significant(result.finalAccuracy));
    rows += line(QObject::tr("perplexity"), significant(result.perplexity));
    rows += line(QObject::tr("tokens seen"), counted(result.tokensSeen));
    rows += line(QObject::tr("epochs"), significant(result.epochs, 3));
    rows += line(QObject::tr("time as it ran"), duration(result.elapsedSeconds));
    rows += line(QObject::tr("peak memory"), dataSize(static_cast<double>(result.peakBytes)));
    if (result.fallingSteeply)
        rows += line(QObject::tr("flag"), QObject::tr("still falling steeply at the end"));
    if (result.roseAfterMinimum)
        rows += line(QObject::tr("flag"), QObject::tr("rose by more than 1 % after its minimum"));
    return rows;
}

QString descriptionHtml(const runs::RunDescription& description) {
    QString html = QStringLiteral("<table>");
    html += line(QObject::tr("device"), escaped(description.device));
    html += line(QObject::tr("environment"), escaped(description.environment));
    html += line(QObject::tr("text"), escaped(description.corpus));
    html += line(QObject::tr("engine"), escaped(description.engineVersion));
    html += line(
        QObject::tr("stacked with"),
        QObject::tr("%1 runs").arg(qMax<qsizetype>(1, qsizetype(description.cohort.size())) - 1));
    html += QStringLiteral("</table>");
    if (!description.gates.empty()) {
        html +=
            QStringLiteral("<h4>%1</h4><table>").arg(QObject::tr("Checks before the first step"));
        for (const training::GateResult& gate : description.gates)
            html += line(escaped(gate.gate),
                         (gate.passed ? QObject::tr("passed: ") : QObject::tr("failed: ")) +
                             escaped(gate.detail));
        html += QStringLiteral("</table>");
    }
    html += QStringLiteral("<h4>%1</h4><pre>%2</pre>")
                .arg(QObject::tr("Settings"), escaped(description.settingsJson));
    return html;
}

}  // namespace

InspectorPage::InspectorPage(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      m_workbench(workbench),
      m_runs(new QComboBox),
      m_open(new QPushButton(tr("Open folder"))),
      m_text(new QTextBrowser) {
    m_runs->setAccessibleName(tr("Run"));
    m_runs->setMinimumWidth(260);
    m_text->setFrameShape(QFrame::NoFrame);
    auto* tools = new QHBoxLayout;
    tools->addWidget(m_runs);
    tools->addWidget(m_open);
    tools->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addLayout(tools);
    layout->addWidget(m_text, 1);
    connect(m_runs, &QComboBox::currentIndexChanged, this, &InspectorPage::inspect);
    connect(m_open, &QPushButton::clicked, this, [this] {
        const runs::Study* study = m_workbench.study();
        const QString id = m_runs->currentData().toString();
        if (study && !id.isEmpty())
            QDesktopServices::openUrl(QUrl::fromLocalFile(
                QString::fromStdString(study->runFolder(id.toStdString()).string())));
    });
    connect(&m_workbench, &Workbench::changed, this, &InspectorPage::onChange);
    listRuns();
}

void InspectorPage::onChange(const Change& change) {
    if (change.aspects & (Aspect::Selection | Aspect::Experiment | Aspect::Plan)) return listRuns();
    if (!(change.aspects & Aspect::Runs)) return;
    const runs::Study* study = m_workbench.study();
    const runs::RunId shown = m_runs->currentData().toString().toStdString();
    const runs::RunView* run = study ? study->find(shown) : nullptr;
    // While it trains the numbers are in the curves; the record is read again when it has ended.
    const bool ended = run && stateOf(*run) != CellState::Running;
    if (ended && std::find(change.runs.begin(), change.runs.end(), shown) != change.runs.end())
        inspect();
}

void InspectorPage::listRuns() {
    const QSignalBlocker quiet(m_runs);
    m_runs->clear();
    const runs::Study* study = m_workbench.study();
    if (study)
        for (const runs::RunId& id : m_workbench.runsOf(m_workbench.selection())) {
            const runs::RunView* run = study->find(id);
            m_runs->addItem(
                QStringLiteral("%1 · seed %2")
                    .arg(cellName({run->spec.length, run->spec.keepRatio, run->spec.attention}))
                    .arg(run->spec.seed),
                QString::fromStdString(id));
        }
    m_runs->setEnabled(m_runs->count() > 0);
    m_open->setEnabled(m_runs->count() > 0);
    inspect();
}

void InspectorPage::inspect() {
    const runs::Study* study = m_workbench.study();
    const runs::RunView* run =
        study ? study->find(m_runs->currentData().toString().toStdString()) : nullptr;
    ++m_reading;
    if (!run) {
        m_text->setHtml(
            tr("<p>Select a cell of the grid to see its runs: settings, checks, result, "
               "and what went wrong.</p>"));
        return;
    }
    const auto copy = std::make_shared<const runs::Study>(*study);
    QtConcurrent::run([copy, id = run->id] {
        return std::make_shared<const runs::RunInspection>(copy->inspect(id));
    })
        .then(this, [this, reading = m_reading,
                     shown = *run](std::shared_ptr<const runs::RunInspection> inspection) {
            if (reading == m_reading) showInspection(shown, *inspection);
        });
}

void InspectorPage::showInspection(const runs::RunView& run,
                                   const runs::RunInspection& inspection) {
    QString html = QStringLiteral("<table>");
    html += line(tr("state"), stateName(stateOf(run)));
    html += line(tr("steps"), tr("%1 of %2").arg(counted(run.step), counted(run.totalSteps)));
    html += line(tr("k"), counted(run.spec.keep));
    html += line(tr("selector"), QString::fromLatin1(experiment::name(run.spec.selector)));
    if (run.result) html += resultRows(*run.result);
    if (!run.message.empty()) html += line(tr("message"), escaped(run.message));
    if (inspection.failure)
        html += line(tr("failed at step %1").arg(inspection.failure->step),
                     escaped(inspection.failure->message));
    if (inspection.attempts > 1) html += line(tr("attempts"), QString::number(inspection.attempts));
    if (inspection.damagedLines > 0)
        html += line(tr("damaged lines"), counted(inspection.damagedLines));
    html += line(tr("folder"), escaped(inspection.folder.string()));
    html += QStringLiteral("</table>");
    if (!inspection.message.empty())
        html += QStringLiteral("<p>%1</p>").arg(escaped(inspection.message));
    if (inspection.description) html += descriptionHtml(*inspection.description);
    m_text->setHtml(html);
}

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector_page.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTextBrowser>
#include <QUrl>
#include <algorithm>
#include <optional>

#include "ui/background.h"
#include "ui/grid_content.h"
#include "ui/queue_rows.h"
#include "ui/run_report.h"
#include "ui/session.h"
#include "ui/workbench.h"

namespace ui {
namespace {

struct Reading {
    runs::RunInspection run;
    std::optional<runs::RunInspection> other;
};

}  // namespace

InspectorPage::InspectorPage(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      m_workbench(workbench),
      m_runs(new QComboBox),
      m_other(new QComboBox),
      m_open(new QPushButton(tr("Open folder"))),
      m_command(new QPushButton(tr("Copy as command"))),
      m_copy(new QPushButton(tr("Copy text"))),
      m_text(new QTextBrowser) {
    m_runs->setAccessibleName(tr("Run"));
    m_runs->setObjectName(QStringLiteral("inspectorRun"));
    m_runs->setMinimumContentsLength(24);
    m_other->setAccessibleName(tr("Compare with"));
    m_other->setObjectName(QStringLiteral("inspectorOther"));
    m_other->setMinimumContentsLength(24);
    for (QComboBox* box : {m_runs, m_other}) box->setProperty(kForgotten, true);
    m_open->setObjectName(QStringLiteral("inspectorOpen"));
    m_command->setObjectName(QStringLiteral("inspectorCommand"));
    m_command->setToolTip(
        tr("Copies the command line that trains this run again, alone, in a folder of its own"));
    m_copy->setObjectName(QStringLiteral("inspectorCopy"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setAccessibleName(tr("What is known of the run"));
    auto* tools = new QHBoxLayout;
    tools->addWidget(m_runs);
    auto* versus = new QLabel(tr("compared with"));
    tools->addWidget(versus);
    tools->addWidget(m_other);
    tools->addStretch();
    for (QPushButton* button : {m_open, m_command, m_copy}) {
        button->setAutoDefault(true);  // Enter presses it, as Space does
        tools->addWidget(button);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addLayout(tools);
    layout->addWidget(m_text, 1);
    connect(m_runs, &QComboBox::currentIndexChanged, this, &InspectorPage::inspect);
    connect(m_other, &QComboBox::currentIndexChanged, this, &InspectorPage::inspect);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (const runs::RunView* run = chosen(*m_runs))
            QDesktopServices::openUrl(QUrl::fromLocalFile(
                QString::fromStdString(m_workbench.study()->runFolder(run->id).string())));
    });
    connect(m_command, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(command()); });
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_text->toPlainText()); });
    connect(&m_workbench, &Workbench::changed, this, &InspectorPage::onChange);
    listOthers();
    listRuns();
}

void InspectorPage::onChange(const Change& change) {
    if (change.aspects & (Aspect::Experiment | Aspect::Plan)) listOthers();
    if (change.aspects & (Aspect::Selection | Aspect::Experiment | Aspect::Plan)) return listRuns();
    if (!(change.aspects & Aspect::Runs)) return;
    const runs::RunView* run = chosen(*m_runs);
    // While it trains the numbers are in the curves; the record is read again when it has ended.
    const bool ended = run && stateOf(*run) != CellState::Running;
    const bool concerned =
        change.runs.empty() ||
        (run && std::find(change.runs.begin(), change.runs.end(), run->id) != change.runs.end());
    if (ended && concerned) inspect();
}

void InspectorPage::listRuns() {
    const QSignalBlocker quiet(m_runs);
    const QString before = m_runs->currentData().toString();
    m_runs->clear();
    if (const runs::Study* study = m_workbench.study())
        for (const runs::RunId& id : m_workbench.runsOf(m_workbench.selection()))
            m_runs->addItem(runName(study->find(id)->spec), QString::fromStdString(id));
    m_runs->setCurrentIndex(std::max(0, m_runs->findData(before)));
    const bool any = m_runs->count() > 0;
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_runs, m_other, m_open, m_command, m_copy})
        widget->setEnabled(any);
    inspect();
}

void InspectorPage::listOthers() {
    const QSignalBlocker quiet(m_other);
    const QString before = m_other->currentData().toString();
    m_other->clear();
    m_other->addItem(tr("no other run"));
    if (const runs::Study* study = m_workbench.study())
        for (const runs::RunView& run : study->runs())
            m_other->addItem(runName(run.spec), QString::fromStdString(run.id));
    m_other->setCurrentIndex(std::max(0, m_other->findData(before)));
}

const runs::RunView* InspectorPage::chosen(const QComboBox& box) const {
    const runs::Study* study = m_workbench.study();
    return study ? study->find(box.currentData().toString().toStdString()) : nullptr;
}

QString InspectorPage::command() const {
    const runs::RunView* run = chosen(*m_runs);
    return run ? m_workbench.commandFor(run->id) : QString();
}

void InspectorPage::inspect() {
    const runs::RunView* run = chosen(*m_runs);
    ++m_reading;
    if (!run) {
        return show(
            tr("<p>Select a cell of the grid to see its runs: settings, checks, result, "
               "and what went wrong.</p>"));
    }
    const runs::RunView* other = chosen(*m_other);
    if (other == run) {  // it differs in nothing from itself
        const QSignalBlocker quiet(m_other);
        m_other->setCurrentIndex(0);
        other = nullptr;
    }
    const auto copy = std::make_shared<const runs::Study>(*m_workbench.study());
    const auto read = [copy, id = run->id, otherId = other ? other->id : runs::RunId()] {
        auto reading = std::make_shared<Reading>(Reading{copy->inspect(id), {}});
        if (!otherId.empty()) reading->other = copy->inspect(otherId);
        return reading;
    };
    inBackground(
        this, read,
        [this, number = m_reading, shown = *run,
         otherSpec =
             other ? other->spec : experiment::RunSpec()](std::shared_ptr<Reading> reading) {
            if (number != m_reading) return;
            show(reading->other
                     ? differenceReport(shown.spec, reading->run, otherSpec, *reading->other)
                     : runReport(shown, reading->run, m_workbench.messages().about(shown.id)));
        });
}

void InspectorPage::show(const QString& html) {
    if (html == m_shown) return;
    m_shown = html;
    m_text->setHtml(html);
}

}  // namespace ui

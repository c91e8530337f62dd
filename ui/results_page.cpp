// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/results_page.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/statistics_panel.h"
#include "ui/study_analysis.h"

namespace ui {

ResultsPage::ResultsPage(StudyAnalysis& analysis, QWidget* parent)
    : QWidget(parent),
      m_analysis(analysis),
      m_panel(new StatisticsPanel(tr("Results by length"))),
      m_findings(new QLabel) {
    m_findings->setWordWrap(true);
    m_findings->setTextFormat(Qt::PlainText);
    m_findings->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_findings->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* findings = new QScrollArea;  // many lengths make many sentences
    findings->setWidget(m_findings);
    findings->setWidgetResizable(true);
    findings->setFrameShape(QFrame::NoFrame);
    m_panel->addBelow(findings, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 8);
    layout->addWidget(m_panel);
    connect(&m_analysis, &StudyAnalysis::updated, this, &ResultsPage::refresh);
    refresh();
}

StatisticsModel& ResultsPage::model() {
    return m_panel->model();
}

void ResultsPage::refresh() {
    const auto analysis = m_analysis.current();
    const auto results = m_analysis.results();
    m_findings->clear();
    if (!analysis || !results)
        return m_panel->setTable(
            {{},
             {},
             tr("The best keep ratio of each length stands here once runs are done. "
                "Queue cells in the grid and press Start.")});
    StatisticsTable table = resultsTable(*analysis, *results);
    if (analysis->interim)
        table.note.prepend(tr("Interim: %1 % of the planned runs are done. ")
                               .arg(100.0 * analysis->interim->informationFraction, 0, 'f', 0));
    m_panel->setTable(std::move(table));
    QStringList sentences;
    for (const stats::LengthAnalysis& length : analysis->perLength)
        if (length.best) sentences.push_back(QString::fromStdString(length.sentence));
    for (const stats::Verdict& verdict : analysis->verdicts)
        sentences.push_back(QStringLiteral("%1. %2").arg(QString::fromStdString(verdict.statement),
                                                         QString::fromStdString(verdict.sentence)));
    m_findings->setText(sentences.join(QStringLiteral("\n\n")));
}

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/results_page.h"

#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/statistics_tables.h"
#include "ui/study_analysis.h"

namespace ui {

ResultsPage::ResultsPage(StudyAnalysis& analysis, QWidget* parent)
    : QWidget(parent),
      m_analysis(analysis),
      m_model(new StatisticsModel(this)),
      m_view(makeStatisticsView(m_model, tr("Results by length"))),
      m_note(new QLabel),
      m_verdicts(new QLabel) {
    for (QLabel* label : {m_note, m_verdicts}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_verdicts);
    layout->addWidget(m_note);
    connect(&m_analysis, &StudyAnalysis::updated, this, &ResultsPage::refresh);
    refresh();
}

void ResultsPage::refresh() {
    const auto analysis = m_analysis.current();
    if (!analysis) {
        m_model->setTable({}, {});
        m_note->setText(tr("The best keep ratio of each length stands here once runs are done."));
        m_verdicts->clear();
        return;
    }
    StatisticsTable table = resultsTable(*analysis);
    m_model->setTable(std::move(table.columns), std::move(table.rows));
    QString note = table.note;
    if (analysis->interim)
        note.prepend(tr("Interim: %1 % of the planned runs are done. ")
                         .arg(100.0 * analysis->interim->informationFraction, 0, 'f', 0));
    m_note->setText(note);
    QStringList sentences;
    for (const stats::LengthAnalysis& length : analysis->perLength)
        if (!length.sentence.empty()) sentences.push_back(QString::fromStdString(length.sentence));
    m_verdicts->setText(sentences.join(QLatin1Char('\n')));
}

}  // namespace ui

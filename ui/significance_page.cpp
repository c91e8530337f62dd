// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/significance_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/study_analysis.h"

namespace ui {

SignificancePage::SignificancePage(StudyAnalysis& analysis, QWidget* parent)
    : QWidget(parent),
      m_analysis(analysis),
      m_tabs(new QTabWidget),
      m_length(new QComboBox),
      m_method(new QComboBox),
      m_state(new QLabel) {
    m_tabs->setDocumentMode(true);
    addTab(tr("ANOVA"), anovaTable);
    QWidget* pairs = addTab(tr("Pairs"), [this](const stats::GridAnalysis& all) {
        const int at = m_length->currentIndex();
        if (at < 0 || static_cast<std::size_t>(at) >= all.perLength.size())
            return StatisticsTable();
        return pairsTable(all, static_cast<std::size_t>(at),
                          static_cast<PairMethod>(m_method->currentData().toInt()));
    });
    static_cast<QVBoxLayout*>(pairs->layout())->insertWidget(0, pairChoices());
    addTab(tr("Hypotheses"), hypothesesTable);
    addTab(tr("Assumptions"), assumptionsTable);
    addTab(tr("Power"), powerTable);
    m_state->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 8);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_state);
    connect(&m_analysis, &StudyAnalysis::updated, this, &SignificancePage::refresh);
    connect(m_length, &QComboBox::activated, this, &SignificancePage::refresh);
    connect(m_method, &QComboBox::activated, this, &SignificancePage::refresh);
    refresh();
}

QWidget* SignificancePage::addTab(const QString& title, Make make) {
    auto* model = new StatisticsModel(this);
    auto* note = new QLabel;
    note->setWordWrap(true);
    note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(makeStatisticsView(model, title), 1);
    layout->addWidget(note);
    m_tabs->addTab(page, title);
    m_parts.push_back({model, note, std::move(make)});
    return page;
}

QWidget* SignificancePage::pairChoices() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_length->setAccessibleName(tr("Length"));
    m_method->setAccessibleName(tr("Method"));
    for (const PairMethod method : allPairMethods())
        m_method->addItem(title(method), static_cast<int>(method));
    layout->addWidget(m_length);
    layout->addWidget(m_method);
    layout->addStretch();
    return row;
}

void SignificancePage::fillLengths() {
    const auto analysis = m_analysis.current();
    const int before = m_length->currentIndex();
    m_length->clear();
    if (!analysis) return;
    for (const stats::LengthAnalysis& length : analysis->perLength)
        m_length->addItem(QStringLiteral("L %1").arg(length.length));
    m_length->setCurrentIndex(std::clamp(before, 0, m_length->count() - 1));
}

void SignificancePage::refresh() {
    const auto analysis = m_analysis.current();
    fillLengths();
    for (const Tab& part : m_parts) {
        StatisticsTable table = analysis ? part.make(*analysis) : StatisticsTable();
        part.note->setText(analysis
                               ? table.note
                               : tr("Tests stand here once two keep ratios have two runs each."));
        part.model->setTable(std::move(table.columns), std::move(table.rows));
    }
    m_state->setText(analysis && analysis->interim
                         ? tr("Interim: %1 % of the planned runs are done. A p value counts at "
                              "this look only below "
                              "%2 (O'Brien-Fleming boundary).")
                               .arg(100.0 * analysis->interim->informationFraction, 0, 'f', 0)
                               .arg(QString::number(analysis->interim->nominalP, 'g', 3))
                         : QString());
    m_state->setVisible(!m_state->text().isEmpty());
}

}  // namespace ui

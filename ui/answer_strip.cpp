// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/answer_strip.h"

#include <QHBoxLayout>
#include <QLabel>

#include "ui/study_analysis.h"
#include "ui/workbench.h"

namespace ui {
namespace {

QString plan(const runs::Study& study) {
    const experiment::GridSettings& grid = study.settings().grid;
    return QObject::tr(
               "Will tell which of %1 keep ratios k/L gives the lowest validation loss at each "
               "of %2 lengths L, from %3 runs with %4 seeds.")
        .arg(grid.keepRatios.size())
        .arg(grid.lengths.size())
        .arg(study.runs().size())
        .arg(grid.seeds.size());
}

}  // namespace

AnswerStrip::AnswerStrip(Workbench& workbench, StudyAnalysis& analysis, QWidget* parent)
    : QWidget(parent),
      m_workbench(workbench),
      m_analysis(analysis),
      m_text(new QLabel),
      m_flag(new QLabel) {
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setObjectName(QStringLiteral("answerText"));
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFixedHeight(3 * fontMetrics().height() + 8);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 2, 12, 2);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_flag);
    connect(&m_workbench, &Workbench::changed, this, &AnswerStrip::onChange);
    connect(&m_analysis, &StudyAnalysis::updated, this, &AnswerStrip::refresh);
    refresh();
}

QString AnswerStrip::text() const {
    return m_text->text();
}

void AnswerStrip::onChange(const Change& change) {
    if (change.aspects & (Aspect::Experiment | Aspect::Plan | Aspect::Selection)) refresh();
}

void AnswerStrip::refresh() {
    const runs::Study* study = m_workbench.study();
    const auto analysis = m_analysis.current();
    m_flag->setText(analysis && analysis->interim ? tr("interim") : QString());
    if (!study) return m_text->clear();
    if (!analysis) return m_text->setText(plan(*study));
    // The selected length is the one asked about; otherwise the longest that has an answer.
    const std::vector<CellKey>& selection = m_workbench.selection();
    QString answer;
    QStringList all;
    for (const stats::LengthAnalysis& length : analysis->perLength) {
        if (length.sentence.empty()) continue;
        const QString sentence = QString::fromStdString(length.sentence);
        const bool asked =
            !selection.empty() && static_cast<double>(selection.front().length) == length.length;
        if (asked || all.isEmpty() || selection.empty()) answer = sentence;
        all.push_back(sentence);
    }
    for (const stats::Verdict& verdict : analysis->verdicts) {
        const QString sentence = QString::fromStdString(verdict.sentence);
        if (verdict.id == "falling" && !sentence.isEmpty()) answer += QLatin1Char('\n') + sentence;
        if (!sentence.isEmpty()) all.push_back(sentence);
    }
    m_text->setText(answer.isEmpty() ? plan(*study) : answer);
    m_text->setToolTip(all.join(QLatin1Char('\n')));
}

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis_options_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

#include "ui/default_button.h"
#include "ui/study_analysis.h"
#include "ui/text.h"

namespace ui {
namespace {

constexpr double kOfferedEffect = 0.01;  // nats per token, until the user states one

QDoubleSpinBox* numberBox(const QString& name, double low, double high, double step, int decimals) {
    auto* box = new QDoubleSpinBox;
    box->setObjectName(name);
    box->setDecimals(decimals);
    box->setRange(low, high);
    box->setSingleStep(step);
    box->setLocale(QLocale::c());
    return box;
}

}  // namespace

AnalysisOptionsDialog::AnalysisOptionsDialog(StudyAnalysis& analysis,
                                             const std::vector<double>& keepRatios, QWidget* parent)
    : QDialog(parent),
      m_analysis(analysis),
      m_alpha(numberBox(QStringLiteral("alpha"), 0.0001, 0.4999, 0.01, 4)),
      m_confidence(numberBox(QStringLiteral("confidence"), 50.0, 99.99, 1.0, 2)),
      m_stated(new QCheckBox(tr("Stated:"))),
      m_effect(numberBox(QStringLiteral("smallestEffect"), 0.0001, 100.0, 0.005, 4)),
      m_baseline(new QComboBox),
      m_trouble(new QLabel) {
    setWindowTitle(tr("Analysis options"));
    m_stated->setObjectName(QStringLiteral("effectStated"));
    m_baseline->setObjectName(QStringLiteral("baseline"));
    m_confidence->setSuffix(QStringLiteral(" %"));
    m_effect->setSuffix(tr(" nats/token"));
    addRows(keepRatios);
}

void AnalysisOptionsDialog::addRows(const std::vector<double>& keepRatios) {
    const runs::AnalysisChoices& now = m_analysis.choices();
    m_alpha->setValue(now.alpha);
    m_confidence->setValue(100.0 * now.confidence);
    m_stated->setChecked(now.smallestEffect.has_value());
    m_effect->setValue(now.smallestEffect.value_or(kOfferedEffect));
    m_effect->setEnabled(m_stated->isChecked());
    connect(m_stated, &QCheckBox::toggled, m_effect, &QWidget::setEnabled);
    std::vector<double> ratios = keepRatios;
    if (std::find(ratios.begin(), ratios.end(), now.baselineRatio) == ratios.end())
        ratios.push_back(now.baselineRatio);
    std::sort(ratios.begin(), ratios.end());
    for (const double ratio : ratios)
        m_baseline->addItem(tr("k/L %1").arg(ratioText(ratio)), ratio);
    m_baseline->setCurrentIndex(m_baseline->findData(now.baselineRatio));

    auto* effect = new QHBoxLayout;
    effect->addWidget(m_stated);
    effect->addWidget(m_effect, 1);
    auto* form = new QFormLayout;
    form->addRow(tr("Significance level &alpha"), m_alpha);
    form->addRow(tr("&Confidence of intervals"), m_confidence);
    form->addRow(tr("Smallest effect of interest"), effect);
    form->addRow(tr("&Baseline"), m_baseline);
    auto* hint = new QLabel(
        tr("State these before the runs are done: the verdicts carry the time of the last change. "
           "A smallest effect of interest lets the verdicts say \"equivalent\" and tells how many "
           "seeds are needed. Confidence is that of means and effect sizes; comparisons use "
           "1 − alpha."));
    hint->setWordWrap(true);
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(hint);
    layout->addWidget(m_trouble);
    layout->addWidget(buttons);
    pressOnEnter(*this, *buttons->button(QDialogButtonBox::Ok));
    setMinimumWidth(420);
}

runs::AnalysisChoices AnalysisOptionsDialog::chosen() const {
    runs::AnalysisChoices choices = m_analysis.choices();
    choices.alpha = m_alpha->value();
    choices.confidence = m_confidence->value() / 100.0;
    choices.smallestEffect =
        m_stated->isChecked() ? std::optional(m_effect->value()) : std::nullopt;
    choices.baselineRatio = m_baseline->currentData().toDouble();
    return choices;
}

void AnalysisOptionsDialog::accept() {
    const QString wrong = m_analysis.changeChoices(chosen());
    m_trouble->setText(wrong);
    m_trouble->setVisible(!wrong.isEmpty());
    if (wrong.isEmpty()) QDialog::accept();
}

}  // namespace ui

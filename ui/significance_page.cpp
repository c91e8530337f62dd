// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/significance_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/analysis_options_dialog.h"
#include "ui/effect_plot.h"
#include "ui/figure_buttons.h"
#include "ui/pairs_tab.h"
#include "ui/power_tab.h"
#include "ui/qq_plot.h"
#include "ui/statistics_cells.h"
#include "ui/study_analysis.h"
#include "ui/text.h"
#include "ui/workbench.h"

namespace ui {
namespace {

enum class Measure { D, G, Dz };

std::vector<EffectLine> effectLines(const stats::GridAnalysis& analysis,
                                    const stats::LengthAnalysis& length, Measure measure) {
    std::vector<EffectLine> lines;
    for (const stats::PairEffect& pair : length.effects) {
        const auto& effect = measure == Measure::Dz ? pair.paired : pair.independent;
        if (!effect) continue;
        const bool corrected = measure == Measure::G;
        lines.push_back({QStringLiteral("%1 − %2").arg(ratioAt(analysis, length, pair.j),
                                                       ratioAt(analysis, length, pair.i)),
                         corrected ? effect->g : effect->d,
                         corrected ? effect->gInterval : effect->dInterval});
    }
    return lines;
}

/// A table with a plot under it needs more height than a low dock has.
QScrollArea* scrolled(StatisticsPanel* panel) {
    panel->showAllRows();  // one scroll bar, not one inside the other
    auto* area = new QScrollArea;
    area->setWidget(panel);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    return area;
}

}  // namespace

SignificancePage::SignificancePage(Workbench& workbench, StudyAnalysis& analysis, QWidget* parent)
    : QWidget(parent),
      m_workbench(workbench),
      m_analysis(analysis),
      m_length(new QComboBox),
      m_tabs(new QTabWidget),
      m_state(new QLabel),
      m_anova(new StatisticsPanel(tr("ANOVA"))),
      m_scope(new QComboBox),
      m_pairs(new PairsTab),
      m_effects(new StatisticsPanel(tr("Effect sizes"))),
      m_measure(new QComboBox),
      m_forest(new EffectPlot),
      m_assumptions(new StatisticsPanel(tr("Assumptions"))),
      m_qq(new QqPlot),
      m_power(new PowerTab(workbench)),
      m_hypotheses(new StatisticsPanel(tr("Hypotheses"))) {
    addTabs();
    m_state->setWordWrap(true);
    m_state->setObjectName(QStringLiteral("interimState"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 8);
    layout->addWidget(choices());
    layout->addWidget(m_state);
    layout->addWidget(m_tabs, 1);
    connect(&m_analysis, &StudyAnalysis::updated, this, &SignificancePage::refresh);
    connect(&m_analysis, &StudyAnalysis::choicesChanged, this, &SignificancePage::refresh);
    connect(&m_workbench, &Workbench::changed, this, &SignificancePage::onChange);
    for (QComboBox* choice : {m_length, m_scope, m_measure})
        connect(choice, &QComboBox::activated, this, &SignificancePage::refreshLength);
    refresh();
}

template <class Plot>
QWidget* SignificancePage::figureButtons(const QString& name, Plot& plot) {
    auto* buttons = new FigureButtons([name, &plot] { return NamedFigure{plot.figure(), name}; });
    connect(buttons, &FigureButtons::failed, this, [this](const QString& sentence) {
        emit m_workbench.noticed({runs::Severity::Error, sentence, {}});
    });
    return buttons;
}

void SignificancePage::addTabs() {
    m_tabs->setDocumentMode(true);
    m_scope->setObjectName(QStringLiteral("anovaScope"));
    m_scope->setAccessibleName(tr("Tests shown"));
    m_scope->addItem(tr("this length and grid"), static_cast<int>(AnovaScope::Of::Length));
    m_scope->addItem(tr("all lengths and grid"), static_cast<int>(AnovaScope::Of::Everything));
    m_scope->addItem(tr("grid only"), static_cast<int>(AnovaScope::Of::WholeGrid));
    m_anova->addChoice(m_scope);
    m_measure->setObjectName(QStringLiteral("effectMeasure"));
    m_measure->setAccessibleName(tr("Effect size that is drawn"));
    m_measure->addItem(tr("draw d"), static_cast<int>(Measure::D));
    m_measure->addItem(tr("draw g"), static_cast<int>(Measure::G));
    m_measure->addItem(tr("draw dz"), static_cast<int>(Measure::Dz));
    m_effects->addChoice(m_measure);
    m_effects->addBelow(m_forest, 2);
    m_effects->addChoice(figureButtons(QStringLiteral("effect_sizes"), *m_forest));
    m_assumptions->addBelow(m_qq, 2);
    m_assumptions->addChoice(figureButtons(QStringLiteral("residuals"), *m_qq));
    m_tabs->addTab(m_anova, tr("ANOVA"));
    m_tabs->addTab(m_pairs, tr("Pairs"));
    m_tabs->addTab(scrolled(m_effects), tr("Effect sizes"));
    m_tabs->addTab(scrolled(m_assumptions), tr("Assumptions"));
    m_tabs->addTab(m_power, tr("Power"));
    m_tabs->addTab(m_hypotheses, tr("Hypotheses"));
}

QWidget* SignificancePage::choices() {
    m_length->setObjectName(QStringLiteral("significanceLength"));
    m_length->setAccessibleName(tr("Length"));
    m_length->setToolTip(
        tr("Length of the tests, pairs, effect sizes and residuals; follows the grid"));
    m_length->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* options = new QToolButton;
    options->setObjectName(QStringLiteral("analysisOptions"));
    options->setText(tr("Analysis options…"));
    options->setToolTip(tr("Alpha, confidence, smallest effect of interest and baseline"));
    connect(options, &QToolButton::clicked, this, &SignificancePage::showOptions);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(new QLabel(tr("Length")));
    layout->addWidget(m_length);
    layout->addStretch();
    layout->addWidget(options);
    return row;
}

void SignificancePage::setNextSteps(const QList<QAction*>& nextSteps) {
    for (int at = 0; at < m_tabs->count(); ++at)
        panel(static_cast<SignificanceTab>(at)).setNextSteps(nextSteps);
}

StatisticsPanel& SignificancePage::panel(SignificanceTab tab) {
    switch (tab) {
        case SignificanceTab::Anova:
            return *m_anova;
        case SignificanceTab::Pairs:
            return *m_pairs;
        case SignificanceTab::Effects:
            return *m_effects;
        case SignificanceTab::Assumptions:
            return *m_assumptions;
        case SignificanceTab::Power:
            return *m_power;
        case SignificanceTab::Hypotheses:
            break;
    }
    return *m_hypotheses;
}

void SignificancePage::showTab(SignificanceTab tab) {
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

void SignificancePage::showProof(const Proof& proof) {
    if (proof.length) selectLength(*proof.length);
    switch (proof.table) {
        case Proof::Table::Pairs: {
            const auto analysis = m_analysis.current();
            if (analysis && place()) m_pairs->choose(bestSetTest(analysis->perLength[*place()]));
            return showTab(SignificanceTab::Pairs);
        }
        case Proof::Table::Power:
            if (proof.length) m_power->choosePlace(*proof.length);
            return showTab(SignificanceTab::Power);
        case Proof::Table::Hypotheses:
            return showTab(SignificanceTab::Hypotheses);
        case Proof::Table::Results:
            return;  // stands on a page of its own
    }
}

void SignificancePage::onChange(const Change& change) {
    const auto& selection = m_workbench.selection();
    if ((change.aspects & Aspect::Selection) && !selection.empty())
        selectLength(static_cast<double>(selection.front().length));
}

void SignificancePage::selectLength(double length) {
    const int at = m_length->findData(length);
    if (at < 0 || at == m_length->currentIndex()) return;
    m_length->setCurrentIndex(at);
    refreshLength();
}

void SignificancePage::fillLengths() {
    const auto analysis = m_analysis.current();
    const QVariant before = m_length->currentData();
    m_length->clear();
    if (!analysis) return;
    for (const stats::LengthAnalysis& length : analysis->perLength)
        m_length->addItem(QStringLiteral("L %1").arg(length.length), length.length);
    m_length->setCurrentIndex(std::max(0, m_length->findData(before)));
}

std::optional<std::size_t> SignificancePage::place() const {
    const int at = m_length->currentIndex();
    return at < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(at));
}

void SignificancePage::refresh() {
    const auto analysis = m_analysis.current();
    fillLengths();
    m_state->setText(analysis ? QString::fromStdString(analysis->interimSentence) : QString());
    m_state->setVisible(!m_state->text().isEmpty());
    m_power->show(analysis);
    const StatisticsTable none{
        {}, {}, tr("Tests stand here once two keep ratios of a length have two runs each.")};
    m_hypotheses->setTable(analysis ? hypothesesTable(*analysis, m_analysis.statedAt()) : none);
    m_assumptions->setTable(analysis ? assumptionsTable(*analysis) : none);
    if (!analysis) {
        m_anova->setTable(none);
        m_effects->setTable(none);
    }
    refreshLength();
}

void SignificancePage::refreshLength() {
    const auto analysis = m_analysis.current();
    const auto at = place();
    m_pairs->show(analysis, at.value_or(0));
    m_qq->clear();
    m_forest->setEffects({}, {});
    if (!analysis || !at) return;
    m_anova->setTable(
        anovaTable(*analysis, {static_cast<AnovaScope::Of>(m_scope->currentData().toInt()), *at}));
    m_effects->setTable(effectsTable(*analysis, *at));
    const stats::LengthAnalysis& length = analysis->perLength[*at];
    const auto measure = static_cast<Measure>(m_measure->currentData().toInt());
    const QString symbol = m_measure->currentText().section(QLatin1Char(' '), -1);
    m_forest->setEffects(effectLines(*analysis, length, measure),
                         tr("%1, %2 % interval; below 0: the first has the smaller loss")
                             .arg(symbol, brief(100 * analysis->options.confidence)));
    QStringList ratios;
    for (std::size_t ratio = 0; ratio < length.usedRatios.size(); ++ratio)
        ratios.push_back(ratioAt(*analysis, length, ratio));
    if (length.residuals) m_qq->setResiduals(*length.residuals, ratios);
}

void SignificancePage::showOptions() {
    const runs::Study* study = m_workbench.study();
    if (!study) return;
    auto* dialog = new AnalysisOptionsDialog(m_analysis, study->settings().grid.keepRatios, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

}  // namespace ui

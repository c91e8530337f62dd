// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/heatmap_page.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QSettings>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/empty_state.h"
#include "ui/figure_buttons.h"
#include "ui/heatmap_plot.h"
#include "ui/lazy_refresh.h"
#include "ui/study_analysis.h"
#include "ui/workbench.h"

namespace ui {
namespace {

const QString kQuantity = QStringLiteral("heatmap/quantity");

QString whyEmpty(const HeatmapQuantity& quantity, bool anyDone) {
    if (!anyDone) return HeatmapPage::tr("A heatmap stands here once a run is done.");
    switch (quantity.kind) {
        case HeatmapKind::PAgainstBaseline:
            return HeatmapPage::tr(
                "p values stand here once the baseline and another keep ratio of a length have two "
                "runs each.");
        case HeatmapKind::ProbabilityOfBest:
            return HeatmapPage::tr(
                "Probabilities stand here once two keep ratios of a length have a seed in common "
                "that is done.");
        case HeatmapKind::ImprovementOverBaseline:
            return HeatmapPage::tr(
                "Improvements stand here once the baseline of a length is done.");
        case HeatmapKind::ImprovementOverDense:
            return HeatmapPage::tr(
                "Improvements stand here once the dense reference of a length is done.");
        case HeatmapKind::Metric:
            break;
    }
    if (quantity.metric == Metric::StepTime)
        return HeatmapPage::tr(
            "Step times stand here once speed and memory of the cells are measured, each alone on "
            "the device: times of runs trained side by side say nothing about a cell.");
    return HeatmapPage::tr("None of the finished runs has this number.");
}

}  // namespace

HeatmapPage::HeatmapPage(Workbench& workbench, StudyAnalysis& analysis, QWidget* parent)
    : QWidget(parent),
      m_workbench(workbench),
      m_analysis(analysis),
      m_choice(new QComboBox),
      m_stack(new QStackedWidget),
      m_empty(new EmptyState),
      m_plot(new HeatmapPlot),
      m_buttons(new FigureButtons([this] {
          return NamedFigure{heatmapFigure(m_plot->heatmap()),
                             QStringLiteral("heatmap_") + fileName(chosen())};
      })),
      m_refresh(new LazyRefresh(this, [this] { refresh(); })) {
    m_choice->setObjectName(QStringLiteral("heatmapQuantity"));
    m_choice->setAccessibleName(tr("What the heatmap shows"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(24);
    fillChoice({});
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_plot);
    auto* tools = new QHBoxLayout;
    tools->addWidget(m_choice, 1);
    tools->addWidget(m_buttons);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->addLayout(tools);
    layout->addWidget(m_stack, 1);
    connect(m_choice, &QComboBox::activated, this, [this] {
        QSettings().setValue(kQuantity, fileName(chosen()));
        m_refresh->now();
    });
    connect(m_plot, &HeatmapPlot::cellChosen, this, &HeatmapPage::chooseCell);
    connect(m_buttons, &FigureButtons::failed, this, [this](const QString& sentence) {
        m_workbench.notify({runs::Severity::Error, sentence, {}});
    });
    connect(&m_workbench, &Workbench::changed, this, &HeatmapPage::onChange);
    connect(&m_analysis, &StudyAnalysis::updated, m_refresh, &LazyRefresh::request);
    setFocusProxy(m_choice);
}

HeatmapQuantity HeatmapPage::chosen() const {
    const int at = m_choice->currentIndex();
    return at < 0 ? HeatmapQuantity{} : m_quantities[static_cast<std::size_t>(at)];
}

void HeatmapPage::choose(const HeatmapQuantity& quantity) {
    const auto found = std::find(m_quantities.begin(), m_quantities.end(), quantity);
    if (found == m_quantities.end()) return;
    m_choice->setCurrentIndex(static_cast<int>(found - m_quantities.begin()));
    m_refresh->now();
}

void HeatmapPage::fillChoice(const runs::ResultsTable& results) {
    std::vector<HeatmapQuantity> quantities = heatmapQuantities(results);
    if (quantities == m_quantities) return;
    const QString wanted =
        m_quantities.empty() ? QSettings().value(kQuantity).toString() : fileName(chosen());
    const QSignalBlocker quiet(m_choice);
    m_quantities = std::move(quantities);
    m_choice->clear();
    for (const HeatmapQuantity& quantity : m_quantities) {
        m_choice->addItem(title(quantity));
        if (fileName(quantity) == wanted) m_choice->setCurrentIndex(m_choice->count() - 1);
    }
}

void HeatmapPage::onChange(const Change& change) {
    if (change.aspects & Aspect::Selection) m_plot->setSelection(m_workbench.selection());
    if (change.aspects & (Aspect::Experiment | Aspect::Plan | Aspect::Runs)) m_refresh->request();
}

void HeatmapPage::refresh() {
    const runs::Study* study = m_workbench.study();
    const runs::ResultsTable results = study ? study->results() : runs::ResultsTable();
    fillChoice(results);
    const auto analysis = m_analysis.current();
    Heatmap heatmap = makeHeatmap(results, analysis.get(), chosen());
    const bool filled = heatmap.scale.content == ColourScale::Content::Filled;
    if (!filled) {
        const bool anyDone = results.count(runs::RunStatus::Done) > 0;
        m_empty->offer(whyEmpty(chosen(), anyDone), m_nextSteps);
    }
    m_plot->setHeatmap(std::move(heatmap));
    m_plot->setSelection(m_workbench.selection());
    m_stack->setCurrentWidget(filled ? static_cast<QWidget*>(m_plot) : m_empty);
    m_buttons->setEnabled(filled);
}

void HeatmapPage::chooseCell(const CellKey& key, Qt::KeyboardModifiers modifiers) {
    std::vector<CellKey> cells{key};
    if (modifiers & Qt::ControlModifier) {
        cells = m_workbench.selection();
        if (std::erase(cells, key) == 0) cells.push_back(key);
    }
    m_workbench.select(std::move(cells));
}

}  // namespace ui

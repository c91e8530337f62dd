// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts_page.h"

#include <QAction>
#include <QChart>
#include <QChartView>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSettings>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/empty_state.h"
#include "ui/figure_buttons.h"
#include "ui/lazy_refresh.h"
#include "ui/study_analysis.h"
#include "ui/workbench.h"

namespace ui {
namespace {

const QString kChart = QStringLiteral("charts/chart");

}  // namespace

ChartsPage::ChartsPage(Workbench& workbench, StudyAnalysis& analysis, QWidget* parent)
    : QWidget(parent),
      m_workbench(workbench),
      m_analysis(analysis),
      m_kind(new QComboBox),
      m_length(new QComboBox),
      m_stack(new QStackedWidget),
      m_empty(new EmptyState),
      m_view(new QChartView),
      m_caption(new QLabel),
      m_buttons(new FigureButtons([this] {
          return NamedFigure{chartFigure(m_maker), fileName(chosen())};
      })),
      m_refresh(new LazyRefresh(this, [this] { refresh(); })) {
    m_kind->setObjectName(QStringLiteral("chartChoice"));
    m_kind->setAccessibleName(tr("Chart"));
    for (const ChartKind kind : allChartKinds())
        m_kind->addItem(title(kind), static_cast<int>(kind));
    m_kind->setCurrentIndex(std::max(0, m_kind->findData(QSettings().value(kChart).toInt())));
    m_length->setObjectName(QStringLiteral("chartLength"));
    m_length->setAccessibleName(tr("Length"));
    m_length->setToolTip(tr("Sequence length; follows the cell that is selected in the grid."));
    m_stack->addWidget(m_empty);
    m_view->setAccessibleName(tr("The chosen chart"));
    m_stack->addWidget(buildChart());
    auto* tools = new QHBoxLayout;
    tools->addWidget(m_kind);
    tools->addWidget(m_length);
    tools->addStretch();
    tools->addWidget(m_buttons);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->addLayout(tools);
    layout->addWidget(m_stack, 1);
    connect(m_kind, &QComboBox::activated, this, [this] {
        QSettings().setValue(kChart, m_kind->currentData());
        m_refresh->now();
    });
    connect(m_length, &QComboBox::activated, m_refresh, &LazyRefresh::now);
    connect(m_buttons, &FigureButtons::failed, this, [this](const QString& sentence) {
        m_workbench.notify({runs::Severity::Error, sentence, {}});
    });
    connect(&m_workbench, &Workbench::changed, this, &ChartsPage::onChange);
    connect(&m_analysis, &StudyAnalysis::updated, m_refresh, &LazyRefresh::request);
    setFocusProxy(m_kind);
}

ChartsPage::~ChartsPage() = default;

QWidget* ChartsPage::buildChart() {
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMinimumSize(260, 200);
    m_caption->setWordWrap(true);
    m_caption->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_caption);
    return page;
}

void ChartsPage::setNextSteps(QAction* start, QAction* measure) {
    m_start = start;
    m_measure = measure;
}

ChartChoice ChartsPage::chosen() const {
    return {static_cast<ChartKind>(m_kind->currentData().toInt()),
            m_length->currentData().toLongLong()};
}

void ChartsPage::choose(const ChartChoice& choice) {
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(choice.kind)));
    const int length = m_length->findData(QVariant::fromValue<qlonglong>(choice.length));
    if (length >= 0) m_length->setCurrentIndex(length);
    m_refresh->now();
}

QString ChartsPage::caption() const {
    return m_caption->text();
}

void ChartsPage::onChange(const Change& change) {
    if ((change.aspects & Aspect::Selection) && !m_workbench.selection().empty()) {
        const int at = m_length->findData(
            QVariant::fromValue<qlonglong>(m_workbench.selection().back().length));
        if (at >= 0 && at != m_length->currentIndex()) {
            m_length->setCurrentIndex(at);
            if (isOfOneLength(chosen().kind)) m_refresh->request();
        }
    }
    if (change.aspects & (Aspect::Experiment | Aspect::Plan | Aspect::Runs)) m_refresh->request();
}

void ChartsPage::fillLengths(const runs::ResultsTable& results) {
    const QSignalBlocker quiet(m_length);
    const QVariant before = m_length->currentData();
    m_length->clear();
    for (const std::int64_t length : results.lengths)
        m_length->addItem(tr("L %1").arg(length), QVariant::fromValue<qlonglong>(length));
    const int found = m_length->findData(before);
    if (m_length->count() > 0) m_length->setCurrentIndex(std::max(0, found));
    m_length->setVisible(isOfOneLength(chosen().kind));
}

void ChartsPage::refresh() {
    const runs::Study* study = m_workbench.study();
    const runs::ResultsTable results = study ? study->results() : runs::ResultsTable();
    fillLengths(results);
    const auto analysis = m_analysis.current();
    m_maker = chartMaker(results, analysis.get(), chosen());
    m_buttons->setEnabled(bool(m_maker));
    if (!m_maker) return showNothing(chosen().kind, results);
    StudyChart content = m_maker({palette(), font()});
    m_view->setBackgroundBrush(palette().color(QPalette::Base));
    m_view->setAccessibleName(content.chart->title());
    m_view->setAccessibleDescription(content.caption);
    const std::unique_ptr<QChart> old(m_view->chart());
    m_view->setChart(content.chart.release());
    m_caption->setText(content.caption);
    m_stack->setCurrentIndex(1);
}

void ChartsPage::showNothing(ChartKind kind, const runs::ResultsTable& results) {
    m_stack->setCurrentIndex(0);
    if (needsTiming(kind) && results.timing.empty()) {
        m_empty->offer(tr("Time and memory stand here once they are measured for each cell alone "
                          "on the device. Times of runs that trained side by side say nothing "
                          "about a cell: they shared the machine."),
                       m_measure ? QList<QAction*>{m_measure} : QList<QAction*>());
        return;
    }
    const bool anyDone = results.count(runs::RunStatus::Done) > 0;
    const bool one = isOfOneLength(kind) && anyDone;
    m_empty->offer(one ? tr("Nothing of L %1 is done yet: the chart stands here once a run of it "
                            "is, or choose another length.")
                             .arg(chosen().length)
                   : anyDone
                       ? tr("The best keep ratio stands here once two keep ratios of a length "
                            "have a run that is done.")
                       : tr("Charts stand here once runs are done."),
                   m_start ? QList<QAction*>{m_start} : QList<QAction*>());
}

void ChartsPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        m_refresh->request();
}

}  // namespace ui

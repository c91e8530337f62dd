// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/power_tab.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>
#include <utility>

#include "ui/text.h"
#include "ui/workbench.h"

namespace ui {
namespace {

constexpr qint64 kWholeGrid = -1;

}  // namespace

PowerTab::PowerTab(Workbench& workbench, QWidget* parent)
    : StatisticsPanel(tr("Power"), parent),
      m_workbench(workbench),
      m_place(new QComboBox),
      m_seeds(new QSpinBox),
      m_price(new QLabel),
      m_queue(new QPushButton(tr("Plan and queue"))) {
    addBelow(makePlan());
    connect(m_place, &QComboBox::currentIndexChanged, this, &PowerTab::proposeSeeds);
    connect(m_seeds, &QSpinBox::valueChanged, this, &PowerTab::updatePrice);
    m_queue->setAutoDefault(true);  // Enter presses it, as Space does
    connect(m_queue, &QPushButton::clicked, this, [this] {
        m_workbench.queueSeeds(lengths(), static_cast<std::size_t>(m_seeds->value()));
    });
    connect(&m_workbench, &Workbench::changed, this, [this](const Change& change) {
        if (change.aspects & (Aspect::Plan | Aspect::Queue | Aspect::Runs)) updatePrice();
    });
    show(nullptr);
}

QWidget* PowerTab::makePlan() {
    m_place->setObjectName(QStringLiteral("powerPlace"));
    m_place->setAccessibleName(tr("Cells to plan for"));
    m_seeds->setObjectName(QStringLiteral("powerSeeds"));
    m_seeds->setAccessibleName(tr("Seeds per cell"));
    m_seeds->setRange(1, static_cast<int>(stats::kMostSeeds));
    m_seeds->setSuffix(tr(" seeds per cell"));
    m_seeds->setToolTip(tr("Set to what gives the target power; fewer cost less and show less"));
    m_price->setObjectName(QStringLiteral("powerPrice"));
    m_price->setWordWrap(true);
    m_queue->setObjectName(QStringLiteral("queueSeeds"));
    m_queue->setToolTip(tr("Plans the missing seeds in every cell and queues them; can be undone"));
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 4, 0, 4);
    layout->addWidget(new QLabel(tr("Plan")));
    layout->addWidget(m_place);
    layout->addWidget(m_seeds);
    layout->addWidget(m_price, 1);
    layout->addWidget(m_queue);
    return row;
}

void PowerTab::show(std::shared_ptr<const stats::GridAnalysis> analysis) {
    m_analysis = std::move(analysis);
    setTable(m_analysis ? powerTable(*m_analysis)
                        : StatisticsTable{{},
                                          {},
                                          tr("What the runs can show stands here once some "
                                             "are done.")});
    fillPlaces();
}

void PowerTab::choosePlace(double length) {
    const int at = m_place->findData(static_cast<qint64>(length));
    if (at >= 0) m_place->setCurrentIndex(at);
}

void PowerTab::fillPlaces() {
    std::vector<std::int64_t> lengths;
    if (const runs::Study* study = m_workbench.study()) lengths = study->settings().grid.lengths;
    std::vector<std::int64_t> shown;
    for (int at = 1; at < m_place->count(); ++at)
        shown.push_back(m_place->itemData(at).toLongLong());
    if (shown != lengths || m_place->count() == 0) {
        const QSignalBlocker blocker(m_place);
        m_place->clear();
        m_place->addItem(tr("whole grid"), kWholeGrid);
        for (const std::int64_t length : lengths)
            m_place->addItem(QStringLiteral("L %1").arg(length), static_cast<qint64>(length));
    }
    proposeSeeds();
}

std::vector<std::int64_t> PowerTab::lengths() const {
    const qint64 place = m_place->currentData().toLongLong();
    const runs::Study* study = m_workbench.study();
    if (!study) return {};
    return place == kWholeGrid ? study->settings().grid.lengths : std::vector<std::int64_t>{place};
}

void PowerTab::proposeSeeds() {
    std::size_t needed = 0;
    const std::vector<std::int64_t> chosen = lengths();
    if (m_analysis) {
        for (const stats::LengthAnalysis& length : m_analysis->perLength) {
            const bool wanted = std::find(chosen.begin(), chosen.end(),
                                          static_cast<std::int64_t>(length.length)) != chosen.end();
            if (wanted && length.seeds) needed = std::max(needed, length.seeds->needed);
        }
    }
    // What the user has set stays while the proposal stays the same.
    if (needed > 0 && std::exchange(m_proposed, needed) != needed) {
        const QSignalBlocker blocker(m_seeds);
        m_seeds->setValue(static_cast<int>(needed));
    }
    updatePrice();
}

void PowerTab::updatePrice() {
    const runs::Study* study = m_workbench.study();
    m_queue->setEnabled(false);
    if (!study) return m_price->clear();
    const runs::SeedPlan plan =
        runs::planSeeds(*study, lengths(), static_cast<std::size_t>(m_seeds->value()));
    if (plan.runs() == 0) return m_price->setText(tr("These runs are done."));
    const int lanes = std::max(1, m_workbench.laneChoice().lanes);
    QString text = runsCounted(static_cast<std::int64_t>(plan.runs()));
    text += plan.laneSeconds ? tr(", about %1 of training").arg(duration(*plan.laneSeconds / lanes))
                             : tr("; the time is known once a run is done");
    if (plan.unqueued == 0) text += tr(", all queued");
    m_price->setText(text);
    m_queue->setEnabled(plan.unqueued > 0 && study->access() == runs::Access::ReadWrite);
}

}  // namespace ui

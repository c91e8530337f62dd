// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pairs_tab.h"

#include <QComboBox>
#include <algorithm>

namespace ui {
namespace {

enum class View { Matrix, List };

}  // namespace

PairsTab::PairsTab(QWidget* parent)
    : StatisticsPanel(tr("Pairs"), parent),
      m_test(new QComboBox),
      m_adjustment(new QComboBox),
      m_view(new QComboBox) {
    m_test->setObjectName(QStringLiteral("pairTest"));
    m_test->setAccessibleName(tr("Test"));
    m_test->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_test->setMinimumContentsLength(16);
    int widest = 0;
    for (const PairTest test : allPairTests()) {
        m_test->addItem(title(test), static_cast<int>(test));
        widest = std::max(widest, fontMetrics().horizontalAdvance(title(test)));
    }
    // As wide as its longest title where there is room.
    m_test->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_test->setMaximumWidth(widest + 3 * fontMetrics().height());
    m_adjustment->setObjectName(QStringLiteral("pairAdjustment"));
    m_adjustment->setAccessibleName(tr("Adjustment for the number of pairs"));
    for (const stats::Adjustment adjustment : allAdjustments())
        m_adjustment->addItem(title(adjustment), static_cast<int>(adjustment));
    m_view->setObjectName(QStringLiteral("pairView"));
    m_view->setAccessibleName(tr("Matrix or list"));
    m_view->setToolTip(
        tr("Matrix: ratio by ratio, p below the diagonal, differences above it. List: one row per "
           "comparison, with every number."));
    m_view->addItem(tr("matrix"), static_cast<int>(View::Matrix));
    m_view->addItem(tr("list"), static_cast<int>(View::List));
    addChoice(m_test, 1);
    addChoice(m_adjustment);
    addChoice(m_view);
    connect(m_test, &QComboBox::currentIndexChanged, this, &PairsTab::refresh);
    connect(m_adjustment, &QComboBox::currentIndexChanged, this, &PairsTab::refresh);
    connect(m_view, &QComboBox::currentIndexChanged, this, &PairsTab::refresh);
    refresh();
}

PairChoice PairsTab::choice() const {
    return {static_cast<PairTest>(m_test->currentData().toInt()),
            static_cast<stats::Adjustment>(m_adjustment->currentData().toInt())};
}

void PairsTab::choose(PairTest test) {
    m_test->setCurrentIndex(m_test->findData(static_cast<int>(test)));
}

void PairsTab::show(std::shared_ptr<const stats::GridAnalysis> analysis, std::size_t length) {
    m_analysis = std::move(analysis);
    m_length = length;
    refresh();
}

void PairsTab::refresh() {
    const PairChoice chosen = choice();
    const bool pairs = comparesAllPairs(chosen.test);
    m_adjustment->setVisible(isAdjusted(chosen.test));
    m_view->setVisible(pairs);  // comparisons with one control make no matrix
    const bool matrix = pairs && m_view->currentData().toInt() == static_cast<int>(View::Matrix);
    setSorting(matrix ? Sorting::Off : Sorting::On);
    if (!m_analysis || m_length >= m_analysis->perLength.size())
        return setTable({{},
                         {},
                         tr("Comparisons stand here once two keep ratios of a length have "
                            "two runs each.")});
    setTable(matrix ? pairMatrix(*m_analysis, m_length, chosen)
                    : pairsTable(*m_analysis, m_length, chosen));
}

}  // namespace ui

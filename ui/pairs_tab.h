// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "ui/statistics_panel.h"

class QComboBox;

namespace ui {

/// Comparisons of the keep ratios of one length, as a matrix or a list.
class PairsTab : public StatisticsPanel {
    Q_OBJECT
public:
    explicit PairsTab(QWidget* parent = nullptr);

    /// nullptr: nothing to compare yet. `length`: place in GridAnalysis::perLength.
    void show(std::shared_ptr<const stats::GridAnalysis> analysis, std::size_t length);
    void choose(PairTest test);
    PairChoice choice() const;

private:
    void refresh();

    std::shared_ptr<const stats::GridAnalysis> m_analysis;
    std::size_t m_length = 0;
    QComboBox* m_test;
    QComboBox* m_adjustment;
    QComboBox* m_view;
};

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "ui/statistics_panel.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace ui {

class Workbench;

/// What the present runs can show, what more seeds cost, and a button that queues them.
class PowerTab : public StatisticsPanel {
    Q_OBJECT
public:
    explicit PowerTab(Workbench& workbench, QWidget* parent = nullptr);
    /// nullptr: no run is done yet.
    void show(std::shared_ptr<const stats::GridAnalysis> analysis);
    /// Plans for this length (tokens) from now on.
    void choosePlace(double length);

private:
    QWidget* makePlan();
    void fillPlaces();
    void proposeSeeds();
    void updatePrice();
    std::vector<std::int64_t> lengths() const;

    Workbench& m_workbench;
    std::shared_ptr<const stats::GridAnalysis> m_analysis;
    QComboBox* m_place;
    QSpinBox* m_seeds;
    QLabel* m_price;
    QPushButton* m_queue;
    std::size_t m_proposed = 0;  // seeds per cell that were offered last
};

}  // namespace ui

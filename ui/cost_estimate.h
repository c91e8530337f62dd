// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>

#include "engine/runs/plan_estimate.h"
#include "ui/training_control.h"

namespace ui {

/// "about 11 min 40 s on 2 lanes, 90 MB of disk".
QString costText(const runs::PlanEstimate& estimate, int lanes);

/// Measures off the GUI thread what a new experiment will cost: a few steps of each length.
class CostEstimate : public QObject {
    Q_OBJECT
public:
    explicit CostEstimate(runs::TrainingPorts ports, QObject* parent = nullptr)
        : QObject(parent), m_ports(std::move(ports)) {}
    /// measured() or failed() follows; of several measurements only the last one reports.
    void measure(const experiment::ExperimentSettings& settings, const LaneChoice& lanes);

signals:
    void measured(const runs::PlanEstimate& estimate);
    void failed(const QString& message);

private:
    runs::TrainingPorts m_ports;
    int m_number = 0;
};

}  // namespace ui

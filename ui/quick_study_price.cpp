// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/quick_study_price.h"

#include <QAction>
#include <QApplication>
#include <QSettings>
#include <algorithm>
#include <cmath>

#include "engine/experiment/presets.h"
#include "ui/cost_estimate.h"
#include "ui/workbench.h"

namespace ui {

QuickStudyPrice::QuickStudyPrice(Workbench& workbench, QAction& button, QObject* parent)
    : QObject(parent),
      m_workbench(workbench),
      m_button(button),
      m_cost(new CostEstimate(workbench.ports().training, this)) {}

void QuickStudyPrice::find() {
    const LaneChoice& lanes = m_workbench.laneChoice();
    const auto settings = experiment::preset("quick");
    if (!settings || m_workbench.study()) return;
    const QString key =
        QStringLiteral("quickStudySeconds/%1-%2-%3")
            .arg(QApplication::applicationVersion(), QString::fromStdString(lanes.device))
            .arg(lanes.lanes);
    if (const double known = QSettings().value(key).toDouble(); known > 0.0) return tell(known);
    m_cost->disconnect(this);
    connect(m_cost, &CostEstimate::measured, this, [this, key](const runs::PlanEstimate& estimate) {
        QSettings().setValue(key, estimate.secondsLeft);
        tell(estimate.secondsLeft);
    });
    m_cost->measure(*settings, lanes);
}

void QuickStudyPrice::tell(double seconds) {
    const auto minutes = std::max<qint64>(1, std::llround(seconds / 60.0));
    m_button.setIconText(tr("Run the quick study: about %1 min").arg(minutes));
}

}  // namespace ui

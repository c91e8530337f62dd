// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAction;

namespace ui {

class CostEstimate;
class Workbench;

/// Says on the start page's button how long the quick study takes here. Measured once for each
/// version, device and number of lanes, off the GUI thread; then known from the user's settings.
class QuickStudyPrice : public QObject {
    Q_OBJECT
public:
    /// `button` gets the icon text "Run the quick study: about 12 min".
    QuickStudyPrice(Workbench& workbench, QAction& button, QObject* parent);
    void find();

private:
    void tell(double seconds);

    Workbench& m_workbench;
    QAction& m_button;
    CostEstimate* m_cost;
};

}  // namespace ui

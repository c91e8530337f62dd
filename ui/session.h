// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include "ui/change.h"

class QWidget;

namespace ui {

class GridPage;
class Workbench;

/// A widget with this property set is not remembered: what it offers depends on the experiment.
inline constexpr const char* kForgotten = "forgotten";

enum class AtStart { ReopenLastExperiment, ShowStartPage };
AtStart atStart();
void setAtStart(AtStart wanted);
/// The folder that was open when the program ended, if it is still there and wanted; else empty.
QString experimentToReopen();

/// What the next start finds as this one left it: the open experiment, its selected cells, and
/// every choice made in a panel or in the toolbar. Written at once, so that a crash loses nothing.
class Session : public QObject {
    Q_OBJECT
public:
    /// Restores the choices in `window`, whose panels must exist already.
    Session(Workbench& workbench, GridPage& grid, QWidget& window);

private:
    void onChange(const Change& change);
    void restoreSelection();

    Workbench& m_workbench;
    GridPage& m_grid;
};

}  // namespace ui

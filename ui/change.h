// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFlags>
#include <QString>
#include <vector>

#include "engine/runs/events.h"
#include "engine/runs/run_record.h"

namespace ui {

/// What of the workbench changed since the last signal.
enum class Aspect {
    Experiment = 0x01,  ///< another one was opened, or it was closed
    Plan = 0x02,        ///< lengths, ratios, seeds, added runs
    Runs = 0x04,        ///< state or numbers of Change::runs
    Queue = 0x08,
    Training = 0x10,  ///< started, pausing, stopped
    Curves = 0x20,    ///< points of Change::runs
    Selection = 0x40,
    Devices = 0x80,
};
Q_DECLARE_FLAGS(Aspects, Aspect)
Q_DECLARE_OPERATORS_FOR_FLAGS(Aspects)

/// The one signal of the workbench carries this.
struct Change {
    Aspects aspects;
    std::vector<runs::RunId> runs;
};

/// How long a notice says something true; the bar then lets go of it by itself.
enum class Lasts {
    UntilDismissed,
    UntilStart,     ///< until the training is started again
    WhileWaiting,   ///< until the training is started or nothing waits any more
    WhileFailed,    ///< until the run that it is about can be trained or read again
    WhileTraining,  ///< until the lanes are at rest
    WhileComplete,  ///< until something is left to train
};

/// A bar at the top of the window: what happened and what helps.
struct Notice {
    runs::Severity severity = runs::Severity::Error;
    QString text;
    QString action;      // object name of a window action offered as a button; empty: none
    QString label = {};  // of that button; empty: the text of the action
    Lasts lasts = Lasts::UntilDismissed;
    runs::RunId about = {};  // empty: no single run
};

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace app {

/// The first INT, TERM, HUP or USR1 is only noted, so that training can be saved; a second one ends
/// the process at once with 130 (INT) or 75. Also ignores PIPE, so that a closed terminal becomes a
/// failed write.
void watchStopSignals();

/// The signal that was noted; 0 before.
int stopSignal();

/// What the process ends with after a noted signal was obeyed: 130 for INT, else 75.
int stopExitCode(int signal);

}  // namespace app

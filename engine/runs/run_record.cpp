// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/run_record.h"

namespace runs {

const char* name(RunStatus status) {
    switch (status) {
        case RunStatus::Empty:
            return "empty";
        case RunStatus::Queued:
            return "queued";
        case RunStatus::Running:
            return "running";
        case RunStatus::RunningElsewhere:
            return "running elsewhere";
        case RunStatus::Paused:
            return "paused";
        case RunStatus::Done:
            return "done";
        case RunStatus::Failed:
            return "failed";
        case RunStatus::Diverged:
            return "diverged";
        case RunStatus::Damaged:
            return "damaged";
    }
    return "?";
}

}  // namespace runs

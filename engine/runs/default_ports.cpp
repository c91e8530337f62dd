// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/training_ports.h"

namespace runs {

TrainingPorts defaultPorts() {
    return {training::CohortTrainer::create, training::preflight, training::timeSteps,
            training::environmentDescription};
}

}  // namespace runs

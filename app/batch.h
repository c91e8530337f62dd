// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "app/command_line.h"
#include "app/export.h"
#include "engine/runs/training_ports.h"

namespace app {

/// What a batch command needs of its surroundings; tests put their own in.
struct BatchSurroundings {
    std::ostream& results;   // standard output
    std::ostream& messages;  // standard error
    bool messagesOnTerminal = false;
    std::vector<std::string> devices = {"cpu"};
    unsigned cores = 1;
    runs::TrainingPorts ports;
    std::function<int()> stopSignal = [] { return 0; };  // 0: go on
    FigureWriter figures;  // empty in a build without the window: exports have no figures
};

/// Makes or continues the experiment, trains what is missing, prints results and exports. Returns
/// the exit code of the process (--help lists them).
int runBatch(const CommandLine& line, const BatchSurroundings& surroundings);

/// Exports an experiment as it is, trains nothing and changes nothing in its folder: the corpus
/// need not be there. Prints the results; returns the exit code of the process.
int runExport(const CommandLine& line, const BatchSurroundings& surroundings);

}  // namespace app

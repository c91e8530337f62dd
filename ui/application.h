// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "ui/study_exporter.h"

namespace ui {

/// What the command line asked of the window; empty or 0 means "as the experiment or the default
/// says".
struct StartOptions {
    std::string experimentFolder;  // opened at once; empty: the last one, or the start page
    std::string dataPath;          // offered as the corpus of a new experiment
    std::string device;            // "cpu", "cuda:0"; empty: the best one that answers
    int lanes = 0;  // engine threads side by side; 0: as many as the machine has cores
    ExportStudy exportStudy = {};  // writes tables and report; empty: exports have figures only
};

/// Opens the window and runs it until it is closed. Returns the exit code of the process.
/// argc and argv are those of main(): Qt takes its own options out of them.
int runApplication(int& argc, char** argv, const StartOptions& options);

}  // namespace ui

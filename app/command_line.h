// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/experiment/settings.h"
#include "engine/result.h"

namespace app {

enum class Action {
    Window,   ///< open the window
    Batch,    ///< train without a window
    Export,   ///< write an experiment's results, train nothing
    Analyse,  ///< statistics of a table, nothing is trained
    Print,    ///< help or version: print `text` and end with 0
};

enum class Verbosity { Quiet, Normal, Verbose };
enum class OutputFormat { Text, Json };
enum class Colour { Automatic, Never };

/// What flags and environment (SPARSITY_*) ask for; a flag wins over its variable. Empty: not asked
/// for.
struct CommandLine {
    Action action = Action::Window;
    std::string text;  // Action::Print

    std::string experiment;  // folder
    std::string preset;
    std::string settingsFile;  // or the JSON text itself
    std::string data;          // file or folder
    std::vector<std::int64_t> lengths;
    std::vector<double> keepRatios;
    std::optional<std::int64_t> runs;  // per cell; the seeds follow
    std::vector<std::int64_t> seeds;
    std::vector<std::string> addedRuns;  // "64:0.5:45": besides the grid's product
    std::optional<experiment::Selector> selector;
    bool denseReference = false;
    std::optional<experiment::Precision> precision;

    std::string device = "auto";  // "auto", "cpu", "cuda:N"
    int lanes = 0;                // 0: as many as fit the device
    bool dryRun = false;
    std::string exportFolder;

    OutputFormat format = OutputFormat::Text;
    Verbosity verbosity = Verbosity::Normal;
    Colour colour = Colour::Automatic;

    std::string analyseFile;
    std::string analyseColumns;  // "length=L,ratio=s": names of the table's columns
};

/// Error (Usage) names the argument, its value and what is allowed. Arguments with one dash that
/// are not ours are left for the window system.
engine::Result<CommandLine> parseCommandLine(int argc, const char* const* argv);

}  // namespace app

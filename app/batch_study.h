// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/command_line.h"
#include "engine/data/corpus.h"
#include "engine/experiment/settings.h"
#include "engine/result.h"
#include "engine/runs/study.h"

namespace app {

/// An experiment before anything of it is changed on disk.
struct PreparedStudy {
    bool isNew = false;
    experiment::ExperimentSettings settings;  // as they will be: created, or widened
    std::shared_ptr<const data::Corpus> corpus;
    runs::CorpusIdentity identity;
    std::vector<experiment::RunSpec> addedRuns;  // planned outside the grid's product
};

/// Works out settings and corpus of the command and checks that they fit each other and, if the
/// folder holds an experiment already, what it was made with. Changes nothing. Errors: Usage
/// (settings), Data (corpus), Io (experiment.json).
engine::Result<PreparedStudy> prepareStudy(const CommandLine& line);

/// Makes the experiment, or opens it and saves what the command adds, then scans its run folders.
/// Errors: Io.
engine::Result<runs::Study> openStudy(const CommandLine& line, const PreparedStudy& prepared);

/// The planned runs, with their states if the experiment exists; changes nothing.
engine::Result<std::vector<runs::RunView>> previewRuns(const CommandLine& line,
                                                       const PreparedStudy& prepared);

}  // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/batch_study.h"

#include <algorithm>

#include "app/study_settings.h"
#include "engine/experiment/added_runs.h"
#include "engine/runs/run_identity.h"

namespace app {
namespace {

engine::Result<std::shared_ptr<const data::Corpus>> openChecked(
    const experiment::ExperimentSettings& settings) {
    auto corpus = data::openCorpus(settings.data);
    if (!corpus) return corpus;
    if (auto fits = data::checkWindows(**corpus, settings.grid.lengths); !fits) return fits.error();
    return corpus;
}

/// Plans what --add-runs names and what is not planned yet.
engine::Result<void> addRuns(const CommandLine& line, PreparedStudy& prepared) {
    const auto named = experiment::addedRuns(line.addedRuns, prepared.settings.grid);
    if (!named) return engine::Error{named.error().kind, "--add-runs: " + named.error().message};
    std::vector<experiment::RunSpec> planned = experiment::plannedRuns(prepared.settings);
    planned.insert(planned.end(), prepared.addedRuns.begin(), prepared.addedRuns.end());
    for (const experiment::RunSpec& run : *named) {
        if (std::find(planned.begin(), planned.end(), run) != planned.end()) continue;
        planned.push_back(run);
        prepared.addedRuns.push_back(run);
    }
    return {};
}

engine::Result<PreparedStudy> prepareExisting(const CommandLine& line) {
    const auto study = runs::Study::open(line.experiment, runs::Access::ReadOnly);
    if (!study) return study.error();
    PreparedStudy prepared;
    prepared.settings = study->settings();
    prepared.addedRuns = study->addedRuns();
    auto grid = widenedGrid(line, prepared.settings);
    if (!grid) return grid.error();
    prepared.settings.grid = std::move(*grid);

    experiment::ExperimentSettings opened = prepared.settings;
    if (!line.data.empty()) {
        opened.data.kind = experiment::CorpusKind::File;
        opened.data.path = line.data;
    }
    if (auto added = addRuns(line, prepared); !added) return added.error();
    auto corpus = openChecked(opened);
    if (!corpus) return corpus.error();
    prepared.corpus = std::move(*corpus);
    prepared.identity = runs::identityOf(*prepared.corpus);
    if (prepared.identity.sha256 != study->corpus().sha256) {
        return engine::Error{engine::ErrorKind::Data,
                             "corpus " + prepared.identity.description +
                                 " is not the one that experiment " + line.experiment +
                                 " was made with (" + study->corpus().description + ", sha256 " +
                                 study->corpus().sha256.substr(0, 12) +
                                 "); restore that text, or use another folder"};
    }
    prepared.identity = study->corpus();
    return prepared;
}

}  // namespace

engine::Result<PreparedStudy> prepareStudy(const CommandLine& line) {
    if (runs::Study::isExperiment(line.experiment)) return prepareExisting(line);
    auto settings = newSettings(line);
    if (!settings) return settings.error();
    PreparedStudy prepared;
    prepared.isNew = true;
    prepared.settings = std::move(*settings);
    if (auto added = addRuns(line, prepared); !added) return added.error();
    auto corpus = openChecked(prepared.settings);
    if (!corpus) return corpus.error();
    prepared.corpus = std::move(*corpus);
    prepared.identity = runs::identityOf(*prepared.corpus);
    return prepared;
}

engine::Result<runs::Study> openStudy(const CommandLine& line, const PreparedStudy& prepared) {
    auto study = prepared.isNew
                     ? runs::Study::create(line.experiment, prepared.settings, prepared.identity)
                     : runs::Study::open(line.experiment);
    if (!study) return study;
    if (!(study->settings().grid == prepared.settings.grid) ||
        study->addedRuns() != prepared.addedRuns) {
        auto changed =
            study->setPlan(study->settings().name, prepared.settings.grid, prepared.addedRuns);
        if (!changed) return changed.error();
    }
    study->rescan();
    return study;
}

engine::Result<std::vector<runs::RunView>> previewRuns(const CommandLine& line,
                                                       const PreparedStudy& prepared) {
    runs::ScanRequest request{.folder = line.experiment, .planned = {}};
    const auto trainingTokens = static_cast<std::int64_t>(prepared.corpus->training().size());
    std::vector<experiment::RunSpec> specs = experiment::plannedRuns(prepared.settings);
    specs.insert(specs.end(), prepared.addedRuns.begin(), prepared.addedRuns.end());
    for (const experiment::RunSpec& spec : specs) {
        runs::RunView run;
        run.id = runs::runId(prepared.settings, spec, prepared.identity.sha256);
        run.spec = spec;
        run.totalSteps = data::totalSteps(prepared.settings.training, spec.length, trainingTokens);
        request.planned.push_back(std::move(run));
    }
    if (prepared.isNew) return request.planned;
    return runs::scanRuns(request).runs;
}

}  // namespace app

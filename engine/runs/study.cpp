// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/study.h"

#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <unordered_set>

#include "engine/experiment/settings_json.h"
#include "engine/runs/analysis_choices.h"
#include "engine/runs/file_commit.h"
#include "engine/runs/json_fields.h"
#include "engine/runs/run_folder.h"
#include "engine/runs/run_identity.h"
#include "engine/runs/run_json.h"

namespace runs {
namespace {

namespace fs = std::filesystem;
using detail::Json;
using engine::Error;
using engine::ErrorKind;
using engine::Result;

constexpr const char* kExperimentFile = "experiment.json";
constexpr const char* kRunsFolder = "runs";
constexpr std::uint64_t kLargestExperiment = std::uint64_t{8} << 20;
constexpr std::int64_t kFormat = 1;

CorpusIdentity corpusOf(const Json& json) {
    return {detail::textAt(json, "sha256"),
            detail::textAt(json, "description"),
            detail::integerAt(json, "vocabulary"),
            detail::integerAt(json, "trainingTokens"),
            detail::integerAt(json, "validationTokens"),
            json.contains("unigramEntropy") ? std::optional(json.at("unigramEntropy").get<double>())
                                            : std::nullopt};
}

Json corpusJson(const CorpusIdentity& corpus) {
    Json json = {{"sha256", corpus.sha256},
                 {"description", corpus.description},
                 {"vocabulary", corpus.vocabulary},
                 {"trainingTokens", corpus.trainingTokens},
                 {"validationTokens", corpus.validationTokens}};
    if (corpus.unigramEntropy) json["unigramEntropy"] = *corpus.unigramEntropy;
    return json;
}

Error readOnly(const fs::path& folder) {
    return {ErrorKind::Usage, "The experiment " + folder.string() +
                                  " is open read-only; open it for writing to change it."};
}

}  // namespace

CorpusIdentity identityOf(const data::Corpus& corpus) {
    return {corpus.sha256(),
            corpus.description(),
            corpus.vocabulary(),
            static_cast<std::int64_t>(corpus.training().size()),
            static_cast<std::int64_t>(corpus.validation().size()),
            data::unigramEntropy(corpus.validation())};
}

bool Study::isExperiment(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(folder / kExperimentFile, ignored);
}

Result<Study> Study::create(fs::path folder, experiment::ExperimentSettings settings,
                            CorpusIdentity corpus) {
    if (isExperiment(folder)) {
        return Error{
            ErrorKind::Usage,
            folder.string() + " already holds an experiment; open it or choose another folder."};
    }
    std::error_code error;
    fs::create_directories(folder / kRunsFolder, error);
    if (error)
        return Error{ErrorKind::Io, "Could not make the experiment folder " + folder.string() +
                                        ": " + error.message() + "."};
    Study study;
    study.m_folder = std::move(folder);
    study.m_settings = std::move(settings);
    study.m_corpus = std::move(corpus);
    study.m_created = timeStamp();
    study.plan();
    if (const Result<void> saved = study.save(); !saved) return saved.error();
    return study;
}

Result<Study> Study::open(fs::path folder, Access access) {
    if (!isExperiment(folder)) {
        return Error{ErrorKind::Io, folder.string() +
                                        " holds no experiment (no experiment.json); choose another "
                                        "folder or make a new one."};
    }
    Study study;
    study.m_folder = std::move(folder);
    study.m_access = ::access(study.m_folder.c_str(), W_OK) == 0 ? access : Access::ReadOnly;
    if (const Result<void> read = study.readExperiment(); !read) return read.error();
    study.plan();
    return study;
}

/// Settings, corpus and added runs as experiment.json has them.
Result<void> Study::readExperiment() {
    const fs::path path = m_folder / kExperimentFile;
    const Result<std::string> text = readFile(path, kLargestExperiment);
    if (!text) return text.error();
    try {
        const Json json = detail::strictJson(*text);
        if (detail::integerAt(json, "format") != kFormat) {
            return Error{
                ErrorKind::Data,
                path.string() + " has a format this version does not know; use a newer version."};
        }
        Result<experiment::ExperimentSettings> settings =
            experiment::parseSettings(json.at("settings").dump());
        if (!settings)
            return Error{settings.error().kind, path.string() + ": " + settings.error().message};
        m_settings = std::move(*settings);
        m_corpus = corpusOf(json.at("corpus"));
        if (json.contains("created")) m_created = detail::textAt(json, "created");
        Result<std::vector<experiment::RunSpec>> added = parseSpecs(json.at("addedRuns").dump());
        if (!added)
            return Error{ErrorKind::Data, path.string() + ": " + added.error().message + "."};
        m_added = std::move(*added);
    } catch (const std::exception& error) {
        return Error{ErrorKind::Data,
                     path.string() + " cannot be read: " + error.what() +
                         ". Restore it from a copy; the run folders are untouched."};
    }
    return {};
}

std::optional<StudyPlan> Study::planOnDisk(const fs::path& folder) {
    Study study;
    study.m_folder = folder;
    if (!isExperiment(folder) || !study.readExperiment()) return std::nullopt;
    return StudyPlan{std::move(study.m_settings.grid), std::move(study.m_added)};
}

Result<void> Study::save() const {
    if (m_access == Access::ReadOnly) return readOnly(m_folder);
    const Json json = {{"format", kFormat},
                       {"engineVersion", kEngineVersion},
                       {"created", m_created},
                       {"corpus", corpusJson(m_corpus)},
                       {"settings", Json::parse(experiment::toJson(m_settings))},
                       {"addedRuns", Json::parse(toJson(m_added))}};
    return commitText(m_folder / kExperimentFile, json.dump(2) + "\n");
}

/// Lays out the planned runs; what is known of runs that stay planned is kept.
void Study::plan() {
    std::unordered_map<RunId, RunView> known;
    for (RunView& run : m_runs) known.emplace(run.id, std::move(run));
    m_runs.clear();
    m_index.clear();
    std::vector<experiment::RunSpec> specs = experiment::plannedRuns(m_settings);
    specs.insert(specs.end(), m_added.begin(), m_added.end());
    for (const experiment::RunSpec& spec : specs) {
        RunId id = runId(m_settings, spec, m_corpus.sha256);
        if (!m_index.emplace(id, m_runs.size()).second) continue;
        RunView run;
        if (const auto found = known.find(id); found != known.end()) run = std::move(found->second);
        run.id = std::move(id);
        run.spec = spec;
        run.totalSteps =
            data::totalSteps(m_settings.training, spec.length, m_corpus.trainingTokens);
        m_runs.push_back(std::move(run));
    }
}

Result<void> Study::setPlan(const std::string& name, experiment::GridSettings grid,
                            std::vector<experiment::RunSpec> added) {
    experiment::ExperimentSettings changed = m_settings;
    changed.name = name;
    changed.grid = std::move(grid);
    if (const Result<void> valid = experiment::validate(changed); !valid) return valid;
    std::swap(m_settings, changed);
    std::swap(m_added, added);
    if (const Result<void> saved = save(); !saved) {
        std::swap(m_settings, changed);
        std::swap(m_added, added);
        return saved;
    }
    plan();
    return {};
}

bool Study::adoptPlan(const StudyScan& scan) {
    if (!scan.plan || !(scan.plan->asked == StudyPlan{m_settings.grid, m_added})) return false;
    m_settings.grid = scan.plan->found.grid;
    m_added = scan.plan->found.added;
    plan();
    return true;
}

Result<void> Study::changePlan(const std::string& name, experiment::GridSettings grid) {
    return setPlan(name, std::move(grid), m_added);
}

Result<void> Study::addRuns(std::vector<experiment::RunSpec> specs) {
    std::vector<experiment::RunSpec> all = m_added;
    for (experiment::RunSpec& spec : specs) {
        if (find(runId(m_settings, spec, m_corpus.sha256)) == nullptr)
            all.push_back(std::move(spec));
    }
    return setPlan(m_settings.name, m_settings.grid, std::move(all));
}

Result<void> Study::resetRuns(std::span<const RunId> ids) {
    if (m_access == Access::ReadOnly) return readOnly(m_folder);
    for (const RunId& id : ids) {
        const auto found = m_index.find(id);
        if (found == m_index.end()) continue;
        RunView& run = m_runs[found->second];
        if (run.status != RunStatus::Failed && run.status != RunStatus::Diverged &&
            run.status != RunStatus::Damaged)
            continue;
        if (const Result<void> reset = resetRunFolder(runFolder(id)); !reset) return reset;
        const RunFolderState state = readRunFolder(runFolder(id));
        run = RunView{.id = run.id,
                      .spec = run.spec,
                      .status = state.status,
                      .step = state.step,
                      .totalSteps = run.totalSteps,
                      .latest = {},
                      .validationLoss = {},
                      .result = {},
                      .message = state.message};
    }
    return {};
}

const RunView* Study::find(const RunId& id) const {
    const auto found = m_index.find(id);
    return found == m_index.end() ? nullptr : &m_runs[found->second];
}

std::vector<RunId> Study::unfinished() const {
    std::vector<RunId> ids;
    for (const RunView& run : m_runs) {
        if (run.status == RunStatus::Empty || run.status == RunStatus::Queued ||
            run.status == RunStatus::Running || run.status == RunStatus::Paused) {
            ids.push_back(run.id);
        }
    }
    return ids;
}

std::vector<RunId> Study::withStatus(RunStatus status) const {
    std::vector<RunId> ids;
    for (const RunView& run : m_runs) {
        if (run.status == status) ids.push_back(run.id);
    }
    return ids;
}

std::vector<QueueItem> Study::queueItems(std::span<const RunId> ids) const {
    std::vector<QueueItem> items;
    for (const RunId& id : ids) {
        if (const RunView* run = find(id))
            items.push_back({.id = id, .spec = run->spec, .totalSteps = run->totalSteps});
    }
    return items;
}

fs::path Study::runFolder(const RunId& id) const {
    return m_folder / kRunsFolder / id;
}

void Study::markQueued(const Queue& queue) {
    std::unordered_set<RunId> queued;
    for (const QueueItem& item : queue.items()) queued.insert(item.id);
    for (RunView& run : m_runs) {
        const bool waits = queued.contains(run.id);
        if (waits && (run.status == RunStatus::Empty || run.status == RunStatus::Paused))
            run.status = RunStatus::Queued;
        if (!waits && run.status == RunStatus::Queued)
            run.status = run.step > 0 ? RunStatus::Paused : RunStatus::Empty;
    }
}

}  // namespace runs

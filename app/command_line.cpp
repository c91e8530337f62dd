// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>

#include "app/version.h"
#include "engine/experiment/fields.h"
#include "engine/experiment/nearest_name.h"
#include "engine/experiment/presets.h"

namespace app {
namespace {

/// Option values that need a second look after CLI11 has read them.
struct RawValues {
    std::string selector;
    std::string precision;
    bool batch = false;
    bool json = false;
    bool quiet = false;
    bool verbose = false;
    bool noColor = false;
    CLI::Option* runs = nullptr;
    CLI::Option* seeds = nullptr;
    CLI::Option* analyse = nullptr;
    CLI::Option* columns = nullptr;
};

template <class Enum>
std::vector<std::string> names(experiment::Choices<Enum> choices) {
    std::vector<std::string> all;
    for (const auto& choice : choices) all.emplace_back(choice.name);
    return all;
}

template <class Enum>
std::optional<Enum> named(const std::string& name, experiment::Choices<Enum> choices) {
    for (const auto& choice : choices) {
        if (name == choice.name) return choice.value;
    }
    return std::nullopt;
}

std::string presetHelp() {
    std::string help = "settings of a new experiment (default: quick):";
    for (const auto& each : experiment::presets()) {
        help += "\n" + std::string(each.name) + ": " + std::string(each.purpose);
    }
    return help;
}

void addStudyOptions(CLI::App& cli, CommandLine& line, RawValues& raw) {
    const std::string group = "Study";
    cli.add_option("--experiment", line.experiment,
                   "folder of the experiment; made if it does not exist, continued if it does")
        ->envname("SPARSITY_EXPERIMENT")
        ->group(group);
    cli.add_option("--preset", line.preset, presetHelp())->envname("SPARSITY_PRESET")->group(group);
    cli.add_option(
           "--settings", line.settingsFile,
           "settings of a new experiment: a JSON file, or the JSON itself if it begins with {")
        ->envname("SPARSITY_SETTINGS")
        ->group(group);
    cli.add_option("--data", line.data,
                   "text to train on: a file, or a folder of files (default: the embedded text)")
        ->envname("SPARSITY_DATA")
        ->group(group);
    cli.add_option("--lengths", line.lengths, "sequence lengths L, as in 64,128")
        ->delimiter(',')
        ->envname("SPARSITY_LENGTHS")
        ->group(group);
    cli.add_option("--ratios", line.keepRatios, "keep ratios k/L in (0, 1], as in 0.25,0.5")
        ->delimiter(',')
        ->envname("SPARSITY_RATIOS")
        ->group(group);
    raw.runs = cli.add_option("--runs", line.runs, "runs per cell, seeds 42, 43, ...")
                   ->check(CLI::Range(1, 10000))
                   ->group(group);
    raw.seeds =
        cli.add_option("--seeds", line.seeds, "seeds of the runs of each cell, as in 42,43,44")
            ->delimiter(',')
            ->group(group);
    cli.add_option("--add-runs", line.addedRuns,
                   "runs besides those of the grid, as L:k/L:seed: 64:0.5:45,64:dense:45")
        ->delimiter(',')
        ->group(group);
    cli.add_option("--selector", raw.selector, "who chooses the kept tokens")
        ->check(
            CLI::IsMember(names(experiment::Choices<experiment::Selector>(experiment::kSelectors))))
        ->envname("SPARSITY_SELECTOR")
        ->group(group);
    cli.add_flag("--dense-reference", line.denseReference, "train dense attention as well")
        ->group(group);
    cli.add_option("--precision", raw.precision, "of the matrix products")
        ->check(CLI::IsMember(
            names(experiment::Choices<experiment::Precision>(experiment::kPrecisions))))
        ->envname("SPARSITY_PRECISION")
        ->group(group);
}

void addRunOptions(CLI::App& cli, CommandLine& line, RawValues& raw) {
    const std::string group = "Running";
    cli.add_flag("--batch", raw.batch,
                 "train without a window; continues by itself where it was stopped")
        ->group(group);
    cli.add_option("--device", line.device, "auto, cpu or cuda:N")
        ->envname("SPARSITY_DEVICE")
        ->capture_default_str()
        ->group(group);
    cli.add_option("--lanes", line.lanes,
                   "trainings side by side (default: one per core, one per GPU)")
        ->check(CLI::Range(1, 1024))
        ->envname("SPARSITY_LANES")
        ->group(group);
    cli.add_flag("--dry-run", line.dryRun,
                 "print the plan with expected time and disk, train nothing")
        ->group(group);
    cli.add_option("--export", line.exportFolder,
                   "write tables, figures, JSON and report into this folder: at the end with "
                   "--batch, else of what is there, without training")
        ->envname("SPARSITY_EXPORT")
        ->group(group);
}

void addOutputOptions(CLI::App& cli, CommandLine& line, RawValues& raw) {
    const std::string output = "Output";
    cli.add_flag("--json", raw.json, "results as JSON on standard output")->group(output);
    cli.add_flag("--quiet", raw.quiet, "errors and results only; of an analysis the answers only")
        ->group(output);
    cli.add_flag("--verbose", raw.verbose,
                 "say more about what is going on; of an analysis every test")
        ->group(output);
    cli.add_flag("--no-color", raw.noColor, "no colours (NO_COLOR does the same)")->group(output);
    const std::string analysis = "Statistics of any table";
    raw.analyse = cli.add_option("--analyse", line.analyseFile,
                                 "analyse a CSV table of losses, one run per row, as in the "
                                 "runs.csv of an export (- reads standard input); trains nothing")
                      ->group(analysis);
    raw.columns = cli.add_option("--columns", line.analyseColumns,
                                 "names of the table's columns, as in "
                                 "length=L,ratio=r,seed=run,loss=val_loss; ratio=1-NAME where the "
                                 "column holds the share dropped")
                      ->group(analysis);
}

engine::Error usageError(std::string message) {
    return {engine::ErrorKind::Usage, std::move(message)};
}

/// SPARSITY_SEEDS or SPARSITY_RUNS, unless a flag says how many runs a cell has.
void readRunsFromEnvironment(const RawValues& raw) {
    if (raw.runs->count() > 0 || raw.seeds->count() > 0) return;
    const char* const seeds = std::getenv("SPARSITY_SEEDS");
    const char* const runs = std::getenv("SPARSITY_RUNS");
    CLI::Option* const option = seeds != nullptr ? raw.seeds : raw.runs;
    const char* const value = seeds != nullptr ? seeds : runs;
    if (value == nullptr || *value == '\0') return;
    option->add_result(std::string(value));
    option->run_callback();
}

engine::Result<void> refuseExtras(const CLI::App& cli, const RawValues& raw) {
    for (const std::string& extra : cli.remaining()) {
        const bool forWindow = !raw.batch && extra.size() > 1 && extra[0] == '-' && extra[1] != '-';
        if (forWindow) return {};  // what follows may be its value: "-platform offscreen"
        std::vector<std::string> known;
        for (const CLI::Option* option : cli.get_options()) known.push_back(option->get_name());
        const std::string hint =
            extra.starts_with("-") ? "; did you mean " + experiment::nearestName(extra, known) + "?"
                                   : "; --help lists the arguments";
        return usageError("unknown argument " + experiment::inQuotes(extra) + hint);
    }
    return {};
}

/// Arguments of the plan and of training that an action without them would silently leave out.
/// Variables do not count: they are set once for many commands.
engine::Result<void> refuseUnused(Action action, int argc, const char* const* argv) {
    const std::vector<std::string> ofPlan = {
        "--preset", "--settings", "--lengths",         "--ratios",    "--runs",
        "--seeds",  "--selector", "--dense-reference", "--precision", "--add-runs"};
    const std::vector<std::string> ofPlace = {"--data", "--device", "--lanes"};
    for (int at = 1; at < argc && action != Action::Batch; ++at) {
        const std::string given(argv[at]);
        const std::string name = given.substr(0, given.find('='));
        const auto isIn = [&name](const std::vector<std::string>& names) {
            return std::find(names.begin(), names.end(), name) != names.end();
        };
        const bool window = action == Action::Window;
        const bool exports = action == Action::Analyse && name == "--export";
        if (!exports && !isIn(ofPlan) && (window || !isIn(ofPlace))) continue;
        if (window)
            return usageError(name +
                              " needs --batch; in the window, File > New experiment asks "
                              "for it");
        if (action == Action::Analyse)
            return usageError(name +
                              " has no effect on --analyse, which trains nothing; leave it "
                              "out");
        return usageError(name +
                          " has no effect on --export alone, which exports the experiment "
                          "as it is; add --batch to train that plan first, or leave " +
                          name + " out");
    }
    return {};
}

engine::Result<void> checkAnalysis(const CommandLine& line, const RawValues& raw) {
    if (raw.analyse->count() == 0) {
        return raw.columns->count() > 0
                   ? usageError("--columns names the columns of --analyse FILE; give both")
                   : engine::Result<void>();
    }
    if (line.analyseFile.empty()) {
        return usageError("--analyse needs a CSV file, or - for standard input");
    }
    if (raw.batch) return usageError("--analyse and --batch exclude each other; give one");
    return {};
}

engine::Result<void> finish(CommandLine& line, const RawValues& raw) {
    line.selector =
        named(raw.selector, experiment::Choices<experiment::Selector>(experiment::kSelectors));
    line.precision =
        named(raw.precision, experiment::Choices<experiment::Precision>(experiment::kPrecisions));
    if (raw.json) line.format = OutputFormat::Json;
    if (raw.quiet && raw.verbose)
        return usageError("--quiet and --verbose exclude each other; give one");
    if (raw.quiet) line.verbosity = Verbosity::Quiet;
    if (raw.verbose) line.verbosity = Verbosity::Verbose;
    const char* const noColour = std::getenv("NO_COLOR");
    if (raw.noColor || (noColour != nullptr && *noColour != '\0')) line.colour = Colour::Never;
    if (raw.runs->count() > 0 && raw.seeds->count() > 0) {
        return usageError("--runs and --seeds exclude each other; give one");
    }
    if (auto clear = checkAnalysis(line, raw); !clear) return clear;
    if (raw.batch && line.experiment.empty()) {
        return usageError("--batch needs --experiment DIR, the folder for its runs and results");
    }
    line.action = !line.analyseFile.empty()    ? Action::Analyse
                  : raw.batch                  ? Action::Batch
                  : !line.exportFolder.empty() ? Action::Export
                                               : Action::Window;
    if (line.action == Action::Export && line.experiment.empty()) {
        return usageError("--export needs --experiment DIR, the experiment to export");
    }
    if (line.dryRun && line.action != Action::Batch) {
        return usageError("--dry-run needs --batch");
    }
    if (line.action == Action::Window && raw.json) {
        return usageError("--json needs --batch, --export or --analyse");
    }
    return {};
}

}  // namespace

engine::Result<CommandLine> parseCommandLine(int argc, const char* const* argv) {
    CommandLine line;
    RawValues raw;
    CLI::App cli("Which share k/L of the visible tokens should DeepSeek Sparse Attention keep?",
                 "sparsity-workbench");
    cli.set_version_flag("--version", std::string("sparsity-workbench ") + version());
    cli.allow_extras();
    addRunOptions(cli, line, raw);
    addStudyOptions(cli, line, raw);
    addOutputOptions(cli, line, raw);
    cli.footer(
        "Every option with a value can be set by a variable, as in SPARSITY_DEVICE; flags win.\n"
        "Exit codes: 0 done, 2 usage or settings, 3 data or some runs failed, 4 device out of "
        "memory,\n"
        "5 diverged, 74 input or output, 75 saved and can continue, 76 superseded, 130 "
        "interrupted.");
    try {
        cli.parse(argc, argv);
        readRunsFromEnvironment(raw);
    } catch (const CLI::CallForHelp&) {
        line.action = Action::Print;
        line.text = cli.help();
        return line;
    } catch (const CLI::CallForVersion& called) {
        line.action = Action::Print;
        line.text = std::string(called.what()) + "\n";
        return line;
    } catch (const CLI::ParseError& problem) {
        return usageError(std::string(problem.what()) + "; --help lists the arguments");
    }
    if (auto known = refuseExtras(cli, raw); !known) return known.error();
    if (auto complete = finish(line, raw); !complete) return complete.error();
    if (auto used = refuseUnused(line.action, argc, argv); !used) return used.error();
    return line;
}

}  // namespace app

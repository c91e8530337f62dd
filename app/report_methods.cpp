// SPDX-License-Identifier: GPL-3.0-or-later
// Report, chapter "Methods": settings, data, budgets, checks, environment, and how to do it again.
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "app/report_parts.h"
#include "app/results_sheet.h"
#include "app/text.h"
#include "app/version.h"
#include "engine/experiment/added_runs.h"
#include "engine/experiment/settings_json.h"
#include "stats/number_text.h"

namespace app {
namespace {

/// "600" or "560 to 600".
std::string rangeText(double low, double high, int decimals) {
    const std::string first =
        decimals == 0 ? groupedText(static_cast<std::int64_t>(low)) : fixedText(low, decimals);
    const std::string last =
        decimals == 0 ? groupedText(static_cast<std::int64_t>(high)) : fixedText(high, decimals);
    return first == last ? first : first + " to " + last;
}

struct Range {
    double low = 0.0;
    double high = 0.0;
    bool isEmpty = true;
    void add(double value) {
        low = isEmpty ? value : std::min(low, value);
        high = isEmpty ? value : std::max(high, value);
        isEmpty = false;
    }
};

void addBudgets(Document& document, const ReportInput& input) {
    document.add(Heading{3, "Budgets"});
    TextTable table;
    table.columns = {{"L"},      {"Runs"},  {"Tokens seen per run"},
                     {"Epochs"}, {"Steps"}, {"Validation tokens of the final loss"}};
    for (const std::int64_t length : input.table.lengths) {
        Range tokens;
        Range epochs;
        Range steps;
        Range validation;
        std::size_t count = 0;
        for (const runs::CellOutcome& cell : input.table.cells) {
            if (cell.length != length) continue;
            for (const runs::RunOutcome& run : cell.runs) {
                if (!run.result) continue;
                ++count;
                tokens.add(static_cast<double>(run.result->tokensSeen));
                epochs.add(run.result->epochs);
                steps.add(static_cast<double>(run.result->steps));
                validation.add(static_cast<double>(run.result->validationTokens));
            }
        }
        if (count == 0) continue;
        table.rows.push_back(
            {std::to_string(length), std::to_string(count), rangeText(tokens.low, tokens.high, 0),
             rangeText(epochs.low, epochs.high, 3), rangeText(steps.low, steps.high, 0),
             rangeText(validation.low, validation.high, 0)});
    }
    if (table.rows.empty()) {
        document.paragraph("No run has finished yet.");
        return;
    }
    document.add(std::move(table));
}

std::string valueText(const nlohmann::ordered_json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_array()) return value.dump();
    std::string text;
    for (const auto& each : value) text += (text.empty() ? "" : ", ") + valueText(each);
    return text;
}

void addSettings(Document& document, const ReportInput& input) {
    document.add(Heading{3, "Settings"});
    TextTable table;
    table.columns = {{"Setting", Align::Left}, {"Value", Align::Left}};
    const auto settings = nlohmann::ordered_json::parse(experiment::toJson(input.settings));
    for (const auto& [group, value] : settings.items()) {
        if (!value.is_object()) {
            table.rows.push_back({group, valueText(value)});
            continue;
        }
        for (const auto& [key, each] : value.items())
            table.rows.push_back({group + "." + key, valueText(each)});
    }
    document.add(std::move(table));
}

void addData(Document& document, const ReportInput& input) {
    document.add(Heading{3, "Data"});
    const runs::CorpusIdentity& corpus = input.corpus;
    document.paragraph(fmt::format(
        "{}; SHA-256 {}; vocabulary of {}. Training reads {} tokens, validation {} tokens from a "
        "separate part of the text that is never trained on.",
        corpus.description, corpus.sha256, corpus.vocabulary, groupedText(corpus.trainingTokens),
        groupedText(corpus.validationTokens)));
}

void addPreflight(Document& document, const ReportInput& input) {
    document.add(Heading{3, "Checks before training"});
    struct Outcome {
        std::size_t passed = 0;
        std::size_t failed = 0;
        std::string detail;
    };
    std::map<std::string, Outcome> gates;
    for (const runs::RunDescription& run : input.runs) {
        for (const training::GateResult& gate : run.gates) {
            Outcome& outcome = gates[gate.gate];
            ++(gate.passed ? outcome.passed : outcome.failed);
            if (outcome.detail.empty() || !gate.passed) outcome.detail = gate.detail;
        }
    }
    if (gates.empty()) {
        document.paragraph("No run recorded a check.");
        return;
    }
    TextTable table;
    table.columns = {{"Check", Align::Left},
                     {"Runs passed"},
                     {"Runs failed"},
                     {"Measured, in one of them", Align::Left}};
    for (const auto& [gate, outcome] : gates)
        table.rows.push_back(
            {gate, std::to_string(outcome.passed), std::to_string(outcome.failed), outcome.detail});
    document.add(std::move(table));
}

void addEnvironment(Document& document, const ReportInput& input) {
    document.add(Heading{3, "Environment"});
    std::map<std::string, std::size_t> environments;
    for (const runs::RunDescription& run : input.runs)
        ++environments[fmt::format("device {}, {} side by side, {}, engine {}: {}", run.device,
                                   countText(static_cast<std::size_t>(run.lanes), "lane"),
                                   countText(static_cast<std::size_t>(run.threads), "thread"),
                                   run.engineVersion, run.environment)];
    if (environments.empty()) {
        document.paragraph("No run recorded its environment.");
        return;
    }
    Bullets bullets;
    for (const auto& [text, count] : environments)
        bullets.items.push_back(countText(count, "run") + ": " + text);
    document.add(std::move(bullets));
}

void addStatistics(Document& document, const stats::GridAnalysis& analysis) {
    document.add(Heading{3, "Statistics"});
    const auto& options = analysis.options;
    document.paragraph(fmt::format(
        "Response: final validation loss in nats per token, one value per length, keep ratio and "
        "seed. The same seeds run in every cell, so the seed is a block. Alpha is {}. Per length: "
        "randomised-block ANOVA over the keep ratios (one-way, Welch, Friedman and Kruskal-Wallis "
        "beside it), Tukey HSD over all pairs, Dunnett against the baseline k/L = {}, Hsu's "
        "comparisons for the set that may be best, bootstrap over seeds for the probability of "
        "being "
        "best. Over the grid: blocked two-way ANOVA with interaction, planned contrasts for the "
        "hypotheses, a permutation test and Page's test for a falling optimum. Every test "
        "with its n, df, statistic and p stands in the tables beside this report.",
        stats::numberText(options.alpha), stats::numberText(options.baselineRatio)));
}

/// In single quotes, as a shell reads them.
std::string quoted(const std::string& text) {
    if (!text.empty() &&
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789_./-,=") == std::string::npos)
        return text;
    std::string safe = "'";
    for (const char c : text) safe += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return safe + "'";
}

void addReproduction(Document& document, const ReportInput& input) {
    document.add(Heading{3, "How to do it again"});
    std::string command =
        "sparsity-workbench --batch --experiment NEW_FOLDER \\\n"
        "  --settings settings.json";
    if (input.settings.data.kind == experiment::CorpusKind::File)
        command += " \\\n  --data " + quoted(input.settings.data.path);
    const auto added = experiment::addedRunNames(input.addedRuns, input.settings.grid);
    for (std::size_t at = 0; at < added.size(); ++at)
        command += (at == 0 ? " \\\n  --add-runs " : ",") + added[at];
    command += " \\\n  --export NEW_FOLDER/export";
    if (const std::size_t other = input.addedRuns.size() - added.size(); other > 0)
        document.paragraph(std::to_string(other) + (other == 1 ? " run" : " runs") +
                           " with another selector or learning rate " +
                           (other == 1 ? "was" : "were") +
                           " added by hand and the command does not plan it again.");
    document.paragraph(
        "settings.json lies beside this report. The seeds fix initial weights and the order of the "
        "data, so the same machine and version give the same numbers up to rounding that depends "
        "on "
        "which runs train together.");
    document.add(Code{command});
    document.paragraph(std::string("Made by sparsity-workbench ") + version() + ".");
}

}  // namespace

void addMethods(Document& document, const ReportInput& input) {
    document.add(Heading{2, "Methods"});
    addBudgets(document, input);
    if (input.analysis != nullptr) addStatistics(document, *input.analysis);
    addData(document, input);
    addPreflight(document, input);
    addEnvironment(document, input);
    addSettings(document, input);
    addReproduction(document, input);
}

}  // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
// Runs every row of every golden file; one line per failed row, one per family; exit code 1 when
// anything failed, 2 when a file could not be read. "golden_test TEXT" runs only the rows whose id
// or function contains TEXT.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <vector>

#include "tests/stats/golden/golden_case.h"
#include "tests/stats/golden/golden_registry.h"

namespace golden {
namespace {

namespace fs = std::filesystem;

struct Counts {
    std::size_t rows = 0;
    std::size_t failed = 0;
    std::map<std::string, std::size_t> rowsPerFunction;
};

struct Tally {
    std::map<std::string, Counts> families;
    std::set<std::string> ids;
    std::size_t broken = 0;  // files or data sets that break the schema

    void reject(const std::string& where, const std::string& why) {
        ++broken;
        std::cout << "BROKEN " << where << ": " << why << '\n';
    }
};

Json readJson(const fs::path& path) {
    std::ifstream file(path);
    if (!file) throw MalformedCase("cannot be opened");
    return Json::parse(file);
}

/// What is wrong with the row; empty when it passes.
std::vector<std::string> failuresOf(const GoldenCase& row) {
    const Callable* function = findFunction(row.function);
    if (function == nullptr) return {"unknown function " + row.function};
    Json got;
    try {
        got = (*function)(row);
    } catch (const std::domain_error& error) {
        if (row.expectsRefusal()) return {};
        return {std::string("refused: ") + error.what()};
    }
    if (row.expectsRefusal()) return {"must be refused, but gave " + got.dump()};
    return disagreements(row, got);
}

std::vector<std::string> runRow(const Json& json, const Json& datasets, Tally& tally) {
    try {
        const GoldenCase row = parseCase(json, datasets);
        if (!tally.ids.insert(row.id).second) return {"the id occurs twice"};
        return failuresOf(row);
    } catch (const std::exception& error) {  // reported as this row's failure, never swallowed
        return {std::string("stopped by ") + error.what()};
    }
}

void runFile(const fs::path& path, const Json& datasets, const std::string& only, Tally& tally) {
    const Json file = readJson(path);
    const std::string family = file.at("family").get<std::string>();
    const Json& rows = file.at("cases");
    if (!isKnownFamily(family)) tally.reject(path.filename(), "unknown family " + family);
    if (file.at("schema") != "stats-golden/2") tally.reject(path.filename(), "unknown schema");
    if (file.at("count") != rows.size()) tally.reject(path.filename(), "count is not the rows'");
    Counts& counts = tally.families[family];
    for (const Json& row : rows) {
        const std::string id = row.value("id", "(no id)");
        const std::string function = row.value("fn", "(no fn)");
        if (id.find(only) == std::string::npos && function.find(only) == std::string::npos) {
            continue;
        }
        ++counts.rows;
        ++counts.rowsPerFunction[function];
        const std::vector<std::string> failures = runRow(row, datasets, tally);
        if (failures.empty()) continue;
        ++counts.failed;
        for (const std::string& failure : failures) {
            std::cout << "FAILED " << family << " " << id << " (" << function << ") " << failure
                      << '\n';
        }
    }
}

std::vector<fs::path> goldenFiles(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".json" && entry.path().filename() != "datasets.json") {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

int summarise(const Tally& tally) {
    std::size_t rows = 0;
    std::size_t failed = 0;
    for (const auto& [family, counts] : tally.families) {
        rows += counts.rows;
        failed += counts.failed;
        std::cout << family << ": " << counts.rows - counts.failed << " of " << counts.rows
                  << " pass (";
        std::string separator;
        for (const auto& [function, count] : counts.rowsPerFunction) {
            std::cout << separator << function << " " << count;
            separator = ", ";
        }
        std::cout << ")\n";
    }
    std::cout << "total: " << rows - failed << " of " << rows << " pass, " << failed << " fail";
    if (tally.broken != 0) std::cout << ", " << tally.broken << " broken files";
    std::cout << '\n';
    return failed == 0 && tally.broken == 0 && rows != 0 ? 0 : 1;
}

int run(const fs::path& folder, const std::string& only) {
    std::cout << "golden files: " << folder.string() << '\n';
    const fs::path datasetsPath = folder / "datasets.json";
    const Json datasets =
        fs::exists(datasetsPath) ? readJson(datasetsPath).at("datasets") : Json::object();
    Tally tally;
    for (const fs::path& path : goldenFiles(folder)) {
        try {
            runFile(path, datasets, only, tally);
        } catch (const std::exception& error) {  // a file we cannot read fails the whole test
            tally.reject(path.filename(), error.what());
        }
    }
    return summarise(tally);
}

}  // namespace
}  // namespace golden

int main(int argc, char** argv) {
    const char* fromEnvironment = std::getenv("SPARSITY_GOLDENS");
    const std::filesystem::path folder = fromEnvironment != nullptr && *fromEnvironment != '\0'
                                             ? fromEnvironment
                                             : SPARSITY_GOLDEN_FOLDER;
    try {
        return golden::run(folder, argc > 1 ? argv[1] : "");
    } catch (const std::exception& error) {
        std::cerr << "golden_test: " << folder.string() << ": " << error.what() << '\n';
        return 2;
    }
}

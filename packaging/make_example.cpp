// SPDX-License-Identifier: GPL-3.0-or-later
// make_example EXPERIMENT ARCHIVE: packs a finished experiment on the embedded text as the example
// of the start page. To be run again whenever the engine's version changes the identity of runs.
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "engine/data/corpus.h"
#include "engine/runs/file_commit.h"
#include "engine/runs/metrics_log.h"
#include "engine/runs/study.h"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::int64_t kEverySteps = 20;  // of the metrics; evaluations are all kept
constexpr std::uint64_t kLargestFile = 8 << 20;
constexpr std::size_t kBlock = 512;  // of the ustar format

int fail(const std::string& reason) {
    std::fprintf(stderr, "make_example: %s\n", reason.c_str());
    return 1;
}

/// One regular file of a ustar archive; owner and times are left at zero.
std::string archived(const std::string& name, const std::string& content) {
    std::array<char, kBlock> header{};
    std::snprintf(header.data(), 100, "%s", name.c_str());
    std::snprintf(header.data() + 100, 8, "%07o", 0444U);
    std::snprintf(header.data() + 108, 8, "%07o", 0U);
    std::snprintf(header.data() + 116, 8, "%07o", 0U);
    std::snprintf(header.data() + 124, 12, "%011zo", content.size());
    std::snprintf(header.data() + 136, 12, "%011o", 0U);
    header[156] = '0';
    std::copy_n("ustar\00000", 8, header.data() + 257);
    std::fill_n(header.data() + 148, 8, ' ');  // the checksum counts itself as blanks
    unsigned sum = 0;
    for (const char byte : header) sum += static_cast<unsigned char>(byte);
    std::snprintf(header.data() + 148, 8, "%06o", sum);
    std::string text(header.data(), header.size());
    text += content;
    text.append((kBlock - content.size() % kBlock) % kBlock, '\0');
    return text;
}

/// Points the settings at the embedded text, which has the same bytes as the one trained on.
void useEmbeddedText(Json& settings) {
    settings["name"] = "Example: the quick study";
    settings["data"]["kind"] = "tinyshakespeare";
    settings["data"]["path"] = "";
}

Json read(const fs::path& path) {
    const auto text = runs::readFile(path, kLargestFile);
    if (!text) throw std::runtime_error(text.error().message);
    return Json::parse(*text);
}

std::string thinned(const std::vector<runs::MetricPoint>& points, const fs::path& scratch) {
    fs::remove(scratch);
    {
        auto writer = runs::MetricsWriter::create(scratch, 1, 0);
        if (!writer) throw std::runtime_error(writer.error().message);
        for (const runs::MetricPoint& point : points) {
            const bool kept =
                point.step == 1 || point.step % kEverySteps == 0 || point.validationLoss;
            if (kept && !writer->append(point)) throw std::runtime_error("append failed");
        }
    }
    return *runs::readFile(scratch, kLargestFile);
}

std::string pack(const runs::Study& study, const runs::CorpusIdentity& text,
                 const fs::path& scratch) {
    Json experiment = read(study.folder() / "experiment.json");
    useEmbeddedText(experiment["settings"]);
    experiment["corpus"]["description"] = text.description;
    std::string archive = archived("experiment.json", experiment.dump(1));
    if (fs::exists(study.folder() / "timing.json"))
        archive += archived("timing.json", read(study.folder() / "timing.json").dump());
    for (const runs::RunView& run : study.runs()) {
        const auto points = study.metrics(run.id);
        if (!points) throw std::runtime_error(points.error().message);
        const fs::path folder = study.runFolder(run.id);
        Json description = read(folder / "run.json");
        useEmbeddedText(description["settings"]);
        description["corpus"]["description"] = text.description;
        const std::string name = "runs/" + run.id + "/";
        archive += archived(name + "run.json", description.dump());
        archive += archived(name + "metrics-1.jsonl", thinned(*points, scratch));
        archive += archived(name + "result.json", read(folder / "result.json").dump());
    }
    return archive.append(2 * kBlock, '\0');
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return fail("usage: make_example EXPERIMENT ARCHIVE");
    auto study = runs::Study::open(argv[1], runs::Access::ReadOnly);
    if (!study) return fail(study.error().message);
    study->rescan();
    if (study->withStatus(runs::RunStatus::Done).size() != study->runs().size())
        return fail("not every run of " + std::string(argv[1]) + " is done");
    const auto embedded = data::openCorpus({});
    if (!embedded) return fail(embedded.error().message);
    const runs::CorpusIdentity text = runs::identityOf(**embedded);
    if (text.sha256 != study->corpus().sha256)
        return fail("it was not trained on the embedded text");
    try {
        const std::string archive = pack(*study, text, std::string(argv[2]) + ".metrics");
        fs::remove(std::string(argv[2]) + ".metrics");
        std::ofstream(argv[2], std::ios::binary) << archive;
    } catch (const std::exception& problem) {
        return fail(problem.what());
    }
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analyse_command.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <sstream>

namespace {

struct Outcome {
    int code = 0;
    std::string out;
    std::string err;
};

Outcome analyse(const app::AnalyseRequest& request, const std::string& input = "") {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    const int code = app::runAnalyse(request, in, out, err);
    return {code, out.str(), err.str()};
}

Outcome analyseText(const std::string& table, app::AnalyseRequest request = {}) {
    request.path = "-";
    return analyse(request, table);
}

app::AnalyseRequest ofFile(const std::string& path) {
    app::AnalyseRequest request;
    request.path = path;
    return request;
}

app::AnalyseRequest published() {
    app::AnalyseRequest request;
    request.path = SPARSITY_TEST_DATA "/published_runs.csv";
    request.columns = {.length = "L", .ratio = "1-s", .seed = "seed", .loss = "loss"};
    return request;
}

/// Losses around 2 with a seed's own level; ratio 0.5 is the best.
std::string madeTable(const std::vector<int>& lengths, const std::vector<double>& ratios,
                      int seeds) {
    std::ostringstream text;
    text.precision(17);
    text << "length,ratio,seed,loss\n";
    for (const int length : lengths)
        for (const double ratio : ratios)
            for (int seed = 1; seed <= seeds; ++seed) {
                const double wave = std::sin(7.0 * seed + 31 * ratio + length);
                text << length << ',' << ratio << ',' << seed << ','
                     << 2 + std::abs(ratio - 0.5) + 0.01 * wave << '\n';
            }
    return text.str();
}

void expectMentions(const std::string& text, std::initializer_list<const char*> parts) {
    for (const char* part : parts)
        EXPECT_NE(text.find(part), std::string::npos) << part << " in: " << text;
}

std::size_t widestLine(const std::string& text) {
    std::size_t widest = 0;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto width = std::count_if(line.begin(), line.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        });
        widest = std::max(widest, static_cast<std::size_t>(width));
    }
    return widest;
}

TEST(AnalyseCommand, TellsTheAnswerBeforeTheTables) {
    const Outcome got = analyse(published());
    ASSERT_EQ(got.code, 0) << got.err;
    EXPECT_TRUE(got.err.empty());
    std::size_t last = 0;
    for (const char* part :
         {"72 of 72 finished", "ANSWER", "L 64: k/L 0.75", "L 512: k/L 0.75", "FINDINGS",
          "HYPOTHESES", "LOSSES", "TESTS", "DIFFERENCES", "ASSUMPTIONS", "POWER"}) {
        const auto at = got.out.find(part);
        ASSERT_NE(at, std::string::npos) << part;
        EXPECT_GE(at, last) << part;
        last = at;
    }
}

TEST(AnalyseCommand, PrintsTheNumbersOfTheGoldens) {
    // blocked ANOVA, cell mean and Tukey's comparison of the published runs at L = 64
    expectMentions(analyse(published()).out, {"32.0", "7.618e-06", "18.0898", "0.01376"});
}

TEST(AnalyseCommand, FitsEveryLineIntoTheWidthAtEveryDetail) {
    for (const std::size_t width : {80U, 90U, 100U, 120U}) {
        for (const auto detail : {app::AnalysisDetail::Answer, app::AnalysisDetail::Summary,
                                  app::AnalysisDetail::Full}) {
            app::AnalyseRequest request = published();
            request.width = width;
            request.detail = detail;
            std::string out = analyse(request).out;
            out.erase(0, out.find("4 lengths"));  // the path of the file is one long word
            EXPECT_LE(widestLine(out), width);
        }
    }
}

TEST(AnalyseCommand, DetailAddsAndNeverReplaces) {
    app::AnalyseRequest request = published();
    request.detail = app::AnalysisDetail::Answer;
    const std::string answer = analyse(request).out;
    request.detail = app::AnalysisDetail::Summary;
    const std::string summary = analyse(request).out;
    request.detail = app::AnalysisDetail::Full;
    const std::string full = analyse(request).out;
    EXPECT_TRUE(summary.starts_with(answer));
    EXPECT_LT(summary.size(), full.size());
    for (const char* test : {"Games-Howell", "Nemenyi", "Dunnett", "Hsu", "Hommel", "Hedges' g",
                             "Huynh-Feldt", "Iman-Davenport", "Bayes", "type III"}) {
        EXPECT_EQ(summary.find("\n  " + std::string(test)), std::string::npos) << test;
        expectMentions(full, {test});
    }
}

TEST(AnalyseCommand, JsonHoldsEveryTestWithAllDigits) {
    app::AnalyseRequest request = published();
    request.format = app::AnalysisFormat::Json;
    const Outcome got = analyse(request);
    ASSERT_EQ(got.code, 0) << got.err;
    const auto json = nlohmann::json::parse(got.out);
    EXPECT_EQ(json["runs"]["done"], 72);
    std::size_t tukeyPairs = 0;
    for (const auto& row : json["pairwise"])
        if (row["method"] == "Tukey HSD") ++tukeyPairs;
    EXPECT_EQ(tukeyPairs, 4U * 15);
    for (const auto& row : json["anova"]) {
        if (row["length"] != 64 || row["method"] != "blocked ANOVA (seed as block)") continue;
        EXPECT_NEAR(row["p"].get<double>(), 7.61848e-06, 1e-11);
    }
    for (const char* sheet :
         {"cells", "anova", "pairwise", "effects", "assumptions", "power", "hypotheses"})
        EXPECT_FALSE(json[sheet].empty()) << sheet;
    EXPECT_TRUE(json["notes"].is_array());
}

TEST(AnalyseCommand, StandardInputIsReadLikeAFile) {
    const Outcome got = analyseText(madeTable({64, 128}, {0.25, 0.5, 0.75}, 3));
    ASSERT_EQ(got.code, 0) << got.err;
    EXPECT_EQ(got.out.find("loss so far"), std::string::npos);  // no run is to come
    expectMentions(got.out,
                   {"standard input", "2 lengths L, 3 keep ratios k/L, 3 seeds", "L 64: k/L 0.5"});
}

TEST(AnalyseCommand, SmallDesignsAreAnalysedAsFarAsTheyGo) {
    const Outcome oneRatio = analyseText(madeTable({64, 128}, {0.5}, 3));
    EXPECT_EQ(oneRatio.code, 0) << oneRatio.err;
    expectMentions(oneRatio.out, {"1 keep ratio", "the only"});
    const Outcome oneLength = analyseText(madeTable({64}, {0.25, 0.5}, 3));
    EXPECT_EQ(oneLength.code, 0) << oneLength.err;
    expectMentions(oneLength.out, {"1 length L", "at least two levels"});
    const Outcome oneSeed = analyseText(madeTable({64, 128}, {0.25, 0.5}, 1));
    EXPECT_EQ(oneSeed.code, 0) << oneSeed.err;
    expectMentions(oneSeed.out, {"1 seed", "too few runs to separate any"});
    const Outcome oneRun = analyseText(madeTable({64}, {0.5}, 1));
    EXPECT_EQ(oneRun.code, 0) << oneRun.err;
    for (const Outcome& got : {oneRatio, oneLength, oneSeed, oneRun}) {
        EXPECT_LE(widestLine(got.out), 80U);
        EXPECT_EQ(got.out.find("nan"), std::string::npos) << got.out;
    }
}

TEST(AnalyseCommand, EqualLossesAreToldNotComputed) {
    std::string text = "length,ratio,seed,loss\n";
    for (const char* ratio : {"0.25", "0.5"})
        for (const char* seed : {"1", "2", "3"})
            text += std::string("64,") + ratio + "," + seed + ",2\n";
    const Outcome got = analyseText(text);
    EXPECT_EQ(got.code, 0) << got.err;
    EXPECT_EQ(got.out.find("nan"), std::string::npos) << got.out;
}

TEST(AnalyseCommand, FailedAndMissingRunsAreCountedAndNamed) {
    std::string text = madeTable({64}, {0.25, 0.5, 0.75}, 4);
    text.erase(text.rfind("64,"));  // the last run is missing, the first one failed
    const std::string first = "64,0.25,1,";
    const auto at = text.find(first) + first.size();
    text.erase(at, text.find('\n', at) - at);
    const Outcome got = analyseText(text);
    ASSERT_EQ(got.code, 0) << got.err;
    expectMentions(got.out, {"10 of 12 finished, 1 failed, 1", "counts as failed", "3/4"});
    EXPECT_EQ(got.out.find("Interim"), std::string::npos);
}

TEST(AnalyseCommand, RunsThatGoOnMakeAnInterimLook) {
    std::string text = "length,ratio,seed,status,loss\n";
    for (const char* ratio : {"0.25", "0.5"})
        for (int seed = 1; seed <= 4; ++seed)
            text +=
                std::string("64,") + ratio + "," + std::to_string(seed) +
                (seed == 4 ? ",running,\n" : ",done,2.0" + std::to_string(seed) + ratio[2] + "\n");
    const Outcome got = analyseText(text);
    ASSERT_EQ(got.code, 0) << got.err;
    expectMentions(got.out, {"Interim look", "2 missing", "loss so far"});
}

TEST(AnalyseCommand, AThousandSeedsTakeSeconds) {
    const Outcome got = analyseText(madeTable({64, 128}, {0.25, 0.5, 0.75}, 1000));
    ASSERT_EQ(got.code, 0) << got.err;
    expectMentions(got.out, {"1 000 seeds", "1000/1000", "6 000 of 6 000 finished"});
    EXPECT_LE(widestLine(got.out), 80U);
}

TEST(AnalyseCommand, TooManySeedsAreRefused) {
    std::string text = "length,ratio,seed,loss\n";
    for (int seed = 0; seed < 10001; ++seed) text += "64,0.5," + std::to_string(seed) + ",2\n";
    const Outcome got = analyseText(text);
    EXPECT_EQ(got.code, 3);
    expectMentions(got.err, {"10001 seeds", "at most 10000", "--columns"});
}

class AnalyseFiles : public testing::Test {
protected:
    AnalyseFiles() {
        m_folder = std::filesystem::temp_directory_path() /
                   ("analyse_files_" + std::to_string(::getpid()));
        std::filesystem::create_directories(m_folder);
    }
    ~AnalyseFiles() override { std::filesystem::remove_all(m_folder); }

    Outcome analyseFile(const std::string& content) const {
        const auto path = m_folder / "table.csv";
        std::ofstream(path, std::ios::binary) << content;
        return analyse(ofFile(path.string()));
    }

    std::filesystem::path m_folder;
};

TEST_F(AnalyseFiles, WhatCannotBeReadIsNamedWithExitCode74) {
    const Outcome missing = analyse(ofFile((m_folder / "none.csv").string()));
    EXPECT_EQ(missing.code, 74);
    expectMentions(missing.err, {"none.csv", "No such file", "name a CSV file"});
    const Outcome folder = analyse(ofFile(m_folder.string()));
    EXPECT_EQ(folder.code, 74);
    expectMentions(folder.err, {"is a folder", "name a CSV file"});
    EXPECT_TRUE(missing.out.empty());
    EXPECT_TRUE(folder.out.empty());
}

TEST_F(AnalyseFiles, WhatIsNoTableIsNamedWithExitCode3InOneSentence) {
    for (const std::string& content :
         {std::string(),
          std::string("\x7f"
                      "ELF\x02\x01\x01\0",
                      8),
          std::string("hello\n"),
          std::string("length,ratio,seed,loss\n64,0.5,1,\"2\n64,0.5,2,3\n")}) {
        const Outcome got = analyseFile(content);
        EXPECT_EQ(got.code, 3) << content;
        EXPECT_TRUE(got.out.empty()) << content;
        EXPECT_EQ(std::count(got.err.begin(), got.err.end(), '\n'), 1) << got.err;
        EXPECT_TRUE(got.err.starts_with("sparsity-workbench: \"")) << got.err;
        EXPECT_TRUE(got.err.ends_with(".\n")) << got.err;
    }
}

TEST_F(AnalyseFiles, AnOutputThatIsFullIsNotSilent) {
    std::ofstream full("/dev/full");
    if (!full) GTEST_SKIP() << "no /dev/full";
    std::istringstream in;
    std::ostringstream err;
    app::AnalyseRequest request = published();
    EXPECT_EQ(app::runAnalyse(request, in, full, err), 74);
    expectMentions(err.str(), {"could not be written"});
}

}  // namespace

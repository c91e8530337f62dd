// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/batch.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/stop_signals.h"
#include "engine/runs/file_commit.h"
#include "tests/engine/runs/fake_trainer.h"

namespace {

namespace fs = std::filesystem;

struct Finished {
    int code = 0;
    std::string results;
    std::string messages;
};

/// A 2 x 2 grid with two seeds of 12 steps each, on the embedded text, with a trainer of
/// microseconds.
class Batch : public testing::Test {
protected:
    void SetUp() override {
        std::ofstream(m_folder.path() / "settings.json")
            << R"({"preset": "smoke", "training": {"budget": 12, "evaluations": 3, "checkpointSeconds": 0}})";
        m_line.action = app::Action::Batch;
        m_line.experiment = (m_folder.path() / "study").string();
        m_line.settingsFile = (m_folder.path() / "settings.json").string();
        m_line.device = "cpu";
        m_line.lanes = 2;
    }

    Finished run(const app::CommandLine& line) {
        std::ostringstream results;
        std::ostringstream messages;
        const app::BatchSurroundings surroundings{.results = results,
                                                  .messages = messages,
                                                  .messagesOnTerminal = false,
                                                  .devices = {"cpu"},
                                                  .cores = 2,
                                                  .ports = fake::ports(m_behaviour),
                                                  .stopSignal = [this] { return m_signal.load(); },
                                                  .figures = m_figures};
        const int code = line.action == app::Action::Export ? app::runExport(line, surroundings)
                                                            : app::runBatch(line, surroundings);
        return {code, results.str(), messages.str()};
    }
    Finished run() { return run(m_line); }
    Finished runJson() {
        app::CommandLine line = m_line;
        line.format = app::OutputFormat::Json;
        return run(line);
    }
    std::size_t runFolders() const {
        std::size_t count = 0;
        for (const auto& entry :
             fs::recursive_directory_iterator(fs::path(m_line.experiment) / "runs")) {
            count += entry.path().filename() == "result.json";
        }
        return count;
    }

    fake::Folder m_folder;
    app::CommandLine m_line;
    std::shared_ptr<fake::Behaviour> m_behaviour = std::make_shared<fake::Behaviour>();
    std::atomic<int> m_signal = 0;
    app::FigureWriter m_figures;
};

void expectMentions(const std::string& text, std::initializer_list<const char*> words) {
    for (const char* word : words) {
        EXPECT_NE(text.find(word), std::string::npos) << word << " is missing in:\n" << text;
    }
}

TEST_F(Batch, TrainsEveryRunOnceAndPrintsOneLineEach) {
    const Finished done = run();
    EXPECT_EQ(done.code, 0) << done.messages;
    EXPECT_EQ(runFolders(), 8U);
    expectMentions(done.messages, {"training 8 runs on cpu", "[8/8]", "seed 43: loss 2."});
    expectMentions(done.results,
                   {"final validation loss", "2/2", "  best, at the edge of the grid"});
    EXPECT_EQ(done.results.find("so far"), std::string::npos) << "every run is done";
    EXPECT_EQ(done.messages.find('\x1b'), std::string::npos) << "no colours outside a terminal";
    EXPECT_EQ(m_behaviour->cohortSizes.size(), 8U);
}

TEST_F(Batch, RunAgainTrainsNothingAndSaysSo) {
    ASSERT_EQ(run().code, 0);
    m_behaviour->cohortSizes.clear();
    const Finished again = run();
    EXPECT_EQ(again.code, 0);
    expectMentions(again.messages, {"Nothing to do: all 8 runs are finished"});
    EXPECT_TRUE(m_behaviour->cohortSizes.empty());
}

TEST_F(Batch, ADeletedRunFolderIsTheOnlyOneTrainedAgain) {
    ASSERT_EQ(run().code, 0);
    m_behaviour->cohortSizes.clear();
    for (const auto& entry :
         fs::directory_iterator(fs::path(m_line.experiment) / "runs" / "L0064-k016")) {
        if (entry.path().filename().string().starts_with("42-")) {
            fs::remove_all(entry.path());
            break;
        }
    }
    EXPECT_EQ(runFolders(), 7U);
    const Finished again = run();
    EXPECT_EQ(again.code, 0) << again.messages;
    expectMentions(again.messages, {"training 1 run on cpu"});
    EXPECT_EQ(m_behaviour->cohortSizes.size(), 1U);
    EXPECT_EQ(runFolders(), 8U);
}

TEST_F(Batch, TheTimingPassIsMadeUpForWhereItIsMissing) {
    ASSERT_EQ(run().code, 0);
    const auto timing = fs::path(m_line.experiment) / "timing.json";
    ASSERT_TRUE(fs::exists(timing));
    fs::remove(timing);
    m_behaviour->cohortSizes.clear();
    const Finished again = run();
    EXPECT_EQ(again.code, 0) << again.messages;
    EXPECT_TRUE(fs::exists(timing));
    EXPECT_TRUE(m_behaviour->cohortSizes.empty());
    const Finished third = run();
    EXPECT_EQ(third.messages.find("measuring"), std::string::npos) << third.messages;
}

TEST_F(Batch, RunsBesidesTheGridAreTrainedOnceAndStayPlanned) {
    m_line.addedRuns = {"64:0.25:90"};
    const Finished done = run();
    EXPECT_EQ(done.code, 0) << done.messages;
    EXPECT_EQ(runFolders(), 9U);
    expectMentions(done.messages, {"seed 90: loss 2."});
    m_line.addedRuns.clear();
    expectMentions(run().messages, {"Nothing to do: all 9 runs are finished"});
    m_line.addedRuns = {"64:0.25:90", "64:0.5:90"};
    expectMentions(run().messages, {"training 1 run on cpu"});
    m_line.addedRuns = {"63:0.25:90"};
    const Finished wrong = run();
    EXPECT_EQ(wrong.code, 2);
    expectMentions(wrong.messages, {"--add-runs", "63:0.25:90", "--lengths"});
}

TEST_F(Batch, AddedSeedsTrainOnlyTheNewRuns) {
    ASSERT_EQ(run().code, 0);
    m_behaviour->cohortSizes.clear();
    m_line.runs = 3;
    const Finished more = run();
    EXPECT_EQ(more.code, 0) << more.messages;
    EXPECT_EQ(m_behaviour->cohortSizes.size(), 4U);
    EXPECT_EQ(runFolders(), 12U);
}

TEST_F(Batch, OtherSettingsForAnExistingExperimentAreRefused) {
    ASSERT_EQ(run().code, 0);
    m_line.selector = experiment::Selector::Random;
    const Finished refused = run();
    EXPECT_EQ(refused.code, 2);
    expectMentions(refused.messages, {"grid.selector", "aligned", "random"});
    EXPECT_TRUE(refused.results.empty());
}

TEST_F(Batch, AnotherTextForAnExistingExperimentIsRefused) {
    ASSERT_EQ(run().code, 0);
    const auto text = m_folder.path() / "other.txt";
    std::ofstream(text) << std::string(10000, 'x');
    m_line.data = text.string();
    const Finished refused = run();
    EXPECT_EQ(refused.code, 3);
    expectMentions(refused.messages, {"other.txt", "tinyshakespeare"});
}

TEST_F(Batch, ADryRunPrintsThePlanAndWritesNothing) {
    m_line.dryRun = true;
    const Finished plan = run();
    EXPECT_EQ(plan.code, 0) << plan.messages;
    expectMentions(plan.results,
                   {"8 planned, 8 to train", "expected", "on disk", "tinyshakespeare"});
    EXPECT_FALSE(fs::exists(m_line.experiment));
    EXPECT_TRUE(m_behaviour->cohortSizes.empty());
}

TEST_F(Batch, ADryRunAsJsonAddsUpItsSteps) {
    m_line.dryRun = true;
    const auto plan = nlohmann::json::parse(runJson().results);
    // The fake step takes L ms: 4 runs x 12 steps x (64 + 128) ms on two lanes, plus evaluation.
    const double training = 4 * 12 * (0.064 + 0.128) / 2.0;
    EXPECT_GT(plan.at("expected_seconds").get<double>(), training);
    EXPECT_EQ(plan.at("runs").size(), 8U);
    EXPECT_EQ(plan.at("lengths").at(0).at("steps"), 12);
    EXPECT_EQ(plan.at("lengths").at(1).at("sequences"), 4);
}

TEST_F(Batch, ASignalSavesEverythingAndTheNextCallFinishes) {
    std::atomic<int> steps = 0;
    m_behaviour->afterStep = [&](const training::CohortTrainer&) {
        if (++steps == 30) m_signal = SIGTERM;
        if (steps > 30) ::usleep(20'000);  // the signal is noticed within 100 ms
    };
    const Finished stopped = run();
    EXPECT_EQ(stopped.code, 75) << stopped.messages;
    expectMentions(stopped.messages, {"stopping"});
    EXPECT_LT(runFolders(), 8U);

    m_behaviour->afterStep = {};
    m_signal = 0;
    const Finished resumed = run();
    EXPECT_EQ(resumed.code, 0) << resumed.messages;
    EXPECT_EQ(runFolders(), 8U);
}

TEST_F(Batch, AnInterruptEndsWith130) {
    m_signal = SIGINT;
    EXPECT_EQ(run().code, 130);
    EXPECT_EQ(app::stopExitCode(SIGHUP), 75);
    EXPECT_EQ(app::stopExitCode(SIGUSR1), 75);
}

TEST_F(Batch, ADivergedRunIsCountedAndTheOthersFinish) {
    m_behaviour->notFiniteAt[43] = 5;
    const Finished mixed = run();
    EXPECT_EQ(mixed.code, 3);
    EXPECT_EQ(runFolders(), 4U);
    expectMentions(mixed.messages, {"diverged at step 5", "delete their folders"});
    expectMentions(mixed.results, {"1/2", "1 diverged"});
    const Finished again = run();
    EXPECT_EQ(again.code, 3) << "still told";
    expectMentions(again.messages, {"Nothing to train: 4 of 8 runs are finished"});
}

TEST_F(Batch, IfEveryRunDivergesThatIsTheExitCode) {
    m_behaviour->notFiniteAt = {{42, 3}, {43, 3}};
    EXPECT_EQ(run().code, 5);
}

TEST_F(Batch, IfNothingFitsTheMemoryThatIsTheExitCode) {
    m_behaviour->mostStacked = 0;
    EXPECT_EQ(run().code, 4);
}

TEST_F(Batch, AFailedGateStopsTheRunsWithItsReason) {
    m_behaviour->failingGate = "sparse, aligned";
    const Finished failed = run();
    EXPECT_EQ(failed.code, 3);
    expectMentions(failed.messages, {"future leak"});
    EXPECT_EQ(runFolders(), 0U);
}

TEST_F(Batch, ResultsAsJsonGoToStandardOutputOnly) {
    const Finished done = runJson();
    const auto json = nlohmann::json::parse(done.results);
    EXPECT_EQ(json.at("exit_code"), 0);
    EXPECT_EQ(json.at("done"), 8);
    EXPECT_EQ(json.at("cells").size(), 4U);
    EXPECT_EQ(json.at("best").size(), 2U);
    EXPECT_EQ(json.at("runs").at(0).at("status"), "done");
    EXPECT_TRUE(json.at("complete").get<bool>());
}

TEST_F(Batch, QuietLeavesResultsAndErrors) {
    m_line.verbosity = app::Verbosity::Quiet;
    const Finished done = run();
    EXPECT_TRUE(done.messages.empty()) << done.messages;
    EXPECT_FALSE(done.results.empty());
    m_line.device = "cuda:9";
    EXPECT_FALSE(run().messages.empty());
}

TEST_F(Batch, ExportsAtTheEnd) {
    m_line.exportFolder = (m_folder.path() / "out" / "tables").string();
    const Finished done = run();
    EXPECT_EQ(done.code, 0) << done.messages;
    for (const char* name : {"runs.csv", "cells.csv", "curves.csv", "optimal_sparsity_results.json",
                             "anova.csv", "anova.tex", "results.csv", "results.tex",
                             "hypotheses.tex", "report.md", "report.html", "settings.json"}) {
        EXPECT_GT(fs::file_size(fs::path(m_line.exportFolder) / name), 0U) << name;
    }
    expectMentions(done.messages, {"figures need the full build"});
}

TEST_F(Batch, ReportShowsTheFiguresThatWereDrawn) {
    m_line.exportFolder = (m_folder.path() / "out").string();
    m_figures = [](const runs::Study&, const stats::GridAnalysis* analysis, const fs::path& folder,
                   const runs::ExportChoice&) {
        EXPECT_NE(analysis, nullptr);
        std::ofstream(folder.parent_path() / "drawn");
        return std::vector<runs::ExportedFigure>{{{"figures/one.png"}, "One."},
                                                 {{"figures/two.png"}, "Two.", runs::Choice::No}};
    };
    const Finished done = run();
    EXPECT_EQ(done.code, 0) << done.messages;
    EXPECT_TRUE(fs::exists(m_folder.path() / "drawn"));
    const auto report = runs::readFile(fs::path(m_line.exportFolder) / "report.md", 1 << 20);
    ASSERT_TRUE(report);
    expectMentions(*report, {"![One.](figures/one.png)"});
    EXPECT_EQ(report->find("two.png"), std::string::npos);
}

TEST_F(Batch, ExportAloneTrainsNothingAndNeedsNoCorpus) {
    m_behaviour->afterStep = [this](const training::CohortTrainer&) { m_signal = SIGTERM; };
    m_line.lanes = 1;
    EXPECT_EQ(run().code, 75);
    const std::size_t finished = runFolders();
    m_signal = 0;
    app::CommandLine line;
    line.action = app::Action::Export;
    line.experiment = m_line.experiment;
    line.exportFolder = (m_folder.path() / "out").string();
    const Finished done = run(line);
    EXPECT_EQ(done.code, 0) << done.messages;
    EXPECT_EQ(runFolders(), finished);
    EXPECT_TRUE(fs::exists(m_folder.path() / "out" / "report.html"));
    line.experiment = (m_folder.path() / "nothing").string();
    const Finished refused = run(line);
    EXPECT_NE(refused.code, 0);
    expectMentions(refused.messages, {"nothing"});
}

TEST_F(Batch, WhatIsWrongIsSaidInOneLineWithItsExitCode) {
    struct Case {
        const char* what;
        std::function<void(app::CommandLine&)> change;
        int code;
    };
    const auto empty = m_folder.path() / "empty.txt";
    std::ofstream(empty).close();
    const auto brief = m_folder.path() / "short.txt";
    std::ofstream(brief) << std::string(600, 'x');
    const Case cases[] = {
        {"unknown device", [](auto& line) { line.device = "cuda:3"; }, 2},
        {"missing data", [](auto& line) { line.data = "/nowhere/text.txt"; }, 3},
        {"empty data", [&](auto& line) { line.data = empty.string(); }, 3},
        {"short data", [&](auto& line) { line.data = brief.string(); }, 3},
        {"ratio 0", [](auto& line) { line.keepRatios = {0.0}; }, 2},
        {"ratio 1.5", [](auto& line) { line.keepRatios = {1.5}; }, 2},
        {"length 0", [](auto& line) { line.lengths = {0}; }, 2},
        {"unwritable folder", [](auto& line) { line.experiment = "/proc/study"; }, 74},
        {"a file as folder", [&](auto& line) { line.experiment = (empty / "study").string(); }, 74},
    };
    for (const Case& each : cases) {
        app::CommandLine line = m_line;
        each.change(line);
        const Finished refused = run(line);
        EXPECT_EQ(refused.code, each.code) << each.what << ": " << refused.messages;
        EXPECT_EQ(std::count(refused.messages.begin(), refused.messages.end(), '\n'), 1)
            << each.what << ": " << refused.messages;
        EXPECT_TRUE(refused.results.empty()) << each.what;
    }
    EXPECT_FALSE(fs::exists(m_line.experiment)) << "nothing is made before everything is checked";
}

TEST_F(Batch, ACorruptRunIsNamedAndLeftAsItIs) {
    ASSERT_EQ(run().code, 0);
    fs::path damaged;
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(m_line.experiment) / "runs")) {
        if (entry.path().filename() == "result.json") damaged = entry.path();
    }
    std::ofstream(damaged) << "{ not json";
    m_behaviour->cohortSizes.clear();
    const Finished again = run();
    EXPECT_EQ(again.code, 3);
    expectMentions(again.messages, {"damaged"});
    EXPECT_TRUE(m_behaviour->cohortSizes.empty());
    std::ifstream file(damaged);
    std::string text;
    std::getline(file, text);
    EXPECT_EQ(text, "{ not json") << "nothing of it is lost";
}

TEST_F(Batch, ACorruptExperimentFileIsNamed) {
    ASSERT_EQ(run().code, 0);
    std::ofstream(fs::path(m_line.experiment) / "experiment.json") << "{";
    const Finished refused = run();
    EXPECT_EQ(refused.code, 3) << refused.messages;
    expectMentions(refused.messages, {"experiment.json"});
    EXPECT_EQ(runFolders(), 8U);
}

}  // namespace

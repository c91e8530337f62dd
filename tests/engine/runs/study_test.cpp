// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/study.h"

#include <gtest/gtest.h>

#include <fstream>

#include "engine/runs/file_commit.h"
#include "engine/runs/run_folder.h"
#include "engine/runs/run_identity.h"
#include "tests/engine/runs/fake_trainer.h"
#include "tests/engine/runs/fault_injection.h"

namespace {

namespace fs = std::filesystem;
using runs::RunStatus;
using runs::Study;

Study newStudy(const fake::Folder& folder) {
    auto study =
        Study::create(folder.path() / "e", fake::settings(), runs::identityOf(*fake::corpus()));
    EXPECT_TRUE(study) << study.error().message;
    return std::move(*study);
}

void finish(const Study& study, const runs::RunId& id, double loss) {
    auto writer = runs::RunWriter::open(study.runFolder(id));
    ASSERT_TRUE(writer) << writer.error().message;
    runs::RunResult result;
    result.finalLoss = loss;
    result.steps = 12;
    result.tokensSeen = 3072;
    result.elapsedSeconds = 6.0;
    result.cohortSize = 2;
    ASSERT_TRUE(writer->saveResult(result));
}

class StudyTest : public testing::Test {
protected:
    void SetUp() override { faults::skipSync(); }
    void TearDown() override { faults::clear(); }
    fake::Folder m_folder;
};

TEST_F(StudyTest, PlansTheGridAndOpensAgainTheSame) {
    const Study study = newStudy(m_folder);
    ASSERT_EQ(study.runs().size(), 6U);
    EXPECT_EQ(study.runs()[0].totalSteps, 12);
    auto again = Study::open(m_folder.path() / "e");
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->settings(), study.settings());
    EXPECT_EQ(again->corpus(), study.corpus());
    for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(again->runs()[i].id, study.runs()[i].id);
    EXPECT_FALSE(Study::create(m_folder.path() / "e", fake::settings(), study.corpus()))
        << "an experiment is not overwritten";
    EXPECT_FALSE(Study::open(m_folder.path()));
}

TEST_F(StudyTest, AFolderWithoutTheUnigramEntropyStillOpens) {
    const Study study = newStudy(m_folder);
    ASSERT_TRUE(study.corpus().unigramEntropy);
    const fs::path path = m_folder.path() / "e" / "experiment.json";
    std::string text = *runs::readFile(path, 1 << 20);
    const std::size_t key = text.find("\"unigramEntropy\"");
    ASSERT_NE(key, std::string::npos);
    const std::size_t comma = text.rfind(',', key);  // it is the last member
    text.erase(comma, text.find('\n', key) - comma);
    std::ofstream(path) << text;
    const auto old = Study::open(m_folder.path() / "e");
    ASSERT_TRUE(old) << old.error().message;
    EXPECT_FALSE(old->corpus().unigramEntropy);
    EXPECT_EQ(old->corpus().sha256, study.corpus().sha256);
}

TEST_F(StudyTest, DeletingOneRunFolderPlansJustThatRunAgain) {
    Study study = newStudy(m_folder);
    for (const auto& run : study.runs()) finish(study, run.id, 2.0);
    EXPECT_TRUE(study.rescan());
    EXPECT_TRUE(study.unfinished().empty());
    EXPECT_TRUE(study.results().complete());
    fs::remove_all(study.runFolder(study.runs()[3].id));
    EXPECT_TRUE(study.rescan());
    EXPECT_EQ(study.unfinished(), std::vector<runs::RunId>{study.runs()[3].id});
    EXPECT_FALSE(study.rescan()) << "nothing changed since";
}

TEST_F(StudyTest, ACorruptRunFolderIsShownAndHidesNoOther) {
    Study study = newStudy(m_folder);
    finish(study, study.runs()[0].id, 2.5);
    finish(study, study.runs()[1].id, 2.0);
    std::ofstream(study.runFolder(study.runs()[0].id) / "result.json") << "{\"finalLoss\": ";
    study.rescan();
    EXPECT_EQ(study.runs()[0].status, RunStatus::Damaged);
    EXPECT_NE(study.runs()[0].message.find("result.json"), std::string::npos);
    EXPECT_EQ(study.runs()[1].status, RunStatus::Done);
    EXPECT_EQ(study.runs()[1].result->finalLoss, 2.0);
    EXPECT_EQ(study.unfinished().size(), 4U) << "a damaged run is not trained over";
    ASSERT_TRUE(study.resetRuns(study.withStatus(RunStatus::Damaged)));
    EXPECT_EQ(study.runs()[0].status, RunStatus::Empty);
    study.rescan();
    EXPECT_EQ(study.unfinished().size(), 5U);
    EXPECT_EQ(study.strangers(), 0);
}

TEST_F(StudyTest, ResultsMarkWhatIsMissingOrFailed) {
    Study study = newStudy(m_folder);
    finish(study, study.runs()[0].id, 2.5);
    finish(study, study.runs()[2].id, 2.0);
    finish(study, study.runs()[4].id, 1.5);
    {
        auto writer = runs::RunWriter::open(study.runFolder(study.runs()[1].id));
        ASSERT_TRUE(writer->saveFailure({RunStatus::Diverged, 5, 7, "NaN"}));
    }
    study.rescan();
    const runs::ResultsTable table = study.results();
    const auto losses = table.finalLosses(64);
    ASSERT_EQ(losses.size(), 2U);
    EXPECT_EQ(losses[0][0], 2.5);
    EXPECT_FALSE(losses[0][1].has_value());
    EXPECT_EQ(losses[0][2], 2.0);
    EXPECT_EQ(losses[1][1], 1.5);
    EXPECT_EQ(table.cell(64, 0.25)->count(RunStatus::Diverged), 1U);
    EXPECT_EQ(table.cell(64, 0.25)->finalLosses(), (std::vector<double>{2.5, 2.0}));
    EXPECT_EQ(table.cell(64, 0.4), nullptr);
    EXPECT_FALSE(table.complete());
    const runs::StudyProgress progress = study.progress(1);
    EXPECT_EQ(progress.done, 3);
    EXPECT_EQ(progress.failed, 1);
    EXPECT_EQ(progress.stepsLeft, 24);
    // A finished run took 6 s in a cohort of 2: 3 s of the lane for 3072 tokens; two runs of 3072
    // tokens are left.
    EXPECT_DOUBLE_EQ(progress.secondsLeft.value(), 6.0);
}

TEST_F(StudyTest, AddedRunsOfAnotherSelectorHaveCellsOfTheirOwn) {
    Study study = newStudy(m_folder);
    experiment::RunSpec seed = study.runs()[0].spec;
    seed.seed = 99;
    experiment::RunSpec control = study.runs()[0].spec;
    control.selector = experiment::Selector::Random;
    ASSERT_TRUE(study.addRuns({seed, control, study.runs()[0].spec}));
    EXPECT_EQ(study.runs().size(), 8U) << "what is planned already is not added";
    const runs::ResultsTable table = study.results();
    EXPECT_EQ(table.cell(64, 0.25)->runs.size(), 4U);
    EXPECT_EQ(table.cells.size(), 3U);
    auto again = Study::open(m_folder.path() / "e");
    EXPECT_EQ(again->runs().size(), 8U);
}

TEST_F(StudyTest, ChangingThePlanKeepsWhatIsTrained) {
    Study study = newStudy(m_folder);
    finish(study, study.runs()[0].id, 2.5);
    study.rescan();
    experiment::GridSettings grid = study.settings().grid;
    grid.lengths = {64, 128};
    grid.seeds = {1};
    ASSERT_TRUE(study.changePlan("Renamed", grid));
    EXPECT_EQ(study.runs().size(), 4U);
    EXPECT_EQ(study.runs()[0].status, RunStatus::Done);
    grid.keepRatios = {1.5};
    const auto refused = study.changePlan("Renamed", grid);
    ASSERT_FALSE(refused);
    EXPECT_EQ(study.runs().size(), 4U);
}

TEST_F(StudyTest, AReadOnlyStudyChangesNothing) {
    newStudy(m_folder);
    auto study = Study::open(m_folder.path() / "e", runs::Access::ReadOnly);
    ASSERT_TRUE(study);
    EXPECT_FALSE(study->changePlan("Other", study->settings().grid));
    EXPECT_FALSE(study->resetRuns(std::vector<runs::RunId>{study->runs()[0].id}));
    EXPECT_EQ(study->settings().name, "Test");
}

TEST_F(StudyTest, FollowsEventsAndTheQueue) {
    Study study = newStudy(m_folder);
    const runs::RunId id = study.runs()[0].id;
    runs::Queue queue;
    queue.add(study.queueItems(std::vector<runs::RunId>{id}));
    study.markQueued(queue);
    EXPECT_EQ(study.runs()[0].status, RunStatus::Queued);
    EXPECT_EQ(study.apply(runs::RunStarted{id, 0, 12, 1, 0, "cpu"}), id);
    runs::StepProgress progress{id, {}, 12, 0};
    progress.point.step = 4;
    study.apply(progress);
    EXPECT_EQ(study.find(id)->step, 4);
    EXPECT_FALSE(study.rescan()) << "what this process trains is told by events, not by the folder";
    study.apply(runs::RunPaused{id, 5});
    EXPECT_EQ(study.find(id)->status, RunStatus::Paused);
    EXPECT_EQ(study.apply(runs::LaneIdle{0, ""}), "");
}

TEST_F(StudyTest, ACellThatIsNoFolderIsDamagedAndIsSetAside) {
    Study study = newStudy(m_folder);
    const runs::RunId id = study.runs()[0].id;
    const fs::path cell = study.runFolder(id).parent_path();
    std::ofstream(cell) << "in the way";
    EXPECT_TRUE(study.rescan());
    const std::vector<runs::RunId> damaged = study.withStatus(RunStatus::Damaged);
    ASSERT_EQ(damaged.size(), 3U) << "every seed of the cell";
    EXPECT_EQ(study.progress(1).failed, 3);
    EXPECT_NE(study.find(id)->message.find("Could not read"), std::string::npos);
    EXPECT_FALSE(study.rescan()) << "they stay what they are";
    const auto reset = study.resetRuns(damaged);
    ASSERT_TRUE(reset) << reset.error().message;
    EXPECT_TRUE(fs::is_regular_file(cell.string() + ".old-1"));
    EXPECT_EQ(study.unfinished().size(), 6U);
    finish(study, id, 1.0);
    EXPECT_TRUE(study.rescan());
    EXPECT_EQ(study.find(id)->status, RunStatus::Done);
}

TEST_F(StudyTest, APlanSavedElsewhereIsTakenOver) {
    Study study = newStudy(m_folder);
    EXPECT_FALSE(runs::scanRuns(study.scanRequest()).plan);
    auto other = Study::open(m_folder.path() / "e");
    ASSERT_TRUE(other);
    experiment::GridSettings wider = other->settings().grid;
    wider.lengths.push_back(128);
    ASSERT_TRUE(other->changePlan(other->settings().name, wider));
    const runs::StudyScan scan = runs::scanRuns(study.scanRequest());
    EXPECT_EQ(study.runs().size(), 6U) << "a scan alone changes nothing";
    ASSERT_TRUE(study.adoptPlan(scan));
    EXPECT_EQ(study.settings().grid, wider);
    ASSERT_EQ(study.runs().size(), 12U);
    for (const runs::RunView& run : other->runs()) EXPECT_NE(study.find(run.id), nullptr);
    EXPECT_FALSE(study.adoptPlan(runs::scanRuns(study.scanRequest()))) << "it is the same by now";
}

TEST_F(StudyTest, APlanChangedHereSinceTheScanStays) {
    Study study = newStudy(m_folder);
    auto other = Study::open(m_folder.path() / "e");
    ASSERT_TRUE(other);
    experiment::GridSettings grid = study.settings().grid;
    grid.lengths.push_back(128);
    ASSERT_TRUE(other->changePlan("Test", grid));
    const runs::StudyScan scan = runs::scanRuns(study.scanRequest());
    grid.lengths.back() = 256;
    ASSERT_TRUE(study.changePlan("Test", grid));
    EXPECT_FALSE(study.adoptPlan(scan));
    EXPECT_EQ(study.settings().grid, grid);
}

TEST_F(StudyTest, DamagedExperimentFilesAreNamed) {
    newStudy(m_folder);
    const fs::path path = m_folder.path() / "e" / "experiment.json";
    for (const char* text : {"", "{", "{\"format\": 2}", "{\"format\":1,\"format\":1}", "[]"}) {
        std::ofstream(path) << text;
        const auto study = Study::open(m_folder.path() / "e");
        ASSERT_FALSE(study) << text;
        EXPECT_NE(study.error().message.find("experiment.json"), std::string::npos)
            << study.error().message;
    }
}

}  // namespace

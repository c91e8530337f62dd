// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/loss_table.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <sstream>

#include "app/export_tables.h"
#include "tests/app/small_table.h"

namespace {

using stats::RunState;

engine::Result<app::LossTable> read(const std::string& text, const std::string& columns = "") {
    std::istringstream in(text);
    const auto names = app::parseColumnNames(columns);
    EXPECT_TRUE(names);
    return app::readLossTable(in, *names);
}

app::LossTable accepted(const std::string& text, const std::string& columns = "") {
    auto table = read(text, columns);
    if (table) return *table;
    ADD_FAILURE() << table.error().message;
    return {};
}

std::string refusal(const std::string& text, const std::string& columns = "") {
    const auto table = read(text, columns);
    if (table) return "accepted";
    EXPECT_EQ(table.error().kind, engine::ErrorKind::Data);
    return table.error().message;
}

void expectMentions(const std::string& text, std::initializer_list<const char*> parts) {
    for (const char* part : parts)
        EXPECT_NE(text.find(part), std::string::npos) << part << " in: " << text;
}

const std::string kHeader = "length,ratio,seed,loss\n";

TEST(LossTable, EveryRowBecomesItsRun) {
    const auto got = accepted(kHeader + "128,0.5,43,2.25\n64,0.25,42,2.5\n64,0.5,42,2.125\n");
    EXPECT_EQ(got.table.lengths, (std::vector<double>{64, 128}));
    EXPECT_EQ(got.table.keepRatios, (std::vector<double>{0.25, 0.5}));
    EXPECT_EQ(got.table.seeds, (std::vector<std::int64_t>{42, 43}));
    EXPECT_EQ(got.table.at(0, 1, 0).loss, 2.125);
    EXPECT_EQ(got.table.at(1, 1, 1).loss, 2.25);
    EXPECT_EQ(got.table.at(0, 0, 1).state, RunState::Missing);
    EXPECT_FALSE(got.table.hasDense());
    EXPECT_TRUE(got.notes.empty());
}

TEST(LossTable, ColumnsAreFoundByUsualNamesAndByGivenOnes) {
    const auto usual = accepted("Run,val_loss,L,keep_ratio\n1,2.5,64,0.25\n");
    EXPECT_EQ(usual.table.at(0, 0, 0).loss, 2.5);
    const auto given =
        accepted("x,s,n,y,loss\n64,0.25,7,2.5,99\n", "length=x,ratio=1-s,seed=n,loss=y");
    EXPECT_EQ(given.table.keepRatios, (std::vector<double>{0.75}));
    EXPECT_EQ(given.table.at(0, 0, 0).loss, 2.5);
}

TEST(LossTable, AColumnThatIsNotThereIsNamedWithTheHeader) {
    expectMentions(refusal("length,ratio,seed\n64,0.5,1\n"),
                   {"no column \"loss\"", "length,ratio,seed", "--columns"});
    expectMentions(refusal(kHeader + "64,0.5,1,2\n", "loss=val"), {"no column \"val\""});
    expectMentions(refusal("64,0.5,1,2.5\n"), {"first line holds numbers", "header line"});
    expectMentions(refusal("length ratio seed loss\n64 0.5 1 2\n"), {"semicolon or tab"});
    expectMentions(refusal("loss,length,ratio,seed,loss\n"), {"two columns", "\"loss\""});
    expectMentions(refusal(kHeader, "length=loss"), {"\"loss\"", "named for two things"});
}

TEST(LossTable, WrongColumnNamesAreUsageErrors) {
    for (const char* text : {"size=L", "length", "length=", "loss=a,loss=b", "=x"}) {
        const auto names = app::parseColumnNames(text);
        ASSERT_FALSE(names) << text;
        EXPECT_EQ(names.error().kind, engine::ErrorKind::Usage);
    }
}

TEST(LossTable, DecimalCommasAreReadWhereTheFileUsesThem) {
    const auto got =
        accepted("length;ratio;seed;loss\n64;0,25;1;2,5\n64;0,5;1;-2,125e-3\n64;0,5;2;3\n");
    EXPECT_EQ(got.table.keepRatios, (std::vector<double>{0.25, 0.5}));
    EXPECT_EQ(got.table.at(0, 1, 0).loss, -2.125e-3);
    ASSERT_EQ(got.notes.size(), 1U);
    expectMentions(got.notes[0], {"0,25", "0.25", "line 2"});
    EXPECT_EQ(accepted(kHeader + "64,\"0,5\",1,\"2,5\"\n").table.at(0, 0, 0).loss, 2.5);
}

TEST(LossTable, TwoDecimalMarksInOneFileAreRefused) {
    expectMentions(refusal("length;ratio;seed;loss\n64;0.25;1;2.5\n64;0.5;1;2,125\n"),
                   {"line 3", "\"2,125\"", "line 2", "point throughout"});
}

TEST(LossTable, UnquotedDecimalCommasAndThousandsAreRefusedNotMisread) {
    expectMentions(refusal(kHeader + "64,0.5,1,2,5\n"),
                   {"line 2", "5 fields", "header 4", "point"});
    expectMentions(refusal("length;ratio;seed;loss\n64;0.5;1;1,234.5\n"), {"\"1,234.5\""});
    expectMentions(refusal("length;ratio;seed;loss\n1,024;0.5;1;2\n"),
                   {"line 2", "length \"1,024\"", "without separators"});
    expectMentions(refusal("length;ratio;seed;loss\n64;0.5;1;2,\n"), {"loss \"2,\""});
}

TEST(LossTable, WrongRowsAreNamedByLineValueAndRemedy) {
    const std::string good = kHeader + "64,0.5,1,2\n";
    expectMentions(refusal(good + "64,0.5\n"), {"line 3", "2 fields", "complete"});
    expectMentions(refusal(good + "-64,0.5,1,2\n"), {"line 3", "\"-64\"", "whole number"});
    expectMentions(refusal(good + "64.5,0.5,1,2\n"), {"line 3", "\"64.5\""});
    expectMentions(refusal(good + "64,50%,1,2\n"), {"line 3", "\"50%\"", "0.25"});
    expectMentions(refusal(good + "64,25,1,2\n"), {"\"25\"", "25 % as 0.25"});
    expectMentions(refusal(good + "64,0,1,2\n"), {"\"0\"", "above 0"});
    expectMentions(refusal(good + "64,nan,1,2\n"), {"keep ratio \"nan\""});
    expectMentions(refusal(good + "64,0.5,,2\n"), {"line 3", "seed is empty"});
    expectMentions(refusal(good + "64,0.5,2,bad\n"), {"line 3", "loss \"bad\"", "empty"});
    expectMentions(refusal(good + "64,0.5,2,1e200\n"), {"line 3", "1e150"});
    expectMentions(refusal("length,share,seed,loss\n64,1,1,2\n", "ratio=1-share"),
                   {"share dropped \"1\"", "below 1"});
}

TEST(LossTable, TheSameRunTwiceIsRefusedWithBothLines) {
    expectMentions(refusal(kHeader + "64,0.5,7,2\n64,0.5,8,2\n64,0.50,7.0,2\n"),
                   {"line 4", "length 64", "0.5", "seed 7", "line 2", "keep one"});
    expectMentions(refusal(kHeader + "64,dense,7,2\n64,0.5,7,2\n64,1,7,2\n"), {"dense", "line 2"});
}

TEST(LossTable, FailuresAreMarkedAndCountedInANote) {
    const auto got = accepted(kHeader +
                              "64,0.5,1,\n64,0.5,2,NaN\n64,0.5,3,inf\n64,0.5,4,NA\n"
                              "64,0.5,5,diverged\n64,0.5,6,2\n");
    for (std::size_t s = 0; s < 5; ++s) EXPECT_EQ(got.table.at(0, 0, s).state, RunState::Failed);
    EXPECT_EQ(got.table.at(0, 0, 5).state, RunState::Done);
    ASSERT_EQ(got.notes.size(), 1U);
    expectMentions(got.notes[0], {"5 rows", "failed", "line 2"});
}

TEST(LossTable, AStatusTellsRunsThatGoOnFromRunsThatFailed) {
    const auto got = accepted(
        "length,ratio,seed,status,loss\n64,0.5,1,done,2\n64,0.5,2,running,\n"
        "64,0.5,3,queued,\n64,0.5,4,diverged,9\n");
    EXPECT_EQ(got.unfinished, 2U);
    EXPECT_EQ(got.table.at(0, 0, 1).state, RunState::Missing);
    EXPECT_EQ(got.table.at(0, 0, 3).state, RunState::Failed);
}

TEST(LossTable, DenseRunsAreTheReference) {
    const auto got = accepted(kHeader + "64,0.5,1,2\n64,dense,1,1.5\n64,1,2,1.25\n");
    ASSERT_TRUE(got.table.hasDense());
    EXPECT_EQ(got.table.keepRatios, (std::vector<double>{0.5}));
    EXPECT_EQ(got.table.denseAt(0, 0).loss, 1.5);
    EXPECT_EQ(got.table.denseAt(0, 1).loss, 1.25);
    const auto both =
        accepted("length,ratio,attention,seed,loss\n64,1,sparse,1,2\n64,1,dense,1,1.5\n");
    EXPECT_EQ(both.table.at(0, 0, 0).loss, 2);
    EXPECT_EQ(both.table.denseAt(0, 0).loss, 1.5);
    expectMentions(refusal(kHeader + "64,dense,1,2\n"), {"dense", "keep ratio below 1"});
}

TEST(LossTable, RatiosThatDifferByRoundingAreOne) {
    const auto got = accepted(kHeader + "64,0.3,1,2\n64,0.30000000000000004,2,3\n");
    EXPECT_EQ(got.table.keepRatios.size(), 1U);
    EXPECT_EQ(got.table.at(0, 0, 1).loss, 3);
}

TEST(LossTable, SeedsMayBeNames) {
    const auto got = accepted(kHeader + "64,0.5,zeta,2\n64,0.5,7,3\n64,0.5,alpha,4\n");
    EXPECT_EQ(got.table.seeds, (std::vector<std::int64_t>{1, 2, 3}));
    EXPECT_EQ(got.table.at(0, 0, 2).loss, 4);
    ASSERT_EQ(got.notes.size(), 1U);
    expectMentions(got.notes[0], {"\"zeta\" is 1", "\"alpha\" is 3"});
}

TEST(LossTable, RowsOfSeparatorsAloneAreSkipped) {
    EXPECT_EQ(accepted(kHeader + "64,0.5,1,2\n,,,\n , , ,\n").table.runs.size(), 1U);
}

TEST(LossTable, NothingToAnalyseIsSaid) {
    expectMentions(refusal(""), {"empty", "header line"});
    expectMentions(refusal(kHeader), {"no rows", "one run per row"});
}

TEST(LossTable, TooManyCombinationsAreRefusedBeforeTheyFillTheMemory) {
    std::string text = kHeader;
    for (int i = 1; i <= 3000; ++i) {
        const std::string n = std::to_string(i);
        text += n + ",0." + std::string(5 - n.size(), '0') + n + "," + n + ",2\n";
    }
    expectMentions(refusal(text), {"3 000 lengths", "3 000 seeds", "--columns"});
}

TEST(LossTable, TheExportOfAStudyIsReadAsItIs) {
    const auto got = accepted(app::runsCsv(small::table()));
    EXPECT_EQ(got.table.lengths, (std::vector<double>{64}));
    EXPECT_EQ(got.table.keepRatios, (std::vector<double>{0.25, 0.5, 0.75}));
    EXPECT_EQ(got.table.at(0, 0, 1).loss, 2.1);
    EXPECT_EQ(got.table.at(0, 2, 1).state, RunState::Failed);
    EXPECT_EQ(got.table.denseAt(0, 2).loss, 1.9);
}

}  // namespace

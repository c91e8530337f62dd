// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lane_plan.h"

#include <gtest/gtest.h>

#include "engine/experiment/presets.h"
#include "engine/runs/plan_estimate.h"

namespace {

const std::vector<std::string> kCpuOnly = {"cpu"};
const std::vector<std::string> kWithGpu = {"cpu", "cuda:0", "cuda:1"};

TEST(ResolveDevice, AutoIsTheFirstGpuElseTheCpu) {
    EXPECT_EQ(*app::resolveDevice("auto", kCpuOnly), "cpu");
    EXPECT_EQ(*app::resolveDevice("auto", kWithGpu), "cuda:0");
    EXPECT_EQ(*app::resolveDevice("cuda:1", kWithGpu), "cuda:1");
    EXPECT_EQ(*app::resolveDevice("cpu", kWithGpu), "cpu");
}

TEST(ResolveDevice, AnUnknownDeviceIsNamedWithThoseThereAre) {
    const auto device = app::resolveDevice("cuda:7", kCpuOnly);
    ASSERT_FALSE(device);
    EXPECT_EQ(device.error().kind, engine::ErrorKind::Usage);
    EXPECT_NE(device.error().message.find("cuda:7"), std::string::npos);
    EXPECT_NE(device.error().message.find("auto, cpu"), std::string::npos)
        << device.error().message;
}

TEST(PlanLanes, ACpuTrainsOneRunPerCoreOnOneThread) {
    const auto quick = *experiment::preset("quick");
    const auto plan = app::planLanes("cpu", 0, 90, 8, quick);
    EXPECT_EQ(plan.lanes.size(), 8U);
    EXPECT_EQ(plan.lanes.front().threads, 1);
    EXPECT_EQ(plan.runsPerCohort, 1);
    EXPECT_EQ(app::planLanes("cpu", 3, 90, 8, quick).lanes.size(), 3U);
    EXPECT_EQ(app::planLanes("cpu", 0, 2, 8, quick).lanes.size(), 2U) << "no lane without a run";
    EXPECT_EQ(app::planLanes("cpu", 0, 0, 0, quick).lanes.size(), 1U);
}

TEST(PlanLanes, AGpuStacksRunsAsFarAsTheStepStaysSmall) {
    const auto small = app::planLanes("cuda:0", 0, 90, 8, *experiment::preset("quick"));
    EXPECT_EQ(small.lanes.size(), 1U);
    EXPECT_EQ(small.runsPerCohort, 18);
    const auto paper = app::planLanes("cuda:0", 0, 90, 8, *experiment::preset("paper"));
    EXPECT_EQ(paper.runsPerCohort, 4) << "32 sequences of 1024 tokens each";
}

TEST(ParameterCount, EqualsTheSumByHand) {
    const experiment::ModelSettings model{.dModel = 4,
                                          .heads = 2,
                                          .layers = 1,
                                          .dFf = 8,
                                          .indexHeads = 2,
                                          .indexDim = 4,
                                          .vocabulary = 10};
    // Embedding 40; attention 4*16; feed-forward 2*32; indexer 4*8 + 4*4 + 2*4 + 4*2; norms 3*4.
    EXPECT_EQ(runs::parameterCount(model), 40 + 64 + 64 + (32 + 16 + 8 + 8) + 12);
}

}  // namespace

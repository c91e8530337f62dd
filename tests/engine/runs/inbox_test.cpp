// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/inbox.h"

#include <gtest/gtest.h>

#include <thread>

namespace {

runs::StepProgress progressOf(const runs::RunId& id, std::int64_t step) {
    runs::StepProgress progress{id, {}, 100, 0};
    progress.point.step = step;
    return progress;
}

TEST(Inbox, GivesEventsInTheirOrderAndEmpties) {
    runs::Inbox inbox;
    inbox.push(runs::RunPaused{"a", 1});
    inbox.push(progressOf("a", 2));
    const auto events = inbox.drain();
    ASSERT_EQ(events.size(), 2U);
    EXPECT_TRUE(std::holds_alternative<runs::RunPaused>(events[0]));
    EXPECT_TRUE(inbox.drain().empty());
}

TEST(Inbox, AFullInboxKeepsEachRunsNewestPointAndEveryOtherEvent) {
    runs::Inbox inbox(2);
    inbox.push(progressOf("a", 1));
    inbox.push(progressOf("b", 1));
    for (std::int64_t step = 2; step <= 50; ++step) inbox.push(progressOf("a", step));
    inbox.push(runs::RunPaused{"a", 50});
    const auto events = inbox.drain();
    ASSERT_EQ(events.size(), 3U);
    const auto& newest = std::get<runs::StepProgress>(events[0]);
    EXPECT_EQ(newest.point.step, 50);
    EXPECT_EQ(newest.coalesced, 49);
    EXPECT_EQ(std::get<runs::StepProgress>(events[1]).coalesced, 0);
}

TEST(Inbox, LosesNothingBetweenThreads) {
    runs::Inbox inbox;
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < 3; ++writer) {
        writers.emplace_back([&inbox, writer] {
            for (std::int64_t i = 0; i < 500; ++i)
                inbox.push(runs::RunPaused{std::to_string(writer), i});
        });
    }
    std::size_t received = 0;
    while (received < 1500) received += inbox.drainWithin(std::chrono::milliseconds(1000)).size();
    EXPECT_EQ(received, 1500U);
}

}  // namespace

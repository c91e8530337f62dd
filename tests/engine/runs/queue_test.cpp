// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/queue.h"

#include <gtest/gtest.h>

#include <set>

namespace {

using runs::QueueItem;
using runs::RunId;

QueueItem itemOf(const RunId& id, std::int64_t length = 64,
                 experiment::AttentionKind attention = experiment::AttentionKind::Sparse) {
    QueueItem item;
    item.id = id;
    item.spec.length = length;
    item.spec.attention = attention;
    item.totalSteps = 10;
    return item;
}

std::string order(const std::vector<QueueItem>& items) {
    std::string text;
    for (const QueueItem& item : items) text += item.id;
    return text;
}

TEST(Queue, FormsACohortOfTheFirstRunAndThoseBehindItThatFit) {
    runs::Queue queue;
    queue.add({itemOf("a"), itemOf("b", 128), itemOf("c"),
               itemOf("d", 64, experiment::AttentionKind::Dense), itemOf("e"), itemOf("f")});
    EXPECT_EQ(order(queue.takeCohort(3)), "ace");
    EXPECT_EQ(order(queue.takeCohort(3)), "b");
    EXPECT_EQ(order(queue.takeCohort(3)), "d");
    EXPECT_EQ(order(queue.takeCohort(1)), "f");
    EXPECT_TRUE(queue.takeCohort(3).empty());
}

TEST(Queue, RunsOfOtherStepCountsAreNotStacked) {
    runs::Queue queue;
    QueueItem longer = itemOf("b");
    longer.totalSteps = 11;
    queue.add({itemOf("a"), longer});
    EXPECT_EQ(order(queue.takeCohort(2)), "a");
}

TEST(Queue, AResumedRunTakesItsPartnersInStackingOrderAndNothingElse) {
    runs::Queue queue;
    queue.add({itemOf("b"), itemOf("x"), itemOf("a")});
    const runs::Queue::Partners partners = [](const RunId& id) {
        return id == "x" ? std::vector<RunId>{} : std::vector<RunId>{"a", "b", "gone"};
    };
    EXPECT_EQ(order(queue.takeCohort(1, partners)), "ab");
    EXPECT_EQ(order(queue.items()), "x");
}

TEST(Queue, AFreshCohortLeavesRunsWithCheckpointsBehind) {
    runs::Queue queue;
    queue.add({itemOf("a"), itemOf("b"), itemOf("c")});
    const runs::Queue::Partners partners = [](const RunId& id) {
        return id == "b" ? std::vector<RunId>{"b"} : std::vector<RunId>{};
    };
    EXPECT_EQ(order(queue.takeCohort(3, partners)), "ac");
}

TEST(Queue, PriorityGoesFirstAndEqualPrioritiesKeepTheirOrder) {
    runs::Queue queue;
    queue.add({itemOf("a"), itemOf("b"), itemOf("c"), itemOf("d")});
    queue.setPriority(std::vector<RunId>{"c", "d"}, 5);
    EXPECT_EQ(order(queue.items()), "cdab");
    queue.move("d", 0);
    EXPECT_EQ(order(queue.items()), "dcab");
    queue.move("b", 0);  // stays behind the higher priority
    EXPECT_EQ(order(queue.items()), "dcba");
}

TEST(Queue, HeldRunsWaitAndSaySo) {
    runs::Queue queue;
    queue.add({itemOf("a"), itemOf("b")});
    queue.setHold(std::vector<RunId>{"a"}, runs::Hold::Held);
    EXPECT_NE(queue.waiting()[0].reason.find("held"), std::string::npos);
    EXPECT_NE(queue.waiting()[1].reason.find("next"), std::string::npos);
    EXPECT_EQ(order(queue.takeCohort(5)), "b");
    EXPECT_FALSE(queue.hasWork());
    queue.setHold(std::vector<RunId>{"a"}, runs::Hold::Released);
    EXPECT_EQ(order(queue.takeCohort(5)), "a");
}

TEST(Queue, PlacesABlockInItsOwnOrderBeforeAPosition) {
    runs::Queue queue;
    queue.add({itemOf("a"), itemOf("b"), itemOf("c"), itemOf("d"), itemOf("e")});
    queue.place(std::vector<RunId>{"d", "a"}, 3);
    EXPECT_EQ(order(queue.items()), "bcade") << "before d, which stood at 3";
    queue.place(std::vector<RunId>{"e", "b"}, 0);
    EXPECT_EQ(order(queue.items()), "becad");
    queue.place(std::vector<RunId>{"b"}, 99);
    EXPECT_EQ(order(queue.items()), "ecadb");
    queue.place(std::vector<RunId>{"gone"}, 0);
    EXPECT_EQ(order(queue.items()), "ecadb");
}

TEST(Queue, APlacedRunTakesThePriorityThatItsPlaceAsksFor) {
    runs::Queue queue;
    queue.add({itemOf("a"), itemOf("b"), itemOf("c"), itemOf("d")});
    queue.setPriority(std::vector<RunId>{"a", "b"}, 1);
    queue.place(std::vector<RunId>{"d"}, 1);
    EXPECT_EQ(order(queue.items()), "adbc");
    EXPECT_EQ(queue.items()[1].priority, 1);
    queue.place(std::vector<RunId>{"a"}, 4);
    EXPECT_EQ(order(queue.items()), "dbca");
    EXPECT_EQ(queue.items()[3].priority, 0);
    queue.place(std::vector<RunId>{"c"}, 2);  // at the border both priorities are right
    EXPECT_EQ(queue.items()[2].priority, 0);
}

TEST(Queue, ShiftsRunsPastTheirNeighboursAndStopsAtTheEnds) {
    runs::Queue queue;
    queue.add({itemOf("a"), itemOf("b"), itemOf("c"), itemOf("d")});
    queue.setPriority(std::vector<RunId>{"a"}, 1);
    const std::vector<RunId> moved = {"b", "d"};
    queue.shift(moved, runs::Direction::Earlier);
    EXPECT_EQ(order(queue.items()), "badc");
    EXPECT_EQ(queue.items()[0].priority, 1) << "it stands before a run of priority 1";
    queue.shift(moved, runs::Direction::Earlier);
    EXPECT_EQ(order(queue.items()), "bdac");
    queue.shift(moved, runs::Direction::Earlier);
    EXPECT_EQ(order(queue.items()), "bdac");
    for (int times = 0; times < 4; ++times) queue.shift(moved, runs::Direction::Later);
    EXPECT_EQ(order(queue.items()), "acbd");
}

TEST(Queue, SaysWhatARunWaitsFor) {
    runs::Queue queue;
    queue.add({itemOf("a"), itemOf("b"), itemOf("c"), itemOf("d")});
    queue.setHold(std::vector<RunId>{"b"}, runs::Hold::Held);
    const auto reasons = [&queue](runs::LaneActivity lanes) {
        std::vector<std::string> texts;
        for (const runs::WaitingRun& run : queue.waiting(lanes)) texts.push_back(run.reason);
        return texts;
    };
    const auto training = reasons(runs::LaneActivity::Training);
    EXPECT_NE(training[0].find("lanes are busy"), std::string::npos);
    EXPECT_EQ(training[2], "behind 1 run") << "a held run is not waited for";
    EXPECT_EQ(training[3], "behind 2 runs");
    EXPECT_NE(reasons(runs::LaneActivity::Stopped)[0].find("Start"), std::string::npos);
    EXPECT_NE(reasons(runs::LaneActivity::Pausing)[0].find("paused"), std::string::npos);
}

TEST(Queue, AddsARunOnceAndRemovesIt) {
    runs::Queue queue;
    EXPECT_EQ(queue.add({itemOf("a"), itemOf("a"), itemOf("b")}), 2U);
    EXPECT_EQ(queue.add({itemOf("b"), itemOf("c")}, runs::Place::First), 1U);
    EXPECT_EQ(order(queue.items()), "cab");
    EXPECT_EQ(queue.remove(std::vector<RunId>{"a", "z"}), 1U);
    EXPECT_FALSE(queue.contains("a"));
    const std::vector<QueueItem> before = queue.items();
    queue.clear();
    queue.replace(before);  // undo
    EXPECT_EQ(queue.items(), before);
}

}  // namespace

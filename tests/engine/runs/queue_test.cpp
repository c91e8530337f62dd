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

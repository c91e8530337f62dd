// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/queue.h"

#include <algorithm>
#include <limits>
#include <unordered_set>

namespace runs {
namespace {

using Ids = std::unordered_set<RunId>;

Ids asSet(std::span<const RunId> ids) {
    return {ids.begin(), ids.end()};
}

bool takeable(const QueueItem& item) {
    return item.hold == Hold::Released;
}

/// Same model, length and number of steps: may train in one cohort.
bool fits(const QueueItem& first, const QueueItem& other) {
    return other.spec.length == first.spec.length && other.totalSteps == first.totalSteps &&
           other.spec.attention == first.spec.attention;
}

const char* firstReason(LaneActivity lanes) {
    switch (lanes) {
        case LaneActivity::Training:
            return "next: all lanes are busy";
        case LaneActivity::Pausing:
            return "next: training is being paused";
        case LaneActivity::Stopped:
            break;
    }
    return "next: training is stopped, Start continues";
}

/// The run steps over its neighbour and, where they differ, takes its priority.
void stepOver(QueueItem& moved, QueueItem& neighbour) {
    moved.priority = neighbour.priority;
    std::swap(moved, neighbour);
}

}  // namespace

std::size_t Queue::add(std::vector<QueueItem> items, Place place) {
    std::size_t added = 0;
    {
        const std::lock_guard lock(m_mutex);
        Ids known;
        for (const QueueItem& item : m_items) known.insert(item.id);
        std::erase_if(items,
                      [&known](const QueueItem& item) { return !known.insert(item.id).second; });
        added = items.size();
        m_items.insert(place == Place::First ? m_items.begin() : m_items.end(), items.begin(),
                       items.end());
        sortByPriority();
    }
    announce();
    return added;
}

std::size_t Queue::remove(std::span<const RunId> ids) {
    const std::lock_guard lock(m_mutex);
    return std::erase_if(
        m_items, [gone = asSet(ids)](const QueueItem& item) { return gone.contains(item.id); });
}

void Queue::clear() {
    const std::lock_guard lock(m_mutex);
    m_items.clear();
}

void Queue::move(const RunId& id, std::size_t position) {
    const std::lock_guard lock(m_mutex);
    const auto found = std::find_if(m_items.begin(), m_items.end(),
                                    [&id](const QueueItem& item) { return item.id == id; });
    if (found == m_items.end()) return;
    QueueItem item = std::move(*found);
    m_items.erase(found);
    position = std::min(position, m_items.size());
    m_items.insert(m_items.begin() + static_cast<std::ptrdiff_t>(position), std::move(item));
    sortByPriority();
}

void Queue::place(std::span<const RunId> ids, std::size_t position) {
    const std::lock_guard lock(m_mutex);
    const Ids chosen = asSet(ids);
    const auto isChosen = [&chosen](const QueueItem& item) { return chosen.contains(item.id); };
    const auto gap =
        m_items.begin() + static_cast<std::ptrdiff_t>(std::min(position, m_items.size()));
    const auto first = std::stable_partition(
        m_items.begin(), gap, [&isChosen](const QueueItem& item) { return !isChosen(item); });
    const auto last = std::stable_partition(gap, m_items.end(), isChosen);
    const int highest =
        first == m_items.begin() ? std::numeric_limits<int>::max() : std::prev(first)->priority;
    const int lowest = last == m_items.end() ? std::numeric_limits<int>::min() : last->priority;
    for (auto item = first; item != last; ++item)
        item->priority = std::clamp(item->priority, lowest, highest);
}

void Queue::shift(std::span<const RunId> ids, Direction direction) {
    const std::lock_guard lock(m_mutex);
    const Ids chosen = asSet(ids);
    const auto isChosen = [&](std::size_t at) { return chosen.contains(m_items[at].id); };
    for (std::size_t step = 1; step < m_items.size(); ++step) {
        const bool earlier = direction == Direction::Earlier;
        const std::size_t at = earlier ? step : m_items.size() - 1 - step;
        const std::size_t beside = earlier ? at - 1 : at + 1;
        if (isChosen(at) && !isChosen(beside)) stepOver(m_items[at], m_items[beside]);
    }
}

void Queue::setPriority(std::span<const RunId> ids, int priority) {
    const std::lock_guard lock(m_mutex);
    const Ids chosen = asSet(ids);
    for (QueueItem& item : m_items) {
        if (chosen.contains(item.id)) item.priority = priority;
    }
    sortByPriority();
}

void Queue::setHold(std::span<const RunId> ids, Hold hold) {
    {
        const std::lock_guard lock(m_mutex);
        const Ids chosen = asSet(ids);
        for (QueueItem& item : m_items) {
            if (chosen.contains(item.id)) item.hold = hold;
        }
    }
    announce();
}

void Queue::replace(std::vector<QueueItem> items) {
    {
        const std::lock_guard lock(m_mutex);
        m_items = std::move(items);
        sortByPriority();
    }
    announce();
}

void Queue::sortByPriority() {
    std::stable_sort(m_items.begin(), m_items.end(), [](const QueueItem& a, const QueueItem& b) {
        return a.priority > b.priority;
    });
}

std::vector<QueueItem> Queue::items() const {
    const std::lock_guard lock(m_mutex);
    return m_items;
}

std::vector<WaitingRun> Queue::waiting(LaneActivity lanes) const {
    std::vector<WaitingRun> runs;
    std::size_t ahead = 0;
    for (QueueItem& item : items()) {
        std::string reason = "held: release it to train it";
        if (takeable(item)) {
            reason = ahead == 0
                         ? firstReason(lanes)
                         : "behind " + std::to_string(ahead) + (ahead == 1 ? " run" : " runs");
            ++ahead;
        }
        runs.push_back({std::move(item), std::move(reason)});
    }
    return runs;
}

bool Queue::contains(const RunId& id) const {
    const std::lock_guard lock(m_mutex);
    return std::any_of(m_items.begin(), m_items.end(),
                       [&id](const QueueItem& item) { return item.id == id; });
}

std::size_t Queue::size() const {
    const std::lock_guard lock(m_mutex);
    return m_items.size();
}

bool Queue::hasWork() const {
    const std::lock_guard lock(m_mutex);
    return std::any_of(m_items.begin(), m_items.end(), takeable);
}

std::vector<QueueItem> Queue::takeAt(const std::vector<std::size_t>& places) {
    std::vector<QueueItem> taken;
    for (const std::size_t place : places) taken.push_back(m_items[place]);
    Ids gone;
    for (const QueueItem& item : taken) gone.insert(item.id);
    std::erase_if(m_items, [&gone](const QueueItem& item) { return gone.contains(item.id); });
    return taken;
}

std::vector<QueueItem> Queue::takeCohort(std::int64_t most, const Partners& partners) {
    const std::lock_guard lock(m_mutex);
    const auto first = std::find_if(m_items.begin(), m_items.end(), takeable);
    if (first == m_items.end()) return {};
    const auto begin = static_cast<std::size_t>(first - m_items.begin());
    std::vector<std::size_t> places;
    const std::vector<RunId> together = partners ? partners(first->id) : std::vector<RunId>{};
    for (const RunId& id : together) {  // in stacking order: the resumed cohort must be the same
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            if (m_items[i].id == id && takeable(m_items[i]) && fits(*first, m_items[i]))
                places.push_back(i);
        }
    }
    if (!places.empty()) return takeAt(places);
    places.push_back(begin);
    for (std::size_t i = begin + 1;
         i < m_items.size() && static_cast<std::int64_t>(places.size()) < most; ++i) {
        const bool fresh = !partners || partners(m_items[i].id).empty();
        if (takeable(m_items[i]) && fits(*first, m_items[i]) && fresh) places.push_back(i);
    }
    return takeAt(places);
}

void Queue::onWork(std::function<void()> listener) {
    const std::lock_guard lock(m_mutex);
    m_listener = std::move(listener);
}

void Queue::announce() const {
    std::function<void()> listener;
    {
        const std::lock_guard lock(m_mutex);
        listener = m_listener;
    }
    if (listener) listener();
}

}  // namespace runs

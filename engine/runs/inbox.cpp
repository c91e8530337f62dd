// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/inbox.h"

#include <utility>

namespace runs {

Inbox::Inbox(std::size_t capacity) : m_capacity(capacity) {}

void Inbox::push(Event event) {
    {
        const std::lock_guard lock(m_mutex);
        if (auto* progress = std::get_if<StepProgress>(&event)) {
            pushProgress(std::move(*progress));
        } else {
            m_events.push_back(std::move(event));
        }
    }
    m_arrived.notify_one();
}

void Inbox::pushProgress(StepProgress progress) {
    const auto newest = m_newestProgress.find(progress.id);
    if (m_progressCount >= m_capacity && newest != m_newestProgress.end()) {
        auto& kept = std::get<StepProgress>(m_events[newest->second]);
        progress.coalesced = kept.coalesced + 1;
        kept = std::move(progress);
        return;
    }
    m_newestProgress[progress.id] = m_events.size();
    m_events.emplace_back(std::move(progress));
    ++m_progressCount;
}

std::vector<Event> Inbox::drain() {
    return drainWithin(std::chrono::milliseconds(0));
}

std::vector<Event> Inbox::drainWithin(std::chrono::milliseconds patience) {
    std::unique_lock lock(m_mutex);
    if (patience.count() > 0)
        m_arrived.wait_for(lock, patience, [this] { return !m_events.empty(); });
    m_newestProgress.clear();
    m_progressCount = 0;
    return std::exchange(m_events, {});
}

}  // namespace runs

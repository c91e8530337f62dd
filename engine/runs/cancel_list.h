// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <mutex>
#include <unordered_set>

#include "engine/runs/run_record.h"

namespace runs {

/// Runs that shall leave their cohort at the next step boundary. Thread-safe; cheap to ask when
/// empty.
class CancelList {
public:
    void add(const RunId& id) {
        const std::lock_guard lock(m_mutex);
        m_ids.insert(id);
        m_any = true;
    }
    /// Whether this run was cancelled; it is taken off the list.
    bool take(const RunId& id) {
        if (!m_any) return false;
        const std::lock_guard lock(m_mutex);
        const bool found = m_ids.erase(id) > 0;
        m_any = !m_ids.empty();
        return found;
    }

private:
    std::mutex m_mutex;
    std::unordered_set<RunId> m_ids;
    std::atomic<bool> m_any = false;
};

}  // namespace runs

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "engine/result.h"

namespace runs {

/// The newest attempt at a run, as its folder tells it.
struct AttemptState {
    int number = 0;  // 0: none yet
    bool alive =
        false;  // its process lives, or another machine's sign of life is younger than ten minutes
    std::string where;  // "process 4711 on host"
};
AttemptState newestAttempt(const std::filesystem::path& runFolder);

/// The right to write in a run folder: the newest attempt number, taken with link() on a file of
/// our own so that two processes can never both have it. Released when destroyed.
class Attempt {
public:
    /// Errors: Io; Superseded if a live process holds the run (the message says where).
    static engine::Result<Attempt> claim(const std::filesystem::path& runFolder);
    Attempt(Attempt&& other) noexcept;
    Attempt& operator=(Attempt&& other) noexcept;
    ~Attempt();

    int number() const { return m_number; }
    /// Error Superseded once a newer attempt exists.
    engine::Result<void> requireNewest() const;
    /// Renews the sign of life that other machines look at.
    void beat() const;
    void release();

private:
    Attempt(std::filesystem::path folder, int number)
        : m_folder(std::move(folder)), m_number(number) {}

    std::filesystem::path m_folder;
    int m_number = 0;  // 0: released or moved from
};

}  // namespace runs

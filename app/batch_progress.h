// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>

#include "app/command_line.h"
#include "engine/runs/events.h"
#include "engine/runs/study.h"

namespace app {

enum class ProgressStyle {
    Silent,  ///< errors only
    Lines,   ///< one line per finished run
    Live,    ///< the same, and below them one line that is rewritten
};

/// Shows a batch study while it trains. Everything goes to the stream of messages, never to
/// results.
class BatchProgress {
public:
    BatchProgress(std::ostream& messages, ProgressStyle style, Verbosity verbosity, Colour colour);
    ~BatchProgress();
    BatchProgress(const BatchProgress&) = delete;
    BatchProgress& operator=(const BatchProgress&) = delete;

    /// A sentence of its own line, unless silent.
    void say(const std::string& sentence);
    /// A sentence that is shown even if silent.
    void complain(const std::string& sentence);
    /// After the study has followed the event.
    void follow(const runs::Event& event, const runs::Study& study);
    /// Rewrites the live line, at most ten times a second.
    void refresh(const runs::Study& study, std::int64_t lanes);

private:
    void follow(const runs::RunFinished& finished, const runs::Study& study);
    void follow(const runs::RunFailed& failed, const runs::Study& study);
    void print(const std::string& line);
    std::string liveLine(const runs::Study& study, std::int64_t lanes) const;

    std::ostream& m_messages;
    ProgressStyle m_style;
    Verbosity m_verbosity;
    bool m_coloured;
    bool m_liveShown = false;
    std::chrono::steady_clock::time_point m_refreshed{};
};

/// Live on a terminal, lines elsewhere, silent if asked.
ProgressStyle progressStyle(Verbosity verbosity, bool messagesOnTerminal);

}  // namespace app

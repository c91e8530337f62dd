// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/batch_progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <ostream>

#include "app/text.h"

namespace app {
namespace {

constexpr const char* kClearLine = "\r\x1b[K";
constexpr const char* kRed = "\x1b[31m";
constexpr const char* kPlain = "\x1b[0m";

std::size_t terminalWidth() {
    struct winsize size {};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20) return size.ws_col;
    return 80;
}

std::string clockAfter(double seconds) {
    const std::time_t then = std::time(nullptr) + static_cast<std::time_t>(seconds);
    struct tm local {};
    ::localtime_r(&then, &local);
    char text[32];
    std::strftime(text, sizeof text, "%H:%M", &local);
    return text;
}

std::string seedText(const experiment::RunSpec& spec) {
    return cellText(spec) + " seed " + std::to_string(spec.seed);
}

std::string countText(const runs::Study& study) {
    const runs::StudyProgress progress = study.progress(1);
    return std::to_string(progress.done + progress.failed) + "/" + std::to_string(progress.planned);
}

}  // namespace

ProgressStyle progressStyle(Verbosity verbosity, bool messagesOnTerminal) {
    if (verbosity == Verbosity::Quiet) return ProgressStyle::Silent;
    return messagesOnTerminal ? ProgressStyle::Live : ProgressStyle::Lines;
}

BatchProgress::BatchProgress(std::ostream& messages, ProgressStyle style, Verbosity verbosity,
                             Colour colour)
    : m_messages(messages),
      m_style(style),
      m_verbosity(verbosity),
      m_coloured(style == ProgressStyle::Live && colour == Colour::Automatic) {}

BatchProgress::~BatchProgress() {
    if (m_liveShown) m_messages << kClearLine << std::flush;
}

void BatchProgress::print(const std::string& line) {
    if (m_liveShown) m_messages << kClearLine;
    m_liveShown = false;
    m_messages << line << '\n' << std::flush;
}

void BatchProgress::say(const std::string& sentence) {
    if (m_style != ProgressStyle::Silent) print(sentence);
}

void BatchProgress::complain(const std::string& sentence) {
    print(m_coloured ? kRed + sentence + kPlain : sentence);
}

void BatchProgress::follow(const runs::Event& event, const runs::Study& study) {
    if (const auto* finished = std::get_if<runs::RunFinished>(&event)) {
        follow(*finished, study);
    } else if (const auto* failed = std::get_if<runs::RunFailed>(&event)) {
        follow(*failed, study);
    } else if (const auto* message = std::get_if<runs::Message>(&event)) {
        const std::string about = message->id.empty() ? "" : message->id + ": ";
        if (message->severity != runs::Severity::Info) {
            complain(about + message->text);
        } else if (m_verbosity == Verbosity::Verbose) {
            say(about + message->text);
        }
    } else if (const auto* started = std::get_if<runs::RunStarted>(&event)) {
        const runs::RunView* run = study.find(started->id);
        if (m_verbosity != Verbosity::Verbose || run == nullptr) return;
        say("lane " + std::to_string(started->lane) + " on " + started->device + " starts " +
            seedText(run->spec) + " at step " + std::to_string(started->step) + " of " +
            std::to_string(started->totalSteps));
    } else if (const auto* timing = std::get_if<runs::TimingProgress>(&event)) {
        if (m_verbosity != Verbosity::Verbose) return;
        say("timing pass: " + std::to_string(timing->done) + " of " +
            std::to_string(timing->planned) + " measurements");
    }
}

void BatchProgress::follow(const runs::RunFinished& finished, const runs::Study& study) {
    const runs::RunView* run = study.find(finished.id);
    if (run == nullptr) return;
    const runs::RunResult& result = finished.result;
    say("[" + countText(study) + "] " + seedText(run->spec) + ": loss " +
        fixedText(result.finalLoss, 4) + " nats, accuracy " +
        fixedText(100.0 * result.finalAccuracy, 1) + " %, " + durationText(result.elapsedSeconds));
}

void BatchProgress::follow(const runs::RunFailed& failed, const runs::Study& study) {
    const runs::RunView* run = study.find(failed.id);
    const std::string who = run == nullptr ? failed.id : seedText(run->spec);
    complain("[" + countText(study) + "] " + who + " " + runs::name(failed.status) + " at step " +
             std::to_string(failed.step) + ": " + failed.error.message);
}

std::string BatchProgress::liveLine(const runs::Study& study, std::int64_t lanes) const {
    const runs::StudyProgress progress = study.progress(lanes);
    std::string line =
        std::to_string(progress.done) + "/" + std::to_string(progress.planned) + " runs";
    if (progress.failed > 0) line += ", " + std::to_string(progress.failed) + " failed";
    if (progress.secondsLeft) {
        line += ", " + durationText(*progress.secondsLeft) + " left (" +
                clockAfter(*progress.secondsLeft) + ")";
    }
    double tokensPerSecond = 0.0;
    std::string trained;
    for (const runs::RunView& run : study.runs()) {
        if (run.status != runs::RunStatus::Running) continue;
        if (run.latest) tokensPerSecond += run.latest->tokensPerSecond;
        trained += " | " + seedText(run.spec) + " " + std::to_string(run.step) + "/" +
                   std::to_string(run.totalSteps);
    }
    if (tokensPerSecond > 0.0) {
        line += ", " + groupedText(static_cast<std::int64_t>(tokensPerSecond)) + " tokens/s";
    }
    return line + trained;
}

void BatchProgress::refresh(const runs::Study& study, std::int64_t lanes) {
    if (m_style != ProgressStyle::Live) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - m_refreshed < std::chrono::milliseconds(100)) return;
    m_refreshed = now;
    std::string line = liveLine(study, lanes);
    line.resize(std::min(line.size(), terminalWidth() - 1));
    m_messages << kClearLine << line << std::flush;
    m_liveShown = true;
}

}  // namespace app

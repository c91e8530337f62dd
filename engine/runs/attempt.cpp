// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/attempt.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <ctime>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

#include "engine/runs/file_commit.h"

namespace runs {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrefix = "attempt-";
constexpr const char* kReleased = ".released";
constexpr std::uint64_t kLargestNote = 4096;
constexpr std::time_t kSignOfLifeSeconds = 600;  // longer than any step or evaluation should take

/// Who wrote an attempt: the place is comparable only within one boot of one machine and one
/// process space.
struct Holder {
    std::string host, place;
    long pid = 0;
    std::string started;  // field 22 of /proc/PID/stat: tells a reused process number apart
};

std::string firstLine(const fs::path& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

/// Start time of a process in clock ticks since boot; empty if there is none, or only the remains
/// of one that its parent has not looked after yet.
std::string startTime(long pid) {
    const std::string stat = firstLine("/proc/" + std::to_string(pid) + "/stat");
    const std::size_t end = stat.rfind(')');  // the name before it may hold spaces
    if (end == std::string::npos) return {};
    std::istringstream fields(stat.substr(end + 1));
    std::string state, field;
    fields >> state;
    if (state == "Z" || state == "X") return {};
    for (int i = 4; i <= 22; ++i) fields >> field;
    return field;
}

Holder thisProcess() {
    char host[256] = "";
    ::gethostname(host, sizeof host - 1);
    char space[64] = "";
    const ssize_t length = ::readlink("/proc/self/ns/pid", space, sizeof space - 1);
    Holder holder;
    holder.host = host;
    holder.place = firstLine("/proc/sys/kernel/random/boot_id") + "/" +
                   std::string(space, length > 0 ? static_cast<std::size_t>(length) : 0);
    holder.pid = ::getpid();
    holder.started = startTime(holder.pid);
    return holder;
}

std::string note(const Holder& holder) {
    return holder.host + "\n" + holder.place + "\n" + std::to_string(holder.pid) + "\n" +
           holder.started + "\n";
}

Holder readNote(const fs::path& path) {
    Holder holder;
    const engine::Result<std::string> text = readFile(path, kLargestNote);
    if (!text) return holder;
    std::istringstream lines(*text);
    std::string pid;
    std::getline(lines, holder.host);
    std::getline(lines, holder.place);
    std::getline(lines, pid);
    std::getline(lines, holder.started);
    std::from_chars(pid.data(), pid.data() + pid.size(), holder.pid);
    return holder;
}

fs::path notePath(const fs::path& folder, int number) {
    return folder / (kPrefix + std::to_string(number));
}

bool signOfLifeIsFresh(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return false;
    return std::time(nullptr) - status.st_mtime < kSignOfLifeSeconds;
}

bool isAlive(const fs::path& path) {
    const Holder holder = readNote(path);
    static const Holder self = thisProcess();
    if (holder.place != self.place) return signOfLifeIsFresh(path);
    return holder.pid > 0 && !holder.started.empty() && startTime(holder.pid) == holder.started;
}

int highestNumber(const fs::path& folder) {
    int highest = 0;
    std::error_code ignored;
    for (fs::directory_iterator it(folder, ignored), end; !ignored && it != end;
         it.increment(ignored)) {
        const std::string name = it->path().filename().string();
        if (!name.starts_with(kPrefix)) continue;
        int number = 0;
        const auto [last, error] =
            std::from_chars(name.data() + 8, name.data() + name.size(), number);
        if (error == std::errc() && last == name.data() + name.size())
            highest = std::max(highest, number);
    }
    return highest;
}

engine::Error heldElsewhere(const fs::path& folder, const std::string& where) {
    return {engine::ErrorKind::Superseded, folder.string() + " is being trained by " + where + "."};
}

}  // namespace

AttemptState newestAttempt(const fs::path& folder) {
    AttemptState state;
    state.number = highestNumber(folder);
    if (state.number == 0) return state;
    const fs::path path = notePath(folder, state.number);
    state.alive = ::access((path.string() + kReleased).c_str(), F_OK) != 0 && isAlive(path);
    if (state.alive) {
        const Holder holder = readNote(path);
        state.where = "process " + std::to_string(holder.pid) + " on " + holder.host;
    }
    return state;
}

engine::Result<Attempt> Attempt::claim(const fs::path& folder) {
    static std::atomic<std::uint64_t> counter{0};
    const AttemptState newest = newestAttempt(folder);
    if (newest.alive) return heldElsewhere(folder, newest.where);
    const Holder self = thisProcess();
    const fs::path unique = folder / (".claim-" + self.host + "-" + std::to_string(self.pid) + "-" +
                                      std::to_string(counter.fetch_add(1)));
    const engine::Result<void> written = commitText(unique, note(self), CommitMode::First);
    if (!written) return written.error();
    const int number = newest.number + 1;
    const int error = ::link(unique.c_str(), notePath(folder, number).c_str()) == 0 ? 0 : errno;
    ::unlink(unique.c_str());
    if (error == EEXIST) return heldElsewhere(folder, "a process that was faster");
    if (error != 0) return ioError("Could not claim the run", folder, error);
    if (const engine::Result<void> synced = syncFolder(folder); !synced) return synced.error();
    return Attempt(folder, number);
}

Attempt::Attempt(Attempt&& other) noexcept
    : m_folder(std::move(other.m_folder)), m_number(std::exchange(other.m_number, 0)) {}

Attempt& Attempt::operator=(Attempt&& other) noexcept {
    std::swap(m_folder, other.m_folder);
    std::swap(m_number, other.m_number);
    return *this;
}

Attempt::~Attempt() {
    release();
}

engine::Result<void> Attempt::requireNewest() const {
    if (m_number > 0 && ::access(notePath(m_folder, m_number + 1).c_str(), F_OK) != 0 &&
        errno == ENOENT) {
        // The run folder may have been deleted and made again: our own note must still be there.
        if (::access(notePath(m_folder, m_number).c_str(), F_OK) == 0) return {};
    }
    return engine::Error{
        engine::ErrorKind::Superseded,
        m_folder.string() +
            " has been taken over by another process; this one writes no more in it."};
}

void Attempt::beat() const {
    if (m_number > 0) ::utimensat(AT_FDCWD, notePath(m_folder, m_number).c_str(), nullptr, 0);
}

void Attempt::release() {
    if (m_number == 0) return;
    const std::string path = notePath(m_folder, m_number).string() + kReleased;
    // Best effort: without it the attempt counts as ended as soon as this process has.
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor >= 0) ::close(descriptor);
    m_number = 0;
}

}  // namespace runs

// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/file_commit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace runs {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestWrite = std::size_t{1} << 30;

/// Removes the temporary file unless it has become the real one.
class TemporaryFile {
public:
    explicit TemporaryFile(fs::path path) : m_path(std::move(path)) {}
    ~TemporaryFile() {
        if (m_descriptor >= 0) ::close(m_descriptor);
        if (m_exists) ::unlink(m_path.c_str());
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    int open() {
        m_descriptor = ::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        m_exists = m_descriptor >= 0;
        return m_exists ? 0 : errno;
    }
    int write(std::span<const std::byte> bytes) {
        while (!bytes.empty()) {
            const ssize_t written =
                ::write(m_descriptor, bytes.data(), std::min(bytes.size(), kLargestWrite));
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return errno;
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
        return 0;
    }
    /// After a failed fsync the data are lost: no second try.
    int syncAndClose() {
        const int syncError = ::fsync(m_descriptor) == 0 ? 0 : errno;
        const int closeError = ::close(m_descriptor) == 0 ? 0 : errno;
        m_descriptor = -1;
        return syncError != 0 ? syncError : closeError;
    }
    int nameIt(const fs::path& target, CommitMode mode) {
        if (mode == CommitMode::First)
            return ::link(m_path.c_str(), target.c_str()) == 0 ? 0 : errno;
        if (::rename(m_path.c_str(), target.c_str()) != 0) return errno;
        m_exists = false;
        return 0;
    }

private:
    fs::path m_path;
    int m_descriptor = -1;
    bool m_exists = false;
};

fs::path temporaryName(const fs::path& path) {
    static std::atomic<std::uint64_t> counter{0};
    return path.parent_path() / ("." + path.filename().string() + "." + std::to_string(::getpid()) +
                                 "-" + std::to_string(counter.fetch_add(1)) + ".tmp");
}

engine::Error notSaved(const fs::path& path, std::uint64_t bytes, const char* action,
                       int errorNumber) {
    std::string remedy;
    if (errorNumber == ENOSPC || errorNumber == EDQUOT)
        remedy = " Free at least that much space and continue.";
    return {engine::ErrorKind::Io, path.string() + " was not saved (" + std::to_string(bytes) +
                                       " bytes needed): " + action + " failed, " +
                                       std::strerror(errorNumber) + "." + remedy};
}

}  // namespace

engine::Error ioError(std::string_view what, const fs::path& path, int errorNumber) {
    return {engine::ErrorKind::Io,
            std::string(what) + " " + path.string() + ": " + std::strerror(errorNumber) + "."};
}

engine::Result<void> syncFolder(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return ioError("Could not open the folder", folder, errno);
    const int error = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    if (error != 0) return ioError("Could not sync the folder", folder, error);
    return {};
}

engine::Result<void> commitFile(const fs::path& path,
                                std::span<const std::span<const std::byte>> parts, CommitMode mode,
                                const CommitGuard& guard) {
    std::uint64_t bytes = 0;
    for (const auto& part : parts) bytes += part.size();
    TemporaryFile file(temporaryName(path));
    if (const int error = file.open())
        return notSaved(path, bytes, "creating a file in its folder", error);
    for (const auto& part : parts) {
        if (const int error = file.write(part)) return notSaved(path, bytes, "writing", error);
    }
    if (const int error = file.syncAndClose())
        return notSaved(path, bytes, "syncing to disk", error);
    if (guard) {
        if (const engine::Result<void> allowed = guard(); !allowed) return allowed.error();
    }
    if (const int error = file.nameIt(path, mode)) {
        if (error == EEXIST) {
            return engine::Error{
                engine::ErrorKind::Superseded,
                path.string() + " was written by another process meanwhile; its content stays."};
        }
        return notSaved(path, bytes, "renaming", error);
    }
    if (const engine::Result<void> synced = syncFolder(path.parent_path()); !synced) {
        return engine::Error{engine::ErrorKind::Io,
                             path.string() + " may not last: " + synced.error().message};
    }
    return {};
}

engine::Result<void> commitText(const fs::path& path, std::string_view text, CommitMode mode,
                                const CommitGuard& guard) {
    const std::span<const std::byte> part = std::as_bytes(std::span(text.data(), text.size()));
    return commitFile(path, std::span(&part, 1), mode, guard);
}

engine::Result<std::string> readFile(const fs::path& path, std::uint64_t limit) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return ioError("Could not read", path, errno);
    struct stat status {};
    std::string text;
    int error = ::fstat(descriptor, &status) == 0 ? 0 : errno;
    if (error == 0 && !S_ISREG(status.st_mode)) error = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (error == 0 && size > limit) error = EFBIG;
    if (error == 0) text.resize(size);
    std::size_t filled = 0;
    while (error == 0 && filled < text.size()) {
        const ssize_t got = ::read(descriptor, text.data() + filled, text.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) error = errno;
        if (got <= 0) break;
        filled += static_cast<std::size_t>(got);
    }
    ::close(descriptor);
    if (error != 0) return ioError("Could not read", path, error);
    text.resize(filled);
    return text;
}

}  // namespace runs

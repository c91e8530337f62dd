// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/corpus_files.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace data {
namespace {

namespace fs = std::filesystem;

engine::Error dataError(const std::string& path, const std::string& what) {
    return {engine::ErrorKind::Data, "corpus " + path + ": " + what};
}

class Descriptor {
public:
    explicit Descriptor(const std::string& path)
        : m_fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    ~Descriptor() {
        if (m_fd >= 0) ::close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return m_fd; }

private:
    int m_fd;
};

/// Maps a regular file; an empty one gives an empty view.
engine::Result<Bytes> mapFile(const std::string& path) {
    const Descriptor file(path);
    if (file.get() < 0) {
        return dataError(path, std::string("it cannot be opened (") + std::strerror(errno) +
                                   "); check the path and its permissions");
    }
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) {
        return dataError(path, std::string("it cannot be examined (") + std::strerror(errno) + ")");
    }
    if (!S_ISREG(status.st_mode)) {
        return dataError(path,
                         "it is neither a file nor a folder; name a text file or a folder of them");
    }
    if (status.st_size == 0) return Bytes{};
    const auto size = static_cast<std::size_t>(status.st_size);
    void* const address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (address == MAP_FAILED) {
        return dataError(
            path, std::string("it cannot be mapped into memory (") + std::strerror(errno) + ")");
    }
    Bytes bytes;
    bytes.owner = std::shared_ptr<const void>(
        address, [size](const void* mapped) { ::munmap(const_cast<void*>(mapped), size); });
    bytes.view = {static_cast<const std::uint8_t*>(address), size};
    return bytes;
}

/// Regular files below a folder, in the byte order of their paths.
engine::Result<std::vector<std::string>> listFiles(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        const bool isHidden = entry->path().filename().native().starts_with('.');
        std::error_code ignored;
        if (isHidden) {
            if (entry->is_directory(ignored)) entry.disable_recursion_pending();
        } else if (entry->is_regular_file(ignored)) {
            files.push_back(entry->path().native());
        }
    }
    if (error) return dataError(folder, "the folder cannot be read (" + error.message() + ")");
    std::sort(files.begin(), files.end());
    return files;
}

engine::Result<Bytes> readFolder(const std::string& folder) {
    const auto files = listFiles(folder);
    if (!files) return files.error();
    std::vector<std::uint8_t> joined;
    for (const std::string& path : *files) {
        const auto mapped = mapFile(path);
        if (!mapped) return mapped.error();
        joined.insert(joined.end(), mapped->view.begin(), mapped->view.end());
    }
    if (joined.empty()) {
        return dataError(folder,
                         "the folder holds no file with text; put at least one text file into it");
    }
    return ownBytes(std::move(joined));
}

}  // namespace

Bytes ownBytes(std::vector<std::uint8_t> bytes) {
    const auto owner = std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes));
    return {owner, std::span<const std::uint8_t>(*owner)};
}

engine::Result<Bytes> readBytes(const std::string& path) {
    if (path.empty()) {
        return engine::Error{engine::ErrorKind::Data,
                             "data.path is empty; name a text file or a folder of them"};
    }
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) {
        return dataError(path, "there is no such file or folder; check the path");
    }
    if (fs::is_directory(status)) return readFolder(path);
    auto mapped = mapFile(path);
    if (mapped && mapped->view.empty()) {
        return dataError(path, "the file is empty; name a file with text");
    }
    return mapped;
}

}  // namespace data

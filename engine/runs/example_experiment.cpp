// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/example_experiment.h"

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

#include "engine/data/sha256.h"
#include "engine/runs/file_commit.h"
#include "engine/runs/study.h"
#include "resources/embedded.h"

namespace runs {
namespace {

namespace fs = std::filesystem;
using engine::Error;
using engine::ErrorKind;
using engine::Result;

// The ustar header, one block: fields of fixed width, numbers as octal text. Source: POSIX.1, pax,
// "ustar Interchange Format".
constexpr std::size_t kBlock = 512;
constexpr std::size_t kNameWidth = 100;
constexpr std::size_t kSizeAt = 124, kSizeWidth = 12;
constexpr std::size_t kTypeAt = 156;
constexpr std::size_t kMagicAt = 257;

struct Entry {
    std::string name;
    std::size_t size = 0;
    char type = '0';
};

/// Text of a field, which ends at its width or at a zero byte.
std::string_view field(std::span<const std::uint8_t> header, std::size_t at, std::size_t width) {
    const std::string_view text(reinterpret_cast<const char*>(header.data()) + at, width);
    return text.substr(0, text.find('\0'));
}

Result<Entry> entryOf(std::span<const std::uint8_t> header) {
    Entry entry;
    entry.name = field(header, 0, kNameWidth);
    const std::string_view size = field(header, kSizeAt, kSizeWidth);
    const auto [end, wrong] =
        std::from_chars(size.data(), size.data() + size.size(), entry.size, 8);
    if (field(header, kMagicAt, 5) != "ustar" || wrong != std::errc() || entry.name.empty())
        return Error{ErrorKind::Data, "The archive is damaged: a header cannot be read."};
    entry.type = static_cast<char>(header[kTypeAt]);
    const fs::path path = entry.name;
    for (const fs::path& part : path)
        if (path.is_absolute() || part == "..")
            return Error{ErrorKind::Data,
                         "The archive names a file outside its folder: " + entry.name + "."};
    return entry;
}

}  // namespace

Result<void> unpackArchive(std::span<const std::uint8_t> archive, const fs::path& folder) {
    while (archive.size() >= kBlock && archive[0] != 0) {
        const Result<Entry> entry = entryOf(archive.first(kBlock));
        if (!entry) return entry.error();
        archive = archive.subspan(kBlock);
        const std::size_t blocks = (entry->size + kBlock - 1) / kBlock * kBlock;
        if (blocks > archive.size())
            return Error{ErrorKind::Data, "The archive is damaged: it ends within a file."};
        if (entry->type == '0') {
            const fs::path path = folder / entry->name;
            std::error_code error;
            fs::create_directories(path.parent_path(), error);
            if (error) return ioError("Could not make", path.parent_path(), error.value());
            const std::string_view text(reinterpret_cast<const char*>(archive.data()), entry->size);
            if (const Result<void> saved = commitText(path, text); !saved) return saved;
        }
        archive = archive.subspan(blocks);
    }
    return {};
}

Result<fs::path> placeExample(const fs::path& parent) {
    constexpr std::size_t kDigits = 8;
    const std::span<const std::uint8_t> archive = resources::exampleExperiment();
    const fs::path folder = parent / ("example-" + data::sha256Hex(archive).substr(0, kDigits));
    if (Study::isExperiment(folder)) return folder;
    std::error_code error;
    fs::create_directories(parent, error);
    if (error) return ioError("Could not make", parent, error.value());
    std::string unpacked = (parent / ".example-XXXXXX").string();
    if (::mkdtemp(unpacked.data()) == nullptr) return ioError("Could not make", unpacked, errno);
    if (const Result<void> done = unpackArchive(archive, unpacked); !done) {
        fs::remove_all(unpacked, error);
        return done.error();
    }
    fs::rename(unpacked, folder, error);
    if (error) {
        const int reason = error.value();
        fs::remove_all(unpacked, error);
        // Another window may have been first.
        if (!Study::isExperiment(folder)) return ioError("Could not make", folder, reason);
    }
    return folder;
}

}  // namespace runs

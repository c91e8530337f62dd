// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/safetensors.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "engine/data/sha256.h"

namespace runs {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using training::ElementType;
using training::StateTensor;

static_assert(std::endian::native == std::endian::little, "safetensors are little-endian");

constexpr std::uint64_t kHeaderLimit = std::uint64_t{16} << 20;
constexpr std::size_t kPrefix = 8;  // little-endian length of the header
const char* const kPayloadHash = "sha256";
const char* const kHeaderHash = "headerSha256";

struct Placed {
    StateTensor tensor;  // bytes still empty
    std::uint64_t begin = 0, end = 0;
};

struct Header {
    TensorMetadata metadata;
    std::vector<Placed> tensors;
    std::uint64_t payloadBegin = 0, payloadBytes = 0;
};

class Descriptor {
public:
    explicit Descriptor(const fs::path& path)
        : m_value(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~Descriptor() {
        if (m_value >= 0) ::close(m_value);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int value() const { return m_value; }

private:
    int m_value;
};

engine::Error damaged(const fs::path& path, const std::string& what) {
    return {engine::ErrorKind::Data,
            path.string() + " is damaged: " + what + ". Delete it to train anew."};
}

std::size_t elementBytes(ElementType type) {
    return type == ElementType::Float32 ? 4 : 8;
}

/// Product of shape and element size; nullopt on a negative length or overflow.
std::optional<std::uint64_t> byteCount(const std::vector<std::int64_t>& shape, ElementType type) {
    std::uint64_t bytes = elementBytes(type);
    for (const std::int64_t length : shape) {
        if (length < 0 || __builtin_mul_overflow(bytes, static_cast<std::uint64_t>(length), &bytes))
            return std::nullopt;
    }
    return bytes;
}

std::string headerDigest(json header) {
    header["__metadata__"].erase(kHeaderHash);
    return data::sha256Hex(header.dump());
}

bool readExactly(int descriptor, char* out, std::size_t bytes, std::uint64_t offset) {
    while (bytes > 0) {
        const ssize_t got = ::pread(descriptor, out, bytes, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        out += got;
        bytes -= static_cast<std::size_t>(got);
        offset += static_cast<std::uint64_t>(got);
    }
    return true;
}

engine::Result<Placed> placedTensor(const fs::path& path, const std::string& name,
                                    const json& entry, std::uint64_t payloadBytes) {
    Placed placed;
    placed.tensor.name = name;
    const std::string type = entry.at("dtype").get<std::string>();
    if (type != "F32" && type != "I64")
        return damaged(path, "tensor " + name + " has the type " + type);
    placed.tensor.type = type == "F32" ? ElementType::Float32 : ElementType::Int64;
    placed.tensor.shape = entry.at("shape").get<std::vector<std::int64_t>>();
    const auto offsets = entry.at("data_offsets").get<std::vector<std::uint64_t>>();
    const auto bytes = byteCount(placed.tensor.shape, placed.tensor.type);
    if (offsets.size() != 2 || !bytes || offsets[0] > offsets[1] || offsets[1] > payloadBytes ||
        offsets[1] - offsets[0] != *bytes) {
        return damaged(path, "tensor " + name + " does not fit its place");
    }
    placed.begin = offsets[0];
    placed.end = offsets[1];
    return placed;
}

engine::Result<Header> parseHeader(const fs::path& path, const std::string& text,
                                   std::uint64_t payloadBytes) {
    const json parsed = json::parse(text, nullptr, false);
    if (!parsed.is_object() || !parsed.contains("__metadata__"))
        return damaged(path, "its header is no JSON object");
    Header header;
    header.payloadBegin = kPrefix + text.size();
    header.payloadBytes = payloadBytes;
    try {
        header.metadata = parsed.at("__metadata__").get<TensorMetadata>();
        const auto digest = header.metadata.find(kHeaderHash);
        // The digest covers the canonical text, so any other byte in the header is found here as
        // well.
        if (digest == header.metadata.end() || digest->second != headerDigest(parsed) ||
            parsed.dump() != text.substr(0, text.find_last_not_of(' ') + 1)) {
            return damaged(path, "its header does not match its checksum");
        }
        std::uint64_t next = 0;
        std::map<std::uint64_t, Placed> byPlace;
        for (const auto& [name, entry] : parsed.items()) {
            if (name == "__metadata__") continue;
            engine::Result<Placed> placed = placedTensor(path, name, entry, payloadBytes);
            if (!placed) return placed.error();
            header.tensors.push_back(std::move(*placed));
        }
        std::sort(header.tensors.begin(), header.tensors.end(),
                  [](const Placed& a, const Placed& b) {
                      return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
                  });
        for (const Placed& placed : header.tensors) {
            if (placed.begin != next)
                return damaged(
                    path, "tensor " + placed.tensor.name + " overlaps another or leaves a gap");
            next = placed.end;
        }
        if (next != payloadBytes) return damaged(path, "its length is not that of its tensors");
    } catch (const json::exception&) {
        return damaged(path, "an entry of its header has the wrong form");
    }
    return header;
}

engine::Result<Header> readHeader(const fs::path& path, const Descriptor& file) {
    struct stat status {};
    if (file.value() < 0) return ioError("Could not read", path, errno);
    if (::fstat(file.value(), &status) != 0) return ioError("Could not read", path, errno);
    const auto size = static_cast<std::uint64_t>(status.st_size);
    std::uint64_t length = 0;
    if (size < kPrefix ||
        !readExactly(file.value(), reinterpret_cast<char*>(&length), kPrefix, 0)) {
        return damaged(path, "it is shorter than 8 bytes");
    }
    if (length > kHeaderLimit || length > size - kPrefix) {
        return damaged(path, "its header claims " + std::to_string(length) + " bytes");
    }
    std::string text(length, '\0');
    if (!readExactly(file.value(), text.data(), length, kPrefix))
        return damaged(path, "its header is cut off");
    return parseHeader(path, text, size - kPrefix - length);
}

}  // namespace

engine::Result<void> writeTensorFile(const fs::path& path, const std::vector<StateTensor>& tensors,
                                     TensorMetadata metadata, const CommitGuard& guard) {
    json header = json::object();
    data::Sha256 payload;
    std::uint64_t offset = 0;
    std::vector<std::span<const std::byte>> parts(1);
    for (const StateTensor& tensor : tensors) {
        const auto bytes = byteCount(tensor.shape, tensor.type);
        if (!bytes || *bytes != tensor.bytes.size() || header.contains(tensor.name)) {
            return engine::Error{engine::ErrorKind::Data,
                                 "Tensor " + tensor.name + " cannot be saved in " + path.string() +
                                     ": its shape does not fit its bytes, or its name is taken."};
        }
        header[tensor.name] = {{"dtype", tensor.type == ElementType::Float32 ? "F32" : "I64"},
                               {"shape", tensor.shape},
                               {"data_offsets", {offset, offset + *bytes}}};
        offset += *bytes;
        payload.update(std::span(reinterpret_cast<const std::uint8_t*>(tensor.bytes.data()),
                                 tensor.bytes.size()));
        parts.emplace_back(tensor.bytes);
    }
    metadata[kPayloadHash] = payload.hexDigest();
    header["__metadata__"] = metadata;
    header["__metadata__"][kHeaderHash] = headerDigest(header);
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');  // the payload starts aligned, as the format asks
    if (text.size() > kHeaderLimit) {
        return engine::Error{engine::ErrorKind::Data,
                             path.string() + " was not saved: its header exceeds 16 MiB."};
    }
    const std::uint64_t length = text.size();
    text.insert(0, reinterpret_cast<const char*>(&length), kPrefix);
    parts[0] = std::as_bytes(std::span(text.data(), text.size()));
    return commitFile(path, parts, CommitMode::Replace, guard);
}

engine::Result<TensorMetadata> readTensorMetadata(const fs::path& path) {
    const Descriptor file(path);
    engine::Result<Header> header = readHeader(path, file);
    if (!header) return header.error();
    return std::move(header->metadata);
}

engine::Result<TensorFile> readTensorFile(const fs::path& path) {
    const Descriptor file(path);
    engine::Result<Header> header = readHeader(path, file);
    if (!header) return header.error();
    TensorFile result;
    data::Sha256 payload;
    for (Placed& placed : header->tensors) {
        StateTensor& tensor = placed.tensor;
        tensor.bytes.resize(placed.end - placed.begin);
        if (!readExactly(file.value(), reinterpret_cast<char*>(tensor.bytes.data()),
                         tensor.bytes.size(), header->payloadBegin + placed.begin)) {
            return damaged(path, "tensor " + tensor.name + " is cut off");
        }
        payload.update(std::span(reinterpret_cast<const std::uint8_t*>(tensor.bytes.data()),
                                 tensor.bytes.size()));
        result.tensors.push_back(std::move(tensor));
    }
    const auto expected = header->metadata.find(kPayloadHash);
    if (expected == header->metadata.end() || expected->second != payload.hexDigest()) {
        return damaged(path, "its tensors do not match their checksum");
    }
    result.metadata = std::move(header->metadata);
    return result;
}

}  // namespace runs

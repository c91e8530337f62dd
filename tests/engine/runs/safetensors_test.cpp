// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/safetensors.h"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>

#include "tests/engine/runs/fake_trainer.h"

namespace {

namespace fs = std::filesystem;
using training::ElementType;
using training::StateTensor;

StateTensor floats(const std::string& name, std::vector<std::int64_t> shape,
                   const std::vector<float>& values) {
    StateTensor tensor{name, ElementType::Float32, std::move(shape),
                       std::vector<std::byte>(values.size() * 4)};
    if (!values.empty()) std::memcpy(tensor.bytes.data(), values.data(), tensor.bytes.size());
    return tensor;
}

std::vector<StateTensor> sample() {
    StateTensor count{
        "optimizer.step", ElementType::Int64, {}, std::vector<std::byte>(8, std::byte{7})};
    return {floats("z.weight", {2, 3}, {1, 2, 3, 4, 5, 6}), floats("empty", {0, 4}, {}), count,
            floats("a.bias", {2}, {-1.5F, 1e-30F})};
}

void overwrite(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// A header of our own after its length, and a payload of 8 bytes.
std::string fileWith(const std::string& header, std::uint64_t claimedLength) {
    std::string bytes(8, '\0');
    std::memcpy(bytes.data(), &claimedLength, 8);
    return bytes + header + std::string(8, 'x');
}

TEST(Safetensors, ReadsBackWhatWasWritten) {
    const fake::Folder folder;
    const fs::path path = folder.path() / "checkpoint.safetensors";
    ASSERT_TRUE(runs::writeTensorFile(path, sample(), {{"step", "12"}}));
    const auto file = runs::readTensorFile(path);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->metadata.at("step"), "12");
    EXPECT_EQ(runs::readTensorMetadata(path)->at("step"), "12");
    ASSERT_EQ(file->tensors.size(), 4U);
    for (const StateTensor& expected : sample()) {
        const auto found =
            std::find_if(file->tensors.begin(), file->tensors.end(),
                         [&](const StateTensor& tensor) { return tensor.name == expected.name; });
        ASSERT_NE(found, file->tensors.end()) << expected.name;
        EXPECT_EQ(found->shape, expected.shape);
        EXPECT_EQ(found->type, expected.type);
        EXPECT_EQ(found->bytes, expected.bytes);
    }
}

TEST(Safetensors, EverySingleBitFlipIsFound) {
    const fake::Folder folder;
    const fs::path path = folder.path() / "checkpoint.safetensors";
    ASSERT_TRUE(runs::writeTensorFile(path, sample(), {{"step", "12"}}));
    const std::string good = *runs::readFile(path, 1 << 20);
    for (std::size_t byte = 0; byte < good.size(); ++byte) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string bad = good;
            bad[byte] = static_cast<char>(bad[byte] ^ (1 << bit));
            overwrite(path, bad);
            EXPECT_FALSE(runs::readTensorFile(path)) << "byte " << byte << ", bit " << bit;
        }
    }
}

TEST(Safetensors, EveryTruncationIsFound) {
    const fake::Folder folder;
    const fs::path path = folder.path() / "checkpoint.safetensors";
    ASSERT_TRUE(runs::writeTensorFile(path, sample(), {}));
    const std::string good = *runs::readFile(path, 1 << 20);
    for (std::size_t size = 0; size < good.size(); ++size) {
        overwrite(path, good.substr(0, size));
        EXPECT_FALSE(runs::readTensorFile(path)) << size;
    }
    overwrite(path, good + std::string(8, '\0'));
    EXPECT_FALSE(runs::readTensorFile(path));
}

TEST(Safetensors, HostileHeadersAreRefusedBeforeMemoryIsTaken) {
    const fake::Folder folder;
    const fs::path path = folder.path() / "hostile.safetensors";
    const std::string overflow =
        R"({"__metadata__":{},"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}})";
    for (const std::string& bytes :
         {fileWith("{}", ~std::uint64_t{0}), fileWith("{}", std::uint64_t{1} << 40),
          fileWith(overflow, overflow.size()), fileWith("[[[[", 4), std::string("short")}) {
        overwrite(path, bytes);
        const auto file = runs::readTensorFile(path);
        ASSERT_FALSE(file);
        EXPECT_EQ(file.error().kind, engine::ErrorKind::Data);
        EXPECT_NE(file.error().message.find(path.string()), std::string::npos);
    }
}

TEST(Safetensors, ATensorWhoseShapeDoesNotFitIsNotSaved) {
    const fake::Folder folder;
    const fs::path path = folder.path() / "a";
    EXPECT_FALSE(runs::writeTensorFile(path, {floats("a", {3}, {1, 2})}, {}));
    EXPECT_FALSE(runs::writeTensorFile(path, {floats("a", {1}, {1}), floats("a", {1}, {2})}, {}));
    EXPECT_FALSE(fs::exists(path));
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/file_commit.h"

#include <gtest/gtest.h>
#include <sys/mount.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "tests/engine/runs/fake_trainer.h"
#include "tests/engine/runs/fault_injection.h"

namespace {

namespace fs = std::filesystem;

std::size_t filesIn(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(FileCommit, ReplacesContentAndLeavesNothingElse) {
    const fake::Folder folder;
    const fs::path path = folder.path() / "result.json";
    ASSERT_TRUE(runs::commitText(path, "old"));
    ASSERT_TRUE(runs::commitText(path, "new and longer"));
    EXPECT_EQ(*runs::readFile(path, 100), "new and longer");
    EXPECT_EQ(filesIn(folder.path()), 1U);
}

TEST(FileCommit, FirstWriterWinsAndTheSecondIsSuperseded) {
    const fake::Folder folder;
    const fs::path path = folder.path() / "result.json";
    ASSERT_TRUE(runs::commitText(path, "first", runs::CommitMode::First));
    const auto second = runs::commitText(path, "second", runs::CommitMode::First);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, engine::ErrorKind::Superseded);
    EXPECT_EQ(*runs::readFile(path, 100), "first");
    EXPECT_EQ(filesIn(folder.path()), 1U);
}

struct Fault {
    faults::Call call;
    int errorNumber;
    const char* action;
};

class FailedCommit : public testing::TestWithParam<Fault> {};

TEST_P(FailedCommit, KeepsTheOldFileAndNamesPathBytesAndReason) {
    const fake::Folder folder;
    const faults::Scope scope;
    const fs::path path = folder.path() / "checkpoint.safetensors";
    ASSERT_TRUE(runs::commitText(path, "old"));
    faults::failCall(GetParam().call, 1, GetParam().errorNumber);
    const auto saved = runs::commitText(path, "twelve bytes");
    faults::clear();
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().kind, engine::ErrorKind::Io);
    EXPECT_NE(saved.error().message.find(path.string()), std::string::npos)
        << saved.error().message;
    EXPECT_NE(saved.error().message.find("12 bytes"), std::string::npos) << saved.error().message;
    EXPECT_NE(saved.error().message.find(std::strerror(GetParam().errorNumber)), std::string::npos)
        << saved.error().message;
    EXPECT_EQ(*runs::readFile(path, 100), "old");
    EXPECT_EQ(filesIn(folder.path()), 1U);
}

INSTANTIATE_TEST_SUITE_P(EveryCall, FailedCommit,
                         testing::Values(Fault{faults::Call::Open, EACCES, "open"},
                                         Fault{faults::Call::Write, ENOSPC, "write"},
                                         Fault{faults::Call::Fsync, EIO, "fsync"},
                                         Fault{faults::Call::Close, EIO, "close"},
                                         Fault{faults::Call::Rename, EIO, "rename"}),
                         [](const auto& parameter) { return std::string(parameter.param.action); });

TEST(FileCommit, AFailedFolderSyncIsNotReportedAsSaved) {
    const fake::Folder folder;
    const faults::Scope scope;
    faults::failCall(faults::Call::Fsync, 2, EIO);
    EXPECT_FALSE(runs::commitText(folder.path() / "a", "text"));
}

TEST(FileCommit, AGuardThatRefusesKeepsTheOldFile) {
    const fake::Folder folder;
    const fs::path path = folder.path() / "a";
    ASSERT_TRUE(runs::commitText(path, "old"));
    const auto saved = runs::commitText(path, "new", runs::CommitMode::Replace, [] {
        return engine::Result<void>(engine::Error{engine::ErrorKind::Superseded, "no"});
    });
    EXPECT_FALSE(saved);
    EXPECT_EQ(*runs::readFile(path, 100), "old");
    EXPECT_EQ(filesIn(folder.path()), 1U);
}

TEST(FileCommit, AFullDiskKeepsTheOldFileAndGoesOnOnceThereIsSpace) {
    const fake::Folder folder;
    const fs::path disk = folder.path() / "disk";
    fs::create_directory(disk);
    if (::mount("none", disk.c_str(), "tmpfs", 0, "size=64k") != 0) {
        GTEST_SKIP() << "a small tmpfs cannot be mounted here: " << std::strerror(errno);
    }
    const fs::path path = disk / "checkpoint";
    EXPECT_TRUE(runs::commitText(path, "old"));
    for (std::size_t kib = 64; kib <= 96; kib += 4) {
        const auto saved = runs::commitText(path, std::string(kib * 1024, 'x'));
        EXPECT_FALSE(saved) << kib;
        if (!saved) {
            EXPECT_NE(saved.error().message.find("Free at least"), std::string::npos);
        }
        EXPECT_EQ(*runs::readFile(path, 100), "old");
        EXPECT_EQ(filesIn(disk), 1U);
    }
    EXPECT_TRUE(runs::commitText(path, std::string(16 * 1024, 'y')));
    EXPECT_EQ(runs::readFile(path, 1 << 20)->size(), 16U * 1024);
    ::umount(disk.c_str());
}

TEST(FileCommit, AFileAboveTheLimitIsRefused) {
    const fake::Folder folder;
    ASSERT_TRUE(runs::commitText(folder.path() / "a", "12345"));
    EXPECT_TRUE(runs::readFile(folder.path() / "a", 5));
    EXPECT_FALSE(runs::readFile(folder.path() / "a", 4));
    EXPECT_FALSE(runs::readFile(folder.path(), 100));
}

}  // namespace

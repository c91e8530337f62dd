// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "engine/data/corpus.h"
#include "engine/data/made_corpora.h"
#include "engine/data/random.h"
#include "engine/data/sha256.h"
#include "resources/embedded.h"

namespace {

namespace fs = std::filesystem;
using experiment::CorpusKind;
using experiment::DataSettings;

/// A folder that is gone after the test.
class CorpusFiles : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "corpus-test-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        m_folder = name;
    }
    void TearDown() override { fs::remove_all(m_folder); }

    fs::path write(const std::string& name, const std::string& content) const {
        fs::create_directories((m_folder / name).parent_path());
        std::ofstream(m_folder / name, std::ios::binary) << content;
        return m_folder / name;
    }
    static engine::Result<std::shared_ptr<const data::Corpus>> open(const fs::path& path) {
        DataSettings settings;
        settings.kind = CorpusKind::File;
        settings.path = path.string();
        return data::openCorpus(settings);
    }
    static std::string all(const data::Corpus& corpus) {
        std::string text(corpus.training().begin(), corpus.training().end());
        return text.append(corpus.validation().begin(), corpus.validation().end());
    }
    static void expectError(const fs::path& path, const std::string& what) {
        const auto corpus = open(path);
        ASSERT_FALSE(corpus);
        EXPECT_EQ(corpus.error().kind, engine::ErrorKind::Data);
        EXPECT_NE(corpus.error().message.find(path.string()), std::string::npos)
            << corpus.error().message;
        EXPECT_NE(corpus.error().message.find(what), std::string::npos) << corpus.error().message;
    }

    fs::path m_folder;
};

TEST_F(CorpusFiles, EveryByteIsKeptAsItIs) {
    std::string bytes;
    for (int i = 0; i < 1000; ++i) bytes += static_cast<char>(i % 256);
    const auto corpus = open(write("bytes.bin", bytes));
    ASSERT_TRUE(corpus);
    EXPECT_EQ(all(**corpus), bytes);
    EXPECT_EQ((*corpus)->vocabulary(), 256);
    EXPECT_EQ((*corpus)->training().size(), 900U);
    EXPECT_EQ((*corpus)->sha256(), data::sha256Hex(std::string_view(bytes)));
}

TEST_F(CorpusFiles, TheSplitIsOneBorderWithoutOverlap) {
    const auto corpus = open(write("text", std::string(12345, 'x')));
    ASSERT_TRUE(corpus);
    const auto training = (*corpus)->training();
    const auto validation = (*corpus)->validation();
    EXPECT_EQ(training.data() + training.size(), validation.data());
    EXPECT_EQ(training.size() + validation.size(), 12345U);
}

TEST_F(CorpusFiles, AFolderIsItsFilesInNameOrder) {
    write("texts/b.txt", "second ");
    write("texts/a.txt", "first ");
    write("texts/c/d.txt", "third");
    write("texts/.hidden", "never");
    write("texts/.git/config", "never");
    const auto corpus = open(m_folder / "texts");
    ASSERT_TRUE(corpus) << corpus.error().message;
    EXPECT_EQ(all(**corpus), "first second third");
}

TEST_F(CorpusFiles, AFileEqualToTheEmbeddedTextIsTheSameCorpus) {
    const auto text = resources::tinyShakespeare();
    const auto file = open(write("copy.txt", std::string(text.begin(), text.end())));
    const auto embedded = data::openCorpus(DataSettings{});
    ASSERT_TRUE(file && embedded);
    EXPECT_EQ((*file)->sha256(), (*embedded)->sha256());
    EXPECT_TRUE(std::ranges::equal((*file)->validation(), (*embedded)->validation()));
}

TEST_F(CorpusFiles, WhatCannotBeReadIsNamedWithTheReason) {
    expectError(m_folder / "nowhere.txt", "no such file");
    expectError(write("empty.txt", ""), "empty");
    fs::create_directories(m_folder / "hollow");
    expectError(m_folder / "hollow", "no file with text");
    ASSERT_EQ(::mkfifo((m_folder / "pipe").c_str(), 0600), 0);
    expectError(m_folder / "pipe", "neither a file nor a folder");
    expectError("/dev/zero", "neither a file nor a folder");
}

TEST_F(CorpusFiles, ATextShorterThanOneWindowIsRefusedWithItsSizes) {
    const auto corpus = open(write("short.txt", std::string(640, 'a')));  // 576 + 64
    ASSERT_TRUE(corpus);
    const std::int64_t fits[] = {63};
    EXPECT_TRUE(data::checkWindows(**corpus, fits));
    const std::int64_t tooLong[] = {32, 64};
    const auto checked = data::checkWindows(**corpus, tooLong);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().kind, engine::ErrorKind::Data);
    for (const char* word : {"short.txt", "validation", "64 tokens", "needs 65"}) {
        EXPECT_NE(checked.error().message.find(word), std::string::npos) << checked.error().message;
    }
}

TEST_F(CorpusFiles, AFileOfOneByteOpensAndHasNoWindow) {
    const auto corpus = open(write("one", "x"));
    ASSERT_TRUE(corpus);
    const std::int64_t lengths[] = {1};
    EXPECT_FALSE(data::checkWindows(**corpus, lengths));
}

TEST(EmbeddedText, IsTinyShakespeare) {
    EXPECT_EQ(resources::tinyShakespeare().size(), 1115394U);
    EXPECT_EQ(data::sha256Hex(resources::tinyShakespeare()),
              "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed");
    const auto corpus = data::openCorpus(DataSettings{});
    ASSERT_TRUE(corpus);
    EXPECT_EQ((*corpus)->training().size(), 1003854U);  // floor(0.9 n), as the PyTorch peer splits
    EXPECT_EQ((*corpus)->description(), "tinyshakespeare, 1 115 394 bytes");
}

TEST(Sha256, ReachesThePublishedDigests) {
    // Source: FIPS 180-4 examples; the others from coreutils sha256sum.
    EXPECT_EQ(data::sha256Hex(std::string_view("")),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(data::sha256Hex(std::string_view("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(data::sha256Hex(std::string(1'000'000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnHowTheBytesArrive) {
    const std::string text(200, 'q');
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        data::Sha256 sha;
        sha.update(std::string_view(text).substr(0, cut));
        sha.update(std::string_view(text).substr(cut));
        ASSERT_EQ(sha.hexDigest(), data::sha256Hex(text)) << cut;
    }
}

TEST(Generator, IsXoshiro256StarStar) {
    // splitmix64 of 0 is published with the generator: its first output is 0xe220a8397b1dcdaf.
    EXPECT_EQ(data::splitMix(0), 0xe220a8397b1dcdafU);
    data::Generator a(1), same(1), other(2), stream(1, 1);
    const auto first = a.next();
    EXPECT_EQ(same.next(), first);
    EXPECT_NE(other.next(), first);
    EXPECT_NE(stream.next(), first);
}

TEST(Generator, BelowIsUniform) {
    data::Generator generator(3);
    std::vector<int> counts(7);
    constexpr int kDraws = 70000;
    for (int i = 0; i < kDraws; ++i) ++counts[generator.below(7)];
    double chiSquare = 0.0;
    for (const int count : counts) chiSquare += std::pow(count - 10000.0, 2) / 10000.0;
    EXPECT_LT(chiSquare, 22.46);  // 0.999 quantile at 6 degrees of freedom
}

TEST(WindowCount, NeedsOneTargetAfterTheLastToken) {
    EXPECT_EQ(data::windowCount(64, 64), 0);
    EXPECT_EQ(data::windowCount(65, 64), 1);
    EXPECT_EQ(data::windowCount(128, 64), 1);
    EXPECT_EQ(data::windowCount(129, 64), 2);
    EXPECT_EQ(data::windowCount(0, 64), 0);
}

TEST(BatchOrder, EachEpochShowsEveryWindowOnce) {
    constexpr std::int64_t kWindows = 37, kSequences = 5;
    const data::BatchOrder order(kWindows, kSequences, 42);
    std::vector<std::int64_t> seen;
    for (std::int64_t step = 0; step < kWindows; ++step) {  // 5 epochs in 37 steps
        for (const std::int64_t window : order.batch(step)) seen.push_back(window);
    }
    for (int epoch = 0; epoch < kSequences; ++epoch) {
        const std::set<std::int64_t> once(seen.begin() + epoch * kWindows,
                                          seen.begin() + (epoch + 1) * kWindows);
        EXPECT_EQ(once.size(), 37U);
        EXPECT_EQ(*once.begin(), 0);
        EXPECT_EQ(*once.rbegin(), 36);
    }
    EXPECT_FALSE(std::equal(seen.begin(), seen.begin() + kWindows, seen.begin() + kWindows))
        << "reshuffled";
}

TEST(BatchOrder, IsAPureFunctionOfSeedAndStep) {
    const data::BatchOrder forwards(100, 8, 43), jumping(100, 8, 43), other(100, 8, 44);
    std::map<std::int64_t, std::vector<std::int64_t>> batches;
    for (std::int64_t step = 0; step < 60; ++step) batches[step] = forwards.batch(step);
    for (const std::int64_t step : {59, 3, 30, 0, 12, 59, 13})
        EXPECT_EQ(jumping.batch(step), batches[step]);
    EXPECT_NE(other.batch(0), batches[0]);
}

TEST(BatchOrder, KeepsItsBitsOverReleases) {
    // Golden: made by this generator; a change would make old checkpoints continue on other data.
    const data::BatchOrder order(10, 10, 42);
    EXPECT_EQ(order.batch(0), (std::vector<std::int64_t>{8, 7, 0, 9, 5, 4, 3, 2, 1, 6}));
    EXPECT_EQ(order.batch(1), (std::vector<std::int64_t>{5, 2, 8, 4, 9, 0, 3, 7, 6, 1}));
}

TEST(BatchOrder, ABatchMayBeLargerThanTheCorpus) {
    const data::BatchOrder order(3, 8, 1);
    const auto batch = order.batch(0);
    std::map<std::int64_t, int> counts;
    for (const auto window : batch) ++counts[window];
    EXPECT_EQ(counts.size(), 3U);
    for (const auto& [window, count] : counts) EXPECT_GE(count, 2) << window;
}

TEST(TotalSteps, FollowsTheBudgetsUnit) {
    experiment::TrainingSettings training;  // 32 sequences, 100 epochs
    EXPECT_EQ(data::totalSteps(training, 64, 64 * 320 + 1), 1000);
    EXPECT_EQ(data::totalSteps(training, 64, 64 * 321 + 1),
              1004);  // ceil(100 * 321 / 32) = ceil(1003.1)
    training.budgetUnit = experiment::BudgetUnit::Steps;
    training.budget = 880;
    EXPECT_EQ(data::totalSteps(training, 64, 1000), 880);
    training.budgetUnit = experiment::BudgetUnit::Tokens;
    training.budget = 64 * 32 * 10;
    EXPECT_EQ(data::totalSteps(training, 64, 1000), 10);
    training.budget += 1;
    EXPECT_EQ(data::totalSteps(training, 64, 1000), 11);
}

TEST(TotalSteps, AnEpochShareThatIsWholeInDecimalIsNotRoundedUp) {
    experiment::TrainingSettings training;
    training.batch = 1;
    for (int percent = 1; percent <= 300; ++percent) {
        training.budget = percent / 100.0;
        EXPECT_EQ(data::totalSteps(training, 1, 1001), percent * 10) << percent;
    }
}

TEST(LaggedCopy, CopiesWithTheStatedProbability) {
    DataSettings settings;
    settings.tokens = 200'000;
    const auto symbols = data::makeLaggedCopy(settings);
    ASSERT_EQ(symbols.size(), 200'000U);
    std::int64_t copies = 0;
    for (std::size_t t = 100; t < symbols.size(); ++t) copies += symbols[t] == symbols[t - 100];
    const double share = static_cast<double>(copies) / (200'000.0 - 100.0);
    EXPECT_NEAR(share, 0.9 + 0.1 / 16.0, 4.0 * std::sqrt(0.09 / 200'000.0));
    EXPECT_LT(*std::max_element(symbols.begin(), symbols.end()), 16);
    EXPECT_EQ(data::makeLaggedCopy(settings), symbols) << "a pure function of the settings";
    settings.corpusSeed = 2;
    EXPECT_NE(data::makeLaggedCopy(settings), symbols);
}

TEST(LaggedCopy, OptimumIsTheOneOfTheScience) {
    const DataSettings settings;
    EXPECT_NEAR(data::laggedCopyOptimum(settings, 256), 1.427, 5e-4);  // by hand
    EXPECT_DOUBLE_EQ(data::laggedCopyOptimum(settings, 64), std::log(16.0));
    DataSettings noiseless;
    noiseless.noise = 0.0;
    EXPECT_DOUBLE_EQ(data::laggedCopyOptimum(noiseless, 200), 0.5 * std::log(16.0));
}

TEST(UnigramEntropy, IsThatOfTheTokensShares) {
    const std::vector<std::uint8_t> region = {7, 7, 9, 200};
    EXPECT_DOUBLE_EQ(data::unigramEntropy(region), 1.5 * std::log(2.0));
    EXPECT_DOUBLE_EQ(data::unigramEntropy(std::vector<std::uint8_t>(100, 3)), 0.0);
    EXPECT_DOUBLE_EQ(data::unigramEntropy({}), 0.0);
    const auto shakespeare = data::openCorpus({});
    ASSERT_TRUE(shakespeare);
    // Between the entropy of the text's letters and ln 256; 3.3 nats is what training meets first.
    EXPECT_NEAR(data::unigramEntropy((*shakespeare)->validation()), 3.3, 0.1);
}

TEST(UniformRandom, HasTheEntropyOfItsAlphabet) {
    DataSettings settings;
    settings.kind = CorpusKind::UniformRandom;
    settings.tokens = 160'000;
    const auto corpus = data::openCorpus(settings);
    ASSERT_TRUE(corpus);
    EXPECT_EQ((*corpus)->vocabulary(), 16);
    std::vector<double> counts(16);
    for (const std::uint8_t symbol : (*corpus)->training()) counts.at(symbol) += 1.0;
    const auto expected = static_cast<double>((*corpus)->training().size()) / 16.0;
    double chiSquare = 0.0;
    for (const double count : counts)
        chiSquare += (count - expected) * (count - expected) / expected;
    EXPECT_LT(chiSquare, 37.7);  // 0.999 quantile at 15 degrees of freedom
}

}  // namespace

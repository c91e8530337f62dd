// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <string>
#include <tuple>

#include "engine/experiment/presets.h"
#include "engine/experiment/settings_json.h"

namespace {

using namespace experiment;

std::string errorOf(const std::string& json) {
    const auto settings = parseSettings(json);
    if (settings) return "accepted";
    EXPECT_EQ(settings.error().kind, engine::ErrorKind::Usage);
    return settings.error().message;
}

void expectMentions(const std::string& message, std::initializer_list<const char*> words) {
    for (const char* word : words) {
        EXPECT_NE(message.find(word), std::string::npos) << word << " is missing in: " << message;
    }
    EXPECT_EQ(message.find('\n'), std::string::npos) << "one sentence, one line: " << message;
}

TEST(Settings, AnEmptyObjectIsThePaperPreset) {
    const auto settings = parseSettings("{}");
    ASSERT_TRUE(settings);
    EXPECT_EQ(*settings, ExperimentSettings{});
}

TEST(Settings, ReadBackFromJsonAreTheSame) {
    for (const PresetDescription& each : presets()) {
        const auto settings = preset(each.name);
        ASSERT_TRUE(settings);
        const auto read = parseSettings(toJson(*settings));
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(*read, *settings) << each.name;
        EXPECT_EQ(toJson(*read), toJson(*settings)) << each.name;
    }
}

TEST(Settings, EveryFieldSurvivesJson) {
    ExperimentSettings settings;
    settings.name = "Größe \"quoted\" \\ \t";
    settings.model = {.dModel = 48,
                      .heads = 4,
                      .layers = 3,
                      .dFf = 100,
                      .indexHeads = 3,
                      .indexDim = 20,
                      .vocabulary = 7,
                      .ropeBase = 500.5,
                      .initialStd = 0.1 + 0.2};
    settings.training = {.batchUnit = BatchUnit::Tokens,
                         .batch = 4096,
                         .budgetUnit = BudgetUnit::Tokens,
                         .budget = 1e9,
                         .learningRate = 1.0 / 3.0,
                         .beta1 = 0.0,
                         .beta2 = 0.999,
                         .epsilon = 1e-12,
                         .weightDecay = 0.0,
                         .warmupShare = 0.5,
                         .finalRateShare = 1.0,
                         .clipNorm = 2.5,
                         .denseWarmupShare = 0.0,
                         .precision = Precision::Bf16,
                         .evaluations = 3,
                         .evaluationTokens = 99,
                         .checkpointSeconds = 0.5};
    settings.data = {.kind = CorpusKind::LaggedCopy,
                     .path = "/tmp/somewhere else",
                     .validationShare = 0.25,
                     .alphabet = 7,
                     .lag = 5,
                     .noise = 0.75,
                     .tokens = 12345,
                     .corpusSeed = 9007199254740992};
    settings.grid = {.lengths = {3, 2, 1000},
                     .keepRatios = {1.0, 1e-9},
                     .seeds = {0, 9007199254740992},
                     .selector = Selector::Random,
                     .denseReference = true};
    const auto read = parseSettings(toJson(settings));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, settings);
}

TEST(Settings, WhatTheTextDoesNotNameComesFromItsPreset) {
    const auto settings = parseSettings(R"({"preset": "quick", "training": {"budget": 100}})");
    ASSERT_TRUE(settings);
    auto expected = *preset("quick");
    expected.training.budget = 100;
    EXPECT_EQ(*settings, expected);
}

TEST(Settings, WhatTheTextDoesNotNameComesFromAGivenBase) {
    const auto settings = parseSettings(R"({"grid": {"seeds": [7]}})", *preset("smoke"));
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->grid.seeds, std::vector<std::int64_t>{7});
    EXPECT_EQ(settings->model, preset("smoke")->model);
}

TEST(Settings, AWholeNumberMayBeWrittenWithAnExponent) {
    const auto settings = parseSettings(R"({"training": {"evaluationTokens": 2e4}})");
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->training.evaluationTokens, 20000);
}

TEST(Settings, AnUnknownKeyIsNamedWithTheNearestKnownOne) {
    expectMentions(errorOf(R"({"training": {"learning_rate": 1}})"),
                   {"training.learning_rate", "did you mean training.learningRate?"});
    expectMentions(errorOf(R"({"training": {"dModel": 64}})"), {"did you mean model.dModel?"});
    expectMentions(errorOf(R"({"modle": {}})"), {"\"modle\"", "did you mean model?"});
    expectMentions(errorOf(R"({"model.dModel": 64})"), {"\"model.dModel\"", "inside"});
}

TEST(Settings, ADuplicateKeyIsRefusedAtEveryDepth) {
    expectMentions(errorOf(R"({"name": "a", "name": "b"})"), {"\"name\"", "twice"});
    expectMentions(errorOf(R"({"model": {"layers": 1, "layers": 2}})"), {"\"layers\"", "twice"});
    EXPECT_TRUE(parseSettings(R"({"model": {}, "training": {}})"));
}

TEST(Settings, TextThatIsNotOneJsonObjectIsRefused) {
    for (const char* text :
         {"", " ", "{", "[]", "3", "null", "{} {}", "{\"name\": }", "{'name': 1}",
          "{\"name\": \"\xff\"}", "{\"training\": {\"budget\": NaN}}",
          "{\"training\": {\"budget\": 1e999}}", "{\"training\": {\"budget\": Infinity}}"}) {
        expectMentions(errorOf(text), {"settings: "});
    }
    expectMentions(errorOf("{\n\"name\" 1}"), {"line 2"});
}

TEST(Settings, DeepNestingIsRefusedAndDoesNotCrash) {
    expectMentions(errorOf(std::string(500'000, '[')), {"not valid JSON"});
    expectMentions(
        errorOf("{\"name\": " + std::string(200'000, '[') + std::string(200'000, ']') + "}"),
        {"too deeply"});
}

TEST(Settings, MoreThanAMebibyteIsRefused) {
    const std::string padding(1024 * 1024 - 2, ' ');
    EXPECT_TRUE(parseSettings("{" + padding + "}"));
    expectMentions(errorOf("{ " + padding + "}"), {"1048577 bytes", "1048576"});
}

TEST(Settings, RandomBytesNeverCrashTheParser) {
    std::mt19937 random(1);
    const std::string valid = toJson(*preset("quick"));
    for (int i = 0; i < 3000; ++i) {
        std::string text = valid;
        for (int edit = 0; edit < 3; ++edit)
            text[random() % text.size()] = static_cast<char>(random());
        const auto settings = parseSettings(text);
        if (!settings) continue;
        EXPECT_TRUE(validate(*settings));
    }
}

using BadValue = std::tuple<const char*, const char*, const char*>;  // text, key, value
class SettingsRange : public testing::TestWithParam<BadValue> {};

TEST_P(SettingsRange, ViolationNamesKeyValueAndAllowedRange) {
    const auto& [text, key, value] = GetParam();
    expectMentions(errorOf(text), {key, value, "allowed: "});
}

INSTANTIATE_TEST_SUITE_P(
    BadValues, SettingsRange,
    testing::Values(
        BadValue{R"({"grid": {"keepRatios": [0.5, 0]}})", "grid.keepRatios", " 0;"},
        BadValue{R"({"grid": {"keepRatios": [1.5]}})", "grid.keepRatios", "1.5"},
        BadValue{R"({"grid": {"keepRatios": []}})", "grid.keepRatios", "0 values"},
        BadValue{R"({"grid": {"keepRatios": [0.5, 0.5]}})", "grid.keepRatios", "0.5 twice"},
        BadValue{R"({"grid": {"lengths": [0]}})", "grid.lengths", " 0;"},
        BadValue{R"({"grid": {"lengths": [64, -1]}})", "grid.lengths", "-1"},
        BadValue{R"({"grid": {"lengths": [1.5]}})", "grid.lengths", "[1.5]"},
        BadValue{R"({"grid": {"seeds": [42, 42]}})", "grid.seeds", "42 twice"},
        BadValue{R"({"grid": {"seeds": [-1]}})", "grid.seeds", "-1"},
        BadValue{R"({"grid": {"selector": "best"}})", "grid.selector", "\"best\""},
        BadValue{R"({"grid": {"denseReference": 1}})", "grid.denseReference", " 1;"},
        BadValue{R"({"model": {"dModel": 512, "heads": 7}})", "model.heads", " 7;"},
        BadValue{R"({"model": {"dModel": 24, "heads": 8}})", "model.heads", "even"},
        BadValue{R"({"model": {"heads": 0}})", "model.heads", " 0;"},
        BadValue{R"({"model": {"indexDim": 30}})", "model.indexDim", "multiple of 4"},
        BadValue{R"({"model": {"vocabulary": 16}})", "model.vocabulary", "256"},
        BadValue{R"({"model": {"layers": 1e30}})", "model.layers", "1e+30"},
        BadValue{R"({"model": {"layers": 99999999999999999999}})", "model.layers", "1024"},
        BadValue{R"({"model": 3})", "model", " 3;"},
        BadValue{R"({"training": {"learningRate": -1}})", "training.learningRate", "-1"},
        BadValue{R"({"training": {"learningRate": "fast"}})", "training.learningRate", "\"fast\""},
        BadValue{R"({"training": {"learningRate": null}})", "training.learningRate", "null"},
        BadValue{R"({"training": {"beta2": 1}})", "training.beta2", " 1;"},
        BadValue{R"({"training": {"budget": 0}})", "training.budget", " 0;"},
        BadValue{R"({"training": {"budgetUnit": "steps", "budget": 1.5}})", "training.budget",
                 "1.5"},
        BadValue{R"({"training": {"budgetUnit": "hours"}})", "training.budgetUnit", "\"hours\""},
        BadValue{R"({"training": {"batchUnit": "tokens", "batch": 512}})", "training.batch",
                 "1024"},
        BadValue{R"({"training": {"batch": 0}})", "training.batch", " 0;"},
        BadValue{R"({"training": {"precision": "fp16"}})", "training.precision", "fp32, bf16"},
        BadValue{R"({"data": {"kind": "file"}})", "data.path", "empty"},
        BadValue{R"({"data": {"validationShare": 1}})", "data.validationShare", " 1;"},
        BadValue{
            R"({"data": {"kind": "lagged-copy", "lag": 5000, "tokens": 4000}, "model": {"vocabulary": 16}})",
            "data.lag", "5000"},
        BadValue{R"({"name": 3})", "name", " 3;"},
        BadValue{R"({"preset": "papper"})", "preset", "paper, quick, smoke"}));

TEST(Validate, NotANumberIsNoNumber) {
    ExperimentSettings settings;
    settings.training.learningRate = std::numeric_limits<double>::quiet_NaN();
    const auto checked = validate(settings);
    ASSERT_FALSE(checked);
    expectMentions(checked.error().message, {"training.learningRate", "nan"});
    settings = {};
    settings.grid.keepRatios = {std::numeric_limits<double>::quiet_NaN()};
    EXPECT_FALSE(validate(settings));
}

TEST(Validate, TextThatJsonCannotHoldIsRefused) {
    ExperimentSettings settings;
    settings.data.kind = CorpusKind::File;
    for (const char* path :
         {"/tmp/\xff", "/tmp/\xc3", "/tmp/\xed\xa0\x80", "/tmp/\xc0\xaf", "/\xf5\x80\x80\x80"}) {
        settings.data.path = path;
        EXPECT_FALSE(validate(settings));
    }
    for (const char* path : {"/tmp/ü", "/tmp/€", "/tmp/🙂"}) {
        settings.data.path = path;
        EXPECT_TRUE(validate(settings)) << path;
    }
}

TEST(Presets, AreAllValid) {
    for (const PresetDescription& each : presets()) {
        const auto settings = preset(each.name);
        ASSERT_TRUE(settings) << each.name;
        EXPECT_TRUE(validate(*settings)) << validate(*settings).error().message;
        EXPECT_EQ(settings->preset, each.name);
    }
}

TEST(Presets, PaperIsTheStatedExperiment) {
    // The full-scale study as it was stated.
    const auto paper = *preset("paper");
    EXPECT_EQ(paper.model.dModel, 512);
    EXPECT_EQ(paper.model.heads, 8);
    EXPECT_EQ(paper.model.layers, 6);
    EXPECT_EQ(paper.model.dFf, 2048);
    EXPECT_EQ(paper.training.batch, 32);
    EXPECT_EQ(paper.training.batchUnit, BatchUnit::Sequences);
    EXPECT_EQ(paper.training.budget, 100.0);
    EXPECT_EQ(paper.training.budgetUnit, BudgetUnit::Epochs);
    EXPECT_EQ(paper.training.learningRate, 1e-4);
    EXPECT_EQ(plannedRuns(paper).size(), 90U);
}

TEST(Presets, QuickTrainsTheWholeGridOnTheMeasuredRecipe) {
    const auto quick = *preset("quick");
    EXPECT_EQ(plannedRuns(quick).size(), 90U);
    EXPECT_EQ(quick.training.learningRate, 4e-3);
    for (const std::int64_t length : quick.grid.lengths) {
        EXPECT_EQ(batchSequences(quick.training, length) * length, 1024);
    }
}

TEST(Identity, DependsOnWhatChangesARunAndOnNothingElse) {
    const auto settings = *preset("quick");
    const RunSpec run = plannedRuns(settings).front();
    const std::string identity = identityJson(settings, run);

    auto other = settings;
    other.name = "another name";
    other.data.path = "/elsewhere";
    other.grid.lengths = {64};
    other.grid.seeds.push_back(45);
    other.training.checkpointSeconds = 1.0;
    EXPECT_EQ(identityJson(other, run), identity)
        << "more seeds must not make finished runs strangers";

    other = settings;
    other.training.learningRate = 5e-3;
    EXPECT_NE(identityJson(other, run), identity);
    other = settings;
    other.model.layers = 3;
    EXPECT_NE(identityJson(other, run), identity);
    other = settings;
    other.data.validationShare = 0.2;
    EXPECT_NE(identityJson(other, run), identity);
    auto changed = run;
    changed.seed = 43;
    EXPECT_NE(identityJson(settings, changed), identity);
    changed = run;
    changed.selector = Selector::Local;
    EXPECT_NE(identityJson(settings, changed), identity);
    changed = run;
    changed.attention = AttentionKind::Dense;
    EXPECT_NE(identityJson(settings, changed), identity);
}

TEST(Identity, OfTheDenseReferenceDoesNotDependOnTheSelector) {
    const ExperimentSettings settings;
    RunSpec run{.length = 64, .keepRatio = 1.0, .keep = 64, .attention = AttentionKind::Dense};
    const std::string identity = identityJson(settings, run);
    run.selector = Selector::Random;
    EXPECT_EQ(identityJson(settings, run), identity);
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <initializer_list>
#include <string>
#include <vector>

namespace {

using app::Action;

engine::Result<app::CommandLine> parse(std::initializer_list<const char*> arguments) {
    std::vector<const char*> argv = {"sparsity-workbench"};
    argv.insert(argv.end(), arguments);
    return app::parseCommandLine(static_cast<int>(argv.size()), argv.data());
}

std::string errorOf(std::initializer_list<const char*> arguments) {
    const auto line = parse(arguments);
    if (line) return "accepted";
    EXPECT_EQ(line.error().kind, engine::ErrorKind::Usage);
    return line.error().message;
}

void expectMentions(const std::string& text, std::initializer_list<const char*> words) {
    for (const char* word : words)
        EXPECT_NE(text.find(word), std::string::npos) << word << ": " << text;
}

/// Sets a variable for one test.
class Variable {
public:
    Variable(const char* name, const char* value) : m_name(name) { ::setenv(name, value, 1); }
    ~Variable() { ::unsetenv(m_name); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* m_name;
};

TEST(CommandLine, WithoutArgumentsOpensTheWindow) {
    const auto line = parse({});
    ASSERT_TRUE(line);
    EXPECT_EQ(line->action, Action::Window);
    EXPECT_EQ(line->device, "auto");
}

TEST(CommandLine, ABatchCommandIsReadWhole) {
    const auto line = parse({"--batch",     "--experiment", "dir",       "--preset",
                             "smoke",       "--data",       "text.txt",  "--lengths",
                             "64,128",      "--ratios",     "0.25,0.5",  "--seeds",
                             "42,43,44",    "--selector",   "local",     "--dense-reference",
                             "--device",    "cpu",          "--lanes",   "3",
                             "--precision", "bf16",         "--export",  "out",
                             "--json",      "--quiet",      "--no-color"});
    ASSERT_TRUE(line) << line.error().message;
    EXPECT_EQ(line->action, Action::Batch);
    EXPECT_EQ(line->experiment, "dir");
    EXPECT_EQ(line->preset, "smoke");
    EXPECT_EQ(line->data, "text.txt");
    EXPECT_EQ(line->lengths, (std::vector<std::int64_t>{64, 128}));
    EXPECT_EQ(line->keepRatios, (std::vector<double>{0.25, 0.5}));
    EXPECT_EQ(line->seeds, (std::vector<std::int64_t>{42, 43, 44}));
    EXPECT_EQ(line->selector, experiment::Selector::Local);
    EXPECT_TRUE(line->denseReference);
    EXPECT_EQ(line->lanes, 3);
    EXPECT_EQ(line->precision, experiment::Precision::Bf16);
    EXPECT_EQ(line->exportFolder, "out");
    EXPECT_EQ(line->format, app::OutputFormat::Json);
    EXPECT_EQ(line->verbosity, app::Verbosity::Quiet);
    EXPECT_EQ(line->colour, app::Colour::Never);
}

TEST(CommandLine, ExportWithoutBatchExportsWhatIsThere) {
    const auto line = parse({"--experiment", "dir", "--export", "out"});
    ASSERT_TRUE(line) << line.error().message;
    EXPECT_EQ(line->action, Action::Export);
    const auto nothing = parse({"--export", "out"});
    ASSERT_FALSE(nothing);
    expectMentions(nothing.error().message, {"--export", "--experiment"});
    const auto dry = parse({"--experiment", "dir", "--export", "out", "--dry-run"});
    ASSERT_FALSE(dry);
    expectMentions(dry.error().message, {"--dry-run", "--batch"});
}

TEST(CommandLine, HelpAndVersionAreTextToPrint) {
    const auto help = parse({"--help"});
    ASSERT_TRUE(help);
    EXPECT_EQ(help->action, Action::Print);
    expectMentions(help->text, {"--batch", "--dry-run", "lagged-copy", "SPARSITY_DEVICE", "75"});
    const auto version = parse({"--version"});
    ASSERT_TRUE(version);
    expectMentions(version->text, {"sparsity-workbench "});
}

TEST(CommandLine, AFlagWinsOverItsVariable) {
    const Variable device("SPARSITY_DEVICE", "cuda:1");
    const Variable lanes("SPARSITY_LANES", "4");
    const Variable lengths("SPARSITY_LENGTHS", "64,256");
    const auto line = parse({"--batch", "--experiment", "d", "--device", "cpu"});
    ASSERT_TRUE(line) << line.error().message;
    EXPECT_EQ(line->device, "cpu");
    EXPECT_EQ(line->lanes, 4);
    EXPECT_EQ(line->lengths, (std::vector<std::int64_t>{64, 256}));
}

TEST(CommandLine, VariablesSayHowManyRunsUnlessAFlagDoes) {
    const Variable seeds("SPARSITY_SEEDS", "7,8");
    const auto from = parse({"--batch", "--experiment", "d"});
    ASSERT_TRUE(from) << from.error().message;
    EXPECT_EQ(from->seeds, (std::vector<std::int64_t>{7, 8}));
    const auto flag = parse({"--batch", "--experiment", "d", "--runs", "3"});
    ASSERT_TRUE(flag);
    EXPECT_EQ(flag->runs, 3);
    EXPECT_TRUE(flag->seeds.empty());
}

TEST(CommandLine, ABadVariableIsAnErrorToo) {
    const Variable lanes("SPARSITY_LANES", "many");
    expectMentions(errorOf({"--batch", "--experiment", "d"}), {"many"});
}

TEST(CommandLine, WrongArgumentsAreNamedWithTheRemedy) {
    expectMentions(errorOf({"--batch"}), {"--experiment"});
    expectMentions(errorOf({"--bach", "--experiment", "d"}), {"\"--bach\"", "--batch"});
    expectMentions(errorOf({"--batch", "--experiment", "d", "--lenghts", "64"}),
                   {"--lenghts", "--lengths"});
    expectMentions(errorOf({"--batch", "--experiment", "d", "extra"}), {"\"extra\""});
    expectMentions(errorOf({"--batch", "--experiment", "d", "-x"}), {"\"-x\""});
    expectMentions(errorOf({"--batch", "--experiment", "d", "--selector", "best"}),
                   {"--selector", "best", "aligned"});
    expectMentions(errorOf({"--batch", "--experiment", "d", "--precision", "fp16"}),
                   {"fp16", "bf16"});
    expectMentions(errorOf({"--batch", "--experiment", "d", "--lengths", "64,x"}), {"--lengths"});
    expectMentions(errorOf({"--batch", "--experiment", "d", "--lanes", "0"}), {"--lanes"});
    expectMentions(errorOf({"--batch", "--experiment", "d", "--runs", "0"}), {"--runs"});
    expectMentions(errorOf({"--batch", "--experiment", "d", "--runs", "2", "--seeds", "1"}),
                   {"--runs", "--seeds"});
    expectMentions(errorOf({"--batch", "--experiment", "d", "--quiet", "--verbose"}), {"--quiet"});
    expectMentions(errorOf({"--dry-run"}), {"--batch"});
    expectMentions(errorOf({"--analyse", "t.csv", "--batch", "--experiment", "d"}), {"--analyse"});
}

TEST(CommandLine, AnArgumentThatWouldHaveNoEffectIsAnError) {
    for (const char* flag :
         {"--preset", "--settings", "--lengths", "--ratios", "--runs", "--seeds", "--selector",
          "--precision", "--add-runs", "--data", "--device", "--lanes"}) {
        const char* value = std::string(flag) == "--selector"    ? "local"
                            : std::string(flag) == "--precision" ? "bf16"
                                                                 : "1";
        expectMentions(errorOf({"--experiment", "d", "--export", "out", flag, value}),
                       {flag, "--export", "--batch", "leave"});
        EXPECT_TRUE(parse({"--batch", "--experiment", "d", "--export", "out", flag, value}));
    }
    expectMentions(errorOf({"--experiment", "d", "--export", "out", "--lengths=64"}),
                   {"--lengths", "as it is"});
    expectMentions(errorOf({"--experiment", "d", "--export", "out", "--dense-reference"}),
                   {"--dense-reference", "--batch"});
    expectMentions(errorOf({"--experiment", "d", "--preset", "smoke"}),
                   {"--preset", "--batch", "New experiment"});
    expectMentions(errorOf({"--analyse", "t.csv", "--lengths", "64"}), {"--lengths", "--analyse"});
    EXPECT_TRUE(parse({"--experiment", "d", "--data", "t.txt", "--device", "cpu", "--lanes", "2"}));
    const Variable lengths("SPARSITY_LENGTHS", "64");
    EXPECT_TRUE(parse({"--experiment", "d", "--export", "out"}));
}

TEST(CommandLine, ArgumentsOfTheWindowSystemAreLeftAlone) {
    const auto line = parse({"--experiment", "d", "-platform", "offscreen"});
    ASSERT_TRUE(line) << line.error().message;
    EXPECT_EQ(line->action, Action::Window);
}

TEST(CommandLine, AnAnalysisNeedsNoExperiment) {
    const auto line = parse({"--analyse", "table.csv", "--json", "--columns", "loss=val"});
    ASSERT_TRUE(line) << line.error().message;
    EXPECT_EQ(line->action, Action::Analyse);
    EXPECT_EQ(line->analyseFile, "table.csv");
    EXPECT_EQ(line->analyseColumns, "loss=val");
    const auto input = parse({"--analyse", "-"});
    ASSERT_TRUE(input) << input.error().message;
    EXPECT_EQ(input->analyseFile, "-");
}

TEST(CommandLine, AnAnalysisRefusesWhatItCannotUse) {
    expectMentions(errorOf({"--analyse", ""}), {"--analyse", "CSV", "standard input"});
    expectMentions(errorOf({"--analyse"}), {"--analyse"});
    expectMentions(errorOf({"--columns", "loss=val"}), {"--columns", "--analyse"});
    expectMentions(errorOf({"--analyse", "t.csv", "--export", "out"}), {"--export", "--analyse"});
    expectMentions(errorOf({"--analyse", "t.csv", "--dry-run"}), {"--dry-run"});
}

}  // namespace

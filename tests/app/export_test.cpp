// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "app/cell_summary.h"
#include "app/export_published.h"
#include "app/export_tables.h"
#include "tests/app/small_table.h"

namespace {

using nlohmann::json;

/// Cells of a CSV text without quoted separators.
std::vector<std::vector<std::string>> rowsOf(const std::string& csv) {
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines(csv);
    for (std::string line; std::getline(lines, line);) {
        rows.emplace_back();
        std::string cell;
        bool quoted = false;
        for (const char c : line) {
            if (c == '"') quoted = !quoted;
            if (c != ',' || quoted) {
                cell += c;
                continue;
            }
            rows.back().push_back(cell);
            cell.clear();
        }
        rows.back().push_back(cell);
    }
    return rows;
}

std::string at(const std::vector<std::vector<std::string>>& rows, std::size_t row,
               const std::string& column) {
    for (std::size_t i = 0; i < rows[0].size(); ++i) {
        if (rows[0][i] == column) return rows[row].at(i);
    }
    ADD_FAILURE() << "no column " << column;
    return {};
}

json published(const runs::ResultsTable& table, const std::string& statistics = "{}") {
    const experiment::ExperimentSettings settings;
    const runs::CorpusIdentity corpus{"ab", "text", 256, 900, 100, {}};
    return json::parse(
        app::publishedJson(settings, corpus, table, app::summarise(table), statistics));
}

TEST(RunsCsv, HasOneRowPerPlannedRunWhateverBecameOfIt) {
    const auto rows = rowsOf(app::runsCsv(small::table()));
    ASSERT_EQ(rows.size(), 1U + 12U);
    for (const auto& row : rows) EXPECT_EQ(row.size(), rows[0].size());
    EXPECT_EQ(at(rows, 1, "final_val_loss"), "2");
    EXPECT_EQ(at(rows, 1, "keep"), "16");
    EXPECT_EQ(at(rows, 8, "status"), "diverged");
    EXPECT_EQ(at(rows, 8, "final_val_loss"), "");
    EXPECT_EQ(at(rows, 8, "message"), "\"loss is not finite, \"\"nan\"\"\"");
    EXPECT_EQ(at(rows, 10, "attention"), "dense");
    EXPECT_EQ(at(rows, 10, "selector"), "");
}

TEST(RunsCsv, ConvergenceIsCountedToTheDenseReferenceOfTheSameSeed) {
    const auto rows = rowsOf(app::runsCsv(small::table()));
    // Dense ends at 1.9: within 2 % is 1.938; the curve has 2.9 and then the final loss.
    EXPECT_EQ(at(rows, 4, "dense_loss_step"), "10");  // r=0.5, seed 42: 1.9
    EXPECT_EQ(at(rows, 5, "dense_loss_step"), "");    // 2.0 never gets there
}

TEST(CellsCsv, HoldsMeanSdAndCounts) {
    const auto table = small::table();
    const auto rows = rowsOf(app::cellsCsv(table, app::summarise(table)));
    ASSERT_EQ(rows.size(), 1U + 4U);
    for (const auto& row : rows) EXPECT_EQ(row.size(), rows[0].size());
    EXPECT_NEAR(std::stod(at(rows, 1, "final_val_loss_mean")), 2.1, 1e-12);
    EXPECT_NEAR(std::stod(at(rows, 1, "final_val_loss_sd")), 0.1, 1e-12);
    EXPECT_EQ(at(rows, 3, "n"), "2");
    EXPECT_EQ(at(rows, 3, "diverged"), "1");
    EXPECT_EQ(at(rows, 3, "best_of_length"), "1");
    EXPECT_EQ(at(rows, 3, "best_on_edge"), "1");
    EXPECT_EQ(at(rows, 2, "best_of_length"), "0");
    EXPECT_EQ(at(rows, 2, "tokens_seen"), "10240");
}

TEST(CurvesCsv, IsLongWithOneRowPerRecordedStep) {
    const auto table = small::table();
    app::RunCurve curve{&table.cells[0], &table.cells[0].runs[1], {}};
    runs::MetricPoint point;
    point.step = 1;
    point.trainLoss = std::numeric_limits<double>::quiet_NaN();
    curve.points.push_back(point);
    point.step = 2;
    point.trainLoss = 3.5;
    point.validationLoss = 3.25;
    curve.points.push_back(point);
    const auto rows = rowsOf(app::curvesCsv(std::vector{curve}));
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(at(rows, 1, "train_loss"), "nan");
    EXPECT_EQ(at(rows, 1, "val_loss"), "");
    EXPECT_EQ(at(rows, 2, "val_loss"), "3.25");
    EXPECT_EQ(at(rows, 2, "seed"), "43");
}

TEST(PublishedJson, HasTheKeysOfThePublishedSchema) {
    const json root = published(small::table(), R"({"64": {"p": 0.5}})");
    EXPECT_EQ(root.at("experiment_config").at("sequence_lengths").size(), 5U);
    EXPECT_EQ(root.at("experiment_config").at("base_config").at("d_model"), 512);
    ASSERT_EQ(root.at("all_results").size(), 3U) << "the dense reference is no cell of the grid";
    const json& cell = root.at("all_results").at(0);
    EXPECT_EQ(cell.at("seq_len"), 64);
    EXPECT_EQ(cell.at("sparsity_ratio"), 0.25) << "k/L, the share kept";
    EXPECT_EQ(cell.at("top_k"), 16);
    EXPECT_DOUBLE_EQ(cell.at("actual_sparsity"), 0.75);
    EXPECT_DOUBLE_EQ(cell.at("final_val_loss_mean"), 2.1);
    EXPECT_NEAR(cell.at("final_val_loss_std"), 0.1, 1e-12) << "sample sd, n - 1";
    EXPECT_DOUBLE_EQ(cell.at("final_val_accuracy_mean"), 0.5);
    EXPECT_DOUBLE_EQ(cell.at("final_val_accuracy_std"), 0.0);
    EXPECT_DOUBLE_EQ(cell.at("avg_time_mean"), 0.5) << "seconds per step";
    EXPECT_DOUBLE_EQ(cell.at("avg_time_std"), 0.0);
    const json& run = cell.at("runs").at(0);
    EXPECT_EQ(run.at("seed"), 42);
    EXPECT_EQ(run.at("steps"), (json{5, 10}));
    EXPECT_EQ(run.at("train_loss"), (json{3.0, 2.0}));
    EXPECT_EQ(run.at("val_loss"), (json{2.9, 2.0}));
    EXPECT_EQ(run.at("val_accuracy"), (json{0.3, 0.5}));
    EXPECT_EQ(run.at("final_val_loss"), 2.0);
    EXPECT_EQ(run.at("final_val_accuracy"), 0.5);
    const json& optimum = root.at("optimal_sparsity_results").at("64");
    EXPECT_EQ(optimum.at("optimal_sparsity_ratio"), 0.75);
    EXPECT_EQ(optimum.at("optimal_top_k"), 48);
    EXPECT_DOUBLE_EQ(optimum.at("optimal_val_loss"), 1.95);
    EXPECT_NEAR(optimum.at("optimal_val_loss_std"), 0.0707106781186548, 1e-12);
    EXPECT_EQ(optimum.at("optimal_val_accuracy"), 0.5);
    EXPECT_EQ(optimum.at("optimal_val_accuracy_std"), 0.0);
    EXPECT_EQ(root.at("statistical_analysis").at("64").at("p"), 0.5);
}

TEST(PublishedJson, AddsWhatThePublishedOneLacks) {
    const json root = published(small::table());
    const json& cell = root.at("all_results").at(2);
    EXPECT_EQ(cell.at("runs_planned"), 3);
    EXPECT_EQ(cell.at("runs_diverged"), 1);
    EXPECT_EQ(cell.at("runs").at(1).at("status"), "diverged");
    EXPECT_FALSE(cell.at("runs").at(1).contains("final_val_loss"));
    EXPECT_NEAR(cell.at("improvement_vs_baseline"), 0.025, 1e-12);
    EXPECT_LT(cell.at("improvement_vs_dense"), 0.0);
    EXPECT_EQ(cell.at("selector"), "aligned");
    EXPECT_EQ(root.at("dense_reference").size(), 1U);
    EXPECT_TRUE(
        root.at("optimal_sparsity_results").at("64").at("best_on_edge_of_grid").get<bool>());
    EXPECT_EQ(cell.at("runs").at(0).at("tokens_seen"), 10240);
}

TEST(PublishedJson, WritesNumbersThatAreNotFiniteAsText) {
    auto table = small::table();
    table.cells[0].runs[0].result->finalTrainLoss = std::numeric_limits<double>::quiet_NaN();
    table.cells[0].runs[0].result->perplexity = std::numeric_limits<double>::infinity();
    const json root = published(table);
    const json& run = root.at("all_results").at(0).at("runs").at(0);
    EXPECT_EQ(run.at("final_train_loss"), "NaN");
    EXPECT_EQ(run.at("perplexity"), "Infinity");
}

TEST(PublishedJson, ACellWithoutFinishedRunsHasNullMeans) {
    auto table = small::table();
    for (auto& cell : table.cells) {
        for (auto& run : cell.runs) {
            run.result.reset();
            run.status = runs::RunStatus::Empty;
        }
    }
    const json root = published(table);
    EXPECT_TRUE(root.at("all_results").at(0).at("final_val_loss_mean").is_null());
    EXPECT_TRUE(root.at("optimal_sparsity_results").empty());
}

}  // namespace

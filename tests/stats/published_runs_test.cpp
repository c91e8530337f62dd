// SPDX-License-Identifier: GPL-3.0-or-later
// The 72 published runs through the grid analysis against the golden grid case. The share in the
// table is kept as it is printed there (the golden rows do the same).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "stats/grid_analysis.h"
#include "tests/stats/golden/golden_case.h"
#include "tests/stats/golden/result_fields.h"

namespace stats {
namespace {

using golden::Json;

GridTable publishedRuns() {
    std::ifstream file(SPARSITY_TEST_DATA "/published_runs.csv");
    std::string line;
    std::getline(file, line);
    std::map<std::tuple<double, double, int>, double> losses;
    std::set<double> lengths, ratios;
    std::set<std::int64_t> seeds;
    while (std::getline(file, line)) {
        std::replace(line.begin(), line.end(), ',', ' ');
        std::istringstream fields(line);
        double length = 0, ratio = 0, k = 0, loss = 0;
        int seed = 0;
        fields >> length >> ratio >> k >> seed >> loss;
        losses[{length, ratio, seed}] = loss;
        lengths.insert(length);
        ratios.insert(ratio);
        seeds.insert(seed);
    }
    GridTable table =
        GridTable::planned({lengths.begin(), lengths.end()}, {ratios.begin(), ratios.end()},
                           {seeds.begin(), seeds.end()});
    for (std::size_t l = 0; l < table.lengths.size(); ++l) {
        for (std::size_t r = 0; r < table.keepRatios.size(); ++r) {
            for (std::size_t s = 0; s < table.seeds.size(); ++s) {
                table.at(l, r, s) = {RunState::Done,
                                     losses.at({table.lengths[l], table.keepRatios[r],
                                                static_cast<int>(table.seeds[s])})};
            }
        }
    }
    return table;
}

/// The value's fields, or the reason why the analysis has none (no row agrees with a text).
template <typename Result, typename Fields>
Json shown(const Computed<Result>& result, Fields fields) {
    return result ? fields(*result) : Json{{"none", result.whyNot}};
}

template <typename Result>
Json shown(const Computed<Result>& result) {
    return shown(result, [](const Result& value) { return golden::fieldsOf(value); });
}

/// Results of an analysis under the ids and field names of the golden grid case.
using Results = std::map<std::string, Json>;

std::string atLength(const LengthAnalysis& length) {
    return "L" + std::to_string(static_cast<int>(length.length));
}

void addTests(Results& results, const LengthAnalysis& length) {
    const std::string at = atLength(length);
    results["oneway_exp5_" + at] = shown(length.oneWay);
    results["welch_exp5_" + at] = shown(length.welch);
    results["bfmeans_exp5_" + at] = shown(length.brownForsythe);
    results["levene_median_exp5_" + at] = shown(length.equalVariances);
    results["shapres_exp5_" + at] = shown(length.shapiro);
    results["kruskal_exp5_" + at] = shown(length.kruskal);
    results["jt_exp5_" + at] = shown(length.jonckheere);
    results["rm_exp5b_" + at] = shown(length.blocked);
    results["friedman_exp5b_" + at] = shown(length.friedman);
    results["frx_exp5b_" + at] = shown(length.friedmanExact);
    results["page_exp5b_" + at] = shown(length.pageRising);
    results["bootblk_exp5b_" + at] = shown(length.probabilityOfBest);
}

void addComparisons(Results& results, const LengthAnalysis& length) {
    const std::string at = atLength(length);
    results["tukey_exp5_" + at] = shown(length.tukey, golden::fieldsWithCommonDf);
    results["tukeyb_exp5b_" + at] = shown(length.tukeyBlocked, golden::fieldsWithCommonDf);
    results["gh_exp5_" + at] = shown(length.gamesHowell, golden::fieldsWithOwnDf);
    results["pt_pooled_exp5_" + at] = shown(length.pooledT);
    results["pt_welch_exp5_" + at] = shown(length.welchT);
    results["pt_paired_exp5b_" + at] = shown(length.pairedT);
    results["dunnett2_exp5_" + at] = shown(length.dunnett);
    results["dunnettL_exp5_" + at] = shown(length.dunnettSmaller);
    results["dunnettb_exp5b_" + at] = shown(length.dunnettBlocked);
    results["mcb_exp5_" + at] = shown(length.mcb);
    results["nemenyi_exp5b_" + at] = shown(length.nemenyi);
}

/// Page's test of a rise with the length, which the analysis does not keep: it tests the fall.
Json risingOptimum(const OptimumTrend& trend) {
    std::vector<std::vector<double>> fromShortest;
    for (const auto& row : trend.doubledBestIndex) {
        fromShortest.emplace_back(row.begin(), row.end());
    }
    return golden::fieldsOf(page(fromShortest));
}

Results resultsOf(const GridAnalysis& analysis) {
    Results results;
    for (const LengthAnalysis& length : analysis.perLength) {
        addTests(results, length);
        addComparisons(results, length);
    }
    results["tw1_exp5_grid"] = shown(analysis.twoWaySequential, golden::fieldsWithCommonError);
    results["tw2_exp5_grid"] = shown(analysis.twoWayMarginal, golden::fieldsWithCommonError);
    results["tw3_exp5_grid"] = shown(analysis.twoWayPartial, golden::fieldsWithCommonError);
    results["twrcbd_exp5_grid"] = shown(analysis.twoWayBlocked, golden::fieldsWithCommonError);
    results["twrm_exp5_grid"] = shown(analysis.twoWayWithin, golden::fieldsWithOwnErrors);
    results["page_exp5_argmin"] = risingOptimum(analysis.trend);
    results["page_exp5_argmin_rev"] = shown(analysis.trend.page);
    return results;
}

/// Paths of every number and name in the expected fields of a row, e.g. "/p/3".
std::vector<Json::json_pointer> leavesOf(const Json& expected) {
    const Json flat = expected.flatten();
    std::vector<Json::json_pointer> leaves;
    for (auto leaf = flat.begin(); leaf != flat.end(); ++leaf) leaves.emplace_back(leaf.key());
    return leaves;
}

class PublishedRuns : public testing::Test {
protected:
    static void SetUpTestSuite() {
        GridAnalysisOptions options;
        options.bootstrap.seed = 1;
        s_analysis = new GridAnalysis(analyseGrid(publishedRuns(), options));
        std::ifstream datasets(SPARSITY_TEST_GOLDENS "/datasets.json");
        std::ifstream grid(SPARSITY_TEST_GOLDENS "/grid.json");
        const Json sets = Json::parse(datasets).at("datasets");
        const Json cases = Json::parse(grid).at("cases");
        s_rows = new std::vector<golden::GoldenCase>;
        for (const Json& row : cases) {
            s_rows->push_back(golden::parseCase(row, sets));
        }
    }
    static void TearDownTestSuite() {
        delete s_analysis;
        delete s_rows;
        s_analysis = nullptr;
        s_rows = nullptr;
    }

    static inline GridAnalysis* s_analysis = nullptr;
    static inline std::vector<golden::GoldenCase>* s_rows = nullptr;
};

TEST_F(PublishedRuns, EveryNumberOfTheGoldenGridAgrees) {
    Results results = resultsOf(*s_analysis);
    for (const golden::GoldenCase& row : *s_rows) {
        ASSERT_TRUE(results.contains(row.id)) << "nothing is compared with " << row.id;
        for (const std::string& line : golden::disagreements(row, results.at(row.id))) {
            ADD_FAILURE() << row.id << " " << line;
        }
        results.erase(row.id);
    }
    for (const auto& [id, fields] : results) ADD_FAILURE() << id << " is no row of the file";
}

// Shows that the comparison above reaches every number: none may be wrong without a report.
TEST_F(PublishedRuns, EveryNumberThatIsOffIsReported) {
    const Results results = resultsOf(*s_analysis);
    std::size_t numbers = 0;
    for (const golden::GoldenCase& row : *s_rows) {
        for (const Json::json_pointer& leaf : leavesOf(row.expected)) {
            Json off = results.at(row.id);
            Json& value = off.at(leaf);
            const bool finite = value.is_number() && std::isfinite(value.get<double>());
            value = finite ? Json(value.get<double>() * (1 + 1e-4) + 1e-7) : Json("other");
            EXPECT_EQ(golden::disagreements(row, off).size(), 1U) << row.id << " " << leaf;
            ++numbers;
        }
    }
    EXPECT_GT(numbers, s_rows->size());
    RecordProperty("numbers", static_cast<int>(numbers));
}

TEST_F(PublishedRuns, NoFallOfTheOptimumIsShown) {
    EXPECT_EQ(s_analysis->verdicts.back().id, "falling");
    EXPECT_EQ(s_analysis->verdicts.back().state, VerdictState::NotDistinguishable);
    EXPECT_DOUBLE_EQ(*s_analysis->verdicts.back().p, 1);
}

}  // namespace
}  // namespace stats

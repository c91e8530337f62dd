// SPDX-License-Identifier: GPL-3.0-or-later
// The 72 published runs through the grid analysis against the golden grid case. The share in the
// table is kept as it is printed there (the golden rows do the same).
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "stats/grid_analysis.h"

namespace stats {
namespace {

using Json = nlohmann::json;

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

class PublishedRuns : public testing::Test {
protected:
    static void SetUpTestSuite() {
        GridAnalysisOptions options;
        options.bootstrap.seed = 1;
        s_analysis = new GridAnalysis(analyseGrid(publishedRuns(), options));
        std::ifstream file(SPARSITY_TEST_GOLDENS "/grid.json");
        const Json grid = Json::parse(file);
        for (const Json& row : grid.at("cases")) {
            (*s_expected)[row.at("id").get<std::string>()] = row.at("expected");
        }
    }
    static void TearDownTestSuite() {
        delete s_analysis;
        s_analysis = nullptr;
    }

    static void near(double got, const Json& expected, const std::string& what) {
        const double target = expected.get<double>();
        EXPECT_NEAR(got, target, 1e-11 + 2e-8 * std::abs(target)) << what;
    }

    /// Field of every element against the golden list.
    template <typename Items, typename Field>
    static void listNear(const Items& items, const std::string& id, const char* name, Field field) {
        const Json& list = s_expected->at(id).at(name);
        ASSERT_EQ(items.size(), list.size()) << id;
        for (std::size_t i = 0; i < items.size(); ++i) {
            near(field(items[i]), list[i], id + " " + name);
        }
    }

    static void value(double got, const std::string& id, const char* name) {
        near(got, s_expected->at(id).at(name), id + " " + name);
    }

    static void pairs(const PairComparisons& got, const std::string& id) {
        listNear(got.pairs, id, "diff", [](const auto& pair) { return pair.diff; });
        listNear(got.pairs, id, "p", [](const auto& pair) { return pair.p; });
        listNear(got.pairs, id, "lo", [](const auto& pair) { return pair.lo; });
        listNear(got.pairs, id, "hi", [](const auto& pair) { return pair.hi; });
    }

    static void adjusted(const AdjustedPairs& got, const std::string& id) {
        const auto self = [](double p) { return p; };
        pairs(got.comparisons, id);
        listNear(got.bonferroni, id, "p_bonferroni", self);
        listNear(got.holm, id, "p_holm", self);
        listNear(got.benjaminiHochberg, id, "p_bh", self);
    }

    static void control(const Dunnett& got, const std::string& id) {
        listNear(got.comparisons, id, "p", [](const auto& one) { return one.p; });
        listNear(got.comparisons, id, "lo", [](const auto& one) { return one.lo; });
        listNear(got.comparisons, id, "hi", [](const auto& one) { return one.hi; });
        value(got.criticalValue, id, "crit");
    }

    static std::string idOf(const std::string& test, const LengthAnalysis& length) {
        return test + "_L" + std::to_string(static_cast<int>(length.length));
    }

    static inline GridAnalysis* s_analysis = nullptr;
    static inline std::map<std::string, Json>* s_expected = new std::map<std::string, Json>;
};

TEST_F(PublishedRuns, VarianceAnalysesPerLengthAgree) {
    ASSERT_EQ(s_analysis->perLength.size(), 4U);
    for (const LengthAnalysis& length : s_analysis->perLength) {
        value(length.oneWay->f, idOf("oneway_exp5", length), "F");
        value(length.oneWay->p, idOf("oneway_exp5", length), "p");
        value(length.oneWay->omega2, idOf("oneway_exp5", length), "omega2");
        value(length.oneWay->eta2Interval.upper, idOf("oneway_exp5", length), "eta2_hi");
        value(length.welch->p, idOf("welch_exp5", length), "p");
        value(length.brownForsythe->p, idOf("bfmeans_exp5", length), "p");
        value(length.equalVariances->p, idOf("levene_median_exp5", length), "p");
        value(length.shapiro->w, idOf("shapres_exp5", length), "W");
        value(length.blocked->p, idOf("rm_exp5b", length), "p");
        value(length.blocked->pGreenhouseGeisser, idOf("rm_exp5b", length), "p_gg");
        value(length.kruskal->h, idOf("kruskal_exp5", length), "H");
        value(length.friedman->imanDavenport->p, idOf("friedman_exp5b", length), "iman_davenport_p");
        value(length.friedmanExact->p, idOf("frx_exp5b", length), "p_exact");
    }
}

TEST_F(PublishedRuns, ComparisonsPerLengthAgree) {
    for (const LengthAnalysis& length : s_analysis->perLength) {
        pairs(*length.tukey, idOf("tukey_exp5", length));
        pairs(*length.tukeyBlocked, idOf("tukeyb_exp5b", length));
        pairs(*length.gamesHowell, idOf("gh_exp5", length));
        adjusted(*length.pooledT, idOf("pt_pooled_exp5", length));
        adjusted(*length.welchT, idOf("pt_welch_exp5", length));
        adjusted(*length.pairedT, idOf("pt_paired_exp5b", length));
        control(*length.dunnett, idOf("dunnett2_exp5", length));
        control(*length.dunnettBlocked, idOf("dunnettb_exp5b", length));
        listNear(length.nemenyi->comparisons.pairs, idOf("nemenyi_exp5b", length), "p",
                 [](const auto& pair) { return pair.p; });
        const auto self = [](double x) { return x; };
        listNear(length.mcb->lo, idOf("mcb_exp5", length), "lo", self);
        listNear(length.mcb->hi, idOf("mcb_exp5", length), "hi", self);
        listNear(length.probabilityOfBest->pBest, idOf("bootblk_exp5b", length), "p_best", self);
    }
}

TEST_F(PublishedRuns, GridTablesAgree) {
    const auto effects = [](const Computed<FactorialAnova>& got, const std::string& id) {
        ASSERT_TRUE(got) << got.whyNot;
        listNear(got->effects, id, "F", [](const auto& effect) { return effect.f; });
        listNear(got->effects, id, "p", [](const auto& effect) { return effect.p; });
    };
    effects(s_analysis->twoWaySequential, "tw1_exp5_grid");
    effects(s_analysis->twoWayMarginal, "tw2_exp5_grid");
    effects(s_analysis->twoWayPartial, "tw3_exp5_grid");
    effects(s_analysis->twoWayBlocked, "twrcbd_exp5_grid");
    effects(s_analysis->twoWayWithin, "twrm_exp5_grid");
    value(s_analysis->trend.page->l, "page_exp5_argmin_rev", "L");
    value(*s_analysis->trend.page->pExact, "page_exp5_argmin_rev", "p_exact_conditional");
}

TEST_F(PublishedRuns, NoFallOfTheOptimumIsShown) {
    EXPECT_EQ(s_analysis->verdicts.back().id, "falling");
    EXPECT_EQ(s_analysis->verdicts.back().state, VerdictState::NotDistinguishable);
    EXPECT_DOUBLE_EQ(*s_analysis->verdicts.back().p, 1);
}

}  // namespace
}  // namespace stats

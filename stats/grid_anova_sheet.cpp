// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_sheets.h"
#include "stats/number_text.h"
#include "stats/sheet_builder.h"

namespace stats {
namespace {

class AnovaRows {
public:
    AnovaRows()
        : m_sheet("anova", {"length", "method", "exactness", "term", "n", "df1", "df2",
                            "statistic_name", "statistic", "p", "effect_name", "effect",
                            "effect_lower", "effect_upper", "note"}) {}

    void addLength(const LengthAnalysis& length) {
        addOneWay(length);
        addBlocked(length);
        addUnequal(length, "Welch ANOVA", length.welch);
        addUnequal(length, "Brown-Forsythe test of means", length.brownForsythe);
        addFriedman(length);
        addKruskal(length);
        addJonckheere(length);
        addPage(length, "Page within seeds, loss rises with the keep ratio", length.pageRising,
                RatioTrend::Rising);
        addPage(length, "Page within seeds, loss falls with the keep ratio", length.pageFalling,
                RatioTrend::Falling);
        start(length, "JZS Bayes factor, one-way", "", length.bayes.whyNot);
        if (length.bayes) {
            m_sheet.set("effect_name", "log BF10").set("effect", length.bayes->logBf10);
        }
        start(length, "TOST of best against baseline, paired", "",
              length.equivalenceToBaseline.whyNot);
        if (length.equivalenceToBaseline) {
            const Tost& tost = *length.equivalenceToBaseline;
            m_sheet.set("df1", tost.df)
                .setP("p", tost.p)
                .set("effect_name", "difference")
                .set("effect", tost.diff)
                .set("effect_lower", tost.lo)
                .set("effect_upper", tost.hi);
        }
    }

    void addFactorial(const std::string& method, const Computed<FactorialAnova>& anova) {
        if (!anova) {
            m_sheet.row().set("length", "grid").set("method", method).set("note", anova.whyNot);
            return;
        }
        for (const FactorialEffect& effect : anova->effects) {
            m_sheet.row()
                .set("length", "grid")
                .set("method", method)
                .set("term", termText(effect.name))
                .set("n", static_cast<double>(anova->n))
                .set("df1", effect.df)
                .set("df2", effect.dfError)
                .set("statistic_name", "F")
                .set("statistic", effect.f)
                .setP("p", effect.p)
                .set("effect_name", "partial eta2")
                .set("effect", effect.partialEta2);
        }
    }

    Sheet take() { return m_sheet.take(); }

private:
    static constexpr const char* kTrend = "trend over the keep ratios";

    static std::string termText(const std::string& name) {
        if (name == "a") return "length";
        if (name == "b") return "keep ratio";
        if (name == "a:b") return "length x keep ratio";
        return name == "s" ? "seed" : name;
    }

    SheetBuilder& start(const LengthAnalysis& length, const std::string& method,
                        const std::string& exactness, const std::string& whyNot) {
        std::size_t runs = 0;
        for (const std::size_t r : length.usedRatios) runs += length.cells[r].done;
        return m_sheet.row()
            .set("length", length.length)
            .set("method", method)
            .set("exactness", exactness)
            .set("term", "keep ratio")
            .set("n", static_cast<double>(runs))
            .set("note", whyNot);
    }

    SheetBuilder& f(double value, double df1, double df2, double p) {
        return m_sheet.set("df1", df1)
            .set("df2", df2)
            .set("statistic_name", "F")
            .set("statistic", value)
            .setP("p", p);
    }

    void addOneWay(const LengthAnalysis& length) {
        start(length, "one-way ANOVA", "", length.oneWay.whyNot);
        if (!length.oneWay) return;
        const OneWayAnova& anova = *length.oneWay;
        f(anova.f, anova.dfBetween, anova.dfWithin, anova.p)
            .set("effect_name", "eta2")
            .set("effect", anova.eta2)
            .set("effect_lower", anova.eta2Interval.lower)
            .set("effect_upper", anova.eta2Interval.upper)
            .set("note", "omega2 " + numberText(anova.omega2) + ", epsilon2 " +
                             numberText(anova.epsilon2) + ", f " + numberText(anova.cohenF) +
                             "; interval level " + numberText(anova.conf));
    }

    void addBlocked(const LengthAnalysis& length) {
        const std::string seeds =
            std::to_string(length.blockSeeds.size()) + " complete seeds as blocks";
        start(length, "blocked ANOVA (seed as block)", "", length.blocked.whyNot);
        if (!length.blocked) return;
        const BlockAnova& anova = *length.blocked;
        const auto runs = static_cast<double>(anova.blocks * anova.cells);
        f(anova.f, anova.dfCells, anova.dfError, anova.p)
            .set("n", runs)
            .set("effect_name", "partial eta2")
            .set("effect", anova.partialEta2)
            .set("note", seeds);
        const auto corrected = [&](const std::string& name, double epsilon, double p) {
            start(length, "blocked ANOVA, " + name, "", "epsilon " + numberText(epsilon));
            f(anova.f, anova.dfCells * epsilon, anova.dfError * epsilon, p).set("n", runs);
        };
        corrected("Greenhouse-Geisser", anova.greenhouseGeisser, anova.pGreenhouseGeisser);
        if (anova.huynhFeldt) corrected("Huynh-Feldt", *anova.huynhFeldt, *anova.pHuynhFeldt);
    }

    void addUnequal(const LengthAnalysis& length, const std::string& method,
                    const Computed<UnequalVarianceAnova>& anova) {
        start(length, method, "", anova.whyNot);
        if (anova) f(anova->f, anova->df1, anova->df2, anova->p);
    }

    void addFriedman(const LengthAnalysis& length) {
        start(length, "Friedman", "asymptotic", length.friedman.whyNot);
        if (length.friedman) {
            const Friedman& test = *length.friedman;
            m_sheet.set("df1", test.df)
                .set("statistic_name", "Q")
                .set("statistic", test.q)
                .setP("p", test.p)
                .set("effect_name", "Kendall's W")
                .set("effect", test.kendallW);
            const Computed<ImanDavenport>& iman = test.imanDavenport;
            start(length, "Friedman, Iman-Davenport", "asymptotic", iman.whyNot);
            if (iman) f(iman->f, iman->df1, iman->df2, iman->p);
        }
        start(length, "Friedman", "exact", length.friedmanExact.whyNot);
        if (length.friedmanExact) {
            m_sheet.set("statistic_name", "Q")
                .set("statistic", length.friedmanExact->q)
                .setP("p", length.friedmanExact->p);
        }
    }

    void addKruskal(const LengthAnalysis& length) {
        start(length, "Kruskal-Wallis", "asymptotic", length.kruskal.whyNot);
        if (length.kruskal) {
            m_sheet.set("df1", length.kruskal->df)
                .set("statistic_name", "H")
                .set("statistic", length.kruskal->h)
                .setP("p", length.kruskal->p)
                .set("effect_name", "epsilon2")
                .set("effect", length.kruskal->epsilonSquared);
        }
        start(length, "Kruskal-Wallis", "exact", length.kruskalExact.whyNot);
        if (length.kruskalExact) {
            m_sheet.set("statistic_name", "H")
                .set("statistic", length.kruskalExact->h)
                .setP("p", length.kruskalExact->p);
        }
    }

    static constexpr const char* kPredicted = "the predicted direction";

    void addJonckheere(const LengthAnalysis& length) {
        const Computed<Jonckheere>& test = length.jonckheere;
        const std::string method = "Jonckheere-Terpstra";
        if (!test) {
            start(length, method, "", test.whyNot).set("term", kTrend);
            return;
        }
        const auto add = [&](const std::string& direction, RatioTrend trend, double TrendP::*p) {
            const std::string note = trend != RatioTrend::None && trend == length.predictedTrend
                                         ? kPredicted
                                         : std::string();
            const auto row = [&](const char* exactness, const char* name, double statistic,
                                 const TrendP& of) {
                start(length, method + ", " + direction, exactness, note)
                    .set("term", kTrend)
                    .set("statistic_name", name)
                    .set("statistic", statistic)
                    .setP("p", of.*p);
            };
            row("asymptotic", "z", test->z, test->asymptotic);
            if (test->exact) row("exact", "J", test->j, *test->exact);
        };
        add("two-sided", RatioTrend::None, &TrendP::two);
        add("loss rises with the keep ratio", RatioTrend::Rising, &TrendP::increasing);
        add("loss falls with the keep ratio", RatioTrend::Falling, &TrendP::decreasing);
    }

    void addPage(const LengthAnalysis& length, const std::string& method,
                 const Computed<Page>& test, RatioTrend trend) {
        const auto row = [&](const char* exactness, const std::string& note) -> SheetBuilder& {
            start(length, method, exactness, note).set("term", kTrend);
            return m_sheet.set(
                "n", static_cast<double>(length.blockSeeds.size() * length.usedRatios.size()));
        };
        if (!test) {
            row("", test.whyNot);
            return;
        }
        const std::string note = trend == length.predictedTrend ? kPredicted : "";
        row("asymptotic", note)
            .set("statistic_name", "z")
            .set("statistic", test->z)
            .setP("p", test->pAsymptotic);
        if (test->pExact)
            row("exact", note)
                .set("statistic_name", "L")
                .set("statistic", test->l)
                .setP("p", *test->pExact);
    }

    SheetBuilder m_sheet;
};

}  // namespace

Sheet anovaSheet(const GridAnalysis& analysis) {
    AnovaRows rows;
    for (const LengthAnalysis& length : analysis.perLength) rows.addLength(length);
    rows.addFactorial("two-way ANOVA, type I", analysis.twoWaySequential);
    rows.addFactorial("two-way ANOVA, type II", analysis.twoWayMarginal);
    rows.addFactorial("two-way ANOVA, type III", analysis.twoWayPartial);
    rows.addFactorial("two-way ANOVA, seed as block", analysis.twoWayBlocked);
    rows.addFactorial("two-way ANOVA within seeds", analysis.twoWayWithin);
    return rows.take();
}

}  // namespace stats

// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_sheets.h"
#include "stats/sheet_builder.h"

namespace stats {
namespace {

class PairRows {
public:
    explicit PairRows(const GridAnalysis& analysis)
        : m_sheet("pairwise", {"length", "method", "ratio_a", "ratio_b", "diff", "se", "df",
                               "statistic_name", "statistic", "p", "lower", "upper", "p_bonferroni",
                               "p_holm", "p_hochberg", "p_hommel", "p_bh", "p_by", "note"}) {
        for (const LengthAnalysis& length : analysis.perLength) addLength(length);
    }

    Sheet take() { return m_sheet.take(); }

private:
    void addLength(const LengthAnalysis& length) {
        addPairs(length, "Tukey HSD", "q", length.tukey);
        addPairs(length, "Tukey HSD, seed as block", "q", length.tukeyBlocked);
        addPairs(length, "Games-Howell", "q", length.gamesHowell);
        if (length.nemenyi) {
            addAll(length, "Nemenyi (mean ranks)", "q", length.nemenyi->comparisons);
        } else {
            refuse(length, "Nemenyi (mean ranks)", length.nemenyi.whyNot);
        }
        addAdjusted(length, "t, pooled variance", length.pooledT);
        addAdjusted(length, "t, Welch", length.welchT);
        addAdjusted(length, "t, paired by seed", length.pairedT);
        addControl(length, "Dunnett against the baseline", length.dunnett);
        addControl(length, "Dunnett against the baseline, seed as block", length.dunnettBlocked);
        addControl(length, "Dunnett against the baseline, one-sided (smaller loss)",
                   length.dunnettSmaller);
        if (length.dense) {
            addControl(length, "Dunnett against dense", length.dunnettDense);
            addControl(length, "Dunnett against dense, seed as block", length.dunnettDenseBlocked);
        }
        addBest(length, "Hsu, against the best other", length.mcb, length.level);
        addBest(length, "Hsu, against the best other, seed as block", length.mcbBlocked,
                length.blockedLevel);
    }

    SheetBuilder& start(const LengthAnalysis& length, const std::string& method) {
        return m_sheet.row().set("length", length.length).set("method", method);
    }

    void refuse(const LengthAnalysis& length, const std::string& method, const std::string& why) {
        start(length, method).set("note", why);
    }

    void setRatio(const LengthAnalysis& length, const std::string& column, std::size_t position) {
        if (position < length.usedRatios.size()) {
            m_sheet.set(column, length.cells[length.usedRatios[position]].keepRatio);
        } else {
            m_sheet.set(column, "dense");
        }
    }

    void addPair(const LengthAnalysis& length, const std::string& method,
                 const std::string& statistic, const PairComparison& pair) {
        start(length, method);
        setRatio(length, "ratio_a", pair.i);
        setRatio(length, "ratio_b", pair.j);
        m_sheet.set("diff", pair.diff)
            .set("se", pair.se)
            .set("df", pair.df)
            .set("statistic_name", statistic)
            .set("statistic", pair.statistic)
            .setP("p", pair.p)
            .set("lower", pair.lo)
            .set("upper", pair.hi);
    }

    void addAll(const LengthAnalysis& length, const std::string& method,
                const std::string& statistic, const PairComparisons& comparisons) {
        for (const PairComparison& pair : comparisons.pairs) {
            addPair(length, method, statistic, pair);
        }
    }

    void addPairs(const LengthAnalysis& length, const std::string& method,
                  const std::string& statistic, const Computed<PairComparisons>& comparisons) {
        if (!comparisons) return refuse(length, method, comparisons.whyNot);
        addAll(length, method, statistic, *comparisons);
    }

    void addAdjusted(const LengthAnalysis& length, const std::string& method,
                     const Computed<AdjustedPairs>& pairs) {
        if (!pairs) return refuse(length, method, pairs.whyNot);
        for (std::size_t i = 0; i < pairs->comparisons.pairs.size(); ++i) {
            addPair(length, method, "t", pairs->comparisons.pairs[i]);
            m_sheet.setP("p_bonferroni", pairs->bonferroni[i])
                .setP("p_holm", pairs->holm[i])
                .setP("p_hochberg", pairs->hochberg[i])
                .setP("p_hommel", pairs->hommel[i])
                .setP("p_bh", pairs->benjaminiHochberg[i])
                .setP("p_by", pairs->benjaminiYekutieli[i]);
        }
    }

    void addControl(const LengthAnalysis& length, const std::string& method,
                    const Computed<Dunnett>& dunnett) {
        if (!dunnett) return refuse(length, method, dunnett.whyNot);
        for (const ControlComparison& one : dunnett->comparisons) {
            start(length, method);
            setRatio(length, "ratio_a", dunnett->control);
            setRatio(length, "ratio_b", one.group);
            m_sheet.set("diff", one.diff)
                .set("df", dunnett->df)
                .set("statistic_name", "t")
                .set("statistic", one.t)
                .setP("p", one.p)
                .set("lower", one.lo)  // -infinity where one-sided
                .set("upper", one.hi);
        }
    }

    void addBest(const LengthAnalysis& length, const std::string& method,
                 const Computed<HsuMcb>& mcb, double level) {
        if (!mcb) return refuse(length, method, mcb.whyNot);
        const auto verdict = [&](std::size_t u) {
            if (mcb->candidate[u]) return "may be the best";
            return mcb->p[u] < level ? "is not the best" : "not decided at this interim look";
        };
        for (std::size_t u = 0; u < mcb->candidate.size(); ++u) {
            start(length, method);
            m_sheet.set("ratio_a", "best other");
            setRatio(length, "ratio_b", u);
            m_sheet.set("diff", mcb->diffToBestOther[u])
                .set("df", mcb->df)
                .setP("p", mcb->p[u])
                .set("lower", mcb->lo[u])
                .set("upper", mcb->hi[u])
                .set("note", verdict(u));
        }
    }

    SheetBuilder m_sheet;
};

}  // namespace

Sheet pairwiseSheet(const GridAnalysis& analysis) {
    return PairRows(analysis).take();
}

Sheet effectsSheet(const GridAnalysis& analysis) {
    SheetBuilder sheet("effects", {"length", "ratio_a", "ratio_b", "effect", "value", "lower",
                                   "upper", "df", "t", "p", "note"});
    for (const LengthAnalysis& length : analysis.perLength) {
        for (const PairEffect& effect : length.effects) {
            const auto start = [&](const std::string& name, const std::string& whyNot) {
                sheet.row()
                    .set("length", length.length)
                    .set("ratio_a", length.cells[length.usedRatios[effect.i]].keepRatio)
                    .set("ratio_b", length.cells[length.usedRatios[effect.j]].keepRatio)
                    .set("effect", name)
                    .set("note", whyNot);
            };
            const auto fill = [&](double value, const Interval& interval,
                                  const StandardizedDifference& test) {
                sheet.set("value", value)
                    .set("lower", interval.lower)
                    .set("upper", interval.upper)
                    .set("df", test.df)
                    .set("t", test.t)
                    .setP("p", test.p);
            };
            start("Cohen's d", effect.independent.whyNot);
            if (effect.independent) {
                fill(effect.independent->d, effect.independent->dInterval, *effect.independent);
                start("Hedges' g", "");
                fill(effect.independent->g, effect.independent->gInterval, *effect.independent);
            }
            start("dz (paired by seed)", effect.paired.whyNot);
            if (effect.paired) fill(effect.paired->d, effect.paired->dInterval, *effect.paired);
        }
    }
    return sheet.take();
}

}  // namespace stats

// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_sheets.h"

#include <algorithm>
#include <stdexcept>

#include "stats/number_text.h"
#include "stats/sheet_builder.h"

namespace stats {

std::size_t Sheet::column(const std::string& title) const {
    const auto found = std::find(columns.begin(), columns.end(), title);
    if (found == columns.end()) throw std::logic_error("sheet " + name + " has no column " + title);
    return static_cast<std::size_t>(found - columns.begin());
}

Sheet cellsSheet(const GridAnalysis& analysis) {
    SheetBuilder sheet(
        "cells", {"length", "keep_ratio", "planned", "done", "failed", "missing", "mean", "sd",
                  "se", "lower", "upper", "median", "improvement_vs_baseline",
                  "improvement_vs_dense", "probability_of_best", "may_be_best"});
    const auto write = [&](const LengthAnalysis& length, const CellSummary& cell) {
        sheet.row().set("length", length.length);
        if (cell.dense) {
            sheet.set("keep_ratio", "dense");
        } else {
            sheet.set("keep_ratio", cell.keepRatio);
        }
        sheet.set("planned", static_cast<double>(cell.planned))
            .set("done", static_cast<double>(cell.done))
            .set("failed", static_cast<double>(cell.failed))
            .set("missing", static_cast<double>(cell.missing))
            .set("mean", cell.mean)
            .set("improvement_vs_baseline", cell.improvement)
            .set("improvement_vs_dense", cell.improvementOverDense);
        if (!cell.description) return;
        sheet.set("sd", cell.description->sd)
            .set("se", cell.description->standardError)
            .set("lower", cell.description->meanInterval.lower)
            .set("upper", cell.description->meanInterval.upper)
            .set("median", cell.description->median);
    };
    for (const LengthAnalysis& length : analysis.perLength) {
        std::size_t used = 0;
        for (std::size_t r = 0; r < length.cells.size(); ++r) {
            write(length, length.cells[r]);
            if (used >= length.usedRatios.size() || length.usedRatios[used] != r) continue;
            if (length.probabilityOfBest) {
                sheet.set("probability_of_best", length.probabilityOfBest->pBest[used]);
            }
            const auto& set = length.notDistinguishable;
            sheet.set("may_be_best",
                      std::find(set.begin(), set.end(), used) != set.end() ? "yes" : "no");
            ++used;
        }
        if (length.dense) write(length, *length.dense);
    }
    return sheet.take();
}

namespace {

void addLevene(SheetBuilder& sheet, double length, const std::string& method,
               const Computed<LeveneTest>& test) {
    sheet.row()
        .set("length", length)
        .set("assumption", "equal variances")
        .set("method", method)
        .set("note", test.whyNot);
    if (!test) return;
    sheet.set("n", static_cast<double>(test->n))
        .set("df1", test->df1)
        .set("df2", test->df2)
        .set("statistic_name", "F")
        .set("statistic", test->f)
        .setP("p", test->p);
}

void addVariances(SheetBuilder& sheet, const LengthAnalysis& length) {
    addLevene(sheet, length.length, "Brown-Forsythe (Levene about the median)",
              length.equalVariances);
    addLevene(sheet, length.length, "Levene about the mean", length.leveneMean);
    sheet.row()
        .set("length", length.length)
        .set("assumption", "equal variances")
        .set("method", "Bartlett (needs normal residuals)")
        .set("note", length.bartlett.whyNot);
    if (!length.bartlett) return;
    sheet.set("n", static_cast<double>(length.bartlett->n))
        .set("df1", length.bartlett->df)
        .set("statistic_name", "K2")
        .set("statistic", length.bartlett->k2)
        .setP("p", length.bartlett->p);
}

}  // namespace

Sheet assumptionsSheet(const GridAnalysis& analysis) {
    SheetBuilder sheet("assumptions", {"length", "assumption", "method", "n", "df1", "df2",
                                       "statistic_name", "statistic", "p", "note"});
    for (const LengthAnalysis& length : analysis.perLength) {
        sheet.row()
            .set("length", length.length)
            .set("assumption", "normal residuals")
            .set("method", "Shapiro-Wilk on one-way residuals")
            .set("note", length.shapiro.whyNot);
        if (length.shapiro) {
            sheet.set("n", static_cast<double>(length.shapiro->n))
                .set("statistic_name", "W")
                .set("statistic", length.shapiro->w)
                .setP("p", length.shapiro->p);
        }
        addVariances(sheet, length);
        sheet.row()
            .set("length", length.length)
            .set("assumption", "sphericity")
            .set("method", "Greenhouse-Geisser epsilon of the blocked ANOVA")
            .set("note", length.blocked.whyNot);
        if (length.blocked) {
            sheet.set("n", static_cast<double>(length.blocked->blocks))
                .set("statistic_name", "epsilon")
                .set("statistic", length.blocked->greenhouseGeisser);
        }
    }
    return sheet.take();
}

Sheet powerSheet(const GridAnalysis& analysis) {
    SheetBuilder sheet("power", {"length", "groups", "runs_per_cell", "quantity", "value", "note"});
    for (const LengthAnalysis& length : analysis.perLength) {
        const LengthPower& power = length.power;
        const std::string target = numberText(100 * analysis.options.targetPower) + " % power";
        const std::string medium = "f = " + numberText(analysis.options.mediumF);
        const auto write = [&](const std::string& quantity, const Computed<double>& value) {
            sheet.row()
                .set("length", length.length)
                .set("groups", static_cast<double>(power.groups))
                .set("runs_per_cell", static_cast<double>(power.n))
                .set("quantity", quantity)
                .set("value", value.value)
                .set("note", value.whyNot);
        };
        write("power of the one-way F test for " + medium, power.powerForMediumF);
        write("runs per cell for " + target + " at " + medium, power.runsForMediumF);
        write("smallest f detectable with " + target, power.smallestF);
        write("smallest d detectable with " + target + " (two cells)", power.smallestD);
        write("smallest dz detectable with " + target + " (paired by seed)", power.smallestDz);
    }
    return sheet.take();
}

namespace {

void addLooks(SheetBuilder& sheet, const std::string& where, const InterimLooks& looks) {
    const auto add = [&](const std::string& tests, const std::optional<InterimLook>& look) {
        if (!look) return;
        sheet.row()
            .set("id", "interim_" + where)
            .set("statement", "Interim look: runs are still missing; " + tests)
            .set("method", "alpha spending, O'Brien-Fleming type, two-sided")
            .set("statistic_name", "z boundary")
            .set("statistic", look->z)
            .set("significant_below", look->nominalP)
            .set("sentence", "Information fraction " + numberText(look->informationFraction) + ".");
    };
    add("tests of all runs", looks.runs);
    add("tests with seed as block", looks.blocks);
}

}  // namespace

Sheet hypothesesSheet(const GridAnalysis& analysis) {
    SheetBuilder sheet("hypotheses", {"id", "statement", "verdict", "method", "n", "df",
                                      "statistic_name", "statistic", "p", "significant_below",
                                      "estimate", "lower", "upper", "sentence"});
    for (const Verdict& verdict : analysis.verdicts) {
        sheet.row()
            .set("id", verdict.id)
            .set("statement", verdict.statement)
            .set("verdict", toText(verdict.state))
            .set("method", verdict.method)
            .set("n", static_cast<double>(verdict.n))
            .set("df", verdict.df)
            .set("statistic_name", verdict.statisticName)
            .set("statistic", verdict.statistic)
            .set("significant_below", verdict.level)
            .set("estimate", verdict.estimate)
            .set("sentence", verdict.sentence);
        if (verdict.p) sheet.setP("p", *verdict.p);
        if (verdict.interval) {
            sheet.set("lower", verdict.interval->lower).set("upper", verdict.interval->upper);
        }
    }
    const Computed<Page>& page = analysis.trend.page;
    sheet.row()
        .set("id", "page")
        .set("statement", "The best keep ratio falls as the sequence grows")
        .set("method", "Page's trend test on the best ratio per seed")
        .set("n", static_cast<double>(analysis.trend.seeds.size()))
        .set("sentence", page.whyNot);
    if (page) {
        sheet.set("statistic_name", "L").set("statistic", page->l);
        sheet.setP("p", page->pExact ? *page->pExact : page->pAsymptotic);
        sheet.set("sentence", page->pExact ? "exact" : "asymptotic");
    }
    addLooks(sheet, "grid", analysis.looks);
    for (const LengthAnalysis& length : analysis.perLength)
        addLooks(sheet, "L" + numberText(length.length), length.looks);
    return sheet.take();
}

std::vector<Sheet> exportSheets(const GridAnalysis& analysis) {
    return {anovaSheet(analysis),       pairwiseSheet(analysis), effectsSheet(analysis),
            assumptionsSheet(analysis), powerSheet(analysis),    hypothesesSheet(analysis)};
}

}  // namespace stats

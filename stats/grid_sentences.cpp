// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_sentences.h"

#include "stats/number_text.h"

namespace stats {
namespace {

std::string ratioText(const LengthAnalysis& analysis, std::size_t used) {
    return numberText(analysis.cells[analysis.usedRatios[used]].keepRatio);
}

std::string fText(double f, double df1, double df2, double p) {
    return "F(" + numberText(df1) + ", " + numberText(df2) + ") = " + numberText(f) + ", " +
           pText(p);
}

std::string countText(const LengthAnalysis& analysis) {
    std::size_t planned = 0;
    std::size_t done = 0;
    std::size_t failed = 0;
    for (const CellSummary& cell : analysis.cells) {
        planned += cell.planned;
        done += cell.done;
        failed += cell.failed;
    }
    std::string text = std::to_string(done) + " of " + std::to_string(planned) + " runs finished";
    if (failed > 0) text += ", " + std::to_string(failed) + " failed";
    return text + ", " + std::to_string(analysis.blockSeeds.size()) + " seeds complete";
}

std::string bestText(const LengthAnalysis& analysis) {
    const std::size_t best = *analysis.best;
    const std::string mean = numberText(*analysis.cells[analysis.usedRatios[best]].mean);
    if (analysis.usedRatios.size() < 2) {
        return "Only k/L = " + ratioText(analysis, best) + " has finished runs, mean loss " + mean +
               " nats.";
    }
    std::string others;
    for (const std::size_t u : analysis.notDistinguishable) {
        if (u != best) others += (others.empty() ? "" : ", ") + ratioText(analysis, u);
    }
    std::string text =
        "The smallest mean loss, " + mean + " nats, is at k/L = " + ratioText(analysis, best);
    text += others.empty() ? "; every other ratio is distinguishable from it"
                           : "; not distinguishable from it: " + others;
    return text + " (" + analysis.bestSetMethod + ").";
}

}  // namespace

std::string lengthSentence(const LengthAnalysis& analysis, double level) {
    std::string text = "L = " + numberText(analysis.length) + " (" + countText(analysis) + "): ";
    if (!analysis.best) return text + "no run has finished.";
    const auto conclude = [&](double p, const std::string& detail) {
        text += p < level ? "the keep ratios differ" : "the keep ratios are not distinguishable";
        text += " (" + detail + "). ";
    };
    if (analysis.blocked) {
        const BlockAnova& anova = *analysis.blocked;
        std::string detail = "blocked ANOVA " +
                             fText(anova.f, anova.dfCells, anova.dfError, anova.p) +
                             ", Greenhouse-Geisser " + pText(anova.pGreenhouseGeisser);
        if (analysis.friedmanExact) {
            detail += ", Friedman exact " + pText(analysis.friedmanExact->p);
        } else if (analysis.friedman) {
            detail += ", Friedman asymptotic " + pText(analysis.friedman->p);
        }
        conclude(anova.p, detail);
    } else if (analysis.oneWay) {
        const OneWayAnova& anova = *analysis.oneWay;
        conclude(anova.p, "one-way ANOVA " +
                              fText(anova.f, anova.dfBetween, anova.dfWithin, anova.p) +
                              "; no blocked analysis: " + analysis.blocked.whyNot);
    } else {
        text += "the ratios cannot be compared (" + analysis.oneWay.whyNot + "). ";
    }
    return text + bestText(analysis);
}

std::string interactionSentence(const GridAnalysis& analysis, double level) {
    const Computed<FactorialAnova>& anova =
        analysis.twoWayBlocked ? analysis.twoWayBlocked : analysis.twoWayMarginal;
    if (!anova) return "Length and ratio cannot be analysed together: " + anova.whyNot + ".";
    const FactorialEffect& interaction = anova->effects.back();
    const std::string detail =
        std::string(analysis.twoWayBlocked ? "blocked two-way ANOVA " : "two-way ANOVA ") +
        fText(interaction.f, interaction.df, interaction.dfError, interaction.p);
    return interaction.p < level
               ? "The effect of the keep ratio depends on the length (interaction, " + detail + ")."
               : "Whether the effect of the keep ratio depends on the length is not "
                 "distinguishable "
                 "from chance (interaction, " +
                     detail + ").";
}

}  // namespace stats

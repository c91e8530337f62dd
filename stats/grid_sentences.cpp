// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_sentences.h"

#include "stats/number_text.h"

namespace stats {
namespace {

std::string ratioText(const LengthAnalysis& analysis, std::size_t used) {
    return numberText(analysis.cells[analysis.usedRatios[used]].keepRatio);
}

std::string fText(double f, double df1, double df2, double p) {
    return "F(" + briefText(df1) + ", " + briefText(df2) + ") = " + briefText(f) + ", " + pText(p);
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

/// "; interim look ..." or nothing.
std::string lookText(const std::optional<InterimLook>& look) {
    return look ? "; " + interimText(*look) : std::string();
}

/// "L 64 0.0121 (seed as block 0.00305)".
std::string boundaryText(const std::string& where, const InterimLooks& looks) {
    const std::string runs = pValueText(looks.runs->nominalP);
    const std::string blocks = pValueText(looks.blocks->nominalP);
    return where + ' ' + runs + (runs == blocks ? "" : " (seed as block " + blocks + ")");
}

std::string bestText(const LengthAnalysis& analysis) {
    const std::size_t best = *analysis.best;
    const std::string mean = fixedText(*analysis.cells[analysis.usedRatios[best]].mean, 4);
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
    return text + " (" + analysis.bestSetMethod +
           (analysis.looks.runs ? ", at this look's boundary)." : ").");
}

}  // namespace

std::string lengthSentence(const LengthAnalysis& analysis) {
    std::string text = "L = " + numberText(analysis.length) + " (" + countText(analysis);
    text += lookText(analysis.blocked ? analysis.looks.blocks : analysis.looks.runs) + "): ";
    if (!analysis.best) return text + "no run has finished.";
    const auto conclude = [&](double p, double level, const std::string& detail) {
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
        conclude(anova.p, analysis.blockedLevel, detail);
    } else if (analysis.oneWay) {
        const OneWayAnova& anova = *analysis.oneWay;
        conclude(anova.p, analysis.level,
                 "one-way ANOVA " + fText(anova.f, anova.dfBetween, anova.dfWithin, anova.p) +
                     "; no blocked analysis: " + analysis.blocked.whyNot);
    } else {
        text += "the ratios cannot be compared (" + analysis.oneWay.whyNot + "). ";
    }
    return text + bestText(analysis);
}

std::string interactionSentence(const GridAnalysis& analysis) {
    const Computed<FactorialAnova>& anova =
        analysis.twoWayBlocked ? analysis.twoWayBlocked : analysis.twoWayMarginal;
    if (!anova) return "Length and ratio cannot be analysed together: " + anova.whyNot + ".";
    const FactorialEffect& interaction = anova->effects.back();
    const double level = analysis.twoWayBlocked ? analysis.blockedLevel : analysis.level;
    const std::string detail =
        std::string(analysis.twoWayBlocked ? "blocked two-way ANOVA " : "two-way ANOVA ") +
        fText(interaction.f, interaction.df, interaction.dfError, interaction.p) +
        lookText(analysis.twoWayBlocked ? analysis.looks.blocks : analysis.looks.runs);
    return interaction.p < level
               ? "The effect of the keep ratio depends on the length (interaction, " + detail + ")."
               : "Whether the effect of the keep ratio depends on the length is not "
                 "distinguishable "
                 "from chance (interaction, " +
                     detail + ").";
}

std::string interimSentence(const GridAnalysis& analysis) {
    if (!analysis.interim) return {};
    std::string text = shareText(*analysis.interim) +
                       " of the planned runs are finished, so this is an interim look: a p value "
                       "counts only below its O'Brien-Fleming boundary, ";
    for (const LengthAnalysis& length : analysis.perLength) {
        const std::string where = "L " + numberText(length.length);
        if (length.looks.runs)
            text += boundaryText(where, length.looks) + ", ";
        else if (length.best)
            text += where + " " + numberText(length.level) + " (all done), ";
    }
    return text + boundaryText("the whole grid", analysis.looks) + "; once all are done below " +
           numberText(analysis.options.alpha) + ".";
}

}  // namespace stats

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "app/report_parts.h"
#include "app/results_sheet.h"
#include "app/text.h"
#include "stats/number_text.h"

namespace app {
namespace {

using runs::RunStatus;
using stats::LengthAnalysis;

std::string stateText(const ReportInput& input) {
    const std::size_t done = input.table.count(RunStatus::Done);
    const std::size_t failed =
        input.table.count(RunStatus::Failed) + input.table.count(RunStatus::Damaged);
    std::string text =
        fmt::format("{} of {} finished", done, countText(input.table.planned(), "planned run"));
    if (failed > 0) text += fmt::format(", {} failed", failed);
    if (const std::size_t diverged = input.table.count(RunStatus::Diverged); diverged > 0)
        text += fmt::format(", {} diverged", diverged);
    return text + ".";
}

void addInterim(Document& document, const stats::GridAnalysis& analysis) {
    if (!analysis.interim) return;
    document.add(Remark{"Interim report: " + analysis.interimSentence +
                        " What is written here can still change."});
}

/// The answer for one length, in one sentence that the tests bear out.
std::string insight(const LengthAnalysis& length) {
    const std::string where = "L = " + stats::numberText(length.length) + ": ";
    if (!length.best) return where + "no run has finished.";
    const stats::CellSummary& best = length.cells[length.usedRatios[*length.best]];
    const auto tokens = static_cast<std::int64_t>(length.length);
    const std::string ratio = fmt::format("k/L = {} (k = {})", stats::numberText(best.keepRatio),
                                          experiment::keepCount(tokens, best.keepRatio));
    const std::string loss = fixedText(*best.mean, 4) + " nats/token";
    if (length.usedRatios.size() < 2)
        return where + "only " + ratio + " has finished runs (" + loss +
               "), so there is nothing to compare it with.";
    const std::string others = notDistinguishableText(length);
    if (others.empty())
        return where + ratio + " is best (" + loss +
               "): every other finished ratio is distinguishable from it.";
    const std::size_t smallest =
        *std::min_element(length.notDistinguishable.begin(), length.notDistinguishable.end());
    std::string text = where + "undecided. " + ratio + " has the smallest mean loss (" + loss +
                       "), but " + others + " cannot be told from it.";
    if (smallest != *length.best) {
        const double kept = length.cells[length.usedRatios[smallest]].keepRatio;
        text += fmt::format(" The smallest ratio among them is {} (k = {}).",
                            stats::numberText(kept), experiment::keepCount(tokens, kept));
    }
    return text;
}

void addSummary(Document& document, const ReportInput& input) {
    document.add(Heading{2, "In short"});
    document.paragraph(
        "The question: which share k/L of the visible tokens should DeepSeek sparse attention keep "
        "at each sequence length L? " +
        stateText(input));
    if (input.analysis == nullptr) {
        document.paragraph("No run has finished yet, so there is nothing to report.");
        return;
    }
    addInterim(document, *input.analysis);
    Bullets bullets;
    for (const LengthAnalysis& length : input.analysis->perLength)
        bullets.items.push_back(insight(length));
    for (const stats::Verdict& verdict : input.analysis->verdicts) {
        if (verdict.id == "falling")
            bullets.items.push_back(verdict.statement + "? " + verdict.sentence);
    }
    document.add(std::move(bullets));
}

}  // namespace

std::string placeText(const runs::CellOutcome& cell) {
    std::string text = fmt::format("L = {}, ", cell.length);
    if (cell.attention == experiment::AttentionKind::Dense) return text + "dense";
    return text + fmt::format("k/L = {}", cell.keepRatio);
}

std::string countText(std::size_t count, const std::string& what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string listText(const std::vector<std::string>& items) {
    std::string text;
    for (std::size_t at = 0; at < items.size(); ++at) {
        if (at > 0) text += at + 1 == items.size() ? " and " : ", ";
        text += items[at];
    }
    return text;
}

Document report(const ReportInput& input) {
    Document document;
    document.add(Heading{1, input.settings.name + ": optimal keep ratio by sequence length"});
    addSummary(document, input);
    if (input.analysis != nullptr) {
        addResults(document, input);
        addFindings(document, input);
    }
    addLimits(document, input);
    addMethods(document, input);
    return document;
}

}  // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/added_runs.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "engine/experiment/nearest_name.h"
#include "engine/experiment/range_text.h"

namespace experiment {
namespace {

constexpr std::string_view kDense = "dense";

/// The whole text as a number.
template <class Number>
std::optional<Number> number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

template <class Value>
bool isIn(const std::vector<Value>& levels, Value level) {
    return std::find(levels.begin(), levels.end(), level) != levels.end();
}

engine::Error wrong(const std::string& entry, const std::string& why) {
    return {engine::ErrorKind::Usage, inQuotes(entry) + " " + why};
}

engine::Result<RunSpec> runOf(const std::string& entry, const GridSettings& grid) {
    const std::string_view text = entry;
    const std::size_t first = text.find(':');
    const std::size_t second = first == std::string_view::npos ? first : text.find(':', first + 1);
    const std::string form = "is not of the form L:k/L:seed, as in 64:0.5:45 or 64:dense:45";
    if (second == std::string_view::npos) return wrong(entry, form);
    const auto length = number<std::int64_t>(text.substr(0, first));
    const std::string_view ratioText = text.substr(first + 1, second - first - 1);
    const bool dense = ratioText == kDense;
    const auto ratio = dense ? std::optional(1.0) : number<double>(ratioText);
    const auto seed = number<std::int64_t>(text.substr(second + 1));
    if (!length || !ratio || !seed || *seed < 0) return wrong(entry, form);
    const std::string remedy = "; name it with the grid's own flag first";
    if (!isIn(grid.lengths, *length))
        return wrong(entry, "has a length that is not in the grid" + remedy + " (--lengths)");
    if (!dense && !isIn(grid.keepRatios, *ratio))
        return wrong(entry, "has a keep ratio that is not in the grid" + remedy + " (--ratios)");
    if (dense && !grid.denseReference)
        return wrong(entry, "is of a dense reference, which the grid has not" + remedy +
                                " (--dense-reference)");
    return RunSpec{.length = *length,
                   .keepRatio = *ratio,
                   .keep = dense ? *length : keepCount(*length, *ratio),
                   .attention = dense ? AttentionKind::Dense : AttentionKind::Sparse,
                   .selector = grid.selector,
                   .seed = *seed};
}

}  // namespace

std::vector<std::string> addedRunNames(std::span<const RunSpec> runs, const GridSettings& grid) {
    std::vector<std::string> names;
    for (const RunSpec& run : runs) {
        if (run.selector != grid.selector || run.learningRateFactor != 1.0) continue;
        const bool dense = run.attention == AttentionKind::Dense;
        names.push_back(std::to_string(run.length) + ":" +
                        (dense ? std::string(kDense) : shortest(run.keepRatio)) + ":" +
                        std::to_string(run.seed));
    }
    return names;
}

engine::Result<std::vector<RunSpec>> addedRuns(std::span<const std::string> names,
                                               const GridSettings& grid) {
    std::vector<RunSpec> runs;
    for (const std::string& entry : names) {
        auto run = runOf(entry, grid);
        if (!run) return run.error();
        runs.push_back(*run);
    }
    return runs;
}

}  // namespace experiment

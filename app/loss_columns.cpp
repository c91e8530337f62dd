// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/loss_columns.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

#include "app/text.h"
#include "engine/experiment/nearest_name.h"

namespace app {
namespace {

using engine::Error;
using engine::ErrorKind;
using experiment::inQuotes;

constexpr std::string_view kDroppedPrefix = "1-";

std::string* fieldNamed(std::string_view role, ColumnNames& names) {
    if (role == "length") return &names.length;
    if (role == "ratio") return &names.ratio;
    if (role == "seed") return &names.seed;
    if (role == "loss") return &names.loss;
    return nullptr;
}

std::string asWritten(const std::string& text) {
    return text;
}

bool isNumber(const std::string& text) {
    double value = 0;
    const char* end = text.data() + text.size();
    return !text.empty() && std::from_chars(text.data(), end, value).ptr == end;
}

Error noColumn(const std::vector<std::string>& header, const std::string& name) {
    if (std::all_of(header.begin(), header.end(), isNumber)) {
        return {ErrorKind::Data,
                "the first line holds numbers only; add a header line such as "
                "length,ratio,seed,loss"};
    }
    std::string have;
    for (const std::string& column : header) have += (have.empty() ? "" : ",") + column;
    const std::string hint = header.size() == 1
                                 ? "separate the columns by comma, semicolon or tab"
                                 : "name them, as in --columns length=L,ratio=r,seed=run,loss=val";
    return {ErrorKind::Data, "there is no column " + inQuotes(name) + " in the header line " +
                                 inQuotes(have) + "; " + hint};
}

/// The place of the column of this name; nothing if there is none.
engine::Result<std::optional<std::size_t>> placeOf(const std::vector<std::string>& header,
                                                   const std::string& name) {
    for (const auto spelled : {&asWritten, &lowerCase}) {
        const auto isIt = [&](const std::string& column) {
            return spelled(column) == spelled(name);
        };
        const auto found = std::find_if(header.begin(), header.end(), isIt);
        if (found == header.end()) continue;
        if (std::find_if(found + 1, header.end(), isIt) != header.end()) {
            return Error{ErrorKind::Data,
                         "two columns are called " + inQuotes(*found) + "; rename one of them"};
        }
        return std::optional<std::size_t>(static_cast<std::size_t>(found - header.begin()));
    }
    return std::optional<std::size_t>();
}

/// The column that was asked for, else the first of the usual names that the header holds.
engine::Result<std::size_t> requiredPlace(const std::vector<std::string>& header,
                                          const std::string& asked,
                                          std::initializer_list<const char*> usual) {
    const std::vector<std::string> names =
        asked.empty() ? std::vector<std::string>(usual.begin(), usual.end())
                      : std::vector<std::string>{asked};
    for (const std::string& name : names) {
        const auto place = placeOf(header, name);
        if (!place) return place.error();
        if (*place) return **place;
    }
    return noColumn(header, names.front());
}

}  // namespace

engine::Result<ColumnNames> parseColumnNames(std::string_view text) {
    ColumnNames names;
    while (!text.empty()) {
        const std::string_view item = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), item.size() + 1));
        const auto equals = item.find('=');
        std::string* field = fieldNamed(item.substr(0, equals), names);
        if (field == nullptr || equals == std::string_view::npos || equals + 1 == item.size()) {
            return Error{
                ErrorKind::Usage,
                inQuotes(item) +
                    " is not one of length=NAME, ratio=NAME (or ratio=1-NAME for the share "
                    "dropped), seed=NAME, loss=NAME"};
        }
        if (!field->empty()) {
            return Error{ErrorKind::Usage,
                         inQuotes(item) + " names that column a second time; give it once"};
        }
        *field = item.substr(equals + 1);
    }
    return names;
}

engine::Result<ColumnPlaces> findColumns(const std::vector<std::string>& header,
                                         const ColumnNames& names) {
    ColumnPlaces places;
    places.count = header.size();
    std::string ratio = names.ratio;
    if (ratio.starts_with(kDroppedPrefix)) {
        places.ratioHolds = RatioColumn::Dropped;
        ratio.erase(0, kDroppedPrefix.size());
    }
    const auto length =
        requiredPlace(header, names.length, {"length", "L", "sequence_length", "seq_len"});
    if (!length) return length.error();
    const auto share = requiredPlace(header, ratio, {"ratio", "keep_ratio", "k/L"});
    if (!share) return share.error();
    const auto seed = requiredPlace(header, names.seed, {"seed", "run"});
    if (!seed) return seed.error();
    const auto loss = requiredPlace(header, names.loss,
                                    {"loss", "final_val_loss", "val_loss", "validation_loss"});
    if (!loss) return loss.error();
    places.length = *length;
    places.ratio = *share;
    places.seed = *seed;
    places.loss = *loss;
    const std::array used{places.length, places.ratio, places.seed, places.loss};
    for (std::size_t i = 0; i < used.size(); ++i) {
        if (std::find(used.begin(), used.begin() + static_cast<std::ptrdiff_t>(i), used[i]) ==
            used.begin() + static_cast<std::ptrdiff_t>(i)) {
            continue;
        }
        return Error{ErrorKind::Data, "the column " + inQuotes(header[used[i]]) +
                                          " is named for two things; length, ratio, seed and loss "
                                          "need a column each"};
    }
    const auto status = placeOf(header, "status");
    if (!status) return status.error();
    places.status = *status;
    const auto attention = placeOf(header, "attention");
    if (!attention) return attention.error();
    places.attention = *attention;
    return places;
}

}  // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace stats {

/// A result, or in words why there is none (too few runs, no variance, ...).
template <typename T>
struct Computed {
    std::optional<T> value;
    std::string whyNot;  ///< empty where there is a value

    explicit operator bool() const { return value.has_value(); }
    const T& operator*() const { return *value; }
    const T* operator->() const { return &*value; }
};

/// Runs the function; its refusal (std::domain_error) becomes the reason.
template <typename Function>
auto computed(Function function) -> Computed<decltype(function())> {
    try {
        return {function(), {}};
    } catch (const std::domain_error& refusal) {
        return {std::nullopt, refusal.what()};
    }
}

}  // namespace stats

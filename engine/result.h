// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace engine {

/// What went wrong, as far as the caller must act differently. exitCode() maps it to the process.
enum class ErrorKind {
    Usage,        ///< settings or arguments: exit 2
    Data,         ///< corpus, or some runs failed: exit 3
    OutOfMemory,  ///< device memory: exit 4
    Diverged,     ///< loss not finite or exploded: exit 5
    Io,           ///< could not be read, saved or synced: exit 74
    Stopped,      ///< saved and can continue: exit 75
    Superseded,   ///< another writer owns the run now: exit 76
    Interrupted,  ///< SIGINT after a checkpoint: exit 130
};

/// One sentence that names the thing, the value and the remedy.
struct Error {
    ErrorKind kind = ErrorKind::Usage;
    std::string message;
};

int exitCode(ErrorKind kind);

/// std::expected's member names, because the compiler of Debian 12 lacks it.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }
    T& value() & { return checked(*this); }
    const T& value() const& { return checked(*this); }
    T&& value() && { return std::move(checked(*this)); }
    T& operator*() { return checked(*this); }
    const T& operator*() const { return checked(*this); }
    T* operator->() { return &checked(*this); }
    const T* operator->() const { return &checked(*this); }
    const Error& error() const { return std::get<1>(m_state); }

private:
    template <class Self>
    static auto& checked(Self& self) {
        if (!self.has_value())
            throw std::logic_error("Result holds an error: " + self.error().message);
        return std::get<0>(self.m_state);
    }
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_ok(false) {}
    bool has_value() const { return m_ok; }
    explicit operator bool() const { return m_ok; }
    const Error& error() const { return m_error; }

private:
    Error m_error;
    bool m_ok = true;
};

}  // namespace engine

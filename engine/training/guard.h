// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <c10/util/Exception.h>

#include <new>
#include <string>
#include <type_traits>

#include "engine/result.h"

namespace training {

/// Runs `work` and turns what LibTorch throws into an Error: the one place where its exceptions are
/// caught. `what` names the thing that was being done.
template <class Work>
auto guarded(const std::string& what, Work&& work) -> engine::Result<std::invoke_result_t<Work>> {
    using engine::Error;
    using engine::ErrorKind;
    try {
        return work();
    } catch (const c10::OutOfMemoryError& error) {
        return Error{ErrorKind::OutOfMemory,
                     what +
                         ": the device has too little memory; train fewer runs together or "
                         "a smaller batch (" +
                         error.what_without_backtrace() + ")"};
    } catch (const std::bad_alloc&) {
        return Error{
            ErrorKind::OutOfMemory,
            what + ": the machine has too little memory; use fewer lanes or a smaller batch"};
    } catch (const c10::Error& error) {
        return Error{ErrorKind::Data, what + ": " + error.what_without_backtrace()};
    }
}

}  // namespace training

# SPDX-License-Identifier: GPL-3.0-or-later
# Warnings for our own targets; third-party headers come in as SYSTEM.
function(sparsity_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
  if(SPARSITY_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/embedded.h"

// The assembler reads the file, so the compiler never parses a megabyte of literals.
__asm__(
    ".pushsection .rodata\n"
    ".balign 16\n"
    ".hidden sparsityTinyShakespeareBegin\n"
    ".hidden sparsityTinyShakespeareEnd\n"
    ".global sparsityTinyShakespeareBegin\n"
    ".global sparsityTinyShakespeareEnd\n"
    "sparsityTinyShakespeareBegin:\n"
    ".incbin \"" SPARSITY_TINYSHAKESPEARE
    "\"\n"
    "sparsityTinyShakespeareEnd:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" {
[[gnu::visibility("hidden")]] extern const std::uint8_t sparsityTinyShakespeareBegin[];
[[gnu::visibility("hidden")]] extern const std::uint8_t sparsityTinyShakespeareEnd[];
}

namespace resources {

std::span<const std::uint8_t> tinyShakespeare() {
    return {sparsityTinyShakespeareBegin, sparsityTinyShakespeareEnd};
}

}  // namespace resources

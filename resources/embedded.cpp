// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/embedded.h"

// The assembler reads the files, so the compiler never parses a megabyte of literals.
// clang-format off
#define SPARSITY_EMBED(symbol, file)                                         \
    __asm__(                                                                 \
        ".pushsection .rodata\n"                                             \
        ".balign 16\n"                                                       \
        ".hidden " #symbol "Begin\n"                                         \
        ".hidden " #symbol "End\n"                                           \
        ".global " #symbol "Begin\n"                                         \
        ".global " #symbol "End\n"                                           \
        #symbol "Begin:\n"                                                   \
        ".incbin \"" file "\"\n"                                             \
        #symbol "End:\n"                                                     \
        ".byte 0\n"                                                          \
        ".popsection\n");                                                    \
    extern "C" {                                                             \
    [[gnu::visibility("hidden")]] extern const std::uint8_t symbol##Begin[]; \
    [[gnu::visibility("hidden")]] extern const std::uint8_t symbol##End[];   \
    }
// clang-format on

SPARSITY_EMBED(sparsityTinyShakespeare, SPARSITY_RESOURCES "/tinyshakespeare.txt")
SPARSITY_EMBED(sparsityExample, SPARSITY_RESOURCES "/example.tar")

namespace resources {

std::span<const std::uint8_t> tinyShakespeare() {
    return {sparsityTinyShakespeareBegin, sparsityTinyShakespeareEnd};
}

std::span<const std::uint8_t> exampleExperiment() {
    return {sparsityExampleBegin, sparsityExampleEnd};
}

}  // namespace resources

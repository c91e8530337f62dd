// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "app/version.h"

int main() {
    std::printf("sparsity-workbench %s\n", app::version());
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/version.h"

namespace app {

const char* version() {
    return SPARSITY_VERSION;
}

}  // namespace app

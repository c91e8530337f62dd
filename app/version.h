// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace app {

/// The program's version as CMake names it, "0.1.0".
const char* version();

}  // namespace app

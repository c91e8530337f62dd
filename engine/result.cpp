// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/result.h"

namespace engine {

int exitCode(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::Usage: return 2;
        case ErrorKind::Data: return 3;
        case ErrorKind::OutOfMemory: return 4;
        case ErrorKind::Diverged: return 5;
        case ErrorKind::Io: return 74;
        case ErrorKind::Stopped: return 75;
        case ErrorKind::Superseded: return 76;
        case ErrorKind::Interrupted: return 130;
    }
    return 2;
}

}  // namespace engine

// SPDX-License-Identifier: GPL-3.0-or-later
#include <malloc.h>

#include "engine/training/cohort_trainer.h"

namespace training {

void prepareProcess() {
    // glibc maps tensors above 32 MiB anew at each use and returns them; keep the pages instead.
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 2147483647);
}

}  // namespace training

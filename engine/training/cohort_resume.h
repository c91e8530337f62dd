// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "engine/training/cohort_member.h"

namespace training {

/// Runs that train together, and the states that they start from.
struct CohortGroup {
    std::vector<CohortMember> members;  // in stacking order
    std::int64_t step = 0;
    std::vector<RunState> states;  // as members; empty at step 0
};

/// Splits claimed runs into groups that resume exactly: runs whose checkpoints were stacked
/// together and share a step continue together; fresh runs start together; a straggler continues
/// alone from its own checkpoint. A finished partner of a stack is loaded as well, without a
/// writer, so that the stack is the same. Damaged checkpoints are renamed and reported to the
/// inbox; an older one is used instead.
std::vector<CohortGroup> planGroups(const LaneContext& context, std::vector<CohortMember> members);

/// Runs that this run's newest checkpoint was stacked with, itself included; empty without one.
std::vector<runs::RunId> checkpointPartners(const std::filesystem::path& runsFolder,
                                            const runs::RunId& id);

}  // namespace training

// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/cohort_resume.h"

#include <algorithm>
#include <utility>

namespace training {
namespace {

using runs::CheckpointInfo;
using runs::RunId;

/// A run that waits for its group, with the checkpoints that can be read.
struct Candidate {
    CohortMember member;
    std::vector<CheckpointInfo> checkpoints;
};

const CheckpointInfo* at(const Candidate& candidate, std::int64_t step,
                         const std::vector<RunId>& cohort) {
    for (const CheckpointInfo& info : candidate.checkpoints) {
        if (info.step == step && info.cohort == cohort && info.withMoments) return &info;
    }
    return nullptr;
}

void report(const LaneContext& context, const RunId& id, const std::string& text) {
    context.inbox->push(runs::Message{runs::Severity::Warning, text, id});
}

/// The checkpoint of the first candidate that the most others share; the newest among equals.
const CheckpointInfo& anchorOf(const std::vector<Candidate>& candidates) {
    const CheckpointInfo* best = nullptr;
    std::size_t most = 0;
    for (const CheckpointInfo& info : candidates.front().checkpoints) {
        const auto sharing = static_cast<std::size_t>(
            std::count_if(candidates.begin(), candidates.end(), [&info](const Candidate& other) {
                return at(other, info.step, info.cohort) != nullptr;
            }));
        if (sharing > most) {
            most = sharing;
            best = &info;
        }
    }
    return *best;
}

/// Loads a member's state. A damaged file is set aside and named; nullopt then.
std::optional<RunState> loadState(const LaneContext& context, const RunId& id,
                                  const CheckpointInfo& info, runs::RunProgress& progress) {
    const std::filesystem::path folder = context.runsFolder / id;
    engine::Result<runs::Checkpoint> checkpoint = runs::loadCheckpoint(folder, info.generation);
    if (checkpoint && checkpoint->info.step == info.step) {
        progress = std::move(checkpoint->info.progress);
        return std::move(checkpoint->state);
    }
    report(
        context, id,
        checkpoint ? folder.string() + " changed while it was read." : checkpoint.error().message);
    runs::discardCheckpoint(folder, info.generation);
    return std::nullopt;
}

/// Finished runs of the stack, loaded beside the unfinished ones.
void addFinishedPartners(const LaneContext& context, const std::vector<RunId>& cohort,
                         CohortGroup& group) {
    for (const RunId& id : cohort) {
        const auto known = [&id](const CohortMember& member) { return member.item.id == id; };
        if (std::any_of(group.members.begin(), group.members.end(), known)) continue;
        const std::filesystem::path folder = context.runsFolder / id;
        if (runs::readRunFolder(folder).status != runs::RunStatus::Done) continue;
        const engine::Result<runs::RunDescription> description = runs::readDescription(folder);
        if (!description) continue;
        std::vector<std::string> complaints;
        for (const CheckpointInfo& info : runs::readCheckpoints(folder, complaints)) {
            if (info.step != group.step || info.cohort != cohort || !info.withMoments) continue;
            engine::Result<runs::Checkpoint> checkpoint =
                runs::loadCheckpoint(folder, info.generation);
            if (!checkpoint) break;
            CohortMember partner;
            partner.item = {
                .id = id, .spec = description->spec, .totalSteps = description->totalSteps};
            group.members.push_back(std::move(partner));
            group.states.push_back(std::move(checkpoint->state));
            break;
        }
    }
}

void sortByStack(const std::vector<RunId>& cohort, CohortGroup& group) {
    CohortGroup sorted;
    sorted.step = group.step;
    for (const RunId& id : cohort) {
        for (std::size_t i = 0; i < group.members.size(); ++i) {
            if (group.members[i].item.id != id) continue;
            sorted.members.push_back(std::move(group.members[i]));
            sorted.states.push_back(std::move(group.states[i]));
            break;
        }
    }
    group = std::move(sorted);
}

/// The group of the first candidate's best checkpoint; nullopt if a damaged file was found: look
/// again.
std::optional<CohortGroup> takeResumable(const LaneContext& context,
                                         std::vector<Candidate>& candidates) {
    const CheckpointInfo anchor = anchorOf(candidates);
    CohortGroup group;
    group.step = anchor.step;
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const CheckpointInfo* info = at(candidates[i], anchor.step, anchor.cohort);
        if (info == nullptr) continue;
        std::optional<RunState> state =
            loadState(context, candidates[i].member.item.id, *info, candidates[i].member.progress);
        if (!state) return std::nullopt;
        chosen.push_back(i);
        group.states.push_back(std::move(*state));
    }
    for (const std::size_t i : chosen) {
        // What is newer than the common step goes, so that both generations stay steps that all
        // runs have saved.
        const CheckpointInfo* info = at(candidates[i], anchor.step, anchor.cohort);
        if (info->generation == runs::Generation::Previous) {
            runs::adoptPreviousCheckpoint(context.runsFolder / candidates[i].member.item.id);
        }
    }
    for (auto place = chosen.rbegin(); place != chosen.rend(); ++place) {
        group.members.insert(group.members.begin(), std::move(candidates[*place].member));
        candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(*place));
    }
    addFinishedPartners(context, anchor.cohort, group);
    sortByStack(anchor.cohort, group);
    return group;
}

void readCandidate(const LaneContext& context, Candidate& candidate) {
    std::vector<std::string> complaints;
    candidate.checkpoints =
        runs::readCheckpoints(context.runsFolder / candidate.member.item.id, complaints);
    std::erase_if(candidate.checkpoints,
                  [](const CheckpointInfo& info) { return !info.withMoments; });
    for (const std::string& complaint : complaints)
        report(context, candidate.member.item.id, complaint);
}

/// A stack that died during its first save: the step that all its runs have is 0.
void restartBrokenStacks(const LaneContext& context, std::vector<Candidate>& candidates) {
    std::vector<RunId> without;
    for (const Candidate& candidate : candidates) {
        if (candidate.checkpoints.empty()) without.push_back(candidate.member.item.id);
    }
    for (Candidate& candidate : candidates) {
        if (candidate.checkpoints.size() != 1 || candidate.checkpoints.front().progress.saves != 1)
            continue;
        const std::vector<RunId>& cohort = candidate.checkpoints.front().cohort;
        if (std::find_first_of(cohort.begin(), cohort.end(), without.begin(), without.end()) ==
            cohort.end())
            continue;
        runs::removeCheckpoints(context.runsFolder / candidate.member.item.id);
        candidate.checkpoints.clear();
    }
}

}  // namespace

std::vector<CohortGroup> planGroups(const LaneContext& context, std::vector<CohortMember> members) {
    std::vector<CohortGroup> groups;
    CohortGroup fresh;
    std::vector<Candidate> resumable;
    for (CohortMember& member : members) resumable.push_back({std::move(member), {}});
    do {
        std::vector<Candidate> candidates = std::exchange(resumable, {});
        for (Candidate& candidate : candidates) readCandidate(context, candidate);
        restartBrokenStacks(context, candidates);
        for (Candidate& candidate : candidates) {
            if (!candidate.checkpoints.empty()) {
                resumable.push_back(std::move(candidate));
                continue;
            }
            candidate.member.progress = {};
            fresh.members.push_back(std::move(candidate.member));
        }
        bool sound = true;
        while (sound && !resumable.empty()) {
            std::optional<CohortGroup> group = takeResumable(context, resumable);
            sound = group.has_value();
            if (group) groups.push_back(std::move(*group));
        }
    } while (!resumable.empty());
    if (!fresh.members.empty()) groups.push_back(std::move(fresh));
    return groups;
}

std::vector<RunId> checkpointPartners(const std::filesystem::path& runsFolder, const RunId& id) {
    std::vector<std::string> complaints;
    const std::vector<CheckpointInfo> checkpoints =
        runs::readCheckpoints(runsFolder / id, complaints);
    if (checkpoints.empty()) return {};
    return checkpoints.front().cohort;
}

}  // namespace training

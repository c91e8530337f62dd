// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include "engine/runs/study.h"
#include "engine/runs/training_ports.h"

namespace fake {

/// What the fake trainers of one test do besides training.
struct Behaviour {
    std::map<std::int64_t, std::int64_t> notFiniteAt;  // seed -> step whose loss is NaN
    std::size_t mostStacked = 1000;                    // more runs than this are out of memory
    std::int64_t steps = 12;
    std::string failingGate;  // "sparse, aligned": this kind fails preflight
    std::function<void(const training::CohortTrainer&)> afterStep;
    std::function<void(const training::CohortPlan&)> onTiming;
    std::vector<std::size_t> cohortSizes;  // of every trainer made
    int preflights = 0;
};

/// A trainer that computes in microseconds. A run's numbers follow from its seed, k, step and, in
/// their last bits, from its place in the stack, as those of a real one do.
runs::TrainingPorts ports(std::shared_ptr<Behaviour> behaviour);

std::shared_ptr<const data::Corpus> corpus();

/// A 1 x 2 grid with three seeds; 12 steps, 4 evaluations, a checkpoint after every step.
experiment::ExperimentSettings settings();

/// A new folder below the system's temporary one, removed at the end.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "runs-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        m_path = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

}  // namespace fake

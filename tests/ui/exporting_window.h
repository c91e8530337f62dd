// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <memory>
#include <string>
#include <vector>

#include "app/export.h"
#include "tests/engine/runs/fake_trainer.h"
#include "ui/main_window.h"
#include "ui/workbench.h"

/// A window with fake trainers and the program's own export; a folder for the experiment and what
/// is exported.
class ExportingWindow {
public:
    QString folder() const { return m_folder.filePath("study"); }
    QString beside(const char* name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;  // outlives what writes into it

public:
    std::shared_ptr<fake::Behaviour> behaviour = std::make_shared<fake::Behaviour>();
    ui::Workbench workbench{ui::WorkbenchPorts{
        .training = fake::ports(behaviour),
        .devices = [] { return std::vector<std::string>{"cpu"}; },
        .exportStudy = [](const auto&... all) { return app::exportStudy(all...); }}};
    ui::MainWindow window{workbench};
};

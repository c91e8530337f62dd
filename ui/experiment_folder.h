// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ui {

/// Where new experiments go unless another folder is chosen: Documents/Sparsity experiments.
QString defaultExperimentsFolder();
/// `wanted`, or `wanted 2`, `wanted 3`, ... : the first that does not exist yet.
QString unusedFolder(const QString& wanted);
/// This folder, or the nearest one above it that exists: where a file dialog can begin.
QString nearestFolder(const QString& wanted);
/// Why no experiment can be made in this folder, in one sentence; empty if it can.
QString folderObstacle(const QString& folder);

}  // namespace ui

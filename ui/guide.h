// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace ui {

/// What the program does and how its window is used, in one page.
void showGuide(QWidget* parent);

/// Version, licence and the libraries the program stands on.
void showAbout(QWidget* parent);

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QDialog;
class QPushButton;

namespace ui {

/// Enter presses this button wherever the cursor is in the dialog, but for a button that has the
/// focus: that one is pressed itself. Call it when every button stands
/// in the dialog: before that there is nothing to be the default of.
void pressOnEnter(QDialog& dialog, QPushButton& button);

}  // namespace ui

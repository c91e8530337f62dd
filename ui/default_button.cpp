// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/default_button.h"

#include <QDialog>
#include <QPushButton>

namespace ui {

void pressOnEnter(QDialog& dialog, QPushButton& button) {
    // A button with the focus would otherwise become the default, too.
    for (QPushButton* each : dialog.findChildren<QPushButton*>()) each->setAutoDefault(false);
    button.setDefault(true);
}

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/default_button.h"

#include <QDialog>
#include <QPushButton>

namespace ui {

void pressOnEnter(QDialog& dialog, QPushButton& button) {
    for (QPushButton* each : dialog.findChildren<QPushButton*>()) each->setAutoDefault(true);
    button.setDefault(true);
}

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

class Workbench;

/// What the engine and the window said, newest first.
class MessagesPage : public QWidget {
    Q_OBJECT
public:
    explicit MessagesPage(Workbench& workbench, QWidget* parent = nullptr);
};

}  // namespace ui

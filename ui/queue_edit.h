// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUndoCommand>
#include <functional>
#include <vector>

#include "engine/runs/queue.h"

namespace ui {

/// An edit of the queue that has already happened; undo and redo put the whole order back.
class QueueEdit : public QUndoCommand {
public:
    using Replace = std::function<void(const std::vector<runs::QueueItem>&)>;
    QueueEdit(const QString& text, std::vector<runs::QueueItem> before,
              std::vector<runs::QueueItem> after, Replace replace);
    void undo() override;
    void redo() override;

private:
    std::vector<runs::QueueItem> m_before;
    std::vector<runs::QueueItem> m_after;
    Replace m_replace;
    bool m_happened = true;  // the first redo() is the edit itself
};

}  // namespace ui

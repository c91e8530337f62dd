// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue_edit.h"

#include <utility>

namespace ui {

QueueEdit::QueueEdit(const QString& text, std::vector<runs::QueueItem> before,
                     std::vector<runs::QueueItem> after, Replace replace)
    : QUndoCommand(text),
      m_before(std::move(before)),
      m_after(std::move(after)),
      m_replace(std::move(replace)) {}

void QueueEdit::undo() {
    m_replace(m_before);
}

void QueueEdit::redo() {
    if (!std::exchange(m_happened, false)) m_replace(m_after);
}

}  // namespace ui

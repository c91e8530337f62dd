// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUndoCommand>
#include <functional>
#include <utility>

namespace ui {

/// An edit that has already happened; undo and redo put the whole value back.
template <class Value>
class UndoableEdit : public QUndoCommand {
public:
    using Apply = std::function<void(const Value&)>;
    UndoableEdit(const QString& text, Value before, Value after, Apply apply)
        : QUndoCommand(text),
          m_before(std::move(before)),
          m_after(std::move(after)),
          m_apply(std::move(apply)) {}
    void undo() override { m_apply(m_before); }
    void redo() override {
        if (!std::exchange(m_happened, false)) m_apply(m_after);
    }

private:
    Value m_before;
    Value m_after;
    Apply m_apply;
    bool m_happened = true;  // the first redo() is the edit itself
};

}  // namespace ui

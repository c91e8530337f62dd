// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;

namespace ui {

/// What stands in place of a figure that has no data yet: what will be here, and the next steps as
/// buttons.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);
    void offer(const QString& text, const QList<QAction*>& nextSteps);
    QString text() const;

private:
    QLabel* m_text;
    QHBoxLayout* m_buttons;
};

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "ui/change.h"

class QLabel;
class QPushButton;

namespace ui {

/// A bar above the page: what happened, what helps, and a button where one action helps.
class NoticeBar : public QFrame {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);
    /// `actionText` labels the button; empty hides it.
    void show(const Notice& notice, const QString& actionText);
    QString text() const;

signals:
    void actionRequested(const QString& action);

private:
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_button;
    QString m_action;
};

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <vector>

#include "ui/change.h"

class QLabel;
class QPushButton;

namespace ui {

class Workbench;

/// A bar above the page: what happened, what helps, and a button where one action helps. The worst
/// of the notices that were not dismissed shows, the newest among equals; the others wait behind.
/// What has been solved leaves by itself.
class NoticeBar : public QFrame {
    Q_OBJECT
public:
    explicit NoticeBar(Workbench& workbench, QWidget* parent = nullptr);
    /// `actionText` labels the button unless the notice has a label; both empty hide it.
    void add(const Notice& notice, const QString& actionText);
    void clear();
    QString text() const;

signals:
    void actionRequested(const QString& action);

private:
    void dismiss();
    void dropSolved();
    void showWorst();

    Workbench& m_workbench;
    QLabel* m_icon;
    QLabel* m_text;
    QLabel* m_more;
    QPushButton* m_button;
    std::vector<Notice> m_notices;  // the one that shows is last
};

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/command_palette.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {
namespace {

constexpr int kActionRole = Qt::UserRole;

QString label(const QAction* action) {
    QString text = action->text();
    text.remove(QLatin1Char('&'));
    if (action->objectName().endsWith(QLatin1String("Toggle")))
        text = QObject::tr("Show or hide %1").arg(text);
    if (action->isCheckable() && action->isChecked()) text += QObject::tr("  ✓");
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    return keys.isEmpty() ? text : QStringLiteral("%1    (%2)").arg(text, keys);
}

}  // namespace

CommandPalette::CommandPalette(const QList<QAction*>& actions, QWidget* parent)
    : QDialog(parent), m_actions(actions), m_search(new QLineEdit), m_list(new QListWidget) {
    setWindowTitle(tr("Commands"));
    setMinimumSize(480, 360);
    m_search->setPlaceholderText(tr("Type a command"));
    m_search->setAccessibleName(tr("Command"));
    m_search->installEventFilter(this);
    m_list->setUniformItemSizes(true);
    m_list->setAccessibleName(tr("Matching commands"));
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_search);
    layout->addWidget(m_list);
    connect(m_search, &QLineEdit::textChanged, this, &CommandPalette::narrow);
    connect(m_search, &QLineEdit::returnPressed, this, &CommandPalette::trigger);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::trigger);
    narrow({});
}

/// Commands that begin with what was typed come first: Enter must not meet another one.
void CommandPalette::narrow(const QString& text) {
    m_list->clear();
    QList<QListWidgetItem*> later;
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (qsizetype at = 0; at < m_actions.size(); ++at) {
        const QString shown = label(m_actions[at]);
        const bool fits = std::all_of(words.begin(), words.end(), [&](const QString& word) {
            return shown.contains(word, Qt::CaseInsensitive);
        });
        if (!fits || !m_actions[at]->isEnabled()) continue;
        auto* item = new QListWidgetItem(shown);
        item->setData(kActionRole, int(at));
        if (shown.startsWith(text, Qt::CaseInsensitive)) {
            m_list->addItem(item);
        } else {
            later.push_back(item);
        }
    }
    for (QListWidgetItem* item : std::as_const(later)) m_list->addItem(item);
    m_list->setCurrentRow(0);
}

void CommandPalette::trigger() {
    const QListWidgetItem* item = m_list->currentItem();
    if (!item) return;
    QAction* chosen = m_actions[item->data(kActionRole).toInt()];
    accept();
    chosen->trigger();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            QApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/empty_state.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent), m_text(new QLabel), m_buttons(new QHBoxLayout) {
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 8, 24, 8);
    layout->setSpacing(16);
    layout->addStretch();
    layout->addWidget(m_text);
    layout->addLayout(m_buttons);
    layout->addStretch();
}

void EmptyState::offer(const QString& text, const QList<QAction*>& nextSteps) {
    m_text->setText(text);
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_buttons->addStretch();
    for (QAction* action : nextSteps) {
        auto* button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        m_buttons->addWidget(button);
    }
    m_buttons->addStretch();
}

QString EmptyState::text() const {
    return m_text->text();
}

}  // namespace ui

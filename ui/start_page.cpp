// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/start_page.h"

#include <QAction>
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/recent_experiments.h"

namespace ui {
namespace {

constexpr int kColumnWidth = 620;

/// Shows the action's icon text, which may say more than the menu does: how long the study takes.
QPushButton* buttonFor(QAction* action) {
    auto* button = new QPushButton(action->iconText());
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    button->setToolTip(action->toolTip());
    button->setAutoDefault(true);  // Enter presses it, as Space does
    button->setEnabled(action->isEnabled());
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    QObject::connect(action, &QAction::changed, button, [button, action] {
        button->setText(action->iconText());
        button->setEnabled(action->isEnabled());
    });
    return button;
}

QLabel* headingLabel(const QString& text, double scale) {
    auto* heading = new QLabel(text);
    QFont font = heading->font();
    font.setPointSizeF(font.pointSizeF() * scale);
    font.setBold(true);
    heading->setFont(font);
    return heading;
}

void flatten(QPushButton* button) {
    button->setFlat(true);
    button->setStyleSheet(QStringLiteral("text-align: left; padding: 4px;"));
}

}  // namespace

StartPage::StartPage(const QList<QAction*>& ways, const QList<QAction*>& more, QWidget* parent)
    : QWidget(parent), m_recent(new QVBoxLayout), m_recentBox(new QWidget) {
    auto* text = new QLabel(tr(
        "DeepSeek sparse attention lets each token attend to only k of the L tokens before it. "
        "Which share k\u2060/\u2060L should it keep, and does the best share fall as L grows? The "
        "workbench "
        "trains a small transformer for every cell of a grid of lengths and keep ratios, several "
        "seeds each, and says which differences are real."));
    text->setWordWrap(true);

    auto* column = new QVBoxLayout;
    column->setSpacing(8);
    column->addWidget(headingLabel(tr("Sparsity Workbench"), 2.0));
    column->addWidget(text);
    column->addSpacing(16);
    for (QAction* action : ways) {
        QPushButton* button = buttonFor(action);
        button->setMinimumHeight(40);
        column->addWidget(button);
        if (action->statusTip().isEmpty()) continue;
        auto* hint = new QLabel(action->statusTip());
        hint->setWordWrap(true);
        hint->setContentsMargins(4, 0, 4, 8);
        column->addWidget(hint);
    }
    auto* row = new QHBoxLayout;
    for (QAction* action : more) {
        row->addWidget(buttonFor(action));
    }
    row->addStretch();
    column->addLayout(row);
    column->addSpacing(8);
    auto* recentLayout = new QVBoxLayout(m_recentBox);
    recentLayout->setContentsMargins(0, 0, 0, 0);
    recentLayout->setSpacing(2);
    recentLayout->addWidget(headingLabel(tr("Recent experiments"), 1.0));
    recentLayout->addLayout(m_recent);
    column->addWidget(m_recentBox);

    auto* middle = new QWidget;
    middle->setLayout(column);
    middle->setMaximumWidth(kColumnWidth);
    auto* across = new QHBoxLayout;
    across->addStretch(1);
    across->addWidget(middle, 8);
    across->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addLayout(across);
    layout->addStretch(3);
}

void StartPage::setRecent(const QStringList& folders) {
    while (QLayoutItem* item = m_recent->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString& folder : folders) {
        auto* link = new QPushButton(QDir::toNativeSeparators(folder));
        flatten(link);
        link->setAutoDefault(true);
        if (!isThere(folder)) {
            link->setEnabled(false);
            link->setToolTip(tr("There is no experiment in this folder now"));
        }
        connect(link, &QPushButton::clicked, this, [this, folder] { emit openRequested(folder); });
        m_recent->addWidget(link);
    }
    m_recentBox->setVisible(!folders.isEmpty());
}

}  // namespace ui

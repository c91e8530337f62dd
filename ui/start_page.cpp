// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/start_page.h"

#include <QAction>
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int kColumnWidth = 620;

}  // namespace

StartPage::StartPage(const QList<QAction*>& actions, QWidget* parent)
    : QWidget(parent), m_recent(new QVBoxLayout), m_recentBox(new QWidget) {
    auto* heading = new QLabel(tr("Sparsity Workbench"));
    QFont large = heading->font();
    large.setPointSizeF(large.pointSizeF() * 2.0);
    large.setBold(true);
    heading->setFont(large);
    auto* text = new QLabel(tr(
        "DeepSeek sparse attention lets each token attend to only k of the L tokens before it. "
        "Which share k/L should it keep, and does the best share fall as L grows? The workbench "
        "trains a small transformer for every cell of a grid of lengths and keep ratios, several "
        "seeds each, and says which differences are real."));
    text->setWordWrap(true);

    auto* column = new QVBoxLayout;
    column->setSpacing(8);
    column->addWidget(heading);
    column->addWidget(text);
    column->addSpacing(16);
    for (QAction* action : actions) {
        auto* button = new QPushButton(action->text().remove(QLatin1Char('&')));
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        button->setMinimumHeight(40);
        button->setToolTip(action->toolTip());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        column->addWidget(button);
        if (action->statusTip().isEmpty()) continue;
        auto* hint = new QLabel(action->statusTip());
        hint->setWordWrap(true);
        hint->setContentsMargins(4, 0, 4, 8);
        column->addWidget(hint);
    }
    column->addSpacing(8);
    auto* recentHeading = new QLabel(tr("Recent experiments"));
    QFont bold = recentHeading->font();
    bold.setBold(true);
    recentHeading->setFont(bold);
    auto* recentLayout = new QVBoxLayout(m_recentBox);
    recentLayout->setContentsMargins(0, 0, 0, 0);
    recentLayout->setSpacing(2);
    recentLayout->addWidget(recentHeading);
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
        link->setFlat(true);
        link->setStyleSheet(QStringLiteral("text-align: left; padding: 4px;"));
        connect(link, &QPushButton::clicked, this, [this, folder] { emit openRequested(folder); });
        m_recent->addWidget(link);
    }
    m_recentBox->setVisible(!folders.isEmpty());
}

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages_page.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/workbench.h"

namespace ui {

MessagesPage::MessagesPage(Workbench& workbench, QWidget* parent) : QWidget(parent) {
    auto* table = new QTableView;
    table->setModel(&workbench.messages());
    table->setShowGrid(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setAccessibleName(tr("Messages"));
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    QHeaderView* header = table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(MessageModel::Text, QHeaderView::Stretch);
    const int unit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    header->resizeSection(MessageModel::Time, unit * 11);
    header->resizeSection(MessageModel::Level, unit * 13);
    header->resizeSection(MessageModel::Run, unit * 30);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addWidget(table);
}

}  // namespace ui

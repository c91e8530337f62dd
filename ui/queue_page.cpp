// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QShortcut>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <algorithm>

#include "ui/queue_model.h"
#include "ui/workbench.h"

namespace ui {
namespace {

constexpr int kRefreshMs = 250;

/// A thin bar under the text shows the share of steps done.
class ProgressDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const double share = index.data(QueueModel::ShareRole).toDouble();
        const QRectF track = QRectF(option.rect).adjusted(4, option.rect.height() - 4, -4, -1);
        QColor colour =
            option.palette.color(option.state & QStyle::State_Selected ? QPalette::HighlightedText
                                                                       : QPalette::Highlight);
        QColor soft = colour;
        soft.setAlphaF(0.2F);
        painter->fillRect(track, soft);
        painter->fillRect(QRectF(track.topLeft(), QSizeF(track.width() * share, track.height())),
                          colour);
    }
};

}  // namespace

QueuePage::QueuePage(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      m_workbench(workbench),
      m_model(new QueueModel(this)),
      m_table(new QTableView),
      m_empty(new QLabel),
      m_up(addVerb(QStringLiteral("queueUp"), tr("Up"), tr("Train earlier (Alt+Up)"))),
      m_down(addVerb(QStringLiteral("queueDown"), tr("Down"), tr("Train later (Alt+Down)"))),
      m_hold(addVerb(QStringLiteral("queueHold"), tr("Hold"),
                     tr("Held runs keep their place and are passed over (H)"))),
      m_remove(addVerb(QStringLiteral("queueRemove"), tr("Remove"),
                       tr("Out of the queue; a run in training saves a checkpoint first (Del)"))) {
    build();
    connectVerbs();
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(kRefreshMs);
    connect(&m_refreshTimer, &QTimer::timeout, this, &QueuePage::refresh);
    connect(&m_workbench, &Workbench::changed, this, &QueuePage::onChange);
    refresh();
}

QToolButton* QueuePage::addVerb(const QString& name, const QString& text, const QString& toolTip) {
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    return button;
}

void QueuePage::build() {
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setItemDelegateForColumn(QueueModel::Progress, new ProgressDelegate(m_table));
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setAlternatingRowColors(true);
    m_table->setTabKeyNavigation(false);
    m_table->setAccessibleName(tr("Queue"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    QHeaderView* header = m_table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    const int unit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int widths[] = {5, 30, 12, 26, 14, 15};
    for (int column = 0; column < static_cast<int>(std::size(widths)); ++column)
        header->resizeSection(column, unit * widths[column]);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);

    auto* verbs = new QVBoxLayout;
    verbs->setSpacing(4);
    for (QToolButton* verb : {m_up, m_down, m_hold, m_remove}) verbs->addWidget(verb);
    verbs->addStretch();
    auto* content = new QVBoxLayout;
    content->addWidget(m_table, 1);
    content->addWidget(m_empty, 1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addLayout(content, 1);
    layout->addLayout(verbs);
}

void QueuePage::connectVerbs() {
    connect(m_up, &QToolButton::clicked, this, [this] { m_workbench.moveRuns(selected(), -1); });
    connect(m_down, &QToolButton::clicked, this, [this] { m_workbench.moveRuns(selected(), 1); });
    connect(m_hold, &QToolButton::clicked, this, &QueuePage::toggleHold);
    connect(m_remove, &QToolButton::clicked, this, &QueuePage::removeSelected);
    const auto shortcut = [this](const QKeySequence& keys, QToolButton* verb) {
        auto* one = new QShortcut(keys, m_table, nullptr, nullptr, Qt::WidgetShortcut);
        connect(one, &QShortcut::activated, verb, &QToolButton::click);
    };
    shortcut(QKeySequence(Qt::ALT | Qt::Key_Up), m_up);
    shortcut(QKeySequence(Qt::ALT | Qt::Key_Down), m_down);
    shortcut(QKeySequence(Qt::Key_H), m_hold);
    shortcut(QKeySequence(Qt::Key_Delete), m_remove);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &QueuePage::enableVerbs);
}

void QueuePage::onChange(const Change& change) {
    if (change.aspects & (Aspect::Experiment | Aspect::Queue)) {
        refresh();
    } else if ((change.aspects & Aspect::Runs) && !m_refreshTimer.isActive()) {
        m_refreshTimer.start();
    }
}

void QueuePage::refresh() {
    m_refreshTimer.stop();
    const runs::Study* study = m_workbench.study();
    const bool anything = study != nullptr && m_workbench.queue() != nullptr;
    m_model->setRows(anything ? queueRows(*study, *m_workbench.queue()) : std::vector<QueueRow>());
    const bool empty = m_model->rowCount() == 0;
    m_table->setVisible(!empty);
    m_empty->setVisible(empty);
    m_empty->setText(
        tr("The queue is empty. Click cells of the grid to queue their runs, or press "
           "Start to train everything that is missing."));
    enableVerbs();
}

void QueuePage::enableVerbs() {
    const std::vector<runs::RunId> ids = selected();
    const runs::Queue* queue = m_workbench.queue();
    const bool waits = queue && std::any_of(ids.begin(), ids.end(), [&](const runs::RunId& id) {
                           return queue->contains(id);
                       });
    for (QToolButton* verb : {m_up, m_down, m_hold}) verb->setEnabled(waits);
    m_remove->setEnabled(!ids.empty());
}

std::vector<runs::RunId> QueuePage::selected() const {
    std::vector<runs::RunId> ids;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        ids.push_back(m_model->row(index.row()).id);
    return ids;
}

void QueuePage::removeSelected() {
    const std::vector<runs::RunId> ids = selected();
    const std::vector<runs::RunId> lanes = m_workbench.training();
    std::vector<runs::RunId> training;
    for (const runs::RunId& id : ids)
        if (std::find(lanes.begin(), lanes.end(), id) != lanes.end()) training.push_back(id);
    m_workbench.removeRuns(ids);
    m_workbench.cancel(training);
}

void QueuePage::toggleHold() {
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    const bool anyReleased =
        std::any_of(rows.begin(), rows.end(), [this](const QModelIndex& index) {
            return m_model->row(index.row()).hold == runs::Hold::Released;
        });
    m_workbench.setHold(selected(), anyReleased ? runs::Hold::Held : runs::Hold::Released);
}

}  // namespace ui

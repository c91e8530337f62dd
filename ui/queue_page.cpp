// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue_page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolBar>
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
      m_tools(new QToolBar),
      m_summary(new QLabel),
      m_empty(new QLabel),
      m_priority(new QMenu(tr("Priority"), this)) {
    addOrderVerbs();
    addRunVerbs();
    addShowVerbs();
    buildTable();
    build();
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(kRefreshMs);
    connect(&m_refreshTimer, &QTimer::timeout, this, &QueuePage::refresh);
    connect(&m_workbench, &Workbench::changed, this, &QueuePage::onChange);
    connect(m_model, &QueueModel::runsDropped, this,
            [this](const QStringList& ids, const QString& before) {
                std::vector<runs::RunId> dropped;
                for (const QString& id : ids) dropped.push_back(id.toStdString());
                m_workbench.placeRuns(dropped, before.toStdString());
            });
    refresh();
}

QAction* QueuePage::addVerb(const QString& name, const QString& text, const QString& toolTip,
                            const QKeySequence& keys, const std::function<void()>& act) {
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    const QString shown = keys.toString(QKeySequence::NativeText);
    action->setToolTip(shown.isEmpty() ? toolTip : QStringLiteral("%1 (%2)").arg(toolTip, shown));
    connect(action, &QAction::triggered, this, act);
    addAction(action);  // for the shortcut
    m_verbs.insert(name, action);
    return action;
}

void QueuePage::addOrderVerbs() {
    const auto shift = [this](runs::Direction direction) {
        return [this, direction] {
            m_workbench.shiftRuns(selected(), direction);
            showMoved(direction);
        };
    };
    const QList<QAction*> order = {
        addVerb(QStringLiteral("queueFirst"), tr("First"), tr("Train before all others"),
                QKeySequence(Qt::ALT | Qt::Key_Home),
                [this] {
                    const auto items = m_workbench.queue()->items();
                    if (!items.empty()) m_workbench.placeRuns(selected(), items.front().id);
                    showMoved(runs::Direction::Earlier);
                }),
        addVerb(QStringLiteral("queueUp"), tr("Up"), tr("Train earlier"),
                QKeySequence(Qt::ALT | Qt::Key_Up), shift(runs::Direction::Earlier)),
        addVerb(QStringLiteral("queueDown"), tr("Down"), tr("Train later"),
                QKeySequence(Qt::ALT | Qt::Key_Down), shift(runs::Direction::Later)),
        addVerb(QStringLiteral("queueLast"), tr("Last"), tr("Train after all others"),
                QKeySequence(Qt::ALT | Qt::Key_End), [this] {
                    m_workbench.placeRuns(selected(), {});
                    showMoved(runs::Direction::Later);
                })};
    m_tools->addActions(order);
    m_tools->addSeparator();
    for (const int priority : {1, 0, -1}) {
        QAction* action = m_priority->addAction(priorityName(priority));
        connect(action, &QAction::triggered, this,
                [this, priority] { m_workbench.setPriority(selected(), priority); });
    }
    QAction* choice = m_priority->menuAction();
    choice->setObjectName(QStringLiteral("queuePriority"));
    choice->setToolTip(tr("Higher priorities are trained first, whatever their place"));
    m_verbs.insert(choice->objectName(), choice);
}

void QueuePage::addRunVerbs() {
    m_tools->addAction(addVerb(QStringLiteral("queueHold"), tr("Hold"),
                               tr("Held runs keep their place and are passed over"), Qt::Key_Space,
                               [this] { toggleHold(); }));
    m_tools->addAction(m_priority->menuAction());
    m_tools->addSeparator();
    m_tools->addAction(addVerb(QStringLiteral("queueRemove"), tr("Remove"),
                               tr("Out of the queue; a run in training saves a checkpoint first"),
                               Qt::Key_Delete, [this] { removeSelected(); }));
    m_tools->addAction(addVerb(QStringLiteral("queueRetry"), tr("Retry"),
                               tr("Train the selected failed runs afresh"), Qt::Key_R,
                               [this] { m_workbench.retryRuns(selected()); }));
}

void QueuePage::addShowVerbs() {
    const auto show = [this](const QString& dock) { return [this, dock] { showSelected(dock); }; };
    addVerb(QStringLiteral("queueShowGrid"), tr("Show in grid"),
            tr("Select the cells of these runs"), Qt::Key_G, show(QString()));
    addVerb(QStringLiteral("queueShowCurves"), tr("Show curves"),
            tr("Select the cells of these runs and show their curves"), Qt::Key_C,
            show(QStringLiteral("curvesDock")));
    addVerb(QStringLiteral("queueInspect"), tr("Show in inspector"),
            tr("Select the cells of these runs and inspect them"), Qt::Key_I,
            show(QStringLiteral("inspectorDock")));
}

void QueuePage::buildTable() {
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setDragDropMode(QAbstractItemView::InternalMove);
    m_table->setDragDropOverwriteMode(false);
    m_table->setDropIndicatorShown(true);
    m_table->setItemDelegateForColumn(QueueModel::Progress, new ProgressDelegate(m_table));
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setAlternatingRowColors(true);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setAccessibleName(tr("Queue"));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    QHeaderView* header = m_table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    const int unit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int widths[] = {5, 27, 12, 22, 14, 15, 11, 10};
    for (int column = 0; column < static_cast<int>(std::size(widths)); ++column)
        header->resizeSection(column, unit * widths[column]);
    connect(m_table, &QWidget::customContextMenuRequested, this, &QueuePage::showMenu);
    connect(m_table, &QTableView::doubleClicked, this, [this] { showSelected({}); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &QueuePage::enableVerbs);
}

void QueuePage::build() {
    m_tools->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_tools->setContentsMargins(0, 0, 0, 0);
    for (QAction* action : m_tools->actions()) {
        auto* button = qobject_cast<QToolButton*>(m_tools->widgetForAction(action));
        if (!button || action->isSeparator()) continue;
        button->setObjectName(action->objectName());
        if (action->menu()) button->setPopupMode(QToolButton::InstantPopup);
    }
    m_summary->setObjectName(QStringLiteral("queueSummary"));
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_summary->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setObjectName(QStringLiteral("queueEmpty"));
    auto* top = new QHBoxLayout;
    top->addWidget(m_tools);
    top->addWidget(m_summary, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_empty, 1);
}

void QueuePage::setTrainingActions(const QList<QAction*>& actions) {
    m_tools->addSeparator();
    m_tools->addActions(actions);
}

void QueuePage::onChange(const Change& change) {
    const Aspects atOnce = Aspect::Experiment | Aspect::Queue | Aspect::Plan | Aspect::Training;
    if (change.aspects & atOnce) {
        refresh();
    } else if ((change.aspects & Aspect::Runs) && !m_refreshTimer.isActive()) {
        m_refreshTimer.start();
    }
}

void QueuePage::refresh() {
    m_refreshTimer.stop();
    const runs::Study* study = m_workbench.study();
    const TrainingState training = m_workbench.trainingState();
    QueueContent content;
    if (study && m_workbench.queue())
        content = queueContent(*study, *m_workbench.queue(), m_workbench.laneChoice(), training);
    const QString summary = queueSummary(content, training);
    m_summary->setText(summary);
    m_summary->setToolTip(summary);
    m_model->setRows(std::move(content.rows));
    const bool empty = m_model->rowCount() == 0;
    m_table->setVisible(!empty);
    m_empty->setText(whyEmpty());
    m_empty->setVisible(empty);
    enableVerbs();
}

QString QueuePage::whyEmpty() const {
    const runs::Study* study = m_workbench.study();
    if (!study) return tr("Open an experiment to see what it trains.");
    if (study->access() == runs::Access::ReadOnly)
        return tr("The queue is empty: this experiment is read-only, nothing can be trained.");
    if (study->unfinished().empty())
        return tr(
            "The queue is empty: every planned run is done. Edit the plan or add seeds to "
            "train more.");
    return tr(
        "The queue is empty. Click cells of the grid to queue their runs, or press Start to "
        "train everything that is missing.");
}

void QueuePage::enableVerbs() {
    const bool waits = anySelected(QueueRow::Stage::Waiting);
    const bool trains = anySelected(QueueRow::Stage::Training);
    const bool failed = anySelected(QueueRow::Stage::Failed);
    for (const char* name :
         {"queueFirst", "queueUp", "queueDown", "queueLast", "queueHold", "queuePriority"})
        verb(QLatin1String(name))->setEnabled(waits);
    const bool releases = waits && !anyToHold();
    QAction* hold = verb(QStringLiteral("queueHold"));
    hold->setText(releases ? tr("Release") : tr("Hold"));
    hold->setToolTip(releases ? tr("Train these runs again when their turn comes (Space)")
                              : tr("Held runs keep their place and are passed over (Space)"));
    verb(QStringLiteral("queueRemove"))->setEnabled(waits || trains);
    verb(QStringLiteral("queueRemove"))->setText(trains && !waits ? tr("Cancel") : tr("Remove"));
    verb(QStringLiteral("queueRetry"))->setEnabled(failed);
    for (const char* name : {"queueShowGrid", "queueShowCurves", "queueInspect"})
        verb(QLatin1String(name))->setEnabled(waits || trains || failed);
}

void QueuePage::showMenu(const QPoint& position) {
    if (!m_table->indexAt(position).isValid()) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](std::initializer_list<const char*> names) {
        for (const char* name : names) menu->addAction(verb(QLatin1String(name)));
        menu->addSeparator();
    };
    add({"queueFirst", "queueUp", "queueDown", "queueLast"});
    add({"queueHold", "queuePriority"});
    add({"queueRemove", "queueRetry"});
    add({"queueShowGrid", "queueShowCurves", "queueInspect"});
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

std::vector<runs::RunId> QueuePage::selected() const {
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    std::vector<runs::RunId> ids;
    for (const QModelIndex& index : std::as_const(rows))
        ids.push_back(m_model->row(index.row()).id);
    return ids;
}

bool QueuePage::anySelected(QueueRow::Stage stage) const {
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return std::any_of(rows.begin(), rows.end(), [&](const QModelIndex& index) {
        return m_model->row(index.row()).stage == stage;
    });
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

bool QueuePage::anyToHold() const {
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return std::any_of(rows.begin(), rows.end(), [this](const QModelIndex& index) {
        const QueueRow& row = m_model->row(index.row());
        return row.stage == QueueRow::Stage::Waiting && row.hold == runs::Hold::Released;
    });
}

void QueuePage::toggleHold() {
    m_workbench.setHold(selected(), anyToHold() ? runs::Hold::Held : runs::Hold::Released);
}

void QueuePage::showMoved(runs::Direction direction) {
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty()) return;
    std::sort(rows.begin(), rows.end());
    m_table->scrollTo(direction == runs::Direction::Earlier ? rows.front() : rows.back());
}

void QueuePage::showSelected(const QString& dock) {
    std::vector<CellKey> cells;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        const CellKey key = cellOf(m_model->row(index.row()).spec);
        if (std::find(cells.begin(), cells.end(), key) == cells.end()) cells.push_back(key);
    }
    m_workbench.select(cells);
    emit dockWanted(dock);
}

}  // namespace ui

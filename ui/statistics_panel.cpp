// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statistics_panel.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSaveFile>
#include <QScrollBar>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <algorithm>
#include <vector>

#include "ui/empty_state.h"

namespace ui {
namespace {

constexpr int kSentenceWidth = 200;  // of a column of sentences at least, in pixels at 96 dpi
constexpr int kLeastWords = 180;     // of a column of words that gives way to numbers
constexpr int kRowPadding = 10;

/// Rows of several lines keep a distance from one another.
class SpacedRows : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(0, kRowPadding);
    }
};

QTableView* makeView(StatisticsModel* model, const QString& name) {
    auto* view = new QTableView;
    view->setModel(model);
    view->setItemDelegate(new SpacedRows(view));
    view->setAccessibleName(name);
    view->setShowGrid(false);
    view->setFrameShape(QFrame::NoFrame);
    view->setAlternatingRowColors(true);
    view->setTabKeyNavigation(false);
    view->setWordWrap(true);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->verticalHeader()->hide();
    view->verticalHeader()->setMinimumSectionSize(view->fontMetrics().height() + kRowPadding);
    view->verticalHeader()->setDefaultSectionSize(view->fontMetrics().height() + kRowPadding);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view->setSortingEnabled(true);
    view->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    return view;
}

}  // namespace

StatisticsPanel::StatisticsPanel(const QString& name, QWidget* parent)
    : QWidget(parent),
      m_name(name),
      m_model(new StatisticsModel(this)),
      m_view(makeView(m_model, name)),
      m_empty(new EmptyState),
      m_stack(new QStackedWidget),
      m_note(new QLabel),
      m_failure(new QLabel),
      m_choices(new QHBoxLayout),
      m_layout(new QVBoxLayout(this)),
      m_copy(new QToolButton),
      m_save(new QToolButton) {
    for (QLabel* label : {m_note, m_failure}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_note->setObjectName(QStringLiteral("tableNote"));
    m_failure->hide();
    m_copy->setText(tr("Copy table"));
    m_copy->setObjectName(QStringLiteral("copyTable"));
    m_copy->setPopupMode(QToolButton::InstantPopup);
    m_copy->setToolTip(tr("Copy the table as it is sorted now"));
    fillCopyMenu();
    m_save->setText(tr("Save table…"));
    m_save->setObjectName(QStringLiteral("saveTable"));
    m_save->setToolTip(tr("Save the table as CSV or LaTeX"));
    connect(m_save, &QToolButton::clicked, this, &StatisticsPanel::chooseFile);
    m_choices->setContentsMargins(0, 0, 0, 0);
    m_choices->addStretch();
    m_choices->addWidget(m_copy);
    m_choices->addWidget(m_save);
    m_layout->setContentsMargins(0, 8, 0, 0);
    m_layout->addLayout(m_choices);
    m_layout->addWidget(m_failure);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    fitHeight();
    m_layout->addWidget(m_stack, 2);
    m_view->viewport()->installEventFilter(this);
    m_layout->addWidget(m_note);
}

void StatisticsPanel::fillCopyMenu() {
    auto* menu = new QMenu(this);
    const auto verb = [&](const QString& name, const QString& title, auto&& make) {
        QAction* action = menu->addAction(title);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this,
                [make] { QGuiApplication::clipboard()->setText(make()); });
    };
    verb(QStringLiteral("copyTsv"), tr("For a spreadsheet (TSV)"),
         [this] { return m_model->toSeparated(QLatin1Char('\t')); });
    verb(QStringLiteral("copyCsv"), tr("As CSV"),
         [this] { return m_model->toSeparated(QLatin1Char(',')); });
    verb(QStringLiteral("copyLatex"), tr("As LaTeX"), [this] { return m_model->toLatex(); });
    m_copy->setMenu(menu);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view, &QWidget::customContextMenuRequested, this,
            [this, menu](const QPoint& at) { menu->popup(m_view->viewport()->mapToGlobal(at)); });
}

void StatisticsPanel::addChoice(QWidget* choice, int stretch) {
    m_choices->insertWidget(m_choices->count() - 3, choice, stretch);
}

void StatisticsPanel::addBelow(QWidget* widget, int stretch) {
    m_layout->insertWidget(m_layout->count() - 1, widget, stretch);
    m_below.push_back(widget);
}

void StatisticsPanel::setSorting(Sorting sorting) {
    const bool on = sorting == Sorting::On;
    if (m_view->isSortingEnabled() == on) return;
    m_view->setSortingEnabled(on);
    m_view->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
}

void StatisticsPanel::showAllRows() {
    m_showsAllRows = true;
    m_view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    fitHeight();
}

void StatisticsPanel::fitHeight() {
    const bool whole = m_showsAllRows && m_stack->currentIndex() == 0;
    const int bar = m_view->horizontalHeader()->length() > m_view->viewport()->width()
                        ? m_view->horizontalScrollBar()->sizeHint().height()
                        : 0;
    const int rows = m_view->horizontalHeader()->sizeHint().height() +
                     m_view->verticalHeader()->length() + bar + 2 * m_view->frameWidth();
    m_stack->setMinimumHeight(whole ? rows : 4 * m_view->verticalHeader()->defaultSectionSize());
    m_stack->setMaximumHeight(whole ? rows : QWIDGETSIZE_MAX);
}

void StatisticsPanel::setNextSteps(const QList<QAction*>& nextSteps) {
    m_nextSteps = nextSteps;
    if (m_stack->currentIndex() == 1) m_empty->offer(m_note->text(), m_nextSteps);
}

QString StatisticsPanel::note() const {
    return m_note->text();
}

void StatisticsPanel::setTable(StatisticsTable table) {
    const std::size_t before = m_model->columns().size();
    const bool empty = table.columns.empty();
    m_note->setText(table.note);
    m_note->setVisible(!table.note.isEmpty() && !empty);
    if (empty) m_empty->offer(table.note, m_nextSteps);
    m_stack->setCurrentIndex(empty ? 1 : 0);
    for (QWidget* widget : std::as_const(m_below)) widget->setVisible(!empty);
    for (QToolButton* button : {m_copy, m_save}) button->setEnabled(!empty);
    m_model->setTable(std::move(table.columns), std::move(table.rows));
    if (m_model->columns().size() != before)
        m_view->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    layOutColumns();
}

void StatisticsPanel::layOutColumns() {
    QHeaderView* header = m_view->horizontalHeader();
    bool wraps = false;
    std::vector<int> sentences;
    for (int column = 0; column < header->count(); ++column) {
        const bool wrap =
            m_model->columns()[static_cast<std::size_t>(column)].wrap == TableColumn::Wrap::On;
        wraps = wraps || wrap ||
                m_model->index(0, column).data().toString().contains(QLatin1Char('\n'));
        if (wrap) {
            header->resizeSection(column, 0);
            sentences.push_back(column);
        } else {
            m_view->resizeColumnToContents(column);
        }
    }
    const int room = m_view->viewport()->width() - header->length();
    for (const int column : sentences)
        header->resizeSection(column,
                              std::max(kSentenceWidth, room / static_cast<int>(sentences.size())));
    makeRoom();
    if (wraps) m_view->resizeRowsToContents();
    fitHeight();
}

/// Where the columns do not fit, the widest column of short words gives way: its cells are cut and
/// have tooltips, so that the numbers behind it, p above all, stay in sight.
void StatisticsPanel::makeRoom() {
    QHeaderView* header = m_view->horizontalHeader();
    const int excess = header->length() - m_view->viewport()->width();
    if (excess <= 0 || m_model->rowCount() == 0) return;
    int widest = -1;
    for (int column = 0; column < header->count(); ++column) {
        const QVariant alignment = m_model->index(0, column).data(Qt::TextAlignmentRole);
        const bool isWords = (alignment.toInt() & Qt::AlignLeft) != 0;
        const bool wraps =
            m_model->columns()[static_cast<std::size_t>(column)].wrap == TableColumn::Wrap::On;
        if (!isWords || wraps) continue;
        if (widest < 0 || header->sectionSize(column) > header->sectionSize(widest))
            widest = column;
    }
    if (widest < 0 || header->sectionSize(widest) <= kLeastWords) return;
    header->resizeSection(widest, std::max(kLeastWords, header->sectionSize(widest) - excess));
}

/// The columns share the room that the table has got, not the one it had before.
bool StatisticsPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && !m_layingOut) {
        m_layingOut = true;  // a scroll bar that comes or goes would begin anew
        layOutColumns();
        m_layingOut = false;
    }
    return QWidget::eventFilter(watched, event);
}

void StatisticsPanel::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Save table"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("CSV (*.csv)"), tr("LaTeX (*.tex)")});
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(m_name.toLower().replace(QLatin1Char(' '), QLatin1Char('-')) +
                       QStringLiteral(".csv"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("tex")) ? QStringLiteral("tex")
                                                                       : QStringLiteral("csv"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &StatisticsPanel::save);
    dialog->open();
}

void StatisticsPanel::save(const QString& path) {
    const bool latex = path.endsWith(QLatin1String(".tex"), Qt::CaseInsensitive);
    const QByteArray text =
        (latex ? m_model->toLatex() : m_model->toSeparated(QLatin1Char(','))).toUtf8();
    QSaveFile file(path);
    const bool saved =
        file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
    m_failure->setText(saved ? QString()
                             : tr("The table could not be saved to %1: %2. Choose another folder.")
                                   .arg(path, file.errorString()));
    m_failure->setVisible(!saved);
}

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/default_button.h"
#include "ui/number_list.h"
#include "ui/text.h"

namespace ui {
namespace {

using experiment::Selector;

constexpr int kMostSeeds = 10000;  // as settings allow

QString meaning(Selector selector) {
    switch (selector) {
        case Selector::Aligned:
            return QObject::tr("aligned: the learned lightning indexer");
        case Selector::Frozen:
            return QObject::tr("frozen: an untrained indexer (control)");
        case Selector::Oracle:
            return QObject::tr("oracle: the largest attention weights (control)");
        case Selector::Local:
            return QObject::tr("local: the last k tokens (control)");
        case Selector::Random:
            return QObject::tr("random: any k tokens (control)");
    }
    return {};
}

}  // namespace

PlanDialog::PlanDialog(const runs::Study& study, int lanes, QWidget* parent)
    : QDialog(parent),
      m_study(study),
      m_lanes(std::max(1, lanes)),
      m_lengths(new QLineEdit(listed(study.settings().grid.lengths))),
      m_ratios(new QLineEdit(listed(study.settings().grid.keepRatios))),
      m_seeds(new QLineEdit(listed(study.settings().grid.seeds))),
      m_count(new QSpinBox),
      m_dense(new QCheckBox(tr("Dense attention as a reference column"))),
      m_selector(new QComboBox),
      m_amount(new QLabel),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel)) {
    setWindowTitle(tr("Edit plan"));
    setMinimumWidth(560);
    build();
    for (QLineEdit* edit : {m_lengths, m_ratios, m_seeds})
        connect(edit, &QLineEdit::textChanged, this, &PlanDialog::review);
    connect(m_count, &QSpinBox::valueChanged, this, &PlanDialog::setSeedCount);
    connect(m_dense, &QCheckBox::toggled, this, &PlanDialog::review);
    connect(m_selector, &QComboBox::currentIndexChanged, this, &PlanDialog::review);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &PlanDialog::finish);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    review();
}

void PlanDialog::build() {
    const experiment::GridSettings& grid = m_study.settings().grid;
    for (const Selector selector :
         {Selector::Aligned, Selector::Frozen, Selector::Oracle, Selector::Local, Selector::Random})
        m_selector->addItem(meaning(selector), static_cast<int>(selector));
    m_selector->setCurrentIndex(m_selector->findData(static_cast<int>(grid.selector)));
    m_dense->setChecked(grid.denseReference);
    m_count->setRange(1, kMostSeeds);
    m_count->setToolTip(tr("More runs take the next seeds; fewer leave out the last ones."));
    m_lengths->setObjectName(QStringLiteral("planLengths"));
    m_ratios->setObjectName(QStringLiteral("planRatios"));
    m_seeds->setObjectName(QStringLiteral("planSeeds"));
    m_count->setObjectName(QStringLiteral("planSeedCount"));
    m_dense->setObjectName(QStringLiteral("planDense"));
    m_selector->setObjectName(QStringLiteral("planSelector"));
    m_amount->setObjectName(QStringLiteral("planAmount"));
    m_amount->setWordWrap(true);
    m_amount->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_amount->setMinimumHeight(5 * fontMetrics().height());
    QPushButton* change = m_buttons->addButton(tr("&Change plan"), QDialogButtonBox::AcceptRole);
    change->setObjectName(QStringLiteral("planAccept"));

    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Lengths L (tokens)"), m_lengths);
    form->addRow(tr("&Keep ratios k/L"), m_ratios);
    form->addRow(tr("&Runs per cell"), m_count);
    form->addRow(tr("&Seeds"), m_seeds);
    form->addRow(QString(), m_dense);
    form->addRow(tr("Selector of the &keys"), m_selector);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addSpacing(8);
    layout->addWidget(m_amount, 1);
    layout->addWidget(m_buttons);
    pressOnEnter(*this, *change);
}

void PlanDialog::focusOn(Field field) {
    QLineEdit* edit = field == Field::Lengths      ? m_lengths
                      : field == Field::KeepRatios ? m_ratios
                                                   : m_seeds;
    edit->setFocus();
    edit->end(false);
}

engine::Result<runs::StudyPlan> PlanDialog::plan() const {
    experiment::GridSettings grid = m_study.settings().grid;
    auto lengths = wholeNumbers(tr("Lengths"), m_lengths->text());
    if (!lengths) return lengths.error();
    auto ratios = numbers(tr("Keep ratios"), m_ratios->text());
    if (!ratios) return ratios.error();
    auto seeds = wholeNumbers(tr("Seeds"), m_seeds->text());
    if (!seeds) return seeds.error();
    grid.lengths = std::move(lengths).value();
    grid.keepRatios = std::move(ratios).value();
    grid.seeds = std::move(seeds).value();
    grid.denseReference = m_dense->isChecked();
    grid.selector = static_cast<Selector>(m_selector->currentData().toInt());
    return runs::withGrid(runs::planOf(m_study), std::move(grid));
}

void PlanDialog::setSeedCount(int count) {
    auto seeds = wholeNumbers(tr("Seeds"), m_seeds->text());
    if (!seeds) return;
    const auto wanted = static_cast<std::size_t>(count);
    while (seeds->size() > wanted) seeds->pop_back();
    while (seeds->size() < wanted)
        seeds->push_back(seeds->empty() ? 42 : *std::max_element(seeds->begin(), seeds->end()) + 1);
    m_seeds->setText(listed(*seeds));
}

void PlanDialog::review() {
    const auto wanted = plan();
    auto change =
        wanted ? runs::compare(m_study, *wanted) : engine::Result<runs::PlanChange>(wanted.error());
    if (const auto seeds = wholeNumbers({}, m_seeds->text())) {
        const QSignalBlocker quiet(m_count);
        m_count->setValue(static_cast<int>(seeds->size()));
    }
    m_amount->setText(change ? describe(*change) : QString::fromStdString(change.error().message));
    const bool differs = wanted && !(*wanted == runs::planOf(m_study));
    findChild<QPushButton*>(QStringLiteral("planAccept"))
        ->setEnabled(change.has_value() && differs);
}

QString PlanDialog::describe(const runs::PlanChange& change) const {
    if (change.added.empty() && change.removed.empty())
        return tr("No run is added or taken out; planned: %1.")
            .arg(runsCounted(static_cast<std::int64_t>(m_study.runs().size())));
    QStringList lines;
    if (!change.added.empty()) {
        QString line = tr("Adds %1").arg(runsCounted(std::int64_t(change.added.size())));
        if (change.addedDone > 0)
            line += tr(", %1 of them trained earlier").arg(counted(change.addedDone));
        const auto fresh = static_cast<std::int64_t>(change.added.size()) - change.addedDone;
        if (fresh > 0)
            line += change.laneSeconds
                        ? tr(": about %1 of training.").arg(duration(*change.laneSeconds / m_lanes))
                        : tr("; the time is known once a run has been measured.");
        lines.push_back(line);
    }
    if (!change.removed.empty()) {
        lines.push_back(
            tr("Takes %1 out of the plan").arg(runsCounted(std::int64_t(change.removed.size()))) +
            (change.removedDone > 0 ? tr(", %1 of them done").arg(counted(change.removedDone))
                                    : QString()) +
            tr(". What is trained stays on disk and comes back with the plan."));
        if (change.removedTraining > 0)
            lines.push_back(tr("In training now, to stop with a checkpoint: %1.")
                                .arg(runsCounted(change.removedTraining)));
    }
    return lines.join(QLatin1Char('\n'));
}

void PlanDialog::finish() {
    const auto wanted = plan();
    if (!wanted) return;
    emit planWanted(*wanted);
    accept();
}

}  // namespace ui

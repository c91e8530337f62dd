// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/new_experiment_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "engine/data/corpus.h"
#include "engine/experiment/presets.h"
#include "engine/experiment/settings_json.h"
#include "ui/cost_estimate.h"
#include "ui/default_button.h"
#include "ui/experiment_folder.h"
#include "ui/number_list.h"
#include "ui/text.h"
#include "ui/workbench.h"

namespace ui {
namespace {

/// The engine names the keys of the settings; here they are the fields of the dialog.
QString inFields(QString message) {
    for (const auto& [key, field] :
         {std::pair("grid.lengths", NewExperimentDialog::tr("Lengths L")),
          std::pair("grid.keepRatios", NewExperimentDialog::tr("Keep ratios k/L")),
          std::pair("grid.seeds", NewExperimentDialog::tr("Seeds"))})
        message.replace(QLatin1String(key), field);
    return message;
}

/// A label whose letter leads to the field of a row.
QLabel* labelOf(const QString& text, QWidget* field) {
    auto* label = new QLabel(text);
    label->setBuddy(field);
    return label;
}

/// What the command line's help says behind a colon.
QString sentence(const QString& words) {
    return words.left(1).toUpper() + words.mid(1) + QLatin1Char('.');
}

}  // namespace

NewExperimentDialog::NewExperimentDialog(const Workbench& workbench, QWidget* parent)
    : QDialog(parent),
      m_name(new QLineEdit(tr("Sparsity study"))),
      m_preset(new QComboBox),
      m_purpose(new QLabel),
      m_corpus(new QComboBox),
      m_path(new QLineEdit),
      m_pathRow(nullptr),
      m_lengths(new QLineEdit),
      m_ratios(new QLineEdit),
      m_seeds(new QLineEdit),
      m_dense(new QCheckBox(tr("Dense attention as a reference column"))),
      m_folder(new QLineEdit),
      m_device(new QComboBox),
      m_lanes(new QSpinBox),
      m_stack(new QSpinBox),
      m_amount(new QLabel),
      m_cost(new QLabel),
      m_measure(new QPushButton(tr("&Measure time and disk"))),
      m_estimate(new CostEstimate(workbench.ports().training, this)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel)) {
    setWindowTitle(tr("New experiment"));
    setAcceptDrops(true);
    setMinimumWidth(620);
    fillChoices(workbench.devices(), workbench.laneChoice());
    layOut();
    for (QLineEdit* edit : {m_name, m_path, m_lengths, m_ratios, m_seeds, m_folder})
        connect(edit, &QLineEdit::textChanged, this, &NewExperimentDialog::review);
    connect(m_dense, &QCheckBox::toggled, this, &NewExperimentDialog::review);
    connect(m_corpus, &QComboBox::currentIndexChanged, this, &NewExperimentDialog::review);
    connect(m_preset, &QComboBox::currentIndexChanged, this, &NewExperimentDialog::takePreset);
    for (QSpinBox* box : {m_lanes, m_stack})
        connect(box, &QSpinBox::valueChanged, this, &NewExperimentDialog::review);
    connect(m_device, &QComboBox::currentIndexChanged, this, &NewExperimentDialog::review);
    connect(m_measure, &QPushButton::clicked, this, &NewExperimentDialog::measure);
    connect(m_estimate, &CostEstimate::measured, this, [this](const runs::PlanEstimate& estimate) {
        m_cost->setText(tr("This will take %1.").arg(costText(estimate, m_lanes->value())));
    });
    connect(m_estimate, &CostEstimate::failed, m_cost, &QLabel::setText);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &NewExperimentDialog::finish);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_folder->setText(unusedFolder(defaultExperimentsFolder() + QStringLiteral("/study")));
    m_preset->setCurrentIndex(std::max(0, m_preset->findData(QStringLiteral("quick"))));
    takePreset();
}

void NewExperimentDialog::fillChoices(const std::vector<std::string>& devices,
                                      const LaneChoice& lanes) {
    for (const experiment::PresetDescription& preset : experiment::presets()) {
        const QString name = QString::fromUtf8(preset.name.data(), qsizetype(preset.name.size()));
        m_preset->addItem(name, name);
        m_preset->setItemData(
            m_preset->count() - 1,
            sentence(QString::fromUtf8(preset.purpose.data(), qsizetype(preset.purpose.size()))),
            Qt::ToolTipRole);
    }
    using experiment::CorpusKind;
    m_corpus->addItem(tr("Shakespeare, 1.1 MB (built in)"), int(CorpusKind::TinyShakespeare));
    m_corpus->addItem(tr("A file or folder of mine"), int(CorpusKind::File));
    m_corpus->addItem(tr("Lagged copy: a control with a known answer"),
                      int(CorpusKind::LaggedCopy));
    m_corpus->addItem(tr("Uniform random tokens: nothing to learn"),
                      int(CorpusKind::UniformRandom));
    for (const std::string& device : devices) m_device->addItem(QString::fromStdString(device));
    if (m_device->count() == 0) m_device->addItem(QString::fromStdString(lanes.device));
    m_device->setCurrentText(QString::fromStdString(lanes.device));
    m_lanes->setRange(1, 256);
    m_lanes->setValue(lanes.lanes);
    m_lanes->setToolTip(tr("Trainings side by side; on a processor one per core is fastest."));
    m_stack->setRange(1, 64);
    m_stack->setValue(lanes.runsPerCohort);
    m_stack->setToolTip(tr("Runs that train together in one model; 3 to 18 on a GPU."));
}

void NewExperimentDialog::layOut() {
    m_purpose->setWordWrap(true);
    m_amount->setWordWrap(true);
    m_amount->setObjectName(QStringLiteral("experimentAmount"));
    m_path->setObjectName(QStringLiteral("experimentPath"));
    m_amount->setMinimumHeight(3 * fontMetrics().height());
    m_amount->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    QPushButton* create = m_buttons->addButton(tr("&Create"), QDialogButtonBox::AcceptRole);
    create->setObjectName(QStringLiteral("createButton"));
    m_name->setObjectName(QStringLiteral("experimentName"));
    m_folder->setObjectName(QStringLiteral("experimentFolder"));
    m_folder->setAccessibleName(tr("Folder of the experiment"));
    m_preset->setObjectName(QStringLiteral("experimentPreset"));
    m_lengths->setObjectName(QStringLiteral("experimentLengths"));
    m_cost->setObjectName(QStringLiteral("experimentCost"));
    m_cost->setWordWrap(true);
    m_measure->setObjectName(QStringLiteral("measureButton"));
    m_measure->setToolTip(tr("Trains a few steps of each length and adds up"));

    m_pathRow = dataRow();
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Preset"), m_preset);
    form->addRow(QString(), m_purpose);
    form->addRow(tr("&Text"), m_corpus);
    form->addRow(QString(), m_pathRow);
    form->addRow(tr("&Lengths L (tokens)"), m_lengths);
    form->addRow(tr("&Keep ratios k/L"), m_ratios);
    form->addRow(tr("&Seeds"), m_seeds);
    form->addRow(QString(), m_dense);
    form->addRow(labelOf(tr("&Folder"), m_folder), folderRow());
    form->addRow(tr("&Device"), m_device);
    form->addRow(tr("L&anes"), m_lanes);
    form->addRow(tr("&Runs stacked in a lane"), m_stack);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_amount);
    auto* cost = new QHBoxLayout;
    cost->addWidget(m_cost, 1);
    cost->addWidget(m_measure);
    layout->addLayout(cost);
    layout->addWidget(m_buttons);
    pressOnEnter(*this, *create);
}

QWidget* NewExperimentDialog::dataRow() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_path->setPlaceholderText(tr("Drop a file or folder here, or choose one"));
    m_path->setAccessibleName(tr("File or folder of the text"));
    auto* file = new QPushButton(tr("File…"));
    auto* folder = new QPushButton(tr("Folder…"));
    connect(file, &QPushButton::clicked, this, [this] { browseData(QStringLiteral("file")); });
    connect(folder, &QPushButton::clicked, this, [this] { browseData(QStringLiteral("folder")); });
    layout->addWidget(m_path, 1);
    layout->addWidget(file);
    layout->addWidget(folder);
    return row;
}

QWidget* NewExperimentDialog::folderRow() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* browse = new QPushButton(tr("Choose…"));
    connect(browse, &QPushButton::clicked, this, &NewExperimentDialog::browseFolder);
    layout->addWidget(m_folder, 1);
    layout->addWidget(browse);
    return row;
}

void NewExperimentDialog::takePreset() {
    auto preset = experiment::preset(m_preset->currentData().toString().toStdString());
    if (!preset) return;
    m_base = std::move(preset).value();
    m_purpose->setText(m_preset->currentData(Qt::ToolTipRole).toString());
    m_lengths->setText(listed(m_base.grid.lengths));
    m_ratios->setText(listed(m_base.grid.keepRatios));
    m_seeds->setText(listed(m_base.grid.seeds));
    m_dense->setChecked(m_base.grid.denseReference);
    const bool ownText = m_corpus->currentData().toInt() == int(experiment::CorpusKind::File) &&
                         !m_path->text().isEmpty();
    if (!ownText) m_corpus->setCurrentIndex(m_corpus->findData(int(m_base.data.kind)));
    review();
}

void NewExperimentDialog::setDataPath(const QString& path) {
    m_corpus->setCurrentIndex(m_corpus->findData(int(experiment::CorpusKind::File)));
    m_path->setText(path);
}

void NewExperimentDialog::browseData(const QString& kind) {
    auto* dialog = new QFileDialog(this, tr("Text to train on"), QFileInfo(m_path->text()).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(kind == QLatin1String("folder") ? QFileDialog::Directory
                                                        : QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

void NewExperimentDialog::browseFolder() {
    auto* dialog =
        new QFileDialog(this, tr("Folder of the experiment"), nearestFolder(m_folder->text()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    dialog->open();
}

engine::Result<experiment::ExperimentSettings> NewExperimentDialog::settings() const {
    experiment::ExperimentSettings wanted = m_base;
    wanted.name = m_name->text().trimmed().toStdString();
    wanted.data.kind = static_cast<experiment::CorpusKind>(m_corpus->currentData().toInt());
    wanted.data.path.clear();
    const bool made = wanted.data.kind == experiment::CorpusKind::LaggedCopy ||
                      wanted.data.kind == experiment::CorpusKind::UniformRandom;
    wanted.model.vocabulary = made ? wanted.data.alphabet : 256;
    if (wanted.data.kind == experiment::CorpusKind::File) {
        const QString path = m_path->text().trimmed();
        if (path.isEmpty())
            return engine::Error{engine::ErrorKind::Usage,
                                 tr("Text: choose a file or folder.").toStdString()};
        wanted.data.path = QFileInfo(path).absoluteFilePath().toStdString();
    }
    auto lengths = wholeNumbers(tr("Lengths"), m_lengths->text());
    if (!lengths) return lengths.error();
    auto ratios = numbers(tr("Keep ratios"), m_ratios->text());
    if (!ratios) return ratios.error();
    auto seeds = wholeNumbers(tr("Seeds"), m_seeds->text());
    if (!seeds) return seeds.error();
    wanted.grid.lengths = std::move(lengths).value();
    wanted.grid.keepRatios = std::move(ratios).value();
    wanted.grid.seeds = std::move(seeds).value();
    wanted.grid.denseReference = m_dense->isChecked();
    if (auto valid = experiment::validate(wanted); !valid) return valid.error();
    return wanted;
}

void NewExperimentDialog::review() {
    m_pathRow->setVisible(m_corpus->currentData().toInt() == int(experiment::CorpusKind::File));
    const auto wanted = settings();
    QString text =
        wanted ? amount(*wanted) : inFields(QString::fromStdString(wanted.error().message));
    bool possible = wanted.has_value();
    if (const QString problem = possible ? obstacle(*wanted) : QString(); !problem.isEmpty()) {
        text = problem;
        possible = false;
    }
    m_amount->setText(text);
    m_cost->setText(possible ? tr("Time and disk depend on the device: measure them, or see the "
                                  "time left once the first run has been trained.")
                             : QString());
    m_measure->setEnabled(possible);
    findChild<QPushButton*>(QStringLiteral("createButton"))->setEnabled(possible);
}

QString NewExperimentDialog::amount(const experiment::ExperimentSettings& wanted) const {
    const std::vector<experiment::RunSpec> planned = experiment::plannedRuns(wanted);
    const std::size_t cells = planned.size() / std::max<std::size_t>(1, wanted.grid.seeds.size());
    QString text = tr("%1 cells, %2 runs.")
                       .arg(counted(std::int64_t(cells)), counted(std::int64_t(planned.size())));
    const experiment::DataSettings& source = wanted.data;
    double bytes = -1.0;
    if (source.kind == experiment::CorpusKind::File && QFileInfo(m_path->text()).isFile())
        bytes = static_cast<double>(QFileInfo(m_path->text()).size());
    if (source.kind == experiment::CorpusKind::LaggedCopy ||
        source.kind == experiment::CorpusKind::UniformRandom)
        bytes = static_cast<double>(source.tokens);
    if (source.kind == experiment::CorpusKind::TinyShakespeare) bytes = 1115394;
    if (bytes > 0.0) {
        const auto trained = static_cast<std::int64_t>(bytes * (1.0 - source.validationShare));
        double tokens = 0.0;
        for (const experiment::RunSpec& run : planned) {
            const auto perStep =
                experiment::batchSequences(wanted.training, run.length) * run.length;
            tokens += static_cast<double>(data::totalSteps(wanted.training, run.length, trained)) *
                      static_cast<double>(perStep);
        }
        text += QLatin1Char(' ') +
                tr("%1 million tokens to train on in all.").arg(significant(tokens / 1e6, 3));
    }
    return text;
}

QString NewExperimentDialog::obstacle(const experiment::ExperimentSettings& wanted) const {
    if (wanted.name.empty()) return tr("Name: give the experiment a name.");
    if (wanted.data.kind == experiment::CorpusKind::File) {
        const QFileInfo text(QString::fromStdString(wanted.data.path));
        if (!text.exists())
            return tr("Text: %1 does not exist; choose another file or folder.")
                .arg(text.filePath());
        if (!text.isReadable())
            return tr("Text: %1 may not be read; change its permissions or choose another.")
                .arg(text.filePath());
        const auto longest =
            *std::max_element(wanted.grid.lengths.begin(), wanted.grid.lengths.end());
        const double validation = static_cast<double>(text.size()) * wanted.data.validationShare;
        if (text.isFile() && validation <= static_cast<double>(longest))
            return tr("Text: %1 has %2 bytes, of which %3 are for validation; length %4 needs more "
                      "than that. Choose a longer text or shorter lengths.")
                .arg(text.filePath(), counted(text.size()),
                     counted(static_cast<std::int64_t>(validation)), counted(longest));
    }
    return folderObstacle(m_folder->text().trimmed());
}

LaneChoice NewExperimentDialog::lanes() const {
    return {m_device->currentText().toStdString(), m_lanes->value(), m_stack->value()};
}

void NewExperimentDialog::measure() {
    const auto wanted = settings();
    if (!wanted) return;
    m_measure->setEnabled(false);
    m_cost->setText(tr("Measuring a few steps of each length…"));
    m_estimate->measure(*wanted, lanes());
}

void NewExperimentDialog::finish() {
    const auto wanted = settings();
    if (!wanted) return;
    emit experimentWanted(m_folder->text().trimmed(), *wanted, lanes());
    accept();
}

void NewExperimentDialog::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void NewExperimentDialog::dropEvent(QDropEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.front().isLocalFile()) setDataPath(urls.front().toLocalFile());
}

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/answer_strip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

#include "ui/study_analysis.h"
#include "ui/text.h"
#include "ui/workbench.h"

namespace ui {
namespace {

constexpr int kLines = 3;
constexpr int kMostLines = 5;
constexpr int kRefreshMs = 1000;
const QString kResults = QStringLiteral("results");
const QString kPairs = QStringLiteral("pairs");
const QString kHypotheses = QStringLiteral("hypotheses");
const QString kPower = QStringLiteral("power");

QString linkTo(const QString& table, double length) {
    return QStringLiteral("%1:%2").arg(table).arg(length);
}

}  // namespace

AnswerStrip::AnswerStrip(Workbench& workbench, StudyAnalysis& analysis, QWidget* parent)
    : QWidget(parent),
      m_workbench(workbench),
      m_analysis(analysis),
      m_text(new QLabel),
      m_flag(new QLabel),
      m_queue(new QPushButton) {
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::RichText);
    m_text->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard |
                                    Qt::TextSelectableByMouse);
    m_text->setObjectName(QStringLiteral("answerText"));
    m_text->setAccessibleName(tr("Answer so far"));
    m_text->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_flag->setToolTip(tr("Runs are still missing: the tests use the boundary of an early look."));
    m_queue->setObjectName(QStringLiteral("answerQueue"));
    m_queue->setAutoDefault(true);  // Enter presses it, as Space does
    m_queue->setToolTip(tr("Plans the missing seeds and queues them; can be undone"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFixedHeight(heightOf(kLines));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 2, 12, 2);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_queue);
    layout->addWidget(m_flag);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kRefreshMs);
    connect(&m_timer, &QTimer::timeout, this, &AnswerStrip::refresh);
    connect(m_text, &QLabel::linkActivated, this, &AnswerStrip::follow);
    connect(m_queue, &QPushButton::clicked, this,
            [this] { m_workbench.queueSeeds(m_offer.lengths, m_offer.seeds); });
    connect(&m_workbench, &Workbench::changed, this, &AnswerStrip::onChange);
    connect(&m_analysis, &StudyAnalysis::updated, this, &AnswerStrip::refresh);
    refresh();
}

int AnswerStrip::heightOf(int lines) const {
    return lines * fontMetrics().lineSpacing() + 8;
}

void AnswerStrip::onChange(const Change& change) {
    if (change.aspects & (Aspect::Experiment | Aspect::Plan | Aspect::Selection | Aspect::Queue))
        refresh();
    // Before the first result the strip says how long it takes, which the first steps tell.
    const bool plan = (change.aspects & Aspect::Runs) && !m_analysis.current();
    if (plan && !m_timer.isActive()) m_timer.start();
}

void AnswerStrip::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    refresh();
}

void AnswerStrip::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) refresh();
}

void AnswerStrip::refresh() {
    const auto analysis = m_analysis.current();
    m_flag->setText(analysis && analysis->interim ? tr("interim ⚑") : QString());
    m_flag->setVisible(!m_flag->text().isEmpty());
    m_offer = {};
    m_queue->hide();
    if (!m_workbench.study()) return show({});
    if (analysis) return showAnswer(*analysis);
    showPlan();
}

void AnswerStrip::showPlan() {
    const runs::Study& study = *m_workbench.study();
    const auto done = static_cast<std::int64_t>(study.withStatus(runs::RunStatus::Done).size());
    if (done > 0) return show({{tr("Analysing %1 …").arg(runsCounted(done)), {}}});
    const auto seconds = study.progress(m_workbench.laneChoice().lanes).secondsLeft;
    QString plan = m_analysis.plan();
    if (plan.isEmpty()) return show({});
    plan += seconds ? tr(" It takes about %1.").arg(duration(*seconds))
                    : tr(" How long it takes is known once the first run trains.");
    show({{plan, {}}});
}

const stats::LengthAnalysis* AnswerStrip::askedLength(const stats::GridAnalysis& analysis) const {
    if (m_workbench.selection().empty()) return nullptr;
    const auto asked = static_cast<double>(m_workbench.selection().front().length);
    for (const stats::LengthAnalysis& length : analysis.perLength)
        if (length.length == asked && length.best) return &length;
    return nullptr;
}

AnswerStrip::Offer AnswerStrip::offerFor(const stats::GridAnalysis& analysis,
                                         const stats::LengthAnalysis* asked) const {
    const bool open = asked && asked->notDistinguishable.size() > 1 && asked->seeds;
    if (open) return {{static_cast<std::int64_t>(asked->length)}, asked->seeds->needed};
    if (asked) return {};
    Offer offer;
    for (const stats::Verdict& verdict : analysis.verdicts)
        if (verdict.id == "falling" && verdict.seeds) offer.seeds = verdict.seeds->needed;
    offer.lengths = m_workbench.study()->settings().grid.lengths;
    return offer;
}

QString AnswerStrip::priceOf(const Offer& offer) {
    if (offer.seeds == 0) return {};
    const runs::Study& study = *m_workbench.study();
    const runs::SeedPlan plan = runs::planSeeds(study, offer.lengths, offer.seeds);
    if (plan.runs() == 0) return {};
    const int lanes = std::max(1, m_workbench.laneChoice().lanes);
    QString text = runsCounted(static_cast<std::int64_t>(plan.runs()));
    if (plan.laneSeconds) text += QStringLiteral(", ") + duration(*plan.laneSeconds / lanes);
    const bool writable = study.access() == runs::Access::ReadWrite;
    m_queue->setVisible(plan.unqueued > 0 && writable);
    m_queue->setText(tr("Queue them"));
    return plan.unqueued > 0 ? text : text + tr(", queued");
}

void AnswerStrip::showAnswer(const stats::GridAnalysis& analysis) {
    const stats::LengthAnalysis* asked = askedLength(analysis);
    m_offer = offerFor(analysis, asked);
    const QString price = priceOf(m_offer);
    const QString priced = price.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(price);
    std::vector<Sentence> sentences;
    if (asked) {
        sentences.push_back({QString::fromStdString(asked->answer), linkTo(kPairs, asked->length)});
        if (asked->notDistinguishable.size() > 1 && asked->seeds && asked->seeds->more() > 0)
            sentences.push_back({tr("%1 in each of its %2 cells: %3%4.")
                                     .arg(counted(static_cast<std::int64_t>(asked->seeds->more()),
                                                  tr("more seed"), tr("more seeds")))
                                     .arg(asked->cells.size())
                                     .arg(QString::fromStdString(asked->seeds->basis), priced),
                                 linkTo(kPower, asked->length)});
    } else {
        sentences.push_back({QString::fromStdString(analysis.answer), kResults});
        sentences.push_back({QString::fromStdString(analysis.fallingAnswer) + priced, kHypotheses});
    }
    // Where all lengths do not fit, the longest stands for them; the tooltip and the table have
    // all.
    if (!asked && linesOf(sentences) > kLines) {
        for (const stats::LengthAnalysis& length : analysis.perLength)
            if (length.best) sentences.front() = {QString::fromStdString(length.answer), kResults};
    }
    show(sentences);
    QStringList all;
    for (const stats::LengthAnalysis& length : analysis.perLength)
        if (length.best) all.push_back(QString::fromStdString(length.answer));
    all.push_back(QString::fromStdString(analysis.fallingAnswer));
    m_text->setToolTip(all.join(QLatin1Char('\n')));
}

int AnswerStrip::linesOf(const std::vector<Sentence>& sentences) const {
    // The button and the flag have taken their width when the layout is next made.
    const int taken = (m_queue->isHidden() ? 0 : m_queue->sizeHint().width() + 8) +
                      (m_flag->isHidden() ? 0 : m_flag->sizeHint().width() + 8);
    const int room = width() - 24 - taken;
    int height = 0;
    for (const Sentence& sentence : sentences) {
        const QString link = sentence.link.isEmpty() ? QString() : QLatin1Char(' ') + tr("proof");
        height +=
            fontMetrics()
                .boundingRect(QRect(0, 0, room, 10000), Qt::TextWordWrap, sentence.text + link)
                .height();
    }
    return height / fontMetrics().lineSpacing();
}

void AnswerStrip::show(const std::vector<Sentence>& sentences) {
    m_sentences.clear();
    QStringList lines;
    const QString style = QStringLiteral("color: %1; text-decoration: none;")
                              .arg(palette().color(QPalette::WindowText).name());
    for (const Sentence& sentence : sentences) {
        if (sentence.text.isEmpty()) continue;
        m_sentences.push_back(sentence.text);
        const QString text = sentence.text.toHtmlEscaped();
        lines.push_back(sentence.link.isEmpty()
                            ? text
                            : QStringLiteral("<a href=\"%1\" style=\"%2\">%3</a> "
                                             "<a href=\"%1\">%4</a>")
                                  .arg(sentence.link, style, text, tr("proof")));
    }
    // A narrow window breaks even the short answer more often than that.
    setFixedHeight(heightOf(std::clamp(linesOf(sentences), kLines, kMostLines)));
    m_text->setText(lines.join(QStringLiteral("<br>")));
    m_text->setToolTip(QString());
}

void AnswerStrip::follow(const QString& link) {
    const QString table = link.section(QLatin1Char(':'), 0, 0);
    const QString length = link.section(QLatin1Char(':'), 1);
    Proof proof;
    if (table == kPairs) proof.table = Proof::Table::Pairs;
    if (table == kHypotheses) proof.table = Proof::Table::Hypotheses;
    if (table == kPower) proof.table = Proof::Table::Power;
    if (!length.isEmpty()) proof.length = length.toDouble();
    emit proofWanted(proof);
}

}  // namespace ui

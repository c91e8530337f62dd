// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "stats/grid_analysis.h"
#include "ui/change.h"
#include "ui/proof.h"

class QLabel;
class QPushButton;

namespace ui {

class StudyAnalysis;
class Workbench;

/// The answer so far and how sure it is; before any result, what will be learnt. Three lines, more
/// in a narrow window only; each sentence is a link to the table that proves it.
class AnswerStrip : public QWidget {
    Q_OBJECT
public:
    explicit AnswerStrip(Workbench& workbench, StudyAnalysis& analysis, QWidget* parent = nullptr);
    /// The sentences as they are read, without markup.
    QString text() const { return m_sentences.join(QLatin1Char('\n')); }

signals:
    void proofWanted(const ui::Proof& proof);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Sentence {
        QString text;
        QString link;  // of the href; empty: no proof
    };
    /// What would settle the question that is open.
    struct Offer {
        std::vector<std::int64_t> lengths;
        std::size_t seeds = 0;  // per cell; 0: nothing to offer
    };
    void onChange(const Change& change);
    void refresh();
    void showPlan();
    void showAnswer(const stats::GridAnalysis& analysis);
    void show(const std::vector<Sentence>& sentences);
    /// How many lines they take in the room that the button and the flag leave.
    int linesOf(const std::vector<Sentence>& sentences) const;
    int heightOf(int lines) const;
    const stats::LengthAnalysis* askedLength(const stats::GridAnalysis& analysis) const;
    Offer offerFor(const stats::GridAnalysis& analysis, const stats::LengthAnalysis* asked) const;
    QString priceOf(const Offer& offer);
    void follow(const QString& link);

    Workbench& m_workbench;
    StudyAnalysis& m_analysis;
    QLabel* m_text;
    QLabel* m_flag;
    QPushButton* m_queue;
    QStringList m_sentences;
    QTimer m_timer;
    Offer m_offer;
};

}  // namespace ui

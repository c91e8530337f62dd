// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curve_choice.h"

#include <QCoreApplication>
#include <QSettings>
#include <algorithm>
#include <array>

namespace ui {
namespace {

constexpr std::array kQuantities = {
    Quantity::Loss,         Quantity::Accuracy,     Quantity::Perplexity,
    Quantity::LearningRate, Quantity::GradientNorm, Quantity::IndexGradientNorm,
    Quantity::IndexLoss,    Quantity::Recall,       Quantity::TokensPerSecond};
constexpr std::array kBands = {SeedBand::EachSeed, SeedBand::MinToMax, SeedBand::StandardDeviation,
                               SeedBand::StandardError, SeedBand::TInterval};
constexpr int kLongestHalfLife = 1000;

const QString kQuantityKey = QStringLiteral("curves/quantity");
const QString kAxisKey = QStringLiteral("curves/axis");
const QString kBandKey = QStringLiteral("curves/band");
const QString kHalfLifeKey = QStringLiteral("curves/halfLife");

QString tr(const char* text) {
    return QCoreApplication::translate("ui::CurveChoice", text);
}

/// The remembered value, or the first one where none or a strange one is remembered.
template <class Value>
Value remembered(const QString& key, Value last) {
    const int number = QSettings().value(key, 0).toInt();
    return number < 0 || number > static_cast<int>(last) ? Value{} : static_cast<Value>(number);
}

}  // namespace

std::span<const Quantity> allQuantities() {
    return kQuantities;
}

std::span<const SeedBand> allSeedBands() {
    return kBands;
}

QString title(Quantity quantity) {
    switch (quantity) {
        case Quantity::Loss:
            return tr("Loss (nats/token)");
        case Quantity::Accuracy:
            return tr("Validation accuracy");
        case Quantity::Perplexity:
            return tr("Perplexity");
        case Quantity::LearningRate:
            return tr("Learning rate");
        case Quantity::GradientNorm:
            return tr("Gradient norm, backbone");
        case Quantity::IndexGradientNorm:
            return tr("Gradient norm, indexer");
        case Quantity::IndexLoss:
            return tr("Indexer loss (nats)");
        case Quantity::Recall:
            return tr("Attention mass kept (recall)");
        case Quantity::TokensPerSecond:
            return tr("Speed (tokens/s)");
    }
    return {};
}

QString fileName(Quantity quantity) {
    switch (quantity) {
        case Quantity::Loss:
            return QStringLiteral("curves_loss");
        case Quantity::Accuracy:
            return QStringLiteral("curves_accuracy");
        case Quantity::Perplexity:
            return QStringLiteral("curves_perplexity");
        case Quantity::LearningRate:
            return QStringLiteral("curves_learning_rate");
        case Quantity::GradientNorm:
            return QStringLiteral("curves_gradient_norm");
        case Quantity::IndexGradientNorm:
            return QStringLiteral("curves_indexer_gradient_norm");
        case Quantity::IndexLoss:
            return QStringLiteral("curves_indexer_loss");
        case Quantity::Recall:
            return QStringLiteral("curves_recall");
        case Quantity::TokensPerSecond:
            return QStringLiteral("curves_speed");
    }
    return {};
}

QString title(CurveAxis axis) {
    switch (axis) {
        case CurveAxis::Step:
            return tr("Optimiser step");
        case CurveAxis::Tokens:
            return tr("Tokens seen");
        case CurveAxis::Time:
            return tr("Training time (s)");
    }
    return {};
}

QString title(SeedBand band) {
    switch (band) {
        case SeedBand::EachSeed:
            return tr("each seed");
        case SeedBand::MinToMax:
            return tr("min to max");
        case SeedBand::StandardDeviation:
            return tr("± sd");
        case SeedBand::StandardError:
            return tr("± se");
        case SeedBand::TInterval:
            return tr("95 % t interval");
    }
    return {};
}

QString definition(SeedBand band) {
    switch (band) {
        case SeedBand::EachSeed:
            return tr("Each seed as a thin line under the mean.");
        case SeedBand::MinToMax:
            return tr("From the smallest to the largest of the seeds.");
        case SeedBand::StandardDeviation:
            return tr("Mean ± one standard deviation of the seeds (divisor n − 1).");
        case SeedBand::StandardError:
            return tr("Mean ± one standard error, the standard deviation over √n.");
        case SeedBand::TInterval:
            return tr(
                "95 % confidence interval of the mean (Student's t, n − 1 degrees of "
                "freedom), for each point by itself.");
    }
    return {};
}

bool isMeasured(Quantity quantity, Split split) {
    if (quantity == Quantity::Loss || quantity == Quantity::Perplexity) return true;
    const bool evaluated = quantity == Quantity::Accuracy || quantity == Quantity::Recall;
    return evaluated == (split == Split::Validation);
}

QString smoothingFormula(int halfLife) {
    return tr("Smoothed: the mean of all values so far, in which a value's weight halves every %1 "
              "recorded points (exponential moving average, debiased). The faint line is what was "
              "measured. Validation is drawn as measured.")
        .arg(halfLife);
}

CurveChoice rememberedChoice() {
    CurveChoice choice;
    choice.quantity = remembered(kQuantityKey, kQuantities.back());
    choice.axis = remembered(kAxisKey, CurveAxis::Time);
    choice.band = remembered(kBandKey, kBands.back());
    choice.halfLife = std::clamp(QSettings().value(kHalfLifeKey, 0).toInt(), 0, kLongestHalfLife);
    return choice;
}

void rememberChoice(const CurveChoice& choice) {
    QSettings settings;
    settings.setValue(kQuantityKey, static_cast<int>(choice.quantity));
    settings.setValue(kAxisKey, static_cast<int>(choice.axis));
    settings.setValue(kBandKey, static_cast<int>(choice.band));
    settings.setValue(kHalfLifeKey, choice.halfLife);
}

}  // namespace ui

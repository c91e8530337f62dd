// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <span>

#include "ui/colour_map.h"

namespace ui {

/// What the curves show.
enum class Quantity {
    Loss,
    Accuracy,
    Perplexity,
    LearningRate,
    GradientNorm,
    IndexGradientNorm,
    IndexLoss,
    Recall,
    TokensPerSecond
};
enum class CurveAxis { Step, Tokens, Time };
enum class Split { Training, Validation };

/// How the runs of a cell are drawn.
enum class SeedBand { EachSeed, MinToMax, StandardDeviation, StandardError, TInterval };

std::span<const Quantity> allQuantities();
std::span<const SeedBand> allSeedBands();

QString title(Quantity quantity);
/// "curves_loss": what a file with this quantity is called, without ending.
QString fileName(Quantity quantity);
QString title(CurveAxis axis);
/// "each seed", "min to max", "± sd", "± se", "95 % t interval".
QString title(SeedBand band);
/// One sentence that defines the band.
QString definition(SeedBand band);
/// Whether the quantity is measured on this split at all.
bool isMeasured(Quantity quantity, Split split);

/// What the user chose to see; remembered from one start to the next.
struct CurveChoice {
    Quantity quantity = Quantity::Loss;
    CurveAxis axis = CurveAxis::Step;
    SeedBand band = SeedBand::EachSeed;
    int halfLife = 0;  // of the smoothing, in recorded points; 0: none
    Background background = Background::Light;
    bool operator==(const CurveChoice&) const = default;
};

/// How the smoothed line is made, in words.
QString smoothingFormula(int halfLife);

CurveChoice rememberedChoice();
void rememberChoice(const CurveChoice& choice);

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/experiment/settings.h"
#include "ui/cell_state.h"

namespace ui {

/// A cell of the grid: a length and a keep ratio, or the dense reference of that length.
struct CellKey {
    std::int64_t length = 0;
    double keepRatio = 1.0;
    experiment::AttentionKind attention = experiment::AttentionKind::Sparse;
    bool operator==(const CellKey&) const = default;
    auto operator<=>(const CellKey&) const = default;
};

/// The cell in which a run is planned.
CellKey cellOf(const experiment::RunSpec& spec);

/// "L 256 · k/L 0.5" or "L 256 · dense".
QString cellName(const CellKey& key);

/// Whether a cell is marked as the lowest loss of its length.
enum class RowRank { Other, Best, NotDistinguishable };

/// Whether the runs so far say anything about a cell: one run has no spread, and a row in which no
/// method separates the ratios has no order.
enum class Evidence { None, TooFew, Enough };

/// What stands beside a mean.
enum class Spread { Interval, StandardDeviation };

/// Of the mean, nats per token.
struct LossInterval {
    double lower = 0.0;
    double upper = 0.0;
    bool operator==(const LossInterval&) const = default;
};

/// Everything the grid shows of one cell; numbers are made by the engine and by stats.
struct CellView {
    CellKey key;
    std::int64_t keep = 0;   // k
    double pairsKept = 1.0;  // share of causal pairs
    CellState state = CellState::Empty;
    int planned = 0;
    int done = 0;
    int failed = 0;  // failed or diverged
    int queued = 0;
    int running = 0;
    double progress = 0.0;                 // of the runs now training, 0..1
    std::optional<double> meanLoss;        // nats per token, over the runs that are done
    std::optional<double> sdLoss;          // sample sd, two runs or more
    std::optional<LossInterval> interval;  // Student t, two runs or more
    std::optional<double> improvement;     // share of the baseline's loss; above 0: better
    std::optional<double> metric;          // what the colour shows
    std::vector<double> sparkline;         // validation loss in order of steps
    RowRank rank = RowRank::Other;
    Evidence evidence = Evidence::None;
    std::int64_t steps = 0;  // of one run
    std::int64_t tokens = 0;
    double epochs = 0.0;
    QStringList flags;  // "1 run still falls steeply", ...
    QString message;    // why it failed, or what it waits for
    bool operator==(const CellView&) const = default;

    /// Runs of this cell that neither are done nor are on their way.
    int idle() const { return planned - done - queued - running; }
};

}  // namespace ui

Q_DECLARE_METATYPE(ui::CellView)

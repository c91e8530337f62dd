// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "stats/exponential_mean.h"
#include "stats/mean_band.h"
#include "ui/curve_choice.h"
#include "ui/line_data.h"

namespace ui {

/// The mean of a cell's runs with its band, at the steps that all of them have recorded. It looks
/// only at points that came since the last call.
class SeedMean {
public:
    SeedMean(std::vector<std::shared_ptr<const RunLine>> runs, SeedBand band);

    /// The runs this mean was begun with; others need another mean.
    const std::vector<std::shared_ptr<const RunLine>>& runs() const { return m_runs; }
    void extend();

    /// Of one run: its own line.
    std::shared_ptr<const LineData> mean() const;
    /// nullptr for one run and for SeedBand::EachSeed.
    std::shared_ptr<const BandData> band() const { return m_bandData; }

private:
    bool atCommonStep();
    void addPoint();

    std::vector<std::shared_ptr<const RunLine>> m_runs;
    std::vector<std::size_t> m_places;  // next unread point of each run
    std::vector<double> m_values;       // of the runs at one step
    std::optional<stats::MeanBand> m_band;
    std::shared_ptr<LineData> m_mean = std::make_shared<LineData>();
    std::shared_ptr<BandData> m_bandData;
};

/// A smoothed line over one as it was measured; breaks where that breaks.
class SmoothedLine {
public:
    SmoothedLine(std::shared_ptr<const LineData> raw, int halfLife);
    const std::shared_ptr<const LineData>& raw() const { return m_raw; }
    void extend();
    std::shared_ptr<const LineData> data() const { return m_data; }

private:
    std::shared_ptr<const LineData> m_raw;
    stats::ExponentialMean m_mean;
    std::shared_ptr<LineData> m_data = std::make_shared<LineData>();
};

}  // namespace ui

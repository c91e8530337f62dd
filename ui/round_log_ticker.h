// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

namespace ui {

/// Round numbers on a logarithmic axis at every zoom: powers of ten over many decades, 1, 2 and 5
/// over a few, and evenly spaced round numbers within a part of one.
class RoundLogTicker : public QCPAxisTicker {
protected:
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override;
    int getSubTickCount(double tickStep) override;
    QVector<double> createSubTickVector(int subTickCount, const QVector<double>& ticks) override;
};

}  // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <cmath>

/// |got - expected| <= tolerance |expected|.
inline void expectRelative(double got, double expected, double tolerance) {
    EXPECT_LE(std::abs(got - expected), tolerance * std::abs(expected))
        << "got " << got << ", expected " << expected;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text.h"

#include <gtest/gtest.h>

#include <limits>

#include "app/csv.h"

namespace {

TEST(Text, DurationsHaveTwoUnits) {
    EXPECT_EQ(app::durationText(0.4), "0 s");
    EXPECT_EQ(app::durationText(59.6), "1 min 0 s");
    EXPECT_EQ(app::durationText(700), "11 min 40 s");
    EXPECT_EQ(app::durationText(7300), "2 h 1 min");
    EXPECT_EQ(app::durationText(200000), "2 d 7 h");
}

TEST(Text, SizesArePowersOfAThousand) {
    EXPECT_EQ(app::sizeText(999), "999 bytes");
    EXPECT_EQ(app::sizeText(1500), "1.5 kB");
    EXPECT_EQ(app::sizeText(53e9), "53 GB");
    EXPECT_EQ(app::sizeText(999'600), "1.0 MB");
}

TEST(Text, NumbersAreGroupedByThree) {
    EXPECT_EQ(app::groupedText(7), "7");
    EXPECT_EQ(app::groupedText(123), "123");
    EXPECT_EQ(app::groupedText(1115394), "1 115 394");
    EXPECT_EQ(app::groupedText(-123456), "-123 456");
}

TEST(Csv, QuotesOnlyWhatNeedsIt) {
    app::CsvWriter csv("a,b,c");
    csv.add("plain").add("with, comma").add("with \"quotes\"\nand a line").endRow();
    EXPECT_EQ(csv.take(), "a,b,c\nplain,\"with, comma\",\"with \"\"quotes\"\"\nand a line\"\n");
}

TEST(Csv, NumbersReadBackTheSame) {
    app::CsvWriter csv("x");
    csv.add(0.1 + 0.2).endRow();
    csv.add(std::numeric_limits<double>::quiet_NaN())
        .add(std::optional<double>())
        .add(std::int64_t{-3})
        .endRow();
    EXPECT_EQ(csv.take(), "x\n0.30000000000000004\nnan,,-3\n");
}

}  // namespace

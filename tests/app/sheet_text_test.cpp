// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sheet_text.h"

#include <gtest/gtest.h>

#include <limits>
#include <sstream>
#include <stdexcept>

namespace {

using app::CellStyle;

TEST(Wrapped, BreaksAtSpacesAndIndentsTheRest) {
    EXPECT_EQ(app::wrapped("one two three", 9, 2), "one two\n  three\n");
    EXPECT_EQ(app::wrapped("  lead stays", 6, 4), "  lead\n    stays\n");
    EXPECT_EQ(app::wrapped("averyverylongword x", 6, 0), "averyverylongword\nx\n");
    EXPECT_EQ(app::wrapped("", 6, 0), "\n");
}

TEST(Wrapped, CountsCharactersNotBytes) {
    EXPECT_EQ(app::wrapped("±±±± ±±±", 8, 0), "±±±± ±±±\n");
    EXPECT_EQ(app::wrapped("±±±± ±±±", 7, 0), "±±±±\n±±±\n");
}

stats::Sheet sample() {
    return {"sample",
            {"length", "method", "mean", "se", "share", "p", "unused", "note"},
            {{64.0, "first", 1.2345678, 0.000123, 0.0361, 7.61848e-06, {}, {}},
             {64.0, "second", 1.5, 0.000456, -0.5, "<1e-300", {}, "a remark"},
             {128.0, "first", {}, {}, {}, {}, {}, "needs two runs"}}};
}

app::SheetLayout layout() {
    return {{"length"},
            {{"method", "test", CellStyle::Text},
             {"mean", "mean", CellStyle::Loss},
             {"se", "se", CellStyle::Spread},
             {"share", "gain", CellStyle::Share},
             {"p", "p", CellStyle::P},
             {"unused", "unused", CellStyle::Number}},
            1,
            {}};
}

TEST(SheetText, ShowsAMeanWithTheDecimalsThatItsErrorBears) {
    EXPECT_EQ(app::sheetText(sample(), layout(), 80),
              "L = 64\n"
              "  test        mean        se      gain          p\n"
              "  first   1.234568  0.000123    3.61 %  7.618e-06\n"
              "  second  1.500000  0.000456  -50.00 %    <1e-300\n"
              "  second: a remark\n"
              "L = 128\n"
              "  first: needs two runs\n");
}

TEST(SheetText, ContinuesAWideTableBelowWithItsKeys) {
    const std::string text = app::sheetText(sample(), layout(), 32);
    EXPECT_NE(text.find("  test        mean        se\n"), std::string::npos) << text;
    EXPECT_NE(text.find("  test        gain          p\n"), std::string::npos) << text;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 32U) << line;
}

TEST(SheetText, LeavesOutTheMethodsThatWereNotChosen) {
    app::SheetLayout one = layout();
    one.methods = {"second"};
    const std::string text = app::sheetText(sample(), one, 80);
    EXPECT_EQ(text.find("first"), std::string::npos) << text;
    EXPECT_NE(text.find("second"), std::string::npos) << text;
}

TEST(SheetText, NumbersOfEverySizeStayReadable) {
    const double infinity = std::numeric_limits<double>::infinity();
    const auto column = [](std::vector<double> values) {
        stats::Sheet sheet{"s", {"key", "x"}, {}};
        for (const double value : values) sheet.rows.push_back({"k", value});
        return app::sheetText(
            sheet, {{}, {{"key", "", CellStyle::Text}, {"x", "x", CellStyle::Number}}, 1, {}}, 80);
    };
    EXPECT_EQ(column({5, 12}), "      x\n  k   5\n  k  12\n");
    EXPECT_EQ(column({5, 1.3521}), "         x\n  k  5\n  k  1.352\n");
    EXPECT_EQ(column({1e-14, 5}), "         x\n  k  1e-14\n  k      5\n");
    EXPECT_EQ(column({1.5e12, 3}), "           x\n  k  1.5e+12\n  k        3\n");
    EXPECT_EQ(column({infinity, 2.5}), "         x\n  k    inf\n  k  2.500\n");
    EXPECT_EQ(column({0, 0}), "     x\n  k  0\n  k  0\n");
}

TEST(SheetText, AColumnThatIsNotThereIsAMistakeOfOurs) {
    app::SheetLayout wrong = layout();
    wrong.columns[1].name = "men";
    EXPECT_THROW(app::sheetText(sample(), wrong, 80), std::logic_error);
}

}  // namespace

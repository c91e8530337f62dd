// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/csv_reader.h"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using Record = std::vector<std::string>;

struct ReadBack {
    std::vector<Record> records;
    std::vector<std::size_t> lines;
    std::string error;
    engine::ErrorKind kind = engine::ErrorKind::Usage;
};

ReadBack read(const std::string& text) {
    std::istringstream in(text);
    app::CsvReader reader(in);
    ReadBack all;
    Record fields;
    for (;;) {
        const auto more = reader.next(fields);
        if (!more) {
            all.error = more.error().message;
            all.kind = more.error().kind;
            return all;
        }
        if (!*more) return all;
        all.records.push_back(fields);
        all.lines.push_back(reader.line());
    }
}

TEST(CsvReader, TakesCommaSemicolonAndTab) {
    const std::vector<Record> expected{{"a", "b"}, {"1", "2"}};
    EXPECT_EQ(read("a,b\n1,2\n").records, expected);
    EXPECT_EQ(read("a;b\n1;2\n").records, expected);
    EXPECT_EQ(read("a\tb\n1\t2\n").records, expected);
    EXPECT_EQ(read("a;\"b,c,d\"\n1;2\n").records[1], (Record{"1", "2"}));
}

TEST(CsvReader, TakesEveryLineEndAndAByteOrderMark) {
    const std::vector<Record> expected{{"a", "b"}, {"1", "2"}, {"3", "4"}};
    for (const char* text : {"a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r",
                             "\xef\xbb\xbf"
                             "a,b\r\n1,2\n3,4\r"}) {
        EXPECT_EQ(read(text).records, expected) << text;
        EXPECT_EQ(read(text).lines, (std::vector<std::size_t>{1, 2, 3})) << text;
    }
}

TEST(CsvReader, QuotedFieldsHoldSeparatorsQuotesAndLineEnds) {
    const ReadBack got = read("a,b\n \"x, \"\"y\"\"\" ,1\n\"two\nlines\",2\nplain,3\n");
    ASSERT_EQ(got.records.size(), 4U) << got.error;
    EXPECT_EQ(got.records[1], (Record{"x, \"y\"", "1"}));
    EXPECT_EQ(got.records[2], (Record{"two\nlines", "2"}));
    EXPECT_EQ(got.lines, (std::vector<std::size_t>{1, 2, 3, 5}));
}

TEST(CsvReader, AQuoteInsideAFieldIsACharacter) {
    EXPECT_EQ(read("a,b\n5\" disk,1\n3,4\n").records[1], (Record{"5\" disk", "1"}));
    EXPECT_EQ(read("a,b\n5\"\" disk,1\n3,4\n").records.size(), 3U);
}

TEST(CsvReader, SkipsEmptyLinesAndComments) {
    const ReadBack got = read("# made, \"by hand\n\na,b\n  \n# one more, \"\n1,2\n");
    ASSERT_EQ(got.records.size(), 2U) << got.error;
    EXPECT_EQ(got.lines, (std::vector<std::size_t>{3, 6}));
}

TEST(CsvReader, AnUnclosedQuoteIsNamedByTheLineOnWhichItOpens) {
    const ReadBack got = read("a,b\n1,2\n\"3,4\n5,6\n7,8\n");
    EXPECT_EQ(got.records.size(), 2U);
    EXPECT_EQ(got.error,
              "line 3: a quote opens a field and is never closed; close it or remove it");
    EXPECT_EQ(got.kind, engine::ErrorKind::Data);
}

TEST(CsvReader, WhatIsNoTextIsRefused) {
    EXPECT_NE(read(std::string("PK\x03\x04rest", 8)).error.find("line 1: byte 3 is no text"),
              std::string::npos);
    const std::string utf16(
        "\xff\xfe"
        "a\0,\0b\0",
        8);
    EXPECT_NE(read(utf16).error.find("UTF-8"), std::string::npos);
}

TEST(CsvReader, AnEndlessLineIsRefusedAtOneMebibyte) {
    EXPECT_NE(
        read("a,b\n" + std::string(3U << 20U, 'x')).error.find("line 2: is longer than 1 MiB"),
        std::string::npos);
    EXPECT_NE(read("a,b\n\"" + std::string(3U << 20U, '\n')).error.find("line 2: a quote opens"),
              std::string::npos);
}

TEST(CsvReader, AFailedReadIsNoEndOfFile) {
    struct Broken : std::streambuf {
        std::string text = "a,b\n1,2\n";
        bool given = false;
        int_type underflow() override {
            if (given) throw std::ios_base::failure("input/output error");
            given = true;
            setg(text.data(), text.data(), text.data() + text.size());
            return traits_type::to_int_type(text[0]);
        }
    } broken;
    std::istream in(&broken);
    app::CsvReader reader(in);
    Record fields;
    engine::Result<bool> more = true;
    for (int i = 0; i < 5 && more && *more; ++i) more = reader.next(fields);
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().kind, engine::ErrorKind::Io);
}

TEST(CsvReader, AnEmptyFileHasNoRecord) {
    EXPECT_TRUE(read("").records.empty());
    EXPECT_TRUE(read("").error.empty());
    EXPECT_TRUE(read("\xef\xbb\xbf").records.empty());
    EXPECT_TRUE(read("\n\n# nothing\n").records.empty());
}

}  // namespace

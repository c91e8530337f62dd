// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace app {

// A text with tables and pictures, written once and rendered to Markdown and to HTML. All texts are
// plain: the renderers escape what has a meaning in their language.

struct Heading {
    int level = 2;  // 1 is the document's title
    std::string text;
};
struct Paragraph {
    std::string text;
};
/// Stands out: what a reader must know before believing what follows.
struct Remark {
    std::string text;
};
struct Bullets {
    std::vector<std::string> items;
};
struct Code {
    std::string text;
};
struct Picture {
    std::string file;  // relative to the document
    std::string caption;
};
enum class Align { Left, Right };
struct TextColumn {
    std::string title;
    Align align = Align::Right;
};
struct TextTable {
    std::vector<TextColumn> columns;
    std::vector<std::vector<std::string>> rows;  // as wide as columns
};

using Block = std::variant<Heading, Paragraph, Remark, Bullets, Code, Picture, TextTable>;

struct Document {
    std::vector<Block> blocks;

    template <class AnyBlock>
    void add(AnyBlock block) {
        blocks.emplace_back(std::move(block));
    }
    /// Nothing for an empty text.
    void paragraph(std::string text);
};

/// GitHub's Markdown.
std::string toMarkdown(const Document& document);

/// One HTML 5 file that carries its own style and loads nothing but its pictures; the headings of
/// level 2 are listed at the top.
std::string toHtml(const Document& document);

}  // namespace app

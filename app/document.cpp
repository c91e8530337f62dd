// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/document.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace app {
namespace {

bool isWord(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

/// An asterisk or underscore inside a word or a formula with spaces means nothing in Markdown.
bool isEmphasis(std::string_view text, std::size_t at) {
    const bool before = at > 0 && text[at - 1] != ' ';
    const bool after = at + 1 < text.size() && text[at + 1] != ' ';
    const bool inWord =
        before && after && isWord(text[at - 1]) && isWord(text[at + 1]) && text[at] == '_';
    return (before || after) && !inWord;
}

std::string markdownText(std::string_view text) {
    std::string escaped;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\n') {
            escaped += ' ';
            continue;
        }
        const bool special = c == '\\' || c == '`' || c == '|' || c == '<';
        if (special || ((c == '*' || c == '_') && isEmphasis(text, at))) escaped += '\\';
        escaped += c;
    }
    return escaped;
}

/// Spaces and parentheses end the address of a Markdown picture.
std::string address(std::string_view file) {
    std::string encoded;
    for (const char c : file) {
        if (c == ' ') {
            encoded += "%20";
        } else if (c == '(' || c == ')') {
            encoded += c == '(' ? "%28" : "%29";
        } else {
            encoded += c;
        }
    }
    return encoded;
}

class MarkdownWriter {
public:
    void operator()(const Heading& heading) {
        m_text += std::string(static_cast<std::size_t>(heading.level), '#') + ' ' +
                  markdownText(heading.text) + "\n\n";
    }
    void operator()(const Paragraph& paragraph) { m_text += markdownText(paragraph.text) + "\n\n"; }
    void operator()(const Remark& remark) { m_text += "> " + markdownText(remark.text) + "\n\n"; }
    void operator()(const Bullets& bullets) {
        for (const std::string& item : bullets.items) m_text += "- " + markdownText(item) + '\n';
        m_text += '\n';
    }
    void operator()(const Code& code) { m_text += "```\n" + code.text + "\n```\n\n"; }
    void operator()(const Picture& picture) {
        m_text += "![" + markdownText(picture.caption) + "](" + address(picture.file) + ")\n\n*" +
                  markdownText(picture.caption) + "*\n\n";
    }
    void operator()(const TextTable& table) {
        std::string rule = "|";
        m_text += '|';
        for (const TextColumn& column : table.columns) {
            m_text += ' ' + markdownText(column.title) + " |";
            rule += column.align == Align::Right ? "---:|" : "---|";
        }
        m_text += '\n' + rule + '\n';
        for (const auto& row : table.rows) {
            m_text += '|';
            for (const std::string& cell : row) m_text += ' ' + markdownText(cell) + " |";
            m_text += '\n';
        }
        m_text += '\n';
    }

    std::string take() {
        while (m_text.ends_with("\n\n")) m_text.pop_back();
        return std::move(m_text);
    }

private:
    std::string m_text;
};

std::string htmlText(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        switch (c) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            default:
                escaped += c;
        }
    }
    return escaped;
}

/// "Key findings" -> "key-findings".
std::string anchor(std::string_view title) {
    std::string name;
    for (const char c : title) {
        if (isWord(c)) {
            name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        } else if (!name.empty() && name.back() != '-') {
            name += '-';
        }
    }
    return name;
}

constexpr std::string_view kStyle = R"(
body { font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; color: #1c1f24; background: #fff;
       max-width: 72rem; margin: 2rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { font-size: 1.3rem; margin-top: 2.5rem; border-bottom: 1px solid #d5d9df; padding-bottom: .2rem; }
h3 { font-size: 1.05rem; margin-top: 1.8rem; }
p, li { max-width: 60rem; }
nav { margin: 1rem 0; } nav a { margin-right: 1.2rem; }
a { color: #1f6fd0; }
.remark { border-left: 4px solid #b35806; background: #fff6e9; padding: .6rem 1rem; max-width: 58rem; }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .7rem; border-bottom: 1px solid #e3e6ea; text-align: left; vertical-align: top; }
th { border-bottom: 2px solid #9aa1ab; vertical-align: bottom; }
.right { text-align: right; }
td.right { white-space: nowrap; }
tr:nth-child(even) td { background: #f7f8fa; }
figure { margin: 1.5rem 0; } figure img { max-width: 100%; height: auto; border: 1px solid #e3e6ea; }
figure:not(:first-of-type) img { max-width: min(100%, 46rem); }
figcaption { font-size: .9rem; color: #555c66; }
pre { background: #f3f4f6; padding: .8rem 1rem; overflow-x: auto; font-size: .85rem; }
@media print { nav { display: none; } h2, h3, figure, tr { break-inside: avoid; } }
)";

class HtmlWriter {
public:
    void operator()(const Heading& heading) {
        const std::string tag = "h" + std::to_string(heading.level);
        const std::string id =
            heading.level == 2 ? " id=\"" + anchor(heading.text) + "\"" : std::string();
        m_text += "<" + tag + id + ">" + htmlText(heading.text) + "</" + tag + ">\n";
    }
    void operator()(const Paragraph& paragraph) {
        m_text += "<p>" + htmlText(paragraph.text) + "</p>\n";
    }
    void operator()(const Remark& remark) {
        m_text += "<p class=\"remark\">" + htmlText(remark.text) + "</p>\n";
    }
    void operator()(const Bullets& bullets) {
        m_text += "<ul>\n";
        for (const std::string& item : bullets.items) m_text += "<li>" + htmlText(item) + "</li>\n";
        m_text += "</ul>\n";
    }
    void operator()(const Code& code) {
        m_text += "<pre><code>" + htmlText(code.text) + "</code></pre>\n";
    }
    void operator()(const Picture& picture) {
        const std::string caption = htmlText(picture.caption);
        m_text += "<figure><img src=\"" + htmlText(address(picture.file)) + "\" alt=\"" + caption +
                  "\"><figcaption>" + caption + "</figcaption></figure>\n";
    }
    void operator()(const TextTable& table) {
        m_text += "<div class=\"wide\"><table>\n<thead><tr>";
        for (const TextColumn& column : table.columns) addCell("th", column.title, column.align);
        m_text += "</tr></thead>\n<tbody>\n";
        for (const auto& row : table.rows) {
            m_text += "<tr>";
            for (std::size_t at = 0; at < row.size(); ++at)
                addCell("td", row[at], table.columns[at].align);
            m_text += "</tr>\n";
        }
        m_text += "</tbody></table></div>\n";
    }

    std::string take() { return std::move(m_text); }

private:
    void addCell(const char* tag, const std::string& text, Align align) {
        m_text += std::string("<") + tag + (align == Align::Right ? " class=\"right\">" : ">") +
                  htmlText(text) + "</" + tag + ">";
    }
    std::string m_text;
};

}  // namespace

void Document::paragraph(std::string text) {
    if (!text.empty()) add(Paragraph{std::move(text)});
}

std::string toMarkdown(const Document& document) {
    MarkdownWriter writer;
    for (const Block& block : document.blocks) std::visit(writer, block);
    return writer.take();
}

std::string toHtml(const Document& document) {
    std::string title = "Report";
    std::string contents;
    HtmlWriter writer;
    bool isListed = false;
    std::string body;
    for (const Block& block : document.blocks) {
        if (const auto* heading = std::get_if<Heading>(&block)) {
            if (heading->level == 1) title = heading->text;
            if (heading->level == 2)
                contents += "<a href=\"#" + anchor(heading->text) + "\">" +
                            htmlText(heading->text) + "</a>\n";
            if (heading->level == 2 && !isListed) {
                isListed = true;
                body = writer.take();
                writer = HtmlWriter();
            }
        }
        std::visit(writer, block);
    }
    if (!contents.empty()) contents = "<nav>" + contents + "</nav>\n";
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
           htmlText(title) + "</title>\n<style>" + std::string(kStyle) +
           "</style>\n</head>\n<body>\n" + body + contents + writer.take() + "</body>\n</html>\n";
}

}  // namespace app

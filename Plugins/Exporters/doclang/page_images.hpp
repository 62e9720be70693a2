// The images of a document's pages, as a task's data refers to them.
#pragma once

#include "file_reference.hpp"
#include "xml_document.hpp"

#include "text_writer.hpp"

#include <postil/exporter.h>

#include <string>
#include <string_view>
#include <vector>

namespace doclang {

/// The fields of the data that `<Image>` tags show: the last one with `valueList`, whose list has a
/// page an element, and the last one with `value`.
struct PageFields {
    explicit PageFields(std::string_view label_config) {
        XMLDocument config = XMLDocument::parse(label_config);
        for (xmlNode *tag : config.elements("Image")) {
            std::string list_field = XMLDocument::attribute(tag, "valueList");
            std::string field = XMLDocument::attribute(tag, "value");
            if (!list_field.empty()) {
                list = without_dollar(list_field);
            } else if (!field.empty()) {
                single = without_dollar(field);
            }
        }
    }

    /// The addresses of the pages in their order.
    std::vector<std::string_view> addresses(postil_value_t data) const {
        std::vector<std::string_view> found;
        postil_value_t pages = postil_object_named(data, list.c_str());
        if (!list.empty() && postil_value_is(pages, POSTIL_KIND_ARRAY)) {
            postil_walk_t walk = postil_children(pages);
            postil_value_t page;
            while (postil_walk_element(&walk, &page)) {
                add(found, page);
            }
        } else {
            add(found, postil_object_named(data, single.c_str()));
        }
        return found;
    }

private:
    static std::string without_dollar(const std::string &text) {
        size_t first = text.find_first_not_of('$');
        return first == std::string::npos ? "" : text.substr(first);
    }

    /// A page is an address, or an object with one as its `url`.
    static void add(std::vector<std::string_view> &found, postil_value_t page) {
        if (postil_value_is(page, POSTIL_KIND_OBJECT)) {
            page = postil_object_named(page, "url");
        }
        std::string_view address = postil::view(postil_value_text(page));
        if (!address.empty()) {
            found.push_back(address);
        }
    }

    std::string single = "image", list;
};

/// The content of a `data:` address in base64; empty for any other address. Characters that are not
/// base64 are passed over.
inline std::string inline_content(std::string_view address) {
    size_t comma = address.find(',');
    std::string_view head = address.substr(0, comma);
    if (!starts_with(address, "data:") || comma == std::string_view::npos ||
        lower(head).find(";base64") == std::string::npos) {
        return "";
    }
    std::string content;
    uint32_t bits = 0, count = 0;
    for (char c : address.substr(comma + 1)) {
        int digit = c >= 'A' && c <= 'Z'   ? c - 'A'
                    : c >= 'a' && c <= 'z' ? c - 'a' + 26
                    : c >= '0' && c <= '9' ? c - '0' + 52
                    : c == '+'             ? 62
                    : c == '/'             ? 63
                                           : -1;
        if (c == '=') {
            break;
        }
        if (digit >= 0) {
            bits = bits << 6 | static_cast<uint32_t>(digit);
            count += 6;
            if (count >= 8) {
                count -= 8;
                content += static_cast<char>(bits >> count & 0xFF);
            }
        }
    }
    return content;
}

} // namespace doclang

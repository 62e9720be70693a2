// XML of strangers, read by libxml2 without entities, without the network and without a DTD.
#pragma once

#include "import_files.hpp"

#include <libxml/parser.h>
#include <libxml/xmlreader.h>

#include <charconv>
#include <cmath>
#include <memory>
#include <string>

namespace xml_labels {

inline postil::Failure invalid(std::string_view file, const std::string &what) {
    return postil::Failure(POSTIL_ERROR_INVALID_DATA, "file_invalid",
                           std::string(file) + ": " + what);
}

/// Neither prints nor fetches, and keeps libxml2's own limits on size and depth.
constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                        XML_PARSE_NOCDATA | XML_PARSE_COMPACT;

inline std::string name_of(const xmlNode *node) {
    return reinterpret_cast<const char *>(node->name);
}

/// The first child element of a name, or NULL.
inline xmlNode *child(const xmlNode *parent, const char *name) {
    for (xmlNode *node = parent ? parent->children : nullptr; node; node = node->next) {
        if (node->type == XML_ELEMENT_NODE && name_of(node) == name) {
            return node;
        }
    }
    return nullptr;
}

inline std::string whole_content(const xmlNode *node) {
    xmlChar *text = node ? xmlNodeGetContent(node) : nullptr;
    std::string copy = text ? reinterpret_cast<const char *>(text) : "";
    xmlFree(text);
    return copy;
}

/// What stands between blanks.
inline std::string content(const xmlNode *node) {
    std::string copy = whole_content(node);
    size_t first = copy.find_first_not_of(" \t\r\n");
    return first == std::string::npos
               ? ""
               : copy.substr(first, copy.find_last_not_of(" \t\r\n") - first + 1);
}

inline std::string attribute(xmlNode *node, const char *name) {
    xmlChar *text = xmlGetProp(node, reinterpret_cast<const xmlChar *>(name));
    std::string copy = text ? reinterpret_cast<const char *>(text) : "";
    xmlFree(text);
    return copy;
}

/// False for what is no finite number.
inline bool to_number(std::string_view text, double *number) {
    auto read = std::from_chars(text.data(), text.data() + text.size(), *number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() &&
           std::isfinite(*number);
}

} // namespace xml_labels

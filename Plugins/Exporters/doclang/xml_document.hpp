// DocLang XML (https://github.com/doclang-project/doclang): told apart from other texts, and its
// references to files.
#pragma once

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <climits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace doclang {

/// A parsed document. Entities, the network and a DTD are never used.
class XMLDocument {
public:
    static XMLDocument parse(std::string_view text) {
        static constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                       XML_PARSE_HUGE | XML_PARSE_COMPACT;
        bool fits = text.size() <= INT_MAX;
        return XMLDocument(fits ? xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr,
                                                nullptr, options)
                                : nullptr);
    }

    /// Whether a text is a DocLang document: the root is `doclang` of no namespace or of one of
    /// DocLang's versions, and there is no DOCTYPE.
    static bool is_doclang(std::string_view text) {
        // Most texts are none; those need no parser.
        return text.find("doclang") != std::string_view::npos && parse(text).is_doclang();
    }

    bool is_doclang() const {
        const xmlNode *root = document_ ? xmlDocGetRootElement(document_.get()) : nullptr;
        if (!root || document_->intSubset || name_of(root) != "doclang") {
            return false;
        }
        static constexpr std::string_view version = "https://www.doclang.ai/ns/v";
        if (!root->ns || !root->ns->href) {
            return true;
        }
        std::string_view space = reinterpret_cast<const char *>(root->ns->href);
        return space.substr(0, version.size()) == version && space.size() > version.size() &&
               space.find_first_not_of("0123456789", version.size()) == std::string_view::npos;
    }

    /// All elements of a local name, in the order of the document.
    std::vector<xmlNode *> elements(std::string_view name) const {
        std::vector<xmlNode *> found;
        xmlNode *node = document_ ? xmlDocGetRootElement(document_.get()) : nullptr;
        while (node) {
            if (node->type == XML_ELEMENT_NODE && name_of(node) == name) {
                found.push_back(node);
            }
            node = next(node);
        }
        return found;
    }

    static std::string attribute(xmlNode *node, const char *name) {
        xmlChar *text = xmlGetNoNsProp(node, reinterpret_cast<const xmlChar *>(name));
        std::string copy = text ? reinterpret_cast<const char *>(text) : "";
        xmlFree(text);
        return copy;
    }

    static void set_attribute(xmlNode *node, const char *name, const std::string &value) {
        xmlSetProp(node, reinterpret_cast<const xmlChar *>(name),
                   reinterpret_cast<const xmlChar *>(value.c_str()));
    }

    std::string text() const {
        xmlChar *bytes = nullptr;
        int count = 0;
        xmlDocDumpMemoryEnc(document_.get(), &bytes, &count, "UTF-8");
        std::string copy(reinterpret_cast<const char *>(bytes), static_cast<size_t>(count));
        xmlFree(bytes);
        return copy;
    }

private:
    explicit XMLDocument(xmlDoc *document) : document_(document, xmlFreeDoc) {}

    static std::string_view name_of(const xmlNode *node) {
        return reinterpret_cast<const char *>(node->name);
    }

    /// The next node in the order of the document. A walk, not a recursion: strangers decide how
    /// deep it goes. Entities that are referred to are passed over.
    static xmlNode *next(xmlNode *node) {
        if (node->children && node->type == XML_ELEMENT_NODE) {
            return node->children;
        }
        while (node && !node->next) {
            node = node->parent;
            if (!node || node->type != XML_ELEMENT_NODE) {
                return nullptr;
            }
        }
        return node->next;
    }

    std::unique_ptr<xmlDoc, void (*)(xmlDoc *)> document_;
};

} // namespace doclang

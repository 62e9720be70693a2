#include "Grammar.hpp"
#include "Strings.hpp"

struct postil_json_document {
    std::vector<uint8_t> text;
    std::vector<postil_json_item_t> items;
};

namespace postil {
namespace {

/// Collects the items of a document.
struct ItemSink {
    std::vector<postil_json_item_t> &items;
    std::vector<uint32_t> open;
    int32_t code = POSTIL_JSON_OK;

    bool add(uint32_t start, uint32_t end) {
        if (!open.empty()) {
            items[open.back()].count++;
        }
        return name(start, end);
    }
    bool name(uint32_t start, uint32_t end) {
        uint32_t next = static_cast<uint32_t>(items.size()) + 1;
        items.push_back(postil_json_item_t{start, end, next, 0});
        return true;
    }
    bool begin(uint32_t start, bool) {
        add(start, start);
        open.push_back(static_cast<uint32_t>(items.size()) - 1);
        return true;
    }
    bool end(uint32_t, uint32_t end, bool) {
        postil_json_item_t &item = items[open.back()];
        item.end = end;
        item.next = static_cast<uint32_t>(items.size());
        open.pop_back();
        return true;
    }
    bool string(uint32_t start, uint32_t end) { return add(start, end); }
    bool number(const NumberText &, uint32_t start, uint32_t end) { return add(start, end); }
    bool literal(uint32_t start, char first) { return add(start, start + (first == 'f' ? 5 : 4)); }
};

Failure make(const uint8_t *bytes, uint64_t count, postil_json_document &document) {
    Structure &structure = Structure::mine();
    Failure failure = structure.scan(bytes, count);
    if (!failure) {
        document.items.reserve(structure.token_count() / 2 + 1);
        ItemSink sink{document.items, {}};
        failure = Grammar<ItemSink>(structure, sink, 0).walk();
    }
    if (!failure) {
        uint64_t bad = first_bad_escape(structure.text(), count);
        failure = bad < count ? Failure(POSTIL_JSON_ESCAPE, bad) : Failure();
    }
    if (!failure) {
        document.text = structure.take_text();
    }
    structure.trim();
    return failure;
}

} // namespace
} // namespace postil

int32_t postil_json_document_make(const uint8_t *bytes, uint64_t count,
                                  postil_json_document_t **document, postil_json_error_t *error) {
    return postil::guarded(error, [&] {
        auto made = std::make_unique<postil_json_document>();
        postil::Failure failure = postil::make(bytes, count, *made);
        if (!failure) {
            *document = made.release();
        }
        return postil::report(failure, bytes, count, error);
    });
}

void postil_json_document_free(postil_json_document_t *document) {
    delete document;
}

const uint8_t *postil_json_document_text(const postil_json_document_t *document) {
    return document->text.data();
}

const postil_json_item_t *postil_json_document_items(const postil_json_document_t *document) {
    return document->items.data();
}

uint32_t postil_json_document_item_count(const postil_json_document_t *document) {
    return static_cast<uint32_t>(document->items.size());
}

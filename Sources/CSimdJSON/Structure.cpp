#include "Structure.hpp"
#include "Strings.hpp"

#include <algorithm>
#include <cstring>

namespace postil {
namespace {

/// simdjson counts in 32 bits and so do the items of a document.
constexpr uint64_t largest_text = 0x7FFFFFFF;

/// A text up to this size leaves its memory (five bytes for each byte of text) for the next one.
constexpr uint64_t kept_text = 1 << 20;

bool starts_with_mark(const uint8_t *bytes, uint64_t count) {
    return count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF;
}

} // namespace

Structure &Structure::mine() {
    thread_local Structure structure;
    return structure;
}

Failure Structure::scan(const uint8_t *bytes, uint64_t count) {
    if (count > largest_text) {
        return Failure(POSTIL_JSON_TOO_LARGE, largest_text);
    }
    count_ = static_cast<uint32_t>(count);
    text_.resize(count + simdjson::SIMDJSON_PADDING);
    if (count > 0) {
        std::memcpy(text_.data(), bytes, count);
    }
    std::memset(text_.data() + count, 0, simdjson::SIMDJSON_PADDING);
    if (starts_with_mark(text(), count)) {
        std::memset(text_.data(), ' ', 3);
    }
    simdjson::error_code status = simdjson::SUCCESS;
    if (!parser_) {
        status = simdjson::get_active_implementation()->create_dom_parser_implementation(
            std::max<size_t>(count, 64 * 1024), 1, parser_);
    } else if (parser_->capacity() < count) {
        status = parser_->allocate(count, 1);
    }
    if (status != simdjson::SUCCESS) {
        parser_.reset();
        return Failure(POSTIL_JSON_NO_MEMORY, 0);
    }
    parser_->n_structural_indexes = 0;
    status = parser_->stage1(text(), count_, simdjson::stage1_mode::regular);
    switch (status) {
    case simdjson::SUCCESS:
        parser_->structural_indexes[parser_->n_structural_indexes] = count_;
        return Failure();
    case simdjson::EMPTY:
        return Failure(POSTIL_JSON_EMPTY, count_);
    case simdjson::UTF8_ERROR:
        return Failure(POSTIL_JSON_NOT_UTF8, first_bad_utf8(text(), count_));
    case simdjson::UNESCAPED_CHARS:
        return Failure(POSTIL_JSON_CONTROL_CHARACTER, first_control_character(text(), count_));
    default:
        break;
    }
    // The last string does not end. Bytes that are not UTF-8 are the likelier cause.
    uint64_t bad = first_bad_utf8(text(), count_);
    return bad < count_ ? Failure(POSTIL_JSON_NOT_UTF8, bad)
                        : Failure(POSTIL_JSON_TRUNCATED, count_);
}

void Structure::trim() {
    if (text_.capacity() > kept_text + simdjson::SIMDJSON_PADDING) {
        std::vector<uint8_t>().swap(text_);
    }
    if (parser_ && parser_->capacity() > kept_text) {
        parser_.reset();
    }
}

} // namespace postil

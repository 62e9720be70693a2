// simdjson's first stage: where the tokens of a text are.
#pragma once

#include "Failure.hpp"

#include <memory>
#include <simdjson.h>
#include <vector>

namespace postil {

/// Finds the tokens of one text at a time: brackets, commas, colons, and the first byte of each
/// string, number and literal. The first stage also checks UTF-8, that strings end, and that they
/// hold no control character. What the tokens mean is the grammar's business (Grammar.hpp).
///
/// We walk the tokens ourselves instead of using simdjson's own second stage because that one
/// says neither where a text is wrong nor where a value lies, and refuses large integers.
class Structure {
public:
    /// The calling thread's, so that its memory is used again.
    static Structure &mine();

    /// Looks at `count` bytes, which are copied first.
    Failure scan(const uint8_t *bytes, uint64_t count);

    /// Frees what an unusually large text left behind.
    void trim();

    const uint8_t *text() const { return text_.data(); }
    uint32_t count() const { return count_; }

    /// Takes the padded text away.
    std::vector<uint8_t> take_text() { return std::move(text_); }

    uint32_t token_count() const { return parser_ ? parser_->n_structural_indexes : 0; }

    /// The offsets of the tokens, and that of the end behind the last one.
    const uint32_t *tokens() const { return parser_->structural_indexes.get(); }

    /// Unescapes the string whose content starts at `from`. Returns the end of what it wrote, or
    /// nullptr if an escape is bad. `to` has room for the string and 64 bytes more.
    uint8_t *unescape(const uint8_t *from, uint8_t *to) const {
        return parser_->parse_string(from, to);
    }

private:
    std::vector<uint8_t> text_; // padded with zeros, so that reads past the end find no token
    uint32_t count_ = 0;
    std::unique_ptr<simdjson::internal::dom_parser_implementation> parser_;
};

} // namespace postil

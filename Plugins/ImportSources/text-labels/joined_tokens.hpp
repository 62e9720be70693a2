// A text that falls into given tokens.
#pragma once

#include "treebank.hpp"
#include "utf32.hpp"

#include <string>
#include <vector>

namespace text_labels {

/// Tokens have lost what was between them. Blanks are put there, and line ends where a blank would
/// let the tokenizer of our exporter split the token beside it: it splits "don't" before a blank
/// alone.
class JoinedTokens {
public:
    explicit JoinedTokens(const std::vector<std::u32string> &tokens)
        : tokens_(tokens), separators_(tokens.size() + 1, U' ') {
        // Each round puts line ends behind tokens that were split, or before those that still are.
        static constexpr int most_rounds = 4;
        join();
        for (int round = 0; round < most_rounds && mend(); round++) {
            join();
        }
    }

    const std::u32string &text() const { return text_; }
    uint64_t start(size_t token) const { return starts_[token]; }
    uint64_t end(size_t token) const { return starts_[token] + tokens_[token].size(); }

private:
    void join() {
        text_.clear();
        starts_.clear();
        for (size_t i = 0; i < tokens_.size(); i++) {
            if (i > 0 || separators_[0] != U' ') {
                text_ += separators_[i];
            }
            starts_.push_back(text_.size());
            text_ += tokens_[i];
        }
        if (separators_.back() != U' ') {
            text_ += separators_.back();
        }
    }

    /// False when nothing is to be mended.
    bool mend() {
        std::vector<text::TokenSpan> found = text::Treebank::tokenize(text_);
        bool is_changed = false;
        size_t next = 0;
        for (size_t i = 0; i < tokens_.size(); i++) {
            bool is_split = false;
            while (next < found.size() && found[next].end <= end(i)) {
                is_split = is_split || found[next].end < end(i);
                next++;
            }
            if (is_split) {
                char32_t &separator =
                    separators_[i + 1] == U' ' ? separators_[i + 1] : separators_[i];
                is_changed = is_changed || separator == U' ';
                separator = U'\n';
            }
        }
        return is_changed;
    }

    const std::vector<std::u32string> &tokens_;
    /// Before each token, and behind the last one. A blank at either end is none.
    std::vector<char32_t> separators_;
    std::u32string text_;
    std::vector<uint64_t> starts_;
};

} // namespace text_labels

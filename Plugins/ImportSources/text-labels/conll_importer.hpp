// CoNLL 2003: a token a line with its tag in the last column, texts parted by blank lines.
#pragma once

#include "joined_tokens.hpp"

#include "import_answers.hpp"

namespace text_labels {

class CoNLLImporter {
public:
    CoNLLImporter(const postil_import_open_t &arguments, postil_error_t *)
        : controls_(postil_batch_value(arguments.context_borrowed, 0)),
          rules_(postil_batch_value(arguments.context_borrowed, 0)), files_(arguments.inputs),
          writer_(controls_, rules_), data_key_(controls_.data_key("Text", "text")) {
        std::vector<uint64_t> found = files_.ending(".conll");
        for (uint64_t file : files_.ending(".txt")) {
            found.push_back(file);
        }
        if (found.size() != 1) {
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "file_missing",
                                  "CoNLL is one .conll or .txt file; there are " +
                                      std::to_string(found.size()) + ".");
        }
        name_ = files_.name(found.front());
        text_ = files_.read(found.front(), most_bytes);
    }

    bool append_task(uint64_t *position, std::string &json) {
        if (*position >= text_.size()) {
            return false;
        }
        tokens_.clear();
        labels_.clear();
        begins_.clear();
        writer_.begin(name_ + ", at byte " + std::to_string(*position), 0, 0);
        while (*position < text_.size()) {
            auto at = static_cast<size_t>(*position);
            size_t end = std::min(text_.find('\n', at), text_.size());
            std::string_view line = std::string_view(text_).substr(at, end - at);
            *position = end + 1;
            if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
                break;
            }
            read_token(line, at);
        }
        if (!tokens_.empty()) {
            JoinedTokens joined(tokens_);
            write_spans(joined);
            std::string content;
            text::append_utf8(content, joined.text(), 0, joined.text().size());
            postil::begin_task(json, data_key_, content);
            postil::end_task(json, rules_, writer_.losses, {writer_.results()});
        }
        return true;
    }

private:
    static constexpr uint64_t most_bytes = 1ull << 30;

    void read_token(std::string_view line, size_t at) {
        size_t end = line.find_first_of(" \t");
        size_t last = line.find_last_not_of(" \t\r");
        size_t column = line.find_last_of(" \t", last);
        // Columns that say nothing, as our own exports have them: what follows is the tag, also
        // when the label in it has blanks.
        static constexpr std::string_view middle = " -X- _ ";
        bool is_ours = end != std::string_view::npos && line.substr(end, middle.size()) == middle;
        if (!is_ours && line.substr(0, 10) == "-DOCSTART-") {
            return;
        }
        if (end == std::string_view::npos || column == std::string_view::npos) {
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "token_invalid",
                                  name_ + ": the line at byte " + std::to_string(at) +
                                      " has no tag behind its token.");
        }
        std::string_view tag = line.substr(column + 1, last - column);
        if (is_ours) {
            tag = line.substr(end + middle.size());
            tag.remove_suffix(!tag.empty() && tag.back() == '\r');
        } else if (column > end) {
            writer_.losses.note("column_not_read",
                                "Columns between the token and its tag were left out.");
        }
        bool begins = tag.substr(0, 2) == "B-", goes_on = tag.substr(0, 2) == "I-";
        tokens_.push_back(text::code_points(line.substr(0, end)));
        labels_.emplace_back(begins || goes_on ? tag.substr(2) : std::string_view());
        begins_.push_back(begins);
    }

    void write_spans(const JoinedTokens &joined) {
        for (size_t i = 0; i < tokens_.size();) {
            size_t after = i + 1;
            while (after < tokens_.size() && !begins_[after] && labels_[after] == labels_[i]) {
                after++;
            }
            if (!labels_[i].empty()) {
                std::string content;
                text::append_utf8(content, joined.text(), joined.start(i), joined.end(after - 1));
                writer_.span(labels_[i], joined.start(i), joined.end(after - 1), content);
            }
            i = after;
        }
    }

    postil::Controls controls_;
    postil::ImportRules rules_;
    postil::ImportFiles files_;
    postil::AnswerWriter writer_;
    std::string data_key_, name_, text_;
    /// Of one text, by token: its label, empty outside of spans, and whether a span begins.
    std::vector<std::u32string> tokens_;
    std::vector<std::string> labels_;
    std::vector<bool> begins_;
};

} // namespace text_labels

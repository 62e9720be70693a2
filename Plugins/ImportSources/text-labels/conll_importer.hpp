// CoNLL 2003: a token a line with its tag in the last column, texts parted by blank lines.
#pragma once

#include "class_names.hpp"

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
        content_.clear();
        points_ = 0;
        writer_.begin(name_ + ", at byte " + std::to_string(*position), 0, 0);
        bool is_any = false;
        while (*position < text_.size()) {
            auto at = static_cast<size_t>(*position);
            size_t end = std::min(text_.find('\n', at), text_.size());
            std::string_view line = std::string_view(text_).substr(at, end - at);
            *position = end + 1;
            if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
                break;
            }
            if (line.substr(0, 10) != "-DOCSTART-") {
                read_token(line, at);
                is_any = true;
            }
        }
        end_span();
        if (is_any) {
            postil::begin_task(json, data_key_, content_);
            postil::end_task(json, rules_, {writer_.results()});
        }
        return true;
    }

private:
    static constexpr uint64_t most_bytes = 1ull << 30;

    void read_token(std::string_view line, size_t at) {
        size_t end = line.find_first_of(" \t");
        size_t last = line.find_last_not_of(" \t\r");
        size_t column = line.find_last_of(" \t", last);
        if (end == std::string_view::npos || column == std::string_view::npos) {
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "token_invalid",
                                  name_ + ": the line at byte " + std::to_string(at) +
                                      " has no tag behind its token.");
        }
        std::string_view token = line.substr(0, end);
        std::string_view tag = line.substr(column + 1, last - column);
        bool begins = tag.substr(0, 2) == "B-", goes_on = tag.substr(0, 2) == "I-";
        std::string_view label = begins || goes_on ? tag.substr(2) : std::string_view();
        if (!label_.empty() && (!goes_on || label != label_)) {
            end_span();
        }
        content_ += content_.empty() ? "" : " ";
        points_ += points_ > 0 ? 1 : 0;
        if (!label.empty() && label_.empty()) {
            label_ = label;
            start_ = points_;
            start_byte_ = content_.size();
        }
        content_ += token;
        for (char character : token) {
            points_ += (static_cast<unsigned char>(character) & 0xC0) != 0x80;
        }
        end_ = points_;
    }

    void end_span() {
        if (!label_.empty()) {
            // The text of the span ends with its last token, which is the last one but for a blank.
            std::string_view text = std::string_view(content_).substr(start_byte_);
            writer_.span(label_, start_, end_, text);
            label_.clear();
        }
    }

    postil::Controls controls_;
    postil::ImportRules rules_;
    postil::ImportFiles files_;
    postil::AnswerWriter writer_;
    std::string data_key_, name_, text_, content_, label_;
    uint64_t points_ = 0, start_ = 0, end_ = 0;
    size_t start_byte_ = 0;
};

} // namespace text_labels

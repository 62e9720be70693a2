// The answer to each control as Label Studio's short formats write it.
#pragma once

#include "json_text.hpp"
#include "plugin_entry.hpp"
#include "results.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace postil {

/// One control's answer.
struct Answer {
    std::string_view name;
    std::string json; ///< The whole answer as JSON.
    std::string text; ///< What stands in a cell: the text itself if the answer is one text.
    bool is_text = false;
    bool is_chat = false;
    std::string transcript; ///< Of a chat, a line a message.
};

/// Shortens results: one choice and one text become that text, a list of one such result becomes
/// its element, everything else stays a list of values with the image's size beside them.
class Answers {
public:
    Answers(const postil_keys_t *keys, const Controls &controls, LossNotes &losses)
        : results_(keys, controls, losses), json_(plugin_host),
          width_(postil_key(keys, "original_width")), height_(postil_key(keys, "original_height")),
          choices_(postil_key(keys, "choices")), text_(postil_key(keys, "text")),
          chat_(postil_key(keys, "chatmessage")), role_(postil_key(keys, "role")),
          content_(postil_key(keys, "content")) {}

    /// In the order in which the controls first occur. Valid until the next call.
    const std::vector<Answer> &read(postil_value_t annotation, int64_t task,
                                    postil_error_t *error) {
        answers_.clear();
        const std::vector<Result> &results = results_.read(annotation, task);
        for (size_t i = 0; i < results.size();) {
            size_t end = i + 1;
            while (end < results.size() && results[end].from_name == results[i].from_name) {
                end++;
            }
            answers_.push_back(answer(&results[i], end - i, error));
            i = end;
        }
        return answers_;
    }

private:
    Answer answer(const Result *results, size_t count, postil_error_t *error) {
        Answer made;
        made.name = results->from_name;
        bool is_one_text = false;
        for (size_t i = 0; i < count; i++) {
            made.json += i == 0 ? "" : ",";
            is_one_text = append(made, results[i], error);
        }
        bool unwraps = count == 1 && is_short(results->type);
        made.is_text = unwraps && is_one_text;
        if (!unwraps) {
            made.json = "[" + made.json + "]";
        }
        return made;
    }

    static bool is_short(std::string_view type) { return type == "Choices" || type == "TextArea"; }

    /// True when the result is one text.
    bool append(Answer &made, const Result &result, postil_error_t *error) {
        if (is_short(result.type)) {
            postil_value_t list =
                postil_object_get(result.value, result.type == "Choices" ? choices_ : text_);
            postil_value_t one = postil_value_count(list) == 1 ? postil_array_at(list, 0) : list;
            if (postil_value_is(one, POSTIL_KIND_STRING)) {
                made.text = view(postil_value_text(one));
                append_json_string(made.json, made.text);
                return true;
            }
            if (postil_value_count(list) == 1) {
                json_.append(made.json, one, error);
                return false;
            }
        }
        if (result.type == "Chat" || result.type == "chatmessage") {
            made.is_chat = true;
            postil_value_t message = postil_object_get(result.value, chat_);
            append_message(made.transcript, message.node ? message : result.value, error);
            if (message.node) {
                json_.append(made.json, message, error);
                return false;
            }
        }
        if (!postil_value_is(result.value, POSTIL_KIND_OBJECT)) {
            made.json += "{}";
            return false;
        }
        json_.append(made.json, result.value, error);
        append_size(made.json, "original_width", postil_object_get(result.result, width_), error);
        append_size(made.json, "original_height", postil_object_get(result.result, height_), error);
        return false;
    }

    void append_size(std::string &json, const char *name, postil_value_t size,
                     postil_error_t *error) {
        if (size.node) {
            json.pop_back();
            json += json.back() == '{' ? "\"" : ",\"";
            json += name;
            json += "\":";
            json_.append(json, size, error);
            json += '}';
        }
    }

    /// `role: content`, or what of it there is.
    void append_message(std::string &transcript, postil_value_t message, postil_error_t *error) {
        std::string role = plain(postil_object_get(message, role_), error);
        std::string content = plain(postil_object_get(message, content_), error);
        transcript += transcript.empty() ? "" : "\n";
        if (!role.empty()) {
            transcript += role + (content.empty() ? ":" : ": ");
        }
        transcript += content;
    }

    std::string plain(postil_value_t value, postil_error_t *error) {
        if (postil_value_is(value, POSTIL_KIND_STRING)) {
            return std::string(view(postil_value_text(value)));
        }
        std::string text;
        json_.append(text, value, error);
        return text;
    }

    Results results_;
    JSONText json_;
    uint32_t width_, height_, choices_, text_, chat_, role_, content_;
    std::vector<Answer> answers_;
};

} // namespace postil

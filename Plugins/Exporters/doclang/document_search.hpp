// Where DocLang documents stand in tasks: in texts and in whatever custom interfaces answer.
#pragma once

#include "xml_document.hpp"

#include "text_writer.hpp"

#include <postil/exporter.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace doclang {

/// Finds documents as Label Studio's converter does, in at most 32 levels and 10,000 values.
class DocumentSearch {
public:
    explicit DocumentSearch(const postil_keys_t *keys)
        : result_(postil_key(keys, "result")), type_(postil_key(keys, "type")),
          value_(postil_key(keys, "value")), text_(postil_key(keys, "text")),
          reactcode_(postil_key(keys, "reactcode")) {}

    /// The first document of an annotation, a draft or a prediction; empty when there is none.
    ///
    /// `documents` and `others` are set to how many of its results hold one, and how many do not.
    std::string_view first(postil_value_t answer, uint64_t *documents, uint64_t *others) {
        std::string_view found;
        *documents = *others = 0;
        postil_walk_t walk = postil_children(postil_object_get(answer, result_));
        postil_value_t result;
        while (postil_walk_element(&walk, &result)) {
            begin();
            find(payload(result), 0, true);
            *(found_.empty() ? others : documents) += 1;
            found = found.empty() && !found_.empty() ? found_.front() : found;
        }
        return found;
    }

    /// Distinct documents below the keys `doclang` and `document` of a task's data.
    const std::vector<std::string_view> &in_data(postil_value_t data) {
        begin();
        find(data, 0, false);
        return found_;
    }

private:
    static constexpr uint32_t most_depth = 32, most_values = 10'000;

    void begin() {
        found_.clear();
        visited_ = 0;
    }

    /// Where a result could hold a document: types that hold something else have no such place.
    postil_value_t payload(postil_value_t result) const {
        std::string_view type = postil::view(postil_value_text(postil_object_get(result, type_)));
        postil_value_t value = postil_object_get(result, value_);
        if (type == "textarea") {
            return postil_object_get(value, text_);
        }
        if (type == "reactcode") {
            return postil_object_get(value, reactcode_);
        }
        return is_plain(type) ? postil_value_make(value.batch, nullptr) : value;
    }

    static bool is_plain(std::string_view type) {
        static constexpr std::string_view types[] = {
            "bitmask",          "bitmasklabels",   "brush",          "brushlabels",
            "chatmessage",      "choices",         "datetime",       "ellipse",
            "ellipselabels",    "hypertextlabels", "keypoint",       "keypointlabels",
            "labels",           "magicwand",       "number",         "ocrlabels",
            "pairwise",         "paragraphlabels", "polygon",        "polygonlabels",
            "ranker",           "rating",          "rectangle",      "rectanglelabels",
            "relation",         "taxonomy",        "timelinelabels", "timeserieslabels",
            "vector",           "vectorlabels",    "videorectangle", "videovector",
            "videovectorlabels"};
        return std::find(std::begin(types), std::end(types), type) != std::end(types);
    }

    /// `is_wanted`: whether texts here may be documents.
    void find(postil_value_t value, uint32_t depth, bool is_wanted) {
        if (!value.node || visited_ >= most_values) {
            return;
        }
        visited_++;
        if (postil_value_is(value, POSTIL_KIND_STRING)) {
            std::string_view text = postil::view(postil_value_text(value));
            bool is_new =
                is_wanted && std::find(found_.begin(), found_.end(), text) == found_.end();
            if (is_new && XMLDocument::is_doclang(text)) {
                found_.push_back(text);
            }
            return;
        }
        if (depth >= most_depth) {
            return;
        }
        postil_walk_t walk = postil_children(value);
        if (postil_value_is(value, POSTIL_KIND_OBJECT)) {
            postil_member_t member;
            while (postil_walk_member(&walk, &member)) {
                std::string_view name = postil::view(member.name);
                bool is_named = name == "doclang" || name == "document";
                find(member.value, depth + 1, is_wanted || is_named);
            }
        } else if (postil_value_is(value, POSTIL_KIND_ARRAY)) {
            postil_value_t element;
            while (postil_walk_element(&walk, &element)) {
                find(element, depth + 1, is_wanted);
            }
        }
    }

    uint32_t result_, type_, value_, text_, reactcode_;
    std::vector<std::string_view> found_;
    uint32_t visited_ = 0;
};

} // namespace doclang

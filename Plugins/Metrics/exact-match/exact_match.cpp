// Exact match: two answers that say the same, whatever the order and the ids of their results.
#include "answer_controls.hpp"
#include "metric_table.hpp"

#include <algorithm>

using namespace postil;

namespace {

/// Writes a value so that equal values have equal texts: members by name, 3 like 3.0, and sets
/// of labels in one order.
class CanonicalText {
public:
    static void append(std::string &text, postil_value_t value, bool is_set = false) {
        switch (postil_value_kind(value)) {
        case POSTIL_KIND_ARRAY: {
            std::vector<std::string> elements;
            postil_walk_t walk = postil_children(value);
            postil_value_t element;
            while (postil_walk_element(&walk, &element)) {
                append(elements.emplace_back(), element);
            }
            if (is_set) {
                std::sort(elements.begin(), elements.end());
            }
            append_list(text, '[', elements, ']');
            return;
        }
        case POSTIL_KIND_OBJECT: {
            std::vector<std::string> members;
            postil_walk_t walk = postil_children(value);
            postil_member_t member;
            while (postil_walk_member(&walk, &member)) {
                std::string &written = members.emplace_back();
                append_json_string(written, view(member.name));
                written += ':';
                append(written, member.value, names_set(view(member.name)));
            }
            std::sort(members.begin(), members.end());
            append_list(text, '{', members, '}');
            return;
        }
        default:
            append_scalar(text, value);
        }
    }

    static void append_list(std::string &text, char open, const std::vector<std::string> &parts,
                            char close) {
        text += open;
        for (const std::string &part : parts) {
            text += part;
            text += ',';
        }
        text += close;
    }

private:
    /// `choices`, `labels`, `rectanglelabels`, …: the order in which they were picked says nothing.
    static bool names_set(std::string_view name) {
        auto ends_with = [&](std::string_view end) {
            return name.size() >= end.size() && name.substr(name.size() - end.size()) == end;
        };
        return name == "choices" || ends_with("labels");
    }

    static void append_scalar(std::string &text, postil_value_t value) {
        double number;
        bool flag;
        int64_t whole;
        if (postil_value_int64(value, &whole)) {
            append_number(text, whole);
        } else if (postil_value_is(value, POSTIL_KIND_NUMBER_TEXT)) {
            text += view(postil_value_number_text(value));
        } else if (postil_value_double(value, &number)) {
            append_number(text, number);
        } else if (postil_value_bool(value, &flag)) {
            text += flag ? "true" : "false";
        } else if (postil_value_is(value, POSTIL_KIND_STRING)) {
            append_json_string(text, view(postil_value_text(value)));
        } else {
            text += "null";
        }
    }
};

class ExactMatch {
public:
    explicit ExactMatch(const postil_metric_open_t &arguments)
        : keys_(arguments.keys), id_(postil_key(arguments.keys, "id")),
          from_id_(postil_key(arguments.keys, "from_id")),
          to_id_(postil_key(arguments.keys, "to_id")),
          direction_(postil_key(arguments.keys, "direction")),
          labels_(postil_key(arguments.keys, "labels")),
          control_(view(postil_value_text(setting(arguments, "control")))) {}

    double score(const postil_metric_call_t &call) {
        return canonical(call.first) == canonical(call.second) ? 1 : 0;
    }

private:
    /// What an answer says: results that share an id are about one region and stay together;
    /// relations name the regions that they join by what those say.
    std::vector<std::string> canonical(postil_value_t answer) const {
        std::map<std::string, std::vector<std::string>> regions;
        std::vector<postil_value_t> relations;
        std::vector<std::string> said;
        postil_walk_t walk = postil_children(postil_object_get(answer, keys_.result));
        postil_value_t result;
        while (postil_walk_element(&walk, &result)) {
            if (text(result, keys_.type) == "relation") {
                relations.push_back(result);
            } else if (control_.empty() || text(result, keys_.from_name) == control_) {
                std::string written = describe(result);
                std::string_view id = text(result, id_);
                if (id.empty()) {
                    said.push_back(std::move(written));
                } else {
                    regions[std::string(id)].push_back(std::move(written));
                }
            }
        }
        std::map<std::string, std::string> texts;
        for (auto &[id, parts] : regions) {
            std::sort(parts.begin(), parts.end());
            CanonicalText::append_list(texts[id], '(', parts, ')');
            said.push_back(texts[id]);
        }
        for (postil_value_t relation : relations) {
            auto from = texts.find(std::string(text(relation, from_id_)));
            auto to = texts.find(std::string(text(relation, to_id_)));
            if (from != texts.end() && to != texts.end()) {
                said.push_back(describe(relation, from->second, to->second));
            }
        }
        std::sort(said.begin(), said.end());
        return said;
    }

    std::string describe(postil_value_t result) const {
        std::string written;
        for (uint32_t key : {keys_.from_name, keys_.to_name, keys_.type, keys_.item_index}) {
            CanonicalText::append(written, postil_object_get(result, key));
            written += ' ';
        }
        CanonicalText::append(written, postil_object_get(result, keys_.value));
        return written;
    }

    std::string describe(postil_value_t relation, const std::string &from,
                         const std::string &to) const {
        std::string_view direction = text(relation, direction_);
        std::string written = "relation ";
        if (direction == "left") {
            written += to + ">" + from;
        } else if (direction == "bi") {
            written += std::min(from, to) + "<>" + std::max(from, to);
        } else {
            written += from + ">" + to;
        }
        CanonicalText::append(written, postil_object_get(relation, labels_), true);
        return written;
    }

    static std::string_view text(postil_value_t object, uint32_t key) {
        return view(postil_value_text(postil_object_get(object, key)));
    }

    AnswerKeys keys_;
    uint32_t id_, from_id_, to_id_, direction_, labels_;
    std::string control_;
};

const postil_metric_t table = MetricTable<ExactMatch>::pairs(0, 1);
const Offered metrics[] = {{"exact-match", &table}};

} // namespace

POSTIL_PLUGIN(POSTIL_CAPABILITY_METRIC, metrics, "org.postil.metric.exact-match", "1.0.0")

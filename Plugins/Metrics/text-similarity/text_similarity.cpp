// Transcriptions: how much of two texts stays when one is edited into the other.
#include "answer_controls.hpp"
#include "edit_distance.hpp"
#include "metric_table.hpp"

#include <algorithm>

using namespace postil;

namespace {

/// Turns UTF-8 into the numbers of its characters.
std::vector<uint32_t> characters(std::string_view text) {
    std::vector<uint32_t> out;
    for (size_t i = 0; i < text.size();) {
        auto byte = static_cast<unsigned char>(text[i]);
        size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        uint32_t character = length == 1 ? byte : byte & (0x7Fu >> length);
        for (size_t k = 1; k < length && i + k < text.size(); k++) {
            character = character << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
        }
        out.push_back(character);
        i += length;
    }
    return out;
}

class TextSimilarity {
public:
    explicit TextSimilarity(const postil_metric_open_t &arguments)
        : controls_(arguments), text_(postil_key(arguments.keys, "text")),
          by_words_(view(postil_value_text(setting(arguments, "unit"))) == "words"),
          cancel_(arguments.cancel) {}

    double score(const postil_metric_call_t &call) {
        const auto &controls = controls_.read(
            call, [](std::string_view type, postil_value_t) { return type == "textarea"; });
        Mean mean;
        for (const auto &[name, answers] : controls) {
            words_.clear();
            std::vector<uint32_t> first = symbols(text(answers.first));
            std::vector<uint32_t> second = symbols(text(answers.second));
            double similarity = this->similarity(std::move(first), std::move(second));
            mean.add(similarity);
            report_part(call, std::string_view(name).substr(0, name.find('\n')), similarity, 1);
        }
        return mean.is_empty() ? no_score : mean.value();
    }

private:
    double similarity(std::vector<uint32_t> first, std::vector<uint32_t> second) const {
        auto longest = static_cast<double>(std::max(first.size(), second.size()));
        if (longest == 0) {
            return 1;
        }
        uint64_t distance = edit_distance(std::move(first), std::move(second),
                                          [this] { return postil_is_cancelled(cancel_); });
        if (postil_is_cancelled(cancel_)) {
            throw Failure(POSTIL_ERROR_CANCELLED, "cancelled", "The comparison was stopped.");
        }
        return 1 - static_cast<double>(distance) / longest;
    }

    /// All texts of a control, a line each.
    std::string text(const std::vector<postil_value_t> &results) const {
        std::string all;
        auto append = [&](postil_value_t line) {
            if (postil_value_is(line, POSTIL_KIND_STRING)) {
                all += all.empty() ? "" : "\n";
                all += view(postil_value_text(line));
            }
        };
        for (postil_value_t result : results) {
            postil_value_t value =
                postil_object_get(postil_object_get(result, controls_.keys().value), text_);
            append(value);
            postil_walk_t walk = postil_children(value);
            postil_value_t line;
            while (postil_walk_element(&walk, &line)) {
                append(line);
            }
        }
        return all;
    }

    std::vector<uint32_t> symbols(const std::string &text) {
        if (!by_words_) {
            return characters(text);
        }
        std::vector<uint32_t> out;
        const char *blanks = " \t\r\n";
        for (size_t start = text.find_first_not_of(blanks); start != std::string::npos;) {
            size_t end = std::min(text.find_first_of(blanks, start), text.size());
            auto number = static_cast<uint32_t>(words_.size());
            out.push_back(
                words_.try_emplace(text.substr(start, end - start), number).first->second);
            start = text.find_first_not_of(blanks, end);
        }
        return out;
    }

    AnswerControls controls_;
    uint32_t text_;
    bool by_words_;
    const uint32_t *cancel_;
    std::map<std::string, uint32_t> words_;
};

const postil_metric_t table = MetricTable<TextSimilarity>::pairs(0, 1);
const Offered metrics[] = {{"text-similarity", &table}};

} // namespace

POSTIL_PLUGIN(POSTIL_CAPABILITY_METRIC, metrics, "org.postil.metric.text-similarity", "1.0.0")

// Agreement of spans in texts and recordings: the same spans, or the same stretches.
#include "answer_controls.hpp"
#include "metric_table.hpp"

#include <algorithm>
#include <cmath>

using namespace postil;

namespace {

/// From and to: characters of a text, seconds of a recording.
struct Span {
    double start, end;

    bool operator<(const Span &other) const {
        return start != other.start ? start < other.start : end < other.end;
    }
};

struct LabelSpans {
    std::vector<Span> first, second;
};

/// Reads the spans of two answers. A span with two labels counts for both.
class SpanAnswers {
public:
    explicit SpanAnswers(const postil_metric_open_t &arguments)
        : controls_(arguments), start_(postil_key(arguments.keys, "start")),
          end_(postil_key(arguments.keys, "end")),
          global_offsets_(postil_key(arguments.keys, "globalOffsets")),
          ignores_labels_(flag_setting(arguments, "ignoreLabels")) {}

    /// By control and label.
    std::map<std::pair<std::string, std::string>, LabelSpans>
    read(const postil_metric_call_t &call) {
        std::map<std::pair<std::string, std::string>, LabelSpans> out;
        const auto &controls =
            controls_.read(call, [this](std::string_view type, postil_value_t value) {
                Span span;
                return type.size() >= 6 && type.substr(type.size() - 6) == "labels" &&
                       read(value, &span);
            });
        for (const auto &[name, answers] : controls) {
            add(name, answers.first, out, &LabelSpans::first);
            add(name, answers.second, out, &LabelSpans::second);
        }
        for (auto &[key, spans] : out) {
            std::sort(spans.first.begin(), spans.first.end());
            std::sort(spans.second.begin(), spans.second.end());
        }
        return out;
    }

private:
    void add(const std::string &control, const std::vector<postil_value_t> &results,
             std::map<std::pair<std::string, std::string>, LabelSpans> &out,
             std::vector<Span> LabelSpans::*side) const {
        for (postil_value_t result : results) {
            postil_value_t value = postil_object_get(result, controls_.keys().value);
            Span span;
            read(value, &span);
            std::vector<std::string> labels = this->labels(result, value);
            for (const std::string &label : labels) {
                (out[{control, label}].*side).push_back(span);
            }
        }
    }

    /// In HyperText `start` and `end` are XPaths, and the offsets in the whole text stand apart.
    bool read(postil_value_t value, Span *span) const {
        postil_value_t global = postil_object_get(value, global_offsets_);
        postil_value_t place = postil_value_is(global, POSTIL_KIND_OBJECT) ? global : value;
        return postil_value_double(postil_object_get(place, start_), &span->start) &&
               postil_value_double(postil_object_get(place, end_), &span->end) &&
               std::isfinite(span->start) && std::isfinite(span->end) && span->start <= span->end;
    }

    /// The labels stand under the name of the result's type.
    std::vector<std::string> labels(postil_value_t result, postil_value_t value) const {
        std::vector<std::string> out;
        if (ignores_labels_) {
            return {""};
        }
        postil_bytes_t type = postil_value_text(postil_object_get(result, controls_.keys().type));
        postil_walk_t walk = postil_children(postil_object_find(value, type));
        postil_value_t label;
        while (postil_walk_element(&walk, &label)) {
            out.emplace_back(view(postil_value_text(label)));
        }
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out.empty() ? std::vector<std::string>{""} : out;
    }

    AnswerControls controls_;
    uint32_t start_, end_, global_offsets_;
    bool ignores_labels_;
};

/// Twice what both have, and what each has.
struct Share {
    double shared_twice, all;
};

/// Spans count as shared when both answers have them with the same start and end.
Share same_spans(const LabelSpans &spans) {
    std::vector<Span> shared;
    std::set_intersection(spans.first.begin(), spans.first.end(), spans.second.begin(),
                          spans.second.end(), std::back_inserter(shared));
    return {2 * static_cast<double>(shared.size()),
            static_cast<double>(spans.first.size() + spans.second.size())};
}

/// Spans that overlap within one answer count once.
std::vector<Span> joined(const std::vector<Span> &sorted) {
    std::vector<Span> out;
    for (const Span &span : sorted) {
        if (!out.empty() && span.start <= out.back().end) {
            out.back().end = std::max(out.back().end, span.end);
        } else {
            out.push_back(span);
        }
    }
    return out;
}

double length(const std::vector<Span> &spans) {
    double sum = 0;
    for (const Span &span : spans) {
        sum += span.end - span.start;
    }
    return sum;
}

/// What counts is how much of the text or of the time both have marked.
Share same_stretches(const LabelSpans &spans) {
    std::vector<Span> first = joined(spans.first), second = joined(spans.second);
    double shared = 0;
    for (size_t i = 0, k = 0; i < first.size() && k < second.size();) {
        double from = std::max(first[i].start, second[k].start);
        double to = std::min(first[i].end, second[k].end);
        shared += std::max(0.0, to - from);
        bool first_ends = first[i].end <= second[k].end;
        bool second_ends = second[k].end <= first[i].end;
        i += first_ends ? 1 : 0;
        k += second_ends ? 1 : 0;
    }
    return {2 * shared, length(first) + length(second)};
}

/// F1 over all labels; each label is a part by its weight.
template <Share (*share)(const LabelSpans &)> class SpanMetric {
public:
    explicit SpanMetric(const postil_metric_open_t &arguments)
        : answers_(arguments), empty_agrees_(flag_setting(arguments, "emptyAgrees")) {}

    double score(const postil_metric_call_t &call) {
        double shared = 0, all = 0;
        for (const auto &[key, spans] : answers_.read(call)) {
            Share found = share(spans);
            if (found.all > 0 && std::isfinite(found.all)) {
                shared += found.shared_twice;
                all += found.all;
                report_part(call, key.second, std::clamp(found.shared_twice / found.all, 0.0, 1.0),
                            found.all);
            }
        }
        if (all == 0 || !std::isfinite(all)) {
            return all == 0 && empty_agrees_ ? 1 : no_score;
        }
        return std::clamp(shared / all, 0.0, 1.0);
    }

private:
    SpanAnswers answers_;
    bool empty_agrees_;
};

const postil_metric_t f1_table = MetricTable<SpanMetric<same_spans>>::pairs(0, 1);
const postil_metric_t overlap_table = MetricTable<SpanMetric<same_stretches>>::pairs(0, 1);
const Offered metrics[] = {{"span-f1", &f1_table}, {"span-overlap", &overlap_table}};

} // namespace

POSTIL_PLUGIN(POSTIL_CAPABILITY_METRIC, metrics, "org.postil.metric.spans", "1.0.0")

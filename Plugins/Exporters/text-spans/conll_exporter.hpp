// CoNLL 2003: one token a line, `TOKEN -X- _ TAG`, a blank line after each text.
#pragma once

#include "text_item.hpp"
#include "treebank.hpp"

#include <algorithm>

namespace text {

class CoNLLExporter {
public:
    CoNLLExporter(const postil_exporter_open_t &arguments, postil_error_t *error)
        : export_(arguments) {
        export_.file.open("result.conll", "text/plain", error);
        export_.file.text() += "-DOCSTART- -X- O\n";
    }

    void consume(const postil_batch_t *tasks, postil_error_t *error) {
        export_.consume(tasks, error, [&](std::string_view text, postil_value_t annotation) {
            write(code_points(text), annotation);
        });
    }

    void finish(postil_error_t *error) {
        export_.file.close(error);
        export_.losses.report();
    }

private:
    void write(const std::u32string &text, postil_value_t annotation) {
        read_spans(annotation);
        std::string &out = export_.file.text();
        size_t current = 0;
        bool begins = true;
        std::vector<bool> is_used(spans_.size(), false);
        std::vector<TokenSpan> tokens = Treebank::tokenize(text);
        export_.losses.note("text_without_token",
                            "Texts without a token are blank lines, which nobody takes for a text.",
                            export_.task, tokens.empty());
        for (TokenSpan token : tokens) {
            append_utf8(out, text, token.start, token.end);
            out += " -X- _ ";
            auto first = static_cast<int64_t>(token.start);
            auto last = static_cast<int64_t>(token.end) - 1;
            // The next span that does not end before this token; the last one stays.
            while (current < spans_.size() && first > spans_[current].end - 1) {
                if (current + 1 == spans_.size()) {
                    break;
                }
                current++;
                begins = true;
            }
            bool is_inside = current < spans_.size() && !spans_[current].labels.empty() &&
                             spans_[current].start <= last && spans_[current].end - 1 >= first;
            if (is_inside) {
                out += begins ? "B-" : "I-";
                out += postil::safe_line(spans_[current].labels.front());
                begins = false;
                is_used[current] = true;
            } else {
                out += 'O';
            }
            out += '\n';
        }
        out += '\n';
        count_losses(is_used);
    }

    /// Spans of the first `<Labels>` that has results; all or none of them.
    void read_spans(postil_value_t annotation) {
        spans_.clear();
        std::string_view control;
        bool is_whole = true;
        for (const postil::Result &result : export_.results.read(annotation, export_.task)) {
            bool is_labels = result.type == "Labels" || result.type == "labels";
            if (is_labels && control.empty()) {
                control = result.from_name;
            }
            if (!is_labels || result.from_name != control) {
                export_.losses.note("answer_not_supported",
                                    "CoNLL holds the spans of one control; other answers were left "
                                    "out.",
                                    export_.task);
                continue;
            }
            Span span;
            is_whole = export_.read_span(result, &span) && is_whole;
            spans_.push_back(span);
        }
        if (!is_whole) {
            export_.losses.note("span_without_place",
                                "Spans without start and end cannot be matched to tokens; none of "
                                "their text were written.",
                                export_.task, spans_.size());
            spans_.clear();
        }
        std::stable_sort(spans_.begin(), spans_.end(),
                         [](const Span &a, const Span &b) { return a.start < b.start; });
    }

    void count_losses(const std::vector<bool> &is_used) {
        for (size_t i = 0; i < spans_.size(); i++) {
            if (!is_used[i]) {
                export_.losses.note("span_dropped",
                                    "A token has one tag: spans that overlap another, cover no "
                                    "token or have no label were left out.",
                                    export_.task);
            } else {
                export_.losses.note("further_labels_dropped",
                                    "A token has one tag; further labels were left out.",
                                    export_.task, spans_[i].labels.size() - 1);
            }
        }
    }

    TextExport export_;
    std::vector<Span> spans_;
};

} // namespace text

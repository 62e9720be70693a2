// Data sets of Hugging Face as JSON lines: a row a line.
//
// Rows of Postil's own exporter hold a task's data and an annotation's results, and rows of one
// task stand one behind the other. Of any other data set a row is a task: columns that are called
// like a control are its answer, all other ones are the data.
#pragma once

#include "dataset_card.hpp"
#include "json_source.hpp"
#include "line_reader.hpp"

#include "import_answers.hpp"

#include <optional>

namespace json_labels {

using simdjson::ondemand::json_type;

class HuggingFaceImporter {
public:
    HuggingFaceImporter(const postil_import_open_t &arguments, postil_error_t *)
        : controls_(postil_batch_value(arguments.context_borrowed, 0)),
          rules_(postil_batch_value(arguments.context_borrowed, 0)), files_(arguments.inputs),
          writer_(controls_, rules_), data_key_(controls_.data_key("", "text")),
          rows_(files_.ending(".jsonl")), card_(read_card(files_)) {
        if (rows_.empty()) {
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "file_missing",
                                  files_.ending(".parquet").empty()
                                      ? "There is no .jsonl file in what was sent."
                                      : "Parquet files cannot be read. Write the data set as JSON "
                                        "lines with `dataset.to_json(\"train.jsonl\")`.");
        }
    }

    /// A position is a file's number and a byte of it.
    bool append_task(uint64_t *position, std::string &json) {
        Row row;
        if (!next(position, &row)) {
            return false;
        }
        json += "{\"data\":" + row.data +
                (rules_.gives_predictions ? ",\"predictions\":[" : ",\"annotations\":[");
        append_answer(json, row, true);
        uint64_t behind = *position;
        Row further;
        while (row.task && next(&behind, &further) && further.task == row.task) {
            append_answer(json, further, json.back() == '[');
            *position = behind;
        }
        json += ']';
        writer_.losses.append(json);
        json += '}';
        return true;
    }

private:
    struct Row {
        std::string data, results;
        std::optional<int64_t> task; ///< Only rows of our own exporter name one.
        double lead_time = -1;
        bool has_answer = false;
    };

    static constexpr unsigned file_shift = 44;
    static constexpr uint64_t card_bytes = 16ull << 20;

    static DatasetCard read_card(const postil::ImportFiles &files) {
        uint64_t card = files.find("README.md");
        return DatasetCard(card == postil::ImportFiles::none ? std::string()
                                                             : files.read(card, card_bytes));
    }

    /// Reads the row at a position and moves that behind it; passes over blank lines. False at the
    /// end of the last file.
    bool next(uint64_t *position, Row *row) {
        for (;;) {
            uint64_t file = *position >> file_shift;
            if (file >= rows_.size()) {
                return false;
            }
            uint64_t offset = *position & ((1ull << file_shift) - 1);
            if (!lines_ || reading_ != file) {
                lines_.emplace(files_, rows_[static_cast<size_t>(file)]);
                reading_ = file;
            }
            uint64_t at = offset;
            if (!lines_->next(&offset, &line_)) {
                *position = (file + 1) << file_shift;
                continue;
            }
            *position = file << file_shift | offset;
            if (line_.find_first_not_of(" \t\r") == std::string::npos) {
                continue;
            }
            read(at, row);
            return true;
        }
    }

    void read(uint64_t at, Row *row) {
        *row = Row();
        std::string_view name = files_.name(rows_[static_cast<size_t>(reading_)]);
        std::string line = "line at byte " + std::to_string(at);
        place_ = std::string(name) + ", " + line;
        parsing(name, line, [&] {
            pieces_.parse(line_, [&](object &found) {
                bool is_ours = !found.find_field_unordered("task_id").error() &&
                               !found.find_field_unordered("result").error() &&
                               !found.find_field_unordered("data").error();
                found.reset();
                is_ours ? read_ours(found, row) : read_other(found, row);
            });
        });
    }

    void read_ours(object &found, Row *row) {
        for (auto field : found) {
            std::string_view name = field.unescaped_key();
            value column = field.value();
            if (column.is_null()) {
                continue;
            }
            if (name == "task_id") {
                row->task = column.get_int64();
            } else if (name == "lead_time") {
                row->lead_time = column.get_double();
            } else if (name == "data") {
                row->data = std::string_view(column.get_string());
            } else if (name == "result") {
                row->results = std::string_view(column.get_string());
                row->has_answer = true;
            }
        }
    }

    void read_other(object &found, Row *row) {
        row->data = "{";
        writer_.begin(place_, 0, 0);
        bool has_data_key = false;
        std::string file_name;
        for (auto field : found) {
            std::string name(std::string_view(field.unescaped_key()));
            value column = field.value();
            bool is_null = column.is_null();
            if (const postil::Control *control = controls_.find(name)) {
                if (!is_null) {
                    add_answer(*control, column);
                }
                continue;
            }
            has_data_key = has_data_key || name == data_key_;
            bool is_file = name == "file_name" && column.type().value() == json_type::string;
            if (is_file) {
                file_name = std::string_view(column.get_string());
                std::string text;
                postil::append_json_string(text, file_name);
                add_data(name, text, row);
            } else {
                add_data(name, simdjson::to_json_string(column).value(), row);
            }
        }
        if (!has_data_key && !file_name.empty()) {
            add_file(file_name, row);
        }
        row->data += '}';
        row->results = "[" + writer_.results() + "]";
        row->has_answer = !writer_.results().empty();
    }

    static void add_data(std::string_view name, std::string_view raw, Row *row) {
        row->data += row->data.size() > 1 ? "," : "";
        postil::append_json_string(row->data, name);
        row->data += ':';
        row->data += raw;
    }

    /// The `file_name` of a folder of images or sounds is what the config's object shows.
    void add_file(const std::string &name, Row *row) {
        uint64_t index;
        std::string_view from = files_.name(rows_[static_cast<size_t>(reading_)]);
        std::string text;
        postil::append_json_string(text,
                                   postil::image_reference(files_, rules_, from, name, &index));
        add_data(data_key_, text, row);
    }

    void add_answer(const postil::Control &control, value column) {
        if (control.type == "Choices" || control.type == "TextArea") {
            bool is_choice = control.type == "Choices";
            std::string list;
            if (column.type().value() == json_type::array) {
                for (value element : column.get_array()) {
                    add_text(control, element, list);
                }
            } else {
                add_text(control, column, list);
            }
            if (!list.empty()) {
                writer_.plain(control, (is_choice ? "\"choices\":[" : "\"text\":[") + list + "]");
            }
        } else if (control.type == "Rating" || control.type == "Number") {
            std::string key = control.type == "Rating" ? "\"rating\":" : "\"number\":";
            std::string_view raw = simdjson::to_json_string(column).value();
            writer_.plain(control, key + std::string(raw));
        } else if (control.type == "Labels" && column.type().value() == json_type::array) {
            for (object span : column.get_array()) {
                add_span(span);
            }
        } else {
            throw postil::Failure(
                POSTIL_ERROR_INVALID_DATA, "column_invalid",
                place_ + ": the column \"" + control.name + "\" is called like the control <" +
                    control.type +
                    ">, whose answers no column can hold. Rename the column or the control.");
        }
    }

    /// A number of a class stands for the name that the card gives it.
    void add_text(const postil::Control &control, value element, std::string &list) {
        list += list.empty() ? "" : ",";
        if (element.type().value() != json_type::number) {
            return postil::append_json_string(list, std::string_view(element.get_string()));
        }
        int64_t number = element.get_int64();
        const std::string *name = card_.name(control.name, number);
        if (!name) {
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "class_unknown",
                                  place_ + ": README.md has no `class_label` with a name for " +
                                      std::to_string(number) + " in the column \"" + control.name +
                                      "\".");
        }
        postil::append_json_string(list, *name);
    }

    void add_span(object &span) {
        double start = number(span, "start", -1);
        span.reset();
        double end = number(span, "end", -1);
        span.reset();
        std::string label = text(span, "label");
        if (start < 0 || end < start) {
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "span_invalid",
                                  place_ + ": a span lacks `start` and `end`, or ends before it "
                                           "starts.");
        }
        span.reset();
        writer_.span(label, static_cast<uint64_t>(start), static_cast<uint64_t>(end),
                     text(span, "text"));
    }

    void append_answer(std::string &json, const Row &row, bool is_first) const {
        if (!row.has_answer) {
            return;
        }
        json += is_first ? "" : ",";
        json += "{\"result\":" + row.results;
        if (!rules_.gives_predictions) {
            json += ",\"ground_truth\":false";
            if (row.lead_time >= 0) {
                json += ",\"lead_time\":";
                postil::append_number(json, row.lead_time);
            }
        }
        json += '}';
    }

    postil::Controls controls_;
    postil::ImportRules rules_;
    postil::ImportFiles files_;
    postil::AnswerWriter writer_;
    std::string data_key_;
    std::vector<uint64_t> rows_;
    DatasetCard card_;
    std::optional<LineReader> lines_;
    uint64_t reading_ = 0;
    PieceParser pieces_;
    std::string line_, place_;
};

} // namespace json_labels

// A table whose columns are known only when its rows are: what the CSV exporter fills.
#pragma once

#include "sink_file.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace csv {

/// Where a column's values come from. A data field that has the name of a control in use moves
/// aside: it is written as `_data_<name>`.
enum class Origin : uint8_t { fixed, data, control };

/// Holds rows until the columns are settled, then writes them.
///
/// The header stands first in a CSV file and is sorted, so rows wait until the export ends or
/// `held_bytes` passes a limit. What belongs to a column that appears after that goes as JSON into
/// the column `_more`: memory stays bounded and nothing is dropped.
class Table {
public:
    explicit Table(char separator) : separator_(separator) {}

    /// Appends a cell to the row in the making; a later cell of the same column wins.
    ///
    /// `cell` is as it stands in the file, quoted if need be; `json` is the same value as JSON.
    void add(Origin origin, std::string_view name, std::string_view cell, std::string_view json) {
        auto known = columns_.find(Key{origin, std::string(name)});
        if (known == columns_.end()) {
            if (settled_) {
                more_ += more_.empty() ? "{" : ",";
                append_json_name(name);
                more_ += json;
                return;
            }
            known = columns_.emplace(Key{origin, std::string(name)}, columns_.size()).first;
        }
        cells_.push_back({known->second, held_.size(), cell.size()});
        held_ += cell;
    }

    void end_row(postil::SinkFile &out, postil_error_t *error) {
        rows_.push_back(cells_.size());
        if (settled_) {
            more_ += more_.empty() ? "" : "}";
            write_held(out, error);
            rows_.clear();
            cells_.clear();
            held_.clear();
            more_.clear();
        }
    }

    size_t held_bytes() const { return held_.size() + cells_.size() * sizeof(Cell); }

    bool is_settled() const { return settled_; }

    /// Fixes the columns and writes the header and the rows that waited.
    void settle(postil::SinkFile &out, bool more_rows_follow, postil_error_t *error) {
        std::map<std::string, size_t> named;
        for (const auto &[key, place] : columns_) {
            bool moves =
                key.origin == Origin::data && columns_.count(Key{Origin::control, key.name}) != 0;
            named[moves ? "_data_" + key.name : key.name] = place;
        }
        if (more_rows_follow) {
            named["_more"] = more_column;
        }
        const char *separator = "";
        const char between[] = {separator_, '\0'};
        for (const auto &[name, place] : named) {
            out.text() += separator;
            append_quoted(out.text(), name);
            order_.push_back(place);
            separator = between;
        }
        out.text() += "\r\n";
        settled_ = true;
        write_held(out, error);
        rows_ = {};
        cells_ = {};
        held_ = {};
    }

    static void append_quoted(std::string &out, std::string_view text) {
        out += '"';
        for (char character : text) {
            if (character == '"') {
                out += '"';
            }
            out += character;
        }
        out += '"';
    }

private:
    struct Key {
        Origin origin;
        std::string name;
        bool operator<(const Key &other) const {
            return origin != other.origin ? origin < other.origin : name < other.name;
        }
    };
    struct Cell {
        size_t column, offset, length;
    };
    static constexpr size_t more_column = SIZE_MAX;

    void append_json_name(std::string_view name) {
        more_ += '"';
        for (char character : name) {
            if (character == '"' || character == '\\') {
                more_ += '\\';
            }
            more_ += static_cast<unsigned char>(character) < 0x20 ? ' ' : character;
        }
        more_ += "\":";
    }

    void write_held(postil::SinkFile &out, postil_error_t *error) {
        std::string &text = out.text();
        std::vector<const Cell *> by_column(columns_.size());
        size_t at = 0;
        for (size_t end : rows_) {
            std::fill(by_column.begin(), by_column.end(), nullptr);
            for (; at < end; at++) {
                by_column[cells_[at].column] = &cells_[at];
            }
            bool first = true;
            for (size_t column : order_) {
                if (!first) {
                    text += separator_;
                }
                first = false;
                if (column == more_column) {
                    append_quoted(text, more_);
                } else if (const Cell *cell = by_column[column]) {
                    text.append(held_, cell->offset, cell->length);
                } else {
                    text += "\"\"";
                }
            }
            text += "\r\n";
            out.flush_if_large(error);
        }
    }

    char separator_;
    bool settled_ = false;
    std::map<Key, size_t> columns_;
    std::vector<size_t> order_;
    std::vector<size_t> rows_; // Each the number of cells up to its end.
    std::vector<Cell> cells_;
    std::string held_;
    std::string more_;
};

} // namespace csv

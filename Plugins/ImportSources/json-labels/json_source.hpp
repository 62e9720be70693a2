// JSON files of an import, read by simdjson on demand: no tree of a whole file is built.
#pragma once

#include "import_files.hpp"

#include <simdjson.h>

namespace json_labels {

using simdjson::ondemand::array;
using simdjson::ondemand::object;
using simdjson::ondemand::value;

/// Files of more bytes than this are refused: all of one lies in memory.
constexpr uint64_t most_bytes = 2ull << 30;

inline postil::Failure invalid(std::string_view file, const std::string &what) {
    return postil::Failure(POSTIL_ERROR_INVALID_DATA, "file_invalid",
                           std::string(file) + ": " + what);
}

/// Runs `body` and tells where the JSON is wrong when it is.
template <class Body>
auto parsing(std::string_view file, const std::string &place, Body body) -> decltype(body()) {
    try {
        return body();
    } catch (const simdjson::simdjson_error &problem) {
        throw invalid(file, place + ": " + problem.what());
    }
}

/// A number member; `otherwise` when it is absent or null.
inline double number(object &from, const char *name, double otherwise) {
    auto found = from.find_field_unordered(name);
    if (found.error() == simdjson::NO_SUCH_FIELD || found.is_null()) {
        return otherwise;
    }
    return found.get_double().value();
}

inline std::string text(object &from, const char *name) {
    auto found = from.find_field_unordered(name);
    if (found.error() == simdjson::NO_SUCH_FIELD || found.is_null()) {
        return "";
    }
    return std::string(found.get_string().value());
}

/// Parses small pieces of a file again and again.
class PieceParser {
public:
    /// Calls `body` with the object; it is gone afterwards.
    template <class Body> void parse(std::string_view piece, Body body) {
        buffer_.assign(piece);
        buffer_.resize(piece.size() + simdjson::SIMDJSON_PADDING);
        simdjson::padded_string_view padded(buffer_.data(), piece.size(), buffer_.size());
        auto document = parser_.iterate(padded);
        object root = document.get_object().value();
        body(root);
    }

private:
    simdjson::ondemand::parser parser_;
    std::string buffer_;
};

} // namespace json_labels

// What the host says of an export beside its tasks.
#pragma once

#include "text_writer.hpp"

#include <postil/exporter.h>

#include <string>

namespace postil {

/// The context of `open`: valid until `open` returns.
class ExportContext {
public:
    explicit ExportContext(const postil_exporter_open_t &arguments)
        : root(postil_batch_value(arguments.context_borrowed, 0)) {}

    /// A setting that is a text; empty when there is none.
    std::string_view setting(const char *name) const {
        return view(
            postil_value_text(postil_object_named(postil_object_named(root, "settings"), name)));
    }

    bool flag(const char *name, bool otherwise) const {
        bool value = otherwise;
        postil_value_bool(postil_object_named(postil_object_named(root, "settings"), name), &value);
        return value;
    }

    /// ISO 8601, for instance "2026-01-31T08:05:09.000000Z".
    std::string created_at() const {
        return std::string(view(postil_value_text(
            postil_object_named(postil_object_named(root, "export"), "created_at"))));
    }

    std::string project_title() const {
        return std::string(view(
            postil_value_text(postil_object_named(postil_object_named(root, "project"), "title"))));
    }

    int64_t project_id() const {
        int64_t id = 0;
        postil_value_int64(postil_object_named(postil_object_named(root, "project"), "id"), &id);
        return id;
    }

    postil_value_t root;
};

/// The first four digits of an ISO date, as a number that JSON takes.
inline std::string year_of(const std::string &created_at) {
    std::string year = created_at.substr(0, 4);
    return year.size() == 4 && year.find_first_not_of("0123456789") == std::string::npos &&
                   year.front() != '0'
               ? year
               : "0";
}

} // namespace postil

// What short formats tell of an annotation beside its answers.
#pragma once

#include "json_text.hpp"
#include "text_writer.hpp"

#include <string>

namespace postil {

struct ItemKeys {
    explicit ItemKeys(const postil_keys_t *keys)
        : id(postil_key(keys, "id")), completed_by(postil_key(keys, "completed_by")),
          email(postil_key(keys, "email")), created_at(postil_key(keys, "created_at")),
          updated_at(postil_key(keys, "updated_at")), lead_time(postil_key(keys, "lead_time")),
          agreement(postil_key(keys, "agreement")), history(postil_key(keys, "history")) {}

    uint32_t id, completed_by, email, created_at, updated_at, lead_time, agreement, history;
};

/// The annotator's email, else the id as text; empty when nobody is named.
inline std::string annotator_text(const ItemKeys &keys, postil_value_t annotation) {
    postil_value_t person = postil_object_get(annotation, keys.completed_by);
    int64_t id;
    if (postil_value_int64(person, &id)) {
        std::string text;
        append_number(text, id);
        return text;
    }
    if (postil_value_is(person, POSTIL_KIND_STRING)) {
        return std::string(view(postil_value_text(person)));
    }
    return std::string(view(postil_value_text(postil_object_get(person, keys.email))));
}

} // namespace postil

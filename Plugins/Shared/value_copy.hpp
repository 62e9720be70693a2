// Copies values from a batch into a builder.
#pragma once

#include <postil/value.h>

namespace postil {

/// Appends a copy of `value` as the next value of `builder`. The depth of a batch is bounded by
/// its host, so recursion is too.
inline void copy_value(postil_builder_t *builder, postil_value_t value) {
    switch (postil_value_kind(value)) {
    case POSTIL_KIND_OBJECT: {
        postil_build_object(builder);
        postil_walk_t walk = postil_children(value);
        postil_member_t member;
        while (postil_walk_member(&walk, &member)) {
            postil_build_key(builder, member.name);
            copy_value(builder, member.value);
        }
        postil_build_end(builder);
        break;
    }
    case POSTIL_KIND_ARRAY: {
        postil_build_array(builder);
        postil_walk_t walk = postil_children(value);
        postil_value_t element;
        while (postil_walk_element(&walk, &element)) {
            copy_value(builder, element);
        }
        postil_build_end(builder);
        break;
    }
    case POSTIL_KIND_BOOL:
        postil_build_bool(builder, value.node->payload != 0);
        break;
    case POSTIL_KIND_I64:
        postil_build_int64(builder, static_cast<int64_t>(value.node->payload));
        break;
    case POSTIL_KIND_U64:
        postil_build_uint64(builder, value.node->payload);
        break;
    case POSTIL_KIND_F64: {
        double number = 0;
        postil_value_double(value, &number);
        postil_build_double(builder, number);
        break;
    }
    case POSTIL_KIND_NUMBER_TEXT: {
        double nearest = 0;
        postil_value_double(value, &nearest);
        postil_build_number_text(builder, postil_value_number_text(value), nearest);
        break;
    }
    case POSTIL_KIND_STRING:
        postil_build_string(builder, postil_value_text(value));
        break;
    case POSTIL_KIND_POINT_ARRAY:
        postil_build_points(builder, postil_value_packed(value), postil_value_count(value));
        break;
    case POSTIL_KIND_F64_ARRAY:
        postil_build_doubles(builder, postil_value_packed(value), postil_value_count(value));
        break;
    case POSTIL_KIND_I64_ARRAY:
        postil_build_int64s(builder, postil_value_packed_int64(value), postil_value_count(value));
        break;
    default:
        postil_build_null(builder);
    }
}

} // namespace postil

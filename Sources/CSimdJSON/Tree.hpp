// JSON text to tree.
#pragma once

#include "Arena.hpp"

namespace postil {

/// Appends a text as the next value. Leaves the builder anywhere on failure.
Failure append_json(postil_builder_t &builder, postil_key_table &keys, const uint8_t *json,
                    uint64_t count);

} // namespace postil

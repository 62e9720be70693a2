// Errors inside the shim, and the wall that keeps exceptions in.
#pragma once

#include "CSimdJSON.h"

#include <new>
#include <string>

namespace postil {

/// A refusal on its way to the caller.
struct Failure {
    int32_t code = POSTIL_JSON_OK;
    uint32_t root = 0;
    uint64_t offset = 0;
    std::string pointer;

    Failure() = default;
    Failure(int32_t code, uint64_t offset) : code(code), offset(offset) {}
    explicit operator bool() const { return code != POSTIL_JSON_OK; }
};

/// Fills the caller's error; with line and column if `text` is given.
int32_t report(const Failure &failure, const uint8_t *text, uint64_t count,
               postil_json_error_t *error) noexcept;

/// Runs `body`, which returns an error code, and turns exceptions into POSTIL_JSON_NO_MEMORY: the
/// containers in use throw nothing else.
template <class Body> int32_t guarded(postil_json_error_t *error, Body body) noexcept {
    try {
        return body();
    } catch (...) {
        if (error) {
            *error = postil_json_error_t{};
            error->code = POSTIL_JSON_NO_MEMORY;
        }
        return POSTIL_JSON_NO_MEMORY;
    }
}

} // namespace postil

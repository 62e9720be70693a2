// What every function that the host calls needs in C++: nothing may be thrown across.
#ifndef GUARD_HPP
#define GUARD_HPP

#include <postil/plugin.h>

#include <exception>
#include <new>
#include <string>
#include <string_view>

/// A failure on its way to the host.
struct Failure {
    postil_status_t status;
    const char *code;
    std::string message;
};

/// Runs `body` and turns whatever it throws into a status and a filled error.
template <typename Body> postil_status_t guarded(postil_error_t *error, Body body) noexcept {
    try {
        return body();
    } catch (const Failure &failure) {
        return postil_fail(error, failure.status, failure.code, failure.message.c_str());
    } catch (const std::bad_alloc &) {
        return postil_fail(error, POSTIL_ERROR_NO_MEMORY, "no_memory", "Memory ran out.");
    } catch (const std::exception &exception) {
        return postil_fail(error, POSTIL_ERROR_INTERNAL, "exception", exception.what());
    } catch (...) {
        return postil_fail(error, POSTIL_ERROR_INTERNAL, "exception", "Something was thrown.");
    }
}

inline std::string_view view(postil_bytes_t text) {
    return {reinterpret_cast<const char *>(text.bytes), static_cast<size_t>(text.count)};
}

inline postil_bytes_t bytes_of(std::string_view text) {
    return {reinterpret_cast<const uint8_t *>(text.data()), text.size()};
}

#endif

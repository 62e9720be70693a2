// What goes wrong inside a C++ plugin, and the net that keeps it from crossing the ABI.
#pragma once

#include <postil/plugin.h>

#include <exception>
#include <new>
#include <string>
#include <utility>

namespace postil {

/// A failure on its way to the host. One whose `error` the host has filled already has no message.
class Failure : public std::exception {
public:
    Failure(postil_status_t status, const char *code, std::string message, int64_t task = 0)
        : status_(status), code_(code), message_(std::move(message)), task_(task) {}

    /// A host function failed and has told why.
    explicit Failure(postil_status_t status) : status_(status) {}

    const char *what() const noexcept override { return message_.c_str(); }

    postil_status_t report(postil_error_t *error) const noexcept {
        if (!message_.empty()) {
            postil_fail(error, status_, code_, message_.c_str());
            postil_error_locate(error, task_, nullptr);
        }
        return status_;
    }

private:
    postil_status_t status_;
    const char *code_ = "";
    std::string message_;
    int64_t task_ = 0;
};

/// Runs `body` and turns whatever it throws into a status: nothing may be thrown across the ABI.
template <class Body> postil_status_t guarded(postil_error_t *error, Body body) noexcept {
    try {
        return body();
    } catch (const Failure &failure) {
        return failure.report(error);
    } catch (const std::bad_alloc &) {
        return postil_fail(error, POSTIL_ERROR_NO_MEMORY, "no_memory", "Memory ran out.");
    } catch (const std::exception &problem) {
        return postil_fail(error, POSTIL_ERROR_INTERNAL, "internal", problem.what());
    } catch (...) {
        return postil_fail(error, POSTIL_ERROR_INTERNAL, "internal", "An unknown exception.");
    }
}

} // namespace postil

// Any value of a batch as JSON text, rendered by the host.
#pragma once

#include "failure.hpp"

#include <postil/services.h>

#include <string>

namespace postil {

class JSONText {
public:
    explicit JSONText(const postil_host_t *host)
        : service_(static_cast<const postil_json_text_t *>(
              host->get_service(host, postil_text(POSTIL_SERVICE_JSON_TEXT)))) {
        if (!service_) {
            throw Failure(POSTIL_ERROR_UNSUPPORTED, "service_missing",
                          "This host does not offer postil.json-text/1.");
        }
    }

    /// Appends the compact JSON text of a value; nothing for a missing one.
    void append(std::string &text, postil_value_t value, postil_error_t *error) const {
        if (!value.node) {
            return;
        }
        postil_status_t status = service_->render(service_->context, value.batch, value.node,
                                                  POSTIL_JSON_COMPACT, &text, write, error);
        if (status != POSTIL_OK) {
            throw Failure(status);
        }
    }

private:
    static postil_status_t write(void *context, postil_bytes_t piece) noexcept {
        return guarded(nullptr, [&] {
            static_cast<std::string *>(context)->append(reinterpret_cast<const char *>(piece.bytes),
                                                        static_cast<size_t>(piece.count));
            return static_cast<postil_status_t>(POSTIL_OK);
        });
    }

    const postil_json_text_t *service_;
};

} // namespace postil

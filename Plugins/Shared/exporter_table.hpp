// The exporter capability made of a C++ class.
#pragma once

#include "failure.hpp"

#include <postil/exporter.h>

namespace postil {

/// Fills the capability's table from a class with
///
///     Exporter(const postil_exporter_open_t &arguments, postil_error_t *error);
///     void consume(const postil_batch_t *tasks, postil_error_t *error);
///     void finish(postil_error_t *error);
///
/// which throw `Failure`.
template <class Exporter> struct ExporterTable {
    static postil_status_t open(const postil_exporter_open_t *arguments, void **instance,
                                postil_error_t *error) {
        return guarded(error, [&] {
            *instance = new Exporter(*arguments, error);
            return static_cast<postil_status_t>(POSTIL_OK);
        });
    }

    static postil_status_t consume(void *instance, const postil_batch_t *tasks,
                                   postil_error_t *error) {
        return guarded(error, [&] {
            static_cast<Exporter *>(instance)->consume(tasks, error);
            return static_cast<postil_status_t>(POSTIL_OK);
        });
    }

    static postil_status_t finish(void *instance, postil_error_t *error) {
        return guarded(error, [&] {
            static_cast<Exporter *>(instance)->finish(error);
            return static_cast<postil_status_t>(POSTIL_OK);
        });
    }

    static void abort(void *) {}

    static void close(void *instance) { delete static_cast<Exporter *>(instance); }

    static constexpr postil_exporter_t table(uint32_t reads) {
        return {sizeof(postil_exporter_t), reads, 0, open, consume, finish, abort, close};
    }
};

} // namespace postil

// The import source capability made of C++ classes, and the entry of a plugin that offers some.
#pragma once

#include "failure.hpp"
#include "plugin_table.hpp"

#include <postil/import_source.h>

#include <memory>
#include <string>

namespace postil {

/// Fills the capability's table from a class with
///
///     Importer(const postil_import_open_t &arguments, postil_error_t *error);
///     bool append_task(uint64_t *position, std::string &json);
///
/// which throws `Failure`. `append_task` reads what stands at a position, moves it on, and appends
/// one task as JSON, or nothing where no task is. False at the end. A position is all that a
/// checkpoint holds, so it alone says where to go on.
template <class Importer> struct ImportTable {
    struct Instance {
        Instance(const postil_import_open_t &arguments, postil_error_t *error)
            : importer(arguments, error), cancel(arguments.cancel) {
            int64_t next;
            if (postil_value_int64(
                    postil_object_named(postil_batch_value(arguments.checkpoint_borrowed, 0),
                                        "next"),
                    &next) &&
                next > 0) {
                position = static_cast<uint64_t>(next);
            }
        }

        Importer importer;
        const uint32_t *cancel;
        uint64_t position = 0;
        std::string json;
    };

    static postil_status_t open(const postil_import_open_t *arguments, void **instance,
                                postil_error_t *error) {
        return guarded(error, [&] {
            *instance = new Instance(*arguments, error);
            return static_cast<postil_status_t>(POSTIL_OK);
        });
    }

    static postil_status_t next(void *pointer, postil_builder_t *builder, postil_error_t *error) {
        return guarded(error, [&]() -> postil_status_t {
            auto *instance = static_cast<Instance *>(pointer);
            while (!postil_build_is_full(builder)) {
                if (postil_is_cancelled(instance->cancel)) {
                    return POSTIL_ERROR_CANCELLED;
                }
                instance->json.clear();
                if (!instance->importer.append_task(&instance->position, instance->json)) {
                    return POSTIL_END;
                }
                if (instance->json.empty()) {
                    continue;
                }
                postil_build_root(builder, nullptr);
                postil_build_root_text(builder,
                                       {reinterpret_cast<const uint8_t *>(instance->json.data()),
                                        instance->json.size()});
                if (postil_build_root_end(builder) != POSTIL_OK) {
                    throw Failure(builder->status, "task_not_built",
                                  "A task could not be written; the host's limits are too low.");
                }
            }
            return POSTIL_MORE;
        });
    }

    static postil_status_t checkpoint(void *pointer, postil_builder_t *builder, postil_error_t *) {
        postil_build_root(builder, nullptr);
        postil_build_object(builder);
        postil_build_key(builder, postil_text("next"));
        postil_build_int64(builder,
                           static_cast<int64_t>(static_cast<Instance *>(pointer)->position));
        postil_build_end(builder);
        return postil_build_root_end(builder);
    }

    static void close(void *instance) { delete static_cast<Instance *>(instance); }

    static constexpr postil_import_source_t table() {
        return {sizeof(postil_import_source_t), 0, open, next, checkpoint, close};
    }
};

template <class Importer>
inline constexpr postil_import_source_t import_table = ImportTable<Importer>::table();

} // namespace postil

/// Defines the library's entry. The sources follow the version, each as
/// `{"name", &postil::import_table<Class>}`.
#define POSTIL_IMPORTS_PLUGIN(plugin_id, plugin_version, ...)                                      \
    namespace {                                                                                    \
    const postil::Offered offered_imports[] = {__VA_ARGS__};                                       \
    }                                                                                              \
    POSTIL_PLUGIN(POSTIL_CAPABILITY_IMPORT_SOURCE, offered_imports, plugin_id, plugin_version)

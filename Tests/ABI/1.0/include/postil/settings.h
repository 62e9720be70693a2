/// Settings that a schema cannot check alone. Capability "postil.settings/1".
#ifndef POSTIL_SETTINGS_H
#define POSTIL_SETTINGS_H

#include <postil/problem.h>
#include <postil/value.h>

#ifdef __cplusplus
extern "C" {
#endif

#define POSTIL_CAPABILITY_SETTINGS "postil.settings/1"

/// Judges the settings of another capability of this plugin. Optional.
/// Identifier: "postil.settings/1".
typedef struct postil_settings {
    uint32_t size;     ///< sizeof(postil_settings_t) as the plugin was built.
    uint32_t reserved; ///< Zero.

    /// Judges settings that fit the manifest's schema, before they are saved. Pure.
    ///
    /// `capability`         the capability's name in the manifest: "COCO".
    /// `settings_borrowed`  one root, an object, defaults filled in.
    ///
    /// Pointers of problems lead into the settings. Returns POSTIL_OK when it could judge,
    /// whatever it found. [any] since ABI 1.0
    postil_status_t (*validate)(postil_bytes_t capability, const postil_batch_t *settings_borrowed,
                                const postil_problems_t *problems, postil_error_t *error);
} postil_settings_t;

#ifdef __cplusplus
}
#endif

#endif

#include "json_service.h"

#include <CSimdJSON.h>

static postil_status_t render(void *context, const postil_batch_t *batch, const postil_node_t *node,
                              uint32_t options, void *write_context,
                              postil_status_t (*write)(void *write_context, postil_bytes_t piece),
                              postil_error_t *error) {
    (void)context;
    if (!batch || !node || !write) {
        return postil_fail(error, POSTIL_ERROR_INVALID_ARGUMENT, "json_text_argument",
                           "There is no value to render, or nowhere to write it.");
    }
    return postil_tree_render(batch->key_names_borrowed, batch->key_count, node, options,
                              write_context, write);
}

const postil_json_text_t *json_text_service(void) {
    static const postil_json_text_t service = {.size = sizeof service, .render = render};
    return &service;
}

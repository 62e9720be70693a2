// The tag `Marker`: wants a numeric `size` in the config, a result within its object's width.
#include <postil/tag.h>

static postil_status_t validate_config(const postil_tag_call_t *call,
                                       const postil_problems_t *problems, postil_error_t *error) {
    (void)error;
    postil_value_t element = postil_batch_value(call->element_borrowed, 0);
    postil_value_t attributes = postil_object_named(element, "attributes");
    postil_bytes_t size = postil_value_text(postil_object_named(attributes, "size"));
    if (postil_bytes_are(size, "huge")) {
        postil_report(problems, "size_wrong", "/attributes/size", "The size is too large.",
                      "Use a number.");
    }
    postil_value_t objects = postil_object_named(element, "objects");
    if (postil_value_count(objects) == 0) {
        postil_report(problems, "object_missing", "", "A marker needs an object.", NULL);
    }
    return POSTIL_OK;
}

static postil_status_t validate_result(const postil_tag_call_t *call,
                                       const postil_problems_t *problems, postil_error_t *error) {
    postil_value_t result = postil_batch_value(call->result_borrowed, 0);
    postil_value_t data = postil_batch_value(call->data_borrowed, 0);
    postil_value_t marker = postil_object_named(postil_object_named(result, "value"), "marker");
    double x = 0, width = 0;
    if (!postil_value_double(postil_object_named(marker, "x"), &x)) {
        return postil_fail(error, POSTIL_ERROR_INVALID_DATA, "no_x", "The marker has no x.");
    }
    postil_value_double(postil_object_named(data, "width"), &width);
    if (x > width) {
        postil_report(problems, "outside", "/value/marker/x", "The marker is outside.", NULL);
    }
    return POSTIL_OK;
}

static postil_status_t normalize(const postil_tag_call_t *call, postil_builder_t *builder,
                                 postil_error_t *error) {
    (void)error;
    postil_value_t result = postil_batch_value(call->result_borrowed, 0);
    double x = 0;
    postil_value_double(
        postil_object_named(postil_object_named(postil_object_named(result, "value"), "marker"),
                            "x"),
        &x);
    if (x < 0) {
        return POSTIL_OK;
    }
    postil_build_root(builder, NULL);
    if (x > 1000) {
        // A normalized result is an object; this one is not.
        postil_build_double(builder, x);
        return postil_build_root_end(builder);
    }
    postil_build_object(builder);
    postil_build_key(builder, postil_text("id"));
    postil_build_string(builder, postil_value_text(postil_object_named(result, "id")));
    postil_build_key(builder, postil_text("area"));
    postil_build_double(builder, x * x);
    postil_build_end(builder);
    return postil_build_root_end(builder);
}

static postil_status_t measures(const postil_tag_call_t *call, postil_builder_t *builder,
                                postil_error_t *error) {
    (void)error;
    postil_value_t result = postil_batch_value(call->result_borrowed, 0);
    double x = 0;
    postil_value_double(
        postil_object_named(postil_object_named(postil_object_named(result, "value"), "marker"),
                            "x"),
        &x);
    postil_build_root(builder, NULL);
    postil_build_object(builder);
    postil_build_key(builder, postil_text("doubled"));
    postil_build_double(builder, x * 2);
    postil_build_end(builder);
    return postil_build_root_end(builder);
}

static const postil_tag_t table = {
    .size = sizeof(postil_tag_t),
    .validate_config = validate_config,
    .validate_result = validate_result,
    .normalize = normalize,
    .measures = measures,
};

/// As a plugin that was built before `normalize` and `measures` existed.
static const postil_tag_t older_table = {
    .size = offsetof(postil_tag_t, normalize),
    .validate_config = validate_config,
    .validate_result = validate_result,
    .measures = measures,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    if (!postil_bytes_are(id, POSTIL_CAPABILITY_TAG)) {
        return NULL;
    }
    return postil_bytes_are(name, "OldMarker") ? &older_table : &table;
}

static const postil_plugin_t plugin = {
    .size = sizeof(postil_plugin_t),
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
    .id = {(const uint8_t *)"org.example.marker", 18},
    .version = {(const uint8_t *)"1.0.0", 5},
    .get_capability = get_capability,
};

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    (void)host;
    return &plugin;
}

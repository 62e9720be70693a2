#define _GNU_SOURCE 1

#include "broken.h"

#include <postil/tag.h>
#include <stdlib.h>
#include <unistd.h>

static uint64_t questions;
static double shared;

static postil_value_t own_value(const postil_tag_call_t *call) {
    postil_value_t value =
        postil_object_named(postil_batch_value(call->result_borrowed, 0), "value");
    return postil_object_named(value, "base");
}

static postil_status_t validate_config(const postil_tag_call_t *call,
                                       const postil_problems_t *problems, postil_error_t *error) {
    (void)call;
    (void)error;
    if (breaks("tag.data.sample")) {
        postil_report(problems, "no", "", "Not this config.", NULL);
    }
    return POSTIL_OK;
}

static postil_status_t validate_result(const postil_tag_call_t *call,
                                       const postil_problems_t *problems, postil_error_t *error) {
    (void)error;
    double number;
    if (breaks("tag.sandbox.calls")) {
        read_passwords();
    }
    if (breaks("tag.memory.slope")) {
        leak();
    }
    if (breaks("tag.memory.sanitizers")) {
        overflow();
    }
    if (breaks("tag.contract.missing-trees")) {
        volatile uint64_t size = call->data_borrowed->arena_size;
        (void)size;
    }
    if (breaks("tag.data.fuzz") && postil_value_is(own_value(call), POSTIL_KIND_OBJECT) &&
        !postil_value_double(postil_object_named(own_value(call), "number"), &number)) {
        abort();
    }
    if (!postil_value_double(postil_object_named(own_value(call), "number"), &number)) {
        postil_report(problems, "no_number", "/value/base/number", "There is no number.", NULL);
    }
    return POSTIL_OK;
}

static postil_status_t normalize(const postil_tag_call_t *call, postil_builder_t *builder,
                                 postil_error_t *error) {
    (void)error;
    double number = 0;
    postil_value_double(postil_object_named(own_value(call), "number"), &number);
    postil_value_t result = postil_batch_value(call->result_borrowed, 0);
    postil_build_root(builder, NULL);
    postil_build_object(builder);
    postil_build_key(builder, postil_text("id"));
    postil_build_string(builder, postil_value_text(postil_object_named(result, "id")));
    postil_build_key(builder, postil_text("type"));
    postil_build_string(builder, postil_value_text(postil_object_named(result, "type")));
    postil_build_key(builder, postil_text("value"));
    postil_build_object(builder);
    postil_build_key(builder, postil_text("base"));
    postil_build_object(builder);
    postil_build_key(builder, postil_text("number"));
    postil_build_double(builder, breaks("tag.data.normalize") ? number + 1 : number);
    postil_build_end(builder);
    postil_build_end(builder);
    postil_build_end(builder);
    return postil_build_root_end(builder);
}

static postil_status_t measures(const postil_tag_call_t *call, postil_builder_t *builder,
                                postil_error_t *error) {
    (void)error;
    double number = 0;
    postil_value_double(postil_object_named(own_value(call), "number"), &number);
    if (breaks("tag.threads.callers")) {
        shared = number;
        usleep(300);
        number = shared;
    }
    postil_build_root(builder, NULL);
    postil_build_object(builder);
    postil_build_key(builder, postil_text(breaks("tag.data.measures") ? "unheard_of" : "number"));
    postil_build_double(builder, breaks("tag.data.pure") ? (double)questions++ : number);
    postil_build_end(builder);
    return postil_build_root_end(builder);
}

static const postil_tag_t table = {
    .size = sizeof table,
#ifdef WITH_RESERVED
    .reserved = 1,
#endif
    .validate_config = validate_config,
    .validate_result = validate_result,
    .normalize = normalize,
    .measures = measures,
};

const void *base_tag = &table;

#include "calls.h"

#include "flight.h"
#include "host.h"

#include <stdio.h>
#include <string.h>

void calls_enter(worker_t *worker, const call_t *call) {
    flight_enter(worker->page, (uint32_t)(call->header->a >> 32), call->function,
                 call->header->call, call->start.first_task, call->start.task_count);
}

void calls_leave(worker_t *worker) {
    flight_leave(worker->page);
}

void calls_refuse_table(call_t *call, const char *why) {
    call->answer.status = POSTIL_WIRE_STATUS_TABLE_WRONG;
    snprintf(call->answer.message, sizeof call->answer.message, "%s", why);
}

const void *calls_table(worker_t *worker, call_t *call, const char *capability, postil_bytes_t name,
                        uint32_t minimum) {
    if (worker->plugin == NULL) {
        call->answer.status = POSTIL_WIRE_STATUS_CAPABILITY_MISSING;
        return NULL;
    }
    calls_enter(worker, call);
    const void *table = worker->plugin->get_capability(postil_text(capability), name);
    uint32_t size = table != NULL ? *(const uint32_t *)table : 0;
    calls_leave(worker);
    if (table == NULL) {
        call->answer.status = POSTIL_WIRE_STATUS_CAPABILITY_MISSING;
        return NULL;
    }
    if (size < minimum) {
        char why[128];
        snprintf(why, sizeof why, "It has %u bytes; %u are the least.", size, minimum);
        calls_refuse_table(call, why);
        return NULL;
    }
    return table;
}

static uint32_t intern(void *context, postil_bytes_t name) {
    worker_t *worker = context;
    if (worker->is_open || worker->interned >= POSTIL_WIRE_NAMES_MAX || name.count > 8192) {
        return POSTIL_KEY_NONE;
    }
    uint32_t known = worker->names.count;
    uint32_t key = names_intern(&worker->names, name);
    worker->interned++;
    if (key == known) {
        output_add(&worker->output, POSTIL_WIRE_NAME, key, name.bytes, (uint32_t)name.count);
    }
    return key;
}

void calls_fill_keys(worker_t *worker) {
    worker->keys = (postil_keys_t){
        .size = sizeof worker->keys,
        .context = worker,
        .intern = intern,
    };
}

bool calls_batch(worker_t *worker, const call_t *call, uint32_t index, uint64_t sequence,
                 postil_batch_t *batch) {
    const uint8_t *arena = slots_arena(&worker->slots, &call->start, index);
    if (arena == NULL || !names_take(&worker->names, arena)) {
        return false;
    }
    memset(batch, 0, sizeof *batch);
    batch->size = sizeof *batch;
    batch->key_count = worker->names.count;
    batch->arena_borrowed = arena;
    batch->arena_size = call->start.spans[index].length;
    batch->key_names_borrowed = worker->names.entries;
    batch->sequence = sequence;
    return true;
}

static postil_status_t serve(worker_t *worker, call_t *call) {
    if (worker->names.entries == NULL && !names_init(&worker->names)) {
        return POSTIL_ERROR_NO_MEMORY;
    }
    switch (call->header->a >> 32) {
    case POSTIL_WIRE_EXPORTER:
        return exporter_serve(worker, call);
    case POSTIL_WIRE_IMPORT_SOURCE:
        return import_source_serve(worker, call);
    case POSTIL_WIRE_TAG:
        return tag_serve(worker, call);
    case POSTIL_WIRE_METRIC:
        return metric_serve(worker, call);
    case POSTIL_WIRE_BOUND:
        return bound_serve(worker, call);
    default:
        return POSTIL_ERROR_UNSUPPORTED;
    }
}

/// Texts of the plugin's error, which it may have forgotten to end.
static void copy_error(call_t *call) {
    postil_error_t *error = &call->error;
    error->code[sizeof error->code - 1] = '\0';
    error->pointer[sizeof error->pointer - 1] = '\0';
    error->message[sizeof error->message - 1] = '\0';
    call->answer.task_id = error->task_id;
    memcpy(call->answer.code, error->code, sizeof error->code);
    memcpy(call->answer.pointer, error->pointer, sizeof error->pointer);
    memcpy(call->answer.message, error->message, sizeof error->message);
}

void calls_serve(worker_t *worker, const postil_wire_header_t *header, const uint8_t *payload,
                 const postil_wire_descriptors_t *descriptors) {
    static call_t call;
    memset(&call, 0, sizeof call);
    call.header = header;
    call.function = (uint32_t)header->a;
    call.error.size = sizeof call.error;
    memcpy(&call.start, payload, sizeof call.start);
    call.bytes = payload + sizeof call.start;
    call.byte_count = header->payload_bytes - (uint32_t)sizeof call.start;
    for (int32_t i = 0; i < descriptors->count; i++) {
        slots_take(&worker->slots, call.start.slot, descriptors->numbers[i]);
    }
    postil_status_t status = serve(worker, &call);
    calls_leave(worker);
    host_tell_dropped();
    if (call.answer.status == 0) {
        call.answer.status = status;
        copy_error(&call);
    }
    postil_wire_header_t answer = {0};
    answer.kind = POSTIL_WIRE_ANSWER;
    answer.call = header->call;
    output_take(&worker->output, &answer.a, &answer.b);
    answer.payload_bytes = sizeof call.answer;
    postil_wire_send(worker->host, &answer, &call.answer, NULL);
}

/// The capability of the open instance, as the wire numbers it.
static uint32_t open_capability(const worker_t *worker) {
    return worker->exporter != NULL   ? POSTIL_WIRE_EXPORTER
           : worker->metric.size != 0 ? POSTIL_WIRE_METRIC
                                      : POSTIL_WIRE_IMPORT_SOURCE;
}

void calls_end(worker_t *worker) {
    if (!worker->is_open) {
        return;
    }
    worker->is_open = false;
    flight_enter(worker->page, open_capability(worker), POSTIL_WIRE_CLOSE, 0, 0, 0);
    if (worker->exporter != NULL) {
        worker->exporter->close(worker->instance);
    } else if (worker->source != NULL) {
        worker->source->close(worker->instance);
    } else if (worker->metric.size != 0) {
        worker->metric.close(worker->instance);
    }
    flight_leave(worker->page);
}

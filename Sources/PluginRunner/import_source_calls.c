// Calls of the capability "postil.import-source/1".
#include "building.h"
#include "calls.h"
#include "inputs.h"

static postil_status_t open_source(worker_t *worker, call_t *call) {
    postil_bytes_t name = {call->bytes, call->byte_count};
    const postil_import_source_t *table =
        calls_table(worker, call, POSTIL_CAPABILITY_IMPORT_SOURCE, name,
                    offsetof(postil_import_source_t, close) + sizeof(table->close));
    postil_batch_t context;
    if (table == NULL) {
        return POSTIL_ERROR_INTERNAL;
    }
    if (table->open == NULL || table->next == NULL || table->close == NULL) {
        calls_refuse_table(call, "open, next and close are all needed.");
        return POSTIL_ERROR_INTERNAL;
    }
    worker->inputs = inputs_make(worker->host, slots_arena(&worker->slots, &call->start, 1),
                                 call->start.spans[1].length);
    if (!calls_batch(worker, call, 0, 0, &context) || worker->inputs == NULL) {
        return POSTIL_ERROR_INTERNAL;
    }
    postil_import_open_t arguments = {
        .size = sizeof arguments,
        .name = name,
        .context_borrowed = &context,
        .inputs = inputs_table(worker->inputs),
        .cancel = &worker->page->cancel,
    };
    calls_enter(worker, call);
    postil_status_t status = table->open(&arguments, &worker->instance, &call->error);
    calls_leave(worker);
    worker->source = table;
    worker->is_open = status == POSTIL_OK;
    return status;
}

static postil_status_t next(worker_t *worker, call_t *call) {
    static building_t building;
    if (building_begin(&building, BUILDING_ROOTS_MAX) != POSTIL_OK) {
        return POSTIL_ERROR_NO_MEMORY;
    }
    calls_enter(worker, call);
    postil_status_t status =
        worker->source->next(worker->instance, &building.builder, &call->error);
    calls_leave(worker);
    if (status >= 0) {
        // What is wrong with the arena, the host finds out.
        postil_build_finish(&building.builder);
        output_stream(&worker->output, POSTIL_WIRE_ARENA, 0, building.builder.arena,
                      building.builder.used);
    }
    return status;
}

postil_status_t import_source_serve(worker_t *worker, call_t *call) {
    if (call->function == POSTIL_WIRE_OPEN && !worker->is_open) {
        return open_source(worker, call);
    }
    if (worker->source == NULL || !worker->is_open) {
        return POSTIL_ERROR_INVALID_ARGUMENT;
    }
    return call->function == POSTIL_WIRE_NEXT ? next(worker, call)
                                              : (postil_status_t)POSTIL_ERROR_UNSUPPORTED;
}

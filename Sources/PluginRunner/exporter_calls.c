// Calls of the capability "postil.exporter/1".
#include "calls.h"

#include <stdio.h>
#include <string.h>

static postil_status_t refused(const worker_t *worker, postil_error_t *error) {
    return postil_wire_get(&worker->page->refuses) != 0
               ? postil_fail(error, POSTIL_ERROR_IO, "sink_failed",
                             "The host takes no more output of this export.")
               : POSTIL_OK;
}

/// The host judges the name; that a sink has a number does not mean that it was accepted.
static postil_status_t sink_open(void *context, postil_bytes_t name, postil_bytes_t media_type,
                                 uint64_t *sink, postil_error_t *error) {
    worker_t *worker = context;
    char text[4096];
    postil_status_t status = refused(worker, error);
    if (status != POSTIL_OK) {
        return status;
    }
    if (sink == NULL || name.count + media_type.count + 1 > sizeof text) {
        return postil_fail(error, POSTIL_ERROR_INVALID_ARGUMENT, "sink_open",
                           "sink_open needs a place for the number and a name of at most 1024 "
                           "bytes.");
    }
    if (name.count > 0) {
        memcpy(text, name.bytes, name.count);
    }
    text[name.count] = '\0';
    if (media_type.count > 0) {
        memcpy(text + name.count + 1, media_type.bytes, media_type.count);
    }
    *sink = ++worker->last_sink;
    output_add(&worker->output, POSTIL_WIRE_SINK_OPEN, *sink, text,
               (uint32_t)(name.count + 1 + media_type.count));
    return POSTIL_OK;
}

static postil_status_t sink_write(void *context, uint64_t sink, postil_bytes_t bytes,
                                  postil_error_t *error) {
    worker_t *worker = context;
    postil_status_t status = refused(worker, error);
    if (status == POSTIL_OK) {
        output_stream(&worker->output, POSTIL_WIRE_SINK_WRITE, sink, bytes.bytes, bytes.count);
    }
    return status;
}

static postil_status_t sink_close(void *context, uint64_t sink, postil_error_t *error) {
    worker_t *worker = context;
    postil_status_t status = refused(worker, error);
    if (status == POSTIL_OK) {
        output_add(&worker->output, POSTIL_WIRE_SINK_CLOSE, sink, NULL, 0);
    }
    return status;
}

static void report_loss(void *context, const postil_loss_t *loss) {
    worker_t *worker = context;
    if (loss == NULL || !POSTIL_HAS_FIELD(loss, postil_loss_t, message)) {
        return;
    }
    char text[8 + 65 + 1025];
    memcpy(text, &loss->task_id, 8);
    postil_text_copy(text + 8, 65, loss->code);
    size_t used = 8 + strlen(text + 8) + 1;
    postil_text_copy(text + used, 1025, loss->message);
    used += strlen(text + used);
    output_add(&worker->output, POSTIL_WIRE_LOSS, loss->count, text, (uint32_t)used);
}

static void fill_tables(worker_t *worker) {
    worker->sinks = (postil_sinks_t){
        .size = sizeof worker->sinks,
        .context = worker,
        .sink_open = sink_open,
        .sink_write = sink_write,
        .sink_close = sink_close,
    };
    worker->losses = (postil_losses_t){
        .size = sizeof worker->losses,
        .context = worker,
        .report = report_loss,
    };
    calls_fill_keys(worker);
}

static bool is_complete(call_t *call, const postil_exporter_t *table) {
    if (table->open == NULL || table->consume == NULL || table->finish == NULL ||
        table->abort == NULL || table->close == NULL) {
        calls_refuse_table(call, "open, consume, finish, abort and close are all needed.");
        return false;
    }
    if (table->reads < POSTIL_READS_TEXT || table->reads > POSTIL_READS_BOTH) {
        calls_refuse_table(call, "Set `reads` to POSTIL_READS_TEXT, POSTIL_READS_TREE or both.");
        return false;
    }
    return true;
}

static postil_status_t open_exporter(worker_t *worker, call_t *call) {
    postil_bytes_t name = {call->bytes, call->byte_count};
    const postil_exporter_t *table =
        calls_table(worker, call, POSTIL_CAPABILITY_EXPORTER, name,
                    offsetof(postil_exporter_t, close) + sizeof(table->close));
    postil_batch_t context;
    if (table == NULL || !is_complete(call, table)) {
        return POSTIL_ERROR_INTERNAL;
    }
    if (!calls_batch(worker, call, 0, 0, &context)) {
        return POSTIL_ERROR_INTERNAL;
    }
    fill_tables(worker);
    postil_exporter_open_t arguments = {
        .size = sizeof arguments,
        .name = name,
        .context_borrowed = &context,
        .keys = &worker->keys,
        .sinks = &worker->sinks,
        .losses = &worker->losses,
        .cancel = &worker->page->cancel,
    };
    calls_enter(worker, call);
    postil_status_t status = table->open(&arguments, &worker->instance, &call->error);
    calls_leave(worker);
    worker->exporter = table;
    worker->is_open = status == POSTIL_OK;
    call->answer.reads = table->reads;
    return status;
}

static postil_status_t consume(worker_t *worker, call_t *call) {
    postil_batch_t batch;
    if (!calls_batch(worker, call, 0, call->header->b, &batch)) {
        return POSTIL_ERROR_INTERNAL;
    }
    calls_enter(worker, call);
    return worker->exporter->consume(worker->instance, &batch, &call->error);
}

postil_status_t exporter_serve(worker_t *worker, call_t *call) {
    if (call->function == POSTIL_WIRE_OPEN && !worker->is_open) {
        return open_exporter(worker, call);
    }
    if (worker->exporter == NULL || !worker->is_open) {
        return POSTIL_ERROR_INVALID_ARGUMENT;
    }
    switch (call->function) {
    case POSTIL_WIRE_CONSUME:
        return consume(worker, call);
    case POSTIL_WIRE_FINISH:
        calls_enter(worker, call);
        return worker->exporter->finish(worker->instance, &call->error);
    case POSTIL_WIRE_ABORT:
        calls_enter(worker, call);
        worker->exporter->abort(worker->instance);
        return POSTIL_OK;
    default:
        return POSTIL_ERROR_UNSUPPORTED;
    }
}

/// Calls of the host into the plugin.
#ifndef POSTIL_CALLS_H
#define POSTIL_CALLS_H

#include "names.h"
#include "output.h"
#include "slots.h"

#include "plugin_wire.h"

#include <postil/exporter.h>
#include <postil/import_source.h>
#include <postil/metric.h>
#include <postil/tag.h>

typedef struct inputs inputs_t;

/// A worker that runs. It has at most one open instance.
typedef struct worker {
    int host;
    postil_wire_page_t *page;
    output_t output;
    slots_t slots;
    names_t names;
    const postil_plugin_t *plugin; ///< NULL when there are bound functions alone.

    // The instance.
    void *instance;
    bool is_open;
    const postil_exporter_t *exporter;
    postil_sinks_t sinks;
    postil_losses_t losses;
    postil_keys_t keys;
    uint64_t last_sink;
    uint32_t interned;
    const postil_import_source_t *source;
    inputs_t *inputs;
    postil_metric_t metric; ///< A copy, with NULL for what an older plugin lacks; size 0 if none.
} worker_t;

/// A call as a function of a capability sees it.
typedef struct call {
    const postil_wire_header_t *header;
    postil_wire_call_t start;
    uint32_t function;
    const uint8_t *bytes; ///< What follows the start; a zero is behind its end.
    uint32_t byte_count;
    postil_wire_answer_t answer;
    postil_error_t error;
} call_t;

/// Serves one CALL and sends its ANSWER.
void calls_serve(worker_t *worker, const postil_wire_header_t *header, const uint8_t *payload,
                 const postil_wire_descriptors_t *descriptors);

/// Closes what is open.
void calls_end(worker_t *worker);

/// Runs around a function of the plugin, for the flight record.
void calls_enter(worker_t *worker, const call_t *call);
void calls_leave(worker_t *worker);

/// The table of a capability. NULL, with the answer filled, when there is none or it is shorter
/// than `minimum`.
const void *calls_table(worker_t *worker, call_t *call, const char *capability, postil_bytes_t name,
                        uint32_t minimum);

/// Says in the answer that the table will not do, and why.
void calls_refuse_table(call_t *call, const char *why);

/// One arena of the call as a batch with the names of the instance's stream.
bool calls_batch(worker_t *worker, const call_t *call, uint32_t index, uint64_t sequence,
                 postil_batch_t *batch);

/// Lets the plugin intern names; for the time of `open`.
void calls_fill_keys(worker_t *worker);

postil_status_t exporter_serve(worker_t *worker, call_t *call);
postil_status_t import_source_serve(worker_t *worker, call_t *call);
postil_status_t tag_serve(worker_t *worker, call_t *call);
postil_status_t metric_serve(worker_t *worker, call_t *call);
postil_status_t bound_serve(worker_t *worker, call_t *call);

#endif

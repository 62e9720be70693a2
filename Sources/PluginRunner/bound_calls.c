// Calls of functions that the manifest binds by name and signature.
//
// Nothing here can tell whether a signature is right. What a wrong one does stays in this process.
#define _GNU_SOURCE
#include "calls.h"

#include "flight.h"

#include <dlfcn.h>
#include <ffi.h>
#include <stdlib.h>
#include <string.h>

enum { ARGUMENTS_MAX = POSTIL_WIRE_BOUND_ARGUMENTS_MAX, GATHERED = 512 };

typedef struct {
    postil_wire_binding_t signature;
    void (*function)(void); ///< NULL when it is not bound.
    ffi_cif interface;
    ffi_type *types[ARGUMENTS_MAX];
} bound_t;

/// One number as any of the types.
typedef union {
    int32_t i32;
    int64_t i64;
    uint64_t u64;
    float f32;
    double f64;
    ffi_arg widened; ///< Integers come back in at least this much.
} number_t;

/// The arguments of one row as libffi wants them.
typedef struct {
    void *values[ARGUMENTS_MAX];
    const void *pointers[ARGUMENTS_MAX];
    number_t written[ARGUMENTS_MAX];
    double *lists[ARGUMENTS_MAX]; ///< Of POSTIL_WIRE_OUT_DOUBLES; freed after the row.
    uint64_t counts[ARGUMENTS_MAX];
} row_t;

/// Numbers on their way to the host, so that not every one is a record.
typedef struct {
    output_t *output;
    uint32_t count;
    double numbers[GATHERED];
} gathered_t;

static bound_t bound[POSTIL_WIRE_BOUND_MAX];

static void gather_flush(gathered_t *gathered) {
    output_stream(gathered->output, POSTIL_WIRE_NUMBERS, 0, gathered->numbers,
                  gathered->count * sizeof(double));
    gathered->count = 0;
}

static void gather(gathered_t *gathered, double number) {
    gathered->numbers[gathered->count++] = number;
    if (gathered->count == GATHERED) {
        gather_flush(gathered);
    }
}

static ffi_type *type_of(uint8_t kind) {
    switch (kind) {
    case POSTIL_WIRE_VOID:
        return &ffi_type_void;
    case POSTIL_WIRE_I32:
        return &ffi_type_sint32;
    case POSTIL_WIRE_I64:
        return &ffi_type_sint64;
    case POSTIL_WIRE_U64:
        return &ffi_type_uint64;
    case POSTIL_WIRE_F32:
        return &ffi_type_float;
    case POSTIL_WIRE_F64:
        return &ffi_type_double;
    default:
        return &ffi_type_pointer;
    }
}

static postil_status_t resolve(bound_t *entry, const char *library, const char *symbol,
                               postil_error_t *error) {
    // Libraries stay: what they have started may run on.
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL) {
        const char *reason = dlerror();
        return postil_fail(error, POSTIL_ERROR_UNSUPPORTED, "library_missing",
                           reason != NULL ? reason : "The library cannot be loaded.");
    }
    void *address = dlsym(handle, symbol);
    if (address == NULL) {
        return postil_fail(error, POSTIL_ERROR_UNSUPPORTED, "symbol_missing",
                           "The library has no function of that name.");
    }
    *(void **)&entry->function = address;
    return POSTIL_OK;
}

static postil_status_t bind(worker_t *worker, call_t *call) {
    postil_wire_binding_t signature;
    if (call->byte_count <= sizeof signature) {
        return POSTIL_ERROR_INVALID_ARGUMENT;
    }
    memcpy(&signature, call->bytes, sizeof signature);
    if (signature.number >= POSTIL_WIRE_BOUND_MAX || signature.argument_count > ARGUMENTS_MAX) {
        return POSTIL_ERROR_INVALID_ARGUMENT;
    }
    bound_t *entry = &bound[signature.number];
    memset(entry, 0, sizeof *entry);
    entry->signature = signature;
    for (int i = 0; i < signature.argument_count; i++) {
        entry->types[i] = type_of(signature.arguments[i]);
    }
    if (ffi_prep_cif(&entry->interface, FFI_DEFAULT_ABI, signature.argument_count,
                     type_of(signature.result), entry->types) != FFI_OK) {
        return POSTIL_ERROR_UNSUPPORTED;
    }
    // A zero stands behind the payload, so both texts end.
    const char *library = (const char *)call->bytes + sizeof signature;
    const char *symbol = library + strlen(library) + 1;
    if ((const uint8_t *)symbol > call->bytes + call->byte_count) {
        return POSTIL_ERROR_INVALID_ARGUMENT;
    }
    calls_enter(worker, call);
    postil_status_t status = resolve(entry, library, symbol, &call->error);
    calls_leave(worker);
    flight_note_modules(worker->page, *(void **)&entry->function);
    return status;
}

static bool is_out(uint8_t kind) {
    return kind >= POSTIL_WIRE_OUT_I32;
}

/// Copies the doubles at a place of the span to where they may be written.
static bool copy_list(row_t *row, int index, uint64_t place, const uint8_t *span,
                      uint64_t span_bytes) {
    uint64_t count;
    if (place > span_bytes || span_bytes - place < sizeof count) {
        return false;
    }
    memcpy(&count, span + place, sizeof count);
    uint64_t room = (span_bytes - place - sizeof count) / sizeof(double);
    double *list = count <= room ? malloc(count * sizeof(double) + 1) : NULL;
    if (list == NULL) {
        return false;
    }
    memcpy(list, span + place + sizeof count, count * sizeof(double));
    row->lists[index] = list;
    row->counts[index] = count;
    row->pointers[index] = list;
    return true;
}

/// Arranges one argument. False when its cell makes no sense, or memory has run out.
static bool arrange(row_t *row, int index, uint8_t kind, const uint64_t *cell, const uint8_t *span,
                    uint64_t span_bytes) {
    row->values[index] = &row->pointers[index];
    row->written[index].u64 = 0;
    row->pointers[index] = &row->written[index];
    if (kind == POSTIL_WIRE_POINTER) {
        row->pointers[index] = span + *cell;
        return *cell < span_bytes;
    }
    if (kind == POSTIL_WIRE_OUT_DOUBLES) {
        return copy_list(row, index, *cell, span, span_bytes);
    }
    if (!is_out(kind)) {
        // Both architectures keep a short number in the lower bytes of its cell.
        row->values[index] = (void *)(uintptr_t)cell;
    }
    return true;
}

static double as_double(uint8_t kind, number_t number) {
    switch (kind) {
    case POSTIL_WIRE_I32:
    case POSTIL_WIRE_OUT_I32:
        return number.i32;
    case POSTIL_WIRE_I64:
    case POSTIL_WIRE_OUT_I64:
        return (double)number.i64;
    case POSTIL_WIRE_U64:
    case POSTIL_WIRE_OUT_U64:
        return (double)number.u64;
    case POSTIL_WIRE_F32:
    case POSTIL_WIRE_OUT_F32:
        return (double)number.f32;
    case POSTIL_WIRE_F64:
    case POSTIL_WIRE_OUT_F64:
        return number.f64;
    default:
        return 0;
    }
}

static void give(gathered_t *gathered, const bound_t *entry, const row_t *row, number_t result) {
    const postil_wire_binding_t *signature = &entry->signature;
    gather(gathered, as_double(signature->result, result));
    for (int i = 0; i < signature->argument_count; i++) {
        uint8_t kind = signature->arguments[i];
        if (kind == POSTIL_WIRE_OUT_DOUBLES) {
            for (uint64_t at = 0; at < row->counts[i]; at++) {
                gather(gathered, row->lists[i][at]);
            }
        } else if (is_out(kind)) {
            gather(gathered, as_double(kind, row->written[i]));
        }
    }
}

/// Makes one call; `cells` are those of its arguments.
static bool call_once(bound_t *entry, const uint64_t *cells, const uint8_t *span,
                      uint64_t span_bytes, gathered_t *gathered) {
    row_t row;
    int count = entry->signature.argument_count;
    bool is_sound = true;
    memset(row.lists, 0, sizeof row.lists);
    for (int i = 0; i < count && is_sound; i++) {
        is_sound = arrange(&row, i, entry->signature.arguments[i], &cells[i], span, span_bytes);
    }
    if (is_sound) {
        number_t result = {.u64 = 0};
        ffi_call(&entry->interface, entry->function, &result, row.values);
        give(gathered, entry, &row, result);
    }
    for (int i = 0; i < count; i++) {
        free(row.lists[i]);
    }
    return is_sound;
}

static postil_status_t score(worker_t *worker, call_t *call) {
    static gathered_t gathered;
    uint32_t number = POSTIL_WIRE_BOUND_MAX;
    if (call->byte_count == sizeof number) {
        memcpy(&number, call->bytes, sizeof number);
    }
    const uint8_t *span = slots_arena(&worker->slots, &call->start, 0);
    if (number >= POSTIL_WIRE_BOUND_MAX || bound[number].function == NULL || span == NULL) {
        return POSTIL_ERROR_INVALID_ARGUMENT;
    }
    bound_t *entry = &bound[number];
    uint64_t width = 1 + (uint64_t)entry->signature.argument_count;
    uint64_t span_bytes = call->start.spans[0].length;
    if (call->header->b > span_bytes / (width * sizeof(uint64_t))) {
        return POSTIL_ERROR_INVALID_ARGUMENT;
    }
    const uint64_t *cells = (const uint64_t *)(const void *)span;
    gathered.output = &worker->output;
    gathered.count = 0;
    calls_enter(worker, call);
    for (uint64_t row = 0; row < call->header->b; row++, cells += width) {
        if (postil_is_cancelled(&worker->page->cancel)) {
            return POSTIL_ERROR_CANCELLED;
        }
        // So that the record of a crash names the task.
        worker->page->first_task = (int64_t)cells[0];
        worker->page->task_count = cells[0] != 0 ? 1 : 0;
        if (!call_once(entry, cells + 1, span, span_bytes, &gathered)) {
            return POSTIL_ERROR_INVALID_ARGUMENT;
        }
    }
    calls_leave(worker);
    gather_flush(&gathered);
    return POSTIL_OK;
}

postil_status_t bound_serve(worker_t *worker, call_t *call) {
    switch (call->function) {
    case POSTIL_WIRE_OPEN:
        return bind(worker, call);
    case POSTIL_WIRE_SCORE:
        return score(worker, call);
    default:
        return POSTIL_ERROR_UNSUPPORTED;
    }
}

/// The wire between the host and a plugin's worker: messages, and the memory that both see.
///
/// Versioned on its own; no plugin sees it. Three processes talk:
///
///   host ⇄ spawner   SPAWN, KILL → · ← SPAWNED, EXITED, REFUSED
///   host ⇄ worker    CALL, END → · ← READY, OUTPUT, ANSWER, LOG, WANT, GOODBYE
///
/// Beside the sockets there is memory, all of it made and sized by the host:
///
///   page     read and written by both: the cancel word, credits, the flight record
///   output   written by the worker in two halves, copied by the host before it is looked at
///   slots    written by the host, sealed for everyone else: the arenas of a call
#ifndef POSTIL_PLUGIN_WIRE_H
#define POSTIL_PLUGIN_WIRE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    POSTIL_WIRE_VERSION = 1,
    POSTIL_WIRE_PAYLOAD_MAX = 32 * 1024, ///< Bytes behind the header of a message.
    POSTIL_WIRE_DESCRIPTORS_MAX = 8,     ///< Of one message.
    POSTIL_WIRE_HALF_BYTES = 512 * 1024, ///< Of the output area, which has two.
    POSTIL_WIRE_SLOTS_MAX = 8,
    POSTIL_WIRE_ARENAS_MAX = 8, ///< Of one call.
    POSTIL_WIRE_MODULES_MAX = 48,
    POSTIL_WIRE_NAMES_MAX = 1024, ///< That a plugin may intern.
    POSTIL_WIRE_BOUND_MAX = 64,   ///< Bound functions of one worker.
    POSTIL_WIRE_BOUND_ARGUMENTS_MAX = 34
};

/// Kinds of messages.
enum {
    POSTIL_WIRE_EOF = 0, ///< Not sent: the other side is gone.

    // Host → spawner.
    POSTIL_WIRE_SPAWN = 1, ///< `call` numbers the worker; payload: `postil_wire_spawn_t`, strings.
                           ///< Descriptors: socket, page, output, standard error.
    POSTIL_WIRE_KILL = 2,  ///< `call` the worker, `a` the signal.
    // Spawner → host.
    POSTIL_WIRE_SPAWNED = 3, ///< `call` the worker, `a` its process, 0 when there is none.
    POSTIL_WIRE_EXITED = 4,  ///< `call` the worker, `a` its status as waitpid gives it.
    POSTIL_WIRE_REFUSED = 5, ///< `call` the worker, `a` 1 for habits; payload: the call, a text.

    // Host → worker.
    POSTIL_WIRE_CALL = 16, ///< `call` a number, `a` capability and function, `b` what they say;
                           ///< payload: `postil_wire_call_t`, then bytes as the function says.
                           ///< Descriptors: the slot, when it is new.
    POSTIL_WIRE_END = 17,  ///< Close everything and go.
    POSTIL_WIRE_GIVE = 18, ///< Answer to WANT: `a` 0 and one descriptor, or a status and a text.
    // Worker → host.
    POSTIL_WIRE_READY = 32,   ///< `a` sandbox level, `b` status; payload: what is missing, or why
                              ///< the library cannot be used.
    POSTIL_WIRE_OUTPUT = 33,  ///< `a` the half, `b` its bytes.
    POSTIL_WIRE_ANSWER = 34,  ///< `call` the call, `a` the half and `b` its bytes, which may be 0;
                              ///< payload: `postil_wire_answer_t`.
    POSTIL_WIRE_LOG = 35,     ///< `a` the level; payload: the text.
    POSTIL_WIRE_WANT = 36,    ///< `a` the input whose descriptor is wanted.
    POSTIL_WIRE_GOODBYE = 37, ///< Everything was closed; the worker ends now.
};

/// Capabilities and their functions. Numbers are never used twice.
enum {
    POSTIL_WIRE_EXPORTER = 1,
    POSTIL_WIRE_IMPORT_SOURCE = 2,
    POSTIL_WIRE_TAG = 3,
    POSTIL_WIRE_METRIC = 4,
    POSTIL_WIRE_BOUND = 5, ///< Functions of any library, called by what the manifest says of them.

    POSTIL_WIRE_OPEN = 1, ///< Exporter, metric: one arena, the context; payload: the name.
                          ///< Import source: the same, then the table of inputs.
                          ///< Bound: payload: `postil_wire_binding_t`, library, zero, symbol.
    POSTIL_WIRE_CLOSE = 2,
    POSTIL_WIRE_CONSUME = 3, ///< One arena; `b` its place in the stream.
    POSTIL_WIRE_FINISH = 4,
    POSTIL_WIRE_ABORT = 5,
    POSTIL_WIRE_NEXT = 6,
    POSTIL_WIRE_CHECKPOINT = 7,
    POSTIL_WIRE_VALIDATE_CONFIG = 8, ///< Tags: the arenas element, data, result; payload: the tag.
    POSTIL_WIRE_VALIDATE_RESULT = 9,
    POSTIL_WIRE_NORMALIZE = 10,
    POSTIL_WIRE_MEASURES = 11,
    POSTIL_WIRE_SCORE = 12, ///< Metric: `b` questions; the arena of roots, then columns of 32-bit
                            ///< numbers: tasks, first, second.
                            ///< Bound: `b` rows, see `postil_wire_binding_t`; payload: its number.
    POSTIL_WIRE_LOAD = 100  ///< Not called: in the flight record while the library is loaded.
};

/// Reasons in READY's `b`, beside 0. The host turns them into its own codes.
enum {
    POSTIL_WIRE_NOT_LOADABLE = 1,
    POSTIL_WIRE_ENTRY_MISSING = 2,
    POSTIL_WIRE_ENTRY_REFUSED = 3,
    POSTIL_WIRE_ABI_UNKNOWN = 4,
    POSTIL_WIRE_IDENTITY_WRONG = 5,
    POSTIL_WIRE_TABLE_WRONG = 6
};

/// Statuses of an answer that no function of a plugin gives.
enum {
    POSTIL_WIRE_STATUS_CAPABILITY_MISSING = -1001, ///< get_capability gave nothing.
    POSTIL_WIRE_STATUS_TABLE_WRONG = -1002         ///< The table will not do; the text says why.
};

/// The start of every message.
typedef struct postil_wire_header {
    uint16_t version;
    uint16_t kind;
    uint32_t payload_bytes;
    uint64_t call;
    uint64_t a;
    uint64_t b;
} postil_wire_header_t;

/// Where an arena lies in the slot; a length of 0 stands for "not given".
typedef struct postil_wire_span {
    uint64_t offset;
    uint64_t length;
} postil_wire_span_t;

/// The start of CALL's payload.
typedef struct postil_wire_call {
    uint32_t slot;       ///< Whose arenas these are.
    uint32_t span_count; ///< At most POSTIL_WIRE_ARENAS_MAX.
    int64_t first_task;  ///< For the flight record; 0 if it is about no task.
    uint64_t task_count; ///< How many tasks the call is about.
    postil_wire_span_t spans[POSTIL_WIRE_ARENAS_MAX];
} postil_wire_call_t;

/// The start of SPAWN's payload. Each text follows in this order, as its bytes and a zero.
typedef struct postil_wire_spawn {
    uint64_t memory_bytes;
    uint64_t file_bytes;
    uint32_t descriptors;
    uint32_t choices;        ///< POSTIL_SANDBOX_….
    uint32_t readable_count; ///< Folders behind the five fixed texts.
    uint32_t abi;            ///< Of the host, for the plugin to see.
                             ///< Texts: library (empty for bound functions alone), plugin id,
                             ///< plugin version, host version, scratch folder (may be empty),
                             ///< then the readable folders.
} postil_wire_spawn_t;

/// ANSWER's payload: status and error of the function; as postil_error_t, of a fixed layout.
typedef struct postil_wire_answer {
    int32_t status;
    uint32_t reads; ///< Of an exporter, in the answer to OPEN.
    int64_t task_id;
    char code[64];
    char pointer[256];
    char message[1024];
} postil_wire_answer_t;

/// Kinds of records in the output area.
enum {
    POSTIL_WIRE_SINK_OPEN = 1,  ///< Name, zero, media type.
    POSTIL_WIRE_SINK_WRITE = 2, ///< Bytes.
    POSTIL_WIRE_SINK_CLOSE = 3,
    POSTIL_WIRE_LOSS = 4,    ///< `number` the count; task (8 bytes), code, zero, message.
    POSTIL_WIRE_NAME = 5,    ///< A name that the plugin interned; `number` its key.
    POSTIL_WIRE_ARENA = 6,   ///< A piece of the arena that the function built.
    POSTIL_WIRE_PROBLEM = 7, ///< Code, pointer, message, hint, each with a zero behind it.
    POSTIL_WIRE_NUMBERS = 8, ///< Doubles: scores of a metric, or what bound functions gave.
    POSTIL_WIRE_PART = 9,    ///< `number` the question; score, weight (8 bytes each), label.
    POSTIL_WIRE_TABLE = 10,  ///< Of a metric, in the answer to OPEN: `postil_wire_metric_t`.
};

/// What a metric's table says of it.
typedef struct postil_wire_metric {
    uint32_t subject;
    uint32_t flags;
    double minimum;
    double maximum;
} postil_wire_metric_t;

/// How an argument of a bound function is passed, and what it returns.
enum {
    POSTIL_WIRE_VOID = 0, ///< Results only.
    POSTIL_WIRE_I32 = 1,
    POSTIL_WIRE_I64 = 2,
    POSTIL_WIRE_U64 = 3,
    POSTIL_WIRE_F32 = 4,
    POSTIL_WIRE_F64 = 5,
    POSTIL_WIRE_POINTER = 6, ///< To bytes of the slot, which cannot be written.
    POSTIL_WIRE_OUT_I32 = 7, ///< Pointer to room for one number; read after the call.
    POSTIL_WIRE_OUT_I64 = 8,
    POSTIL_WIRE_OUT_U64 = 9,
    POSTIL_WIRE_OUT_F32 = 10,
    POSTIL_WIRE_OUT_F64 = 11,
    POSTIL_WIRE_OUT_DOUBLES = 12 ///< Pointer to doubles that may be written, as many as were given.
};

/// A function that is to be bound.
///
/// The span of SCORE has rows of 8-byte cells: the task, then one cell for each argument. A cell
/// is the number itself, in its lower bytes; for pointers the place of the bytes in the span, for
/// OUT_DOUBLES that of a count and so many doubles, which are copied. Every row gives doubles: the
/// result, 0 for void, then what was written to each `OUT` argument.
typedef struct postil_wire_binding {
    uint32_t number; ///< Which one; below POSTIL_WIRE_BOUND_MAX.
    uint8_t result;
    uint8_t argument_count;
    uint8_t arguments[POSTIL_WIRE_BOUND_ARGUMENTS_MAX];
} postil_wire_binding_t;

/// The start of a record; its bytes follow, padded to a multiple of 8.
typedef struct postil_wire_record {
    uint32_t kind;
    uint32_t length;
    uint64_t number; ///< The sink, or what the kind says.
} postil_wire_record_t;

/// A library in the worker's memory, to name places in it.
typedef struct postil_wire_module {
    uint64_t start;
    uint64_t end;
    uint64_t base;
    char name[40]; ///< The end of its path.
} postil_wire_module_t;

/// The page. What the worker writes into it is a hint and never trusted.
typedef struct postil_wire_page {
    uint32_t cancel;      ///< Host: 1 when the call should end.
    uint32_t returned[2]; ///< Host: how often it has copied each half.
    uint32_t refuses;     ///< Host: 1 when it takes no output any more.

    // The flight record.
    uint32_t capability;
    uint32_t function; ///< 0 while no function of the plugin runs.
    uint64_t call;
    int64_t first_task;
    uint64_t task_count;
    int32_t signal; ///< The signal that is about to end the worker.
    int32_t signal_code;
    uint64_t address; ///< What was touched, for signals about memory.
    uint64_t place;   ///< The instruction.
    uint64_t caller;  ///< The innermost place in the plugin's library on the stack; 0 if none.
    uint32_t exits;   ///< 1 when `exit` was called.
    uint32_t module_count;
    postil_wire_module_t modules[POSTIL_WIRE_MODULES_MAX];
} postil_wire_page_t;

/// Descriptors of one message.
typedef struct postil_wire_descriptors {
    int32_t count;
    int32_t numbers[POSTIL_WIRE_DESCRIPTORS_MAX];
} postil_wire_descriptors_t;

/// Makes two connected sockets that keep messages apart. Returns 0 or -errno.
int32_t postil_wire_pair(int32_t pair[2]);

/// Sends one message; waits while the other side does not read, never longer than a signal.
/// Returns 0 or -errno.
int32_t postil_wire_send(int32_t socket, const postil_wire_header_t *header, const void *payload,
                         const postil_wire_descriptors_t *descriptors);

/// Receives one message and checks its shape. Descriptors that came belong to the caller.
///
/// `payload`  POSTIL_WIRE_PAYLOAD_MAX bytes.
///
/// Returns 0, with kind POSTIL_WIRE_EOF when the other side is gone; -EAGAIN when nothing is there
/// and `waits` is 0; -EPROTO for what is no message of this wire.
int32_t postil_wire_receive(int32_t socket, int32_t waits, postil_wire_header_t *header,
                            void *payload, postil_wire_descriptors_t *descriptors);

/// Closes what `postil_wire_receive` gave.
void postil_wire_close(const postil_wire_descriptors_t *descriptors);

/// Makes memory of a fixed size to be shared. Returns its descriptor or -errno.
int32_t postil_wire_memory(const char *name, uint64_t bytes);

/// Seals memory against writes by anyone but those who have mapped it for writing already.
int32_t postil_wire_seal_writes(int32_t memory);

/// Maps the memory; NULL when it cannot be.
void *postil_wire_map(int32_t memory, uint64_t bytes, int32_t is_writable);
void postil_wire_unmap(void *mapping, uint64_t bytes);

/// Sets a word of the page so that the other process sees it, and wakes who waits for it.
void postil_wire_set(uint32_t *word, uint32_t value);
uint32_t postil_wire_get(const uint32_t *word);
/// Waits until the word is not `value` any more: a short while busily, then asleep.
void postil_wire_wait(const uint32_t *word, uint32_t value);

/// Waits until one of the descriptors can be read; -1 stands for none. Returns a bit for each that
/// can, or that is closed on the other side; 0 after `milliseconds`.
uint32_t postil_wire_poll(const int32_t *descriptors, uint32_t count, int32_t milliseconds);

/// A descriptor that becomes readable, for good, when it is rung. Or -errno.
int32_t postil_wire_event(void);
void postil_wire_ring(int32_t event);

/// A pipe whose ends never wait. Returns 0 or -errno.
int32_t postil_wire_pipe(int32_t pair[2]);

/// A file without a name in a folder, to write and read. Or -errno.
int32_t postil_wire_nameless_file(const char *folder);

/// Starts the spawner with `socket` as its only connection. Returns 0 or -errno.
int32_t postil_wire_launch(const char *program, int32_t socket, const char *library_path,
                           int32_t *process);

/// Carries a hash on over more bytes. How they are cut into pieces makes no difference. Tells
/// accidents from equality; whoever wants a collision can make one.
uint64_t postil_wire_hash(uint64_t hash, const void *bytes, uint64_t count);

#ifdef __cplusplus
}
#endif

#endif

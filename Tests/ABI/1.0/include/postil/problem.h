/// What a plugin finds wrong with a configuration, a result or settings.
#ifndef POSTIL_PROBLEM_H
#define POSTIL_PROBLEM_H

#include <postil/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

/// One finding. Everything in it is borrowed by the host for the time of the call.
typedef struct postil_problem {
    uint32_t size;
    uint32_t reserved;      ///< Zero.
    postil_bytes_t code;    ///< For programs: lower-case words joined by `_`. Stable.
    postil_bytes_t pointer; ///< JSON pointer into what is judged; empty for the whole of it.
    postil_bytes_t message; ///< For people: one sentence that says what is wrong.
    postil_bytes_t hint;    ///< What to do about it; may be empty.
} postil_problem_t;

/// Takes findings. Given by the host.
typedef struct postil_problems {
    uint32_t size;
    uint32_t reserved; ///< Zero.
    void *context;     ///< Pass it back.

    /// Takes one finding and copies it. The host keeps the first 100 of a call. [instance]
    void (*report)(void *context, const postil_problem_t *problem_borrowed);
} postil_problems_t;

/// Reports one finding; the texts are C strings, `hint` may be NULL.
static inline void postil_report(const postil_problems_t *problems, const char *code,
                                 const char *pointer, const char *message, const char *hint) {
    postil_problem_t problem;
    memset(&problem, 0, sizeof problem);
    problem.size = sizeof problem;
    problem.code = postil_text(code);
    problem.pointer = postil_text(pointer);
    problem.message = postil_text(message);
    problem.hint = postil_text(hint);
    problems->report(problems->context, &problem);
}

#ifdef __cplusplus
}
#endif

#endif

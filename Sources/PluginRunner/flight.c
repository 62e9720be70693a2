#define _GNU_SOURCE
#include "flight.h"

#include <link.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

enum { STACK_BYTES = 64 * 1024, SCANNED_WORDS = 8192 };

static postil_wire_page_t *record;
/// End of the main thread's stack.
static uintptr_t stack_end;
/// The plugin's code.
static uintptr_t code_start, code_end;

static void note_place(const ucontext_t *context, uintptr_t *stack) {
#if defined(__x86_64__)
    record->place = (uint64_t)context->uc_mcontext.gregs[REG_RIP];
    *stack = (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__aarch64__)
    record->place = context->uc_mcontext.pc;
    *stack = (uintptr_t)context->uc_mcontext.sp;
#endif
}

/// The first word on the stack that points into the plugin's code: most likely the innermost
/// return address there. Only the main thread's stack is read, whose end is known.
static void note_caller(uintptr_t stack) {
    stack = (stack + 7) & ~(uintptr_t)7;
    if (record->place >= code_start && record->place < code_end) {
        record->caller = record->place;
        return;
    }
    if (stack >= stack_end || stack_end - stack > 64 * 1024 * 1024) {
        return;
    }
    for (int i = 0; i < SCANNED_WORDS && stack + 8 <= stack_end; i++, stack += 8) {
        uintptr_t word = *(const uintptr_t *)stack;
        if (word >= code_start && word < code_end) {
            record->caller = word;
            return;
        }
    }
}

static void note(int number, siginfo_t *information, void *context) {
    uintptr_t stack = 0;
    record->signal = number;
    record->signal_code = information->si_code;
    record->address = (uint64_t)(uintptr_t)information->si_addr;
    note_place(context, &stack);
    note_caller(stack);
    // The action is the default one again (SA_RESETHAND): the process dies of this signal.
    raise(number);
}

static void note_exit(void) {
    record->exits = 1;
}

void flight_start(postil_wire_page_t *page) {
    static const int signals[] = {SIGSEGV, SIGBUS,  SIGFPE, SIGILL,
                                  SIGABRT, SIGTRAP, SIGSYS, SIGXFSZ};
    record = page;
    int here = 0;
    // The environment and the arguments lie at the far end of the main thread's stack.
    extern char **environ;
    stack_end = ((uintptr_t)(environ != NULL ? (void *)environ : (void *)&here)) & ~(uintptr_t)7;
    void *memory =
        mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    stack_t stack = {.ss_sp = memory, .ss_size = STACK_BYTES};
    sigaltstack(&stack, NULL);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = note;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | (int)SA_RESETHAND;
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        sigaction(signals[i], &action, NULL);
    }
    atexit(note_exit);
}

void flight_enter(postil_wire_page_t *page, uint32_t capability, uint32_t function, uint64_t call,
                  int64_t first_task, uint64_t task_count) {
    page->capability = capability;
    page->call = call;
    page->first_task = first_task;
    page->task_count = task_count;
    postil_wire_set(&page->function, function);
}

void flight_leave(postil_wire_page_t *page) {
    __atomic_store_n(&page->function, 0, __ATOMIC_RELEASE);
}

static int note_module(struct dl_phdr_info *found, size_t size, void *inside) {
    (void)size;
    if (record->module_count >= POSTIL_WIRE_MODULES_MAX) {
        return 1;
    }
    uintptr_t start = UINTPTR_MAX, end = 0;
    for (int i = 0; i < found->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &found->dlpi_phdr[i];
        uintptr_t from = found->dlpi_addr + header->p_vaddr, to = from + header->p_memsz;
        if (header->p_type != PT_LOAD) {
            continue;
        }
        start = from < start ? from : start;
        end = to > end ? to : end;
        if ((header->p_flags & PF_X) != 0 && (uintptr_t)inside >= from && (uintptr_t)inside < to) {
            code_start = from;
            code_end = to;
        }
    }
    const char *name = strrchr(found->dlpi_name, '/');
    postil_wire_module_t *module = &record->modules[record->module_count++];
    module->start = start;
    module->end = end;
    module->base = found->dlpi_addr;
    snprintf(module->name, sizeof module->name, "%s", name != NULL ? name + 1 : found->dlpi_name);
    return 0;
}

void flight_note_modules(postil_wire_page_t *page, const void *inside) {
    page->module_count = 0;
    dl_iterate_phdr(note_module, (void *)inside);
}

/// The languages that plugins with faults are written in; raw values are extensions of sources.
enum FaultLanguage: String, CaseIterable, Sendable {
    case c, cpp, rust = "rs", swift

    var title: String {
        switch self {
        case .c: "C"
        case .cpp: "C++"
        case .rust: "Rust"
        case .swift: "Swift"
        }
    }
}

/// What a plugin with faults is used for.
enum FaultPlace: CaseIterable, Sendable {
    case exporter, importSource, tag, metric
}

/// One way in which a plugin goes wrong.
struct Fault: Sendable {
    let name: String
    let title: String
    var languages: [FaultLanguage] = FaultLanguage.allCases
    /// It never comes back, so a short limit is enough.
    var hangs = false

    /// The 32 ways, in the order of the reference.
    static let all: [Fault] = [
        Fault(name: "null_read", title: "null read"),
        Fault(name: "null_write", title: "null write"),
        Fault(name: "wild_jump", title: "wild jump"),
        Fault(name: "stack_overflow", title: "stack overflow"),
        Fault(name: "heap_overflow", title: "heap overflow"),
        Fault(name: "use_after_free", title: "use after free"),
        Fault(name: "double_free", title: "double free"),
        Fault(name: "abort", title: "abort"),
        Fault(name: "assertion", title: "assertion"),
        Fault(name: "division", title: "division by zero"),
        Fault(name: "throw", title: "exception that nobody catches", languages: [.cpp]),
        Fault(name: "panic", title: "panic", languages: [.rust]),
        Fault(name: "swift_trap", title: "index out of range", languages: [.swift]),
        Fault(name: "trap", title: "trap instruction", languages: [.c, .cpp]),
        Fault(name: "exit", title: "`exit(0)`"),
        Fault(name: "quick_exit", title: "`_exit(0)`"),
        Fault(name: "self_kill", title: "SIGKILL to itself"),
        Fault(name: "stop", title: "SIGSTOP to itself", hangs: true),
        Fault(name: "loop", title: "infinite loop", hangs: true),
        Fault(name: "deadlock", title: "deadlock", hangs: true),
        Fault(name: "sleep", title: "sleep for ever", hangs: true),
        Fault(name: "memory_hog", title: "memory hog"),
        Fault(name: "descriptor_leak", title: "descriptor leak"),
        Fault(name: "close_descriptors", title: "closes the protocol's descriptors"),
        Fault(name: "thread_bomb", title: "thread bomb"),
        Fault(name: "fork", title: "fork"),
        Fault(name: "output_flood", title: "output flood"),
        Fault(name: "log_flood", title: "log flood"),
        Fault(name: "ring_corruption", title: "overwrites what the host lent"),
        Fault(name: "malformed_arena", title: "malformed arena"),
        Fault(name: "garbage", title: "garbage on the protocol's socket"),
        Fault(name: "crash_at_exit", title: "crash in a destructor at exit"),
    ]
}

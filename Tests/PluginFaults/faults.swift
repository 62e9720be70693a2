// swift-format-ignore-file
// What is wrong here is wrong on purpose.
// Faults as Swift makes them; where Swift refuses to, through C's functions.
import Glibc

@inline(never) @_optimize(none) func opaque<Value>(_ value: Value) -> Value { value }

@inline(never) func overflowStack(_ depth: Int) -> Int {
    var page = (depth, depth, depth, depth, depth, depth, depth, depth)
    return withUnsafeMutableBytes(of: &page) { overflowStack(depth + Int($0[0])) + Int($0[1]) }
}

func overflowHeap() -> Int32 {
    let block = malloc(24)!.assumingMemoryBound(to: UInt8.self)
    for at in 24..<opaque(24 + 64) { block[at] = 0xFF }
    free(malloc(opaque(1 << 16)))
    abort()
}

func useFreed() -> Int32 {
    let block = malloc(opaque(64))!.assumingMemoryBound(to: Int.self)
    free(block)
    block[0] = 0x4141_4141
    for _ in 0..<3 { memset(malloc(opaque(64)), 0, 64) }
    abort()
}

func doubleFree() -> Int32 {
    let block = opaque(malloc(opaque(64)))
    free(block)
    free(opaque(block))
    return 0
}

func deadlock() -> Int32 {
    let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
    pthread_mutex_lock(lock)
    pthread_mutex_lock(lock)
    return 0
}

func sleepForEver() -> Int32 {
    while true { sleep(3600) }
}

func bomb() -> Int32 {
    var thread = pthread_t()
    while pthread_create(&thread, nil, { _ in while true { sleep(3600) } }, nil) == 0 {}
    return 1
}

func hog() -> Int32 {
    while true {
        let block = opaque(malloc(opaque(64 << 20))!)
        block.storeBytes(of: 1, as: UInt8.self)
    }
}

func memoryFault(_ name: String) -> Int32? {
    switch name {
    case "null_read": UnsafePointer<Int32>(bitPattern: opaque(8))!.pointee
    case "null_write":
        {
            UnsafeMutablePointer<Int32>(bitPattern: opaque(8))!.pointee = 1; return 0
        }()
    case "wild_jump":
        {
            unsafeBitCast(opaque(0x1234567), to: (@convention(c) () -> Void).self)(); return 0
        }()
    case "stack_overflow": Int32(truncatingIfNeeded: overflowStack(1))
    case "heap_overflow": overflowHeap()
    case "use_after_free": useFreed()
    case "double_free": doubleFree()
    default: nil
    }
}

func endFault(_ name: String) -> Int32? {
    switch name {
    case "abort": abort()
    case "assertion":
        precondition(opaque(0) == 1, "this is not so")
        return 0
    case "division": return Int32(1 / opaque(0))
    case "swift_trap": return Int32([1, 2, 3][opaque(7)])
    case "exit": exit(0)
    case "quick_exit": _exit(0)
    case "self_kill": return kill(getpid(), SIGKILL)
    default: return nil
    }
}

func waitFault(_ name: String) -> Int32? {
    switch name {
    case "stop": return raise(SIGSTOP)
    case "loop":
        while getpid() != 0 {}
        return 0
    case "deadlock": return deadlock()
    case "sleep": return sleepForEver()
    default: return nil
    }
}

@_silgen_name("fork") func systemFork() -> Int32

func resourceFault(_ name: String) -> Int32? {
    switch name {
    case "memory_hog": return hog()
    case "descriptor_leak":
        while dup(2) >= 0 {}
        return 1
    case "close_descriptors":
        for descriptor: Int32 in 3..<256 { close(descriptor) }
        return 0
    case "thread_bomb": return bomb()
    case "fork": return systemFork() < 0 ? 0 : 1
    case "garbage":
        let text = "This is no message of the wire."
        return write(3, text, text.utf8.count) > 0 ? 0 : 1
    default: return nil
    }
}

@_cdecl("fault_now")
public func faultNow(_ name: UnsafePointer<CChar>) -> Int32 {
    let name = String(cString: name)
    return memoryFault(name) ?? endFault(name) ?? waitFault(name) ?? resourceFault(name) ?? -1
}

// Faults as Rust makes them; where Rust refuses to, through C's functions.
use std::ffi::{c_char, c_int, c_void, CStr};
use std::hint::black_box;
use std::sync::Mutex;
use std::time::Duration;

extern "C" {
    fn malloc(bytes: usize) -> *mut c_void;
    fn free(block: *mut c_void);
    fn exit(status: c_int) -> !;
    fn _exit(status: c_int) -> !;
    fn kill(process: c_int, signal: c_int) -> c_int;
    fn getpid() -> c_int;
    fn fork() -> c_int;
    fn dup(descriptor: c_int) -> c_int;
    fn close(descriptor: c_int) -> c_int;
    fn write(descriptor: c_int, bytes: *const c_void, count: usize) -> isize;
}

const SIGKILL: c_int = 9;
const SIGSTOP: c_int = 19;

fn overflow_stack(depth: u64) -> u64 {
    let page = black_box([depth; 512]);
    overflow_stack(depth + 1) + page[0]
}

unsafe fn overflow_heap() -> i32 {
    let block = black_box(malloc(24) as *mut u8);
    for at in 24..24 + 64 {
        block.add(at).write_volatile(0xFF);
    }
    free(black_box(malloc(1 << 16)));
    std::process::abort()
}

unsafe fn use_freed() -> i32 {
    let block = black_box(malloc(64) as *mut usize);
    free(block as *mut c_void);
    block.write_volatile(0x41414141);
    for _ in 0..3 {
        (black_box(malloc(64)) as *mut u8).write_bytes(0, 64);
    }
    std::process::abort()
}

unsafe fn double_free() -> i32 {
    let block = black_box(malloc(64));
    free(block);
    free(black_box(block));
    0
}

fn deadlock() -> i32 {
    let lock = Mutex::new(0);
    let first = lock.lock().unwrap();
    let second = lock.lock().unwrap();
    *first + *second
}

fn sleep_for_ever() -> ! {
    loop {
        std::thread::sleep(Duration::from_secs(3600));
    }
}

fn bomb() -> i32 {
    loop {
        let started = std::thread::Builder::new()
            .stack_size(8 << 20)
            .spawn(|| sleep_for_ever());
        if started.is_err() {
            return 1;
        }
    }
}

/// The allocator aborts when there is no more.
fn hog() -> i32 {
    let mut blocks: Vec<Vec<u8>> = Vec::new();
    loop {
        blocks.push(Vec::with_capacity(64 << 20));
        black_box(&blocks);
    }
}

unsafe fn close_all() -> i32 {
    for descriptor in 3..256 {
        close(descriptor);
    }
    0
}

unsafe fn run(name: &str) -> i32 {
    let zero = black_box(0usize);
    match name {
        "null_read" => (zero as *const i32).read_volatile(),
        "null_write" => {
            (zero as *mut i32).write_volatile(1);
            0
        }
        "wild_jump" => {
            let place: extern "C" fn() = std::mem::transmute(zero + 0x1234567);
            place();
            0
        }
        "stack_overflow" => overflow_stack(0) as i32,
        "heap_overflow" => overflow_heap(),
        "use_after_free" => use_freed(),
        "double_free" => double_free(),
        "abort" => std::process::abort(),
        "assertion" => {
            assert_eq!(zero, 1);
            0
        }
        "division" => (1 / zero) as i32,
        "panic" => panic!("nobody catches this"),
        "exit" => exit(0),
        "quick_exit" => _exit(0),
        "self_kill" => kill(getpid(), SIGKILL),
        "stop" => kill(getpid(), SIGSTOP),
        "loop" => loop {
            black_box(zero);
        },
        "deadlock" => deadlock(),
        "sleep" => sleep_for_ever(),
        "memory_hog" => hog(),
        "descriptor_leak" => {
            while dup(2) >= 0 {}
            1
        }
        "close_descriptors" => close_all(),
        "thread_bomb" => bomb(),
        "fork" => i32::from(fork() >= 0),
        "garbage" => {
            let text = b"This is no message of the wire.";
            i32::from(write(3, text.as_ptr() as *const c_void, text.len()) <= 0)
        }
        _ => -1,
    }
}

/// No `catch_unwind` here: a panic that reaches C ends the process.
#[no_mangle]
pub unsafe extern "C" fn fault_now(name: *const c_char) -> i32 {
    run(CStr::from_ptr(name).to_str().unwrap_or(""))
}

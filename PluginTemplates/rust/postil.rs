//! The interface of Postil's plugins, as far as this plugin uses it: layouts of the C headers, and
//! safe Rust around them.
//!
//! Layouts are those of `postil/*.h`, where every field is explained. Values are read in place;
//! what a plugin gives back goes as JSON text, which the host parses and checks.
//!
//! Nothing may unwind into the host: each function that it calls goes through [`guarded`].
#![allow(dead_code)]

use std::marker::PhantomData;
use std::os::raw::c_void;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicU32, Ordering};

pub const ABI: u32 = 1 << 16; // 1.0
pub const OK: i32 = 0;
pub const MORE: i32 = 1;
pub const END: i32 = 2;
pub const ERROR_INVALID_DATA: i32 = -2;
pub const ERROR_INVALID_SETTINGS: i32 = -3;
pub const ERROR_UNSUPPORTED: i32 = -4;
pub const ERROR_CANCELLED: i32 = -8;
pub const ERROR_INTERNAL: i32 = -9;
pub const READS_TEXT: u32 = 1;
pub const READS_TREE: u32 = 2;
pub const READS_BOTH: u32 = 3;

// MARK: Texts and failures

/// Bytes that someone else owns; `postil_bytes_t`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Bytes {
    bytes: *const u8,
    count: u64,
}

impl Bytes {
    pub const fn of(text: &'static str) -> Bytes {
        Bytes {
            bytes: text.as_ptr(),
            count: text.len() as u64,
        }
    }

    /// # Safety
    /// The bytes outlive `'a`.
    pub unsafe fn slice<'a>(self) -> &'a [u8] {
        if self.count == 0 {
            return &[];
        }
        std::slice::from_raw_parts(self.bytes, self.count as usize)
    }
}

/// For the time of a call.
pub fn borrowed(bytes: &[u8]) -> Bytes {
    Bytes {
        bytes: bytes.as_ptr(),
        count: bytes.len() as u64,
    }
}

/// `postil_error_t`.
#[repr(C)]
pub struct RawError {
    size: u32,
    status: i32,
    task_id: i64,
    code: [u8; 64],
    pointer: [u8; 256],
    message: [u8; 1024],
}

impl RawError {
    fn empty() -> RawError {
        RawError {
            size: std::mem::size_of::<RawError>() as u32,
            status: OK,
            task_id: 0,
            code: [0; 64],
            pointer: [0; 256],
            message: [0; 1024],
        }
    }
}

/// Why a call failed: one of `ERROR_…`, a word for programs, a sentence for people.
pub struct Failure {
    pub status: i32,
    pub code: String,
    pub message: String,
}

impl Failure {
    pub fn new(status: i32, code: &str, message: impl Into<String>) -> Failure {
        Failure {
            status,
            code: code.into(),
            message: message.into(),
        }
    }

    fn of_host(status: i32, error: &RawError) -> Failure {
        let text = |bytes: &[u8]| {
            let end = bytes
                .iter()
                .position(|&byte| byte == 0)
                .unwrap_or(bytes.len());
            String::from_utf8_lossy(&bytes[..end]).into_owned()
        };
        Failure {
            status,
            code: text(&error.code),
            message: text(&error.message),
        }
    }

    /// # Safety
    /// `error` is NULL or points to as many bytes as its `size` says.
    unsafe fn write_to(&self, error: *mut RawError) {
        if error.is_null() || ((*error).size as usize) < std::mem::size_of::<RawError>() {
            return;
        }
        let error = &mut *error;
        error.status = self.status;
        copy_text(&mut error.code, &self.code);
        copy_text(&mut error.message, &self.message);
    }
}

/// Copies what fits and ends it with NUL; never splits a character.
fn copy_text(target: &mut [u8], text: &str) {
    let mut length = text.len().min(target.len() - 1);
    while !text.is_char_boundary(length) {
        length -= 1;
    }
    target[..length].copy_from_slice(&text.as_bytes()[..length]);
    target[length] = 0;
}

/// Runs what the host called; a panic becomes a failure.
///
/// # Safety
/// `error` is NULL or points to as many bytes as its `size` says.
pub unsafe fn guarded(error: *mut RawError, body: impl FnOnce() -> Result<i32, Failure>) -> i32 {
    let failure = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(status)) => return status,
        Ok(Err(failure)) => failure,
        Err(panic) => {
            let said = panic
                .downcast_ref::<&str>()
                .map(|text| text.to_string())
                .or_else(|| panic.downcast_ref::<String>().cloned());
            let message = said.unwrap_or_else(|| "The plugin panicked.".into());
            Failure::new(ERROR_INTERNAL, "panic", message)
        }
    };
    failure.write_to(error);
    failure.status
}

/// Asks a function of the host; its failure comes back as one of ours.
pub fn asked(call: impl FnOnce(*mut RawError) -> i32) -> Result<(), Failure> {
    let mut error = RawError::empty();
    match call(&mut error) {
        OK => Ok(()),
        status => Err(Failure::of_host(status, &error)),
    }
}

/// The word that the host sets when it wants the job stopped.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct Cancel(*const AtomicU32);

impl Cancel {
    /// Ask in every loop that can take long.
    pub fn check(self) -> Result<(), Failure> {
        // SAFETY: the host keeps the word until `close`.
        let is_set = !self.0.is_null() && unsafe { (*self.0).load(Ordering::Relaxed) } != 0;
        if is_set {
            return Err(Failure::new(
                ERROR_CANCELLED,
                "cancelled",
                "The job was stopped.",
            ));
        }
        Ok(())
    }
}

// MARK: Values

const KIND_NULL: u8 = 1;
const KIND_BOOL: u8 = 2;
const KIND_I64: u8 = 3;
const KIND_U64: u8 = 4;
const KIND_F64: u8 = 5;
const KIND_NUMBER_TEXT: u8 = 6;
const KIND_STRING: u8 = 7;
const KIND_ARRAY: u8 = 9;
const KIND_OBJECT: u8 = 10;
const KIND_NAME: u8 = 15;

/// `postil_node_t`.
#[repr(C)]
struct Node {
    kind: u8,
    flags: u8,
    key: u16,
    length: u32,
    payload: u64,
}

impl Node {
    fn after(&self) -> *const Node {
        let extent = if self.flags & 1 != 0 {
            self.payload
        } else {
            16
        };
        (self as *const Node as *const u8).wrapping_add(extent as usize) as *const Node
    }

    fn content(&self) -> *const u8 {
        (self as *const Node).wrapping_add(1) as *const u8
    }
}

#[repr(C)]
struct RawRoot {
    task_id: i64,
    project_id: i64,
    revision: i64,
    updated_at_us: i64,
    node_offset: u64,
    texts: [u64; 5],
    results_count: u32,
    annotation_count: u32,
}

#[repr(C)]
struct Header {
    magic: u32,
    layout: u16,
    header_size: u16,
    byte_count: u64,
    roots_offset: u64,
    root_count: u32,
    root_size: u32,
}

/// `postil_batch_t`: an arena that the host has checked.
#[repr(C)]
pub struct Batch {
    size: u32,
    key_count: u32,
    arena: *const u8,
    arena_size: u64,
    key_names: *const Bytes,
    sequence: u64,
}

impl Batch {
    fn header(&self) -> &Header {
        // SAFETY: an arena begins with a header and is aligned to 8 bytes.
        unsafe { &*(self.arena as *const Header) }
    }

    pub fn len(&self) -> u32 {
        self.header().root_count
    }

    /// The task's id and its tree. `index` is below `len`.
    pub fn task(&self, index: u32) -> (i64, Value<'_>) {
        assert!(index < self.len());
        let header = self.header();
        let place = header.roots_offset as usize + index as usize * header.root_size as usize;
        // SAFETY: the host has checked that root and node lie in the arena.
        unsafe {
            let root = &*(self.arena.add(place) as *const RawRoot);
            let node = match root.node_offset {
                0 => None,
                offset => Some(&*(self.arena.add(offset as usize) as *const Node)),
            };
            (root.task_id, Value { batch: self, node })
        }
    }
}

/// The only root of a batch, such as the settings; missing when the batch is NULL.
///
/// # Safety
/// `batch` is NULL or outlives `'a`.
pub unsafe fn root<'a>(batch: *const Batch) -> Value<'a> {
    if batch.is_null() || (*batch).len() == 0 {
        return Value::missing();
    }
    (*batch).task(0).1
}

/// A name as a number; see [`Keys`].
#[derive(Clone, Copy)]
pub struct Key(u32);

/// A value of a batch, or none; `postil_value_t`. Asking the wrong kind gives none.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Value<'a> {
    batch: *const Batch,
    node: Option<&'a Node>,
}

impl<'a> Value<'a> {
    fn missing() -> Value<'a> {
        Value {
            batch: std::ptr::null(),
            node: None,
        }
    }

    fn of_kind(self, kind: u8) -> Option<&'a Node> {
        self.node.filter(|node| node.kind == kind)
    }

    pub fn is_object(self) -> bool {
        self.of_kind(KIND_OBJECT).is_some()
    }

    pub fn text(self) -> Option<&'a str> {
        let node = self.of_kind(KIND_STRING)?;
        // SAFETY: the host has checked extent and UTF-8.
        unsafe {
            let bytes = std::slice::from_raw_parts(node.content(), node.length as usize);
            Some(std::str::from_utf8_unchecked(bytes))
        }
    }

    pub fn bool(self) -> Option<bool> {
        self.of_kind(KIND_BOOL).map(|node| node.payload != 0)
    }

    pub fn i64(self) -> Option<i64> {
        self.of_kind(KIND_I64).map(|node| node.payload as i64)
    }

    /// Any number as the nearest double; infinite only beyond every double.
    pub fn f64(self) -> Option<f64> {
        let node = self.node?;
        match node.kind {
            KIND_I64 => Some(node.payload as i64 as f64),
            KIND_U64 => Some(node.payload as f64),
            KIND_F64 => Some(f64::from_bits(node.payload)),
            // SAFETY: a double stands before the text.
            KIND_NUMBER_TEXT => Some(unsafe { (node.content() as *const f64).read() }),
            _ => None,
        }
    }

    /// A pair of numbers, `[x, y]`.
    pub fn point(self) -> Option<(f64, f64)> {
        let mut elements = self.elements();
        let point = (elements.next()?.f64()?, elements.next()?.f64()?);
        elements.next().is_none().then(|| point)
    }

    fn walk(self, kind: u8) -> Walk<'a> {
        let (at, end) = match self.of_kind(kind) {
            Some(node) => (node.content() as *const Node, node.after()),
            None => (std::ptr::null(), std::ptr::null()),
        };
        Walk {
            batch: self.batch,
            at,
            end,
            lifetime: PhantomData,
        }
    }

    /// The elements of an array; nothing for every other kind.
    pub fn elements(self) -> impl Iterator<Item = Value<'a>> {
        let mut walk = self.walk(KIND_ARRAY);
        std::iter::from_fn(move || walk.next().map(|(_, value)| value))
    }

    /// The members of an object, in order; nothing for every other kind.
    pub fn members(self) -> impl Iterator<Item = (&'a str, Value<'a>)> {
        let mut walk = self.walk(KIND_OBJECT);
        std::iter::from_fn(move || walk.next())
    }

    /// The member with an interned name.
    pub fn get(self, key: Key) -> Value<'a> {
        let mut walk = self.walk(KIND_OBJECT);
        while walk.at < walk.end {
            // SAFETY: the host has checked the order of nodes.
            let node = unsafe { &*walk.at };
            if u32::from(node.key) == key.0 && key.0 != 0 {
                return Value {
                    batch: self.batch,
                    node: Some(node),
                };
            }
            walk.at = node.after();
        }
        Value::missing()
    }

    /// The member with a name, found by its text.
    pub fn named(self, name: &str) -> Value<'a> {
        self.members()
            .find(|member| member.0 == name)
            .map_or(Value::missing(), |member| member.1)
    }

    /// Appends the value as JSON text; nothing for packed arrays and bytes, which JSON has not.
    pub fn write_json(self, out: &mut String) {
        let node = match self.node {
            Some(node) => node,
            None => return out.push_str("null"),
        };
        match node.kind {
            KIND_BOOL => out.push_str(if node.payload != 0 { "true" } else { "false" }),
            KIND_I64 => out.push_str(&(node.payload as i64).to_string()),
            KIND_U64 => out.push_str(&node.payload.to_string()),
            KIND_F64 => out.push_str(&json_number(f64::from_bits(node.payload))),
            KIND_NUMBER_TEXT => {
                // SAFETY: the text follows the double; the host has checked it.
                let text = unsafe {
                    std::slice::from_raw_parts(node.content().add(8), node.length as usize)
                };
                out.push_str(&String::from_utf8_lossy(text));
            }
            KIND_STRING => write_json_text(out, self.text().unwrap_or("")),
            KIND_ARRAY => {
                out.push('[');
                for (index, element) in self.elements().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    element.write_json(out);
                }
                out.push(']');
            }
            KIND_OBJECT => {
                out.push('{');
                for (index, (name, value)) in self.members().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    write_json_text(out, name);
                    out.push(':');
                    value.write_json(out);
                }
                out.push('}');
            }
            _ => out.push_str("null"),
        }
    }
}

struct Walk<'a> {
    batch: *const Batch,
    at: *const Node,
    end: *const Node,
    lifetime: PhantomData<&'a Node>,
}

impl<'a> Walk<'a> {
    fn next(&mut self) -> Option<(&'a str, Value<'a>)> {
        if self.at >= self.end {
            return None;
        }
        // SAFETY: the host has checked the order of nodes and the table of names.
        unsafe {
            let mut node = &*self.at;
            let mut name: &[u8] = &[];
            if node.kind == KIND_NAME {
                name = std::slice::from_raw_parts(node.content(), node.length as usize);
                node = &*node.after();
            } else if u32::from(node.key) < (*self.batch).key_count {
                name = (*(*self.batch).key_names.add(node.key as usize)).slice();
            }
            self.at = node.after();
            let value = Value {
                batch: self.batch,
                node: Some(node),
            };
            Some((std::str::from_utf8_unchecked(name), value))
        }
    }
}

/// `postil_keys_t`: interns names while `open` runs.
#[repr(C)]
struct RawKeys {
    size: u32,
    reserved: u32,
    context: *mut c_void,
    intern: unsafe extern "C" fn(*mut c_void, Bytes) -> u32,
}

/// Makes numbers of names, so that members are found without comparing texts.
pub struct Keys(*const RawKeys);

impl Keys {
    pub fn key(&self, name: &str) -> Key {
        // SAFETY: the table is the host's and valid while `open` runs.
        Key(unsafe { ((*self.0).intern)((*self.0).context, borrowed(name.as_bytes())) })
    }
}

/// What `open` was given.
pub fn keys(table: *const c_void) -> Keys {
    Keys(table as *const RawKeys)
}

// MARK: JSON text

pub fn json_number(value: f64) -> String {
    // Rust writes the fewest digits that read back the same, and `1e300` for large ones.
    format!("{:?}", value)
}

pub fn write_json_text(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", control as u32)),
            other => out.push(other),
        }
    }
    out.push('"');
}

// MARK: Building

/// `postil_builder_t`: an arena in the making.
#[repr(C)]
pub struct Builder {
    size: u32,
    status: i32,
    arena: *mut u8,
    used: u64,
    capacity: u64,
    byte_limit: u64,
    byte_target: u64,
    open: u64,
    depth: u32,
    root_capacity: u32,
    root_count: u32,
    root_is_open: u32,
    pending_key: u32,
    reserved: u32,
    grow_context: *mut c_void,
    grow: Option<unsafe extern "C" fn(*mut c_void, u64, *mut *mut u8, *mut u64) -> i32>,
}

impl Builder {
    const HEADER_BYTES: u64 = 64;
    const ERROR_NO_MEMORY: i32 = -6;
    const ERROR_TOO_LARGE: i32 = -7;

    /// True when the batch should be given back before the next root is written.
    pub fn is_full(&self) -> bool {
        self.root_count >= self.root_capacity || self.used >= self.byte_target
    }

    /// Appends a root as JSON text; `postil_build_root_text` between its begin and end.
    pub fn push_json(&mut self, json: &str) -> Result<(), Failure> {
        let too_large = || {
            Failure::new(
                Self::ERROR_TOO_LARGE,
                "too_large",
                "A value does not fit into a batch.",
            )
        };
        let padded = (json.len() as u64 + 7) & !7;
        if self.root_count >= self.root_capacity
            || self.used > self.byte_limit
            || padded > self.byte_limit - self.used
        {
            self.status = Self::ERROR_TOO_LARGE;
            return Err(too_large());
        }
        let needed = self.used + padded;
        // SAFETY: the host's function keeps the contents and sets memory and capacity.
        unsafe {
            if needed > self.capacity {
                let (mut arena, mut capacity) = (self.arena, self.capacity);
                let grown = self.grow.map_or(Self::ERROR_NO_MEMORY, |grow| {
                    grow(self.grow_context, needed, &mut arena, &mut capacity)
                });
                self.arena = arena;
                self.capacity = capacity;
                if grown != OK || self.capacity < needed {
                    self.status = Self::ERROR_NO_MEMORY;
                    let message = "Memory ran out.";
                    return Err(Failure::new(Self::ERROR_NO_MEMORY, "no_memory", message));
                }
            }
            let target = self.arena.add(self.used as usize);
            std::ptr::write_bytes(target, 0, padded as usize);
            std::ptr::copy_nonoverlapping(json.as_ptr(), target, json.len());
            let root_bytes = std::mem::size_of::<RawRoot>();
            let place = Self::HEADER_BYTES as usize + self.root_count as usize * root_bytes;
            let root = &mut *(self.arena.add(place) as *mut RawRoot);
            std::ptr::write_bytes(root, 0, 1);
            root.texts[0] = self.used;
            root.texts[1] = json.len() as u64;
        }
        self.used = needed;
        self.root_count += 1;
        Ok(())
    }
}

// MARK: The plugin

/// `postil_host_t`, as far as it is used.
#[repr(C)]
pub struct Host {
    size: u32,
    pub abi: u32,
}

/// `postil_plugin_t`.
#[repr(C)]
pub struct Plugin {
    size: u32,
    abi: u32,
    abi_minimum: u32,
    reserved: u32,
    id: Bytes,
    version: Bytes,
    get_capability: unsafe extern "C" fn(Bytes, Bytes) -> *const c_void,
}

// SAFETY: it is constant, and what it points to is static.
unsafe impl Sync for Plugin {}

impl Plugin {
    pub const fn new(
        id: &'static str,
        version: &'static str,
        get_capability: unsafe extern "C" fn(Bytes, Bytes) -> *const c_void,
    ) -> Plugin {
        Plugin {
            size: std::mem::size_of::<Plugin>() as u32,
            abi: ABI,
            abi_minimum: ABI,
            reserved: 0,
            id: Bytes::of(id),
            version: Bytes::of(version),
            get_capability,
        }
    }
}

/// The table if the host asks for this capability by this name, else NULL.
///
/// # Safety
/// `id` and `name` are what the host passed.
pub unsafe fn capability<T>(
    table: &'static T,
    is: (&str, &str),
    asked: (Bytes, Bytes),
) -> *const c_void {
    if asked.0.slice() == is.0.as_bytes() && asked.1.slice() == is.1.as_bytes() {
        return table as *const T as *const c_void;
    }
    std::ptr::null()
}

/// The plugin if it can run on this host, else NULL.
///
/// # Safety
/// `host` is what the host passed.
pub unsafe fn entry(host: *const Host, plugin: &'static Plugin) -> *const Plugin {
    if !host.is_null() && (*host).abi >= plugin.abi_minimum {
        return plugin;
    }
    std::ptr::null()
}

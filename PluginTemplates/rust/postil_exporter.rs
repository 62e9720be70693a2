//! Exporters: what `postil/exporter.h` describes.
#![allow(dead_code)]

use crate::postil::*;
use std::os::raw::c_void;

pub const CAPABILITY: &str = "postil.exporter/1";

/// One export. Made by `open`, gone with `close`; an abort is a drop without `finish`.
pub trait Exporter: Sized {
    /// What is read of a task: `READS_TEXT`, `READS_TREE` or both. The manifest says the same.
    const READS: u32;

    fn open(arguments: &Open<'_>) -> Result<Self, Failure>;
    fn consume(&mut self, tasks: &Batch) -> Result<(), Failure>;
    fn finish(&mut self) -> Result<(), Failure>;
}

/// `postil_exporter_open_t`.
#[repr(C)]
struct RawOpen {
    size: u32,
    reserved: u32,
    name: Bytes,
    context: *const Batch,
    keys: *const c_void,
    sinks: *const RawSinks,
    losses: *const RawLosses,
    media: *const c_void,
    cancel: Cancel,
}

#[repr(C)]
struct RawSinks {
    size: u32,
    reserved: u32,
    context: *mut c_void,
    sink_open: unsafe extern "C" fn(*mut c_void, Bytes, Bytes, *mut u64, *mut RawError) -> i32,
    sink_write: unsafe extern "C" fn(*mut c_void, u64, Bytes, *mut RawError) -> i32,
    sink_close: unsafe extern "C" fn(*mut c_void, u64, *mut RawError) -> i32,
}

#[repr(C)]
struct RawLoss {
    size: u32,
    reserved: u32,
    task_id: i64,
    count: u64,
    code: Bytes,
    message: Bytes,
}

#[repr(C)]
struct RawLosses {
    size: u32,
    reserved: u32,
    context: *mut c_void,
    report: unsafe extern "C" fn(*mut c_void, *const RawLoss),
}

/// What `open` gets.
pub struct Open<'a> {
    /// Project, labeling config, export and settings.
    pub context: Value<'a>,
    pub keys: Keys,
    pub sinks: Sinks,
    pub losses: Losses,
    pub cancel: Cancel,
}

/// Where an exporter writes; valid until the exporter is gone.
#[derive(Clone, Copy)]
pub struct Sinks(*const RawSinks);

impl Sinks {
    pub fn open(self, name: &str, media_type: &str) -> Result<Sink, Failure> {
        let mut number = 0;
        let (name, media_type) = (borrowed(name.as_bytes()), borrowed(media_type.as_bytes()));
        // SAFETY: the table is the host's and lives until `close`.
        asked(|error| unsafe {
            ((*self.0).sink_open)((*self.0).context, name, media_type, &mut number, error)
        })?;
        Ok(Sink {
            sinks: self.0,
            number,
        })
    }
}

/// A file of the export.
pub struct Sink {
    sinks: *const RawSinks,
    number: u64,
}

impl Sink {
    /// Appends bytes; cheap from 16 KiB on, so gather small writes.
    pub fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        // SAFETY: the table is the host's and lives until `close`.
        asked(|error| unsafe {
            ((*self.sinks).sink_write)((*self.sinks).context, self.number, borrowed(bytes), error)
        })
    }

    pub fn close(&self) -> Result<(), Failure> {
        // SAFETY: the table is the host's and lives until `close`.
        asked(|error| unsafe {
            ((*self.sinks).sink_close)((*self.sinks).context, self.number, error)
        })
    }
}

/// Takes what the format cannot hold.
#[derive(Clone, Copy)]
pub struct Losses(*const RawLosses);

impl Losses {
    pub fn report(self, task_id: i64, count: u64, code: &str, message: &str) {
        let loss = RawLoss {
            size: std::mem::size_of::<RawLoss>() as u32,
            reserved: 0,
            task_id,
            count,
            code: borrowed(code.as_bytes()),
            message: borrowed(message.as_bytes()),
        };
        // SAFETY: the table is the host's and lives until `close`; it copies the loss.
        unsafe { ((*self.0).report)((*self.0).context, &loss) }
    }
}

/// `postil_exporter_t`.
#[repr(C)]
pub struct Table {
    size: u32,
    reads: u32,
    reserved: u64,
    open: unsafe extern "C" fn(*const RawOpen, *mut *mut c_void, *mut RawError) -> i32,
    consume: unsafe extern "C" fn(*mut c_void, *const Batch, *mut RawError) -> i32,
    finish: unsafe extern "C" fn(*mut c_void, *mut RawError) -> i32,
    abort: unsafe extern "C" fn(*mut c_void),
    close: unsafe extern "C" fn(*mut c_void),
}

/// The table of functions that drive an exporter.
pub const fn table<E: Exporter>() -> Table {
    Table {
        size: std::mem::size_of::<Table>() as u32,
        reads: E::READS,
        reserved: 0,
        open: open::<E>,
        consume: consume::<E>,
        finish: finish::<E>,
        abort,
        close: close::<E>,
    }
}

unsafe extern "C" fn open<E: Exporter>(
    raw: *const RawOpen,
    instance: *mut *mut c_void,
    error: *mut RawError,
) -> i32 {
    guarded(error, || {
        let raw = &*raw;
        let exporter = E::open(&Open {
            context: root(raw.context),
            keys: keys(raw.keys),
            sinks: Sinks(raw.sinks),
            losses: Losses(raw.losses),
            cancel: raw.cancel,
        })?;
        *instance = Box::into_raw(Box::new(exporter)) as *mut c_void;
        Ok(OK)
    })
}

unsafe extern "C" fn consume<E: Exporter>(
    instance: *mut c_void,
    tasks: *const Batch,
    error: *mut RawError,
) -> i32 {
    guarded(error, || {
        (*(instance as *mut E)).consume(&*tasks).map(|()| OK)
    })
}

unsafe extern "C" fn finish<E: Exporter>(instance: *mut c_void, error: *mut RawError) -> i32 {
    guarded(error, || (*(instance as *mut E)).finish().map(|()| OK))
}

unsafe extern "C" fn abort(_instance: *mut c_void) {}

unsafe extern "C" fn close<E: Exporter>(instance: *mut c_void) {
    guarded(std::ptr::null_mut(), || {
        drop(Box::from_raw(instance as *mut E));
        Ok(OK)
    });
}

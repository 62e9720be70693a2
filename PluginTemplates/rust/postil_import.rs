//! Import sources: what `postil/import_source.h` describes.
#![allow(dead_code)]

use crate::postil::*;
use std::os::raw::c_void;

pub const CAPABILITY: &str = "postil.import-source/1";

/// One import. Made by `open`, gone with `close`.
pub trait ImportSource: Sized {
    fn open(arguments: &Open<'_>) -> Result<Self, Failure>;

    /// Appends tasks until the builder is full or none is left. Each is the JSON text of
    /// `{"data": {…}, "annotations": […], "predictions": […], "meta": {…}}`; all but `data` may be
    /// left out. Gives whether there is more.
    fn next(&mut self, builder: &mut Builder) -> Result<bool, Failure>;

    /// JSON text from which `open` can go on behind the last task that was given.
    fn checkpoint(&self) -> String;
}

#[repr(C)]
struct RawInputs {
    size: u32,
    reserved: u32,
    context: *mut c_void,
    count: unsafe extern "C" fn(*mut c_void) -> u64,
    name: unsafe extern "C" fn(*mut c_void, u64) -> Bytes,
    kind: unsafe extern "C" fn(*mut c_void, u64) -> u32,
    byte_count: unsafe extern "C" fn(*mut c_void, u64) -> u64,
    reference: unsafe extern "C" fn(*mut c_void, u64) -> Bytes,
    descriptor: unsafe extern "C" fn(*mut c_void, u64, *mut i32, *mut RawError) -> i32,
    map: unsafe extern "C" fn(*mut c_void, u64, *mut Bytes, *mut RawError) -> i32,
    release: unsafe extern "C" fn(*mut c_void, u64),
}

/// `postil_import_open_t`.
#[repr(C)]
struct RawOpen {
    size: u32,
    reserved: u32,
    name: Bytes,
    context: *const Batch,
    checkpoint: *const Batch,
    inputs: *const RawInputs,
    cancel: Cancel,
}

/// What `open` gets.
pub struct Open<'a> {
    /// Project, labeling config and settings.
    pub context: Value<'a>,
    /// What an earlier `checkpoint` wrote; missing to begin at the beginning.
    pub checkpoint: Value<'a>,
    pub inputs: Inputs,
    pub cancel: Cancel,
}

/// The files of an import, numbered from 0; valid until the source is gone.
#[derive(Clone, Copy)]
pub struct Inputs(*const RawInputs);

// SAFETY of the calls below: the table is the host's and lives until `close`.
impl Inputs {
    const FILE: u32 = 1;

    pub fn count(self) -> u64 {
        unsafe { ((*self.0).count)((*self.0).context) }
    }

    pub fn is_file(self, index: u64) -> bool {
        unsafe { ((*self.0).kind)((*self.0).context, index) == Self::FILE }
    }

    /// Relative, parts joined by `/`.
    pub fn name(self, index: u64) -> String {
        let name = unsafe { ((*self.0).name)((*self.0).context, index).slice() };
        String::from_utf8_lossy(name).into_owned()
    }

    /// What to write into a task's data to refer to the file.
    pub fn reference(self, index: u64) -> String {
        let text = unsafe { ((*self.0).reference)((*self.0).context, index).slice() };
        String::from_utf8_lossy(text).into_owned()
    }

    /// Opens a file; it is given back when the value goes.
    pub fn open(self, index: u64) -> Result<Content, Failure> {
        let mut bytes = borrowed(&[]);
        asked(|error| unsafe { ((*self.0).map)((*self.0).context, index, &mut bytes, error) })?;
        Ok(Content {
            inputs: self,
            index,
            bytes,
        })
    }
}

/// The content of an open file.
pub struct Content {
    inputs: Inputs,
    index: u64,
    bytes: Bytes,
}

impl Content {
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: the host keeps the memory until `release`.
        unsafe { self.bytes.slice() }
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        unsafe { ((*self.inputs.0).release)((*self.inputs.0).context, self.index) }
    }
}

/// `postil_import_source_t`.
#[repr(C)]
pub struct Table {
    size: u32,
    reserved: u32,
    open: unsafe extern "C" fn(*const RawOpen, *mut *mut c_void, *mut RawError) -> i32,
    next: unsafe extern "C" fn(*mut c_void, *mut Builder, *mut RawError) -> i32,
    checkpoint: unsafe extern "C" fn(*mut c_void, *mut Builder, *mut RawError) -> i32,
    close: unsafe extern "C" fn(*mut c_void),
}

/// The table of functions that drive an import source.
pub const fn table<S: ImportSource>() -> Table {
    Table {
        size: std::mem::size_of::<Table>() as u32,
        reserved: 0,
        open: open::<S>,
        next: next::<S>,
        checkpoint: checkpoint::<S>,
        close: close::<S>,
    }
}

unsafe extern "C" fn open<S: ImportSource>(
    raw: *const RawOpen,
    instance: *mut *mut c_void,
    error: *mut RawError,
) -> i32 {
    guarded(error, || {
        let raw = &*raw;
        let source = S::open(&Open {
            context: root(raw.context),
            checkpoint: root(raw.checkpoint),
            inputs: Inputs(raw.inputs),
            cancel: raw.cancel,
        })?;
        *instance = Box::into_raw(Box::new(source)) as *mut c_void;
        Ok(OK)
    })
}

unsafe extern "C" fn next<S: ImportSource>(
    instance: *mut c_void,
    builder: *mut Builder,
    error: *mut RawError,
) -> i32 {
    guarded(error, || {
        let has_more = (*(instance as *mut S)).next(&mut *builder)?;
        Ok(if has_more { MORE } else { END })
    })
}

unsafe extern "C" fn checkpoint<S: ImportSource>(
    instance: *mut c_void,
    builder: *mut Builder,
    error: *mut RawError,
) -> i32 {
    guarded(error, || {
        let json = (*(instance as *const S)).checkpoint();
        (*builder).push_json(&json).map(|()| OK)
    })
}

unsafe extern "C" fn close<S: ImportSource>(instance: *mut c_void) {
    guarded(std::ptr::null_mut(), || {
        drop(Box::from_raw(instance as *mut S));
        Ok(OK)
    });
}

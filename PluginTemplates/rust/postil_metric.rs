//! Metrics: what `postil/metric.h` describes.
#![allow(dead_code)]

use crate::postil::*;
use std::os::raw::c_void;

pub const CAPABILITY: &str = "postil.metric/1";
pub const PAIR: u32 = 1;
pub const ANSWER: u32 = 2;
pub const SYMMETRIC: u32 = 1;
pub const LOWER_IS_BETTER: u32 = 2;

/// Judges answers: a pure function of its settings and of what it is asked about.
pub trait Metric: Sized {
    /// `PAIR` or `ANSWER`. This and the next two are what the manifest says under `metrics`.
    const SUBJECT: u32;
    /// `SYMMETRIC`, `LOWER_IS_BETTER`, added up.
    const FLAGS: u32;
    /// Smallest and largest score.
    const RANGE: (f64, f64);

    fn open(arguments: &Open<'_>) -> Result<Self, Failure>;

    /// A number in the range, or `None` when there is nothing to say.
    fn score(&self, call: &Call<'_>) -> Option<f64>;
}

/// `postil_metric_open_t`.
#[repr(C)]
struct RawOpen {
    size: u32,
    reserved: u32,
    name: Bytes,
    context: *const Batch,
    keys: *const c_void,
    cancel: Cancel,
}

/// What `open` gets.
pub struct Open<'a> {
    /// Project, labeling config and settings.
    pub context: Value<'a>,
    pub keys: Keys,
}

#[repr(C)]
struct RawParts {
    size: u32,
    reserved: u32,
    context: *mut c_void,
    report: unsafe extern "C" fn(*mut c_void, u64, Bytes, f64, f64),
}

/// `postil_metric_call_t`: one question.
#[repr(C)]
pub struct Call<'a> {
    size: u32,
    reserved: u32,
    pair: u64,
    /// The task: id, data.
    pub task: Value<'a>,
    /// An answer: id, kind, result.
    pub first: Value<'a>,
    /// Missing for a metric of single answers.
    pub second: Value<'a>,
    parts: *const RawParts,
}

impl Call<'_> {
    /// Reports what the score is made of, if the host asks for it. A label has at most 256 bytes.
    pub fn part(&self, label: &str, score: f64, weight: f64) {
        if self.parts.is_null() || label.is_empty() || label.len() > 256 {
            return;
        }
        // SAFETY: the table is the host's and valid until the call returns.
        unsafe {
            let label = borrowed(label.as_bytes());
            ((*self.parts).report)((*self.parts).context, self.pair, label, score, weight)
        }
    }
}

type Score =
    unsafe extern "C" fn(*mut c_void, *const Call<'static>, *mut f64, *mut RawError) -> i32;
type ScoreBatch = unsafe extern "C" fn(*mut c_void, *const c_void, *mut RawError) -> i32;

/// `postil_metric_t`.
#[repr(C)]
pub struct Table {
    size: u32,
    subject: u32,
    flags: u32,
    reserved: u32,
    minimum: f64,
    maximum: f64,
    open: unsafe extern "C" fn(*const RawOpen, *mut *mut c_void, *mut RawError) -> i32,
    score: Score,
    score_batch: Option<ScoreBatch>,
    close: unsafe extern "C" fn(*mut c_void),
}

/// The table of functions that drive a metric. The host calls `score` for each pair of a batch.
pub const fn table<M: Metric>() -> Table {
    Table {
        size: std::mem::size_of::<Table>() as u32,
        subject: M::SUBJECT,
        flags: M::FLAGS,
        reserved: 0,
        minimum: M::RANGE.0,
        maximum: M::RANGE.1,
        open: open::<M>,
        score: score::<M>,
        score_batch: None,
        close: close::<M>,
    }
}

unsafe extern "C" fn open<M: Metric>(
    raw: *const RawOpen,
    instance: *mut *mut c_void,
    error: *mut RawError,
) -> i32 {
    guarded(error, || {
        let raw = &*raw;
        let metric = M::open(&Open {
            context: root(raw.context),
            keys: keys(raw.keys),
        })?;
        *instance = Box::into_raw(Box::new(metric)) as *mut c_void;
        Ok(OK)
    })
}

unsafe extern "C" fn score<M: Metric>(
    instance: *mut c_void,
    call: *const Call<'static>,
    score: *mut f64,
    error: *mut RawError,
) -> i32 {
    guarded(error, || {
        *score = (*(instance as *const M)).score(&*call).unwrap_or(f64::NAN);
        Ok(OK)
    })
}

unsafe extern "C" fn close<M: Metric>(instance: *mut c_void) {
    guarded(std::ptr::null_mut(), || {
        drop(Box::from_raw(instance as *mut M));
        Ok(OK)
    });
}

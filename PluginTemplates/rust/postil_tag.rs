//! Tags: what `postil/tag.h` describes.
#![allow(dead_code)]

use crate::postil::*;
use std::os::raw::c_void;

pub const CAPABILITY: &str = "postil.tag/1";

/// The part of a tag that runs on the server. All functions are pure.
pub trait Tag {
    /// Judges the element of a config before it is saved.
    fn validate_config(call: &Call<'_>, problems: &mut Vec<Problem>);
    /// Judges one result before it is stored.
    fn validate_result(call: &Call<'_>, problems: &mut Vec<Problem>);
    /// JSON text of the result as it is to be stored; `None` when it stays as it is.
    fn normalize(call: &Call<'_>) -> Option<String>;
    /// The measures of the manifest that this result has.
    fn measures(call: &Call<'_>) -> Vec<(&'static str, f64)>;
}

/// One finding; `pointer` is a JSON pointer into what is judged.
pub struct Problem {
    pub code: &'static str,
    pub pointer: String,
    pub message: String,
    pub hint: String,
}

/// What is asked about. A tree that the function does not use is missing.
pub struct Call<'a> {
    /// The element: tag, attributes, children, objects.
    pub element: Value<'a>,
    /// The task's `data`.
    pub data: Value<'a>,
    /// One result of this tag.
    pub result: Value<'a>,
}

/// `postil_tag_call_t`.
#[repr(C)]
struct RawCall {
    size: u32,
    reserved: u32,
    tag: Bytes,
    element: *const Batch,
    data: *const Batch,
    result: *const Batch,
}

impl RawCall {
    unsafe fn call<'a>(&self) -> Call<'a> {
        Call {
            element: root(self.element),
            data: root(self.data),
            result: root(self.result),
        }
    }
}

#[repr(C)]
struct RawProblem {
    size: u32,
    reserved: u32,
    code: Bytes,
    pointer: Bytes,
    message: Bytes,
    hint: Bytes,
}

#[repr(C)]
struct RawProblems {
    size: u32,
    reserved: u32,
    context: *mut c_void,
    report: unsafe extern "C" fn(*mut c_void, *const RawProblem),
}

type Judge = unsafe extern "C" fn(*const RawCall, *const RawProblems, *mut RawError) -> i32;
type Build = unsafe extern "C" fn(*const RawCall, *mut Builder, *mut RawError) -> i32;

/// `postil_tag_t`.
#[repr(C)]
pub struct Table {
    size: u32,
    reserved: u32,
    validate_config: Judge,
    validate_result: Judge,
    normalize: Build,
    measures: Build,
}

/// The table of functions of a tag.
pub const fn table<T: Tag>() -> Table {
    Table {
        size: std::mem::size_of::<Table>() as u32,
        reserved: 0,
        validate_config: validate_config::<T>,
        validate_result: validate_result::<T>,
        normalize: normalize::<T>,
        measures: measures::<T>,
    }
}

unsafe fn report(problems: &[Problem], to: *const RawProblems) {
    for problem in problems {
        let raw = RawProblem {
            size: std::mem::size_of::<RawProblem>() as u32,
            reserved: 0,
            code: borrowed(problem.code.as_bytes()),
            pointer: borrowed(problem.pointer.as_bytes()),
            message: borrowed(problem.message.as_bytes()),
            hint: borrowed(problem.hint.as_bytes()),
        };
        ((*to).report)((*to).context, &raw);
    }
}

unsafe extern "C" fn validate_config<T: Tag>(
    call: *const RawCall,
    problems: *const RawProblems,
    error: *mut RawError,
) -> i32 {
    guarded(error, || {
        let mut found = Vec::new();
        T::validate_config(&(*call).call(), &mut found);
        report(&found, problems);
        Ok(OK)
    })
}

unsafe extern "C" fn validate_result<T: Tag>(
    call: *const RawCall,
    problems: *const RawProblems,
    error: *mut RawError,
) -> i32 {
    guarded(error, || {
        let mut found = Vec::new();
        T::validate_result(&(*call).call(), &mut found);
        report(&found, problems);
        Ok(OK)
    })
}

unsafe extern "C" fn normalize<T: Tag>(
    call: *const RawCall,
    builder: *mut Builder,
    error: *mut RawError,
) -> i32 {
    guarded(error, || match T::normalize(&(*call).call()) {
        Some(json) => (*builder).push_json(&json).map(|()| OK),
        None => Ok(OK),
    })
}

unsafe extern "C" fn measures<T: Tag>(
    call: *const RawCall,
    builder: *mut Builder,
    error: *mut RawError,
) -> i32 {
    guarded(error, || {
        let mut json = String::from("{");
        for (index, (name, value)) in T::measures(&(*call).call()).into_iter().enumerate() {
            json.push_str(if index > 0 { "," } else { "" });
            write_json_text(&mut json, name);
            json.push(':');
            json.push_str(&json_number(value));
        }
        json.push('}');
        (*builder).push_json(&json).map(|()| OK)
    })
}

//! label-overlap: the labels that two answers share, among those that either has.
//!
//! A metric is a pure function of its settings and of what it is asked about: nothing is kept
//! between two questions.
mod postil;
mod postil_metric;

use postil::{Bytes, Failure, Host, Key, Plugin, Value};
use postil_metric::{Call, Metric, Open};
use std::collections::BTreeSet;
use std::os::raw::c_void;

/// The names of members that are looked for, as numbers.
struct Overlap {
    result: Key,
    kind: Key,
    value: Key,
}

impl Metric for Overlap {
    const SUBJECT: u32 = postil_metric::PAIR;
    const FLAGS: u32 = postil_metric::SYMMETRIC;
    const RANGE: (f64, f64) = (0.0, 1.0);

    fn open(arguments: &Open<'_>) -> Result<Self, Failure> {
        let keys = &arguments.keys;
        Ok(Overlap {
            result: keys.key("result"),
            kind: keys.key("type"),
            value: keys.key("value"),
        })
    }

    fn score(&self, call: &Call<'_>) -> Option<f64> {
        let (first, second) = (self.labels(call.first), self.labels(call.second));
        let all: BTreeSet<_> = first.union(&second).collect();
        for label in &all {
            let is_shared = first.contains(**label) && second.contains(**label);
            call.part(label, if is_shared { 1.0 } else { 0.0 }, 1.0);
        }
        // Nothing was said by either: there is nothing to agree about.
        if all.is_empty() {
            return None;
        }
        Some(first.intersection(&second).count() as f64 / all.len() as f64)
    }
}

impl Overlap {
    /// The labels of all results: the texts in `value.<type>`. What is malformed is left out.
    fn labels<'a>(&self, answer: Value<'a>) -> BTreeSet<&'a str> {
        let mut labels = BTreeSet::new();
        for result in answer.get(self.result).elements() {
            let kind = result.get(self.kind).text().unwrap_or("");
            for label in result.get(self.value).named(kind).elements() {
                labels.extend(label.text().filter(|text| !text.is_empty()));
            }
        }
        labels
    }
}

static METRIC: postil_metric::Table = postil_metric::table::<Overlap>();

unsafe extern "C" fn get_capability(id: Bytes, name: Bytes) -> *const c_void {
    let ours = (postil_metric::CAPABILITY, "label-overlap");
    postil::capability(&METRIC, ours, (id, name))
}

/// The same as in manifest.json; the host compares.
static PLUGIN: Plugin = Plugin::new("org.example.label-overlap", "0.1.0", get_capability);

/// The one symbol of this library.
///
/// # Safety
/// Called by a host of Postil.
#[no_mangle]
pub unsafe extern "C" fn postil_plugin_entry_v1(host: *const Host) -> *const Plugin {
    postil::entry(host, &PLUGIN)
}

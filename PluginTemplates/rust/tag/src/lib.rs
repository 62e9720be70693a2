//! <LengthLine>: a straight line on an image, with its length in pixels.
//!
//! A person draws two points, in percent of the image. The server computes the length from them
//! and from the image's size; what a browser sent of it is replaced. All functions are pure.
mod postil;
mod postil_tag;

use postil::{json_number, write_json_text, Bytes, Host, Plugin, Value};
use postil_tag::{Call, Problem, Tag};
use std::os::raw::c_void;

struct Line {
    /// Percent of the image.
    start: (f64, f64),
    end: (f64, f64),
    /// Of the image, in pixels.
    width: f64,
    height: f64,
}

/// The tag's own part of a result's value.
fn own_value<'a>(call: &Call<'a>) -> Value<'a> {
    call.result.named("value").named("lengthline")
}

impl Line {
    fn read(call: &Call<'_>) -> Option<Line> {
        let own = own_value(call);
        let line = Line {
            start: own.named("start").point()?,
            end: own.named("end").point()?,
            width: call.result.named("original_width").f64()?,
            height: call.result.named("original_height").f64()?,
        };
        Some(line).filter(|line| line.width > 0.0 && line.height > 0.0)
    }

    fn pixels(&self) -> f64 {
        let across = (self.end.0 - self.start.0) / 100.0 * self.width;
        let down = (self.end.1 - self.start.1) / 100.0 * self.height;
        across.hypot(down)
    }
}

/// The attribute `minLength` in pixels; 0 when it is not written, nothing when it is no number.
fn minimum_length(call: &Call<'_>) -> Option<f64> {
    match call.element.named("attributes").named("minLength").text() {
        None | Some("") => Some(0.0),
        Some(text) => text
            .parse()
            .ok()
            .filter(|pixels: &f64| pixels.is_finite() && *pixels >= 0.0),
    }
}

fn problem(code: &'static str, pointer: &str, message: &str, hint: &str) -> Problem {
    Problem {
        code,
        pointer: pointer.into(),
        message: message.into(),
        hint: hint.into(),
    }
}

fn is_inside(point: (f64, f64)) -> bool {
    (0.0..=100.0).contains(&point.0) && (0.0..=100.0).contains(&point.1)
}

/// Writes the members of an object again, without one of them, each with a comma behind.
fn copy_members(json: &mut String, object: Value<'_>, but: &str) {
    for (name, value) in object.members().filter(|member| member.0 != but) {
        write_json_text(json, name);
        json.push(':');
        value.write_json(json);
        json.push(',');
    }
}

struct LineTag;

impl Tag for LineTag {
    fn validate_config(call: &Call<'_>, problems: &mut Vec<Problem>) {
        if minimum_length(call).is_none() {
            problems.push(problem(
                "min_length_invalid",
                "/attributes/minLength",
                "minLength is a number of pixels, 0 or more.",
                "Write for example minLength=\"10\".",
            ));
        }
    }

    fn validate_result(call: &Call<'_>, problems: &mut Vec<Problem>) {
        let own = "/value/lengthline";
        let line = match Line::read(call) {
            Some(line) => line,
            None => {
                let message = "A line has a start and an end, [x, y] in percent of the image \
                               each, and its result the size of the image.";
                problems.push(problem(
                    "line_unreadable",
                    own,
                    message,
                    "Draw the line again.",
                ));
                return;
            }
        };
        for (name, point) in [("start", line.start), ("end", line.end)] {
            if !is_inside(point) {
                let message = format!("The {} lies outside the image.", name);
                let pointer = format!("{}/{}", own, name);
                problems.push(problem("outside", &pointer, &message, "Move it inside."));
            }
        }
        if line.pixels() < minimum_length(call).unwrap_or(0.0) {
            let message = "The line is shorter than minLength asks for.";
            problems.push(problem("too_short", own, message, "Draw a longer line."));
        }
    }

    fn normalize(call: &Call<'_>) -> Option<String> {
        let length = Line::read(call)?.pixels();
        if !length.is_finite() || own_value(call).named("length_px").f64() == Some(length) {
            return None;
        }
        let mut json = String::from("{");
        copy_members(&mut json, call.result, "value");
        json.push_str("\"value\":{");
        copy_members(&mut json, call.result.named("value"), "lengthline");
        json.push_str("\"lengthline\":{");
        copy_members(&mut json, own_value(call), "length_px");
        json.push_str(&format!("\"length_px\":{}}}}}}}", json_number(length)));
        Some(json)
    }

    fn measures(call: &Call<'_>) -> Vec<(&'static str, f64)> {
        let length = Line::read(call)
            .map(|line| line.pixels())
            .filter(|pixels| pixels.is_finite());
        length
            .map(|pixels| ("length_px", pixels))
            .into_iter()
            .collect()
    }
}

static TAG: postil_tag::Table = postil_tag::table::<LineTag>();

unsafe extern "C" fn get_capability(id: Bytes, name: Bytes) -> *const c_void {
    postil::capability(&TAG, (postil_tag::CAPABILITY, "LengthLine"), (id, name))
}

/// The same as in manifest.json; the host compares.
static PLUGIN: Plugin = Plugin::new("org.example.length-line", "0.1.0", get_capability);

/// The one symbol of this library.
///
/// # Safety
/// Called by a host of Postil.
#[no_mangle]
pub unsafe extern "C" fn postil_plugin_entry_v1(host: *const Host) -> *const Plugin {
    postil::entry(host, &PLUGIN)
}

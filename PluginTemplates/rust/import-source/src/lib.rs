//! text-lines: each line of each text file becomes a task.
//!
//! The host opens an import and asks for batches until nothing is left, with checkpoints in
//! between. Files are seen by name and content; there are no paths.
mod postil;
mod postil_import;

use postil::{write_json_text, Builder, Bytes, Cancel, Failure, Host, Plugin};
use postil_import::{Content, ImportSource, Inputs, Open};
use std::os::raw::c_void;

/// One import that is under way, and where it stands.
struct Lines {
    inputs: Inputs,
    cancel: Cancel,
    /// Number of the file.
    input: u64,
    /// Bytes of it that are done.
    offset: usize,
    /// Lines of it that are done.
    line: u64,
    content: Option<Content>,
}

impl ImportSource for Lines {
    fn open(arguments: &Open<'_>) -> Result<Self, Failure> {
        let number = |name| arguments.checkpoint.named(name).i64().unwrap_or(0).max(0) as u64;
        Ok(Lines {
            inputs: arguments.inputs,
            cancel: arguments.cancel,
            input: number("input"),
            offset: number("offset") as usize,
            line: number("line"),
            content: None,
        })
    }

    fn next(&mut self, builder: &mut Builder) -> Result<bool, Failure> {
        while !builder.is_full() {
            self.cancel.check()?;
            if self.content.is_none() && !self.enter_file()? {
                return Ok(false);
            }
            match self.task_of_next_line()? {
                Some(task) => builder.push_json(&task)?,
                None => self.leave_file(),
            }
        }
        Ok(true)
    }

    fn checkpoint(&self) -> String {
        let (input, offset, line) = (self.input, self.offset, self.line);
        format!(
            "{{\"input\":{},\"offset\":{},\"line\":{}}}",
            input, offset, line
        )
    }
}

impl Lines {
    /// Opens the next text file where the import stands. False when there is none.
    fn enter_file(&mut self) -> Result<bool, Failure> {
        let count = self.inputs.count();
        let is_text =
            |input| self.inputs.is_file(input) && self.inputs.name(input).ends_with(".txt");
        while self.input < count && !is_text(self.input) {
            self.input += 1;
        }
        if self.input >= count {
            return Ok(false);
        }
        self.content = Some(self.inputs.open(self.input)?);
        Ok(true)
    }

    fn leave_file(&mut self) {
        self.content = None;
        self.input += 1;
        self.offset = 0;
        self.line = 0;
    }

    /// The task of the next line that is not empty; none at the end of the file.
    fn task_of_next_line(&mut self) -> Result<Option<String>, Failure> {
        let content = self.content.as_ref().map_or(&[][..], Content::bytes);
        while self.offset < content.len() {
            let rest = &content[self.offset..];
            let end = rest.iter().position(|&byte| byte == b'\n');
            let line = &rest[..end.unwrap_or(rest.len())];
            self.offset += line.len() + end.map_or(0, |_| 1);
            self.line += 1;
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if !line.is_empty() {
                return self.task(line).map(Some);
            }
        }
        Ok(None)
    }

    fn task(&self, line: &[u8]) -> Result<String, Failure> {
        let file = self.inputs.name(self.input);
        let text = std::str::from_utf8(line).map_err(|_| {
            let message = format!(
                "Line {} of {} is not UTF-8. Convert the file.",
                self.line, file
            );
            Failure::new(postil::ERROR_INVALID_DATA, "not_utf8", message)
        })?;
        let mut json = String::from("{\"data\":{\"text\":");
        write_json_text(&mut json, text);
        json.push_str(",\"file\":");
        write_json_text(&mut json, &file);
        json.push_str(&format!(",\"line\":{}}}}}", self.line));
        Ok(json)
    }
}

static SOURCE: postil_import::Table = postil_import::table::<Lines>();

unsafe extern "C" fn get_capability(id: Bytes, name: Bytes) -> *const c_void {
    postil::capability(
        &SOURCE,
        (postil_import::CAPABILITY, "text-lines"),
        (id, name),
    )
}

/// The same as in manifest.json; the host compares.
static PLUGIN: Plugin = Plugin::new("org.example.text-lines", "0.1.0", get_capability);

/// The one symbol of this library.
///
/// # Safety
/// Called by a host of Postil.
#[no_mangle]
pub unsafe extern "C" fn postil_plugin_entry_v1(host: *const Host) -> *const Plugin {
    postil::entry(host, &PLUGIN)
}

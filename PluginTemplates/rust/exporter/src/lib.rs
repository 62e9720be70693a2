//! LABEL-TABLE: one line of tab-separated text for each result of each annotation.
//!
//! The host opens an export, gives it batches of tasks, then finishes or drops it. Nothing here is
//! global: two exports may run at the same time.
mod postil;
mod postil_exporter;

use postil::{Batch, Bytes, Cancel, Failure, Host, Key, Plugin, Value};
use postil_exporter::{Exporter, Losses, Open, Sink};
use std::os::raw::c_void;

/// A sink likes large writes.
const ENOUGH: usize = 64 * 1024;

/// One export that is under way.
struct LabelLines {
    sink: Sink,
    losses: Losses,
    cancel: Cancel,
    annotations: Key,
    id: Key,
    result: Key,
    from_name: Key,
    kind: Key,
    value: Key,
    /// Left out: a table of results has no place for them.
    relations: u64,
    task_with_relation: i64,
    pending: String,
}

impl Exporter for LabelLines {
    const READS: u32 = postil::READS_TREE;

    fn open(arguments: &Open<'_>) -> Result<Self, Failure> {
        // Settings have passed the manifest's schema, and defaults are filled in.
        let has_header = arguments.context.named("settings").named("header").bool();
        let mut pending = String::new();
        if has_header.unwrap_or(true) {
            pending.push_str("task\tannotation\tcontrol\ttype\tlabels\n");
        }
        let keys = &arguments.keys;
        Ok(LabelLines {
            sink: arguments
                .sinks
                .open("label-table.tsv", "text/tab-separated-values")?,
            losses: arguments.losses,
            cancel: arguments.cancel,
            annotations: keys.key("annotations"),
            id: keys.key("id"),
            result: keys.key("result"),
            from_name: keys.key("from_name"),
            kind: keys.key("type"),
            value: keys.key("value"),
            relations: 0,
            task_with_relation: 0,
            pending,
        })
    }

    fn consume(&mut self, tasks: &Batch) -> Result<(), Failure> {
        for index in 0..tasks.len() {
            self.cancel.check()?;
            let (task_id, task) = tasks.task(index);
            self.append_task(task_id, task);
            if self.pending.len() >= ENOUGH {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Failure> {
        self.flush()?;
        self.sink.close()?;
        if self.relations > 0 {
            let message = "Relations have no place in a table of labels.";
            let task = self.task_with_relation;
            self.losses
                .report(task, self.relations, "relation_dropped", message);
        }
        Ok(())
    }
}

impl LabelLines {
    fn flush(&mut self) -> Result<(), Failure> {
        if !self.pending.is_empty() {
            self.sink.write(self.pending.as_bytes())?;
            self.pending.clear();
        }
        Ok(())
    }

    fn append_task(&mut self, task_id: i64, task: Value<'_>) {
        for annotation in task.get(self.annotations).elements() {
            let annotation_id = annotation.get(self.id).i64().unwrap_or(0);
            for result in annotation.get(self.result).elements() {
                // Data comes from people and scripts: what is no result is left out, not trusted.
                if result.is_object() {
                    self.append_result(task_id, annotation_id, result);
                }
            }
        }
    }

    fn append_result(&mut self, task_id: i64, annotation_id: i64, result: Value<'_>) {
        let kind = result.get(self.kind).text().unwrap_or("");
        if kind == "relation" {
            self.relations += 1;
            self.task_with_relation = task_id;
            return;
        }
        let control = result.get(self.from_name).text().unwrap_or("");
        self.pending
            .push_str(&format!("{}\t{}\t", task_id, annotation_id));
        self.append_cell(control);
        self.pending.push('\t');
        self.append_cell(kind);
        self.pending.push('\t');
        // The labels of a result are the texts in `value.<type>`.
        for (index, label) in result.get(self.value).named(kind).elements().enumerate() {
            self.pending.push_str(if index > 0 { "," } else { "" });
            self.append_cell(label.text().unwrap_or(""));
        }
        self.pending.push('\n');
    }

    /// Appends a text as one cell: what would end the cell becomes a blank.
    fn append_cell(&mut self, text: &str) {
        let characters = text.chars().map(|c| if c < ' ' { ' ' } else { c });
        self.pending.extend(characters);
    }
}

static EXPORTER: postil_exporter::Table = postil_exporter::table::<LabelLines>();

unsafe extern "C" fn get_capability(id: Bytes, name: Bytes) -> *const c_void {
    postil::capability(
        &EXPORTER,
        (postil_exporter::CAPABILITY, "LABEL-TABLE"),
        (id, name),
    )
}

/// The same as in manifest.json; the host compares.
static PLUGIN: Plugin = Plugin::new("org.example.label-table", "0.1.0", get_capability);

/// The one symbol of this library.
///
/// # Safety
/// Called by a host of Postil.
#[no_mangle]
pub unsafe extern "C" fn postil_plugin_entry_v1(host: *const Host) -> *const Plugin {
    postil::entry(host, &PLUGIN)
}

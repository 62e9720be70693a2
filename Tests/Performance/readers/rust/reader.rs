//! Reads every node of every task, and tells how many there were and how long that took.
mod postil;
mod postil_exporter;

use postil::{Batch, Bytes, Failure, Host, Plugin, Value};
use postil_exporter::{Exporter, Open, Sink};
use std::os::raw::c_void;
use std::time::Instant;

struct Reader {
    sink: Sink,
    nodes: u64,
    nanoseconds: u128,
    /// So that no value is read for nothing.
    sum: f64,
}

impl Exporter for Reader {
    const READS: u32 = postil::READS_TREE;

    fn open(arguments: &Open<'_>) -> Result<Self, Failure> {
        let sink = arguments.sinks.open("read.txt", "text/plain")?;
        Ok(Reader { sink, nodes: 0, nanoseconds: 0, sum: 0.0 })
    }

    fn consume(&mut self, tasks: &Batch) -> Result<(), Failure> {
        let start = Instant::now();
        for index in 0..tasks.len() {
            self.read(tasks.task(index).1);
        }
        self.nanoseconds += start.elapsed().as_nanos();
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Failure> {
        let line = format!("{} {} {}\n", self.nodes, self.nanoseconds, self.sum);
        self.sink.write(line.as_bytes())?;
        self.sink.close()
    }
}

impl Reader {
    fn read(&mut self, value: Value<'_>) {
        self.nodes += 1;
        if value.is_object() {
            for (name, member) in value.members() {
                self.sum += name.len() as f64;
                self.read(member);
            }
        } else if let Some(text) = value.text() {
            self.sum += text.len() as f64;
        } else if let Some(number) = value.f64() {
            self.sum += number;
        } else {
            for element in value.elements() {
                self.read(element);
            }
        }
    }
}

static EXPORTER: postil_exporter::Table = postil_exporter::table::<Reader>();

unsafe extern "C" fn get_capability(id: Bytes, name: Bytes) -> *const c_void {
    postil::capability(&EXPORTER, (postil_exporter::CAPABILITY, "READ"), (id, name))
}

static PLUGIN: Plugin = Plugin::new("org.example.reader-rust", "1.0.0", get_capability);

/// # Safety
/// Called by a host of Postil.
#[no_mangle]
pub unsafe extern "C" fn postil_plugin_entry_v1(host: *const Host) -> *const Plugin {
    postil::entry(host, &PLUGIN)
}

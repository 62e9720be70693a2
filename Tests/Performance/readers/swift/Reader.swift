// Reads every node of every task, and tells how many there were and how long that took.
import Glibc
import PostilPluginKit

struct Reader: Exporter {
    static let reads = Reads.tree

    private let sink: Sink
    private var nodes = 0
    private var nanoseconds = 0
    /// So that no value is read for nothing.
    private var sum = 0.0

    init(_ opening: ExporterOpening) throws(Failure) {
        sink = try opening.sinks.open("read.txt", mediaType: "text/plain")
    }

    mutating func consume(_ tasks: Batch) throws(Failure) {
        let start = Self.now()
        for index in 0..<tasks.count { read(tasks[index].value) }
        nanoseconds += Self.now() - start
    }

    mutating func finish() throws(Failure) {
        try sink.write(Array("\(nodes) \(nanoseconds) \(sum)\n".utf8))
        try sink.close()
    }

    private static func now() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    private mutating func read(_ value: Value) {
        nodes += 1
        if value.isObject {
            for (name, member) in value.members {
                sum += Double(name.utf8.count)
                read(member)
            }
        } else if let text = value.string {
            sum += Double(text.utf8.count)
        } else if let number = value.double {
            sum += number
        } else {
            for element in value.elements { read(element) }
        }
    }
}

let plugin = Plugin(
    id: "org.example.reader-swift",
    version: "1.0.0",
    offers: [.exporter("READ", Reader.self)]
)

@c(postil_plugin_entry_v1)
public func entry(_ host: UnsafeRawPointer?) -> UnsafeRawPointer? { plugin.entry(host) }

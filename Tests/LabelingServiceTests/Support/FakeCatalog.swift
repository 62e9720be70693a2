import Contracts
import LabelModel
import LabelingConfig
import Synchronization

/// Plugins made in code, and what was opened of them.
final class FakeCatalog: PluginCatalog {
    struct Plugin: Sendable {
        var installed: InstalledPlugin
        var behavior = Behavior.lines
    }

    /// What the exporters and import sources of a plugin do.
    enum Behavior: Sendable {
        /// One file with the text of each task in a line.
        case lines
        /// One file for each task, and a list.
        case files
        /// A file of six megabytes, written while others are opened and closed.
        case interleaved
        /// Fails at the given batch, counted from 0.
        case failing(batch: Int)
        /// One task for each input.
        case inputs
    }

    private let plugins: Mutex<[Plugin]>
    private let openCount = Mutex(0)
    private let contexts = Mutex<[String]>([])
    /// What the service last said that plugins may have.
    let granted = Mutex<[PluginVersion: PluginGrant]>([:])

    init(_ plugins: [Plugin]) {
        self.plugins = Mutex(plugins)
    }

    /// How many capabilities were opened.
    var opened: Int { openCount.withLock { $0 } }
    var lastContext: String? { contexts.withLock { $0.last } }

    func add(_ plugin: Plugin) {
        plugins.withLock { $0.append(plugin) }
    }

    func remove(_ id: String) {
        plugins.withLock { $0.removeAll { $0.installed.plugin.id == id } }
    }

    func installed() async -> [InstalledPlugin] { plugins.withLock { $0.map(\.installed) } }

    func checkedSettings(
        _ settings: RawJSON,
        of plugin: PluginVersion,
        kind: PluginManifest.Capability.Kind,
        name: String
    ) async throws(PluginError) -> RawJSON {
        guard !settings.text.contains("wrong") else {
            throw PluginError(.settingsInvalid, "There is no such setting.", pointer: "/wrong")
        }
        return settings
    }

    func openExporter(
        _ plugin: PluginVersion,
        name: String,
        context: [UInt8],
        sink: any ExportSink
    ) async throws(PluginError) -> any ExportRun {
        FakeExportRun(behavior: try open(plugin, context), sink: sink)
    }

    func openImportSource(
        _ plugin: PluginVersion,
        name: String,
        context: [UInt8],
        inputs: [ImportInput]
    ) async throws(PluginError) -> any ImportRun {
        _ = try open(plugin, context)
        return FakeImportRun(inputs)
    }

    func openMetric(
        _ plugin: PluginVersion,
        name: String,
        context: [UInt8]
    ) async throws(PluginError) -> any MetricRun {
        _ = try open(plugin, context)
        return FakeMetricRun()
    }

    func tagBehavior(
        _ plugin: PluginVersion,
        tag: String
    ) async throws(PluginError) -> any TagBehavior {
        throw PluginError(.notLoadable, "There is no library behind this plugin.")
    }

    func webFile(plugin id: String, digest: String, path: String) async -> [UInt8]? { nil }

    func quarantined() async -> [PluginVersion: PluginError] { [:] }

    func forgive(_ plugin: PluginVersion) async {}

    func runtimes() async -> [PluginVersion: PluginRuntime] { [:] }

    func prove(_ plugin: PluginVersion) async throws(PluginError) -> [PluginProof] {
        guard let found = plugins.withLock({ $0.first { $0.installed.plugin == plugin } }) else {
            throw PluginError(.unknown, "No such plugin.")
        }
        if case .failing = found.behavior {
            throw PluginError(.crashed, "\(plugin) crashed in `exporter.open`.", plugin: plugin)
        }
        return [PluginProof(capability: "postil.exporter/1 X", detail: "Done.", milliseconds: 1)]
    }

    func setGrants(_ grants: [PluginVersion: PluginGrant]) async {
        granted.withLock { $0 = grants }
    }

    private func open(_ plugin: PluginVersion, _ context: [UInt8]) throws(PluginError) -> Behavior {
        openCount.withLock { $0 += 1 }
        contexts.withLock { $0.append(String(decoding: context, as: UTF8.self)) }
        guard let found = plugins.withLock({ $0.first { $0.installed.plugin == plugin } }) else {
            throw PluginError(.unknown, "No such plugin.")
        }
        return found.behavior
    }
}

extension FakeCatalog.Plugin {
    static func exporter(
        _ id: String,
        _ name: String,
        fileExtension: String?,
        _ behavior: FakeCatalog.Behavior,
        bundled: Bool = true,
        schema: RawJSON? = nil,
        version: String = "1.0.0"
    ) -> Self {
        let capability = PluginManifest.Capability(
            kind: .exporter,
            name: name,
            title: name,
            mediaTypes: ["text/plain"],
            fileExtension: fileExtension,
            settingsSchema: schema
        )
        return Self(
            installed: InstalledPlugin(
                finding: .usable(
                    PluginManifest(
                        plugin: PluginVersion(id: id, version: version),
                        name: name,
                        capabilities: [capability]
                    )
                ),
                isBundled: bundled
            ),
            behavior: behavior
        )
    }

    static let lines = exporter("org.postil.lines", "LINES", fileExtension: "txt", .lines)
    static let files = exporter("org.postil.files", "FILES", fileExtension: nil, .files)

    static let localFolder = Self(
        installed: InstalledPlugin(
            finding: .usable(
                PluginManifest(
                    plugin: PluginVersion(id: "org.postil.local-folder", version: "1.0.0"),
                    name: "Local folder",
                    capabilities: [
                        PluginManifest.Capability(
                            kind: .importSource,
                            name: "local-folder",
                            title: "Folder"
                        )
                    ]
                )
            ),
            isBundled: true
        ),
        behavior: .inputs
    )

    static func tag(_ id: String, _ name: String, bundled: Bool) -> Self {
        let json = """
            {"tag":"\(name)","kind":"control","children":["Label"],"results":[{"type":"\(name.lowercased())"}]}
            """
        let definition = TagDefinition(
            name: name,
            kind: .control,
            origin: .plugin(TagOrigin.Plugin(id: id, version: "1.0.0", name: name)),
            attributes: [TagAttribute("name", .identifier), TagAttribute("toName", .reference)],
            children: .any,
            resultTypes: [TagDefinition.ResultType(name.lowercased())]
        )
        return Self(
            installed: InstalledPlugin(
                finding: .usable(
                    PluginManifest(
                        plugin: PluginVersion(id: id, version: "1.0.0"),
                        name: name,
                        tags: [
                            PluginTag(
                                tag: name,
                                kind: "control",
                                json: RawJSON(checked: Array(json.utf8)),
                                definition: definition
                            )
                        ]
                    )
                ),
                isBundled: bundled
            )
        )
    }
}

/// Writes tasks as its behavior says.
final class FakeExportRun: ExportRun {
    private let behavior: FakeCatalog.Behavior
    private let sink: any ExportSink
    private let count = Mutex(0)

    init(behavior: FakeCatalog.Behavior, sink: any ExportSink) {
        self.behavior = behavior
        self.sink = sink
    }

    func consume(_ batch: ExportBatch) async throws(PluginError) {
        let number = count.withLock { count in
            defer { count += 1 }
            return count
        }
        if case .failing(let failing) = behavior, failing == number {
            throw PluginError(.callFailed, "This exporter fails on purpose.")
        }
        try await OffPool.run { [behavior, sink] () throws(PluginError) in
            switch behavior {
            case .files:
                for entry in batch.entries {
                    let file = try sink.open(
                        name: "labels/\(entry.task).txt",
                        mediaType: "text/plain"
                    )
                    try Self.write(batch.bytes[entry.text], to: file, sink)
                    try sink.close(file)
                }
            case .interleaved: try Self.interleave(sink)
            case .lines, .failing, .inputs:
                if number == 0 { _ = try sink.open(name: "result.txt", mediaType: "text/plain") }
                for entry in batch.entries {
                    try Self.write(batch.bytes[entry.text] + [UInt8(ascii: "\n")], to: 0, sink)
                }
            }
        }
    }

    func finish() async throws(PluginError) -> LossReport {
        let number = count.withLock { $0 }
        try await OffPool.run { [behavior, sink] () throws(PluginError) in
            switch behavior {
            case .files:
                let file = try sink.open(name: "classes.txt", mediaType: "text/plain")
                try Self.write(Array("Car\n".utf8), to: file, sink)
                try sink.close(file)
            case .interleaved: break
            case .lines, .failing, .inputs:
                if number == 0 { _ = try sink.open(name: "result.txt", mediaType: "text/plain") }
                try sink.close(0)
            }
        }
        guard case .files = behavior else { return LossReport() }
        return LossReport(entries: [
            .init(code: "moods_dropped", message: "Moods are no files.", count: 3)
        ])
    }

    func abort() async {}

    private static func interleave(_ sink: any ExportSink) throws(PluginError) {
        let large = try sink.open(name: "large.bin", mediaType: "")
        let open = try sink.open(name: "left open.txt", mediaType: "text/plain")
        try write(Array("open".utf8), to: open, sink)
        for _ in 0..<5 { try write([UInt8](repeating: 7, count: 1 << 20), to: large, sink) }
        let small = try sink.open(name: "small.txt", mediaType: "text/plain")
        try write(Array("small".utf8), to: small, sink)
        try sink.close(small)
        try write([UInt8](repeating: 7, count: 1 << 20), to: large, sink)
        try sink.close(large)
    }

    private static func write(
        _ bytes: some Collection<UInt8>,
        to file: Int32,
        _ sink: any ExportSink
    ) throws(PluginError) {
        let bytes = Array(bytes)
        let result = unsafe bytes.withUnsafeBytes { buffer -> PluginError? in
            do throws(PluginError) {
                unsafe try sink.write(buffer, to: file)
                return nil
            } catch {
                return error
            }
        }
        if let result { throw result }
    }
}

/// One task for each input, ten at a time.
final class FakeImportRun: ImportRun {
    private let rest: Mutex<[ImportInput]>

    init(_ inputs: [ImportInput]) { rest = Mutex(inputs) }

    func next() async throws(PluginError) -> [RawJSON]? {
        rest.withLock { rest in
            guard !rest.isEmpty else { return nil }
            let taken = rest.prefix(10)
            rest.removeFirst(taken.count)
            return taken.map { input in
                RawJSON(checked: Array(#"{"data":{"image":"\#(input.reference)"}}"#.utf8))
            }
        }
    }

    func close() async {}
}

/// 1 for two answers with the same text, else 0; the text of the result is the part's label.
private struct FakeMetricRun: MetricRun {
    func scores(_ batch: MetricBatch) async throws(PluginError) -> [MetricScore] {
        batch.questions.map { question in
            let result = { (root: Int) in
                let text = String(decoding: batch.bytes[batch.roots[root].text], as: UTF8.self)
                return text.split(separator: "\"result\":", maxSplits: 1).last.map(String.init)
                    ?? ""
            }
            let first = result(question.first)
            guard first != "[]}" else { return MetricScore(value: nil) }
            let score = question.second.map { result($0) == first ? 1.0 : 0.0 } ?? 1
            return MetricScore(
                value: score,
                parts: [MetricScore.Part(label: "all", score: score, weight: 2)]
            )
        }
    }

    func close() async {}
}

import Contracts
import Crypto
import Foundation
import PluginHost

/// A folder that vanishes with the value.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("postil-host-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let url = URL(fileURLWithPath: path).appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: url)
        return url.path
    }

    func copy(_ source: String, to name: String) throws {
        let url = URL(fileURLWithPath: path).appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try FileManager.default.copyItem(atPath: source, toPath: url.path)
    }
}

/// The C plugins in `Fixtures`, compiled once in a run of the tests.
actor FixtureCompiler {
    static let shared = FixtureCompiler()

    private var libraries: [String: String] = [:]
    private let folder: TemporaryFolder?

    private init() { folder = try? TemporaryFolder() }

    struct CompilerFailed: Error {
        let output: String
        var status: Int32 = 1
    }

    /// Path of the shared library made of `Fixtures/<name>.c`.
    func library(
        _ name: String,
        defining macros: [String] = [],
        optimized: Bool = false
    ) throws -> String {
        let key = ([name] + macros + (optimized ? ["optimized"] : [])).joined(separator: " ")
        if let known = libraries[key] { return known }
        guard let folder else { throw CompilerFailed(output: "no temporary folder") }
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let root = tests.deletingLastPathComponent().deletingLastPathComponent()
        let target = folder.path + "/\(libraries.count).so"
        try compile(
            ["-shared", "-fPIC", "-fvisibility=hidden", optimized ? "-O2" : "-O0"]
                + ["-I", root.path + "/Sources/CPostilPlugin/include"]
                + macros.map { "-D" + $0 }
                + [tests.path + "/Fixtures/\(name).c", "-o", target]
        )
        libraries[key] = target
        return target
    }

    /// Path of the program made of `Fixtures/<name>.c` and of the runner's sources whose names
    /// begin with one of `parts`.
    func program(_ name: String, with parts: [String]) throws -> String {
        if let known = libraries[name] { return known }
        guard let folder else { throw CompilerFailed(output: "no temporary folder") }
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let runner = tests.path + "/../../Sources/PluginRunner"
        let sources = try FileManager.default.contentsOfDirectory(atPath: runner).filter { file in
            file.hasSuffix(".c") && parts.contains { file.hasPrefix($0) }
        }
        let target = folder.path + "/" + name
        try compile(
            ["-I", runner, tests.path + "/Fixtures/\(name).c"]
                + sources.map { runner + "/" + $0 } + ["-o", target, "-lpthread"]
        )
        libraries[name] = target
        return target
    }

    /// Path of the program made of `Fixtures/<name>.c` and of the wire.
    func wireProgram(_ name: String) throws -> String {
        if let known = libraries[name] { return known }
        guard let folder else { throw CompilerFailed(output: "no temporary folder") }
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let wire = tests.path + "/../../Sources/CPluginWire"
        let sources = ["memory", "messages", "system"].map { "\(wire)/\($0).c" }
        let target = folder.path + "/" + name
        try compile(
            ["-I", wire + "/include", tests.path + "/Fixtures/\(name).c"] + sources
                + ["-o", target]
        )
        libraries[name] = target
        return target
    }

    /// Path of the runner, compiled as the installation does it.
    func runner() throws -> String {
        if let known = libraries["runner"] { return known }
        guard let folder else { throw CompilerFailed(output: "no temporary folder") }
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let target = folder.path + "/postil-plugin-runner"
        try run("sh", [tests.path + "/../../Sources/PluginRunner/build", target])
        libraries["runner"] = target
        return target
    }

    /// Path of the plugin with faults of a language; `nil` when there is no compiler for it.
    func faults(_ language: FaultLanguage) throws -> String? {
        guard let folder else { throw CompilerFailed(output: "no temporary folder") }
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let target = folder.path + "/faults-\(language.rawValue).so"
        do {
            try run("sh", [tests.path + "/../PluginFaults/build", language.rawValue, target])
        } catch let error as CompilerFailed where error.status == 2 {
            return nil
        }
        return target
    }

    private func compile(_ arguments: [String]) throws {
        try run("cc", ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror"] + arguments)
    }

    private func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw CompilerFailed(
                output: String(decoding: output, as: UTF8.self),
                status: process.terminationStatus
            )
        }
    }
}

/// A plugin to be put into a plugin directory; by default one that nothing is wrong with.
struct TestPlugin {
    static let architecture: String = {
        #if arch(arm64)
            "aarch64"
        #else
            "x86_64"
        #endif
    }()

    var id = "org.example.plain"
    var version = "1.0.0"
    /// Members of the manifest beside id, version and what every manifest has.
    var members: [String: Any] = [:]
    /// Members that the manifest lacks.
    var without: [String] = []
    /// Path of a library to copy; listed under `libraries` with its digest.
    var library: String?
    /// Files by path in the package.
    var files: [String: String] = [:]

    static func exporters(_ id: String, _ names: [String], library: String) -> TestPlugin {
        var plugin = TestPlugin(id: id, library: library)
        plugin.members["capabilities"] = names.map {
            ["id": "postil.exporter/1", "name": $0, "reads": "both"]
        }
        return plugin
    }

    var plugin: PluginVersion { PluginVersion(id: id, version: version) }

    /// Puts the plugin into a plugin directory.
    ///
    /// - Parameters:
    ///   - directory: The plugin directory.
    ///   - folder: `<id>/<version>` unless told otherwise.
    /// - Throws: When a file cannot be written.
    func install(in directory: TemporaryFolder, as folder: String? = nil) throws {
        let folder = folder ?? "\(id)/\(version)"
        for (path, text) in files { try directory.write(text, to: "\(folder)/\(path)") }
        var manifest: [String: Any] = [
            "manifestVersion": 1, "id": id, "version": version, "name": "A plugin",
            "abi": ["built": "1.0", "min": "1.0"],
        ]
        if let library {
            let name = "lib/\(Self.architecture)/plugin.so"
            try directory.copy(library, to: "\(folder)/\(name)")
            manifest["libraries"] = [
                ["arch": Self.architecture, "path": name, "sha256": try sha256(library)]
            ]
        }
        manifest.merge(members) { $1 }
        for key in without { manifest[key] = nil }
        let data = try JSONSerialization.data(withJSONObject: manifest, options: [.sortedKeys])
        try directory.write(
            String(decoding: data, as: UTF8.self),
            to: "\(folder)/manifest.json"
        )
    }

    private func sha256(_ path: String) throws -> String {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        return SHA256.hash(data: data).map { String(format: "%02x", $0) }.joined()
    }
}

/// Keeps what an export writes.
final class MemorySink: ExportSink, @unchecked Sendable {
    private let lock = NSLock()
    private var names: [String] = []
    private var contents: [[UInt8]] = []
    private var closed: Set<Int32> = []
    private let capacity: Int
    private let delaySeconds: Double

    init(capacity: Int = Int.max, delaySeconds: Double = 0) {
        self.capacity = capacity
        self.delaySeconds = delaySeconds
    }

    /// Text by name.
    var files: [String: String] {
        lock.withLock {
            Dictionary(
                uniqueKeysWithValues: zip(
                    names,
                    contents.map { String(decoding: $0, as: UTF8.self) }
                )
            )
        }
    }

    var areAllClosed: Bool { lock.withLock { closed.count == names.count } }

    func open(name: String, mediaType: String) throws(PluginError) -> Int32 {
        lock.withLock {
            names.append(name)
            contents.append([])
            return Int32(names.count - 1)
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws(PluginError) {
        if delaySeconds > 0 { Thread.sleep(forTimeInterval: delaySeconds) }
        let fits = lock.withLock {
            unsafe contents[Int(file)].append(contentsOf: bytes)
            return contents[Int(file)].count <= capacity
        }
        if !fits { throw PluginError(.sinkFailed, "The disk is full.") }
    }

    func close(_ file: Int32) throws(PluginError) {
        _ = lock.withLock { closed.insert(file) }
    }
}

/// A catalog over one directory; where its plugins run, the test's traits say.
func catalog(
    _ directory: TemporaryFolder,
    callLimit: Duration = .seconds(60),
    outputByteLimit: Int64 = Int64.max,
    runner: String? = TransportTrait.runner,
    log: @escaping @Sendable (PluginLogLine) -> Void = { _ in }
) -> PluginDirectoryCatalog {
    PluginDirectoryCatalog(
        directories: [PluginDirectory(path: directory.path)],
        configuration: PluginHostConfiguration(
            hostVersion: "0.1.0",
            callLimit: callLimit,
            outputByteLimit: outputByteLimit,
            runner: runner,
            log: log
        )
    )
}

/// A batch of one task for each id, with `{"image": "<id>.png"}` as data.
func batch(_ ids: [Int64], image: Bool = true) -> ExportBatch {
    var batch = ExportBatch()
    for id in ids {
        let start = batch.bytes.count
        let data = image ? #"{"image":"\#(id).png"}"# : "{}"
        let head = #"{"id": \#(id), "data": "#
        batch.bytes += Array((head + data + "}").utf8)
        let dataStart = start + head.utf8.count
        batch.entries.append(
            ExportBatch.Entry(
                task: id,
                project: 1,
                revision: 1,
                updatedAt: 0,
                annotationCount: 0,
                text: start..<batch.bytes.count,
                data: dataStart..<dataStart + data.utf8.count,
                results: []
            )
        )
    }
    return batch
}

/// The error that the closure throws.
func failure<Answer>(_ body: () async throws(PluginError) -> Answer) async -> PluginError? {
    do throws(PluginError) {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}

/// JSON as Foundation's values, for members of manifests.
enum JSON {
    static func value(_ text: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(text.utf8))
    }
}

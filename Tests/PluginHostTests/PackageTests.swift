import Contracts
import Crypto
import Foundation
import PluginHost
import Testing

/// A publisher's folder, and an installation that packages come to.
private struct Place {
    let folder: TemporaryFolder
    var keys: TrustedKeys { TrustedKeys(folder: folder.path + "/keys") }
    var plugins: String { folder.path + "/plugins" }
    var archive: String { folder.path + "/package.tar.gz" }
    /// What the publisher has built.
    var package: String { folder.path + "/built/org.example.lines/1.0.0" }
    let packer = PackagePacker(hostVersion: "0.1.0")

    /// A place with a package of an exporter and a file for the browser.
    init(readme: String = "Lines.") async throws {
        folder = try TemporaryFolder()
        let library = try await FixtureCompiler.shared.library("lines")
        var plugin = TestPlugin.exporters("org.example.lines", ["LINES_TEXT"], library: library)
        plugin.members["web"] = [["module": "web/a.js"]]
        plugin.files = ["web/a.js": "export {};", "README.md": readme, "samples/tasks.json": "[]"]
        try plugin.install(in: folder, as: "built/org.example.lines/1.0.0")
    }

    func installer(leastTrust: PackageTrust.Level = .unsigned) -> PackageInstaller {
        PackageInstaller(
            directory: plugins,
            hostVersion: "0.1.0",
            trustedKeys: keys,
            leastTrust: leastTrust
        )
    }

    func catalog() -> PluginDirectoryCatalog {
        PluginDirectoryCatalog(
            directories: [PluginDirectory(path: plugins)],
            configuration: PluginHostConfiguration(hostVersion: "0.1.0", trustedKeys: keys)
        )
    }

    /// Everything below the plugin directory but the installer's lock.
    func remains() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: plugins)
            .filter { $0 != ".incoming" && $0 != ".install.lock" }.sorted()
    }

    func read(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }
}

@Suite struct PackageTests {
    @Test func `the same files give the same bytes`() async throws {
        let (first, second) = (try await Place(), try await Place())
        let digest = try first.packer.pack(first.package, to: first.archive)
        // Another order of making, another time, another owner's mode.
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 5), .posixPermissions: 0o755],
            ofItemAtPath: second.package + "/README.md"
        )
        #expect(try second.packer.pack(second.package, to: second.archive) == digest)
        #expect(try first.read(first.archive) == second.read(second.archive))
        let changed = try await Place(readme: "Other lines.")
        #expect(try changed.packer.pack(changed.package, to: changed.archive) != digest)
    }

    @Test func `a package is installed whole and offered at once`() async throws {
        let place = try await Place()
        let digest = try place.packer.pack(place.package, to: place.archive)
        let report = await place.installer().install(archive: place.archive)

        #expect(report.failure == nil)
        #expect(report.checks.map(\.step) == PackageReport.Step.allCases)
        #expect(report.checks.filter { $0.verdict == .skipped }.map(\.step) == [.signature])
        #expect(report.plugin == PluginVersion(id: "org.example.lines", version: "1.0.0"))
        #expect(report.trust.level == .unsigned)
        #expect(!report.wasInstalled)
        let installed = try #require(await place.catalog().installed().first)
        #expect(installed.manifest != nil)
        #expect(installed.digest == digest)
        for file in report.files {
            let path = place.plugins + "/org.example.lines/1.0.0/" + file.path
            #expect(try place.read(path) == place.read(place.package + "/" + file.path))
        }
        #expect(report.files.map(\.path).contains("samples/tasks.json"))
    }

    @Test func `a package that is there already is left alone, a changed one is refused`()
        async throws
    {
        let place = try await Place()
        try place.packer.pack(place.package, to: place.archive)
        _ = await place.installer().install(archive: place.archive)
        let before = try place.remains()

        #expect(await place.installer().install(archive: place.archive).wasInstalled)
        #expect(await place.installer().install(folder: place.package).wasInstalled)

        try Data("Changed.".utf8).write(to: URL(fileURLWithPath: place.package + "/README.md"))
        let report = await place.installer().install(folder: place.package)
        #expect(report.failure?.code.rawValue == "plugin_version_taken")
        #expect(report.failure?.hint != nil)
        #expect(try place.remains() == before)
    }

    @Test func `trust follows from the signature and the operator's keys`() async throws {
        let place = try await Place()
        let key = PluginSigningKey()
        let digest = try place.packer.pack(place.package, to: place.archive)
        #expect(try place.packer.sign(place.archive, with: key) == digest)

        let strict = place.installer(leastTrust: .trusted)
        var report = await strict.install(archive: place.archive)
        #expect(report.failure?.code.rawValue == "trust_insufficient")
        #expect(report.trust.level == .signed)
        #expect(report.trust.fingerprint == key.publicKey.fingerprint)
        #expect(try place.remains() == [])

        try place.keys.add(key.publicKey, as: "example")
        report = await strict.install(archive: place.archive)
        #expect(report.failure == nil)
        #expect(report.trust.level == .trusted)
        #expect(report.trust.keyName == "example")
        let catalog = place.catalog()
        #expect(await catalog.installed().first?.trust == report.trust)

        try FileManager.default.removeItem(atPath: place.keys.folder + "/example.pem")
        #expect(await catalog.installed().first?.trust.level == .signed)
    }

    @Test func `a signed package can be signed anew, packed anew and keeps its content`()
        async throws
    {
        let place = try await Place()
        let digest = try place.packer.pack(place.package, to: place.archive)
        try place.packer.sign(place.archive, with: PluginSigningKey())
        let key = PluginSigningKey()
        try place.packer.sign(place.archive, with: key)
        let report = await place.installer().install(archive: place.archive)
        #expect(report.digest == digest)
        #expect(report.trust.fingerprint == key.publicKey.fingerprint)
        let installed = place.plugins + "/org.example.lines/1.0.0"
        let again = place.folder.path + "/again.tar.gz"
        #expect(try place.packer.pack(installed, to: again) == digest)
        #expect(try place.read(again) == place.read(place.archive))
    }

    @Test(arguments: ["manifest.json", "lib", "web/a.js", "SHA256SUMS", "signature.json"])
    func `a file that is changed after the installation takes the plugin out of use`(
        name: String
    ) async throws {
        let place = try await Place()
        try place.packer.pack(place.package, to: place.archive)
        try place.packer.sign(place.archive, with: PluginSigningKey())
        _ = await place.installer().install(archive: place.archive)
        let catalog = place.catalog()
        #expect(refusal(await catalog.installed()) == nil)

        let library = "lib/\(TestPlugin.architecture)/plugin.so"
        let path = place.plugins + "/org.example.lines/1.0.0/" + (name == "lib" ? library : name)
        var text = try place.read(path)
        // A digit of the signature, a space in JSON, a byte at the end of code: still well-formed.
        if name == "signature.json" {
            text = Data(
                String(decoding: text, as: UTF8.self).replacing(
                    "\"signature\":\"",
                    with: "\"signature\":\"AAAA"
                ).utf8
            )
        } else {
            text.append(contentsOf: [0x0A])
        }
        try text.write(to: URL(fileURLWithPath: path))
        let code = refusal(await catalog.installed())?.code.rawValue
        let expected =
            switch name {
            case "SHA256SUMS": "digest_list_invalid"
            case "signature.json": "signature_invalid"
            default: "digest_mismatch"
            }
        #expect(code == expected)
    }

    @Test func `what is no plain file or has no sound name is not packed`() async throws {
        let place = try await Place()
        let link = place.package + "/web/b.js"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "a.js")
        #expect(throws: PluginError.self) {
            try place.packer.pack(place.package, to: place.archive)
        }
        try FileManager.default.removeItem(atPath: link)
        try Data().write(to: URL(fileURLWithPath: place.package + "/a b"))
        #expect(throws: PluginError.self) {
            try place.packer.pack(place.package, to: place.archive)
        }
        #expect(!FileManager.default.fileExists(atPath: place.archive))
        #expect(!FileManager.default.fileExists(atPath: place.archive + ".part"))
    }

    @Test func `keys are read as OpenSSL writes them, and nothing else is`() throws {
        let folder = try TemporaryFolder()
        let key = PluginSigningKey()
        let path = folder.path + "/key"
        let publicPath = try KeyFile.write(key, to: path)
        #expect(try KeyFile.signingKey(path).publicKey == key.publicKey)
        #expect(try TrustedKeys.key(publicPath) == key.publicKey)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(throws: PluginError.self) { try KeyFile.write(key, to: path) }
        #expect(throws: PluginError.self) { try KeyFile.signingKey(publicPath) }
        #expect(throws: PluginError.self) { try TrustedKeys.key(path) }
        // RFC 8410, section 10.3.
        let known = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----
            """
        let publicKnown = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
            -----END PUBLIC KEY-----

            """
        #expect(try PluginSigningKey(pem: known).publicKey.pem == publicKnown)
    }

    private func refusal(_ found: [InstalledPlugin]) -> PluginError? {
        if case .refused(_, let error) = found.first?.finding { error } else { nil }
    }
}
